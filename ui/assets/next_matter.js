// Stands in the page itself: the ruling desk shows the next matter at the key, while the server still records the verdict
// on the last one. A key struck meanwhile waits, and counts only if its matter is still the one in view.
(() => {
const BUTTONS = {
  1: "verdict_accepted", 2: "verdict_rejected", 3: "verdict_exempt", s: "go_S", b: "go_B", u: "undo", e: "see_evidence",
  t: "tick_all", j: "joint_enter", q: "to_list",
};
const LEADS_ON = ["verdict_accepted", "verdict_rejected", "verdict_exempt", "go_S"];
const GOING = "k-going", HELD = "k-held", PATIENCE = 20000; // ms, after which the server is no longer waited for
let asked = 0; // which act the server was asked for and has not answered yet; 0: none
let begun = false; // whether it has begun on it
let left = ""; // the matter that was in view when the next one was shown ahead of the server
let held = null; // the button that was pressed meanwhile, and the matter in view then
let watched = null;

const button = (name) => document.querySelector(`.st-key-${name} button`);
const drawn = () => document.querySelector(".k-matter")?.dataset.matter;
const ahead = () => document.querySelector(".k-ahead");
const rests = () => watched?.dataset.testScriptState === "notRunning";

function askServer(name) {
  const mine = (asked = performance.now());
  begun = false;
  setTimeout(() => asked === mine && answered(), PATIENCE);
  const next = ahead();
  if (!LEADS_ON.includes(name) || !next || next.dataset.matter === drawn()) return;
  left = drawn();
  next.innerHTML = next.dataset.shown; // as the server wrote it, which lets nothing through that is not its own
  document.body.classList.add(GOING);
}

// The server's own matter takes the place of what was shown ahead of it; where nothing came of the act, the old one is back.
function showDrawn() {
  left = "";
  ahead()?.replaceChildren();
  document.body.classList.remove(GOING);
}

function answered() {
  asked = 0;
  showDrawn();
  document.body.classList.remove(HELD);
  const wanted = held;
  held = null;
  if (wanted && (wanted.name === "undo" || wanted.on === drawn())) button(wanted.name)?.click();
}

function look() {
  if (left && drawn() !== left) showDrawn();
  if (!rests()) begun = true;
  else if (asked ? begun : held) answered();
}

// Leaves an act to the server, or, where it is busy with the one before, keeps it until that is answered.
function ask(event, name) {
  if (!drawn() || !button(name) || button(name).disabled) return;
  if (!asked && rests()) {
    askServer(name);
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  held = held || { name, on: left ? ahead()?.dataset.matter : drawn() };
  document.body.classList.add(HELD);
}

function struck(event) {
  const name = BUTTONS[event.key.toLowerCase()], target = event.target;
  if (!name || event.repeat || event.ctrlKey || event.metaKey || event.altKey || !(target instanceof Element)) return;
  if (target.closest("input,textarea,select,[contenteditable='true']") || document.querySelector("[role='dialog']")) return;
  ask(event, name);
}

function clicked(event) {
  const place = event.target instanceof Element && event.target.closest("[class*='st-key-']");
  const name = Object.values(BUTTONS).find((one) => place && place.classList.contains(`st-key-${one}`));
  if (name) ask(event, name);
}

function watch() {
  const app = document.querySelector('[data-testid="stApp"]');
  if (app && app !== watched) {
    watched = app;
    new MutationObserver(look).observe(app, { attributeFilter: ["data-test-script-state"] });
  }
  if (left) look();
}

addEventListener("keydown", struck, true);
addEventListener("click", clicked, true);
new MutationObserver(watch).observe(document.documentElement, { subtree: true, childList: true, characterData: true });
})();

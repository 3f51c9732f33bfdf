// Meeting mode: shows one slide at a time, by keyboard, clicker or touch. All slides are in the page already, so turning
// one over asks nothing of the server. The slide's number is kept in the URL.
const EVERY = 12000;
const deck = () => document.querySelector(".k-deck");
const meeting = window.kMeeting ??= { at: 0, timer: 0, full: false, open: false, heard: false };

function slides() {
  return [...document.querySelectorAll(".k-deck .k-slide")];
}

function show(wanted, remember = true) {
  const all = slides();
  if (!all.length) return;
  meeting.at = Math.min(Math.max(wanted, 0), all.length - 1);
  all.forEach((slide, place) => slide.classList.toggle("on", place === meeting.at));
  document.querySelector(".k-deckfoot .at").textContent = `${meeting.at + 1} / ${all.length}`;
  document.querySelector(".k-deckfoot .play").textContent = meeting.timer ? "自动播放中，空格暂停" : "";
  if (!remember) return;
  const here = new URL(location.href);
  here.searchParams.set("slide", String(meeting.at + 1));
  history.replaceState(history.state, "", here);
}

function pause() {
  clearInterval(meeting.timer);
  meeting.timer = 0;
}

function play() {
  meeting.timer = setInterval(() => {
    if (!deck() || meeting.at + 1 >= slides().length) pause();
    show(meeting.at + (meeting.timer ? 1 : 0));
  }, EVERY);
}

function fillScreen() {
  const root = document.documentElement;
  if (document.fullscreenElement || !root.requestFullscreen) return;
  root.requestFullscreen().then(() => { meeting.full = true; }, () => {});
}

function leave() {
  const address = deck() && deck().dataset.leave;
  pause();
  meeting.full = false;
  if (document.fullscreenElement) document.exitFullscreen();
  if (address) window.kGo(address);
}

const KEYS = {
  ArrowRight: () => show(meeting.at + 1), ArrowDown: () => show(meeting.at + 1), PageDown: () => show(meeting.at + 1),
  ArrowLeft: () => show(meeting.at - 1), ArrowUp: () => show(meeting.at - 1), PageUp: () => show(meeting.at - 1),
  Home: () => show(0), End: () => show(Infinity), Escape: leave, f: fillScreen, F: fillScreen,
  " ": () => { if (meeting.timer) pause(); else play(); show(meeting.at, false); },
};

function press(event) {
  if (!deck() || event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS)) return;
  event.preventDefault();
  event.stopPropagation();
  KEYS[event.key]();
}

function touch(event) {
  const target = event.target instanceof Element ? event.target : null;
  if (!target || !target.closest(".k-deck") || target.closest("a")) return;
  show(meeting.at + (event.clientX < innerWidth / 3 ? -1 : 1));
}

function open(tries) {
  if (!deck()) {
    if (tries) setTimeout(() => open(tries - 1), 50);
    return;
  }
  const named = Number(new URL(location.href).searchParams.get("slide"));
  show(Number.isInteger(named) && named > 0 ? named - 1 : 0, false);
}

function listen() {
  addEventListener("keydown", press, true);
  addEventListener("click", touch);
  document.addEventListener("fullscreenchange", () => {
    if (!document.fullscreenElement && meeting.full && deck()) leave();  // Esc in full screen never reaches us as a key
  });
}

export default function () {
  open(100);
  if (!meeting.open) fillScreen();
  meeting.open = true;
  if (!meeting.heard) listen();
  meeting.heard = true;
  return () => { meeting.open = false; pause(); };
}

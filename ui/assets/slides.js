// Meeting mode: shows one slide at a time, by keyboard, clicker or touch, and reveals the ranking from below, row by row. It
// stands in the page itself, so that opening a meeting sends its slides only.
// All slides are in the page already, so turning one over asks nothing of the server. The slide's number is kept in the URL.
(() => {
const EVERY = 12000;
const deck = () => document.querySelector(".k-deck");
const meeting = window.kMeeting ??= {
  at: 0, seen: 0, timer: 0, full: false, open: false, heard: false, start: null, swiped: 0, touched: 0, popped: 0,
};
const SWIPE = 50;  // pixels
const BACK = "k-meeting";  // in the tab: the address of the slide from which somebody went to see why

function slides() {
  return [...document.querySelectorAll(".k-deck .k-slide")];
}

function rows() {
  return [...document.querySelectorAll(".k-deck .k-slide.ranking .row")];
}

function veil() {
  const all = rows();
  all.forEach((row, place) => {
    row.classList.toggle("veil", place < all.length - meeting.seen);
    row.classList.toggle("fresh", meeting.seen < all.length && place === all.length - meeting.seen);
  });
  document.querySelector(".k-deck .k-slide.ranking")?.classList.toggle("open", meeting.seen >= all.length);
}

function reveal(seen) {
  meeting.seen = Math.min(Math.max(seen, 0), rows().length);
  veil();
}

function isRanking() {
  return slides()[meeting.at]?.classList.contains("ranking");
}

function forward() {
  if (isRanking() && meeting.seen < rows().length) reveal(meeting.seen + 1);
  else show(meeting.at + 1);
}

function backward() {
  if (isRanking()) reveal(meeting.seen - 1);
  else show(meeting.at - 1);
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
    if (meeting.timer) forward();
    else show(meeting.at, false);
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

function why() {
  const slide = slides()[meeting.at], unit = slide?.querySelector(".side .name")?.textContent;
  const row = unit && rows().find((one) => one.querySelector(".name").textContent === unit);
  const address = row ? row.getAttribute("href") : slide?.dataset.why;
  if (!address) return;
  pause();
  sessionStorage.setItem(BACK, `meeting${location.search}`);
  window.kGo(address);
}

function note(wanted) {
  deck().classList.toggle("noting", wanted);
  if (wanted) document.querySelector(".st-key-minute textarea")?.focus();
}

const KEYS = {
  ArrowRight: forward, ArrowDown: forward, PageDown: forward, ArrowLeft: backward, ArrowUp: backward, PageUp: backward,
  Home: () => show(0), End: () => show(Infinity), Escape: leave, f: fillScreen, w: why,
  a: () => reveal(Infinity), n: () => note(true),
  " ": () => { if (meeting.timer) pause(); else play(); show(meeting.at, false); },
};

function press(event) {
  if (!deck() || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target instanceof Element ? event.target : document.body;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (deck().classList.contains("noting")) {
    if (key !== "Escape") return;
    note(false);
  } else if (target.closest("input,textarea,select") || !(key in KEYS)) {
    return;
  } else {
    KEYS[key]();
  }
  event.preventDefault();
  event.stopPropagation();
}

function onDeck(event) {
  const target = event.target instanceof Element ? event.target : null;
  const finger = event.pointerType ? event.pointerType === "touch" : Date.now() - meeting.touched < 1000;
  const other = finger ? ".k-deckfoot" : "a,.k-deckfoot";
  return target && target.closest(".k-deck") && !target.closest(other) ? target : null;
}

// A finger that taps on a link of a slide means the half of the screen: what the links are for stands in the foot.
function touch(event) {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest(".k-deckfoot .why")) why();
  else if (target?.closest(".k-deckfoot .note")) note(!deck().classList.contains("noting"));
  if (!onDeck(event)) return;
  event.preventDefault();
  event.stopPropagation();
  if (Date.now() - meeting.swiped < 600) return;
  if (event.clientX < innerWidth / 2) backward();
  else forward();
}

function touchDown(event) {
  meeting.swiped = 0;
  meeting.start = deck() && event.touches.length === 1 ? event.touches[0] : null;
}

function touchUp(event) {
  meeting.touched = Date.now();
  const [from, to] = [meeting.start, event.changedTouches[0]];
  meeting.start = null;
  if (!from || !deck() || deck().classList.contains("noting")) return;
  const across = to.clientX - from.clientX, along = to.clientY - from.clientY;
  if (Math.abs(across) < SWIPE || Math.abs(across) < Math.abs(along)) return;
  meeting.swiped = Date.now();  // the click that a browser makes of it is none
  if (across < 0) forward();
  else backward();
}

// The browser's own way back from why leads to the address without its slide: return the one that was left, else null.
function wentBack() {
  const left = Date.now() - meeting.popped < 10000 && sessionStorage.getItem(BACK);
  meeting.popped = 0;
  sessionStorage.removeItem(BACK);
  return left && new URL(left, document.baseURI).href;
}

function open(tries) {
  if (!deck()) {
    if (tries) setTimeout(() => open(tries - 1), 50);
    return;
  }
  const named = Number(new URL(wentBack() || location.href).searchParams.get("slide"));
  show(Number.isInteger(named) && named > 0 ? named - 1 : 0, false);
  reveal(isRanking() ? meeting.seen : Infinity);
}

function listen() {
  addEventListener("keydown", press, true);
  addEventListener("click", touch, true);
  addEventListener("touchstart", touchDown, { passive: true });
  addEventListener("touchend", touchUp);
  addEventListener("popstate", () => { meeting.popped = Date.now(); });
  document.addEventListener("fullscreenchange", () => {
    if (!document.fullscreenElement && meeting.full && deck()) leave();  // Esc in full screen never reaches us as a key
  });
}

// What the meeting page calls when it is drawn; it returns what is called when the page is left.
window.kMeet = () => {
  open(100);
  if (!meeting.open) fillScreen();
  meeting.open = true;
  if (!meeting.heard) listen();
  meeting.heard = true;
  return () => { meeting.open = false; pause(); };
};
})();

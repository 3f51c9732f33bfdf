// Stands in the page itself: opens links inside the app without a reload, fills heat maps in, and switches between the
// light and the dark theme.
(() => {
function otherTheme() {
  const dark = getComputedStyle(document.querySelector(".stApp")).colorScheme === "dark";
  const pages = [...document.querySelectorAll(".st-key-top a[href]")].map((link) => new URL(link.href).pathname);
  for (const path of new Set([location.pathname, "/", ...pages])) {
    localStorage.setItem(`stActiveTheme-${path}-v2`, JSON.stringify(dark ? "Light" : "Dark"));
  }
  location.reload();
}

function follow(event) {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const target = event.target instanceof Element ? event.target : null;
  if (!target) return;
  if (target.closest(".k-theme")) {
    event.preventDefault();
    otherTheme();
    return;
  }
  const row = target.closest(".go");
  if (!row) return;
  const link = target.closest("a[href]") || row.closest("a[href]") || row.querySelector("a[href]");
  if (!link) return;
  event.preventDefault();
  window.kGo(link.closest(".st-key-top") ? withUnit(link.getAttribute("href")) : link.getAttribute("href"));
}

// A part of the page may have gone on to another unit since the top bar was drawn.
function withUnit(href) {
  const unit = new URLSearchParams(location.search).get("unit");
  return unit ? href.replace(/([?&]unit=)[^&]*/, `$1${encodeURIComponent(unit)}`) : href;
}

// The local user's name stays in this browser, so that it is asked for once in each.
function keepName() {
  const name = document.getElementById("k-own-name")?.dataset.name;
  if (name && !document.cookie.split("; ").includes(`own_name=${name}`)) {
    document.cookie = `own_name=${name}; path=/; max-age=31536000; samesite=lax`;
  }
}

// A heat map comes with what its cells share said once: here each sign becomes the link to its finding, with its words.
function fillIn(map) {
  map.classList.add("ready");
  const marks = JSON.parse(map.dataset.marks);
  const heads = map.tHead.rows[map.tHead.rows.length - 1].cells;
  for (const row of map.tBodies[0].rows) {
    const [name, ...cells] = row.cells, unit = name.textContent;
    wrap(name, `${map.dataset.unit}&unit=${encodeURIComponent(unit)}`, "go");
    for (const cell of cells.slice(0, -1)) {
      if (!cell.textContent) continue;
      const [paint, word, pale] = marks[Number(cell.dataset.m || 0)];
      const head = heads[cell.cellIndex], key = head.textContent;
      const address = `${map.dataset.link}&unit=${encodeURIComponent(unit)}&at=${encodeURIComponent(key)}`;
      const link = wrap(cell, address, `go${pale ? " e" : ""} ${cell.className}`.trim());
      link.style.cssText = paint;
      link.title = link.ariaLabel = `${unit} ${key} ${head.title}：${word}${cell.dataset.p ? ` ${cell.dataset.p}` : ""}`;
    }
  }
}

function wrap(cell, address, look) {
  const link = document.createElement("a");
  link.href = address;
  link.className = look;
  link.target = "_self";
  link.append(...cell.childNodes);
  cell.append(link);
  return link;
}

// A chart is drawn for the screen; on paper it takes the width that there is.
function fitCharts() {
  for (const drawn of document.querySelectorAll(".js-plotly-plot .main-svg")) {
    drawn.setAttribute("viewBox", `0 0 ${drawn.getAttribute("width")} ${drawn.getAttribute("height")}`);
  }
}

function unfitCharts() {
  document.querySelectorAll(".js-plotly-plot .main-svg").forEach((drawn) => drawn.removeAttribute("viewBox"));
}

// Asks every few seconds whether anything was done since the page was drawn, and only then has the page say what.
const NEWS_EVERY = 8000;

async function askForNews() {
  const mark = document.getElementById("k-mark")?.dataset.mark;
  if (!mark || document.hidden) return;
  const base = window.__streamlit.BACKEND_BASE_URL.replace(/\/?$/, "/");
  const answer = await fetch(new URL(`changes/${mark}`, base), { cache: "no-store" }).catch(() => null);
  const same = document.getElementById("k-mark")?.dataset.mark === mark;
  if (answer?.status === 200 && same) document.querySelector(".st-key-news_look button")?.click();
}

// What was done, or why it was not, stands at the top: it is brought into view where somebody has scrolled down.
let told = "";

function showTold() {
  const place = document.querySelector(".st-key-done"), says = place?.textContent || "";
  if (says === told) return;
  told = says;
  const { top, bottom } = place?.getBoundingClientRect() || {};
  if (says && (top < 0 || bottom > innerHeight)) place.scrollIntoView({ block: "center" });
}

function look() {
  showTold();
  keepName();
  document.querySelectorAll("table.k-heat:not(.ready)").forEach(fillIn);
}

// What the frame calls on every page.
window.kFrame = ({ setTriggerValue }) => {
  window.kGo = (href) => setTriggerValue("go", href);
  if (window.kStarted) return;
  window.kStarted = true;
  document.addEventListener("click", follow);
  setInterval(askForNews, NEWS_EVERY);
  document.addEventListener("visibilitychange", askForNews);
  addEventListener("beforeprint", fitCharts);
  addEventListener("afterprint", unfitCharts);
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
  look();
};
})();

// Runs once per page load: opens links inside the app without a reload, and switches between the light and the dark theme.
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
  window.kGo(link.getAttribute("href"));
}

// The local user's name stays in this browser, so that it is asked for once in each.
function keepName() {
  const name = document.getElementById("k-own-name")?.dataset.name;
  if (name && !document.cookie.split("; ").includes(`own_name=${name}`)) {
    document.cookie = `own_name=${name}; path=/; max-age=31536000; samesite=lax`;
  }
}

export default function ({ setTriggerValue }) {
  window.kGo = (href) => setTriggerValue("go", href);
  if (window.kStarted) return;
  window.kStarted = true;
  document.addEventListener("click", follow);
  new MutationObserver(keepName).observe(document.body, { subtree: true, childList: true });
}

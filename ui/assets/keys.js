// Stands in the page itself, so that no key is lost while the app's own parts are still on their way.
(() => {
// M opens the meeting mode from any page, W goes back to the slide from which somebody went to see why; a key that is
// typed into a field is left alone.
function shortcut(event) {
  const key = event.key.toLowerCase();
  if (!["m", "w"].includes(key) || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target instanceof Element ? event.target : document.body;
  if (target.closest("input,textarea,select,[contenteditable='true'],[role='dialog']")) return;
  if (key === "w") {
    const slide = sessionStorage.getItem("k-meeting");
    if (!slide || document.querySelector(".k-deck") || !window.kGo) return;
    sessionStorage.removeItem("k-meeting");
    window.kGo(slide);
    return;
  }
  const link = document.querySelector(".k-pages a[data-page='meeting']");
  if (link) link.click();
}

// Escape leaves a field, so that the keys of the page count again.
function leaveField(event) {
  const held = document.activeElement;
  if (event.key === "Escape" && held instanceof HTMLElement && held.matches("input,textarea")) held.blur();
}

document.addEventListener("keydown", shortcut);
document.addEventListener("keydown", leaveField);
})();

"""Without a mouse: what is to be pressed is reached by the Tab key, has a name to be spoken, and looks otherwise when held."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.browser.screen import english

MOST_STOPS = 120  # a page of more stops than that (a heat map's cells) is walked so far
# where the Tab key would stop; a group of radio buttons is one stop, and its arrows move inside
PRESSABLE = """() => {
    const seen = (one) => one.checkVisibility({visibilityProperty: true, opacityProperty: false}) && one.getClientRects().length;
    const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [role="button"], [tabindex]')];
    return all.filter((one) => seen(one) && !one.disabled && one.tabIndex < 0 && one.type !== 'hidden'
        && !one.closest('[inert], [aria-hidden="true"], iframe') && one.matches('a[href], button, summary')
        && !one.closest('[role="radiogroup"], [role="listbox"], [role="tablist"], [role="menu"], [role="grid"]')
        && !one.closest('.modebar') && one.getAttribute('aria-haspopup') !== 'listbox')  // the field itself opens its list
        .map((one) => (one.innerText || one.getAttribute('aria-label') || one.outerHTML).slice(0, 60));
}"""
BEGIN = """() => {
    window.kHeld = new WeakMap(); window.kCount = 0; window.kLeft = null; window.kStops = [];
    window.kLooks = (place) => {
        if (!place) return '';
        const look = getComputedStyle(place);
        const line = look.outlineStyle === 'none' ? '' : `${look.outlineWidth}${look.outlineColor}`;
        return [line, look.boxShadow, look.borderTopColor, look.borderBottomColor, look.backgroundColor].join('|');
    };
    document.activeElement?.blur();
}"""
# what changes slowly is looked at once more, at rest
AT_REST = """async (n) => {
    const rest = () => new Promise((go) => setTimeout(go, 400)), {one, places} = window.kStops[n];
    one.focus(); await rest();
    const then = places.map(window.kLooks);
    one.blur(); await rest();
    return places.some((place, at) => window.kLooks(place) !== then[at]);
}"""
HELD = """() => {
    const one = document.activeElement;
    if (!one || one === document.body || one.tagName === 'IFRAME') return null;
    const before = window.kHeld.get(one);
    if (before === undefined) window.kHeld.set(one, window.kCount++);
    const words = (place) => {
        const copy = place.cloneNode(true);
        copy.querySelectorAll('[aria-hidden="true"], style').forEach((part) => part.remove());
        return copy.textContent;
    };
    const spoken = (place) => {
        const by = (place.getAttribute('aria-labelledby') || '').split(/\\s+/).filter(Boolean)
            .map((id) => document.getElementById(id)?.textContent || '').join(' ');
        const label = place.labels ? [...place.labels].map((each) => each.textContent).join(' ') : '';
        const picture = place.querySelector('img[alt], svg[aria-label], [aria-label]');
        return [by, place.getAttribute('aria-label'), label, words(place), place.title, place.placeholder,
            picture && (picture.alt || picture.getAttribute('aria-label'))].find((words) => words && words.trim()) || '';
    };
    // Streamlit draws the ring of a field on a box around it, that of a switch beside it
    const places = [one, ...[one.nextElementSibling, one.previousElementSibling].filter((beside) => beside && beside.tabIndex < 0)];
    for (let up = one.parentElement, n = 0; up && n < 5; up = up.parentElement, n++) places.push(up);
    const looks = window.kLooks;
    const left = window.kLeft;
    window.kLeft = {places, then: places.map(looks)};
    if (before === undefined) window.kStops.push({one, places});
    return {again: before !== undefined, name: spoken(one).trim().slice(0, 60), tag: one.tagName, value: one.getAttribute('aria-valuetext') || '', html: one.outerHTML.slice(0, 160),
        before: !left || left.places.some((place, n) => looks(place) !== left.then[n])};
}"""


def walk(page: Page, most: int = MOST_STOPS) -> list[dict[str, Any]]:
    """Press Tab until the page begins again, and return each stop: its name, and whether it looks otherwise when it is held."""
    stops: list[dict[str, Any]] = []
    page.evaluate(BEGIN)
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(HELD)
        if stop is None:
            if stops:
                break
            continue
        if stops:
            stops[-1]["seen"] = stop["before"]
        if stop["again"]:
            break
        stops.append(stop)
    for number, stop in enumerate(stops):
        stop["seen"] = stop.get("seen") or page.evaluate(AT_REST, number)
    return [stop for stop in stops if stop["tag"] != "MAIN"]  # the page itself: its arrows scroll


def unreachable(page: Page) -> list[str]:
    """Name the links and buttons that are seen and are no stop of the Tab key."""
    return list(page.evaluate(PRESSABLE))


def faults(page: Page, most: int = MOST_STOPS) -> list[str]:
    """Say of an open page what cannot be reached by key, what has no name or an English one, what looks the same when held."""
    found = [f"no stop of the Tab key: {what}" for what in unreachable(page)]
    for stop in walk(page, most):
        if not stop["name"]:
            found.append(f"no name: {stop['html']}")
        if words := english(f"{stop['name']} {stop['value']}"):
            found.append(f"spoken in English: {' '.join(sorted(words))}")
        if not stop["seen"]:
            found.append(f"looks the same when held: {stop['name'] or stop['html']}")
    return found

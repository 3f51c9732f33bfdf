"""How the named styles of an OpenDocument show their text: those of ``styles.xml``, which every style of a cell may rest on."""

from __future__ import annotations

from collections.abc import Mapping
from xml.parsers import expat

from scoring.files.formats.rich_text import PLAIN, Look
from scoring.files.formats.symbols import is_symbol_font
from scoring.files.refusal import RefusedError

STRIKES = ("style:text-line-through-style", "style:text-line-through-type")
FONTS = ("style:font-name", "fo:font-family")


def look_of(parent: Look, attributes: Mapping[str, str]) -> Look:
    """Return how a style shows its text; what it does not say is as its parent says."""
    struck = [attributes[key] != "none" for key in STRIKES if key in attributes]
    fonts = [attributes[key].strip("'\"") for key in FONTS if attributes.get(key)]
    font = (fonts[0] if is_symbol_font(fonts[0]) else "") if fonts else parent.font
    return Look(any(struck) if struck else parent.struck, font)


def named_looks(styles: bytes) -> dict[str, Look]:
    """Return the styles of ``styles.xml``, in our spelling, that strike through or show letters as symbols.

    A style may stand before the one that it rests on.

    Raises:
        RefusedError: it is broken.
    """
    parents: dict[str, str] = {}
    properties: dict[str, dict[str, str]] = {}
    name = ""

    def start(element: str, attributes: dict[str, str]) -> None:
        nonlocal name
        if element == "style:style":
            name = attributes.get("style:name", "")
            parents[name] = attributes.get("style:parent-style-name", "")
        elif element == "style:text-properties":
            properties.setdefault(name, {}).update(attributes)

    def end(element: str) -> None:
        nonlocal name
        if element == "style:style":
            name = ""

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(styles, True)
    except expat.ExpatError as error:
        raise RefusedError("file-broken") from error
    properties.pop("", None)  # of default styles, headers and footers
    looks: dict[str, Look] = {}
    for style in parents:
        line, below = [], style
        while below and below not in looks and below not in line:
            line.append(below)
            below = parents.get(below, "")
        look = looks.get(below, PLAIN)
        for each in reversed(line):
            look = looks[each] = look_of(look, properties.get(each, {}))
    return {style: look for style, look in looks.items() if look != PLAIN}

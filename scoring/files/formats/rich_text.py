"""Texts of an ``.xlsx`` as a reader of the sheet sees them: struck-through parts left out, symbol fonts as their signs.

Only parts in our one spelling come here. Cells that need it are rare, so a workbook without such fonts costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from xml.etree.ElementTree import Element

from scoring.files.cells import column_number
from scoring.files.formats.symbols import is_symbol_font, shown

# a cell that holds something, not an empty one before it (<c r="D5" s="3"/>): <c r="E5" s="3" t="s"><v>7</v></c>
CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"([^>]*+)(?<!/)>(.*?)</c>', re.DOTALL)
# the style of a cell: s="3"
STYLE = re.compile(rb' s="(\d{1,9})"')
# what a cell holds: <v>12</v>
STORED = re.compile(rb"<v>([^<]*+)</v>")
# one shared string: <si><t>五华区</t></si>
ITEM = re.compile(rb"<si(?:/>|>(.*?)</si>)", re.DOTALL)
# a run with its own font, or plain text: <r><t>已完成</t></r>
RUN = re.compile(rb"<r>(.*?)</r>|<t(?: [^>]*+)?>([^<]*+)</t>", re.DOTALL)
# how a text is pronounced, which is none of it: <rPh sb="0" eb="1"><t>a</t></rPh>
PHONETIC = re.compile(rb"<rPh [^>]*+>.*?</rPh>", re.DOTALL)
# a piece of text: <t xml:space="preserve">已完成 </t>
TEXT = re.compile(rb"<t(?: [^>]*+)?>([^<]*+)</t>")
# text that is struck out: <strike/>
STRIKE = re.compile(rb'<(?:strike|dstrike)(?! val="(?:0|false)")')
# the name of a font: <rFont val="Wingdings"/>
FONT = re.compile(rb'<rFont(?: [^>]*?)? val="([^"]*+)"|<rFont val="([^"]*+)"')


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell format shows its text: struck through, and in which symbol font (``""``: in none)."""

    struck: bool = False
    font: str = ""


PLAIN = Look()


@dataclass(frozen=True, slots=True)
class Shown:
    """A text as it is seen; ``struck``: part of what is stored is struck through."""

    text: str
    struck: bool


def looks_of(styles: Element) -> dict[int, Look]:
    """Return the cell formats whose text is not seen as it is stored, by their number."""
    groups = {_tag(group): group for group in styles}
    fonts = [_look(one) for one in groups.get("fonts", ())]
    looks = {}
    for number, cell_format in enumerate(groups.get("cellXfs", ())):
        font = cell_format.get("fontId", "0")
        look = fonts[int(font)] if font.isascii() and font.isdigit() and int(font) < len(fonts) else PLAIN
        if look != PLAIN:
            looks[number] = look
    return looks


def _look(font: Element) -> Look:
    struck = any(_tag(child) == "strike" and child.get("val", "1") not in ("0", "false") for child in font)
    name = next((child.get("val", "") for child in font if _tag(child) == "name"), "")
    return Look(struck, name if is_symbol_font(name) else "")


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def rich_strings(part: bytes) -> dict[int, bytes]:
    """Return the shared texts that are written in runs of which one is struck through or in a symbol font."""
    if b"<r>" not in part:
        return {}
    return {number: item[1] for number, item in enumerate(ITEM.finditer(part)) if item[1] and is_special(item[1])}


def is_special(item: bytes) -> bool:
    """Tell whether something may be struck through, or stand in a symbol font."""
    return b"strike" in item or b"ings" in item or b"arlett" in item  # Wingdings, Webdings, Dingbats, Marlett


def shown_cells(
    sheet: bytes, looks: Mapping[int, Look], strings: Mapping[int, bytes]
) -> Iterator[tuple[tuple[int, int], Shown | Look]]:
    """Yield the cells whose text is not seen as it is stored, rows and columns from 0.

    What comes with a cell is its text, or how its format shows whatever text it has.
    """
    if not looks and not strings and not is_special(sheet):
        return
    for letters, row, attributes, inner in CELL.findall(sheet):
        style = STYLE.search(attributes)
        look = looks.get(int(style[1]), PLAIN) if style else PLAIN
        item = _item(attributes, inner, strings)
        place = int(row) - 1, column_number(letters)
        if item is not None and is_special(item):
            yield place, seen(item, look)
        elif look != PLAIN:
            yield place, look


def _item(attributes: bytes, inner: bytes, strings: Mapping[int, bytes]) -> bytes | None:
    """Return the runs of a cell's text; None where it is written in one piece."""
    if b't="inlineStr"' in attributes:
        return inner
    stored = STORED.search(inner) if b't="s"' in attributes else None
    return strings.get(int(stored[1])) if stored and stored[1].isdigit() else None


def seen(item: bytes, look: Look) -> Shown:
    """Return a text in runs as it is seen; a run without a font or strike of its own has those of the cell."""
    pieces, struck = [], False
    for run, bare in RUN.findall(PHONETIC.sub(b"", item)):
        text = _text(b"".join(TEXT.findall(run))) if run else _text(bare)
        properties = run.partition(b"</rPr>")[0] if b"</rPr>" in run else b""
        is_struck = bool(STRIKE.search(properties)) or (look.struck and b"<strike" not in properties)
        struck = struck or (is_struck and bool(text))
        if not is_struck:
            font = FONT.search(properties)
            pieces.append(shown(text, _text(font[1] or font[2]) if font else look.font))
    return Shown("".join(pieces), struck)


def _text(raw: bytes) -> str:
    return unescape(raw.decode("utf-8", "replace"))

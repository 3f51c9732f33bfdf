"""Weigh the shared texts of an .xlsx by how often they are used: one long text in many cells grows in memory."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from scoring.files import limits
from scoring.files.formats.plain_spelling import plain_strings
from scoring.files.formats.sheet_spelling import StringsWriter
from scoring.files.formats.spelling import SPREADSHEET
from scoring.files.refusal import RefusedError

# a cell that shows a shared string: t="s"><v>7</v>
TEXT_USE = re.compile(rb' t="s"[^>]*+><v>(\d{1,9})</v>')
START, END = "<si><t>", "</t>"  # of a text in one piece, up to </si>
KEPT_SPACES, ESCAPE = '<si><t xml:space="preserve">', "_x"
EDGES = frozenset(["", " ", "\t", "\r", "\n"])  # of a text that is not read as it is written
SHORTEST_USE = len('<c r="A1" t="s"><v>0</v></c>')  # bytes of a sheet that one use of a text takes at least


def shared_texts(part: bytes) -> bytes:
    """Return the shared texts in our spelling.

    Raises:
        RefusedError: not well formed.
    """
    return plain_strings(part) or StringsWriter(SPREADSHEET).written(part)


def check_texts(strings: bytes, sheets: Collection[bytes]) -> None:
    """Refuse a workbook whose texts, once for each cell that uses them, would not fit in memory.

    A bound that costs next to nothing is tried first; uses are counted only of texts longer than the average that fits.

    Raises:
        RefusedError: too many texts, or too much text.
    """
    weights = list(map(len, strings.replace(b"<si/>", b"</si>").split(b"</si>")))
    if len(weights) > limits.CELLS:
        raise RefusedError("file-too-large-inside", "文字过多")
    if sum(map(len, sheets)) // SHORTEST_USE * max(weights) <= limits.TEXT_BYTES:
        return
    uses = sum(sheet.count(b' t="s"') for sheet in sheets)
    if uses * max(weights) <= limits.TEXT_BYTES:
        return
    light = limits.TEXT_BYTES // 2 // uses
    heavy = {b"%d" % number: weight for number, weight in enumerate(weights) if weight > light}
    used = Counter(number for sheet in sheets for number in TEXT_USE.findall(sheet))
    if light * uses + sum(used[number] * weight for number, weight in heavy.items()) > limits.TEXT_BYTES:
        raise RefusedError("file-too-large-inside", "文字过长")


@dataclass(frozen=True, slots=True)
class Texts:
    """The shared texts, and in ``odd`` those, by their place, whose text is not what is written.

    They are in pieces, with references, or lose their edges.
    """

    texts: list[str | None]
    odd: dict[int, bytes]


def plain_texts(strings: bytes) -> Texts:
    r"""Return the shared texts of a part in our spelling.

    >>> plain_texts(b"<sst><si><t>\xe6\x97\xa0</t></si><si><t>A&amp;B</t></si></sst>")
    Texts(texts=['无', None], odd={1: b'<si><t>A&amp;B</t></si>'})
    """
    first, last = strings.find(b"<si"), strings.rfind(b"</sst>")
    body = strings[first:last].decode().replace("<si/>", "<si></si>") if first >= 0 else ""
    items = body.split("</si>")[:-1]
    count = len(items)
    if body.count(START) == count and body.count("<") == 4 * count and "&" not in body and ESCAPE not in body:
        texts: list[str | None] = [item[len(START) : -len(END)] for item in items]
    else:
        texts = [_in_one_piece(item) for item in items]
    odd = {
        place: f"{items[place]}</si>".encode()
        for place, text in enumerate(texts)
        if text is None or ((text[:1] in EDGES or text[-1:] in EDGES) and items[place].startswith(START))
    }
    for place in odd:
        texts[place] = None
    return Texts(texts, odd)


def _in_one_piece(item: str) -> str | None:
    """Return the text of an item as it is written; None where it is more than that."""
    start = START if item.startswith(START) else KEPT_SPACES
    plain = item.startswith(start) and item.count("<") == 3 and "&" not in item and ESCAPE not in item
    return item[len(start) : -len(END)] if plain else None

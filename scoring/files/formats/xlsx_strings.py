"""Weigh the shared texts of an .xlsx by how often they are used: one long text in many cells grows in memory."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection

from scoring.files import limits
from scoring.files.formats.plain_spelling import plain_strings
from scoring.files.formats.sheet_spelling import StringsWriter
from scoring.files.formats.spelling import SPREADSHEET
from scoring.files.refusal import RefusedError

# a cell that shows a shared string: t="s"><v>7</v>
TEXT_USE = re.compile(rb' t="s"[^>]*+><v>(\d{1,9})</v>')
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

"""Weigh the shared texts of an .xlsx by how often they are used: one long text in many cells grows in memory."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection

from scoring.files import limits
from scoring.files.refusal import RefusedError

TEXT_USE = re.compile(rb' t="s"[^>]*>\s*<(?:\w+:)?v>\s*(\d+)')
SHORTEST_USE = len('<c t="s"><v>0</v></c>')  # bytes of a sheet that one use of a text takes at least
ITEM_END = re.compile(rb"</(?:\w+:)?si\s*>|<(?:\w+:)?si\s*/>")


def check_texts(strings: bytes, sheets: Collection[bytes]) -> None:
    """Refuse a workbook whose texts, once for each cell that uses them, would not fit in memory.

    A bound that costs next to nothing is tried first; uses are counted only of texts longer than the average that fits.

    Raises:
        RefusedError: too many texts, or too much text.
    """
    plain = b":si" not in strings and b"<si/>" not in strings and b"<si />" not in strings
    weights = list(map(len, strings.split(b"</si>") if plain else ITEM_END.split(strings)))
    if len(weights) > limits.CELLS:
        raise RefusedError("file-too-large-inside", "文字过多")
    if sum(map(len, sheets)) // SHORTEST_USE * max(weights) <= limits.TEXT_BYTES:
        return
    uses = sum(sheet.count(b' t="s"') + (sheet.count(b" t='s'") if b"'" in sheet else 0) for sheet in sheets)
    if uses * max(weights) <= limits.TEXT_BYTES:
        return
    light = limits.TEXT_BYTES // 2 // uses
    heavy = {b"%d" % number: weight for number, weight in enumerate(weights) if weight > light}
    used = Counter(number for sheet in sheets for number in TEXT_USE.findall(sheet))
    if light * uses + sum(used[number] * weight for number, weight in heavy.items()) > limits.TEXT_BYTES:
        raise RefusedError("file-too-large-inside", "文字过长")

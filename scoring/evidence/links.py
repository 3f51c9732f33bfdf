"""Addresses: which ones are links, and what a HYPERLINK formula points at. No address is ever followed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scoring.model.evidence import EvidenceKind, Thing
from scoring.words.addresses import LONGEST_ADDRESS, is_link

# a formula that links, and what it is given: =HYPERLINK("https://a.cn","公示")
FORMULA = re.compile(r"(?:of:)?=?\s?HYPERLINK\s*\(\s*(.*)$", re.IGNORECASE | re.DOTALL)
# a text within a formula, and what follows it: "https://a.cn/",
LITERAL = re.compile(r'\s*"((?:[^"]|"")*)"\s*(&|[,;)]|$)')
# the address of a cell within a formula, and what follows it: $B$4), [.B4])
CELL = re.compile(r"\s*\[?\.?\$?([A-Z]{1,3})\$?(\d{1,7})\]?\s*([,;)]|$)")


def formula_address(formula: str) -> str:
    """Return the address that a HYPERLINK formula gives in so many words; ``""`` where it gives none.

    >>> formula_address('HYPERLINK("https://a.cn/"&"b","公示")'), formula_address("SUM(A1)")
    ('https://a.cn/b', '')
    """
    match = FORMULA.match(formula.lstrip()[: 2 * LONGEST_ADDRESS])
    if match is None:
        return ""
    address, at, text = "", 0, match[1]
    while piece := LITERAL.match(text, at):
        address += piece[1].replace('""', '"')
        at = piece.end()
        if piece[2] != "&":
            return address
    return ""


def formula_cell(formula: str) -> tuple[str, int] | None:
    """Return the cell (its column's letters, its row from 1) that a HYPERLINK formula takes its address from."""
    match = FORMULA.match(formula.lstrip()[: 2 * LONGEST_ADDRESS])
    cell = CELL.match(match[1]) if match else None
    return (cell[1], int(cell[2])) if cell else None


def address_thing(address: str, row: int, column: int) -> Iterator[Thing]:
    """Yield what an address on a cell is: a link, or words; a place in the workbook itself is neither."""
    said = address.strip()[:LONGEST_ADDRESS]
    if said and not said.startswith("#"):
        yield Thing(EvidenceKind.LINK if is_link(said) else EvidenceKind.TEXT, said, row, column)

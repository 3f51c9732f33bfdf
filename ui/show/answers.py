"""How answers are shown: the band that marks a simulation, and a library's ``rows(...)`` as a table. Pure, HTML out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal

import htpy as h

from ui.show.tables import Cell, Column, Html, html, table
from ui.show.text import day_name, points, signed

SIMULATED = "模拟"
LONG = 14  # characters from which a column may wrap
Table = Sequence[Sequence[object]]


def band(text: str) -> Html:
    """Return the band that marks everything below as simulated."""
    return html(h.div(".k-sim")[h.b[SIMULATED], h.span[text]])


def rows_table(
    rows: Table,
    *,
    changes: Collection[str] = (),
    far: Collection[str] = (),
    left_out: Collection[str] = (),
    units: Mapping[str, str] | None = None,
    limit: int | None = None,
) -> Html:
    """Return a library's rows, the header first, as a table.

    ``changes`` are columns of points won or lost, ``far`` those that a phone leaves out, ``left_out`` those not shown;
    ``units`` is full name -> what to show for it.
    """
    heads = [str(head) for head in rows[0]]
    shown = [place for place, head in enumerate(heads) if head not in left_out]
    body = rows[1:] if limit is None else rows[1 : 1 + limit]
    columns = [Column(heads[place], _style(heads[place], [row[place] for row in body], far)) for place in shown]
    names = units or {}
    return table(columns, [[_cell(row[p], names, change=heads[p] in changes) for p in shown] for row in body])


def _style(head: str, values: Sequence[object], far: Collection[str]) -> str:
    filled = [value for value in values if value not in (None, "")]
    numeric = bool(filled) and all(isinstance(value, (Decimal, int)) for value in filled)
    texts = [value for value in filled if isinstance(value, str)]
    style = "k-num" if numeric else "wrap" if any(len(text) > LONG for text in texts) else "day"
    return f"{style} k-far" if head in far else style


def _cell(value: object, units: Mapping[str, str], *, change: bool) -> str | Cell:
    match value:
        case None:
            return Cell("–", "k-quiet")
        case Decimal() if change:
            return Cell(signed(value) if value else "–", "k-loss" if value < 0 else "k-win" if value else "k-quiet")
        case Decimal():
            return points(value)
        case date():
            return day_name(value)
        case str() if value in units:
            return units[value]
        case _:
            return str(value)


def sides(left: tuple[str, str], right: tuple[str, str]) -> Html:
    """Return what is and what would be, each with its name, the second marked as simulated."""
    first, other = ([h.b[value], h.span[title]] for title, value in (left, right))
    return html(h.div(".k-side")[first], h.i["→"], h.div(".k-side.sim")[other])


def before_after(pairs: Sequence[tuple[str, str, str]]) -> Html:
    """Return figures in a row, each as it is and as it would be: (title, now, simulated)."""
    cells = (h.div(".k-turn")[h.p[_turn(now, then)], h.span[title]] for title, now, then in pairs)
    return html(h.div(".k-turns")[cells])


def _turn(now: str, then: str) -> h.Node:
    return now if now == then else [now, h.i["→"], h.b[then]]

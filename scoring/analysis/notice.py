"""What a 通报 says beside its board, worked out of what the board is computed from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from scoring.analysis.open_items import TITLES, open_items
from scoring.analysis.position import Position
from scoring.judging.punctuality import Timeliness, punctuality
from scoring.model.notices import Letterhead, Notice, OpenCount, QuarterNews


def notice_of(position: Position, letterhead: Letterhead, objection_days: int | None) -> Notice:
    """Return who sent late or not at all by quarter, and how much of each sort is open, as everywhere else."""
    counted = Counter(item.doubt for item in open_items(position))
    undecided = tuple(OpenCount(title, counted[doubt]) for doubt, title in TITLES.items() if counted[doubt])
    return Notice(letterhead, tuple(_quarters(position)), undecided, objection_days)


def _quarters(position: Position) -> Iterator[QuarterNews]:
    """Tell of each quarter whose cut-off has passed how the units on the board sent its ledger."""
    sent = punctuality(position.facts, position.rulebook, position.as_of)
    units = [card.unit for card in position.board.cards]
    for quarter, cut_off in sorted(position.rulebook.assessment.cut_offs.items()):
        if cut_off > position.as_of:
            continue
        how = {unit: sent[unit, quarter].timeliness for unit in units}
        late, missing = (
            tuple(unit for unit in units if how[unit] is word) for word in (Timeliness.LATE, Timeliness.MISSING)
        )
        yield QuarterNews(quarter, len(units) - len(late) - len(missing), late, missing)

"""What a 通报 says beside its board, worked out of what the board is computed from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scoring.analysis.open_matters import OpenMatter, Part, counted
from scoring.analysis.open_matters_sentences import TITLES
from scoring.analysis.position import Position
from scoring.judging.punctuality import Timeliness, punctuality
from scoring.model.notices import Letterhead, Notice, OpenCount, QuarterNews

SAID_BY_NAME = frozenset({Part.TIE, Part.LEDGER})  # the paper names the units
BY_RULING = frozenset({Part.VERDICT, Part.UNREADABLE, Part.EVIDENCE, Part.CONTRADICTED})


def notice_of(
    position: Position, found: Iterable[OpenMatter], letterhead: Letterhead, objection_days: int | None
) -> Notice:
    """Return who sent late or not at all by quarter, and how much of each part is open (``found``), as everywhere else."""
    undecided = tuple(
        OpenCount(TITLES[part], count, part in BY_RULING)
        for part, count in counted(found).items()
        if part not in SAID_BY_NAME
    )
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

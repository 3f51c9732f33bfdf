"""The slides of a meeting that compare: how firm the last listed place is, who rose and fell, two boards. Pure, HTML out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import htpy as h

from scoring.analysis.movement import Movement, UnitMovement, sums
from scoring.analysis.movement_sentences import TITLES
from scoring.analysis.ranges import Range, Reach, Spread
from scoring.analysis.ranges_sentences import NAMES
from scoring.model.boards import Board, ScoreCard
from scoring.model.rules import Rulebook
from ui.show.sentences import firmness
from ui.show.text import moved, names, points, signed

SHOWN = (Reach.TIME, Reach.VERDICTS)  # what a meeting can wait for; everything that may still happen is on the page


@dataclass(frozen=True, slots=True)
class Earlier:
    """The board before the present one: what it is called, the account of the way from it, and what that comes to."""

    title: str
    board: Board
    movement: Movement
    says: str


def third_place(board: Board, kind: str, found: Sequence[Range], rulebook: Rulebook) -> tuple[str, h.Node]:
    """Say who can still be on the list of the first, and show for each how far its rank can go."""
    listed, order = rulebook.kinds[kind].listed, board.ranking(kind)
    ranges = {one.unit: one for one in found}
    near = [
        card for card in order if ranges[card.unit].spreads[Reach.VERDICTS].best_rank <= listed or card.rank <= listed
    ]
    last = order[min(listed, len(order)) - 1].score
    return _firm(near, ranges, board, kind, rulebook), h.div(".table.third")[
        h.div(".line.head")[h.span["单位"], h.span["现名次"], h.span[f"与第{listed}名差"], (h.span[NAMES[reach]] for reach in SHOWN)],
        (
            h.div(".line")[
                h.b[rulebook.short(card.unit)], h.b[f"第{card.rank}名"], h.b[signed(card.score - last)],
                (h.span[_ranks(ranges[card.unit].spreads[reach])] for reach in SHOWN),
            ]
            for card in near
        ),
    ]  # fmt: skip


def _firm(
    near: Sequence[ScoreCard], ranges: dict[str, Range], board: Board, kind: str, rulebook: Rulebook
) -> str:  # fmt: skip
    listed = rulebook.kinds[kind].listed
    sentences = [firmness(board, kind, rulebook).split("；")[0]]
    for reach in SHOWN:
        open_ones = [
            card.unit for card in near
            if not (ranges[card.unit].spreads[reach].worst_rank <= listed or ranges[card.unit].spreads[reach].best_rank > listed)
        ]  # fmt: skip
        shorts = names(rulebook.short(unit) for unit in open_ones)
        sentences.append(f"{NAMES[reach]}，{f'前{listed}名还在{shorts}之间' if open_ones else f'前{listed}名不会变'}")
    return "；".join(sentences)


def _ranks(spread: Spread) -> str:
    return f"第{spread.best_rank}名" if spread.is_fixed else f"第{spread.best_rank}–{spread.worst_rank}名"


def movers(earlier: Earlier, kind: str, rulebook: Rulebook) -> h.Node:
    """Show each unit's way from one board to the other, the furthest risen first, and what did most of it."""
    mine = sorted(
        (one for one in earlier.movement.units if one.kind == kind), key=lambda one: (-one.places, -one.score)
    )
    return h.div(".table.movers")[
        h.div(".line.head")[h.span["单位"], h.span[earlier.title], h.span["现在"], h.span["名次"], h.span["得分"], h.span["主要因为"]],
        (
            h.div(class_=["line", *([] if one.places or one.score else ["same"])])[
                h.b[rulebook.short(one.unit)], h.span[f"第{one.before.rank}名"], h.b[f"第{one.after.rank}名"],
                h.b(class_=_tone(one.places))[moved(one.places)],
                h.b(class_=_tone(one.score))[signed(one.score)], h.span[_because(one)],
            ]
            for one in mine
        ),
    ]  # fmt: skip


def _tone(change: object) -> str:
    return "k-win" if change > 0 else "k-loss" if change < 0 else "k-quiet"  # type: ignore[operator]


def _because(one: UnitMovement) -> str:
    strongest = max(sums(one).items(), key=lambda item: abs(item[1]))
    return f"{TITLES[strongest[0]]}{signed(strongest[1])}分" if strongest[1] else "自己没有变" if one.places else ""


def side_by_side(earlier: Earlier, board: Board, kind: str, rulebook: Rulebook) -> h.Node:
    """Show two boards, each in its own order; a unit whose rank differs is marked in both."""
    ranks = [{card.unit: card.rank for card in one.ranking(kind)} for one in (earlier.board, board)]
    return h.div(".boards")[
        (
            h.div[
                h.h2[title],
                (
                    h.div(class_=["line", *(["same"] if ranks[0].get(card.unit) == ranks[1].get(card.unit) else [])])[
                        h.b[str(card.rank)], h.span[rulebook.short(card.unit)], h.b[points(card.score)]
                    ]
                    for card in one.ranking(kind)
                ),
            ]
            for title, one in ((earlier.title, earlier.board), ("现在", board))
        )
    ]

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from scoring.board.summary import MismatchError, average, losses, must_belong, red_and_black
from scoring.documents.bulletin_sentences import listing_sentences
from scoring.model.boards import Board
from scoring.model.publications import Publication
from scoring.model.rules import Rulebook
from tests.documents.boards import with_scores

RISING = [
    "90.00",
    "90.10",
    "90.20",
    "90.30",
    "90.40",
    "90.50",
    "90.60",
    "90.70",
    "90.80",
    "90.90",
    "91.00",
    "91.10",
    "91.20",
    "91.30",
]

# scores in the order of the rules -> (red: firm, tied, seats), (black: firm, tied, seats), as positions in that order
CUTS = {
    "no tie": (RISING, ([13, 12, 11], [], 0), ([0, 1, 2], [], 0)),
    "tie within the first three": ([*RISING[:12], "91.30", "91.30"], ([12, 13, 11], [], 0), ([0, 1, 2], [], 0)),
    "tie over the third": (
        [*RISING[:10], "91.10", "91.10", "91.10", "91.30"],
        ([13], [10, 11, 12], 2),
        ([0, 1, 2], [], 0),
    ),
    "tie ends on the third": ([*RISING[:11], "91.30", "91.30", "91.30"], ([11, 12, 13], [], 0), ([0, 1, 2], [], 0)),
    "tie over the third-last": (
        ["90.00", "90.10", "90.30", "90.30", *RISING[4:]],
        ([13, 12, 11], [], 0),
        ([0, 1], [2, 3], 1),
    ),
    "tie over both": (["90.00", *["91.00"] * 12, "92.00"], ([13], list(range(1, 13)), 2), ([0], list(range(1, 13)), 2)),
    "all equal": (["96.00"] * 14, ([], list(range(14)), 3), ([], list(range(14)), 3)),
}


@pytest.mark.parametrize(("scores", "red", "black"), CUTS.values(), ids=CUTS.keys())
def test_a_tie_over_the_cut_is_kept_apart(
    board: Board, rulebook: Rulebook, scores: list[str], red: object, black: object
) -> None:
    tied = with_scores(board, "county", scores)
    order = [card.unit for card in tied.cards]
    found = red_and_black(tied, rulebook.kinds["county"])
    for listing, (firm, over, seats) in zip(found, (red, black), strict=True):
        assert [order.index(card.unit) for card in listing.firm] == firm
        assert sorted(order.index(card.unit) for card in listing.tied) == over
        assert listing.seats == seats


SAID = {
    "no tie": ("第3名与第4名相差0.10分，倒数第3名与倒数第4名相差0.10分。",),
    "tie within the first three": ("官渡区（第12名", "并列第1名"),
    "tie over the third": ("并列第2至4名，跨过第3名的分界，只余2个位置", "倒数第3名与倒数第4名相差0.10分。"),
    "tie over the third-last": ("并列第11至12名，跨过倒数第3名的分界，只余1个位置", "第3名与第4名相差0.10分"),
    "tie over both": ("12个单位得分相同（91.00分），并列第2至13名，同时跨过第3名和倒数第3名的分界",),
    "all equal": ("14个单位得分相同（96.00分），并列第1至14名，同时跨过第3名和倒数第3名的分界",),
}


@pytest.mark.parametrize("case", SAID)
def test_the_lists_say_how_firm_the_cut_is(board: Board, rulebook: Rulebook, case: str) -> None:
    said = "\n".join(listing_sentences(with_scores(board, "county", CUTS[case][0]), rulebook))
    for words in SAID[case]:
        assert words in said
    assert "市级责任部门" not in said, "of departments the rules draw no lists"


def test_units_at_the_cap_are_told_apart_by_raw(board: Board, rulebook: Rulebook) -> None:
    capped = with_scores(board, "county", ["100.00"] * 5 + RISING[:9])
    cards = tuple(
        replace(c, raw=Decimal(f"100.{n}0")) if c.score == 100 and c.kind == "county" else c
        for n, c in enumerate(capped.cards)
    )
    said = "\n".join(listing_sentences(replace(capped, cards=cards), rulebook))
    assert "封顶前五华区100.00分、盘龙区100.10分" in said


def test_losses_add_up_to_the_deductions(board: Board, rulebook: Rulebook) -> None:
    for kind in ("county", "department"):
        found = losses(board, kind, rulebook)
        assert sum(loss.total for loss in found) == sum(card.deductions for card in board.ranking(kind)) > 0
        assert [loss.total for loss in found] == sorted((loss.total for loss in found), reverse=True)


def test_average_rounds_half_up(board: Board) -> None:
    assert average(with_scores(board, "department", ["90.01", "90.02"] * 3), "department") == Decimal("90.02")


def test_parts_that_do_not_belong_together_are_refused(board: Board, rulebook: Rulebook, receipt: Publication) -> None:
    must_belong(board, rulebook, receipt)
    for wrong in (replace(receipt, rules="0" * 64), replace(receipt, as_of=receipt.published_at.date())):
        with pytest.raises(MismatchError):
            must_belong(board, rulebook, wrong)
    with pytest.raises(MismatchError):
        must_belong(replace(board, rules="0" * 64), rulebook, None)

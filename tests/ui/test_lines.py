"""Two units line by line: every finding of both is there once, and the lines add up to what lies between their scores."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from scoring.analysis.position import Position
from scoring.board.summary import unconfirmed
from scoring.model.boards import Board, ScoreCard
from scoring.model.facts import Facts, Ruling, Verdict
from scoring.model.findings import Finding, Outcome
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from tests.documents.boards import AS_OF, sample_facts
from tests.ui.reading import Shown
from ui.show import lines
from ui.show.text import MINUS, points, standing


def pair(board: Board) -> tuple[ScoreCard, ScoreCard]:
    """Take two counties; the first has two incentive items of one task, which the second has not."""
    one, other = [card for card in board.cards if card.kind == "county"][:2]
    plain = [finding for finding in one.findings if not finding.item]
    mine = (*plain, _award(one, "获省级通报表扬", "0.5"), _award(one, "获部委典型案例", "0.3"))
    theirs = tuple(finding for finding in other.findings if not finding.item)
    return replace(one, findings=mine), replace(other, findings=theirs)


def _award(card: ScoreCard, item: str, points: str) -> Finding:
    won = next(finding for finding in card.findings if finding.outcome is Outcome.EARNED)
    return replace(won, clause="29", item=item, points=Decimal(points))


def number(text: str) -> Decimal:
    return Decimal(text.replace(MINUS, "-").replace("–", "0"))


def rows(one: ScoreCard, other: ScoreCard, rulebook: Rulebook, *, only_different: bool = False) -> list[list[str]]:
    return Shown(lines.comparison(one, other, rulebook, only_different=only_different)).rows[3:]


def test_every_incentive_item_is_a_line_and_who_has_it_not_has_a_dash(board: Board, rulebook: Rulebook) -> None:
    found = {row[0]: row for row in rows(*pair(board), rulebook, only_different=True)}
    for item, won in (("29 获省级通报表扬", "+0.50"), ("29 获部委典型案例", "+0.30")):
        assert found[item][1] == found[item][-1] == won
        assert found[item][3] == "–"


def test_the_lines_add_up(board: Board, rulebook: Rulebook) -> None:
    one, other = pair(board)
    shown = rows(one, other, rulebook)
    gap = sum((f.points for f in one.findings), Decimal(0)) - sum((f.points for f in other.findings), Decimal(0))
    assert sum(number(row[-1]) for row in shown) == gap


def test_what_is_unclear_says_where_it_would_lead_as_the_rulings_would(rulebook: Rulebook) -> None:
    """Accept every unclear finding of one unit by rulings: the board then says what the page had said before."""
    position = Position(sample_facts(rulebook), rulebook, AS_OF, Policy())
    asked = [card for card in position.board.cards if unconfirmed(card)]
    assert asked
    for card in asked:
        unclear = unconfirmed(card)
        rulings = tuple(
            Ruling(card.unit, 2023, finding.clause, Verdict.ACCEPTED, "看过", "审核员", AS_OF, 100 + number)
            for number, finding in enumerate(unclear)
        )
        after = position.with_facts(position.facts + Facts(rulings=rulings)).board
        said = lines.if_confirmed(unclear, position, position.board, card)
        there = after.card[card.unit]
        expected = (
            f"全部认可后为{points(there.score)}分、{standing(after, there)}（"
            if there.score != card.score
            else "得分不变"
        )
        assert expected in said, (card.unit, said)


def test_the_lines_stand_in_the_order_of_the_rules_the_incentives_last(board: Board, rulebook: Rulebook) -> None:
    order = [clause.code for clause in rulebook.clauses] + ["29"]
    places = [order.index(row[0].split()[0]) for row in rows(*pair(board), rulebook)]
    assert all(first <= second for first, second in pairwise(places))

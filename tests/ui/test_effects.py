from decimal import Decimal

from scoring.analysis.upload_effect import changes
from scoring.judging.rank import make_board
from scoring.model.boards import Board
from scoring.model.facts import Facts
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from tests.builders import ledger, statement
from tests.documents.boards import AS_OF, sample_facts
from tests.ui.reading import Shown
from ui.show import effects
from ui.show.text import points, signed


def corrected(rulebook: Rulebook, board: Board) -> tuple[str, str, Board]:
    """Send one county's ledger again, with a clause now done that was not; return unit, clause and the new board."""
    card, lost = next(
        (card, finding)
        for card in board.cards
        for finding in card.findings
        if card.kind == "county" and finding.outcome.value == "not_done" and finding.clause == "4A"
    )
    again = ledger(card.unit, 2, AS_OF, upload=99)
    more = Facts(ledgers=(again,), statements=(statement(lost.clause, at=again, done_on=AS_OF),))
    return card.unit, lost.clause, make_board(sample_facts(rulebook) + more, rulebook, AS_OF, Policy())


def test_before_and_after_are_those_of_the_two_boards(board: Board, rulebook: Rulebook) -> None:
    unit, _, after = corrected(rulebook, board)
    row = Shown(effects.score_table(board, after, [unit], rulebook)).rows[1]
    old, new = board.card[unit], after.card[unit]
    assert new.score - old.score == Decimal("0.20")
    assert row[:4] == [rulebook.unit[unit].short, points(old.score), points(new.score), signed(new.score - old.score)]


def test_only_clauses_that_change_are_listed(board: Board, rulebook: Rulebook) -> None:
    unit, clause, after = corrected(rulebook, board)
    rows = Shown(effects.clause_table(board, changes(board, after, unit), rulebook)).rows[1:]
    assert [row[0].split()[0] for row in rows] == [clause]
    assert rows[0][-2] == signed(Decimal("0.2"))


def test_nothing_changes_where_nothing_is_sent(board: Board, rulebook: Rulebook) -> None:
    everyone = [card.unit for card in board.cards]
    assert not any(changes(board, board, unit) for unit in everyone)

"""The board in the tables for other tools: behind by an act until the server's own thread writes it, whatever happens."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from scoring.analysis.position import Position
from scoring.judging.rank import make_board
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from scoring.store import Store
from tests.builders import ruling
from tests.ui.stored import DAY, UNIT, fill, page, press, write
from ui.session import written


@pytest.fixture
def held(data: Path, rulebook: Rulebook) -> Iterator[Store]:
    yield fill(data, rulebook)
    written._behind.clear()


def told(held: Store) -> dict[str, Decimal]:
    """What another tool reads: unit -> score of the board that was written last."""
    with held._database.reading() as cursor:
        return dict(cursor.execute("SELECT unit, score FROM latest_scores").fetchall())


def rule_on_12a() -> None:
    app = page("review", unit=UNIT, clause="12A")
    press(write(write(app, "另写理由", "附页已核对"), "经办人", "李审"), "认可")


def test_an_act_is_in_the_tables_for_other_tools_once_it_rests(held: Store, rulebook: Rulebook) -> None:
    rule_on_12a()
    assert len(held.rulings(2023)) == 1
    written.write()
    assert told(held) == {}, "nobody waits for it, and a run of acts is written once"
    written.write(at_once=True)
    board = make_board(held.facts(2023), rulebook, written.default_day(rulebook), Policy())
    assert told(held) == {card.unit: card.score for card in board.cards}
    assert held.board_written_at(2023) is not None


def test_what_a_killed_server_left_unwritten_is_written_after_its_next_start(held: Store) -> None:
    rule_on_12a()
    written._behind.clear()  # the process is gone
    written.note_left_behind()
    written.write(at_once=True)
    assert told(held)
    written.note_left_behind()
    assert written._behind == {}, "nothing was entered since"


def test_points_that_no_table_holds_are_told_until_they_are_put_right(held: Store, rulebook: Rulebook) -> None:
    item = Position(held.facts(2023), rulebook, DAY, Policy()).dossiers[UNIT].incentives[0]
    held.rule(ruling(str(item.task), "accepted", DAY, item=item.key[1], points=Decimal(99999)))
    written.note_left_behind()
    written.write(at_once=True)
    for url in ("review", "upload"):
        assert any("得分表没有更新" in warning.value for warning in page(url).warning), url
    held.withdraw_ruling(1, "李审", "多打了几个九")
    written.note_left_behind()
    written.write(at_once=True)
    assert not page("review").warning

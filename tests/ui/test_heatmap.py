from datetime import date

import pytest

from scoring.board.summary import losses
from scoring.model.boards import Board
from scoring.model.rules import Rulebook, Treatment
from tests.ui.reading import Shown
from ui.show import heatmap, marks
from ui.show.heatmap import Heat
from ui.show.theme import Mark

LINK = "deadlines?kind=county"


UNIT_LINK = "unit?kind=county"


def heat(board: Board, rulebook: Rulebook, kind: str, by: str, sent: dict[str, Mark] | None = None) -> Heat:
    make = {"clause": heatmap.clause_columns, "task": heatmap.task_columns}[by]
    return Heat(board, kind, make(rulebook, kind), rulebook, sent or {})


@pytest.mark.parametrize("kind", ["county", "department"])
def test_by_clause_every_finding_of_a_clause_shows_once_as_its_own_mark(
    board: Board, rulebook: Rulebook, kind: str
) -> None:
    for card, cells in heat(board, rulebook, kind, "clause").rows:
        shown = {finding: cell.mark for cell in cells for finding in cell.findings}
        scored = [finding for finding in card.findings if finding.clause in rulebook.clause]
        assert set(shown) == set(scored)
        for finding in scored:
            assert shown[finding] is marks.mark_of(finding, board.as_of, rulebook.assessment.due_soon_days)


@pytest.mark.parametrize("kind", ["county", "department"])
def test_by_task_no_finding_is_left_out_and_the_gravest_shows(board: Board, rulebook: Rulebook, kind: str) -> None:
    for card, cells in heat(board, rulebook, kind, "task").rows:
        assert {finding for cell in cells for finding in cell.findings} == set(card.findings)
        for cell in cells:
            found = [marks.mark_of(f, board.as_of, rulebook.assessment.due_soon_days) for f in cell.findings]
            assert not found or cell.mark is marks.gravest(found)


def test_by_task_all_tasks_of_the_table_have_a_column_for_counties(rulebook: Rulebook) -> None:
    columns = heatmap.task_columns(rulebook, "county")
    assert sorted(int(column.key) for column in columns) == [task.no for task in rulebook.tasks]


def test_columns_stand_by_deadline_and_what_has_none_comes_last(rulebook: Rulebook) -> None:
    days = [column.deadline or date.max for column in heatmap.clause_columns(rulebook, "county")]
    assert days == sorted(days)
    assert len(set(days)) > 2


def test_task_28_shows_how_the_ledger_came_and_routine_tasks_are_marked(board: Board, rulebook: Rulebook) -> None:
    sent = {card.unit: next(iter(marks.BY_TIMELINESS.values())) for card in board.cards}
    made = heat(board, rulebook, "county", "task", sent)
    words = {column.treatment: {row[1][i].mark for row in made.rows} for i, column in enumerate(made.columns)}
    assert words[Treatment.REPORTING] == set(sent.values())
    assert {mark.word for mark in words[Treatment.ROUTINE] if mark} == {"日常掌握"}


@pytest.mark.parametrize("kind", ["county", "department"])
@pytest.mark.parametrize("by", ["clause", "task"])
def test_every_cell_that_asks_something_has_a_sign(board: Board, rulebook: Rulebook, kind: str, by: str) -> None:
    made = heat(board, rulebook, kind, by)
    read = Shown(heatmap.heatmap(made, LINK, UNIT_LINK))
    rows = read.rows[2:-1]
    for row, (card, cells) in zip(rows, made.rows, strict=True):
        assert row[0] == rulebook.unit[card.unit].short
        assert [bool(sign) for sign in row[1:-1]] == [cell.mark is not None for cell in cells]


def test_the_foot_counts_the_units_that_lose(board: Board, rulebook: Rulebook) -> None:
    made = heat(board, rulebook, "county", "clause")
    foot = Shown(heatmap.heatmap(made, LINK, UNIT_LINK)).rows[-1][1:-1]
    expected = {loss.clause: len({f.unit for f in loss.findings}) for loss in losses(board, "county", rulebook)}
    assert {c.key: int(n) for c, n in zip(made.columns, foot, strict=True) if n} == expected


def test_the_key_has_the_word_of_every_sign_that_shows(board: Board, rulebook: Rulebook) -> None:
    made = heat(board, rulebook, "county", "clause")
    said = Shown(heatmap.key(made.marks)).text
    assert made.marks
    for mark in made.marks:
        assert mark.sign in said
        assert mark.word in said

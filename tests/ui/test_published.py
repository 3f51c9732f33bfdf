import pytest

from scoring.board.summary import losses
from scoring.model.boards import Board
from scoring.model.rules import Rulebook
from tests.ui.reading import Shown
from ui.show import published
from ui.show.text import signed


def link(clause: str, kind: str) -> str:
    return f"rules?lost={clause}&of={kind}"


@pytest.mark.parametrize("kind", ["county", "department"])
def test_a_scoring_cell_cut_into_sentences_is_the_cell_again_and_loses_no_clause(rulebook: Rulebook, kind: str) -> None:
    for task in rulebook.tasks:
        pieces = published.sentences_of(task, kind, rulebook)
        assert "".join(piece.text for piece in pieces) == task.columns[kind]
        found = [clause.code for piece in pieces for clause, _ in piece.clauses]
        scored = [c.code for c in rulebook.clauses if c.task == task.no and any(t.kind == kind for t in c.terms)]
        assert sorted(found) == sorted(scored)
        for piece in pieces:
            assert all(term.quote in piece.text for _, term in piece.clauses)


def test_the_table_has_all_tasks_all_sections_and_their_verbatim_text(board: Board, rulebook: Rulebook) -> None:
    text = published.published_table(board, rulebook, link)
    read = Shown(text)
    assert [row[0] for row in read.rows if row[0] != "序号"] == [str(task.no) for task in rulebook.tasks]
    for task in rulebook.tasks:
        assert task.section in read.text
        for column in (task.goal, task.work, task.requirement, task.time_limit, task.evidence):
            assert all(line in read.text for line in column.splitlines() if line.strip())


@pytest.mark.parametrize("kind", ["county", "department"])
def test_who_loses_is_counted_as_the_library_counts(board: Board, rulebook: Rulebook, kind: str) -> None:
    links = Shown(published.published_table(board, rulebook, link)).links
    expected = {f"rules?lost={loss.clause}&of={kind}" for loss in losses(board, kind, rulebook)}
    assert expected
    assert {address for address in links if address.endswith(f"of={kind}")} == expected


@pytest.mark.parametrize("kind", ["county", "department"])
def test_the_losers_of_a_clause_are_listed_with_their_points(board: Board, rulebook: Rulebook, kind: str) -> None:
    for loss in losses(board, kind, rulebook):
        read = Shown(published.losers_table(board, rulebook.clause[loss.clause], kind, rulebook, str))
        shown = sorted((row[1], row[3]) for row in read.rows[1:])
        assert shown == sorted((rulebook.unit[f.unit].short, signed(f.points)) for f in loss.findings)
        assert signed(-loss.total) in read.text


def test_the_notes_are_verbatim(rulebook: Rulebook) -> None:
    assert Shown(published.notes(rulebook)).text == "".join(rulebook.notes)

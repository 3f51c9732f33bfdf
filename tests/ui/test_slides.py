"""The slides of a meeting: what each says, in which order, and that nothing is given away before its time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from scoring.analysis import movement, movement_sentences
from scoring.analysis.position import Position
from scoring.analysis.ranges import Reach, ranges
from scoring.board.summary import deducted
from scoring.model.evidence import as_words
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from tests.documents.boards import sample_facts
from tests.ui.reading import Shown
from ui.show import heatmap, sentences, slides
from ui.show.heatmap import Heat
from ui.show.slides_compared import Earlier
from ui.show.text import points

WHY = slides.Why("board", "ranges", "movement", "heat", "deadlines?kind=county", "unit?kind=county")
LATER = date(2023, 7, 7)


@pytest.fixture(scope="module")
def position(rulebook: Rulebook) -> Position:
    return Position(sample_facts(rulebook), rulebook, LATER, Policy())


def meeting(position: Position, kind: str, day: date = date(2023, 6, 9)) -> slides.Meeting:
    """A meeting on a board of many faces, beside that of an earlier day."""
    board, rulebook = position.board, position.rulebook
    before = replace(position, as_of=day)
    moved = movement.account(before, position)
    says = movement_sentences.sentence(position, moved, kind)
    earlier = Earlier("上一季度", before.board, moved, says)
    return slides.Meeting(
        Heat(board, kind, heatmap.clause_columns(rulebook, kind), rulebook, {}), ranges(position), earlier
    )


def made(position: Position, kind: str) -> list[str]:
    return [Shown(slide).text for slide in slides.slides(meeting(position, kind), str, WHY)]


def units_of(position: Position, kind: str) -> list[str]:
    return made(position, kind)[-len(position.board.ranking(kind)) :]


@pytest.mark.parametrize("kind", ["county", "department"])
def test_ranking_then_what_compares_then_every_unit_from_the_last_to_the_first(position: Position, kind: str) -> None:
    board, rulebook = position.board, position.rulebook
    ranking, *others = made(position, kind)
    order = board.ranking(kind)
    assert len(others) == len(order) + (4 if rulebook.kinds[kind].listed else 3)
    veiled = ranking.index(slides.LAST_FIRST)
    assert veiled < ranking.index(sentences.ranking(board, kind, rulebook))
    assert not any(rulebook.unit[card.unit].short in ranking[:veiled] for card in order), "no title gives it away"
    for card, text in zip(reversed(order), units_of(position, kind), strict=True):
        assert text.startswith(sentences.unit(board, card, rulebook))
        assert points(card.score) in text
        assert rulebook.unit[card.unit].short in ranking


@pytest.mark.parametrize("kind", ["county", "department"])
def test_a_unit_shows_its_three_largest_losses_with_evidence_and_sums_up_the_rest(
    position: Position, kind: str
) -> None:
    longest = 0
    for card, text in zip(reversed(position.board.ranking(kind)), units_of(position, kind), strict=True):
        lost = sorted(deducted(card), key=lambda finding: finding.points)
        for finding in lost[: slides.LONGEST]:
            assert finding.clause in text
            assert as_words(finding.evidence) in text
            assert not finding.sources or finding.sources[0].cell in text
        rest = len(lost) - slides.LONGEST
        longest = max(longest, rest)
        assert (f"另有{rest}项扣分" in text) is (rest > 0)
    assert longest > 0 or kind == "department"


def test_two_boards_and_who_rose_say_both_ranks_of_every_unit(position: Position) -> None:
    found = meeting(position, "county")
    assert found.earlier
    _, third, risen, both, *_ = made(position, "county")
    for one in found.earlier.movement.units:
        if one.kind == "county":
            short = position.short(one.unit)
            said = f"{short}第{one.before.rank}名第{one.after.rank}名"
            assert said in risen
            assert f"{one.before.rank}{short}{points(one.before.score)}" in both
            assert f"{one.after.rank}{short}{points(one.after.score)}" in both
    listed = position.rulebook.kinds["county"].listed
    assert third.startswith(sentences.firmness(position.board, "county", position.rulebook).split("；")[0])
    for one in found.ranges or ():
        spread = one.spreads[Reach.VERDICTS]
        if one.kind == "county":
            assert (f"{position.short(one.unit)}第{one.rank}名" in third) is (min(one.rank, spread.best_rank) <= listed)


def test_a_meeting_is_small_enough_for_a_slow_line(position: Position) -> None:
    """What is sent is measured in tests/browser; here only that five hundred cells do not say everything again."""
    heat = next(slide for slide in slides.slides(meeting(position, "county"), str, WHY) if "k-heat" in slide)
    assert len(heat.encode()) < 20_000


def test_words_from_a_ledger_stay_words(position: Position) -> None:
    for kind in ("county", "department"):
        text = slides.deck(slides.slides(meeting(position, kind), lambda unit: "#", WHY), "#", ["<b>口径"])
        assert not {"script", "img", "w:t"} & set(Shown(text).tags)
        assert "&lt;b&gt;口径" in text

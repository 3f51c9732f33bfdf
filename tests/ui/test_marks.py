from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from scoring.judging.punctuality import Timeliness
from scoring.model.findings import Finding, Outcome
from ui.show import marks, theme
from ui.show.theme import Mark

AS_OF = date(2023, 6, 1)
SOON = 30

WORDS = {
    Outcome.MET: "按时完成",
    Outcome.LATE: "逾期完成",
    Outcome.NOT_DONE: "逾期未完成",
    Outcome.SHORT: "逾期未完成",
    Outcome.OVER_LIMIT: "逾期未完成",
    Outcome.NO_EVIDENCE: "未附佐证",
    Outcome.NOT_STATED: "未填报",
    Outcome.NOT_REPORTED: "未报送",
    Outcome.UNREADABLE: "待人工确认",
    Outcome.PENDING: "未到期",
    Outcome.WAIVED: "豁免或不问",
    Outcome.EARNED: "加分",
    Outcome.NONE: "尚无加分",
}


def finding(outcome: Outcome, deadline: date | None = date(2023, 12, 31)) -> Finding:
    return Finding("五华区", "4A", 4, outcome, Decimal(0), deadline, "未出台文件，扣0.2分。", "理由")


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_has_its_word_and_a_sign(outcome: Outcome) -> None:
    mark = marks.mark_of(finding(outcome), AS_OF, SOON)
    assert mark.word == WORDS[outcome]
    assert mark.sign.strip()
    assert mark in marks.GRAVITY


@pytest.mark.parametrize(("days", "word"), [(0, "临近"), (1, "临近"), (SOON, "临近"), (SOON + 1, "未到期")])
def test_what_is_pending_is_at_hand_from_so_many_days_before(days: int, word: str) -> None:
    waiting = finding(Outcome.PENDING, AS_OF + timedelta(days=days))
    assert marks.mark_of(waiting, AS_OF, SOON).word == word


@pytest.mark.parametrize("outcome", [outcome for outcome in Outcome if outcome is not Outcome.PENDING])
def test_only_what_is_pending_is_ever_at_hand(outcome: Outcome) -> None:
    assert marks.mark_of(finding(outcome, AS_OF), AS_OF, SOON) is not theme.SOON


def test_pending_without_a_day_is_not_at_hand() -> None:
    assert marks.mark_of(replace(finding(Outcome.PENDING), deadline=None), AS_OF, SOON) is theme.NOT_DUE


def test_a_sign_never_stands_for_two_colours() -> None:
    shown = [*marks.GRAVITY, *marks.BY_TIMELINESS.values()]
    colours: dict[str, set[str]] = {}
    for mark in shown:
        colours.setdefault(mark.sign, set()).add(mark.colour)
    assert all(len(found) == 1 for found in colours.values()), colours


def test_every_way_of_sending_has_its_own_sign() -> None:
    assert len({marks.BY_TIMELINESS[timeliness].sign for timeliness in Timeliness}) == len(Timeliness)


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        ([theme.IN_TIME, theme.OVERDUE, theme.LATE], theme.OVERDUE),
        ([theme.IN_TIME, theme.WON], theme.IN_TIME),
        ([theme.IN_TIME, theme.NO_EVIDENCE, marks.UNCLEAR], theme.NO_EVIDENCE),
        ([theme.NOT_DUE, theme.SOON], theme.SOON),
    ],
)
def test_of_several_the_one_that_needs_somebody_most_shows(found: list[Mark], shown: Mark) -> None:
    assert marks.gravest(found) is marks.gravest(reversed(found)) is shown


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("mark", marks.GRAVITY, ids=lambda mark: mark.word)
def test_every_sign_can_be_read_on_its_colour(mark: Mark) -> None:
    bright, dark = sorted((luminance(mark.colour), luminance(mark.ink)), reverse=True)
    assert (bright + 0.05) / (dark + 0.05) >= 4.5

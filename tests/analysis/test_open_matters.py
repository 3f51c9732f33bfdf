"""One account of what is open: every number on a page is a part of it, and the parts add up."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.analysis.open_items import Doubt, open_items
from scoring.analysis.open_matters import BLOCKING, PART_OF, OpenMatter, Owner, Part, counted, open_matters
from scoring.analysis.open_matters_sentences import OWNERS, TITLES, parts_said, says
from scoring.analysis.owed_ledgers import quarters
from scoring.analysis.position import Position
from scoring.analysis.ruling_queue import Why, matters
from scoring.board.red_black import ends
from scoring.board.summary import pending, unconfirmed
from scoring.judging.punctuality import Timeliness, punctuality, quarter_in_question
from scoring.model.facts import Facts
from scoring.model.publications import Objection, ObjectionState
from scoring.model.sendings import Sending, SendingState
from tests.analysis.worlds import FIVE, WUHUA, positions, world
from tests.builders import case, incentive, ledger, statement


def blockers(position: Position, **other: object) -> list[OpenMatter]:
    return [one for one in open_matters(position, matters(position), **other) if one.blocks]  # type: ignore[arg-type]


def said(position: Position) -> list[str]:
    return [says(one) for one in blockers(position)]


def objection(number: int, state: ObjectionState = ObjectionState.OPEN) -> Objection:
    return Objection(
        number, 2023, "2023-第2季度-01", WUHUA, "4A", "不服", "李", date(2023, 7, 1), date(2023, 7, 8), state
    )


def test_a_unit_that_sent_nothing_at_all_is_open() -> None:
    everyone = world(as_of=date(2023, 7, 7))
    silent = Position(Facts(), everyone.rulebook, everyone.as_of, everyone.policy)
    assert [words for words in said(silent) if "没有报送" in words] == [f"{unit}没有报送任何台账" for unit in FIVE]


def test_a_unit_that_sent_nothing_for_the_last_quarter_is_open_from_its_cut_off_on() -> None:
    first = tuple(ledger(unit, 1) for unit in FIVE)
    second = tuple(ledger(unit, 2) for unit in FIVE if unit != WUHUA)
    made = world(as_of=date(2023, 6, 9))
    before = Position(Facts(ledgers=(*first, *second)), made.rulebook, date(2023, 6, 9), made.policy)
    after = Position(before.facts, made.rulebook, date(2023, 6, 10), made.policy)
    assert not [words for words in said(before) if "没有报送" in words]
    assert [words for words in said(after) if "没有报送" in words] == [f"{WUHUA}没有报送第二季度台账"]


def test_what_waits_to_be_taken_in_is_the_offices_turn() -> None:
    everyone = world(as_of=date(2023, 7, 7))
    silent = Position(Facts(), everyone.rulebook, everyone.as_of, everyone.policy)
    sent = [
        sending(1, (WUHUA,)),
        sending(2, (FIVE[1],), SendingState.TAKEN_IN),
        sending(3, (FIVE[2],), SendingState.SENT_BACK),
    ]
    found = open_matters(silent, (), sendings=sent)
    (mine,) = [one for one in found if one.part is Part.SENDING]
    assert (mine.units, mine.owner, mine.due, mine.blocks) == ((WUHUA,), Owner.OFFICE, date(2023, 9, 10), True)
    assert says(mine) == f"{WUHUA}第1号报送没有收下或退回"
    owing = {one.unit for one in found if one.part is Part.LEDGER}
    assert owing == set(FIVE) - {WUHUA}, "who has sent owes nothing, whoever has not looked at it yet"


@pytest.mark.parametrize(
    ("day", "due"),
    [(date(2023, 3, 1), date(2023, 3, 10)), (date(2023, 6, 10), date(2023, 6, 10)), (date(2023, 6, 11), date(2023, 9, 10)),
     (date(2024, 2, 1), None)],
)  # fmt: skip
def test_what_was_sent_is_taken_in_by_the_next_cut_off(day: date, due: date | None) -> None:
    position = world()
    found = open_matters(position, (), sendings=[sending(1, (WUHUA,), day=day)])
    closes = position.rulebook.assessment.closes
    assert [one.due for one in found if one.part is Part.SENDING] == [due or closes]


def test_an_open_objection_waits_for_the_office_until_the_day_of_its_answer() -> None:
    position = world()
    found = blockers(position, objections=[objection(1), objection(2, ObjectionState.UPHELD)])
    (mine,) = [one for one in found if one.part is Part.OBJECTION]
    assert (mine.owner, mine.due, says(mine)) == (Owner.OFFICE, date(2023, 7, 8), "五华区4A第1号申诉没有答复")


def sending(
    number: int, units: tuple[str, ...], state: SendingState = SendingState.WAITING, day: date = date(2023, 7, 7)
) -> Sending:
    return Sending(number, 2023, units, "赵", datetime(day.year, day.month, day.day, 9, tzinfo=UTC), (), state)


RULED = (Part.VERDICT, Part.UNREADABLE, Part.EVIDENCE, Part.CONTRADICTED)
STATUS = st.sampled_from(["done", "not_done", "undecided", "unreadable"])


@st.composite
def worlds(draw: st.DrawFn) -> Position:
    """Any world, with rows of every kind put into it: undecided, unreadable, without evidence, cases, awards."""
    position = draw(positions())
    rows = draw(st.lists(st.tuples(st.sampled_from(FIVE), st.sampled_from(CODES), STATUS, st.booleans()), max_size=8))
    sent = [ledger(unit, 2, date(2023, 5, 15 + n)) for n, (unit, *_) in enumerate(rows)]
    more = tuple(
        statement(code, status, at=at, row=40 + n, evidence="截图.jpg" if proved else "", done_on=date(2023, 4, 1))
        for n, (at, (_, code, status, proved)) in enumerate(zip(sent, rows, strict=True))
    )
    awards = draw(st.lists(st.sampled_from(FIVE), max_size=2, unique=True))
    items = tuple(replace(incentive(awarded="", at=ledger(unit)), claimed=draw(AMOUNT)) for unit in awards)
    cases = tuple(case(3, at=ledger(unit)) for unit in draw(st.lists(st.sampled_from(FIVE), max_size=2, unique=True)))
    return position.with_facts(
        position.facts + Facts(ledgers=tuple(sent), statements=more, incentives=items, cases=cases)
    )


CODES = ["1A", "4A", "4C", "8A", "9C", "11A", "12A", "14A"]
SENT = st.lists(st.builds(
    sending, st.integers(1, 9), st.lists(st.sampled_from(FIVE), min_size=1, max_size=2, unique=True).map(tuple),
    st.sampled_from(SendingState),
), max_size=3, unique_by=lambda one: one.number)  # fmt: skip
AMOUNT = st.sampled_from([None, *(incentive(awarded=text).claimed for text in ("0.30", "1.00"))])


@settings(max_examples=60, deadline=None)
@given(worlds(), st.lists(st.sampled_from(ObjectionState), max_size=3), SENT)
def test_every_number_of_open_things_is_a_part_of_the_account(
    position: Position, states: list[ObjectionState], sent_now: list[Sending]
) -> None:
    found = matters(position)
    objections = [objection(number, state) for number, state in enumerate(states, 1)]
    account = open_matters(position, found, objections, sent_now)
    unread_yet = [one for one in sent_now if one.state is SendingState.WAITING]
    waiting = {unit for one in unread_yet for unit in one.units}
    assert sum(counted(account).values()) == len(account)
    assert len({(one.part, one.units, one.clause, one.title, says(one)) for one in account}) == len(account)
    # 审核认定 shows what is to be ruled on, in its own order
    assert [one.matter for one in account if one.matter] == list(found)
    assert all(one.matter for one in account if one.part in RULED)
    assert all(one.item and one.item.doubt is Doubt.PENDING for one in account if one.part is Part.LATER)
    # 待定与必核 shows what can still turn out otherwise
    assert sorted(one.item.key for one in account if one.item) == sorted(item.key for item in open_items(position))
    # 单位, the slides and the papers count what is not due and what cannot be read
    for card in position.board.cards:
        mine = counted(one for one in account if one.units == (card.unit,))
        assert mine.get(Part.NOT_DUE, 0) == len(pending(card))
        unread = {one.clause for one in account if one.part is Part.UNREADABLE and one.unit == card.unit}
        more = unread - {finding.clause for finding in unconfirmed(card)}
        assert mine.get(Part.UNREADABLE, 0) == len(unconfirmed(card)) + len(more)
        assert all(position.rulebook.clause[code].term_for(card.unit).is_bonus for code in more)  # type: ignore[union-attr]
    # 定稿 is blocked by a part of what is ruled on, by silence, objections and ties
    blocks = [one for one in account if one.blocks]
    assert len(blocks) == (
        sum(one.why in BLOCKING for one in found)
        + _silent(position, waiting)
        + len(unread_yet)
        + _tied(position)
        + states.count(ObjectionState.OPEN)
    )
    # 时限 and 催报 count the ledgers that did not come
    sent = punctuality(position.facts, position.rulebook, position.as_of)
    missing = {place for place, one in sent.items() if one.timeliness is Timeliness.MISSING and place[0] not in waiting}
    ledgers = [one for one in account if one.part is Part.LEDGER and one.due <= position.as_of]
    assert len(ledgers) == len([unit for unit, _ in missing if unit in position.board.card])
    owed = quarters(sent, position.facts.ledgers, waiting, account, position.rulebook, position.as_of)
    assert [(q.quarter, len(q.owing) + q.later) for q in owed if q.passed] == [
        (q.quarter, sum(one.quarter == q.quarter for one in ledgers)) for q in owed if q.passed
    ]
    # 时限 counts what falls due on the next day
    due = Counter(one.due for one in account if one.part is Part.NOT_DUE)
    assert due == Counter(
        finding.deadline or position.rulebook.assessment.closes
        for card in position.board.cards
        for finding in pending(card)
    )


def _silent(position: Position, waiting: set[str]) -> int:
    sent = punctuality(position.facts, position.rulebook, position.as_of)
    quarter = quarter_in_question(position.rulebook.assessment, position.as_of)
    cards = [card for card in position.board.cards if card.unit not in waiting]
    return sum(not card.reported or sent[card.unit, quarter].timeliness is Timeliness.MISSING for card in cards)


def _tied(position: Position) -> int:
    both = [ends(position.board, kind) for kind in position.rulebook.kinds.values()]
    return sum(one.first_tied + one.last_tied for one in both)


def test_every_part_has_its_words_and_every_matter_somebody_to_act_by_a_day() -> None:
    assert set(TITLES) == set(Part)
    assert set(OWNERS) == set(Owner)
    position = world("五华区:4A=open")
    found = open_matters(position, matters(position))
    assert all(one.due and one.owner and says(one) for one in found)
    assert parts_said(found) == "、".join(f"{TITLES[part]}{n}" for part, n in counted(found).items())
    assert "核实" not in "".join(TITLES.values())


@pytest.mark.parametrize("why", list(Why))
def test_every_reason_to_rule_belongs_to_one_part_that_a_ruling_settles(why: Why) -> None:
    assert PART_OF.get(why, Part.EVIDENCE) in (Part.VERDICT, Part.UNREADABLE, Part.EVIDENCE, Part.CONTRADICTED)

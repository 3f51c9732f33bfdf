"""A roster kept as columns is the rows that were put in, whatever is done with it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.model.columns import FEW, Column, each_made
from scoring.model.evidence import CellRef
from scoring.model.facts import Facts
from scoring.model.ledgers import Ledger
from scoring.model.rosters import NO_ROSTER, Roster, RosterRow, Timing

TEXT = st.sampled_from(["", "甲", "甲 公司", "甲\u3000公司", "1", "B7"])
DAYS = st.sampled_from([date(2023, 5, 4), date(2023, 5, 9), date(2023, 6, 1)])
NUMBERS = st.sampled_from([Decimal(0), Decimal("0.0"), Decimal(2), Decimal("2.0"), Decimal("1.25")])
CELLS = st.builds(CellRef, TEXT, TEXT, st.sampled_from(["B1", "AB12", "B0", "B01", "XFD1048576", "", "名"]))
LEDGERS = st.builds(
    Ledger, st.sampled_from(["五华区", "盘龙区"]), st.just(2023), st.integers(1, 2),
    st.sampled_from([date(2023, 6, 8), date(2023, 9, 8)]), st.booleans(), st.integers(0, 1),
)  # fmt: skip
ROWS = st.builds(
    RosterRow, ledger=LEDGERS, enterprise=TEXT, project_class=st.none() | TEXT, accepted=DAYS, connected=st.none() | DAYS,
    deducted=NUMBERS, source=CELLS, header=CELLS, position=st.tuples(st.integers(0, 2), st.integers(1, 6)),
    credit_code=TEXT, project_type=TEXT, stated_days=st.none() | NUMBERS, steps=TEXT, materials=TEXT, fee=TEXT,
)  # fmt: skip
LISTS = st.lists(ROWS, max_size=12)


def summed(timings: list[tuple[Timing, int]]) -> Counter[Timing]:
    """Add up what is timed alike: 2 and 2.0 days deducted are the same number of them."""
    total = Counter[Timing]()
    for timing, rows in timings:
        total[timing] += rows
    return total


@given(LISTS, st.data())
def test_columns_hold_what_rows_say(rows: list[RosterRow], data: st.DataObject) -> None:
    roster = Roster.of(rows)
    assert repr(list(roster)) == repr(rows)  # 2 and 2.0 are equal and not the same
    assert (len(roster), bool(roster), roster == Roster.of(rows)) == (len(rows), bool(rows), True)
    assert hash(roster) == hash(Roster.of(tuple(rows)))
    assert [roster[place] for place in range(-len(rows), len(rows))] == [*rows, *rows]
    start, end = data.draw(st.integers(0, 12)), data.draw(st.integers(0, 12))
    assert list(roster[start:end]) == rows[start:end]
    assert roster.ledgers == tuple(dict.fromkeys(row.ledger for row in rows))
    assert roster.headers == tuple(dict.fromkeys(row.header for row in rows))
    assert roster.headed == list(dict.fromkeys((row.ledger, row.header) for row in rows))
    assert roster.sheets == {row.source.sheet for row in rows}


@given(LISTS, LISTS)
def test_two_rosters_are_equal_where_their_rows_are(one: list[RosterRow], other: list[RosterRow]) -> None:
    assert (Roster.of(one) == Roster.of(other)) is (one == other)
    assert repr(list(Roster.joined((one, other)))) == repr([*one, *other])
    assert Facts(roster=Roster.of(one)) + Facts(roster=Roster.of(other)) == Facts(roster=Roster.of([*one, *other]))


@given(LISTS)
def test_rows_are_chosen_ordered_and_moved_as_one_by_one(rows: list[RosterRow]) -> None:
    roster = Roster.of(rows)
    assert list(roster.where(lambda ledger: ledger.quarter == 2)) == [row for row in rows if row.ledger.quarter == 2]
    places = range(len(rows))
    assert list(roster.in_order(places)) == sorted(places, key=lambda place: rows[place].position)
    found = {ledger: [place for place in places if rows[place].ledger == ledger] for ledger in roster.ledgers}
    assert {ledger: list(held) for ledger, held in roster.by_ledger().items()} == found
    for ledger, held in roster.by_ledger().items():
        assert roster.picked(held).ledgers == (ledger,)
        assert roster.picked(held).columns.enterprise == [rows[place].enterprise for place in held]
    moved = roster.moved(lambda ledger: replace(ledger, upload=0), lambda cell: replace(cell, cell="A1"))
    by_hand = [
        replace(row, ledger=replace(row.ledger, upload=0), header=replace(row.header, cell="A1")) for row in rows
    ]
    assert repr(list(moved)) == repr(by_hand)
    assert moved == Roster.of(by_hand)


@settings(max_examples=300)
@given(LISTS)
def test_one_row_an_installation_stays_and_equal_spans_are_counted(rows: list[RosterRow]) -> None:
    roster = Roster.of(rows)
    assert repr(list(roster.united())) == repr(list({row.key: row for row in rows}.values()))
    told = Counter((row.project_class, row.accepted, row.connected, row.deducted) for row in rows)
    assert summed(roster.timings()) == told


@settings(max_examples=20)
@given(LISTS)
def test_spans_of_many_rows_are_counted_as_those_of_few(rows: list[RosterRow]) -> None:
    roster, again = Roster.of(rows), FEW // max(1, len(rows)) + 1
    many = roster.picked([*range(len(rows))] * again)
    assert summed(many.timings()) == {timing: times * again for timing, times in summed(roster.timings()).items()}


@given(LISTS)
def test_values_filled_by_field_are_those_that_their_calls_make(rows: list[RosterRow]) -> None:
    given = [[getattr(row, name) for row in rows] for name in RosterRow.__slots__]
    told = repr(each_made(RosterRow, *given))
    assert told == repr(rows)
    assert repr(each_made(RosterRow, *map(iter, given[:10]))) == repr([*map(RosterRow, *given[:10])])  # defaults


def test_nothing_is_a_roster_too() -> None:
    assert (list(NO_ROSTER), NO_ROSTER.ledgers, NO_ROSTER.united(), NO_ROSTER.timings()) == ([], (), NO_ROSTER, [])
    assert Facts().roster is NO_ROSTER
    assert NO_ROSTER != ()


@given(st.lists(st.integers(0, 3) | st.none()), st.lists(st.integers(2, 5) | st.none()))
def test_columns_of_codes_are_the_values(one: list[int | None], other: list[int | None]) -> None:
    column = Column.of(one)
    assert (list(column), len(column), column.values) == (one, len(one), tuple(dict.fromkeys(one)))
    assert list(Column.of_objects(one)) == one
    assert list(Column.joined((column, Column.of(other)))) == [*one, *other]
    assert list(column.changed(str)) == list(map(str, one))
    assert list(column.changed(lambda _: 0)) == [0] * len(one)

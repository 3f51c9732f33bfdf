"""The store keeps years apart: what is entered for one is not seen in another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from scoring.judging.rank import make_board
from scoring.model.facts import Facts
from scoring.model.ledgers import Ledger
from scoring.model.parsed import ParsedWorkbook
from scoring.model.policy import Policy
from scoring.model.publications import Publication
from scoring.store import Complaint, RefusedError, Store, open_store
from tests.builders import ruling, statement
from tests.years.books import FIRST, NEXT, rulebook_of, rules_text

UNIT = "五华区"
SENT = {FIRST: date(2024, 1, 12), NEXT: date(2024, 3, 8)}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "water.duckdb")
    yield opened
    opened.close()


def facts_of(year: int, clause: str = "4A") -> Facts:
    ledger = Ledger(UNIT, year, 4 if year == FIRST else 1, SENT[year], True, 0)
    return Facts(ledgers=(ledger,), statements=(statement(clause, at=ledger),))


def put(store: Store, name: str, *years: int) -> str:
    parsed = ParsedWorkbook(f"{name}.xlsx", Facts.joined(facts_of(year) for year in years))
    return store.save(name.encode(), parsed, "张工").upload.sha256


def test_a_year_holds_its_own_ledgers_only(store: Store) -> None:
    put(store, "then", FIRST)
    assert store.facts(NEXT) == Facts()
    put(store, "later", NEXT)
    for year in (FIRST, NEXT):
        assert {s.ledger.year for s in store.facts(year).statements} == {year}
        assert [(v.year, v.version) for v in store.ledger_versions(year)] == [(year, 1)]
    assert [upload.years for upload in store.uploads()] == [(FIRST,), (NEXT,)]


def test_a_workbook_of_both_years_counts_in_both_and_is_withdrawn_from_both(store: Store) -> None:
    sha = put(store, "both", FIRST, NEXT)
    names = [store.fingerprint(year) for year in (FIRST, NEXT)]
    assert len(set(names)) == 2
    assert [len(store.facts(year).statements) for year in (FIRST, NEXT)] == [1, 1]
    store.withdraw_upload(sha, "张工", "误传")
    assert [store.facts(year) for year in (FIRST, NEXT)] == [Facts(), Facts()]
    store.restore_upload(sha, "张工", "核实")
    assert [store.fingerprint(year) for year in (FIRST, NEXT)] == names
    assert store.verify_history() == ()


def test_what_happens_in_a_year_leaves_the_name_of_the_other_as_it_was(store: Store) -> None:
    put(store, "then", FIRST)
    before = store.fingerprint(FIRST)
    put(store, "later", NEXT)
    store.rule(replace(ruling("4A", "rejected", date(2024, 4, 1)), year=NEXT))
    store.set_policy(NEXT, Policy(late="strict"), "主任", "会议决定")
    assert store.fingerprint(FIRST) == before
    assert (store.rulings(FIRST), len(store.rulings(NEXT))) == ((), 1)
    assert (store.policy(FIRST).late, store.policy(NEXT).late) == ("by_wording", "strict")
    assert store.rulings(NEXT)[0].year == NEXT
    store.withdraw_ruling(1, "李工", "重核")
    assert store.rulings(NEXT) == ()
    assert store.ruling_records(NEXT)[0].withdrawn


def test_each_year_has_its_own_rules_in_force(store: Store) -> None:
    texts = {year: rules_text(year).encode() for year in (FIRST, NEXT)}
    for year, text in texts.items():
        store.record_rules(year, text, sha256(text).hexdigest(), "主任")
    assert {year: (store.rules_at(year) or ("", b""))[1] for year in store.rule_years()} == texts


def test_final_boards_objections_and_tables_know_their_year(store: Store) -> None:
    for year in (FIRST, NEXT):
        put(store, str(year), year)
        board = make_board(store.facts(year), rulebook_of(year), date(year, 12, 31), Policy())
        number = store.next_publication_number(f"{year}-年度")
        receipt = Publication(
            number, year, "年度排名", board.as_of, None, store.history()[-1].at, "主任", board.rules,
            store.fingerprint(year), "p" * 64, "1",
        )  # fmt: skip
        store.publish(receipt, board)
        assert store.published_board(number) == board
        lost = next(f for f in board.card[UNIT].findings if f.points < 0)
        store.file_objection(Complaint(number, UNIT, lost.clause, "已经完成", "办公室", date(2100, 1, 1)))
        with pytest.raises(RefusedError, match="年度"):
            store.publish(replace(receipt, number="x", year=1999), board)
    for year in (FIRST, NEXT):
        assert [one.year for one in store.publications(year)] == [year]
        assert [one.year for one in store.objections(year)] == [year]
    with store._database.reading() as cursor:
        for view in ("latest_scores", "latest_findings"):
            query = f"SELECT year, count(DISTINCT unit) FROM {view} GROUP BY year ORDER BY year"  # noqa: S608
            rows = cursor.execute(query).fetchall()
            assert rows == [(FIRST, 20), (NEXT, 20)]
    assert {event.year for event in store.history()} == {FIRST, NEXT}
    assert store.verify_history() == ()

"""Workbooks go in whole and once, and every version stays readable."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scoring.model.facts import Facts
from scoring.model.parsed import ParsedWorkbook
from scoring.store import Incoming, RefusedError, Store, StoreBrokenError, numbered, open_store, uploads
from tests.builders import CUT_OFFS, incentive, ledger, ruling, statement
from tests.store.workbooks import PROBLEM, moment, row_counts, sha, workbook


def test_a_stored_workbook_is_given_back_as_it_was(store: Store) -> None:
    receipt = store.save(b"one", workbook(), "张三", "二季度报送", rules_hash="a" * 64, at=moment(8))
    assert store.facts(2023) == workbook().facts
    assert store.original(sha(b"one")) == ("五华区2季度.xlsx", b"one")
    assert store.problems(sha(b"one")) == (PROBLEM,)
    upload = receipt.upload
    assert (upload.file_name, upload.actor, upload.reason) == ("五华区2季度.xlsx", "张三", "二季度报送")
    assert (upload.received_at, upload.rules_hash, upload.size) == (moment(8), "a" * 64, 3)
    assert (upload.rows_read, upload.rows_kept_out, upload.left_alone) == (7, 1, ("封面",))
    assert (upload.errors, upload.warnings, upload.withdrawn) == (1, 0, False)
    assert [(v.unit, v.quarter, v.version) for v in receipt.ledgers] == [("五华区", 2, 1)]
    assert store.uploads() == (upload,)


def test_the_same_bytes_twice_change_nothing(store: Store) -> None:
    first = store.save(b"one", workbook(), "张三")
    before = row_counts(store)
    assert store.find(b"one") == first.upload
    assert store.find(b"two") is None
    again = store.save(b"one", workbook("盘龙区"), "李四")
    assert again.already
    assert again.upload == first.upload
    assert row_counts(store) == before


def test_a_corrected_workbook_is_a_new_version_and_the_old_one_stays(store: Store) -> None:
    store.save(b"one", workbook(rows=3), "张三")
    receipt = store.save(b"two", workbook(rows=5, submitted=date(2023, 6, 12)), "张三")
    assert [version.version for version in receipt.ledgers] == [2]
    assert [(v.version, v.is_late(CUT_OFFS)) for v in store.ledger_versions(2023)] == [(1, False), (2, True)]
    assert len(store.version_facts("五华区", 2023, 2, 1).statements) == 3
    assert len(store.version_facts("五华区", 2023, 2, 2).statements) == 5
    assert {fact.ledger.upload for fact in store.facts(2023).statements} == {0, 1}
    with pytest.raises(RefusedError, match="第 3 版"):
        store.version_facts("五华区", 2023, 2, 3)


def test_uploads_are_numbered_in_the_order_of_arrival(store: Store) -> None:
    for number, unit in enumerate(("五华区", "盘龙区", "官渡区")):
        assert store.save(unit.encode(), workbook(unit), "张三").upload.upload == number
    assert [ledger.upload for ledger in store.facts(2023).ledgers] == [0, 1, 2]


def rows_of(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of every table but the moments at which this database itself was made."""
    with store._database.reading() as cursor:
        names = [name for name in row_counts(store) if name != "schema_versions"]
        return {name: cursor.execute(f'SELECT * FROM "{name}" ORDER BY ALL').fetchall() for name in names}  # noqa: S608


@settings(max_examples=4)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["五华区", "盘龙区", "市水务局"]), st.integers(1, 4), st.integers(0, 3), st.integers(0, 3)
        ),
        max_size=6,
    )
)
@example([("五华区", 1, 0, 0), ("五华区", 1, 0, 0), ("盘龙区", 3, 0, 0), ("盘龙区", 3, 2, 1)])
def test_several_workbooks_at_once_are_kept_as_one_after_the_other(sent: list[tuple[str, int, int, int]]) -> None:
    arriving = [
        Incoming(
            f"{(unit, quarter)}".encode(), workbook(unit, quarter, rows=rows, installations=installed), "张三", "", ""
        )
        for unit, quarter, rows, installed in sent
    ]
    arriving = [replace(one, at=moment(8, minute=n)) for n, one in enumerate(arriving)]
    with TemporaryDirectory() as folder:
        one_by_one, at_once = (open_store(Path(folder) / f"{name}.duckdb") for name in ("one", "all"))
        for one in arriving[:2]:
            at_once.save(one.data, one.parsed, one.actor, at=one.at)
        kept = [one_by_one.save(one.data, one.parsed, one.actor, at=one.at) for one in arriving]
        new = at_once.save_all(arriving)
        assert new == len({receipt.upload.upload for receipt in kept[2:]} - {r.upload.upload for r in kept[:2]})
        assert rows_of(at_once) == rows_of(one_by_one)
        assert at_once.verify_history() == ()
        for store in (one_by_one, at_once):
            store.close()


def test_several_workbooks_of_which_one_is_refused_leave_nothing(store: Store) -> None:
    before = row_counts(store)
    good, bad = workbook(), ParsedWorkbook("坏.xlsx", Facts(), refused=True)
    with pytest.raises(RefusedError, match="不是可以入库的台账"):
        store.save_all([Incoming(b"one", good, "张三", "", ""), Incoming(b"two", bad, "张三", "", "")])
    late = [Incoming(b"one", good, "张三", "", ""), Incoming(b"two", workbook("盘龙区"), " ", "", "")]
    with pytest.raises(RefusedError, match="经办人"):
        store.save_all(late)
    assert row_counts(store) == before


def test_one_workbook_of_many_units_and_quarters(store: Store) -> None:
    parts = [workbook(unit, quarter).facts for unit in ("五华区", "市水务局") for quarter in (1, 2)]
    whole = ParsedWorkbook("汇总.xlsx", parts[0] + parts[1] + parts[2] + parts[3])
    store.save(b"all", whole, "张三")
    assert store.facts(2023) == whole.facts
    assert store.version_facts("市水务局", 2023, 1, 1) == parts[2]


def test_incentives_alone_are_no_report(store: Store) -> None:
    facts = Facts(incentives=(incentive(at=ledger()),))
    receipt = store.save(b"city", ParsedWorkbook("激励.xlsx", facts), "张三")
    assert store.facts(2023) == facts
    assert [version.reported for version in receipt.ledgers] == [False]


@pytest.mark.parametrize(
    ("parsed", "said"),
    [
        (ParsedWorkbook("坏.xlsx", Facts(), refused=True), "不是可以入库的台账"),
        (ParsedWorkbook("坏.xlsx", Facts(rulings=(ruling("1A", "accepted", date(2023, 6, 1)),))), "审核认定"),
    ],
)
def test_what_is_no_ledger_is_refused_and_leaves_nothing(store: Store, parsed: ParsedWorkbook, said: str) -> None:
    before = row_counts(store)
    with pytest.raises(RefusedError, match=said):
        store.save(b"bad", parsed, "张三")
    assert row_counts(store) == before


def test_nobody_may_store_without_a_name(store: Store) -> None:
    before = row_counts(store)
    with pytest.raises(RefusedError, match="经办人"):
        store.save(b"one", workbook(), "  ")
    assert row_counts(store) == before


def test_what_reads_back_otherwise_is_not_kept(store: Store) -> None:
    before = row_counts(store)
    odd = replace(incentive(at=ledger()), awarded=Decimal("1.005"))  # points have two places
    with pytest.raises(StoreBrokenError, match="读回的内容不一致"):
        store.save(b"odd", ParsedWorkbook("激励.xlsx", Facts(incentives=(odd,))), "张三")
    assert row_counts(store) == before


def test_a_commit_that_kept_nothing_is_no_receipt(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "insert_uploads", lambda *_: None)
    with pytest.raises(StoreBrokenError, match="没有留下"):
        store.save(b"one", workbook(), "张三")


class Rerun(BaseException):
    """What a page's rerun raises: no ``Exception``."""


@pytest.mark.parametrize("step", ["insert_facts", "counted", "load_facts", "digest_rows", "append_all", "_upload_row"])
def test_an_interruption_at_any_step_leaves_nothing(store: Store, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    store.save(b"before", workbook("盘龙区"), "张三")
    before, facts, original = row_counts(store), store.facts(2023), getattr(uploads, step)

    def interrupted(*args: Any) -> None:
        original(*args)
        raise Rerun

    monkeypatch.setattr(uploads, step, interrupted)
    with pytest.raises(Rerun):
        store.save(b"one", workbook(), "张三")
    monkeypatch.undo()
    assert row_counts(store) == before
    assert store.facts(2023) == facts
    assert not store.save(b"one", workbook(), "张三").already
    assert store.verify_history() == ()


def test_preview_shows_the_facts_to_come_and_stores_nothing(store: Store) -> None:
    store.save(b"one", workbook(), "张三")
    before, shown = row_counts(store), store.preview(2023, workbook("盘龙区"), workbook("官渡区"))
    assert row_counts(store) == before
    store.save(b"two", workbook("盘龙区"), "张三")
    store.save(b"three", workbook("官渡区"), "张三")
    assert store.facts(2023) == shown


def test_numbering_moves_every_fact_to_its_upload() -> None:
    moved = numbered(workbook().facts, 7)
    assert {fact.ledger.upload for fact in (*moved.statements, *moved.cases, *moved.roster, *moved.incentives)} == {7}
    assert numbered(moved, 0) == workbook().facts


def test_text_from_a_cell_is_only_text(store: Store) -> None:
    hostile = "'); DROP TABLE statements; --\x00\n=1+1<script>"
    facts = Facts(ledgers=(ledger(),), statements=(statement("1A", text=hostile, said=hostile, evidence=hostile),))
    store.save(b"one", ParsedWorkbook(hostile, facts), hostile)
    assert store.facts(2023) == facts
    assert store.uploads()[0].file_name == hostile


def test_what_was_never_stored_is_said_to_be_unknown(store: Store) -> None:
    for ask in (store.original, store.problems, lambda name: store.withdraw_upload(name, "张三", "误传")):
        with pytest.raises(RefusedError, match="没有校验值为 00000000"):
            ask("0" * 64)

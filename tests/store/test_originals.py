"""只留原件: kept once with its reason, no facts, in the record, and the same file may be stored later all the same."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from scoring.documents.event_list import file_names, subject
from scoring.ledger.parse import read_ledger
from scoring.model.events import EventKind
from scoring.rulebook.read import load_rulebook
from scoring.store import RefusedError, Store
from tests.browser.ledgers import write_ledger
from tests.store.conftest import Site

RULES = load_rulebook()
DATA = b"PK blank form"
SHA = sha256(DATA).hexdigest()


@pytest.fixture
def held(store: Store) -> Store:
    return store


def test_it_is_kept_with_who_and_why_and_brings_no_facts(held: Store) -> None:
    before = held.fingerprint(2023)
    kept = held.keep_original("空白.xlsx", DATA, "张工", "单位误报")
    assert (kept.sha256, kept.file_name, kept.size, kept.actor, kept.reason) == (
        SHA,
        "空白.xlsx",
        len(DATA),
        "张工",
        "单位误报",
    )
    assert held.kept_originals() == (kept,)
    assert held.kept_original(SHA) == ("空白.xlsx", DATA)
    assert held.uploads() == held.ledger_versions(None) == ()
    assert held.fingerprint(2023) == before
    event = held.history()[-1]
    assert event.kind is EventKind.ORIGINAL
    assert subject(event, file_names([event]), RULES) == "空白.xlsx"
    assert held.verify_history() == ()


@pytest.mark.parametrize(("actor", "reason"), [("", "误报"), ("张工", " ")])
def test_a_name_and_a_reason_are_due(held: Store, actor: str, reason: str) -> None:
    with pytest.raises(RefusedError):
        held.keep_original("空白.xlsx", DATA, actor, reason)
    assert held.kept_originals() == ()


def test_the_same_file_is_kept_once(held: Store) -> None:
    held.keep_original("空白.xlsx", DATA, "张工", "误报")
    with pytest.raises(RefusedError, match="张工"):
        held.keep_original("又一份.xlsx", DATA, "李工", "误报")
    assert len(held.history()) == 1


def test_a_kept_file_may_be_stored_later(held: Store, tmp_path: Path) -> None:
    path = write_ledger(tmp_path / "五华区.xlsx")
    data = path.read_bytes()
    held.keep_original(path.name, data, "张工", "先留着")
    receipt = held.save(data, read_ledger(data, path.name, RULES), "张工")
    assert not receipt.already
    assert [one.unit for one in receipt.ledgers] == ["五华区"]


@pytest.mark.parametrize(
    ("damage", "said"),
    [("DELETE FROM things", "内容缺失"), ("UPDATE things SET content = 'x'::BLOB", "被改动过")],
)
def test_lost_or_changed_bytes_are_noticed(site: Site, damage: str, said: str) -> None:
    held = site.open()
    held.keep_original("空白.xlsx", DATA, "张工", "误报")
    held.close()
    site.meddle(damage)
    held = site.open()
    assert any(said in fault for fault in held.verify_history())
    held.close()

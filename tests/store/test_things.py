"""Things that show a claim are kept once, whole, with their workbook; what lies inside a workbook is had from it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scoring.ledger.files_beside import BooksWithFiles, FileBeside, give_files
from scoring.model.evidence import Evidence, EvidenceKind
from scoring.rulebook.read import load_rulebook
from scoring.store import Store
from scoring.store.errors import RefusedError, StoreBrokenError
from tests.evidence.packages import Book, digest, ledger, one_cell, parsed, pic, png, with_drawing
from tests.store.conftest import Site
from tests.store.workbooks import moment, row_counts, sha

PICTURE, FILE, STRAY = png(1), png(2), png(3)


def book() -> Book:
    return with_drawing(ledger(c2A="公示截图"), one_cell(pic(), 4, 5, 200_000, 200_000), (PICTURE,))


def sent(data: bytes, files: dict[str, bytes]) -> BooksWithFiles:
    beside = [FileBeside(path, content, "五华区.zip") for path, content in files.items()]
    return give_files([parsed(data)], beside, {}, load_rulebook())


def save(store: Store, data: bytes, files: dict[str, bytes], day: int = 8) -> None:
    found = sent(data, files)
    store.save(data, found.books[0], "张三", at=moment(day), things=found.things)


def test_a_picture_in_the_workbook_needs_no_second_copy(store: Store) -> None:
    data = book().packed()
    save(store, data, {})
    assert store.thing(digest(PICTURE)) == ("image1.png", PICTURE)
    assert row_counts(store)["things"] == 0


def test_files_beside_are_kept_once_however_often_they_are_sent(store: Store) -> None:
    other = ledger(("7A",)).packed()
    save(store, book().packed(), {"五华区-7A.png": FILE, "合影.png": STRAY})
    save(store, other, {"五华区-7A-再报.png": FILE}, day=9)
    assert row_counts(store)["things"] == 2
    assert store.thing(digest(FILE)) == ("五华区-7A.png", FILE)
    assert store.thing(digest(STRAY)) == ("合影.png", STRAY)
    assert store.verify_history() == ()


def test_facts_come_back_with_their_evidence(store: Store) -> None:
    save(store, book().packed(), {"五华区-7A.png": FILE})
    brought = {s.clause: [item.kind.value for item in s.evidence] for s in store.facts(2023).statements}
    assert brought == {"1A": [], "2A": ["text"], "4A": ["picture"], "5B": [], "7A": ["file"], "10A": []}


def test_a_thing_is_withdrawn_with_its_workbook_and_recalled_with_the_moment(store: Store) -> None:
    data = book().packed()
    save(store, data, {"五华区-7A.png": FILE})
    store.withdraw_upload(sha(data), "张三", "误传", at=moment(10))
    assert store.facts(2023).statements == ()
    assert [s.clause for s in store.facts(2023, moment(9)).statements if any(e.sha256 for e in s.evidence)] == [
        "4A",
        "7A",
    ]
    assert store.thing(digest(FILE)) == ("五华区-7A.png", FILE), "like the workbook, it stays readable"
    with pytest.raises(RefusedError):
        store.thing(digest(FILE), moment(7))


def test_nothing_is_stored_where_a_file_did_not_come_along(store: Store) -> None:
    data = book().packed()
    found = sent(data, {"五华区-7A.png": FILE})
    for things in (None, {}, {digest(FILE): b"another"}):
        with pytest.raises(RefusedError, match="没有一起送来"):
            store.save(data, found.books[0], "张三", things=things)
    assert row_counts(store)["uploads"] == row_counts(store)["things"] == row_counts(store)["evidence"] == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE things SET content = 'x'::BLOB", "内容被改动过"),
        ("DELETE FROM pieces WHERE sha256 IN (SELECT sha256 FROM things)", "内容被改动过"),
        ("DELETE FROM things", "内容缺失"),
        ("UPDATE evidence SET name = 'x' WHERE kind = 'picture'", "数据被改动过"),
        ("DELETE FROM evidence WHERE kind = 'picture'", "数据被改动过"),
    ],
)
def test_what_was_changed_behind_its_back_shows(site: Site, change: str, said: str) -> None:
    store = site.open()
    save(store, book().packed(), {"五华区-7A.png": FILE})
    store.close()
    site.meddle(change)
    store = site.open()
    assert any(said in fault for fault in store.verify_history())
    store.close()


def test_words_stored_before_there_was_evidence_are_read_as_words(site: Site) -> None:
    store = site.open()
    save(store, book().packed(), {})
    store.close()
    site.meddle("DELETE FROM evidence")
    store = site.open()
    proved = {s.clause: s.evidence for s in store.facts(2023).statements if s.evidence}
    assert proved == {
        "2A": (Evidence(EvidenceKind.TEXT, "公示截图", None, "五华区2023年第二季度台账.xlsx", "工作落实"),)
    }
    store.close()


def test_a_thing_that_is_no_longer_where_it_was_is_said_to_be_gone(store: Store) -> None:
    data = book().packed()
    found = parsed(data)
    held = next(s for s in found.facts.statements if s.clause == "4A").evidence[0]
    assert held.part == "xl/media/image1.png"
    moved = replace(held, part="xl/media/none.png")
    statements = tuple(replace(s, evidence=(moved,)) if s.clause == "4A" else s for s in found.facts.statements)
    store.save(data, replace(found, facts=replace(found.facts, statements=statements)), "张三")
    with pytest.raises(StoreBrokenError, match="取不出来"):
        store.thing(digest(PICTURE))

"""Packages and folders: files are given to the rows that name them, or that their names and folders name."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from scoring.ledger.find import find_ledgers, read_ledgers
from scoring.model.evidence import EvidenceKind, FoundBy
from scoring.model.facts import Facts
from scoring.problems import Problem
from scoring.rulebook.read import load_rulebook
from tests.evidence.packages import digest, ledger, png

RULES = load_rulebook()
FILE = png(5)


def book(unit: str = "五华区水务局", **proofs: str) -> bytes:
    made = ledger(**proofs)
    made.rows[1] = {"A": f"填报单位：{unit}"}
    return made.packed()


def zipped(members: dict[str, bytes]) -> bytes:
    """A package of these members, their names as they are given."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for path, data in members.items():
            archive.writestr(zipfile.ZipInfo(path), data)
    return target.getvalue()


def read(path: Path) -> tuple[Facts, list[Problem]]:
    return read_ledgers(find_ledgers([path]), (RULES,))


def given(tmp_path: Path, members: dict[str, bytes], name: str = "报送.zip") -> tuple[Facts, list[Problem]]:
    """Read the same files as a package and as a folder, which must come to the same."""
    package, folder = tmp_path / name, tmp_path / "夹" / name.removesuffix(".zip")
    package.write_bytes(zipped(members))
    for path, data in members.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    facts, problems = read(package)
    other, same = read(folder)
    assert files(other) == files(facts)
    assert [(p.code, p.value, p.cell) for p in same] == [(p.code, p.value, p.cell) for p in problems]
    return facts, problems


def files(facts: Facts) -> dict[tuple[str, str], list[tuple[str, FoundBy]]]:
    """(Unit, clause) -> the files that it has."""
    return {
        (s.ledger.unit, s.clause): held
        for s in facts.statements
        if (held := [(e.name, e.found_by) for e in s.evidence if e.kind is EvidenceKind.FILE])
    }


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("4A出台文件.pdf", "附件/出台/4A出台文件.pdf"),
        ("见附件：出台文件", "出台文件.docx"),
        ("公示页.JPG、《出台文件》", "a/出台文件.pdf"),
        ("附件/规范.pdf", "附件/规范.pdf"),
        ("附件\\规范.pdf", "附件/规范.pdf"),
        ("关于实行告知承诺的通知及会议纪要", "关于实行告知承诺的通知.docx"),
    ],
)
def test_a_row_names_a_file(tmp_path: Path, words: str, path: str) -> None:
    facts, _ = given(tmp_path, {"台账.xlsx": book(c4A=words), path: FILE})
    assert files(facts)["五华区", "4A"] == [(path, FoundBy.NAMED)]
    assert next(e.sha256 for s in facts.statements for e in s.evidence if e.kind is EvidenceKind.FILE) == digest(FILE)


def test_the_end_of_a_longer_name_is_no_name(tmp_path: Path) -> None:
    facts, _ = given(tmp_path, {"台账.xlsx": book(c4A="14A.pdf"), "4A.pdf": FILE})
    assert files(facts) == {}


@pytest.mark.parametrize(
    "path",
    [
        "五华区-4A-公示.png", "4A 五华 公示.png", "五华区_4a_公示.jpg", "附件/五华区4A办事指南.pdf", "五华区水务局4Ａ.png",
        "五华区/4A/1.png", "佐证/五华区/4A 出台文件/扫描/1.png", "4A/五华区.png",
    ],
)  # fmt: skip
def test_name_or_folders_say_unit_and_clause(tmp_path: Path, path: str) -> None:
    facts, problems = given(tmp_path, {"甲/台账.xlsx": book(), "乙/台账.xlsx": book("西山区"), path: FILE})
    assert list(files(facts)) == [("五华区", "4A")]
    assert "evidence-unmatched" not in {problem.code for problem in problems}


@pytest.mark.parametrize("path", ["五华区/第4项/1.png", "五华区/第四项/1.png", "五华区-任务4.png"])
def test_a_task_speaks_for_its_clauses(tmp_path: Path, path: str) -> None:
    made = ledger(("4A", "4B", "5A"))
    facts, _ = given(tmp_path, {"台账.xlsx": made.packed(), path: FILE})
    assert list(files(facts)) == [("五华区", "4A"), ("五华区", "4B")]


def test_the_nearer_folder_decides(tmp_path: Path) -> None:
    members = {"五华区/台账.xlsx": book(), "西山区/台账.xlsx": book("西山区"), "五华区/4A/西山区-7A.png": FILE}
    facts, _ = given(tmp_path, members)
    assert list(files(facts)) == [("西山区", "7A")]


def test_each_county_has_its_own_file_of_one_name(tmp_path: Path) -> None:
    members = {
        "甲/台账.xlsx": book(c4A="公示页.png"), "甲/公示页.png": FILE,
        "乙/台账.xlsx": book("西山区", c4A="公示页.png"), "乙/公示页.png": png(6),
    }  # fmt: skip
    facts, _ = given(tmp_path, members)
    assert files(facts) == {
        ("五华区", "4A"): [("甲/公示页.png", FoundBy.NAMED)], ("西山区", "4A"): [("乙/公示页.png", FoundBy.NAMED)],
    }  # fmt: skip


@pytest.mark.parametrize(
    "path", ["合影.jpg", "4A.png", "五华区/合影.png", "五华区-29B.png", "五华区-6A.png", "五华区西山区4A.png"]
)
def test_what_names_no_unit_or_no_clause_is_listed(tmp_path: Path, path: str) -> None:
    facts, problems = given(tmp_path, {"台账.xlsx": book(), path: FILE})
    assert files(facts) == {}
    assert [p.value for p in problems if p.code == "evidence-unmatched"] == [path]


@pytest.mark.parametrize("path", ["__MACOSX/._4A.png", ".DS_Store", "a/Thumbs.db", "desktop.ini", "~$台账.xlsx"])
def test_what_systems_leave_behind_is_nothing(tmp_path: Path, path: str) -> None:
    _, problems = given(tmp_path, {"台账.xlsx": book(proof="截图"), path: b"x"})
    assert problems == []


def test_an_empty_file_is_no_evidence(tmp_path: Path) -> None:
    facts, problems = given(tmp_path, {"台账.xlsx": book(), "五华区-4A.png": b""})
    assert files(facts) == {}
    assert "evidence-file-empty" in {problem.code for problem in problems}


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("五华区-4A.png", png()[:-12]),
        ("五华区-4A.pdf", b"%PDF-1.4 cut"),
        ("五华区-4A.docx", b"MZ"),
        ("五华区-4A.jpg", b"<html>"),
    ],
)
def test_an_unreadable_file_is_kept_and_said_to_be_so(tmp_path: Path, path: str, data: bytes) -> None:
    facts, problems = given(tmp_path, {"台账.xlsx": book(), path: data})
    assert list(files(facts)) == [("五华区", "4A")]
    assert ("evidence-file-unshown", path) in {(problem.code, problem.value) for problem in problems}


def test_a_workbook_that_is_no_ledger_can_be_evidence(tmp_path: Path) -> None:
    other = ledger(())
    other.name = "Sheet1"
    other.rows = {1: {"A": "收费目录"}, 2: {"A": "水价", "B": "3.5"}}
    facts, problems = given(tmp_path, {"台账.xlsx": book(), "五华区-4A-收费目录.xlsx": other.packed()})
    assert list(files(facts)) == [("五华区", "4A")]
    assert "not-a-ledger" not in {problem.code for problem in problems}


def test_a_workbook_that_is_no_ledger_and_speaks_for_no_row_is_said_to_be_none(tmp_path: Path) -> None:
    other = ledger(())
    other.name, other.rows = "Sheet1", {1: {"A": "收费目录"}, 2: {"A": "水价", "B": "3.5"}}
    _, problems = given(tmp_path, {"台账.xlsx": book(), "收费目录.xlsx": other.packed()})
    assert "not-a-ledger" in {problem.code for problem in problems}


@pytest.mark.parametrize("path", ["../a.png", "/a.png", "..\\..\\a.png", "五华区/../../a.png", "C:\\a.png"])
def test_a_path_that_leads_out_writes_nothing_and_the_rest_is_read(tmp_path: Path, path: str) -> None:
    package = tmp_path / "包.zip"
    package.write_bytes(zipped({"台账.xlsx": book(), path: png(9), "五华区-4A.png": FILE}))
    facts, _ = read(package)
    assert ("五华区-4A.png", FoundBy.FILE_NAME) in files(facts)["五华区", "4A"]
    assert sorted(found.name for found in tmp_path.rglob("*")) == ["包.zip"]


def test_a_package_in_a_folder_gives_its_name_as_a_folder(tmp_path: Path) -> None:
    (tmp_path / "各县").mkdir()
    (tmp_path / "各县" / "五华区.zip").write_bytes(zipped({"台账.xlsx": book(), "4A/1.png": FILE}))
    facts, _ = read(tmp_path / "各县")
    assert list(files(facts)) == [("五华区", "4A")]


def test_names_in_gbk_are_read(tmp_path: Path) -> None:
    data = zipped({"xxxxxx-4A.png": FILE, "book.xlsx": book()})
    package = tmp_path / "a.zip"
    package.write_bytes(data.replace(b"xxxxxx-4A", "五华区".encode("gbk") + b"-4A"))
    facts, _ = read(package)
    assert files(facts)["五华区", "4A"] == [("五华区-4A.png", FoundBy.FILE_NAME)]


def test_a_case_gets_its_file(tmp_path: Path) -> None:
    made = ledger()
    made.name = "工作案例"
    made.rows = {
        1: {"A": "填报单位：五华区"}, 2: {"A": "2023年第二季度"},
        3: dict(zip("ABCDE", ["任务序号", "案例名称", "日期", "简介", "佐证材料"], strict=True)),
        4: {"A": "4", "B": "并联审批", "C": "2023-05-10", "D": "简介", "E": ""},
    }  # fmt: skip
    data = made.packed()
    facts, _ = given(tmp_path, {"台账.xlsx": data, "五华区-4C-案例.docx": b"PK\x03\x04"})
    assert [[item.kind for item in case.evidence] for case in facts.cases] == [[EvidenceKind.FILE]]


def test_a_file_of_no_unit_that_several_units_seem_to_name_is_nobodys(tmp_path: Path) -> None:
    members = {"甲.xlsx": book(c4A="公示截图"), "乙.xlsx": book("西山区", c4A="公示截图"), "公示截图.png": FILE}
    facts, problems = given(tmp_path, members)
    assert files(facts) == {}
    assert [p.value for p in problems if p.code == "evidence-unmatched"] == ["公示截图.png"]

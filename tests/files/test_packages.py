"""Packages: names in any spelling, junk left out, nothing outside touched, and each refusal named with its member."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.files import limits
from scoring.files.members import Member, is_junk
from scoring.files.package_reading import open_package
from scoring.files.packages import members_of
from scoring.files.refusal import RefusedError
from scoring.ledger.find import find_ledgers, read_ledgers
from scoring.ledger.parse import read_ledger
from scoring.model.rules import Rulebook
from scoring.problems import Problem
from scoring.rulebook.read import load_rulebook


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook()


def packed(files: dict[str, bytes], encoding: str = "utf-8", *, flag: bool = False) -> bytes:
    """Return a zip whose names are written in an encoding, with or without the flag that says UTF-8."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, data in enumerate(files.values()):
            archive.writestr(f"n{number:05d}" + "x" * 200, data)
    raw = target.getvalue()
    for number, name in enumerate(files):
        stand_in = f"n{number:05d}".encode() + b"x" * 200
        raw = raw.replace(stand_in, _padded(name.encode(encoding), len(stand_in)))
    return _flagged(raw) if flag else raw


def _padded(name: bytes, length: int) -> bytes:
    """Fill a name up with ``./`` in front of it, which says nothing, so that all offsets stay."""
    odd = (length - len(name)) % 2
    return b"./" * ((length - len(name)) // 2) + (b"/" if odd else b"") + name


def _flagged(raw: bytes) -> bytes:
    data = bytearray(raw)
    for mark, at in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        start = 0
        while (start := raw.find(mark, start)) >= 0:
            data[start + at] |= 0x08
            start += 4
    return bytes(data)


@pytest.mark.parametrize(("encoding", "flag"), [("utf-8", True), ("utf-8", False), ("gbk", False), ("gb18030", False)])
def test_names_are_read_in_the_encoding_that_they_are_in(encoding: str, flag: bool) -> None:
    found = members_of(packed({"盘龙区/第二季度台账.xlsx": b"1", "五华区.xlsx": b"2"}, encoding, flag=flag))
    assert [member.path for member in found] == ["五华区.xlsx", "盘龙区/第二季度台账.xlsx"]


@pytest.mark.parametrize(("name", "path"), [
    ("..\\..\\c.xlsx", "c.xlsx"), ("../../c.xlsx", "c.xlsx"), ("/etc/c.xlsx", "etc/c.xlsx"), ("C:\\x\\c.xlsx", "x/c.xlsx"),
    ("a\\b\\c.xlsx", "a/b/c.xlsx"), ("./a/./c.xlsx", "a/c.xlsx"),
])  # fmt: skip
def test_a_name_never_leads_out_of_the_package(name: str, path: str) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        info = zipfile.ZipInfo("x")
        info.filename = name
        archive.writestr(info, b"1")
    assert [member.path for member in members_of(target.getvalue())] == [path]


@pytest.mark.parametrize(
    "name", ["__MACOSX/._a.xlsx", "a/.DS_Store", "Thumbs.db", "desktop.ini", "~$a.xlsx", ".hidden/a.xlsx"]
)
def test_what_programs_leave_behind_is_nothing(name: str) -> None:
    assert is_junk(name)
    assert members_of(packed({name: b"1", "a.xlsx": b"2"})) == (Member("a.xlsx", b"2"),)


def test_links_and_folders_are_no_files() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        link = zipfile.ZipInfo("link.xlsx")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.mkdir("folder")
        archive.writestr("folder/a.pdf", b"1")
    assert [member.path for member in members_of(target.getvalue())] == ["folder/a.pdf"]


def test_a_bomb_is_refused_before_it_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PACKAGE_BYTES", 1_000_000)
    with pytest.raises(RefusedError, match="package-too-large"):
        members_of(packed({"a.pdf": b"\0" * 3_000_000}))


def test_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PACKAGE_FILES", 3)
    with pytest.raises(RefusedError, match="package-too-many-files"):
        members_of(packed({f"{n}.pdf": b"1" for n in range(4)}))


def test_a_broken_member_is_named_and_the_others_are_read() -> None:
    raw = bytearray(packed({"a.pdf": b"good", "b.pdf": b"x" * 400}))
    at = raw.find(b"b.pdf") + 5
    raw[at : at + 4] = b"\xff\xff\xff\xff"
    found = members_of(bytes(raw))
    assert (found[0].data, found[1].data, found[1].refused) == (b"good", None, "file-broken")


@given(st.binary(max_size=300))
def test_no_bytes_raise_anything_but_a_refusal(data: bytes) -> None:
    for tried in (data, b"PK\x03\x04" + data, packed({"a": b"1"})[:-20] + data):
        try:
            members_of(tried)
        except RefusedError:
            continue


def test_a_package_comes_back_through_the_room_or_with_its_reason() -> None:
    found = open_package(packed({"a.pdf": b"1"}), "包.zip")
    assert found == (Member("a.pdf", b"1"),)
    refused = open_package(b"PK\x03\x04nothing", "包.zip")
    assert isinstance(refused, Problem)
    assert (refused.code, refused.workbook) == ("file-broken", "包.zip")


def ledger(unit: str) -> bytes:
    rows = [["评分项编号", "完成情况", "完成日期", "佐证材料"], ["1A", "已完成", "2023-05-10", "公示截图"]]
    book, target = openpyxl.Workbook(), io.BytesIO()
    book.active.title = "工作落实"
    for row in [[f"填报单位：{unit}"], ["2023年第二季度"], ["报送日期：2023年6月8日"], *rows]:
        book.active.append(row)
    book.save(target)
    return target.getvalue()


def test_a_package_is_read_like_a_folder(tmp_path: Path, rulebook: Rulebook) -> None:
    files = {
        "五华/五华区.xlsx": ledger("五华区"),
        "盘龙区.xlsx": ledger("盘龙区"),
        "五华/4A.pdf": b"%PDF-1.4",
        "._x": b"",
    }
    (tmp_path / "包.zip").write_bytes(packed(files, "gbk"))
    folder = tmp_path / "夹" / "包.zip"  # a package and a folder of one name give equal places
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    from_package, from_folder = find_ledgers([tmp_path / "包.zip"]), find_ledgers([folder])
    for found in (from_package, from_folder):
        assert [file.name for file in found.ledgers] == ["五华/五华区.xlsx", "盘龙区.xlsx"]
        assert [file.name for file in found.loose] == ["五华/4A.pdf"]
        assert not found.problems
    assert read_ledgers(from_package, (rulebook,)) == read_ledgers(from_folder, (rulebook,))


def test_packages_inside_a_folder_are_opened_and_packages_inside_packages_named(tmp_path: Path) -> None:
    inner = packed({"盘龙区.xlsx": ledger("盘龙区")})
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "盘龙.zip").write_bytes(inner)
    assert [file.name for file in find_ledgers([tmp_path]).ledgers] == ["in/盘龙区.xlsx"]
    outer = tmp_path / "外.zip"
    outer.write_bytes(packed({"盘龙.zip": inner, "x.rar": b"Rar!\x1a\x07\x00", "五华区.xlsx": ledger("五华区")}))
    found = find_ledgers([outer])
    assert [file.name for file in found.ledgers] == ["五华区.xlsx"]
    assert [(p.code, p.workbook, p.value) for p in found.problems] == [
        ("package-member-refused", "外.zip", "x.rar"), ("package-member-refused", "外.zip", "盘龙.zip"),
    ]  # fmt: skip
    assert all("解压" in problem.message for problem in found.problems)


def test_what_cannot_be_read_of_a_package_says_what_to_do(tmp_path: Path) -> None:
    """A package within one, a name that stands twice, a package that is empty, one under a workbook's name."""
    with zipfile.ZipFile(tmp_path / "重名.zip", "w") as archive:
        archive.writestr("五华区.xlsx", ledger("五华区"))
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("五华区.xlsx", ledger("盘龙区"))
    (tmp_path / "外.zip").write_bytes(packed({"内.zip": packed({"五华区.xlsx": ledger("五华区")})}))
    (tmp_path / "空.zip").write_bytes(packed({"__MACOSX/._a.xlsx": b"1"}))
    said = {
        name: [(problem.code, problem.message) for problem in find_ledgers([tmp_path / f"{name}.zip"]).problems]
        for name in ("重名", "外", "空")
    }
    assert [code for [(code, _)] in said.values()] == ["package-member-refused", "package-member-refused", "file-empty"]
    assert "请改名后重新打包" in said["重名"][0][1]
    assert "或改用 .zip" not in said["外"][0][1]
    refused = read_ledger(packed({"五华区.xlsx": ledger("五华区")}), "五华区.xlsx", load_rulebook())
    assert [problem.code for problem in refused.problems] == ["package-misnamed"]


def test_a_workbook_whose_name_says_zip_is_a_workbook(tmp_path: Path) -> None:
    (tmp_path / "五华区.zip").write_bytes(ledger("五华区"))
    found = find_ledgers([tmp_path / "五华区.zip"])
    assert [file.name for file in found.ledgers] == ["五华区.zip"]


def test_rule_files_in_a_folder_are_no_evidence(tmp_path: Path) -> None:
    (tmp_path / "2024.toml").write_text("", "utf-8")
    (tmp_path / "说明.md").write_text("", "utf-8")
    (tmp_path / "说明.txt").write_text("", "utf-8")
    assert [file.name for file in find_ledgers([tmp_path]).loose] == ["说明.txt"]

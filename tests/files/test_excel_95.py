"""Excel 5.0/95 workbooks (BIFF5): one that Gnumeric wrote, and its records put together by hand."""

from __future__ import annotations

import random
import struct
from datetime import date
from pathlib import Path

import pytest

from scoring.files.cells import Workbook
from scoring.files.formats import biff, biff5
from scoring.files.reading import read_workbook
from scoring.files.refusal import RefusedError
from scoring.files.workbook import workbook_of
from tests.ledger import raw_books as raw
from tests.ledger.ledger_files import office_ledger

REAL = (Path(__file__).parent / "real" / "excel_95.xls").read_bytes()
BEGIN = struct.pack("<HHHH", 0x0500, 0x05, 0x096C, 0x07C9)
SHEET = struct.pack("<HHHH", 0x0500, 0x10, 0x096C, 0x07C9)
FONTS = (("SimSun", False), ("SimSun", True), ("Wingdings", False))


def text(row: int, column: int, said: str, runs: bytes = b"", codec: str = "gb18030") -> bytes:
    raw_text = said.encode(codec)
    body = struct.pack("<HHHH", row, column, 0, len(raw_text)) + raw_text
    return raw.record(0x00D6, body + bytes([len(runs) // 2]) + runs) if runs else raw.record(0x0204, body)


def formula(row: int, column: int, result: bytes, form: int = 0) -> bytes:
    return raw.record(0x0006, struct.pack("<HHH", row, column, form) + result + bytes(6) + b"\x03\0\x1e\x01\0")


def book(cells: bytes, about: bytes = b"", page: int = 936, names: tuple[str, ...] = ("台账",)) -> bytes:
    """A workbook whose sheets all hold the same cells."""
    codec = "gb18030" if page == 936 else f"cp{page}"
    start = raw.record(0x0809, BEGIN) + raw.record(0x0042, struct.pack("<H", page)) + about
    for name, struck in FONTS:
        told = name.encode(codec)
        start += raw.record(0x0031, struct.pack("<HH", 200, 8 * struck) + bytes(10) + bytes([len(told)]) + told)
    start += raw.record(0x041E, struct.pack("<HB", 170, 10) + b"yyyy-mm-dd")
    start += b"".join(raw.record(0x00E0, struct.pack("<HH", *form) + bytes(12)) for form in ((0, 0), (0, 170), (2, 0)))
    heads = [(name.encode(codec), raw.record(0x0809, SHEET) + cells + raw.record(0x000A)) for name in names]
    place = len(start) + sum(len(name) + 11 for name, _ in heads) + 4
    for name, part in heads:
        start += raw.record(0x0085, struct.pack("<IBBB", place, 0, 0, len(name)) + name)
        place += len(part)
    content = start + raw.record(0x000A) + b"".join(part for _, part in heads)
    return raw.compound("Book", content)


def test_a_workbook_that_another_program_wrote_is_read_like_its_original() -> None:
    old, new = (read_workbook(data, "台账") for data in (REAL, office_ledger()))
    assert isinstance(old, Workbook), old
    assert isinstance(new, Workbook)
    for one, other in zip(old.sheets, new.sheets, strict=True):
        rows = [list(row) for row in other.rows]
        if (8, 2) in other.faults:
            rows[8][2] = 2.0  # the formula's result, which was worked out on saving
        assert [list(row) for row in one.rows] == rows
        assert (one.name, one.hidden, one.hidden_rows, one.merges) == (
            other.name,
            other.hidden,
            other.hidden_rows,
            other.merges,
        )
        assert dict(one.marked) == dict(other.marked)
        assert dict(one.faults) == {place: fault for place, fault in other.faults.items() if fault != "="}


def test_every_record_of_a_cell_is_read() -> None:
    numbers = raw.record(0x0203, struct.pack("<HHHd", 0, 1, 0, 2.5))
    numbers += raw.record(0x027E, struct.pack("<HHHi", 0, 2, 1, 45056 << 2 | 2))
    numbers += raw.record(0x00BD, struct.pack("<HHHiHiH", 1, 0, 0, 125 << 2 | 3, 0, -7 << 2 | 2, 1))
    truths = raw.record(0x0205, struct.pack("<HHHBB", 1, 2, 0, 1, 0)) + raw.record(
        0x0205, struct.pack("<HHHBB", 1, 3, 0, 0x2A, 1)
    )
    formulas = formula(2, 0, b"\0" * 6 + b"\xff\xff") + raw.record(
        0x0207, struct.pack("<H", 6) + "已完成".encode("gbk")
    )
    formulas += formula(2, 1, struct.pack("<d", 3.0)) + formula(2, 2, b"\1\0\1\0\0\0\xff\xff")
    formulas += formula(2, 3, b"\2\0\x17\0\0\0\xff\xff") + formula(2, 4, b"\0" * 6 + b"\xff\xff")
    sheet = workbook_of(book(text(0, 0, "五华区 & <1>") + numbers + truths + formulas), "台账.xls").sheets[0]
    assert [list(row) for row in sheet.rows] == [
        ["五华区 & <1>", 2.5, date(2023, 5, 10), ""],
        [1.25, -7.0, True, ""],
        ["已完成", 3.0, True, ""],
    ]
    assert dict(sheet.faults) == {(1, 3): "#N/A", (2, 3): "#REF!", (2, 4): "="}


def test_texts_in_runs_and_symbol_fonts_are_read_as_they_are_seen() -> None:
    ticked = raw.record(0x0204, struct.pack("<HHHH", 0, 1, 2, 1) + b"\xfc")
    sheet = workbook_of(book(text(0, 0, "已完成 未完成", bytes([4, 1])) + ticked), "a.xls").sheets[0]
    assert list(sheet.rows[0]) == ["已完成", "✓"]
    assert dict(sheet.marked) == {(0, 0): "删除线"}


def test_sheets_stand_where_the_workbook_says_with_their_own_names() -> None:
    names = ("工作落实", "工作案例")
    assert [s.name for s in workbook_of(book(text(0, 0, "x"), names=names), "a.xls").sheets] == list(names)


@pytest.mark.parametrize(
    ("cells", "about", "reason"),
    [
        (b"", raw.record(0x002F, bytes(4)), "file-encrypted"),
        (raw.record(0x0203, b"12"), b"", "file-broken"),
        (text(0, 300, "x"), b"", "file-address-impossible"),
        (text(0, 0, "x") + text(65_535, 255, "x"), b"", "file-too-wide"),
        (b"", raw.record(0x0042, struct.pack("<H", 9)), "file-broken"),
    ],
)
def test_what_cannot_be_read_is_refused(cells: bytes, about: bytes, reason: str) -> None:
    with pytest.raises(RefusedError) as refused:
        workbook_of(book(cells, about), "a.xls")
    assert refused.value.reason == reason


def test_a_broken_one_is_refused_and_never_raises_anything_else() -> None:
    stream, _ = biff.book_stream(REAL)
    for seed in range(300):
        chance, broken = random.Random(seed), bytearray(stream)
        for _ in range(chance.randint(1, 6)):
            broken[chance.randrange(len(broken))] = chance.choice([0, 255, chance.randrange(256)])
        try:
            assert biff5.office_of(bytes(broken), macros=False)
        except RefusedError:
            continue

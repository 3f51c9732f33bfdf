"""Binary workbooks (``.xlsb``), written by hand record by record."""

from __future__ import annotations

import struct

import pytest

from scoring.files.cells import Workbook
from scoring.files.reading import read_workbook
from scoring.files.refusal import RefusedError
from scoring.files.workbook import workbook_of
from tests.ledger import raw_books as raw


def record(kind: int, body: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, size = b"", len(body)
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 127 else 0)])
        size >>= 7
        if not size:
            return head + length + body


def text(value: str) -> bytes:
    return struct.pack("<I", len(value)) + value.encode("utf-16-le")


def cell(kind: int, column: int, value: bytes) -> bytes:
    return record(kind, struct.pack("<II", column, 0) + value)


def row(number: int, *cells: bytes, hidden: bool = False) -> bytes:
    return record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0x10 if hidden else 0, 0, 0)) + b"".join(cells)


def book(
    rows: bytes, before: bytes = b"", after: bytes = b"", state: int = 0, more: dict[str, str | bytes] | None = None
) -> bytes:
    sheet = record(156, struct.pack("<II", state, 1) + text("r0") + text("台账"))
    main = record(131) + record(153, bytes(12)) + record(143) + sheet + record(144) + record(132)
    part = record(129) + record(148, struct.pack("<IIII", 0, 9, 0, 9)) + before
    part += record(145) + rows + record(146) + after + record(130)
    kinds = f'<Relationship Id="r0" Type="{raw.OFFICE}/worksheet" Target="worksheets/sheet1.bin"/>'
    kinds += (
        "".join(
            f'<Relationship Id="{kind}" Type="{raw.OFFICE}/{kind}" Target="{kind}.bin"/>'
            for kind in ("styles", "sharedStrings")
        )
        if more
        else ""
    )
    return raw.packed({
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{raw.PACKAGE}"><Relationship Id="r1" Type="{raw.OFFICE}/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        "xl/workbook.bin": main,
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{raw.PACKAGE}">{kinds}</Relationships>',
        "xl/worksheets/sheet1.bin": part,
        **(more or {}),
    })  # fmt: skip


ROWS = row(0, cell(6, 0, text("编号")), cell(6, 1, text("状态"))) + row(
    1, cell(6, 0, text("1A")), cell(3, 1, b"\x2a"), cell(5, 2, struct.pack("<d", 2.0)), hidden=True
)


def test_a_binary_workbook_is_read_with_what_it_hides() -> None:
    column = record(60, struct.pack("<IIIIH", 1, 1, 2304, 0, 1))
    merged = record(177, struct.pack("<I", 1)) + record(176, struct.pack("<IIII", 0, 1, 3, 3)) + record(178)
    found = workbook_of(book(ROWS, before=record(390) + column + record(391), after=merged, state=1), "台账.xlsb")
    sheet = found.sheets[0]
    assert [list(cells) for cells in sheet.rows] == [["编号", "状态", ""], ["1A", "", 2.0]]
    assert (sheet.name, sheet.hidden, sheet.hidden_rows, sheet.hidden_columns) == ("台账", True, {1}, {1})
    assert dict(sheet.faults) == {(1, 1): "#N/A"}
    assert [(m.top, m.left, m.bottom, m.right) for m in sheet.merges] == [(0, 3, 1, 3)]


@pytest.mark.parametrize("at", [3, 40, 90, 140])
def test_a_binary_workbook_cut_short_is_refused(at: int) -> None:
    whole = book(ROWS)
    with pytest.raises(RefusedError):
        workbook_of(whole[: len(whole) - at], "台账.xlsb")


def test_a_cell_far_away_is_refused() -> None:
    with pytest.raises(RefusedError) as refused:
        workbook_of(book(row(1_048_575, cell(6, 16_383, text("x")))), "台账.xlsb")
    assert refused.value.reason == "file-too-wide"


def test_a_binary_workbook_comes_through_the_room() -> None:
    found = read_workbook(book(ROWS), "台账.xlsb")
    assert isinstance(found, Workbook), found
    assert found.sheets[0].rows[0][0] == "编号"


def font(name: str, flags: int = 0) -> bytes:
    return record(43, struct.pack("<HHHHBBBB", 220, flags, 400, 0, 0, 0, 0, 0) + bytes(9) + text(name))


def looks() -> dict[str, str | bytes]:
    """Fonts (plain, struck, Wingdings), a format of each, shared texts, and a comment on B1."""
    forms = b"".join(record(47, struct.pack("<HHH", 0, 0, n) + bytes(10)) for n in range(3))
    styles = (
        record(278)
        + record(611, struct.pack("<I", 3))
        + font("宋体")
        + font("宋体", 8)
        + font("Wingdings")
        + record(612)
    )
    styles += record(626, struct.pack("<I", 1)) + record(47, struct.pack("<HHH", 0, 0, 1) + bytes(10)) + record(627)
    runs = struct.pack("<IHH", 1, 1, 1)
    strings = record(159, struct.pack("<II", 2, 2)) + record(19, b"\0" + text("全划"))
    strings += record(19, b"\1" + text("未完成") + runs) + record(160)
    related = f'<Relationship Id="c" Type="{raw.OFFICE}/comments" Target="../comments1.bin"/>'
    return {
        "xl/styles.bin": styles + record(617, struct.pack("<I", 3)) + forms + record(618) + record(279),
        "xl/sharedStrings.bin": strings,
        "xl/worksheets/_rels/sheet1.bin.rels": f'<Relationships xmlns="{raw.PACKAGE}">{related}</Relationships>',
        "xl/comments1.bin": record(628) + record(635, struct.pack("<IIIII", 0, 0, 0, 1, 1) + bytes(16)) + record(629),
    }


def shared(column: int, form: int, number: int) -> bytes:
    return record(7, struct.pack("<III", column, form, number))


SEEN = row(0, shared(0, 1, 0), shared(1, 0, 1), record(6, struct.pack("<II", 2, 2) + text("ü")), cell(6, 3, text("甲")))


def test_strike_through_symbol_fonts_and_comments_of_a_binary_workbook_are_known() -> None:
    sheet = workbook_of(book(SEEN, more=looks()), "台账.xlsb").sheets[0]
    assert list(sheet.rows[0]) == ["", "未", "✓", "甲"]
    assert dict(sheet.marked) == {(0, 0): "删除线", (0, 1): "批注、删除线"}


@pytest.mark.parametrize("part", ["xl/styles.bin", "xl/comments1.bin", "xl/worksheets/_rels/sheet1.bin.rels"])
def test_a_broken_part_about_looks_is_in_nobodys_way(part: str) -> None:
    sheet = workbook_of(book(SEEN, more=looks() | {part: b"\x83"}), "台账.xlsb").sheets[0]
    assert sheet.rows[0][3] == "甲"

"""Floating pictures: each belongs to the cell under its middle, whatever its anchor, merge or group."""

from __future__ import annotations

import io
import zipfile

import pytest

from scoring.model.evidence import FoundBy
from scoring.problems import CATALOGUE
from tests.evidence.packages import (
    COLUMN,
    ROW,
    absolute,
    brought,
    codes,
    digest,
    ledger,
    one_cell,
    parsed,
    pic,
    png,
    shown,
    two_cell,
    with_drawing,
)

E, SMALL = 4, 200_000  # the column of 佐证材料 from 0; EMU
PICTURE = png()


def drawn(anchors: str, pictures: tuple[bytes, ...] = (PICTURE,), **proofs: str):
    return parsed(with_drawing(ledger(**proofs), anchors, pictures).packed())


@pytest.mark.parametrize(
    "anchor",
    [
        one_cell(pic(), E, 5, SMALL, SMALL, 10_000, 10_000),
        two_cell(pic(), (E, 5, 10_000, 10_000), (E, 5, 300_000, 300_000)),
        two_cell(pic(), (E - 1, 4, COLUMN - 9_525, ROW - 12_700), (E, 5, COLUMN - 9_525, ROW // 2)),
        absolute(pic(), E * COLUMN + 100_000, 5 * ROW + 100_000, SMALL, SMALL),
        one_cell(pic(), E - 1, 4, COLUMN * 2 - 10_000, ROW + 100_000, 20_000, ROW // 2),
    ],
    ids=["one cell", "two cells", "begins above left", "absolute", "begins above left, one cell"],
)
def test_a_picture_belongs_to_the_cell_under_its_middle(anchor: str) -> None:
    found = drawn(anchor)
    assert brought(found) == {"4A": [digest(PICTURE)]}
    assert shown(found, "4A") == [("picture", "image1.png", "E6")]


def test_every_row_of_a_merged_cell_has_the_picture() -> None:
    book = ledger()
    book.sheet_after = '<mergeCells count="1"><mergeCell ref="E5:E7"/></mergeCells>'
    found = parsed(with_drawing(book, one_cell(pic(), E, 5, SMALL, 2 * ROW), (PICTURE,)).packed())
    assert brought(found) == {key: [digest(PICTURE)] for key in ["2A", "4A", "5B"]}


@pytest.mark.parametrize("hidden", [4, 5])
def test_hidden_rows_take_no_room(hidden: int) -> None:
    """An absolute anchor counts what is seen: with a row above hidden the same place lies one row lower."""
    book = ledger()
    book.row_attributes[hidden] = 'hidden="1"'
    found = parsed(
        with_drawing(book, absolute(pic(), E * COLUMN + 9_525, 5 * ROW + 1, SMALL, SMALL), (PICTURE,)).packed()
    )
    assert brought(found) == {"5B": [digest(PICTURE)]}


def test_a_picture_that_was_hidden_with_its_row_stays_with_it() -> None:
    book = ledger()
    book.row_attributes[6] = 'hidden="1"'
    found = parsed(with_drawing(book, two_cell(pic(), (E, 5, 10, 10), (E, 5, 90_000, 200)), (PICTURE,)).packed())
    assert brought(found) == {"4A": [digest(PICTURE)]}


@pytest.mark.parametrize(("down", "clause"), [(0, "2A"), (ROW // 2, "2A"), (ROW * 4 // 5, "4A")])
def test_a_tall_picture_belongs_to_the_row_in_which_it_begins(down: int, clause: str) -> None:
    found = drawn(one_cell(pic(), E, 4, SMALL, 3 * ROW, 10, down))
    assert list(brought(found)) == [clause]
    assert {code for code, _ in codes(found)} >= {"evidence-picture-tall"}


def group(x: int, y: int, wide: int, high: int, inner: tuple[int, int, int, int], shapes: str) -> str:
    left, top, inner_wide, inner_high = inner
    return (
        f'<xdr:grpSp><xdr:grpSpPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{wide}" cy="{high}"/>'
        f'<a:chOff x="{left}" y="{top}"/><a:chExt cx="{inner_wide}" cy="{inner_high}"/></a:xfrm></xdr:grpSpPr>{shapes}</xdr:grpSp>'
    )


def test_pictures_of_a_group_have_places_of_their_own() -> None:
    """The group spans two rows; its inner measures are ten times smaller than the sheet's."""
    inner = pic("rId1", (0, 0, 10, 10)) + pic("rId2", (0, 10, 10, 10))
    shapes = group(0, 0, 1, 1, (0, 0, 10, 20), inner)
    second = png(2)
    found = drawn(
        two_cell(shapes, (E, 4, 0, 0), (E, 6, 0, 0)).replace('<a:ext cx="1" cy="1"/>', '<a:ext cx="9" cy="9"/>'),
        (PICTURE, second),
    )
    assert brought(found) == {"2A": [digest(PICTURE)], "4A": [digest(second)]}


def test_a_group_in_a_group_is_placed_through_both() -> None:
    innermost = group(0, 100, 100, 100, (500, 500, 50, 50), pic("rId1", (500, 525, 50, 25)))
    found = drawn(two_cell(group(7, 7, 7, 7, (0, 0, 100, 200), innermost), (E, 4, 0, 0), (E, 8, 0, 0)))
    assert brought(found) == {"7A": [digest(PICTURE)]}


def test_a_logo_above_the_table_proves_nothing() -> None:
    assert brought(drawn(one_cell(pic(), 0, 0, SMALL, SMALL))) == {}


def test_a_picture_elsewhere_on_the_row_counts_with_a_warning_where_the_cell_is_empty() -> None:
    anchors = (
        one_cell(pic(), 5, 5, SMALL, SMALL)
        + one_cell(pic(), 15, 6, SMALL, SMALL)
        + one_cell(pic(), 16, 7, SMALL, SMALL)
    )
    found = drawn(anchors, c4A="公示截图")
    assert brought(found) == {"5B": [digest(PICTURE)]}, "column P is the tenth beyond the table, Q the eleventh"
    assert ("evidence-elsewhere", "P7") in codes(found)
    assert {problem.workbook for problem in found.problems} == {found.workbook}


@pytest.mark.parametrize(("words", "column", "by", "code", "cell", "value"), [
    ("", E, FoundBy.CELL, None, None, None),
    ("", 5, FoundBy.ROW, "evidence-elsewhere", "F6", "image1.png"),
    ("#REF!", 5, FoundBy.ROW, "evidence-elsewhere", "F6", "image1.png"),
    ("无", E, FoundBy.CELL, "evidence-contradicted", "E6", "无"),
    ("无", 5, None, "evidence-elsewhere-denied", "E6", "无"),
])  # fmt: skip
def test_where_a_picture_lay_and_what_the_cell_said_decide_whether_it_speaks(
    words: str, column: int, by: FoundBy | None, code: str | None, cell: str | None, value: str | None
) -> None:
    found = drawn(one_cell(pic(), column, 5, SMALL, SMALL), c4A=words)
    (statement,) = (s for s in found.facts.statements if s.clause == "4A")
    assert [(e.found_by, e.workbook) for e in statement.evidence] == ([(by, found.workbook)] if by else [])
    said = {(p.code, p.cell, p.value) for p in found.problems if p.cell in ("E6", "F6")}
    assert {s for s in said if s[0].startswith(("evidence-elsewhere", "evidence-contra"))} == (
        {(code, cell, value)} if code else set()
    )
    assert (("evidence-error-value", "E6", "#REF!") in said) is (words == "#REF!")


@pytest.mark.parametrize("words", ["无", "待补"])
def test_a_picture_beside_none_counts_with_a_warning(words: str) -> None:
    found = drawn(one_cell(pic(), E, 5, SMALL, SMALL), c4A=words)
    assert brought(found) == {"4A": [digest(PICTURE)]}
    assert ("evidence-contradicted", "E6") in codes(found)
    assert ("evidence-missing", "E6") not in codes(found)


def test_two_pictures_on_a_cell_are_both_named_and_the_same_twice_is_one() -> None:
    second = png(2)
    spot = one_cell(pic("rId1"), E, 5, SMALL, SMALL)
    found = drawn(spot + spot + one_cell(pic("rId2"), E, 5, SMALL, SMALL, 5, 5), (PICTURE, second))
    assert brought(found) == {"4A": [digest(PICTURE), digest(second)]}


def test_a_linked_picture_is_never_fetched_and_counts_for_nothing() -> None:
    book = with_drawing(
        ledger(), one_cell(pic("rId9", how="link"), E, 5, SMALL, SMALL), links={"rId9": "http://127.0.0.1:9/a.png"}
    )
    found = parsed(book.packed())
    assert brought(found) == {}
    assert {("evidence-linked", "E6"), ("evidence-missing", "E6")} <= codes(found)


def test_an_anchor_whose_picture_is_missing_counts_for_nothing() -> None:
    found = drawn(one_cell(pic("rId7"), E, 5, SMALL, SMALL))
    assert shown(found, "4A") == []
    assert ("evidence-picture-missing", "E6") in codes(found)


def test_a_picture_set_hidden_counts_for_nothing() -> None:
    found = drawn(one_cell(pic(more='hidden="1"'), E, 5, SMALL, SMALL))
    assert shown(found, "4A") == []
    assert ("evidence-picture-hidden", "E6") in codes(found)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\x01\0\0\0" + bytes(36) + b" EMF" + bytes(60), "EMF"),
        (b"\xd7\xcd\xc6\x9a" + bytes(60), "WMF"),
        (png()[:-12], "不完整"),
        (b"MZ\x90\0 this is a program", "不是图片"),
        (png().replace(b"IHDR\0\0\0\x08\0\0\0\x06", b"IHDR\0\0\x40\0\0\0\x40\0"), "百万像素"),
    ],
    ids=["emf", "wmf", "cut short", "a program", "a bomb"],
)
def test_a_picture_that_cannot_be_shown_counts_with_a_warning(data: bytes, why: str) -> None:
    found = drawn(one_cell(pic(), E, 5, SMALL, SMALL), (data,))
    assert brought(found) == {"4A": [digest(data)]}
    (problem,) = [p for p in found.problems if p.code == "evidence-picture-unshown"]
    assert why in problem.message
    assert problem.value == next(item.name for one in found.facts.statements for item in one.evidence)


def test_the_message_about_pictures_never_asks_to_delete_them() -> None:
    assert not [kind.code for kind in CATALOGUE.values() if kind.code.startswith("evidence-") and "删" in kind.template]


def test_a_picture_elsewhere_beside_a_none_is_said_and_does_not_count() -> None:
    found = drawn(one_cell(pic(), 5, 5, SMALL, SMALL), c4A="无")
    assert brought(found) == {}
    assert ("evidence-elsewhere-denied", "E6") in codes(found)


@pytest.mark.parametrize("way", ["Choice", "Fallback"])
def test_of_two_ways_to_say_the_same_the_one_with_a_picture_is_read_once(way: str) -> None:
    other = "Fallback" if way == "Choice" else "Choice"
    inner = f"<mc:{way}>{one_cell(pic(), E, 5, SMALL, SMALL)}</mc:{way}>"
    both = inner + (f"<mc:{other}/>" if way == "Choice" else "")
    assert brought(drawn(f"<mc:AlternateContent>{both}</mc:AlternateContent>")) == {"4A": [digest(PICTURE)]}


@pytest.mark.parametrize("encoding", ["gb18030", "GBK", "gb2312", "big5", "utf-16"])
def test_a_package_in_an_encoding_of_chinese_offices_keeps_its_pictures(encoding: str) -> None:
    book = with_drawing(ledger(), one_cell(pic(), E, 5, SMALL, SMALL), (PICTURE,)).packed()
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            part = source.read(name)
            if name.endswith((".xml", ".rels")):
                head = f'<?xml version="1.0" encoding="{encoding}"?>'
                part = (head + part.decode()).encode(encoding, "xmlcharrefreplace")
            archive.writestr(name, part)
    found = parsed(target.getvalue())
    assert brought(found) == {"4A": [digest(PICTURE)]}
    assert codes(found) == codes(parsed(book))


@pytest.mark.parametrize("broken", [b"<xdr:wsDr", b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', b""])
def test_a_damaged_drawing_is_said_and_breaks_nothing(broken: bytes) -> None:
    book = with_drawing(ledger(proof="公示截图"), "", (PICTURE,))
    book.parts["xl/drawings/drawing1.xml"] = broken
    found = parsed(book.packed())
    assert ("evidence-drawing-unread", "") in codes(found)
    assert not found.has_errors


@pytest.mark.parametrize("spelling", ["utf-16", "prefix"])
def test_a_drawing_in_another_spelling_is_the_same_drawing(spelling: str) -> None:
    book = with_drawing(ledger(), one_cell(pic(), E, 5, SMALL, SMALL), (PICTURE,))
    text = book.parts["xl/drawings/drawing1.xml"].decode()
    other = text.replace("xdr:", "数_1:").replace("xmlns:xdr", "xmlns:数_1").encode()
    wide = f'<?xml version="1.0" encoding="UTF-16"?>{text}'.encode("utf-16")
    book.parts["xl/drawings/drawing1.xml"] = wide if spelling == "utf-16" else other
    assert brought(parsed(book.packed())) == {"4A": [digest(PICTURE)]}

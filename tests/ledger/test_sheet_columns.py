"""Large sheets are read by columns: what comes out is what calamine says of every single cell."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scoring.files import workbook as reader
from scoring.files.cells import ColumnRows, Sheet
from tests.ledger import raw_books as raw

ITEMS = (
    "<si><t>已完成</t></si>",
    '<si><t xml:space="preserve"> 留边 </t></si>',
    "<si><t> 去边\n</t></si>",
    "<si><t>甲&amp;乙</t></si>",
    "<si/>",
    "<si><t/></si>",
    "<si><r><t>分</t></r><r><t>段</t></r></si>",
    "<si><t>a_x000D_b</t></si>",
    '<si><t>有注音</t><rPh sb="0" eb="1"><t>x</t></rPh></si>',
)
FORMATS = "".join(f'<xf numFmtId="{number}" fontId="0"/>' for number in (0, 14, 2, 49, 46))
CELLS = st.one_of(
    st.builds(' t="s"><v>{}</v></c>'.format, st.integers(0, len(ITEMS) - 1)),
    st.builds(' s="{}"><v>{}</v></c>'.format, st.integers(0, 4), st.integers(0, 10**9)),
    st.builds(' s="{}"><v>{}</v></c>'.format, st.integers(0, 4), st.floats(0, 60_000).map(repr)),
    st.sampled_from(["><v>007</v></c>", "><v>-3</v></c>", "><v>1E3</v></c>", ' s="1"/>', "/>", "><v>45000.25</v></c>"]),
    st.builds(' t="{}"><v>{}</v></c>'.format, st.sampled_from(["b", "n"]), st.integers(0, 1)),
    st.builds(
        ' t="str"><v>{}</v></c>'.format,
        st.sampled_from(["7", "007", "6月8日", "很长的一段文字，超过二十四个字节", "a&lt;b"]),
    ),
)
RARE = st.sampled_from([
    ' t="e"><v>#N/A</v></c>', ' t="inlineStr"><is><t>在格内</t></is></c>', "><f>1+1</f><v>2</v></c>", "><f>1+1</f></c>",
    ' t="d"><v>2023-05-10</v></c>', "><v>1e999</v></c>", "><v>NaN</v></c>", "><v></v></c>", ' t="s"><v>99</v></c>',
])  # fmt: skip


def both_ways(monkeypatch: pytest.MonkeyPatch, data: bytes) -> tuple[object, object, bool]:
    """Return what is read by columns and what calamine alone gives; True where the first was read by columns."""
    told: list[object] = []
    by_columns = False
    for least in (0, 10**12):
        monkeypatch.setattr(reader, "MANY_BYTES", least)
        try:
            found = reader.workbook_of(data, "台账.xlsx")
        except reader.RefusedError as refusal:
            told.append(refusal.reason)
        else:
            by_columns |= any(isinstance(sheet.rows, ColumnRows) for sheet in found.sheets)
            told.append(([plain(sheet) for sheet in found.sheets], found.problems))
    return told[0], told[1], by_columns


def plain(sheet: Sheet) -> object:
    cells = [[(type(value).__name__, value) for value in row] for row in sheet.rows]
    return cells, sheet.faults, sheet.merges, sheet.hidden_rows, sheet.hidden_columns, sheet.marked


def book(rows: list[tuple[int, dict[int, str]]]) -> bytes:
    """Write rows, each with the rows that are left out before it, and its cells by column."""
    number, written = 0, []
    for gap, cells in rows:
        number += gap + 1
        held = "".join(f'<c r="{chr(65 + column)}{number}"{cell}' for column, cell in sorted(cells.items()))
        written.append(f'<row r="{number}" spans="1:9">{held}</row>' if held else f'<row r="{number}"/>')
    strings = f'{raw.HEAD}<sst xmlns="{raw.MAIN}" count="9">{"".join(ITEMS)}</sst>'
    return raw.book("".join(written), strings=strings, formats=FORMATS)


@settings(max_examples=40)
@example([(0, {0: ' s="4"><v>1000000000</v></c>'})])  # more days than a span of time can hold
@given(st.lists(st.tuples(st.integers(0, 12), st.dictionaries(st.integers(0, 25), CELLS, max_size=6)), max_size=14))
def test_columns_hold_what_calamine_says(rows: list[tuple[int, dict[int, str]]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        by_columns, alone, _ = both_ways(patch, book(rows))
    assert by_columns == alone


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 2), st.dictionaries(st.integers(0, 4), CELLS | RARE, max_size=4)), max_size=6))
def test_what_is_unusual_is_left_to_calamine(rows: list[tuple[int, dict[int, str]]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        by_columns, alone, _ = both_ways(patch, book(rows))
    assert by_columns == alone


def test_sheets_that_share_texts_and_numbers_keep_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    days = [datetime(2023, 5, day) for day in (9, 10, 11)]  # noqa: DTZ001
    sheets: list[list[list[object]]] = [
        [["甲", 3, days[0], 1.5]] * 5,
        [["乙", 2, days[1], True], ["甲", 3, days[1], 0], ["丙", 10**9, days[2], ""]],
        [["丁", "乙"], ["甲", "丁"]],
        [[7, days[0]], [2, days[2]]],
    ]
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for rows in sheets:
            page = book.add_worksheet()
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    by_columns, alone, is_read = both_ways(monkeypatch, target.getvalue())
    assert is_read
    assert by_columns == alone


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="1"><v>45000</v></c></row>', True),
        ('<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>', False),
        ('<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>', False),
        ('<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>', False),
        ('<row r="1"><c r="A2"><v>1</v></c></row>', False),
        ('<row r="1"><c r="AA1"><v>1</v></c></row>', False),
        ('<row r="1"><c r="A1" t="str"><v>a>b</v></c></row>', False),
        ('<row r="1"><c r="A1"><v>1</v></c></row><row r="12345678"><c r="A12345678"><v>1</v></c></row>', False),
    ],
)
def test_cells_out_of_order_or_far_away(monkeypatch: pytest.MonkeyPatch, rows: str, expected: bool) -> None:
    by_columns, alone, is_read = both_ways(monkeypatch, raw.book(rows, formats=FORMATS))
    assert by_columns == alone
    assert is_read is expected

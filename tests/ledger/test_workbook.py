"""What a reader says of a workbook: values at their addresses, and whatever a fast reader would have kept to itself."""

from __future__ import annotations

import io
import re
import struct
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import Font

from scoring.files.cells import Sheet, Workbook
from scoring.files.reading import read_workbook
from scoring.problems import Problem
from tests.ledger import raw_books as raw

NAME = "五华区台账.xlsx"


def read(data: bytes) -> Workbook:
    found = read_workbook(data, NAME)
    assert isinstance(found, Workbook), found
    return found


def first(data: bytes) -> Sheet:
    return read(data).sheets[0]


def saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def row(*cells: str, number: int = 1, attributes: str = "") -> str:
    return f'<row r="{number}"{attributes}>{"".join(cells)}</row>'


def test_addresses_do_not_shift_where_a_sheet_begins_empty() -> None:
    sheet = first(raw.book())
    assert sheet.rows[1][1] == "编号"
    assert sheet.rows[2][1] == 1
    assert list(sheet.rows[0]) in ([], ["", "", ""])


@pytest.mark.parametrize("range_", ["A1", "A1:XFD1048576", "A1:B2"])
def test_a_declared_range_that_lies_changes_nothing(range_: str) -> None:
    lying = first(raw.book(before=f'<dimension ref="{range_}"/>'))
    assert lying.rows == first(raw.book()).rows


def test_the_strict_format_is_read() -> None:
    strict = {
        name: str(content).replace(raw.MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main").replace(
            raw.OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships"
        )
        for name, content in raw.xlsx_parts().items()
    }  # fmt: skip
    assert first(raw.packed(strict)).rows == first(raw.book()).rows


def test_rows_and_cells_without_addresses_count_on() -> None:
    rows = "<row/><row><c/><c><v>5</v></c><c t='e'><v>#N/A</v></c><c><f>1+1</f></c></row>"
    sheet = first(raw.book(rows))
    assert sheet.rows[1][1] == 5
    assert sheet.faults == {(1, 2): "#N/A", (1, 3): "="}


def test_unusual_spelling_is_put_right_in_tags_and_nowhere_else() -> None:
    rows = f"<row\nr = '2'><c\tr='B2' t = 'inlineStr'><is><t xml:space='preserve'>a r='A1' t='e'</t></is></c></row>{row(raw.text_cell('A3', 'x'), number=3)}"
    sheet = first(raw.book(rows))
    assert sheet.rows[1][1] == "a r='A1' t='e'"
    assert sheet.rows[2][0] == "x"


def test_a_formatted_cell_far_out_is_not_in_the_way() -> None:
    sheet = first(raw.book(raw.GOOD_ROWS + '<row r="1048576"><c r="XFD1048576" s="1"/></row>'))
    assert sheet.rows[1][1] == "编号"


def test_error_values_and_formulas_without_result_are_told_from_empty_cells() -> None:
    cells = (
        '<c r="A1" t="e"><v>#REF!</v></c>',
        '<c r="B1"><f>DATE(2023,5,11)</f></c>',
        '<c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
        '<c r="D1"><f t="shared" si="0"/><v></v></c>',
        '<c r="E1" t="str"><f>IF(1,"","x")</f><v></v></c>',
        '<c r="F1"><f>1+1</f><v>2</v></c>',
        '<c r="G1"/>',
    )
    sheet = first(raw.book(row(*cells)))
    assert sheet.faults == {(0, 0): "#REF!", (0, 1): "=", (0, 2): "#DIV/0!", (0, 3): "="}
    assert sheet.rows[0][5] == 2


def test_numbers_that_are_none_become_faults() -> None:
    sheet = first(
        raw.book(
            row(*(f'<c r="{c}1"><v>{v}</v></c>' for c, v in zip("ABCD", ("NaN", "INF", "-1e999", "7"), strict=True)))
        )
    )
    assert set(sheet.faults) == {(0, 0), (0, 1), (0, 2)}
    assert list(sheet.rows[0]) == ["", "", "", 7]


def test_a_cell_given_twice_is_an_error_at_its_address() -> None:
    book = read(raw.book(row(raw.text_cell("A1", "未完成"), raw.text_cell("A1", "已完成"), raw.text_cell("B1", "x"))))
    assert [(problem.code, problem.sheet, problem.cell) for problem in book.problems] == [
        ("cell-given-twice", "台账", "A1")
    ]


def test_a_cell_given_twice_is_found_on_a_sheet_with_blanks() -> None:
    cells = (raw.text_cell("A1", "未完成"), raw.text_cell("A1", "已完成"), raw.text_cell("F1", "x"))
    book = read(raw.book(row(*cells) + row(raw.text_cell("C4", "y"), number=4)))
    assert [(problem.code, problem.cell) for problem in book.problems] == [("cell-given-twice", "A1")]


def test_hidden_rows_and_sheets_are_read_and_known() -> None:
    rows = row(raw.text_cell("A1", "x")) + row(raw.text_cell("A2", "y"), number=2, attributes=' hidden="1"')
    for state in ("hidden", "veryHidden"):
        sheet = first(raw.book(rows, state=state))
        assert sheet.hidden
        assert sheet.hidden_rows == {1}
        assert sheet.rows[1][0] == "y"


def test_comments_and_strike_through_are_known() -> None:
    book = openpyxl.Workbook()
    page = book.active
    page["A1"], page["B1"], page["C1"] = "甲", "乙", "丙"
    page["A1"].comment = Comment("此项存疑", "审核")
    page["B1"].font = Font(strike=True)
    assert dict(first(saved(book)).marked) == {(0, 0): "批注", (0, 1): "删除线"}


def test_text_struck_out_in_part_is_known() -> None:
    strings = f'<sst xmlns="{raw.MAIN}"><si/><si><r><rPr><strike/></rPr><t>旧</t></r><r><t>新</t></r></si></sst>'
    sheet = first(raw.book(row('<c r="A1" t="s"><v>1</v></c>'), strings=strings))
    assert sheet.rows[0][0] == "新", "the struck part is not read (ledger-format 10)"
    assert dict(sheet.marked) == {(0, 0): "删除线"}


def test_a_value_under_a_merge_does_not_count() -> None:
    rows = row(raw.text_cell("A1", "已完成")) + row(raw.text_cell("A2", "未完成"), number=2)
    sheet = first(raw.book(rows, after='<mergeCells count="1"><mergeCell ref="A1:A2"/></mergeCells>'))
    assert [list(values) for values in sheet.rows] == [["已完成"], [""]]
    assert [(merge.top, merge.bottom) for merge in sheet.merges] == [(0, 1)]


@pytest.mark.parametrize("number", [*range(27, 32), 36, *range(50, 55), 57, 58])
def test_chinese_built_in_date_formats_are_dates(number: int) -> None:
    formats = f'<xf numFmtId="0"/><xf numFmtId="{number}"/>'
    value = first(raw.book(row('<c r="A1" s="1"><v>43891</v></c>'), formats=formats)).rows[0][0]
    assert value == date(2020, 3, 1)


def test_the_1904_date_system_is_honoured() -> None:
    book = read(raw.book(row('<c r="A1" s="1"><v>45056</v></c>'), book='<workbookPr date1904="1"/>'))
    assert book.date1904
    assert book.sheets[0].rows[0][0] == date(2027, 5, 11)


@pytest.mark.parametrize("serial", ["1000000000000", "-5", "2958466", "1e308"])
def test_a_serial_number_out_of_range_does_not_stop_the_reading(serial: str) -> None:
    sheet = first(raw.book(row(f'<c r="A1" s="1"><v>{serial}</v></c>', raw.text_cell("B1", "x"))))
    assert not isinstance(sheet.rows[0][0], (date, datetime))
    assert sheet.rows[0][1] == "x"


def test_macros_and_external_links_are_warned_of() -> None:
    parts = raw.xlsx_parts() | {"xl/vbaProject.bin": b"x", "xl/externalLinks/externalLink1.xml": "<a/>"}
    codes = {problem.code for problem in read(raw.packed(parts)).problems}
    assert codes == {"file-has-macros", "file-has-external-links"}


def test_an_embedded_file_is_never_opened() -> None:
    bomb = raw.packed({"z.bin": bytes(50_000_000)})
    assert read(raw.packed(raw.xlsx_parts() | {"xl/embeddings/x.zip": bomb})).sheets[0].rows[1][1] == "编号"


def test_long_texts_and_odd_characters_come_through() -> None:
    texts = ["长" * 1_000_000, "abc\u202egpj.exe", "零\u200b宽", "行1\n行2\t列", "<b>&</b>", "=cmd|'/C calc'!A0"]
    escaped = [text.replace("&", "&amp;").replace("<", "&lt;") for text in texts]
    sheet = first(raw.book(row(*(raw.text_cell(f"{c}1", text) for c, text in zip("ABCDEF", escaped, strict=True)))))
    assert list(sheet.rows[0]) == texts


def test_sectors_of_4096_bytes_hold_the_same_workbook() -> None:
    cells = b"".join(raw.xls_text(row, column, f"第{row}行{column}") for row in range(60) for column in range(8))
    small, large = raw.xls(cells), raw.xls(cells, sector=4096)
    assert read(large) == read(small)
    assert read(large).sheets[0].rows[59][7] == "第59行7"


def test_an_old_workbook_is_read_with_what_it_hides() -> None:
    cells = (
        raw.xls_text(0, 0, "甲")
        + raw.record(0x0203, struct.pack("<HHHd", 1, 1, 15, 3.5))
        + raw.record(0x0205, struct.pack("<HHHBB", 1, 2, 15, 0x2A, 1))
        + raw.record(0x0208, struct.pack("<HHHHHHI", 1, 0, 3, 255, 0, 0, 0x20))
        + raw.record(0x00E5, struct.pack("<HHHHH", 1, 0, 2, 0, 0))
        + raw.xls_text(2, 0, "遮住")
    )
    book = read(raw.xls(cells, hidden=1))
    sheet = book.sheets[0]
    assert (sheet.name, sheet.hidden, sheet.hidden_rows) == ("台账", True, {1})
    assert sheet.rows[0][0] == "甲"
    assert sheet.rows[1][1] == 3.5
    assert sheet.faults == {(1, 2): "#N/A"}
    assert sheet.rows[2][0] == ""


def test_strike_through_in_an_old_workbook_is_known() -> None:
    fonts = raw.record(0x0031, struct.pack("<HH", 220, 0)) * 4 + raw.record(0x0031, struct.pack("<HH", 220, 0x0008))
    struck = raw.record(0x00E0, struct.pack("<H", 5) + bytes(18))  # the fifth font is number 5: number 4 does not exist
    cells = raw.record(0x0203, struct.pack("<HHHd", 0, 0, 0, 3.5)) + raw.xls_text(0, 1, "甲")
    cells += raw.record(0x00BD, struct.pack("<HHHIHIH", 1, 3, 15, 2, 0, 2, 4)) + raw.record(0x0201, bytes(6))
    assert dict(first(raw.xls(cells, about=fonts + struck)).marked) == {(0, 0): "删除线", (1, 4): "删除线"}


def test_strike_through_and_the_date_system_of_an_open_document_are_known() -> None:
    styles = (
        '<style:style style:name="s"><style:text-properties style:text-line-through-style="solid"/></style:style>'
        '<style:style style:name="p"><style:text-properties style:text-line-through-style="none"/></style:style>'
    )
    settings = (
        '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>'
    )
    cells = [raw.ods_cell("甲", f'table:style-name="{name}"') for name in "sp"]
    cells += [
        raw.ods_cell('旧<text:span text:style-name="s">新</text:span>'),
        '<table:table-cell table:style-name="s"/>',
    ]
    book = read(raw.ods(f"<table:table-row>{''.join(cells)}</table:table-row>", styles=styles, settings=settings))
    assert dict(book.sheets[0].marked) == {(0, 0): "删除线", (0, 2): "删除线"}
    assert book.date1904


STRUCK_STYLE = (
    '<style:style style:name="旧"><style:text-properties style:text-line-through-style="solid"/></style:style>'
)
NAMED_STYLES = (
    f"<office:document-styles {raw.ODS_SPACES}><office:automatic-styles>"
    '<style:style style:name="更旧" style:parent-style-name="旧"/>'
    '<style:style style:name="不旧" style:parent-style-name="旧"><style:text-properties style:text-line-through-style="none"/></style:style>'
    '<style:style style:name="圈" style:parent-style-name="圈"/>'
    f"</office:automatic-styles><office:styles>{STRUCK_STYLE}</office:styles></office:document-styles>"
)


@pytest.mark.parametrize(
    "spell", [str, lambda text: re.sub(r"(?<![:\w])style:", "é1:", text).replace("xmlns:style=", "xmlns:é1=")]
)
def test_strike_through_by_a_named_style_is_known(spell: Callable[[str], str]) -> None:
    styles = (
        '<style:style style:name="a" style:parent-style-name="更旧"/>'
        '<style:style style:name="b" style:parent-style-name="旧"><style:text-properties style:text-line-through-style="none"/></style:style>'
    )
    cells = [
        raw.ods_cell("甲", f'table:style-name="{name}"') for name in ("旧", "更旧", "不旧", "圈", "没有", "a", "b")
    ]
    rows = f"<table:table-row>{''.join(cells)}</table:table-row>"
    sheet = first(raw.ods(rows, styles=styles, named=spell(NAMED_STYLES)))
    assert dict(sheet.marked) == dict.fromkeys([(0, 0), (0, 1), (0, 5)], "删除线")
    assert sheet.rows[0] == ("", "", "甲", "甲", "甲", "", "甲")


@pytest.mark.parametrize("named", ["", " \n"])
def test_a_part_of_styles_without_content_says_nothing(named: str) -> None:
    rows = f"<table:table-row>{raw.ods_cell('甲')}</table:table-row>"
    assert first(raw.ods(rows, named=named)) == first(raw.ods(rows))


def test_an_open_document_is_read_with_its_merges_and_what_it_hides() -> None:
    rows = (
        "<table:table-row>"
        + raw.ods_cell("甲", 'table:number-rows-spanned="2" table:number-columns-spanned="1"')
        + raw.ods_cell("乙", 'table:number-columns-repeated="2"')
        + '</table:table-row><table:table-row table:visibility="collapse"><table:covered-table-cell office:value-type="string"><text:p>遮住</text:p>'
        + "</table:covered-table-cell>"
        + '<table:table-cell table:formula="of:=1+1"/></table:table-row>'
    )
    sheet = first(raw.ods(rows))
    assert list(sheet.rows[0]) == ["甲", "乙", "乙"]
    assert [(merge.top, merge.left, merge.bottom, merge.right) for merge in sheet.merges] == [(0, 0, 1, 0)]
    assert sheet.hidden_rows == {1}
    assert sheet.faults == {(1, 1): "="}
    assert not any(sheet.rows[1])


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.xlsx", "CON.xlsx", "noext", "", "<img src=x>.xlsx", "长" * 300, "a\nb.xls", "台账.pdf"]
)
def test_the_name_decides_nothing(name: str) -> None:
    found = read_workbook(raw.book(), name)
    assert isinstance(found, Workbook)
    assert found.name == name
    assert found.sheets[0].rows == first(raw.book()).rows


VALUES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=20),
    st.integers(-(10**9), 10**9),
    st.booleans(),
    st.dates(date(1901, 1, 1), date(2100, 1, 1)),
)


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(st.tuples(st.integers(1, 40), st.integers(1, 30)), VALUES, max_size=30))
def test_what_openpyxl_wrote_is_read_at_its_address(cells: dict[tuple[int, int], object]) -> None:
    book = openpyxl.Workbook()
    for (number, column), value in cells.items():
        cell = book.active.cell(number, column, value)
        cell.data_type = "s" if isinstance(value, str) else cell.data_type
    rows = first(saved(book)).rows
    told = {(r, c): value for r, values in enumerate(rows, 1) for c, value in enumerate(values, 1) if value != ""}
    assert told == {place: value for place, value in cells.items() if value != ""}


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 3000), st.integers(0, 255), st.sampled_from(["xlsx", "xls", "ods"]))
def test_a_file_damaged_anywhere_never_raises(place: int, byte: int, kind: str) -> None:
    whole = {"xlsx": raw.book(), "xls": raw.xls(raw.xls_text(0, 0, "x")), "ods": raw.ods("<table:table-row/>")}[kind]
    data = bytearray(whole)
    data[place % len(data)] = byte
    assert isinstance(read_workbook(bytes(data), NAME), (Workbook, Problem))


def test_reading_needs_neither_openpyxl_nor_pandas() -> None:
    code = "import sys, scoring.files.workbook; print(*(m for m in ('openpyxl', 'pandas', 'lxml', 'xlsxwriter') if m in sys.modules))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.split() == []

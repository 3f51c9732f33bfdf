"""The sender's own file comes back with its problems marked, and with nothing else changed."""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import date

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName

from scoring.files.cells import Sheet, Workbook
from scoring.files.reading import read_workbook
from scoring.ledger.marking.fresh_copy import copied
from scoring.ledger.marking.returned import marked_workbook
from scoring.problems import Problem, Severity
from tests.evidence.packages import COLUMN, ROW, brought, ledger, one_cell, parsed, pic, png, two_cell, with_drawing
from tests.ledger import raw_books as raw

NAME = "五华区台账.xlsx"
RED, YELLOW = "FFFFC7CE", "FFFFEB9C"


def problem(
    cell: str, message: str = "读不出来", severity: Severity = Severity.ERROR, sheet: str = "台账", value: str = ""
) -> Problem:
    return Problem(severity, "date-unreadable", NAME, sheet, cell, value, message)


def sent() -> bytes:
    """A workbook as somebody might have made it."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "台账"
    page["A1"], page["B2"], page["C3"], page["D4"] = "标题", "六月吧", date(2023, 5, 10), "=1+1"
    page["B2"].font = Font(bold=True, name="楷体")
    page["B2"].comment = Comment("原有批注", "县局")
    page["E5"].comment = Comment("另一条", "县局")
    page.merge_cells("A1:D1")
    page.column_dimensions["B"].width = 33
    page.row_dimensions[4].hidden = True
    page.auto_filter.ref = "A2:D4"
    other = book.create_sheet("名单")
    other["A1"] = "企业名称"
    book.active = 1
    book.defined_names["全部"] = DefinedName("全部", attr_text="台账!$A$1:$D$4")
    page.print_area = "A1:D4"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def opened(data: bytes, *problems: Problem) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(marked_workbook(data, NAME, problems)))


def read(data: bytes) -> Workbook:
    found = read_workbook(data, NAME)
    assert isinstance(found, Workbook), found
    return found


def test_offending_cells_are_coloured_and_commented() -> None:
    page = opened(
        sent(),
        problem("C3", "日期有误"),
        problem("C3", "又一条", Severity.WARNING),
        problem("F9", severity=Severity.WARNING),
    )["台账"]
    assert page["C3"].fill.fgColor.rgb == RED
    assert page["C3"].comment.text == "【错误】日期有误\n【提醒】又一条"
    assert page["C3"].value.date() == date(2023, 5, 10)
    assert page["F9"].fill.fgColor.rgb == YELLOW
    assert page["F9"].value is None


def test_a_comment_that_was_there_stays_and_gets_ours_below_it() -> None:
    page = opened(sent(), problem("B2", "日期有误"))["台账"]
    assert page["B2"].comment.text == "原有批注\n【错误】日期有误"
    assert page["E5"].comment.text == "另一条"


def test_nothing_else_is_changed() -> None:
    before, after = openpyxl.load_workbook(io.BytesIO(sent())), opened(sent(), problem("B2"), problem("A9"))
    assert after.sheetnames == ["问题清单", "台账", "名单"]
    old, new = before["台账"], after["台账"]
    for line in old.iter_rows():
        for cell in line:
            same = new[cell.coordinate]
            assert (same.value, same.number_format, repr(same.font)) == (
                cell.value,
                cell.number_format,
                repr(cell.font),
            )
    assert new.merged_cells.ranges == old.merged_cells.ranges
    assert new.column_dimensions["B"].width == 33
    assert new.row_dimensions[4].hidden
    assert new.auto_filter.ref == "A2:D4"
    assert new.print_area == old.print_area
    assert after.defined_names["全部"].attr_text == "台账!$A$1:$D$4"


def test_what_is_not_marked_keeps_every_byte() -> None:
    parts = raw.xlsx_parts() | {
        "xl/vbaProject.bin": b"macro",
        "xl/media/image1.png": b"\x89PNG",
        "xl/charts/chart1.xml": "<c/>",
    }
    data = raw.packed(parts)
    with zipfile.ZipFile(io.BytesIO(marked_workbook(data, NAME, [problem("C3")]))) as archive:
        for name in ("xl/vbaProject.bin", "xl/media/image1.png", "xl/charts/chart1.xml", "xl/sharedStrings.xml"):
            content = parts[name]
            assert archive.read(name) == (content.encode() if isinstance(content, str) else content)


def test_pictures_of_the_sender_stay_as_they_were() -> None:
    shapes = one_cell(pic("rId1"), 4, 3, COLUMN, ROW) + two_cell(pic("rId2"), (4, 5, 0, 0), (5, 6, 0, 0))
    data = with_drawing(ledger(), shapes, [png(1), png(2)]).packed()
    marked = marked_workbook(
        data, NAME, [Problem(Severity.ERROR, "date-unreadable", NAME, "工作落实", "D5", "六月吧", "看不懂")]
    )
    assert brought(parsed(marked)) == brought(parsed(data))
    assert sum(map(len, brought(parsed(data)).values())) == 2
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(io.BytesIO(marked)) as after:
        for name in before.namelist():
            if "media" in name or "drawing" in name:
                assert after.read(name) == before.read(name)


def test_stored_results_of_formulas_stay() -> None:
    data = raw.book('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>')
    again = read(marked_workbook(data, NAME, [problem("A1")]))
    assert again.sheets[1].rows[0][0] == 2
    assert not again.sheets[1].faults


def test_one_sheet_only_is_selected_and_it_is_the_list() -> None:
    book = opened(sent(), problem("B2"))
    assert book.active.title == "问题清单"
    assert [page.title for page in book if page.sheet_view.tabSelected] == ["问题清单"]


def test_the_list_names_every_problem_and_links_to_its_cell() -> None:
    book = opened(
        sent(),
        problem("B2", "日期有误", value="六月吧"),
        problem("", "整张表", sheet="名单"),
        problem("", "整个文件", sheet=""),
    )
    page = book["问题清单"]
    assert [cell.value for cell in page[1]] == ["序号", "级别", "工作表", "单元格", "内容", "问题", "怎么改"]
    assert [cell.value for cell in page[2]][:6] == ["1", "错误", "台账", "B2", "六月吧", "日期有误"]
    assert page["D2"].hyperlink.location == "'台账'!B2"
    assert page["D3"].hyperlink.location == "'名单'!A1"
    assert page["D4"].hyperlink is None


def test_a_problem_under_a_merge_is_marked_where_it_shows() -> None:
    page = opened(sent(), problem("C1"))["台账"]
    assert page["A1"].fill.fgColor.rgb == RED
    assert page["A1"].comment.text == "【错误】读不出来"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://127.0.0.1")', "<b>&", "a\x01b\u202e", "_x0041_", "\ufffe"],
)
def test_text_is_never_a_formula_and_never_breaks_the_file(text: str) -> None:
    marked = marked_workbook(sent(), NAME, [problem("B2", message=text, value=text)])
    page = openpyxl.load_workbook(io.BytesIO(marked))["问题清单"]
    assert (page["E2"].data_type, page["F2"].data_type) == ("s", "s")
    if text.isprintable():
        assert list(read(marked).sheets[0].rows[1][4:6]) == [text, text]


def test_cells_without_addresses_and_rows_that_are_not_there_are_found() -> None:
    data = raw.book("<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c><v>3</v></c></row>")
    page = opened(data, problem("B1"), problem("D2"), problem("B9"))["台账"]
    assert [page[cell].fill.fgColor.rgb for cell in ("B1", "D2", "B9", "A1")] == [RED, RED, RED, "00000000"]
    assert [page[cell].value for cell in ("A1", "B1", "A3")] == [1, 2, 3]


def test_many_problems_do_not_mind() -> None:
    page = opened(sent(), *(problem(f"B{row}", f"第{row}条") for row in range(2, 802)))["台账"]
    assert page["B801"].comment.text == "【错误】第801条"


def test_a_marked_workbook_can_be_marked_again() -> None:
    once = marked_workbook(sent(), NAME, [problem("B2", "一")])
    book = opened(once, problem("C3", "二"))
    assert book.sheetnames == ["问题清单2", "问题清单", "台账", "名单"]
    assert book["台账"]["B2"].comment.text == "原有批注\n【错误】一"


def test_the_same_input_gives_the_same_bytes() -> None:
    assert marked_workbook(sent_once := sent(), NAME, [problem("B2")]) == marked_workbook(
        sent_once, NAME, [problem("B2")]
    )


def test_an_old_workbook_comes_back_as_xlsx() -> None:
    cells = raw.xls_text(0, 0, "=1+1") + raw.record(0x0203, struct.pack("<HHHd", 1, 1, 15, 3.5))
    data = raw.xls(cells + raw.record(0x00E5, struct.pack("<HHHHH", 1, 0, 0, 0, 1)))
    page = opened(data, problem("B2"))["台账"]
    assert (page["A1"].value, page["A1"].data_type) == ("=1+1", "s")
    assert page["B2"].value == 3.5
    assert page["B2"].fill.fgColor.rgb == RED
    assert [str(merge) for merge in page.merged_cells.ranges] == ["A1:B1"]


def test_an_open_document_comes_back_as_xlsx() -> None:
    merged = raw.ods_cell("甲", 'table:number-rows-spanned="2" table:number-columns-spanned="1"')
    data = raw.ods(
        f'<table:table-row>{merged}{raw.ods_cell("乙")}</table:table-row><table:table-row table:visibility="collapse"/>'
    )
    page = opened(data, problem("A2"))["台账"]
    assert (page["A1"].value, page["B1"].value) == ("甲", "乙")
    assert page["A1"].fill.fgColor.rgb == RED
    assert [str(merge) for merge in page.merged_cells.ranges] == ["A1:A2"]
    assert page.row_dimensions[2].hidden


def test_a_refused_file_comes_back_as_the_list_alone() -> None:
    refused = read_workbook(b"", NAME)
    assert isinstance(refused, Problem)
    book = opened(b"", refused)
    assert book.sheetnames == ["问题清单", "原件未能读取"]
    assert book["问题清单"]["F2"].value == refused.message


def test_sheet_names_that_excel_does_not_take_are_changed() -> None:
    names = ["工作/落实", "工作_落实", "长" * 40, "长" * 50, "", "'"]
    sheets = tuple(Sheet(name, number, [["甲"]]) for number, name in enumerate(names))
    with zipfile.ZipFile(io.BytesIO(copied(Workbook(NAME, sheets)))) as archive:
        assert sum(name.startswith("xl/worksheets/") for name in archive.namelist()) == len(names)

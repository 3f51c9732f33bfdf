"""Put the list of problems in front: one row a problem, with a link to its cell."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree  # type: ignore[import-untyped]

from scoring.ledger.marking.package import BOOK, CONTENT, MAIN, OFFICE, Element, Parts, tag, text
from scoring.ledger.marking.styles import Styles
from scoring.problems import CATALOGUE, Problem, Severity

NAME = "问题清单"
HEADER = ("序号", "级别", "工作表", "单元格", "内容", "问题", "怎么改")
WIDTHS = (6, 8, 16, 10, 24, 60, 40)
LEVELS = {Severity.ERROR: "错误", Severity.WARNING: "提醒"}
LINKS = 60_000
"""Links of a sheet; a spreadsheet takes no more than 65,530."""


def put_list_first(parts: Parts, problems: Sequence[Problem], styles: Styles) -> None:
    """Add the sheet 问题清单 as the first one; a sheet of that name that is there already keeps its name."""
    book = parts.tree(BOOK)
    listed = book.find(tag("sheets"))
    names = {sheet.get("name", "").lower() for sheet in listed}
    part = parts.free_name("xl/worksheets/sheetMark{}.xml")
    parts.put(part, b"")
    parts.put(
        part, etree.tostring(_sheet(problems, styles, names), encoding="UTF-8", xml_declaration=True, standalone=True)
    )
    parts.declare(part, f"{CONTENT}.worksheet+xml")
    number = max((int(sheet.get("sheetId", "0")) for sheet in listed), default=0) + 1
    name = next(name for name in (NAME, *(f"{NAME}{n}" for n in range(2, len(names) + 3))) if name not in names)
    sheet = etree.Element(tag("sheet"), name=name, sheetId=str(number))
    sheet.set(f"{{{OFFICE}}}id", parts.relate(BOOK, "worksheet", part))
    listed.insert(0, sheet)
    _shift(book)


def _shift(book: Element) -> None:
    """Count the sheets anew wherever the workbook counts them, and open it on the list."""
    for name in book.iter(tag("definedName")):
        if name.get("localSheetId", "").isdecimal():
            name.set("localSheetId", str(int(name.get("localSheetId")) + 1))
    for view in book.iter(tag("workbookView")):
        view.set("activeTab", "0")
        view.set("firstSheet", "0")


def _sheet(problems: Sequence[Problem], styles: Styles, names: set[str]) -> Element:
    root = etree.Element(tag("worksheet"), nsmap={None: MAIN, "r": OFFICE})
    view = etree.SubElement(
        etree.SubElement(root, tag("sheetViews")), tag("sheetView"), tabSelected="1", workbookViewId="0"
    )
    etree.SubElement(view, tag("pane"), ySplit="1", topLeftCell="A2", activePane="bottomLeft", state="frozen")
    columns = etree.SubElement(root, tag("cols"))
    for number, width in enumerate(WIDTHS, 1):
        etree.SubElement(columns, tag("col"), min=str(number), max=str(number), width=str(width), customWidth="1")
    sheet_data = etree.SubElement(root, tag("sheetData"))
    _row(sheet_data, 1, HEADER, [styles.of_list(bold=True)] * len(HEADER))
    plain, coloured = styles.of_list(), {severity: styles.of_list(severity) for severity in Severity}
    for number, problem in enumerate(problems, 2):
        advice = CATALOGUE[problem.code].advice if problem.code in CATALOGUE else ""
        values = (
            str(number - 1),
            LEVELS[problem.severity],
            problem.sheet,
            problem.cell,
            problem.value,
            problem.message,
            advice,
        )
        _row(sheet_data, number, values, [plain, coloured[problem.severity], *[plain] * 5])
    _link(root, problems, names)
    return root


def _row(data: Element, number: int, values: Sequence[str], formats: Sequence[int]) -> None:
    row = etree.SubElement(data, tag("row"), r=str(number))
    for letter, value, form in zip("ABCDEFG", values, formats, strict=True):
        cell = etree.SubElement(row, tag("c"), r=f"{letter}{number}", s=str(form), t="inlineStr")
        content = etree.SubElement(etree.SubElement(cell, tag("is")), tag("t"))
        content.text = text(value)
        content.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _link(root: Element, problems: Sequence[Problem], names: set[str]) -> None:
    """Link the columns 工作表 and 单元格 to the cell; a problem of a whole sheet leads to its first cell."""
    links = etree.Element(tag("hyperlinks"))
    for number, problem in enumerate(problems[:LINKS], 2):
        if problem.sheet.lower() in names:
            sheet = text(problem.sheet).replace("'", "''")
            etree.SubElement(links, tag("hyperlink"), ref=f"D{number}", location=f"'{sheet}'!{problem.cell or 'A1'}")
    if len(links):
        root.append(links)

"""The blank ledger that a unit fills in: its own clauses, drop-down lists, date formats and notes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from scoring.ledger.template.notes import filling_notes
from scoring.model.rules import Clause, Rulebook, Term
from scoring.model.traits import ReadFrom
from scoring.words.phrasing import quarter_name

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from scoring.ledger.template.style import Column

ROOM = {"工作案例": 12, "政策宣传": 15, "企业全量名单": 28, "激励加分": 10}
REACH = 3000


def template_name(rulebook: Rulebook, unit: str, quarter: int) -> str:
    """Return the file name of a unit's ledger for a quarter; ``unit`` is its full name.

    For 五华区 and the second quarter: ``五华区2023年第二季度台账.xlsx``.
    """
    return f"{_title(rulebook, unit, quarter)}台账.xlsx"


def template_workbook(rulebook: Rulebook, unit: str, quarter: int) -> bytes:
    """Write the blank ledger of a unit for a quarter (``unit`` is its full name), as the bytes of an ``.xlsx``.

    A row stands for every clause that is stated: all but the median (computed from the roster) and the cases (a sheet
    of their own). No cell that is read holds a formula, and codes are text.
    """
    data = io.BytesIO()
    build_template(rulebook, unit, quarter).save(data)
    return data.getvalue()


def stated_clauses(rulebook: Rulebook, unit: str) -> tuple[tuple[Clause, Term], ...]:
    """List the clauses that have a row of their own in a unit's ledger, in the order of the rules."""
    return tuple((clause, term) for clause, term in rulebook.terms_of[unit] if term.traits.has_own_row)


def build_template(rulebook: Rulebook, unit: str, quarter: int) -> Workbook:
    """Build the blank ledger as an openpyxl workbook."""
    from openpyxl import Workbook  # noqa: PLC0415  slow to load

    from scoring.ledger.template import fields  # noqa: PLC0415

    book = Workbook()
    book.remove(book.worksheets[0])
    head = _title(rulebook, unit, quarter)
    has_roster = rulebook.reads(unit, ReadFrom.ROSTER)
    for name, columns in fields.SHEETS.items():
        if name == fields.ROSTER and not has_roster:
            continue
        sheet = book.create_sheet(name)
        _lay_out(sheet, f"{head}{fields.TITLES[name]}", unit, quarter, rulebook, columns)
        if name == fields.STATEMENTS:
            _write_statements(sheet, rulebook, unit, columns)
        else:
            fields.set_blank_rows(sheet, columns, ROOM[name], REACH, rulebook)
    _write_notes(book, rulebook, unit, quarter, head)
    book.properties.title, book.properties.creator = f"{head}台账", "昆明市获得用水指标考评系统"
    return book


def _title(rulebook: Rulebook, unit: str, quarter: int) -> str:
    return f"{unit}{rulebook.assessment.year}年{quarter_name(quarter)}"


def _lay_out(
    sheet: Worksheet, title: str, unit: str, quarter: int, rulebook: Rulebook, columns: Sequence[Column]
) -> None:
    from scoring.ledger.template import style  # noqa: PLC0415

    style.set_head(sheet, title, columns)
    style.set_label(sheet, 1, f"填报单位：{unit}")
    style.set_label(sheet, 4, f"季度：{rulebook.assessment.year}年{quarter_name(quarter)}")
    style.set_page(sheet, 2)


def _write_statements(sheet: Worksheet, rulebook: Rulebook, unit: str, columns: Sequence[Column]) -> None:
    from scoring.ledger.template import fields, style  # noqa: PLC0415

    stated = stated_clauses(rulebook, unit)
    first = style.HEADER_ROW + 1
    style.set_rows(sheet, columns, first, first + len(stated) - 1)
    fields.set_submission(sheet, columns, rulebook)
    for row, (clause, term) in enumerate(stated, first):
        for number, text in enumerate(_given(rulebook, clause, term), 1):
            sheet.cell(row, number, text)
        sheet.row_dimensions[row].height = fields.row_height(rulebook.task[clause.task].goal, term.quote)
        fields.set_count(sheet, row, columns, term)
    if stated:
        fields.set_choices(sheet, columns, first, first + len(stated) - 1, rulebook)


def _given(rulebook: Rulebook, clause: Clause, term: Term) -> Iterable[str | int]:
    task = rulebook.task[clause.task]
    goal = " ".join(task.goal.split())
    return clause.code, task.no, goal, clause.title, term.quote, _time_limit(task.time_limit, term)


def _time_limit(published: str, term: Term) -> str:
    """Say the deadline as published; what is counted over the year or each quarter says so."""
    if term.is_bonus:
        return "全年累计"
    return f"每季度（{published}）" if term.traits.by_quarter else published


def _write_notes(book: Workbook, rulebook: Rulebook, unit: str, quarter: int, head: str) -> None:
    from scoring.ledger.template import fields  # noqa: PLC0415

    fields.write_notes(book.create_sheet("填报说明"), f"{head}台账填报说明", filling_notes(rulebook, unit, quarter))

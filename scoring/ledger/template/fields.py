"""The columns of the blank ledger's sheets, and what may be entered in them: lists, dates, whole numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from scoring.ledger.template import style
from scoring.ledger.template.style import DATE, POINTS, TEXT, WHOLE, Column
from scoring.model.rules import Rulebook, Term

STATEMENTS, CASES, PUBLICITY, ROSTER, INCENTIVES = "工作落实", "工作案例", "政策宣传", "企业全量名单", "激励加分"
TITLES = {
    STATEMENTS: "获得用水工作落实台账",
    CASES: "获得用水工作案例",
    PUBLICITY: "获得用水政策宣传",
    ROSTER: "用水报装企业全量名单",
    INCENTIVES: "获得用水激励加分",
}
SHEETS: Mapping[str, tuple[Column, ...]] = {
    STATEMENTS: (
        Column("评分项编号", 11, TEXT, given=True, centred=True),
        Column("任务序号", 9, WHOLE, given=True, centred=True),
        Column("具体目标", 25, TEXT, given=True),
        Column("考核事项", 22, TEXT, given=True),
        Column("评分要求", 27, TEXT, given=True),
        Column("完成时限", 17, TEXT, given=True),
        Column("完成情况", 12, TEXT, centred=True),
        Column("完成日期", 14, DATE, centred=True),
        Column("数量", 8, WHOLE, centred=True),
        Column("佐证材料", 32, TEXT),
        Column("备注", 16, TEXT),
    ),
    CASES: (
        Column("任务序号", 10, WHOLE, centred=True),
        Column("案例名称", 36, TEXT),
        Column("日期", 14, DATE, centred=True),
        Column("简介", 60, TEXT),
        Column("佐证材料", 36, TEXT),
    ),
    PUBLICITY: (
        Column("标题", 48, TEXT),
        Column("媒体", 22, TEXT),
        Column("级别", 10, TEXT, centred=True),
        Column("日期", 14, DATE, centred=True),
        Column("链接", 56, TEXT),
    ),
    ROSTER: (
        Column("企业名称", 34, TEXT),
        Column("统一社会信用代码", 23, TEXT, centred=True),
        Column("项目类型", 20, TEXT, centred=True),
        Column("是否有外线", 12, TEXT, centred=True),
        Column("受理日期", 13, DATE, centred=True),
        Column("通水日期", 13, DATE, centred=True),
        Column("扣除工作日", 12, centred=True),
        Column("办理工作日", 12, centred=True),
        Column("环节数", 8, WHOLE, centred=True),
        Column("材料数", 8, WHOLE, centred=True),
        Column("费用", 10, centred=True),
    ),
    INCENTIVES: (
        Column("类别", 14, TEXT, centred=True),
        Column("事项", 50, TEXT),
        Column("申报分值", 12, POINTS, centred=True),
        Column("认定分值", 12, POINTS, centred=True),
        Column("依据", 50, TEXT),
    ),
}
LEVELS, CATEGORIES, EXTERNAL_LINE = ("国家级", "省级", "市级", "县级"), (CASES, PUBLICITY), ("有外线", "无外线")
STATES = ("已完成", "未完成")
EARLIEST = date(2000, 1, 1)
PROMPTS = {
    "完成情况": "从列表里选。空着等于没有填报。",
    "完成日期": "实际完成那天，写成 {year}-06-30 这样。",
    "佐证材料": "图片可以直接贴在这一格，也可以写材料名称、文号，或随附文件的文件名。填“已完成”必须有佐证。",
    "扣除工作日": "因用户原因暂停的工作日数，没有就空着。",
    "办理工作日": "可以不填，由系统计算。",
    "认定分值": "由市级填写。",
    "任务序号": "1 至 30 的任务序号。",
}


def set_submission(sheet: Worksheet, columns: Sequence[Column], rulebook: Rulebook) -> None:
    """Make the one cell to fill in above the header: 报送日期, beside its label."""
    spot = _place(columns, "完成日期")
    style.set_label(sheet, spot - 1, "报送日期：")
    sheet.cell(style.LABEL_ROW, spot - 1).alignment = Alignment(horizontal="right", vertical="center")
    cell = sheet.cell(style.LABEL_ROW, spot)
    cell.font, cell.fill, cell.border = style.font(bold=True), style.fill(style.TO_FILL), style.BOX
    cell.number_format, cell.alignment = DATE, Alignment(horizontal="center", vertical="center")
    _attach(sheet, _dates(rulebook, "填报送当天的日期，写成 {year}-06-08 这样。"), cell.coordinate)


def set_choices(sheet: Worksheet, columns: Sequence[Column], first: int, last: int, rulebook: Rulebook) -> None:
    """Attach lists, date limits and input messages to the columns of a table."""
    for number, column in enumerate(columns, 1):
        rule = None if column.given else _rule(column, rulebook)
        if rule is not None:
            letter = get_column_letter(number)
            _attach(sheet, rule, f"{letter}{first}:{letter}{last}")


def set_blank_rows(sheet: Worksheet, columns: Sequence[Column], room: int, reach: int, rulebook: Rulebook) -> None:
    """Make room for a table of unknown length: ``room`` rows with lines; formats and lists for ``reach`` rows."""
    first = style.HEADER_ROW + 1
    style.set_rows(sheet, columns, first, first + room - 1)
    for number, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].number_format = column.form
    for row in range(first, first + room):
        sheet.row_dimensions[row].height = 20
    set_choices(sheet, columns, first, first + reach - 1, rulebook)


def set_count(sheet: Worksheet, row: int, columns: Sequence[Column], term: Term) -> None:
    """Open the 数量 cell of a counted clause, with its limits; grey out that of any other."""
    cell = sheet.cell(row, _place(columns, "数量"))
    prompt = term.traits.number_prompt
    if not prompt:
        cell.fill = style.fill(style.GIVEN)
        return
    most = term.traits.number_limit if term.of is None else term.of
    rule = _validation("whole", prompt.format(of=term.of), "数量要填不小于 0 的整数")
    rule.operator, rule.formula1 = ("between", "0") if most is not None else ("greaterThanOrEqual", "0")
    rule.formula2 = None if most is None else str(most)
    _attach(sheet, rule, cell.coordinate)


def row_height(*texts: str) -> float:
    """Return a height in points at which the longest of a row's texts is seen whole."""
    lines = max(sum(-(-len(line) // 13) for line in text.splitlines()) for text in texts)
    return max(30.0, 16.0 * lines)


def write_notes(sheet: Worksheet, title: str, parts: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> None:
    """Write 填报说明: headings, and beside each subject what to do."""
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 92
    sheet.sheet_view.showGridLines = False
    sheet.cell(1, 1, title).font = style.font(16, bold=True, colour=style.BRAND)
    sheet.row_dimensions[1].height = 36
    row = 2
    for heading, notes in parts:
        row += 1
        cell = sheet.cell(row, 1, heading)
        cell.font, cell.fill = style.font(12, bold=True, colour=style.WHITE), style.fill(style.BRAND)
        sheet.cell(row, 2).fill = style.fill(style.BRAND)
        sheet.row_dimensions[row].height = 24
        for subject, what in notes:
            row += 1
            _write_note(sheet, row, subject, what)
        row += 1
    style.set_paper(sheet)
    sheet.page_setup.fitToHeight = 1


def _write_note(sheet: Worksheet, row: int, subject: str, what: str) -> None:
    for number, text in enumerate((subject, what), 1):
        cell = sheet.cell(row, number, text)
        cell.font = style.font(10.5, bold=number == 1)
        cell.alignment, cell.border = Alignment(vertical="center", wrap_text=True), style.BOX
    sheet.row_dimensions[row].height = max(22.0, 17.0 * -(-len(what) // 44) + 5, 17.0 * -(-len(subject) // 11) + 5)


def _place(columns: Sequence[Column], title: str) -> int:
    return next(number for number, column in enumerate(columns, 1) if column.title == title)


def _rule(column: Column, rulebook: Rulebook) -> DataValidation | None:
    """Return what may be entered in a column; None where anything may."""
    prompt = PROMPTS.get(column.title, "")
    choices = _choices(rulebook).get(column.title)
    if choices is not None:
        return _list(choices, prompt)
    if column.form == DATE:
        return _dates(rulebook, prompt)
    if column.title == "任务序号":
        rule = _validation("whole", prompt, "任务序号是细则表中的序号")
        rule.operator, rule.formula1, rule.formula2 = "between", "1", str(max(rulebook.task))
        return rule
    return _validation(None, prompt, "") if prompt else None


def _choices(rulebook: Rulebook) -> Mapping[str, Sequence[str]]:
    types = tuple(dict.fromkeys(kind.project_type for kind in rulebook.project_classes))
    return {"完成情况": STATES, "级别": LEVELS, "类别": CATEGORIES, "项目类型": types, "是否有外线": EXTERNAL_LINE}


def _list(choices: Sequence[str], prompt: str) -> DataValidation:
    rule = _validation("list", prompt or "从列表里选。", f"请从列表里选：{'、'.join(choices)}")
    rule.formula1 = f'"{",".join(choices)}"'
    rule.errorStyle = "warning"
    return rule


def _dates(rulebook: Rulebook, prompt: str) -> DataValidation:
    """Ask for a real date, not after the day the assessment closes."""
    year, last = rulebook.assessment.year, rulebook.assessment.closes
    message = (prompt or "写成 {year}-06-30 这样的日期。").format(year=year)
    rule = _validation("date", message, f"请写成 {year}-06-30 这样的日期，不晚于 {last}")
    rule.operator = "between"
    rule.formula1, rule.formula2 = _serial(EARLIEST), _serial(last)
    return rule


def _serial(day: date) -> str:
    """Return a day as a spreadsheet counts it, so that no language setting can misread it."""
    return str((day - date(1899, 12, 30)).days)


def _validation(kind: str | None, prompt: str, error: str) -> DataValidation:
    rule = DataValidation(type=kind, allow_blank=True)  # type: ignore[arg-type]  # the stub knows only literals
    rule.prompt, rule.showInputMessage = prompt or None, bool(prompt)
    rule.error, rule.errorTitle, rule.showErrorMessage = error or None, "填写有误" if error else None, bool(error)
    return rule


def _attach(sheet: Worksheet, rule: DataValidation, cells: str) -> None:
    rule.add(cells)
    sheet.add_data_validation(rule)

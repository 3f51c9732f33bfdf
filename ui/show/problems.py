"""What is wrong with a workbook, sheet by sheet, and how each row was understood. Pure, HTML out."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import htpy as h

from scoring.model.facts import Facts, MatchedBy, Status
from scoring.model.parsed import Contradiction, ParsedWorkbook
from scoring.model.rules import Rulebook
from scoring.problems import CATALOGUE, Problem, Severity
from ui.show import theme
from ui.show.proofs import sign
from ui.show.tables import Cell, Column, Html, coded, figures, html, note, subheading, table
from ui.show.text import day_name, quarter_name

WHOLE_FILE = "整个文件"
SEVERITY = {
    Severity.ERROR: (theme.OVERDUE, "错误", "这一行没有读入"),
    Severity.WARNING: (theme.SOON, "提醒", "已读入"),
}
MATCHED = {
    MatchedBy.CODE: "按评分项编号",
    MatchedBy.NUMBER: "按任务序号",
    MatchedBy.TEXT: "按文字内容",
    MatchedBy.REVIEWER: "人工指定",
}
STATUS = {
    Status.DONE: "完成",
    Status.NOT_DONE: "未完成",
    Status.BLANK: "没有填",
    Status.UNDECIDED: "不涉及或待定",
    Status.UNREADABLE: "待人工确认",
}


def counts(problems: Iterable[Problem]) -> tuple[int, int]:
    """Return how many errors and how many warnings there are."""
    listed = list(problems)
    errors = sum(problem.severity is Severity.ERROR for problem in listed)
    return errors, len(listed) - errors


def summary(book: ParsedWorkbook, found: Iterable[Problem]) -> Html:
    """Return the figures of one workbook with these problems."""
    errors, warnings = counts(found)
    pairs = [
        ("读到的行", str(book.rows_read)),
        ("没有读入的行", str(book.rows_kept_out)),
        ("错误", str(errors)),
        ("提醒", str(warnings)),
    ]
    return figures(pairs)


def whose(book: ParsedWorkbook, rulebook: Rulebook) -> str:
    """Say whose ledger for which quarter a workbook holds, and on which day it was sent."""
    ledgers = sorted(set(book.facts.ledgers), key=lambda ledger: (ledger.unit, ledger.quarter))
    parts = [
        f"{rulebook.short(ledger.unit)}{quarter_name(ledger.quarter)}"
        f"（{'报送日期' if ledger.dated else '没有报送日期，按截止日'}{day_name(ledger.submitted)}）"
        for ledger in ledgers[:6]
    ]
    rest = f"等{len(ledgers)}份台账" if len(ledgers) > len(parts) else ""
    left = f"；没有读的工作表：{'、'.join(book.left_alone)}" if book.left_alone else ""
    return f"{'、'.join(parts)}{rest}{left}"


def problem_tables(problems: Iterable[Problem]) -> Html:
    """Return the problems, a table a sheet, errors first, each with its cell, its value and what to do."""
    by_sheet = sorted(problems, key=lambda problem: problem.sheet)
    parts: list[Html] = []
    for sheet, group in groupby(by_sheet, key=lambda problem: problem.sheet):
        worst_first = sorted(group, key=lambda problem: problem.severity is Severity.WARNING)
        errors, warnings = counts(worst_first)
        head = f"工作表“{sheet}”" if sheet else WHOLE_FILE
        parts += [subheading(f"{head}：{errors}个错误，{warnings}个提醒"), _table(worst_first)]
    return html(*parts)


def _table(problems: list[Problem]) -> Html:
    columns = [
        Column("程度"),
        Column("单元格"),
        Column("写的是"),
        Column("问题", "wrap"),
        Column("怎么改", "wrap k-far"),
    ]
    return table(columns, [_row(problem) for problem in problems])


def _row(problem: Problem) -> list[str | Cell]:
    mark, word, _ = SEVERITY[problem.severity]
    kind = CATALOGUE.get(problem.code)
    advice = html(h.div(".k-quiet")[kind.advice]) if kind and kind.advice else ""
    return [sign(mark, word), Cell(problem.cell or "–", "k-num"), problem.value or "（空）", problem.message, advice]


def by_hand(book: ParsedWorkbook) -> str:
    """Say for the record what a reviewer named and settled before the workbook was stored; ``""`` for nothing."""
    shown = [
        f"{one.title}，以{next(side.shown for side in one.sides if side.name == one.stands)}为准"
        for one in book.contradictions
        if one.stands
    ]
    parts = [named_by_hand(book.facts), f"人工指定：{'；'.join(shown)}" if shown else ""]
    return "。".join(filter(None, parts))


def sides_table(one: Contradiction) -> Html:
    """Return a contradiction's places side by side, each with what it says."""
    columns = [Column(one.title), *(Column(side.shown, "wrap") for side in one.sides)]
    return table(columns, [list(row) for row in one.rows]) if one.rows else note("；".join(s.shown for s in one.sides))


def named_by_hand(facts: Facts) -> str:
    """Say for the record which rows a reviewer named the clause of; ``""`` where none was."""
    said = [
        f"{statement.source.sheet} {statement.source.cell}认作{statement.clause}"
        for statement in facts.statements
        if statement.matched_by is MatchedBy.REVIEWER
    ]
    return f"人工指定评分项：{'；'.join(said)}" if said else ""


def matched_table(facts: Facts, rulebook: Rulebook) -> Html:
    """Return how each row of 工作落实 was understood: which clause it speaks of, by what it was told, what it says."""
    columns = [
        Column("工作表"), Column("单元格", "k-num"), Column("台账里的文字", "wrap k-far"), Column("认作评分项"),
        Column("依据"), Column("完成情况"),
    ]  # fmt: skip
    rows = [
        [
            statement.source.sheet,
            statement.source.cell,
            statement.text[:60],
            coded(statement.clause, rulebook.clause[statement.clause].title),
            MATCHED[statement.matched_by],
            f"{STATUS[statement.status]}{f'（{statement.said[:20]}）' if statement.said else ''}",
        ]
        for statement in sorted(facts.statements, key=lambda s: (s.ledger.unit, s.position, s.clause))
    ]
    return table(columns, rows)

"""What was dropped at a glance: the errors of all files, each with its cell shown in place, and a line a file. Pure, HTML out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import chain

import htpy as h

from scoring.analysis.intake_lines import Arrival, Came, Fate, IntakeLine, Score
from scoring.ledger.sent_row import SentRow
from scoring.model.rules import Rulebook
from scoring.problems import CATALOGUE, Problem
from ui.show.proofs import rows_table
from ui.show.tables import Html, html
from ui.show.text import day_name, listed, points, quarter_name

CAME = {
    Came.IN_TIME: "按时",
    Came.LATE: "迟报",
    Came.BACKDATED: "补填",
    Came.NOT_YET: "尚未到生效日",
    Came.UNDATED: "没有报送日期",
}
FATE = {
    Fate.REFUSED: "不能入库",
    Fate.NOTHING: "不入库：没有可用的内容",
    Fate.BLANK: "不入库：空白模板，一项都没有填",
    Fate.KEPT: "不入库：已只留原件",
    Fate.KNOWN: "已经入库过，内容相同",
}
COLUMNS = ("文件", "单位", "季度", "报送日期", "错误", "提醒", "矛盾", "现在得分", "入库后", "入库时")
NUMBERS = frozenset({"错误", "提醒", "矛盾", "现在得分", "入库后"})
ON_ONE_LINE = frozenset({"单位", "季度", "报送日期"})
SHOWN_ERRORS, SHOWN_DAYS = 100, 3
NONE = "–"
Faulty = tuple[Problem, Sequence[SentRow]]  # what is wrong, and the rows around its cell


def errors(found: Sequence[Faulty]) -> Html:
    """Return the errors of all files, a line each (what a file says of several cells: once); it opens on the cells' rows."""
    same: dict[tuple[str, str, str], list[Faulty]] = {}
    for problem, rows in found:
        same.setdefault((problem.workbook, problem.code, problem.message), []).append((problem, rows))
    shown = list(same.values())[:SHOWN_ERRORS]
    rest = len(found) - sum(map(len, shown))
    more = h.p(".k-note")[f"另有{rest}处，见下面各个文件。"] if rest > 0 else None
    return html(h.div(".k-errors")[map(_error, shown), more])


def _error(same: Sequence[Faulty]) -> h.Element:
    problem, _ = same[0]
    kind = CATALOGUE.get(problem.code)
    advice = h.p(".k-note")[kind.advice] if kind and kind.advice else None
    several = f" 等{len(same)}处" if len(same) > 1 else ""
    line = h.summary[h.b[problem.workbook], f" {_place(problem)}{several}", h.span[problem.message]]
    return h.details(".k-where")[line, (_rows(one, rows, named=len(same) > 1) for one, rows in same), advice]


def _rows(problem: Problem, rows: Sequence[SentRow], *, named: bool) -> h.Node:
    return [h.p(".k-note")[_place(problem)] if named else None, rows_table(rows) if rows else None]


def _place(problem: Problem) -> str:
    return " ".join(filter(None, (problem.sheet, problem.cell)))


def lines_table(found: Sequence[IntakeLine], rulebook: Rulebook) -> Html:
    """Return a line a file, below what would stand in each of them; on a phone each becomes a card."""
    head = h.tr[(h.th(class_=_style(name))[name] for name in COLUMNS)]
    shared = _shared([line for line in found if line.fate is Fate.STORED])
    body = (_row(line, rulebook, shared) for line in found)
    note = h.p(".k-note")["；".join(shared)] if shared else None
    return html([note, h.div(".k-wrap")[h.table(".k.k-cards")[h.thead[head], h.tbody[body]]]])


def _shared(stored: Sequence[IntakeLine]) -> tuple[str, ...]:
    """Return the remarks on every one of several files."""
    every = [dict.fromkeys(_remarks(line.arrivals)) for line in stored]
    return tuple(remark for remark in every[0] if all(remark in own for own in every)) if len(every) > 1 else ()


def _style(name: str) -> str:
    return "k-num" if name in NUMBERS else "day" if name in ON_ONE_LINE else ""


def _row(line: IntakeLine, rulebook: Rulebook, shared: Collection[str]) -> h.Element:
    before, after = _points(line.scores)
    cells: tuple[h.Node, ...] = (
        line.name, _units(line, rulebook), _quarters(line), _days(line.arrivals), _count(line.errors), str(line.warnings),
        _count(line.contradictions), before, after, _fate(line, shared),
    )  # fmt: skip
    told = (_cell(name, cell) for name, cell in zip(COLUMNS, cells, strict=True))
    return h.tr(class_="k-quiet" if line.fate in (Fate.KNOWN, Fate.KEPT) else None)[told]


def _cell(name: str, content: h.Node) -> h.Element:
    """Return a cell that names its column where it is a card's line; what says nothing is left out there."""
    style = f"{_style(name)}{' k-far' if content in (NONE, '0') else ''}"
    return h.td(class_=style, data_t=name)[h.span[content]]


def _units(line: IntakeLine, rulebook: Rulebook) -> str:
    names = dict.fromkeys(one.ledger.unit for one in line.arrivals)
    return listed(rulebook.short(name) for name in names) if names else NONE


def _quarters(line: IntakeLine) -> str:
    told = dict.fromkeys((one.ledger.year, one.ledger.quarter) for one in line.arrivals)
    years = {year for year, _ in told}
    spans = [
        f"{f'{year}年' if len(years) > 1 or not _is_in_view(line, year) else ''}{quarter_name(q)}" for year, q in told
    ]
    return listed(spans) if spans else NONE


def _is_in_view(line: IntakeLine, year: int) -> bool:
    """Tell whether a file's ledgers of a year are judged in the year in view."""
    return any(one.came for one in line.arrivals if one.ledger.year == year)


def _days(arrivals: Sequence[Arrival]) -> h.Node:
    told = dict.fromkeys(
        (day_name(one.ledger.submitted) if one.ledger.dated else "", "、".join(CAME[came] for came in one.came))
        for one in arrivals
    )
    parts: list[h.Node] = [[f"{day} ", h.span(".k-came")[words]] for day, words in told]
    shown = parts[:SHOWN_DAYS] + (["……"] if len(parts) > SHOWN_DAYS else [])
    return _in_lines(shown) if shown else NONE


def _in_lines(lines: Iterable[h.Node]) -> h.Node:
    return list(chain.from_iterable((h.br, line) for line in lines))[1:]


def _count(number: int) -> h.Node:
    return h.b(".k-loss")[str(number)] if number else "0"


def _points(scores: Sequence[Score]) -> tuple[h.Node, h.Node]:
    """Return points before and after; of several units how many of them change."""
    if not scores:
        return NONE, NONE
    if len(scores) > 1:
        changed = sum(one.before != one.after for one in scores)
        return NONE, f"{changed}个单位有变化"
    return points(scores[0].before), h.b[points(scores[0].after)]


def _fate(line: IntakeLine, shared: Collection[str]) -> h.Node:
    versions = dict.fromkeys(one.version for one in line.arrivals)
    fate = FATE.get(line.fate) or "入库为" + "、".join(f"第{version}版" for version in versions)
    remarks = [one for one in dict.fromkeys(_remarks(line.arrivals)) if line.fate is Fate.STORED and one not in shared]
    return _in_lines([h.b[fate], *filter(None, (line.reason, *remarks))])


def _remarks(arrivals: Iterable[Arrival]) -> Iterable[str]:
    for one in arrivals:
        if Came.UNDATED in one.came:
            yield f"先按截止日{day_name(one.ledger.submitted)}计"
        if one.closed:
            yield f"{one.ledger.year}年度考评已截止"
        if one.final:
            yield f"{quarter_name(one.ledger.quarter)}已定稿（{one.final}），定稿不变"
        if one.behind:
            yield f"同一季度还有《{one.behind}》，两份不同的以那份为准"

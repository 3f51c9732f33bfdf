"""Where a rule file says one thing in its published text and another in its values: both are told, with the path.

The text is what was published, so a value that differs from it is a slip of whoever wrote the file, and every score
would follow the slip.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from scoring.model.rules import Clause, Rulebook, Task, Term
from scoring.rulebook.toml_table import Mistake

NUMBER = r"(\d+(?:\.\d+)?)"
# a day in a sentence: 2023年6月30日, 2023-06-30
DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})(?!\d)")
# the end of a month or year in a sentence: 2023年6月底, 2023年底
LAST_DAY = re.compile(r"(\d{4})年(?:(\d{1,2})月)?[底末]")
# a year in a sentence: 2023年
YEAR = re.compile(r"(\d{4})年")
# what a sentence takes: 扣0.2分, 扣除0.2分
COSTS = re.compile(rf"(?:扣除?|扣减|减去?){NUMBER}分")
# what a sentence gives: 加0.5分, 奖励0.5分; 累计加2分 is a cap
EARNS = re.compile(rf"(?<!累计)(?:加|加计|奖励|得){NUMBER}分")
# a cap: 不超过2分, 最多2分, 最高加2分, 上限为2分, 封顶2分, 2分封顶, 以2分为限
AT_MOST = re.compile(
    rf"(?:不得?超过?|不得?[多高]于|[最至][多高]|上限|封顶|限)(?:为|是|只)?(?:累计)?[加扣]?(?:分)?{NUMBER}分|{NUMBER}分(?:封顶|为限|为上限)"
)
# the day of a cut-off: 每季度末月10日前
REPORT_DAY = re.compile(r"每季度末月(\d{1,2})日")
# base points, in the notes after the table: 各县（市、区）考核评分基础分96分 …；各市级责任部门考核评分基础分100分
BASE = re.compile(rf"基础分{NUMBER}分")
CASE_CAP = re.compile(rf"{NUMBER}分案例分")  # the cap of 案例分, in those notes: +4分案例分
SCORE_CAP = re.compile(rf"得分超过{NUMBER}分")  # the cap of a score, in those notes: 最终考评得分超过100分的
# the bonus of those who answer for a task, in those notes: 每具体负责一项目标任务加0.2分
RESPONSIBILITY = re.compile(rf"每具体负责一项[^；;。]*?加{NUMBER}分")
MONTHS, MONTHS_A_YEAR = 3, 12  # a quarter's, and a year's


def contradictions(rulebook: Rulebook) -> Iterator[Mistake]:
    """Yield every value that its own published text contradicts."""
    yield from _frame(rulebook)
    for number, task in enumerate(rulebook.tasks):
        yield from _of_task(rulebook, task, f"task[{number}]")
    for number, clause in enumerate(rulebook.clauses):
        yield from _of_clause(rulebook, clause, f"clause[{number}]")


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _days(text: str) -> list[date]:
    """Return the days that a text names in full; one that is no day is left to whoever reads the text."""
    plain, days = _plain(text), []
    for year, month, day in DAY.findall(plain):
        try:
            days.append(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    for year, month in LAST_DAY.findall(plain):
        if int(month or MONTHS_A_YEAR) in range(1, MONTHS_A_YEAR + 1):
            days.append(
                date(int(year), int(month or MONTHS_A_YEAR), monthrange(int(year), int(month or MONTHS_A_YEAR))[1])
            )
    return days


def _numbers(pattern: re.Pattern[str], text: str) -> list[Decimal]:
    return [Decimal(next(filter(None, found.groups()))) for found in pattern.finditer(_plain(text))]


def _said(days: list[date]) -> str:
    return "、".join(f"{day.year}年{day.month}月{day.day}日" for day in days)


# --- the year's frame
def _frame(rulebook: Rulebook) -> Iterator[Mistake]:
    assessment = rulebook.assessment
    year = assessment.year
    for path, text in (("assessment.title", assessment.title), *_notes(rulebook)):
        others = [named_year for named_year in map(int, YEAR.findall(_plain(text))) if named_year != year]
        if others:
            yield Mistake(path, f"写的是{others[0]}年，assessment.year 是 {year}")
    for quarter, day in assessment.cut_offs.items():
        if day != date.min and (day.year != year or not 0 <= day.month - MONTHS * (quarter - 1) - 1 < MONTHS):
            yield Mistake(f"assessment.cut_offs.{quarter}", f"是 {day}，不在{year}年第{quarter}季度里")
    if assessment.closes.year not in (year, year + 1) and assessment.closes != date.min:
        yield Mistake("assessment.closes", f"是 {assessment.closes}，assessment.year 是 {year}")
    yield from _figures(rulebook)


def _figures(rulebook: Rulebook) -> Iterator[Mistake]:
    """Hold the points of the frame and of the kinds of unit against the notes, which speak of the first kind that has a figure."""
    text, kinds = "".join(rulebook.notes), tuple(enumerate(rulebook.kinds.values()))
    told = [("assessment.score_cap", rulebook.assessment.score_cap, _numbers(SCORE_CAP, text)[:1])]
    bases = _numbers(BASE, text)
    if len(bases) == len(kinds):
        told += [(f"kind[{n}].base", kind.base, [base]) for (n, kind), base in zip(kinds, bases, strict=True)]
    for n, kind in [(n, kind) for n, kind in kinds if kind.case_cap][:1]:
        told.append((f"kind[{n}].case_cap", kind.case_cap, _numbers(CASE_CAP, text)[:1]))
    for n, kind in [(n, kind) for n, kind in kinds if kind.by_task][:1]:
        told.append((f"kind[{n}].responsibility", kind.responsibility, _numbers(RESPONSIBILITY, text)[:1]))
    for path, value, words in told:
        if words and words[0] != value:
            yield Mistake(path, f"是 {_shown(value)}，说明写的是{_shown(words[0])}分")


def _notes(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    for number, note in enumerate(rulebook.notes):
        yield f"published.notes[{number}]", note


# --- a task's text against its day
def _of_task(rulebook: Rulebook, task: Task, path: str) -> Iterator[Mistake]:
    days = _days(task.time_limit)
    if days and task.deadline not in (*days, date.min):
        shown = f"是 {task.deadline}" if task.deadline else "没有写"
        yield Mistake(f"{path}.deadline", f"任务 {task.no} 的完成时限写的是{_said(days)}，deadline {shown}")
    report = REPORT_DAY.search(_plain("".join((task.work, task.requirement, *task.columns.values()))))
    for quarter, day in rulebook.assessment.cut_offs.items() if report else ():
        if report and day != date.min and day.day != int(report[1]):
            yield Mistake(f"assessment.cut_offs.{quarter}", f"是 {day}，任务 {task.no} 写的是每季度末月{report[1]}日前")


# --- a clause's sentence against its values
def _of_clause(rulebook: Rulebook, clause: Clause, path: str) -> Iterator[Mistake]:
    task = rulebook.task.get(clause.task)
    if task is not None and clause.deadline not in (None, date.min):
        limit = _days(task.time_limit) or [day for day in (task.deadline,) if day not in (None, date.min)]
        if limit and clause.deadline not in limit and clause.deadline != task.deadline:
            yield Mistake(f"{path}.deadline", f"是 {clause.deadline}，任务 {task.no} 的完成时限写的是{_said(limit)}")
    for number, term in enumerate(clause.terms):
        place = f"{path}.term[{number}]"
        days = _days(term.quote)
        if days and clause.deadline is not None and clause.deadline not in days:
            yield Mistake(f"{path}.deadline", f"是 {clause.deadline}，“{term.quote}”写的是{_said(days)}")
        yield from _of_points(term, place)


def _of_points(term: Term, path: str) -> Iterator[Mistake]:
    numbers = _numbers(COSTS if term.points < 0 else EARNS, AT_MOST.sub("", _plain(term.quote)))
    if numbers and abs(term.points) not in numbers:
        verb = "扣" if term.points < 0 else "加"
        yield Mistake(f"{path}.points", f"是 {_shown(term.points)}，“{term.quote}”写的是{verb}{numbers[0]}分")
    most = _numbers(AT_MOST, term.quote)
    if most and term.points > 0 and term.cap not in most:
        shown = "没有写" if term.cap is None else f"是 {_shown(term.cap)}"
        yield Mistake(f"{path}.cap", f"{shown}，“{term.quote}”写的是不超过{most[0]}分")


def _shown(points: Decimal) -> str:
    return f"{points.normalize():f}"

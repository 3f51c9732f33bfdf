"""What a ledger says, row by row, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scoring.model.evidence import as_words
from scoring.model.facts import Case, Facts, Incentive, Publicity, Statement, Status
from scoring.model.rosters import RosterRow
from scoring.words.phrasing import number

STATUSES = {
    Status.DONE: "完成",
    Status.NOT_DONE: "未完成",
    Status.BLANK: "没有填完成情况",
    Status.UNDECIDED: "不涉及或待定",
    Status.UNREADABLE: "待人工确认",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a ledger in words. ``sheet`` is the kind of sheet, ``name`` what the row is about, ``cell`` where."""

    sheet: str
    name: str
    says: str
    cell: str


def entries(facts: Facts) -> tuple[Entry, ...]:
    """Return all rows of a ledger in words, sheet by sheet, in the order in which they were written."""
    sentences: list[Entry] = [_statement(row) for row in sorted(facts.statements, key=lambda s: (s.position, s.clause))]
    sentences += [_case(row) for row in sorted(facts.cases, key=lambda c: c.position)]
    sentences += [_publicity(row) for row in sorted(facts.publicity, key=lambda p: p.position)]
    sentences += [_installation(row) for row in sorted(facts.roster, key=lambda r: r.position)]
    sentences += [_incentive(row) for row in sorted(facts.incentives, key=lambda i: i.position)]
    return tuple(sentences)


Key = tuple[str, str, int]


def by_name(rows: Iterable[Entry]) -> dict[Key, str]:
    """Return what each row says by its sheet, its name and its number among rows of that name."""
    named: dict[Key, str] = {}
    for entry in rows:
        count = 0
        while (entry.sheet, entry.name, count) in named:
            count += 1
        named[entry.sheet, entry.name, count] = entry.says
    return named


def _statement(row: Statement) -> Entry:
    parts = [STATUSES[row.status] + (f"（{row.said}）" if row.said else "")]
    parts += [f"完成日期{_day(row.done_on)}"] if row.done_on else []
    parts += [f"数量{row.quantity}"] if row.quantity is not None else []
    return Entry("工作落实", row.clause, _joined([*parts, f"佐证：{as_words(row.evidence) or '无'}"]), row.source.cell)


def _case(row: Case) -> Entry:
    parts = [_day(row.day) if row.day else "没有日期", row.summary, f"佐证：{as_words(row.evidence) or '无'}"]
    return Entry("工作案例", f"任务{row.task} {row.title}", _joined(parts), row.source.cell)


def _publicity(row: Publicity) -> Entry:
    parts = [row.media, row.level, _day(row.day) if row.day else "", row.link]
    return Entry("政策宣传", row.title, _joined(parts), row.source.cell)


def _installation(row: RosterRow) -> Entry:
    parts = [
        row.project_class or "没有归类",
        f"通水{_day(row.connected)}" if row.connected else "没有通水日期",
        f"扣除{number(row.deducted)}个工作日" if row.deducted else "",
    ]
    return Entry("企业全量名单", f"{row.enterprise}（受理{_day(row.accepted)}）", _joined(parts), row.source.cell)


def _incentive(row: Incentive) -> Entry:
    parts = [f"申报{_points(row.claimed)}", f"认定{_points(row.awarded)}", row.basis]
    return Entry("激励加分", f"任务{row.task} {row.title}", _joined(parts), row.source.cell)


def _points(points: Decimal | None) -> str:
    return "待定" if points is None else f"{number(points)}分"


def _day(day: date) -> str:
    return day.isoformat()


def _joined(parts: Iterable[str]) -> str:
    return "；".join(part for part in parts if part)

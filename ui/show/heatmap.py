"""The heat map of units and deadlines: what each unit's findings show as, by clause or by task. Pure, HTML out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import groupby

import htpy as h

from scoring.model.boards import Board, ScoreCard
from scoring.model.findings import Finding
from scoring.model.rules import Rulebook, Task, Treatment
from ui.show import marks, theme
from ui.show.tables import Html, html
from ui.show.text import days_left, or_dash, short_day, signed
from ui.show.theme import Mark

ROUTINE_GROUP = "日常掌握"
BONUS_GROUP = "加分"
REPORT_GROUP = "报送"


@dataclass(frozen=True, slots=True)
class HeatColumn:
    """A column: its key (a clause's code or a task's number), its title, and the group it stands in.

    ``deadline`` is None for what has none. ``clauses`` are the clauses whose findings show in it.
    """

    key: str
    title: str
    group: str
    deadline: date | None
    clauses: tuple[str, ...]
    treatment: Treatment = Treatment.SCORED


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A cell: the gravest mark of its findings. None where nothing is asked of the unit."""

    mark: Mark | None
    findings: tuple[Finding, ...] = ()

    @property
    def won(self) -> bool:
        """Tell whether some of the findings won points."""
        return any(finding.points > 0 for finding in self.findings)


def clause_columns(rulebook: Rulebook, kind: str) -> tuple[HeatColumn, ...]:
    """Return a column for every clause that some unit of the kind is scored on, the nearest deadline first."""
    asked = [clause for clause in rulebook.clauses if any(term.kind == kind for term in clause.terms)]
    columns = [
        HeatColumn(clause.code, clause.title, _group(clause.deadline, rulebook), clause.deadline, (clause.code,))
        for clause in asked
    ]
    return tuple(sorted(columns, key=_by_day))


def task_columns(rulebook: Rulebook, kind: str) -> tuple[HeatColumn, ...]:
    """Return a column for every task that asks something of the kind: by deadline, then 28 to 30, then 日常掌握."""
    columns = [_task_column(task, rulebook, kind) for task in rulebook.tasks]
    concerned = [column for column in columns if _concerns(column, rulebook, kind)]
    return tuple(sorted(concerned, key=_by_day))


def _concerns(column: HeatColumn, rulebook: Rulebook, kind: str) -> bool:
    if column.treatment is Treatment.ROUTINE and rulebook.kinds[kind].by_task:
        assessed = {unit.name for unit in rulebook.units if unit.assessed and unit.kind == kind}
        return not assessed.isdisjoint(rulebook.task[int(column.key)].departments)
    return bool(column.clauses) or column.treatment is not Treatment.SCORED


def _task_column(task: Task, rulebook: Rulebook, kind: str) -> HeatColumn:
    codes = tuple(c.code for c in rulebook.clauses if c.task == task.no and any(t.kind == kind for t in c.terms))
    day = task.deadline if task.treatment is Treatment.SCORED else None
    group = {
        Treatment.SCORED: _group(day, rulebook), Treatment.ROUTINE: ROUTINE_GROUP, Treatment.REPORTING: REPORT_GROUP,
        Treatment.INCENTIVE: BONUS_GROUP,
    }[task.treatment]  # fmt: skip
    if task.treatment is Treatment.INCENTIVE:
        codes = (str(task.no),)
    return HeatColumn(str(task.no), " ".join(task.goal.split()), group, day, codes, task.treatment)


def _group(day: date | None, rulebook: Rulebook) -> str:
    return short_day(day, rulebook.assessment.year) if day else BONUS_GROUP


def _by_day(column: HeatColumn) -> tuple[int, date]:
    order = {Treatment.SCORED: 0, Treatment.REPORTING: 1, Treatment.INCENTIVE: 2, Treatment.ROUTINE: 3}
    undated = column.deadline is None and column.treatment is Treatment.SCORED
    return (order[Treatment.INCENTIVE] if undated else order[column.treatment]), column.deadline or date.max


def cell_of(column: HeatColumn, card: ScoreCard, rulebook: Rulebook, as_of: date, sent: Mark | None = None) -> HeatCell:
    """Return what one cell shows; ``sent`` is the mark of the unit's reporting, for the column of task 28."""
    if column.treatment is Treatment.REPORTING:
        return HeatCell(sent)
    if column.treatment is Treatment.ROUTINE:
        return HeatCell(theme.ROUTINE if is_asked(column, card, rulebook) else None)
    findings = tuple(finding for finding in card.findings if finding.clause in column.clauses)
    if not findings:
        return HeatCell(marks.NOTHING_WON if column.treatment is Treatment.INCENTIVE else None)
    return HeatCell(marks.marks_of(findings, rulebook, as_of)[0], findings)


def is_asked(column: HeatColumn, card: ScoreCard, rulebook: Rulebook) -> bool:
    """Tell whether a routine task concerns a unit: all of a kind, or those that it names."""
    return not rulebook.kinds[card.kind].by_task or card.unit in rulebook.task[int(column.key)].departments


@dataclass(frozen=True)
class Heat:
    """What a heat map shows: a kind's units by rank, columns, and the marks of their reporting for task 28."""

    board: Board
    kind: str
    columns: Sequence[HeatColumn]
    rulebook: Rulebook
    sent: Mapping[str, Mark]

    @cached_property
    def rows(self) -> tuple[tuple[ScoreCard, tuple[HeatCell, ...]], ...]:
        """Return a row for each unit of the kind, the first in the ranking on top."""
        return tuple((card, tuple(self._cell(card, column) for column in self.columns)) for card in self._cards)

    @property
    def _cards(self) -> tuple[ScoreCard, ...]:
        return self.board.ranking(self.kind)

    def _cell(self, card: ScoreCard, column: HeatColumn) -> HeatCell:
        return cell_of(column, card, self.rulebook, self.board.as_of, self.sent.get(card.unit))

    def losers(self, index: int) -> int:
        """Count the units that lose points in a column."""
        return sum(any(finding.points < 0 for finding in cells[index].findings) for _, cells in self.rows)

    @property
    def marks(self) -> frozenset[Mark]:
        """Return the marks that are shown."""
        return frozenset(cell.mark for _, cells in self.rows for cell in cells if cell.mark)


def heatmap(
    heat: Heat, link: str, unit_link: str, chosen: tuple[str, str] | None = None
) -> Html:  # fmt: skip
    """Return the heat map as a table: units down, clauses or tasks across, a sign in each cell.

    What five hundred cells would all say again is said once: ``link`` is the address of every cell but for the unit and
    the column, ``unit_link`` that of every unit's page but for the unit, ``data-marks`` the looks and words, the most
    frequent first: a cell that names none has it. The script in the page turns each cell into its link with its words.
    ``chosen`` names the cell (unit, column) that is being looked at.
    """
    counted = Counter(cell.mark for _, cells in heat.rows for cell in cells if cell.mark)
    looks = {mark: place for place, (mark, _) in enumerate(counted.most_common())}
    body = (
        h.tr[
            h.th(".u")[_short(card, heat.rulebook)],
            (
                _cell(cell, looks, here=chosen == (card.unit, column.key))
                for column, cell in zip(heat.columns, cells, strict=True)
            ),
            h.td(".sum")[or_dash(-card.deductions)],
        ]
        for card, cells in heat.rows
    )
    foot = (h.td[str(heat.losers(index) or "")] for index in range(len(heat.columns)))
    looks_text = json.dumps([[_paint(mark), mark.word, mark.colour in PALE] for mark in looks], ensure_ascii=False)
    return html(
        h.div(".k-wrap")[
            h.table(".k-heat", data_link=link, data_unit=unit_link, data_marks=looks_text)[
                h.thead[_head(heat.columns, heat.board.as_of)],
                h.tbody[body],
                h.tfoot[h.tr[h.th(".u")["失分单位数"], foot, h.td]],
            ]
        ]
    )


def _short(card: ScoreCard, rulebook: Rulebook) -> str:
    return rulebook.short(card.unit)


def _head(columns: Sequence[HeatColumn], as_of: date) -> h.Node:
    groups = []
    for name, grouped in groupby(columns, key=lambda column: column.group):
        same = list(grouped)
        day = same[0].deadline
        when = h.small[_when(day, as_of)] if day else None
        groups.append(h.th(".g", colspan=str(len(same)))[h.span[name, when]])
    titles = (h.th(title=column.title)[column.key] for column in columns)
    return [h.tr[h.td(".u"), groups, h.td], h.tr[h.th(".u")["单位"], titles, h.th["扣分"]]]


def _when(day: date, as_of: date) -> str:
    return "已到期" if day <= as_of else days_left(day, as_of)


def _paint(mark: Mark) -> str:
    """Return a mark's colours; what says nothing yet takes the ground's, so that it does not glare in a dark room."""
    if mark is marks.NOTHING_WON:
        return "background:transparent;color:var(--quiet)"
    return f"background:{mark.colour};color:{mark.ink}"


def _cell(cell: HeatCell, looks: Mapping[Mark, int], *, here: bool) -> h.Node:
    if cell.mark is None:
        return EMPTY
    moved = sum((finding.points for finding in cell.findings), Decimal(0))
    place = looks[cell.mark]
    won = cell.won and cell.mark is not theme.WON
    return _filled("here" if here else None, place, signed(moved) if moved else "", cell.mark.sign, won=won)


@lru_cache(maxsize=1_024)
def _filled(look: str | None, place: int, moved: str, sign: str, *, won: bool) -> Html:
    """Return a cell that asks something; most are alike."""
    marked = ({"data_m": str(place)} if place else {}) | ({"data_p": moved} if moved else {})
    return html(h.td(class_=look, **marked)[sign, h.sup["+"] if won else None])


EMPTY = h.td
PALE = frozenset({marks.UNCLEAR.colour, marks.WAIVED.colour, theme.ROUTINE.colour})


def key(shown: Iterable[Mark]) -> Html:
    """Return the words for the signs and colours that a heat map shows, the gravest first."""
    order = {mark: place for place, mark in enumerate((*marks.GRAVITY, *marks.BY_TIMELINESS.values()))}
    by_sign: dict[str, list[Mark]] = {}
    for mark in sorted(set(shown), key=order.__getitem__):
        by_sign.setdefault(mark.sign, []).append(mark)
    words = (h.span[h.i(style=_paint(group[0]))[sign], _words(group)] for sign, group in by_sign.items())
    return html(h.div(".k-signs")[words, h.span["空白：对该单位没有评分条款"]])


def _words(held: Sequence[Mark]) -> str:
    """Name what shares a sign: 按时完成 says 按时 too."""
    return "／".join(
        mark.word for mark in held if not any(mark.word in other.word for other in held if other is not mark)
    )

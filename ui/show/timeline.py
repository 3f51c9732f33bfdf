"""Deadlines and cut-offs on one line of days, and who sent the ledger of which quarter. Pure, HTML out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

import htpy as h

from scoring.analysis.open_matters import OpenMatter
from scoring.judging.punctuality import Punctuality, Timeliness
from scoring.model.boards import Board
from scoring.model.findings import Outcome
from scoring.model.rules import Assessment, Rulebook
from scoring.words.phrasing import quarter_name
from ui.show import marks
from ui.show.proofs import sign
from ui.show.tables import Cell, Column, Html, Row, anchor, html, table
from ui.show.text import days_left, listed, names, short_day

ByQuarter = Mapping[tuple[str, int], Punctuality]
SPARE = 0.04  # of the line's width, left free at both ends


def deadlines(rulebook: Rulebook, kind: str) -> dict[date, int]:
    """Return the deadlines of a kind's clauses, each with the number of clauses that fall due on it."""
    counts: dict[date, int] = {}
    for clause in rulebook.clauses:
        if clause.deadline and any(term.kind == kind for term in clause.terms):
            counts[clause.deadline] = counts.get(clause.deadline, 0) + 1
    return dict(sorted(counts.items()))


def place_on_line(day: date, assessment: Assessment) -> float:
    """Return where a day stands on the line, in percent of its width; days outside the assessment stand at its ends."""
    start = date(assessment.year, 1, 1)
    share = (day - start).days / max((assessment.closes - start).days, 1)
    return round(100 * (SPARE + min(max(share, 0.0), 1.0) * (1 - 2 * SPARE)), 2)


def line_of_days(rulebook: Rulebook, kind: str, as_of: date, today: date | None = None) -> Html:
    """Return the line: cut-offs above it, deadlines below it, ``as_of`` across it, today too where it is another day."""
    assessment = rulebook.assessment
    here = place_on_line(as_of, assessment)
    cuts = [
        _flag(day, assessment, as_of, ["cut"], f"{quarter_name(quarter)}报送截止")
        for quarter, day in assessment.cut_offs.items()
    ]
    dues = [
        _flag(day, assessment, as_of, ["due"], f"{count}项到期") for day, count in deadlines(rulebook, kind).items()
    ]
    dues.append(_flag(assessment.closes, assessment, as_of, ["due", "k-far"], "考评截止"))
    now = None
    if today and today != as_of and date(assessment.year, 1, 1) <= today <= assessment.closes:
        now = h.span(".now.today", style=f"left:{place_on_line(today, assessment)}%")[h.b["今天"]]
    side = "left" if here > 60 else None
    mark = h.span(class_=["now", side], style=f"left:{here}%")[h.b[f"截至 {short_day(as_of, assessment.year)}"]]
    return html(h.div(".k-line")[h.i(".done", style=f"width:{here}%"), cuts, dues, now, mark])


def _flag(day: date, assessment: Assessment, as_of: date, styles: list[str], said: str) -> h.Element:
    soon = marks.is_soon(day, as_of, assessment.due_soon_days)
    state = "past" if day <= as_of else "soon" if soon else "ahead"
    left = "已过" if day < as_of else f"{'! ' if soon else ''}{days_left(day, as_of)}"
    flag = h.span(class_=[*styles, state], style=f"left:{place_on_line(day, assessment)}%")
    return flag[h.b[short_day(day, assessment.year)], h.small[said], h.small[left]]


def headline(board: Board, kind: str, rulebook: Rulebook) -> str:
    """Say what has fallen due, how much of it is lost, and what comes next."""
    findings = [finding for card in board.ranking(kind) for finding in card.findings]
    lost = [finding for finding in findings if finding.points < 0]
    waiting = [finding for finding in findings if finding.outcome is Outcome.PENDING]
    days = deadlines(rulebook, kind)
    due = sum(count for day, count in days.items() if day <= board.as_of)
    units = len({finding.unit for finding in lost})
    sentence = f"{due}项已到期，{units}个单位共{len(lost)}处扣分" if due else "还没有评分项到期"
    coming = next(((day, count) for day, count in days.items() if day > board.as_of), None)
    if coming is None:
        return f"{sentence}；全部时限都已到"
    day, count = coming
    open_there = sum(finding.deadline == day for finding in waiting)
    left = f"{days_left(day, board.as_of)}，{count}个评分项还有{open_there}处未完成"
    return f"{sentence}；下一个时限{short_day(day, rulebook.assessment.year)}，{left}"


def punctuality_headline(
    sent: ByQuarter, board: Board, kind: str, quarter: int, rulebook: Rulebook, found: Iterable[OpenMatter]
) -> str:
    """Say who sent the quarter's ledger in time and late, and by the account of open matters (``found``) whose did not come."""
    here = [sent[card.unit, quarter] for card in board.ranking(kind)]
    by = {state: [rulebook.short(s.unit) for s in here if s.timeliness is state] for state in Timeliness}
    sentences = [f"{quarter_name(quarter)}台账：{len(by[Timeliness.IN_TIME])}个按时"]
    sentences.append(
        f"{len(by[Timeliness.LATE])}个迟报" + (f"（{names(by[Timeliness.LATE])}）" if by[Timeliness.LATE] else "")
    )
    lacking = [rulebook.short(one.unit) for one in found if one.quarter == quarter and one.unit in board.card
               and board.card[one.unit].kind == kind]  # fmt: skip
    sentences.append(f"{len(lacking)}个未到" + (f"（{listed(lacking)}）" if lacking else ""))
    asked = [rulebook.short(s.unit) for s in here if s.timeliness is Timeliness.MISSING]
    if sent_now := [short for short in asked if short not in lacking]:
        sentences.append(f"{len(sent_now)}个待收（{listed(sent_now)}）")
    cut_off = rulebook.assessment.cut_offs[quarter]
    if board.as_of < cut_off:
        sentences.append(f"{short_day(cut_off, rulebook.assessment.year)}截止")
    return "，".join(sentences)


def punctuality_table(sent: ByQuarter, board: Board, kind: str, rulebook: Rulebook, link: Callable[[str], str]) -> Html:
    """Return units and quarters: 按时, 迟报, 未报, each with the day on which the ledger first came."""
    cut_offs = rulebook.assessment.cut_offs
    columns = [Column("单位", "day")]
    columns += [
        Column(f"{quarter_name(q)}（{short_day(day, rulebook.assessment.year)}前）") for q, day in cut_offs.items()
    ]
    rows: list[Row] = []
    for card in board.ranking(kind):
        name = anchor(link(card.unit), rulebook.short(card.unit))
        rows.append([name, *(_punctuality_cell(sent[card.unit, quarter], rulebook) for quarter in cut_offs)])
    return html(h.div(".k-sent")[table(columns, rows)])


def _punctuality_cell(sent: Punctuality, rulebook: Rulebook) -> Cell:
    mark = marks.BY_TIMELINESS[sent.timeliness]
    content = sign(mark)
    if sent.first:
        day = short_day(sent.first.submitted, rulebook.assessment.year) if sent.first.dated else "未写报送日期"
        more = f"，共{sent.ledgers}份" if sent.ledgers > 1 else ""
        content += html(" ", h.span(".k-quiet.k-when")[f"{day}{more}"])
    return Cell(content)

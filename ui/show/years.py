"""Years side by side as tables: a kind's units, one unit's clauses, and its path. Pure, HTML out.

Only what a unit did has a colour: a change of the rules is never shown as progress.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from scoring.analysis import years_sentences as sentences
from scoring.analysis.years import ClauseYears, UnitYears, Year, YearComparison, path
from ui.show.lines import signed_cell
from ui.show.standings import Link
from ui.show.tables import Cell, Column, Html, Row, anchor, coded, html, note, subheading, table
from ui.show.text import MINUS, points, signed, standing

NO_SCORE = "–"


def ranking(years: YearComparison, kind: str, link: Link) -> Html:
    """Return what a ranking says of the year before: sentences and a table."""
    units = sentences.changes_of_units(years, kind)
    paragraphs = [sentences.comparison(years, kind), *([units] if units else []), sentences.days(years)]
    title = subheading(f"与{years.before.year}年比")
    return html(title, (note(one.replace("-", MINUS)) for one in paragraphs), _units_table(years, kind, link))


def _units_table(found: YearComparison, kind: str, link: Link) -> Html:
    then, now = found.before.year, found.after.year
    columns = [
        Column("单位"), Column("工作变化", "k-num"), Column("细则变化", "k-num"), Column("得分变化", "k-num"),
        Column(f"{then}年得分", "k-num"), Column(f"{now}年得分", "k-num"), Column(f"{then}年名次", "k-far"),
        Column(f"{now}年名次", "k-far"), Column(f"{then}年扣分", "k-num k-far"), Column(f"{now}年扣分", "k-num k-far"),
    ]  # fmt: skip
    rows: list[Row] = []
    for unit in found.of_kind(kind):
        short = anchor(link(unit.unit), found.matched.after.unit[unit.unit].short)
        rows.append([
            short, signed_cell(unit.doing), _plain(unit.rules), _plain(unit.score), points(unit.before.score),
            points(unit.after.score), standing(found.before, unit.before), standing(found.after, unit.after),
            _plain(-unit.before.deductions), _plain(-unit.after.deductions),
        ])  # fmt: skip
    return table(columns, rows, go=True)


def _plain(value: Decimal | None) -> Cell:
    """Return points in no colour: they are nobody's merit."""
    return Cell(signed(value) if value else NO_SCORE, "k-quiet")


def unit(steps: Sequence[YearComparison], name: str) -> Html:
    """Return one unit over the years: its path, and its clauses beside those of the year before."""
    years = path(steps, name)
    parts = [subheading("历年得分和名次（每年同一天）"), _path_table(years)]
    way = years[0].way if years else None
    if way is None:
        return html(*parts, note(f"{steps[0].before.year}年没有考评这个单位，没有可比的。"))
    step = steps[0]
    parts.append(subheading(sentences.unit(way, step.before.year, step.after.year).replace("-", MINUS)))
    if way.was != way.unit:
        parts.append(note(f"{step.before.year}年名称：{way.was}"))
    return html(*parts, note(sentences.days(step)), _clauses_table(step, way))


def _path_table(years: Sequence[Year]) -> Html:
    columns = [
        Column("年度"), Column("得分", "k-num score"), Column("名次"), Column("扣分", "k-num"),
        Column("工作变化", "k-num"), Column("细则变化", "k-num"), Column("当年名称", "k-far"),
    ]  # fmt: skip
    rows: list[Row] = [
        [
            f"{year.board.year}年", points(year.card.score), standing(year.board, year.card), _plain(-year.card.deductions),
            signed_cell(year.way.doing) if year.way else NO_SCORE, _plain(year.way.rules if year.way else None), year.card.unit,
        ]
        for year in years
    ]  # fmt: skip
    return table(columns, rows)


def _clauses_table(found: YearComparison, unit: UnitYears) -> Html:
    then, now = found.before.year, found.after.year
    columns = [
        Column("评分项", "name"), Column(f"{then}年", "k-num"), Column(f"{now}年", "k-num"), Column("工作变化", "k-num"),
        Column("细则变化", "k-num"), Column("说明", "wrap k-far"),
    ]  # fmt: skip
    shown = sorted((c for c in unit.clauses if sentences.is_shown(c)), key=lambda c: (not c.doing, not c.rules))
    rows: list[Row] = [
        [
            _named(found, clause), _or_none(clause.then), _or_none(clause.now), signed_cell(clause.doing), _plain(clause.rules),
            sentences.why(found, unit, clause),
        ]
        for clause in shown
    ]  # fmt: skip
    frame = (sentences.AT_CAPS, unit.doing_at_caps, Decimal(0)), (sentences.OF_FRAME, Decimal(0), unit.rules_of_frame)
    rows += [[title, "", "", signed_cell(doing), _plain(rules), ""] for title, doing, rules in frame if doing or rules]
    total: Row = [
        "得分（含基础分）",
        points(unit.before.score),
        points(unit.after.score),
        signed_cell(unit.doing),
        _plain(unit.rules),
        "",
    ]
    return table(columns, [*rows, total])


def _named(found: YearComparison, clause: ClauseYears) -> Html:
    return coded(clause.clause or clause.earlier, sentences.clause_title(found, clause))


def _or_none(value: Decimal | None) -> str:
    return "没有" if value is None else signed(value) if value else NO_SCORE

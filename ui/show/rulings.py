"""Rulings as lists: what awaits one, a unit's clauses to go through, and what was ruled before. Pure, HTML out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from scoring.analysis.ruling_queue import TITLES, Matter, squeezed
from scoring.board.wording import reason
from scoring.judging.rulings import TITLES as VERDICTS
from scoring.model.boards import ScoreCard
from scoring.model.facts import Ruling
from scoring.model.findings import Finding
from scoring.model.rules import Rulebook
from scoring.store import RulingRecord
from ui.show.change_tables import short
from ui.show.lines import named, signed_cell
from ui.show.proofs import state
from ui.show.tables import Cell, Column, Html, anchor, chip, coded, table
from ui.show.text import moment_name, moved, number, short_day

Link = Callable[[str, str, str], str]  # unit, clause, item -> address of its ruling
RecordLink = Callable[[str, str, str, str], str]  # the same, and the number of a ruling


def queue_table(found: Iterable[Matter], rules: Rulebook, link: Link) -> Html:
    """Return what awaits a ruling, in the order given, each line with what it could move."""
    columns = [
        Column("单位", "day"), Column("评分项"), Column("为什么要认定"), Column("现在", "k-num k-far"), Column("最多影响", "k-num score"),
        Column("名次最多", "k-num"), Column("现在的理由", "wrap k-far"),
    ]  # fmt: skip
    return table(columns, [_queued(matter, rules, link) for matter in found], go=True)


def _queued(matter: Matter, rules: Rulebook, link: Link) -> list[str | Cell]:
    to = anchor(link(matter.unit, matter.clause, matter.item), short(matter.unit, rules))
    most = max((effect.raw for effect in matter.effects), key=abs, default=None)
    return [
        to,
        named(matter.finding, rules),
        TITLES[matter.why],
        signed_cell(matter.finding.points),
        Cell("不定", "k-quiet") if matter.is_unbounded else signed_cell(most) if most else Cell("不变", "k-quiet"),
        _places(matter),
        reason(matter.finding),
    ]


def _places(matter: Matter) -> str:
    most = max((matter.rank - effect.rank for effect in matter.effects), key=abs, default=0)
    return moved(most) if most else "–"


def unit_table(card: ScoreCard, rules: Rulebook, link: Link) -> Html:
    """Return all clauses and incentive items of a unit, each line leading to its proof and its ruling."""
    columns = [
        Column("评分项", "name"), Column("状态"), Column("得失", "k-num"), Column("理由", "wrap"), Column("认定", "k-far"),
    ]  # fmt: skip
    rows: list[list[str | Cell]] = [
        [
            anchor(link(card.unit, finding.clause, squeezed(finding.item)), named(finding, rules)),
            state(finding),
            signed_cell(finding.points),
            reason(finding),
            _ruled(finding.ruling),
        ]
        for finding in card.findings
    ]
    return table(columns, rows, go=True)


def _ruled(ruling: Ruling | None) -> str | Cell:
    return f"第{ruling.number}号 {VERDICTS[ruling.verdict]}" if ruling else Cell("–", "k-quiet")


def records_table(records: Sequence[RulingRecord], rules: Rulebook, link: RecordLink) -> Html:
    """Return all rulings with their fate, the newest first."""
    columns = [
        Column("编号", "k-num"), Column("单位"), Column("评分项"), Column("认定"), Column("自何日起", "day"), Column("理由", "wrap"),
        Column("认定人"), Column("记入时间", "day k-far"), Column("现状", "wrap"),
    ]  # fmt: skip
    return table(columns, [_record(record, rules, link) for record in reversed(records)], go=True)


def _record(record: RulingRecord, rules: Rulebook, link: RecordLink) -> list[str | Cell]:
    ruling = record.ruling
    what = coded(ruling.clause, ruling.item) if ruling.item else chip(ruling.clause)
    return [
        anchor(link(ruling.unit, ruling.clause, ruling.item or "", str(ruling.number)), str(ruling.number)),
        short(ruling.unit, rules),
        what,
        verdict(ruling),
        short_day(ruling.day, rules.assessment.year),
        ruling.reason,
        ruling.reviewer,
        moment_name(record.event.at),
        fate(record),
    ]


def verdict(ruling: Ruling) -> str:
    """Say what was ruled, with the points that an incentive item was given, or the number that was found."""
    given = f"，认定{number(ruling.points)}分" if ruling.points is not None else ""
    found = f"，查实数量{ruling.number_found}" if ruling.number_found is not None else ""
    return f"{VERDICTS[ruling.verdict]}{given}{found}"


def fate(record: RulingRecord) -> str:
    """Say whether a ruling stands, or who withdrew it when and why."""
    gone = record.withdrawn
    return f"{moment_name(gone.at)} {gone.actor}撤回：{gone.reason}" if gone else "有效"


def computed(finding: Finding) -> str:
    """Say what stands beneath a ruling."""
    below = finding.computed
    return f"系统原判：{reason(below)}（{number(below.points)}分）" if below else ""

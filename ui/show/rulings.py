"""Rulings as lists: what awaits one, a unit's clauses to go through, and what was ruled before. Pure, HTML out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import htpy as h

from scoring.analysis.ledger_entries_sentences import entries
from scoring.analysis.ruling_queue import Effect, Matter, squeezed
from scoring.analysis.ruling_queue_sentences import TITLES
from scoring.board.wording import reason
from scoring.judging.rulings import TITLES as VERDICTS
from scoring.model.boards import Board, ScoreCard
from scoring.model.facts import Facts, Ruling, Verdict
from scoring.model.findings import Finding
from scoring.model.rules import Rulebook
from scoring.store import RulingRecord
from ui.show.lines import named, signed_cell
from ui.show.proofs import state
from ui.show.tables import Cell, Column, Html, anchor, chip, coded, html, subheading, table
from ui.show.text import day_name, moment_name, moved, number, points, quarter_name, short_day, signed

Link = Callable[[str, str, str], str]  # unit, clause, item -> address of its ruling
RecordLink = Callable[[str, str, str, str], str]  # the same, and the number of a ruling


def queue_table(found: Iterable[Matter], rulebook: Rulebook, link: Link) -> Html:
    """Return what awaits a ruling, in the order given, each line with what it could move."""
    columns = [
        Column("单位", "day"), Column("评分项"), Column("为什么要认定"), Column("现在", "k-num k-far"), Column("最多影响", "k-num score"),
        Column("名次最多", "k-num"), Column("现在的理由", "wrap k-far"),
    ]  # fmt: skip
    return table(columns, [_queued(matter, rulebook, link) for matter in found], go=True)


def _queued(matter: Matter, rulebook: Rulebook, link: Link) -> list[str | Cell]:
    to = anchor(link(matter.unit, matter.clause, matter.item), rulebook.short(matter.unit))
    most = max((effect.raw for effect in matter.effects), key=abs, default=None)
    return [
        to,
        named(matter.finding, rulebook),
        TITLES[matter.why],
        signed_cell(matter.finding.points),
        Cell("不定", "k-quiet") if matter.is_unbounded else signed_cell(most) if most else Cell("不变", "k-quiet"),
        _places(matter),
        reason(matter.finding),
    ]


def _places(matter: Matter) -> str:
    most = max((matter.rank - effect.rank for effect in matter.effects), key=abs, default=0)
    return moved(most) if most else "–"


def unit_table(card: ScoreCard, rulebook: Rulebook, link: Link) -> Html:
    """Return all clauses and incentive items of a unit, each line leading to its proof and its ruling."""
    columns = [
        Column("评分项", "name"), Column("状态"), Column("得失", "k-num"), Column("理由", "wrap"), Column("认定", "k-far"),
    ]  # fmt: skip
    rows: list[list[str | Cell]] = [
        [
            anchor(link(card.unit, finding.clause, squeezed(finding.item)), named(finding, rulebook)),
            state(finding),
            signed_cell(finding.points),
            reason(finding),
            _ruled(finding.ruling),
        ]
        for finding in card.findings
    ]
    return table(columns, rows, go=True, cards=True)


def _ruled(ruling: Ruling | None) -> str | Cell:
    return f"第{ruling.number}号 {VERDICTS[ruling.verdict]}" if ruling else Cell("–", "k-quiet")


def records_table(records: Sequence[RulingRecord], rulebook: Rulebook, link: RecordLink) -> Html:
    """Return all rulings with their fate, the newest first."""
    columns = [
        Column("编号", "k-num"), Column("单位"), Column("评分项"), Column("认定"), Column("自何日起", "day"), Column("理由", "wrap"),
        Column("认定人"), Column("记入时间", "day k-far"), Column("现状", "wrap"),
    ]  # fmt: skip
    return table(columns, [_record(record, rulebook, link) for record in reversed(records)], go=True)


def _record(record: RulingRecord, rulebook: Rulebook, link: RecordLink) -> list[str | Cell]:
    ruling = record.ruling
    what = coded(ruling.clause, ruling.item) if ruling.item else chip(ruling.clause)
    return [
        anchor(link(ruling.unit, ruling.clause, ruling.item or "", str(ruling.number)), str(ruling.number)),
        rulebook.short(ruling.unit),
        what,
        verdict(ruling),
        short_day(ruling.day, rulebook.assessment.year),
        ruling.reason,
        ruling.reviewer,
        moment_name(record.event.at),
        fate(record),
    ]


def verdict(ruling: Ruling) -> str:
    """Say what was ruled, with the points that an incentive item was given, or the number that was found."""
    given = f"，认定{number(ruling.points)}分" if ruling.points is not None else ""
    number_found = f"，查实数量{ruling.number_found}" if ruling.number_found is not None else ""
    return f"{VERDICTS[ruling.verdict]}{given}{number_found}"


def fate(record: RulingRecord) -> str:
    """Say whether a ruling stands, or who withdrew it when and why."""
    gone = record.withdrawn
    return f"{moment_name(gone.at)} {gone.actor}撤回：{gone.reason}" if gone else "有效"


def matter(finding: Finding, *parts: h.Node) -> Html:
    """Return what is read of a matter as one block that the browser knows it by."""
    return html(h.div(".k-stack.k-matter", data_matter=_name(finding))[parts])


def matter_ahead(finding: Finding, *parts: h.Node) -> Html:
    """Return what is read of the matter that comes next, as text that stands nowhere until the browser shows it."""
    return html(h.div(".k-ahead", data_matter=_name(finding), data_shown=str(html(h.div(".k-stack")[parts]))))


def _name(finding: Finding) -> str:
    return f"{finding.unit}.{finding.clause}.{finding.item or ''}"


def effect_cards(
    finding: Finding, given: Iterable[Verdict], effects: Iterable[Effect], board: Board, *, ahead: bool = False
) -> Html:
    """Return what verdicts would do to their unit, side by side: points, score, rank.

    ``ahead``: only the room that they take, for the verdict that is being recorded may move them.
    """
    by = {effect.verdict: effect for effect in effects}
    cards = (_effect(finding, one, by.get(one), board.card[finding.unit]) for one in given)
    words = ["正在办理…", h.span["这一件的按键已收到，随后办理"]]
    recording = h.div(".k-recording", role="status")[words] if ahead else None
    return html(h.div(".k-effects")[recording, cards])


def _effect(finding: Finding, given: Verdict, effect: Effect | None, card: ScoreCard) -> h.Element:
    name = h.small[f"{VERDICTS[given]}："]
    if effect is None:
        change = "分值待填，影响未知" if finding.item and given is Verdict.ACCEPTED else "得分和名次不变"
        return h.div(".k-effect")[name, h.b["–"], h.span[change]]
    rank = f"第{card.rank}名→第{effect.rank}名" if effect.rank != card.rank else f"仍是第{card.rank}名"
    capped = "（已封顶）" if not effect.score else ""
    change = f"{points(card.score)}→{points(card.score + effect.score)}{capped}，{rank}"
    gain = "k-win" if effect.raw > 0 else "k-loss"
    return h.div(".k-effect")[name, h.b(class_=gain)[signed(effect.raw)], h.span[change]]


def progress(waiting: Sequence[Matter], matter: Matter | None, done: int) -> Html:
    """Return how far one has come: which one this is, how many are left, how many were done in this session."""
    here = f"第{waiting.index(matter) + 1}件，" if matter else ""
    share = round(100 * done / max(done + len(waiting), 1))
    words = f"{here}还有{len(waiting)}件待认定，本次已办{done}件"
    return html(h.div(".k-progress", style=f"--p:{share}%")[h.span[words]])


def keys_table(keys: Iterable[tuple[str, str]]) -> Html:
    """Return the keys with what each does."""
    return table([Column("键", "day"), Column("作用", "wrap")], [[chip(key), says] for key, says in keys])


def alike_says(matter: Matter, rulebook: Rulebook) -> str:
    """Name a matter among those that are alike: its unit, its item, the most that it moves."""
    most = max((effect.raw for effect in matter.effects), key=abs, default=None)
    item = f"《{matter.finding.item}》" if matter.item else ""
    return f"{rulebook.short(matter.unit)}{item} {signed(most) if most else '不影响得分'}"


def earlier(facts: Facts, finding: Finding, records: Sequence[RulingRecord], rulebook: Rulebook) -> Html:
    """Return what the unit's ledgers said before of the same clause, and what was ruled on it, here and elsewhere."""
    said_before = _said_before(facts, finding)
    same = [record for record in reversed(records) if record.ruling.clause == finding.clause]
    mine = [record for record in same if record.ruling.unit == finding.unit]
    others = [record for record in same if record.ruling.unit != finding.unit and record.withdrawn is None][:FEW]
    parts: list[Html] = []
    if said_before:
        parts += [subheading("各期台账对这一项怎样说"), table(SAID, said_before)]
    if mine or others:
        rows = [_ruled_before(record, rulebook) for record in (*mine, *others)]
        parts += [subheading("这一项作过的认定"), table(RULED, rows)]
    return html(*parts)


FEW = 6  # rulings on other units that are shown
SAID = (Column("台账", "day"), Column("报送日期", "day"), Column("怎样说", "wrap"), Column("单元格", "k-far"))
RULED = (
    Column("单位", "day"), Column("认定"), Column("自何日起", "day"), Column("理由", "wrap"), Column("现状", "wrap k-far"),
)  # fmt: skip


def _said_before(facts: Facts, finding: Finding) -> list[list[str | Cell]]:
    """Return the rows of a unit that speak of a finding's clause (of a case: of its task), ledger by ledger."""
    mine = [ledger for ledger in sorted(facts.ledgers, key=lambda one: one.order) if ledger.unit == finding.unit]
    on_cases = not any(one.clause == finding.clause for one in facts.statements)
    rows: list[list[str | Cell]] = []
    for ledger in mine:
        own = Facts(
            statements=tuple(s for s in facts.statements if s.clause == finding.clause and s.ledger == ledger),
            cases=tuple(c for c in facts.cases if on_cases and c.task == finding.task and c.ledger == ledger),
            incentives=tuple(
                i for i in facts.incentives
                if i.ledger == ledger and i.key == (finding.task, squeezed(finding.item))
            ),
        )  # fmt: skip
        name = f"{quarter_name(ledger.quarter)}台账"
        rows += [[name, day_name(ledger.submitted), f"{e.name}：{e.says}", e.cell] for e in entries(own)]
    return rows


def _ruled_before(record: RulingRecord, rulebook: Rulebook) -> list[str | Cell]:
    ruling = record.ruling
    day = short_day(ruling.day, rulebook.assessment.year)
    return [rulebook.short(ruling.unit), verdict(ruling), day, ruling.reason, fate(record)]


def computed(finding: Finding) -> str:
    """Say what stands beneath a ruling."""
    below = finding.computed
    return f"系统原判：{reason(below)}（{number(below.points)}分）" if below else ""

"""The same clause, the same kind of statement and evidence, ruled differently: one measure for all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from scoring.analysis.position import Position
from scoring.judging.rulings import TITLES
from scoring.model.facts import Status, Verdict
from scoring.model.findings import Finding, Outcome
from scoring.model.traits import ReadFrom

OUTCOMES = {
    Outcome.MET: "按时完成",
    Outcome.LATE: "逾期完成",
    Outcome.NOT_DONE: "未完成",
    Outcome.NO_EVIDENCE: "未附佐证",
    Outcome.NOT_STATED: "未填报",
    Outcome.NOT_REPORTED: "未报送",
    Outcome.UNREADABLE: "看不懂",
    Outcome.PENDING: "未到期",
    Outcome.WAIVED: "不扣分",
    Outcome.SHORT: "数量不足",
    Outcome.OVER_LIMIT: "中位数超限",
    Outcome.EARNED: "可加分",
    Outcome.NONE: "未加分",
}
STATUSES = {
    Status.DONE: "填报完成",
    Status.NOT_DONE: "填报未完成",
    Status.BLANK: "填报数量",
    Status.UNDECIDED: "填报不涉及",
    Status.UNREADABLE: "填报看不懂",
}


@dataclass(frozen=True, slots=True)
class Likeness:
    """What makes two units' matters alike: what was computed of them, the last status stated, whether it was proved.

    ``status`` is None where nothing was stated (or a clause is not stated at all: rosters, cases). ``points`` are what
    was computed, so that two of three partners are not taken for one.
    """

    clause: str
    kind: str
    outcome: Outcome
    points: Decimal
    status: Status | None
    proved: bool


@dataclass(frozen=True, slots=True)
class Ruled:
    """One unit's matter and the verdict on it; None: nobody has ruled on it."""

    unit: str
    verdict: Verdict | None
    finding: Finding


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """Matters that are alike and are treated differently.

    ``is_conflict`` tells that verdicts contradict each other; else some were ruled on, to an effect, and others with the
    same matter were not. For an incentive item ``item`` is its 事项 and ``likeness`` is None.
    """

    clause: str
    item: str
    likeness: Likeness | None
    matters: tuple[Ruled, ...]
    is_conflict: bool


def inconsistencies(position: Position) -> tuple[Inconsistency, ...]:
    """Return what is ruled differently though alike, contradictions first, then in the order of the rules."""
    found = [*_clauses(position), *_items(position)]
    return tuple(sorted(found, key=lambda inconsistency: not inconsistency.is_conflict))


def _clauses(position: Position) -> Iterator[Inconsistency]:
    alike: dict[Likeness, list[Ruled]] = {}
    order = [clause.code for clause in position.rulebook.clauses]
    for card in position.board.cards:
        for finding in card.findings:
            if not finding.item and finding.clause in position.rulebook.clause:
                verdict = finding.ruling.verdict if finding.ruling else None
                alike.setdefault(_likeness(position, finding), []).append(Ruled(card.unit, verdict, finding))
    for likeness in sorted(alike, key=lambda likeness: order.index(likeness.clause)):
        matters = tuple(alike[likeness])
        verdicts = {m.verdict for m in matters if m.verdict is not None}
        if len({m.finding.points for m in matters}) > 1 and verdicts:
            yield Inconsistency(likeness.clause, "", likeness, matters, len(verdicts) > 1)
        elif len(verdicts) > 1:
            yield Inconsistency(likeness.clause, "", likeness, matters, is_conflict=True)


def _likeness(position: Position, finding: Finding) -> Likeness:
    computed = finding
    while computed.computed is not None:
        computed = computed.computed
    clause, dossier = position.rulebook.clause[finding.clause], position.dossiers[finding.unit]
    term = clause.term_for(finding.unit)
    kind = position.rulebook.unit[finding.unit].kind
    if term is not None and term.traits.read_from is ReadFrom.CASES:
        proved = any(case.evidence for case in dossier.cases.get(clause.task, ()))
        return Likeness(clause.code, kind, computed.outcome, computed.points, None, proved)
    said = [
        s for s in dossier.statements.get(clause.code, ()) if s.status is not Status.BLANK or s.quantity is not None
    ]
    latest = said[-1] if said else None
    status, proved = (latest.status, bool(latest.evidence)) if latest else (None, False)
    return Likeness(clause.code, kind, computed.outcome, computed.points, status, proved)


def _items(position: Position) -> Iterator[Inconsistency]:
    """Hold incentive items of the same 类别 and 事项 against each other."""
    alike: dict[tuple[str, str], list[Ruled]] = {}
    for card in position.board.cards:
        for finding in card.findings:
            if finding.item:
                verdict = finding.ruling.verdict if finding.ruling else None
                alike.setdefault((finding.clause, "".join(finding.item.split())), []).append(
                    Ruled(card.unit, verdict, finding)
                )
    for (clause, item), matters in sorted(alike.items()):
        verdicts = {m.verdict for m in matters if m.verdict is not None}
        if verdicts and len({m.finding.points for m in matters}) > 1:
            yield Inconsistency(clause, item, None, tuple(matters), len(verdicts) > 1)


def describe(inconsistency: Inconsistency) -> str:
    """Say what is alike."""
    likeness = inconsistency.likeness
    if likeness is None:
        return f"激励事项《{inconsistency.item}》"
    said = [OUTCOMES[likeness.outcome]]
    if likeness.status is not None:
        said = [STATUSES[likeness.status], "附佐证" if likeness.proved else "没有附佐证", *said]
    return f"{inconsistency.clause}（{'，'.join(dict.fromkeys(said))}）"


def sentence(position: Position, found: tuple[Inconsistency, ...]) -> str:
    """Say how many matters are treated differently, and which comes first."""
    if not found:
        return "同一条款、同样的填报和佐证，审核认定一致"
    conflicts = sum(inconsistency.is_conflict for inconsistency in found)
    first = found[0]
    sides = [
        f"{position.shorts(m.unit for m in first.matters if m.verdict is verdict)}{TITLES[verdict] if verdict else '未认定'}"
        for verdict in (*Verdict, None)
        if any(m.verdict is verdict for m in first.matters)
    ]
    left = len(found) - conflicts
    parts = [f"有{conflicts}处同样情形认定不同"] if conflicts else []
    parts += [f"有{left}处同样情形只认定了一部分单位"] if left else []
    return f"{'，'.join(parts)}：{describe(first)}，{'，'.join(sides)}"


HEADER = ("条款", "同样的情形", "单位", "认定", "理由", "认定人", "认定日期", "计分", "性质")


def rows(found: tuple[Inconsistency, ...]) -> list[tuple[object, ...]]:
    """Return every matter as a table, its header first."""
    return [HEADER, *(_row(inconsistency, matter) for inconsistency in found for matter in inconsistency.matters)]


def _row(inconsistency: Inconsistency, matter: Ruled) -> tuple[object, ...]:
    ruling = matter.finding.ruling
    return (
        inconsistency.clause, describe(inconsistency), matter.unit, TITLES[matter.verdict] if matter.verdict else "未认定",
        ruling.reason if ruling else "", ruling.reviewer if ruling else "", ruling.day if ruling else None,
        matter.finding.points, "认定不同" if inconsistency.is_conflict else "部分未认定",
    )  # fmt: skip

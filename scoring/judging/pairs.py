"""What spans two clauses: one that is asked after another, what both may cost together, and counts held side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from scoring.methods.question import NO_POINTS
from scoring.model.facts import Verdict
from scoring.model.findings import Finding, Outcome
from scoring.model.policy import Policy
from scoring.model.rules import Clause, Rulebook, Term, UnitKind

DONE = frozenset({Outcome.MET, Outcome.LATE})
ASKED_NEXT = DONE | {Outcome.PENDING}
STATED_NONE = frozenset({Outcome.MET, Outcome.NO_EVIDENCE, Outcome.NOT_DONE})
SETTLED = DONE | {Outcome.WAIVED}


def asked_after(rulebook: Rulebook, unit: str) -> dict[str, str]:
    """Return, of a unit's clauses that are asked after another, code -> the code of that other."""
    return {clause.code: term.asked_after for clause, term in rulebook.terms_of[unit] if term.asked_after}


def hold_pairs(findings: Iterable[Finding], terms: Iterable[tuple[Clause, Term]], policy: Policy) -> list[Finding]:
    """Hold each of a unit's findings against that of the clause asked before it (policy ``shared_hall``)."""
    later, judged = {clause.code: term for clause, term in terms if term.asked_after}, list(findings)
    return [_share_hall(f, later[f.clause], judged, policy) if f.clause in later else f for f in judged]


def _share_hall(finding: Finding, term: Term, findings: list[Finding], policy: Policy) -> Finding:
    """Hold a clause against the one that is asked before it (policy ``shared_hall``)."""
    if policy.shared_hall == "cumulative":
        return finding
    first = next((other for other in findings if other.clause == term.asked_after), None)
    if first is None:
        return finding
    if policy.shared_hall == "exclusive":
        if first.outcome in ASKED_NEXT:
            return finding
        reason = f"{first.clause}没有认定完成，这一项不另扣分"
        return replace(finding, outcome=Outcome.WAIVED, points=NO_POINTS, reason=reason, computed=finding)
    room = max(NO_POINTS, (term.joint_cap or NO_POINTS) + first.points)
    if -finding.points <= room:
        return finding
    return replace(finding, points=-room, reason=f"{finding.reason}；与{first.clause}合计最多扣{term.joint_cap}分")


class Comparison:
    """Puts beside a department's count how many counties have not done the same by their own ledgers.

    It has state because it looks through all counties once for each clause that is compared with.
    """

    def __init__(
        self,
        findings: Mapping[str, tuple[Finding, ...]],
        rulebook: Rulebook,
        is_open: Callable[[tuple[Finding, ...], str], bool] | None = None,
    ) -> None:
        self._findings = findings
        self._rulebook = rulebook
        self._is_open = is_open or leaves_open
        self._open: dict[tuple[str, str], list[str]] = {}
        self._compared = {
            clause.code for clause in rulebook.clauses if any(term.compared_with for term in clause.terms)
        }

    def remarked(self, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """Return a unit's findings with the remarks that look at other units."""
        return tuple(self._with_remark(one) if one.clause in self._compared else one for one in found)

    def _with_remark(self, finding: Finding) -> Finding:
        clause = self._rulebook.clause.get(finding.clause)
        term = clause.term_for(finding.unit) if clause else None
        if clause is None or term is None or term.compared_with is None:
            return finding
        compared = self._rulebook.clause[term.compared_with]
        others = (kind for kind in self._rulebook.kinds.values() if kind.name != term.kind)
        kind = next((kind for kind in others if compared.is_for(kind.name)), None)
        if kind is None:
            return finding
        still_open = self._open_units(compared, kind)
        stated = _stated_missing(finding, term)
        remark = f"按{kind.title}自己的台账，{len(still_open)}个{kind.noun}的{term.compared_with}没有完成"
        if still_open:
            remark += f"（{'、'.join(still_open)}）"
        if stated not in (None, len(still_open)):
            remark += "，与本部门填报不一致，请核对"
        return replace(finding, remark=remark)

    def _open_units(self, clause: Clause, kind: UnitKind) -> list[str]:
        key = clause.code, kind.name
        if key not in self._open:
            self._open[key] = [
                self._rulebook.short(unit)
                for unit, findings in self._findings.items()
                if self._rulebook.unit[unit].kind == kind.name and self._is_open(findings, clause.code)
            ]
        return self._open[key]


def leaves_open(found: tuple[Finding, ...], code: str) -> bool:
    """Tell whether a unit's findings leave a clause open: neither done nor waived."""
    return any(finding.clause == code and finding.outcome not in SETTLED for finding in found)


def _stated_missing(finding: Finding, term: Term) -> int | None:
    """Return how many the department stated as missing; None where it stated nothing, or it is not yet weighed."""
    if finding.ruling is not None and finding.ruling.verdict is Verdict.REJECTED:
        return None
    if finding.outcome is Outcome.SHORT:
        return int(finding.points / term.points)
    return 0 if finding.outcome in STATED_NONE and finding.ruling is None else None

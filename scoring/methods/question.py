"""One clause asked of one unit, and how its answer becomes a finding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scoring.methods.dossier import Dossier
from scoring.model.evidence import CellRef, Evidence, say_evidence
from scoring.model.findings import Finding, Outcome
from scoring.model.policy import Policy
from scoring.model.rules import Clause, Rulebook, Term
from scoring.words.phrasing import short_day

NO_POINTS = Decimal("0.00")
RESTING = frozenset({Outcome.MET, Outcome.LATE, Outcome.SHORT, Outcome.EARNED})  # these say what they rest on


@dataclass(frozen=True, slots=True)
class Question:
    """All that a method may look at.

    ``city_median`` is the median of the counties' medians in working days (None: no county has a timed row, or the
    reading does not ask for it). ``trusted`` is True where a reviewer accepted the statement: evidence is not asked.
    ``refused`` is True where one did not, and a later statement speaks again: it needs evidence of its own.
    """

    dossier: Dossier
    clause: Clause
    term: Term
    rulebook: Rulebook
    as_of: date
    policy: Policy
    city_median: Decimal | None = None
    trusted: bool = False
    refused: bool = False

    @property
    def deadline(self) -> date:
        """Return the clause's deadline; bonuses, which have none, do not ask."""
        if self.clause.deadline is None:
            raise ValueError(f"{self.clause.code} has no deadline")
        return self.clause.deadline

    @property
    def evidence_required(self) -> bool:
        """Tell whether done without evidence is not done (policy ``evidence``, or a reviewer who did not accept it)."""
        return not self.trusted and (self.refused or self.policy.evidence == "required")

    def due_on(self, quarter: int) -> date:
        """Return the day on which a quarterly clause falls due: the later of its deadline and the cut-off."""
        return max(self.deadline, self.rulebook.assessment.cut_offs[quarter])

    def lateness_costs(self) -> bool:
        """Tell whether completion after the deadline is deducted (policy ``late``)."""
        return self.policy.late == "strict" or (self.policy.late == "by_wording" and self.clause.on_time)

    def say(self, day: date) -> str:
        """Say a day, its year only where it is not the assessment's."""
        return short_day(day, self.rulebook.assessment.year)

    def past(self, day: date) -> str:
        """Say that a deadline has come, on its own day, or passed."""
        return f"{'已到' if self.as_of == day else '已过'}{self.say(day)}时限"

    def absence(self) -> tuple[Outcome, str]:
        """Name why nothing is stated: the unit sent no ledger at all, or its ledgers say nothing of the clause."""
        if self.dossier.reported:
            return Outcome.NOT_STATED, "台账里没有填报这一项"
        return Outcome.NOT_REPORTED, "没有报送任何台账，未报送视为未开展"

    def finding(
        self,
        outcome: Outcome,
        reason: str,
        *,
        points: Decimal = NO_POINTS,
        sources: tuple[CellRef, ...] = (),
        if_done: Decimal | None = None,
        flagged: bool = False,
        evidence: tuple[Evidence, ...] = (),
    ) -> Finding:
        """Write the answer down, with the clause's sentence, and what it rests on beside words."""
        resting = say_evidence(evidence) if outcome in RESTING else ""
        return Finding(
            unit=self.dossier.unit,
            clause=self.clause.code,
            task=self.clause.task,
            outcome=outcome,
            points=points,
            deadline=self.clause.deadline,
            quote=self.term.quote,
            reason=f"{reason}；{resting}" if resting else reason,
            sources=sources,
            if_done=if_done,
            flagged=flagged,
            evidence=evidence,
        )

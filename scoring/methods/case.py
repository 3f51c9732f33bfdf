"""A work case for a task: ``提供案例加0.5分。``"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scoring.methods.dossier import case_day
from scoring.methods.drafting import Candidate, Draft
from scoring.methods.question import Question
from scoring.methods.record import Method
from scoring.methods.simulating import (
    LAST,
    SIMULATED,
    SIMULATED_EVIDENCE,
    Setting,
    lacks_proof,
    marked,
    prove_statements,
    simulated,
    with_facts,
)
from scoring.model.changes import Act
from scoring.model.facts import Case, Facts
from scoring.model.findings import Finding, Outcome
from scoring.model.traits import MethodTraits, ReadFrom


def judge(question: Question) -> Finding:
    """Add the points for the first case of the task, dated not after ``as_of``, with evidence (rules-reading 9).

    Three cases for one task earn 0.5 once; the further ones are kept and earn nothing. Evidence is asked under either
    reading of ``evidence``.
    """
    cases = question.dossier.cases.get(question.clause.task, ())
    happened = [case for case in cases if case_day(case) <= question.as_of]
    proved = [case for case in happened if case.evidence or question.trusted]
    if proved:
        first, more = proved[0], len(happened) - 1
        reason = f"案例《{first.title}》计分" + (f"，另有{more}个案例不重复计分" if more else "")
        return question.finding(
            Outcome.EARNED, reason, points=question.term.points, sources=(first.source,), evidence=first.evidence
        )
    if happened:
        return question.finding(Outcome.NONE, "案例没有附佐证材料，不加分", sources=(happened[0].source,))
    if cases:
        return question.finding(Outcome.NONE, "案例的日期还没有到，不加分", sources=(cases[0].source,))
    return question.finding(Outcome.NONE, "没有报送案例")


def simulate(facts: Facts, setting: Setting) -> Facts:
    """Give one case for the task, or none, in place of those that were sent."""
    unit, task = setting.change.unit, setting.clause.task
    facts = replace(facts, cases=tuple(c for c in facts.cases if c.ledger.unit != unit or c.task != task))
    if setting.change.act is Act.OPEN:
        return facts
    proof = () if setting.change.act is Act.BARE else SIMULATED_EVIDENCE
    day = setting.change.day or setting.as_of
    source = simulated(setting.change.clause)
    return with_facts(facts, cases=[Case(setting.sent(), task, f"{SIMULATED}案例", day, proof, source, (LAST, LAST))])


def prove(facts: Facts, setting: Setting) -> Facts:
    """Give evidence to the cases of the task that were left without."""
    cases = tuple(
        replace(c, evidence=SIMULATED_EVIDENCE, source=marked(c.source))
        if c.task == setting.clause.task and lacks_proof(c, setting)
        else c
        for c in facts.cases
    )
    return replace(prove_statements(facts, setting), cases=cases)


def _drafts(candidate: Candidate) -> Iterator[Draft]:
    if candidate.finding.outcome is Outcome.EARNED:
        return
    yield 1, (candidate.change(Act.PROVED),), "给案例补齐佐证材料"
    yield 1, (candidate.change(Act.DONE, candidate.question.as_of),), "提供1个案例并附佐证材料"


METHOD = Method(
    MethodTraits("case", "案例", is_bonus=True, read_from=ReadFrom.CASES, has_own_row=False),
    judge,
    simulate=simulate,
    prove=prove,
    drafts=_drafts,
)

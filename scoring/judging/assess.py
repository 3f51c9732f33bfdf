"""Judge every clause that is scored for every unit: ``facts x rulebook x as_of x policy -> findings``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from scoring.judging.pairs import Comparison, hold_pairs
from scoring.judging.rulings import TITLES, apply_ruling, heard_again, ruling_in_force, told_again
from scoring.methods import method_of
from scoring.methods.dossier import Dossier, empty_dossier, gather
from scoring.methods.median import median, median_of_all
from scoring.methods.question import NO_POINTS, Question
from scoring.model.facts import Facts, Incentive, Ruling, Verdict
from scoring.model.findings import Finding, Outcome
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook, Task, Treatment
from scoring.model.traits import ReadFrom
from scoring.words.phrasing import short_day

NOT_OFFERED = "没有认定分值，待认定，暂不计分"


def assess(facts: Facts, rulebook: Rulebook, as_of: date, policy: Policy) -> dict[str, tuple[Finding, ...]]:
    """Return unit -> findings, one for every clause scored for it in the order of the rules, then its incentive items.

    ``as_of`` is read as 'at the end of that day'. Nothing but the arguments is looked at.
    """
    return assess_dossiers(open_dossiers(facts, rulebook, as_of, policy), rulebook, as_of, policy)


def open_dossiers(facts: Facts, rulebook: Rulebook, as_of: date, policy: Policy) -> dict[str, Dossier]:
    """Return the dossier of every unit that is scored under the policy, in the order of the rules."""
    late_ledgers = policy.late_ledger == "accepted"
    gathered = gather(facts, rulebook.assessment, as_of, late_ledgers=late_ledgers)
    return {name: gathered.get(name) or empty_dossier(name) for name in scored_units(rulebook, policy)}


def assess_dossiers(
    dossiers: Mapping[str, Dossier], rulebook: Rulebook, as_of: date, policy: Policy
) -> dict[str, tuple[Finding, ...]]:
    """Judge dossiers that were opened for the same day and the same reading of ``late_ledger``."""
    city = city_median(dossiers.values(), rulebook, as_of) if policy.median == "citywide" else None
    judged = {unit: judge_clauses(dossier, rulebook, as_of, policy, city) for unit, dossier in dossiers.items()}
    return assess_judged(judged, dossiers, rulebook, policy)


def assess_judged(
    judged: Mapping[str, Sequence[Finding]], dossiers: Mapping[str, Dossier], rulebook: Rulebook, policy: Policy
) -> dict[str, tuple[Finding, ...]]:
    """Put together what was judged clause by clause (``judged``, in the order of the rules), unit by unit."""
    findings = {unit: put_together(judged[unit], dossier, rulebook, policy) for unit, dossier in dossiers.items()}
    comparison = Comparison(findings, rulebook)
    return {unit: comparison.remarked(unit_findings) for unit, unit_findings in findings.items()}


def scored_units(rulebook: Rulebook, policy: Policy) -> tuple[str, ...]:
    """Name the units that are scored: counties and departments with a clause, and departments with a task of their own."""
    return tuple(
        unit.name
        for unit in rulebook.units
        if unit.assessed
        or (not unit.left_out and rulebook.kinds[unit.kind].by_task and responsible_tasks(rulebook, unit.name, policy))
    )


def responsible_tasks(rulebook: Rulebook, unit: str, policy: Policy) -> tuple[Task, ...]:
    """List the tasks that a department is specifically responsible for (policy ``responsible``); none for a county."""
    if not rulebook.kind_of(unit).by_task:
        return ()
    scored = {clause.task for clause, _ in rulebook.terms_of[unit]}
    named = policy.responsible == "named"
    return tuple(
        task
        for task in rulebook.tasks
        if task.no in scored or (named and task.treatment is Treatment.SCORED and unit in task.departments)
    )


def city_median(dossiers: Iterable[Dossier], rulebook: Rulebook, as_of: date) -> Decimal | None:
    """Return the median of the counties' medians in working days; counties without a timed row are left out."""
    counties = (dossier for dossier in dossiers if rulebook.reads(dossier.unit, ReadFrom.ROSTER))
    medians = [value for dossier in counties if (value := median_of_all(dossier, as_of)) is not None]
    return median(Counter(medians)) if medians else None


def judge_unit(
    dossier: Dossier, rulebook: Rulebook, as_of: date, policy: Policy, city: Decimal | None
) -> tuple[Finding, ...]:
    """Judge every clause of one unit; the remarks that look at other units are not yet written."""
    return put_together(judge_clauses(dossier, rulebook, as_of, policy, city), dossier, rulebook, policy)


def judge_clauses(
    dossier: Dossier, rulebook: Rulebook, as_of: date, policy: Policy, city: Decimal | None
) -> tuple[Finding, ...]:
    """Judge every clause of one unit by itself, in the order of the rules."""
    terms = rulebook.terms_of[dossier.unit]
    return tuple(judge_clause(Question(dossier, clause, term, rulebook, as_of, policy, city)) for clause, term in terms)


def put_together(
    findings: Sequence[Finding], dossier: Dossier, rulebook: Rulebook, policy: Policy
) -> tuple[Finding, ...]:
    """Hold a unit's clauses, each judged by itself, against each other, and add its incentive items."""
    joined = hold_pairs(findings, rulebook.terms_of[dossier.unit], policy)
    return (*joined, *(_incentive(item, dossier, rulebook) for item in dossier.incentives))


def judge_clause(question: Question) -> Finding:
    """Judge one clause of one unit, a ruling on top where one is in force."""
    judge = method_of(question.term).judge
    if question.clause.code not in question.dossier.rulings:
        return judge(question)
    ruling = ruling_in_force(question)
    if ruling is None:
        again = heard_again(question)
        return told_again(again, judge(again))
    return apply_ruling(question, judge(question), ruling)


def _incentive(item: Incentive, dossier: Dossier, rulebook: Rulebook) -> Finding:
    """Count an incentive item with its 认定分值, a ruling on top where one is in force (rules-reading 10 and 14)."""
    task, basis = rulebook.task[item.task], f"，依据{item.basis}" if item.basis else ""
    award = NOT_OFFERED if item.awarded is None else f"认定{item.awarded}分{basis}"
    computed = Finding(
        unit=dossier.unit,
        clause=str(item.task),
        task=item.task,
        outcome=Outcome.EARNED if item.awarded else Outcome.NONE,
        points=item.awarded or NO_POINTS,
        deadline=None,
        quote=task.text_for(rulebook.unit[dossier.unit].kind),
        reason=f"《{item.title}》{award}",
        sources=(item.source,),
        item=item.title,
        evidence=item.evidence,
    )
    ruling = dossier.item_rulings.get(item.key)
    return computed if ruling is None else _item_ruled(computed, item, ruling, rulebook.assessment.year)


def _item_ruled(computed: Finding, item: Incentive, ruling: Ruling, year: int) -> Finding:
    """Return an incentive item as ruled: with the points that the reviewer gave it, the computed finding kept beneath."""
    points = ruling.points if ruling.verdict is Verdict.ACCEPTED else NO_POINTS
    awarded = (item.awarded if points is None else points) or NO_POINTS
    reason = f"{short_day(ruling.day, year)}审核{TITLES[ruling.verdict]}：{ruling.reason}（{ruling.reviewer}）"
    return replace(
        computed,
        outcome=Outcome.EARNED if awarded else Outcome.NONE,
        points=awarded,
        reason=f"《{item.title}》{reason}",
        ruling=ruling,
        computed=computed,
    )

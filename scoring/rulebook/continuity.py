"""Which units and clauses of one year are those of an earlier one, and the earlier clauses as the later year would ask them.

A clause is the same where its task and its sentence are, whatever its code, its day and its points; or where it says so
itself (``continues = "2023:4A"``). A sentence that could be meant for two clauses is taken for neither.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from scoring.model.rules import Assessment, Clause, ProjectClass, Rulebook, Term, Treatment, Unit
from scoring.rulebook.unit_names import find_unit

# what may differ in a sentence that stays the same: 2023年6月30日, 扣0.2分
NUMBERS = re.compile(r"\d+(?:\.\d+)?")
FEBRUARY_28 = 28
Scored = tuple[Clause, Term]


@dataclass(frozen=True)
class Continuity:
    """Two years' rules held against each other; names and codes are looked up by those of the later year.

    ``units`` maps a unit's name to its earlier one, ``clauses`` each such unit's codes to the earlier ones, ``tasks`` the
    numbers of incentive tasks.
    """

    before: Rulebook
    after: Rulebook
    units: Mapping[str, str]
    clauses: Mapping[str, Mapping[str, str]]
    tasks: Mapping[int, int]

    @property
    def years_apart(self) -> int:
        """Return how many years lie between."""
        return self.after.assessment.year - self.before.assessment.year


def continuity(before: Rulebook, after: Rulebook) -> Continuity:
    """Find the units, clauses and incentive tasks of an earlier year in a later one."""
    units = _units(before, after)
    clauses = {
        unit: _clauses(before, after, before.terms_of[earlier], after.terms_of[unit]) for unit, earlier in units.items()
    }
    return Continuity(before, after, units, _whole(before, units, clauses), _incentive_tasks(before, after))


def shifted(day: date, years: int) -> date:
    """Return the same day some years on; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=FEBRUARY_28)


def _units(before: Rulebook, after: Rulebook) -> dict[str, str]:
    """Match units by name, then by code, then by an alias on either side; a unit of another kind is another one."""
    ways: tuple[Callable[[Unit], Unit | None], ...] = (
        lambda unit: before.unit.get(unit.name),
        lambda unit: next((old for old in before.units if unit.code and old.code == unit.code), None),
        lambda unit: next((old for old in before.units if find_unit(after, old.name) == unit), None),
        lambda unit: find_unit(before, unit.name),
    )
    earlier: dict[str, str] = {}
    for way in ways:
        for unit in after.units:
            old = None if unit.name in earlier else way(unit)
            if old is not None and old.kind == unit.kind and old.name not in earlier.values():
                earlier[unit.name] = old.name
    return earlier


def _clauses(before: Rulebook, after: Rulebook, then: tuple[Scored, ...], now: tuple[Scored, ...]) -> dict[str, str]:
    """Match the clauses of one unit: what a clause says of itself first, then task, sentence and title."""
    year, codes = before.assessment.year, {clause.code for clause, _ in then}
    declared = {
        clause.code: clause.continues.partition(":")[2] for clause, _ in now if clause.continues[:4] == str(year)
    }
    matched = {code: earlier for code, earlier in declared.items() if earlier in codes}
    taken = set(declared) | {code for code in declared.values() if code}
    for narrow in (_by_all, _by_task, _by_title):
        old, new = _unique(before, then, narrow), _unique(after, now, narrow)
        for key, code in new.items():
            earlier = old.get(key)
            if (
                earlier
                and code not in taken
                and code not in matched
                and earlier not in {*matched.values(), *declared.values()}
            ):
                matched[code] = earlier
    return matched


def _whole(
    before: Rulebook, units: Mapping[str, str], clauses: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, str]]:
    """Leave out what is judged together with a clause that is not comparable itself."""
    anywhere = {earlier for codes in clauses.values() for earlier in codes.values()}
    by_year = {}
    for unit, codes in clauses.items():
        own = set(codes.values())
        terms = {clause.code: term for clause, term in before.terms_of[units[unit]]}
        by_year[unit] = {
            code: earlier
            for code, earlier in codes.items()
            if terms[earlier].asked_after in {None, *own} and terms[earlier].compared_with in {None, *anywhere}
        }
    return by_year


def _by_all(rulebook: Rulebook, clause: Clause, term: Term) -> tuple[str, ...]:
    return (*_by_task(rulebook, clause, term), masked(clause.title))


def _by_task(rulebook: Rulebook, clause: Clause, term: Term) -> tuple[str, ...]:
    task = rulebook.task[clause.task]
    return masked(task.goal), masked(task.work), masked(term.quote)


def _by_title(rulebook: Rulebook, clause: Clause, term: Term) -> tuple[str, ...]:
    return masked(clause.title), masked(term.quote)


def _unique(
    rulebook: Rulebook, scored: tuple[Scored, ...], narrow: Callable[[Rulebook, Clause, Term], tuple[str, ...]]
) -> dict[tuple[str, ...], str]:
    keys = [(narrow(rulebook, clause, term), clause.code) for clause, term in scored]
    texts = [key for key, _ in keys]
    return {key: code for key, code in keys if texts.count(key) == 1}


def masked(text: str) -> str:
    """Return a sentence without white space, every number in it hidden: a year, a day, points.

    >>> masked("2023年6月30日前 未落实扣0.2分")
    '#年#月#日前未落实扣#分'
    """
    return NUMBERS.sub("#", "".join(unicodedata.normalize("NFKC", text).split()))


def _incentive_tasks(before: Rulebook, after: Rulebook) -> dict[int, int]:
    old = {masked(task.goal + task.work): task.no for task in before.tasks if task.treatment is Treatment.INCENTIVE}
    new = {masked(task.goal + task.work): task.no for task in after.tasks if task.treatment is Treatment.INCENTIVE}
    return {no: old[key] for key, no in new.items() if key in old}


# --- the earlier clauses as the later year would ask them
def comparable_rulebook(found: Continuity) -> Rulebook:
    """Return the later year's rulebook with the comparable clauses only, each with the earlier year's terms and day.

    Codes, tasks and units stay the later year's, for its ledgers were read by them.
    """
    before, after = found.before, found.after
    clauses = tuple(made for clause in after.clauses for made in _asked_before(found, clause))
    classes = tuple(_class_before(before, one) for one in after.project_classes)
    units = tuple(replace(unit, assessed=unit.assessed and _was_assessed(found, unit)) for unit in after.units)
    return replace(after, assessment=_frame_before(found), units=units, clauses=clauses, project_classes=classes)


def _was_assessed(found: Continuity, unit: Unit) -> bool:
    return unit.name in found.units and found.before.unit[found.units[unit.name]].assessed


def _asked_before(continuity: Continuity, clause: Clause) -> Iterator[Clause]:
    terms: dict[str, dict[Term, tuple[str, ...]]] = {}
    for unit in (unit for term in clause.terms for unit in term.units if unit in continuity.units):
        earlier = continuity.clauses[unit].get(clause.code)
        term = continuity.before.clause[earlier].term_for(continuity.units[unit]) if earlier else None
        if earlier and term:
            by_term_units = terms.setdefault(earlier, {})
            by_term_units[term] = (*by_term_units.get(term, ()), unit)
    for earlier, by_term in terms.items():
        old = continuity.before.clause[earlier]
        asked = tuple(_renamed(continuity, term, units) for term, units in by_term.items())
        yield replace(clause, deadline=_day(continuity, old.deadline), on_time=old.on_time, terms=asked)


def _renamed(continuity: Continuity, term: Term, units: tuple[str, ...]) -> Term:
    """Return an earlier term for units of the later year, the clauses that it names under their later codes."""
    own = {old: new for new, old in continuity.clauses[units[0]].items()}
    anywhere = {old: new for codes in continuity.clauses.values() for new, old in codes.items()}
    after, compared = own.get(term.asked_after or ""), anywhere.get(term.compared_with or "")
    asked = (*units, *_gone(continuity, term))
    return replace(term, units=asked, asked_after=after, compared_with=compared)


def _gone(found: Continuity, term: Term) -> tuple[str, ...]:
    """Name a term's units that are not scored any more: how many they were still counts (``没有填报个数``)."""
    scored = {earlier for unit, earlier in found.units.items() if found.after.unit[unit].assessed}
    return tuple(unit for unit in term.units if unit not in scored)


def _day(found: Continuity, day: date | None) -> date | None:
    """Move a day of the earlier assessment's year along; a day of another year is that day in both."""
    own = day is not None and day.year == found.before.assessment.year
    return shifted(day, found.years_apart) if day and own else day


def _class_before(before: Rulebook, one: ProjectClass) -> ProjectClass:
    old = next((other for other in before.project_classes if other.name == one.name), one)
    return replace(one, limit=old.limit, quote=old.quote)


def _frame_before(found: Continuity) -> Assessment:
    old, new = found.before.assessment, found.after.assessment
    cut_offs = {quarter: shifted(day, found.years_apart) for quarter, day in old.cut_offs.items()}
    return replace(
        old, year=new.year, title=new.title, closes=shifted(old.closes, found.years_apart), cut_offs=cut_offs
    )

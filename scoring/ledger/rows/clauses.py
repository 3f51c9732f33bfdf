"""Which clause a row of 工作落实 speaks of: by its code, else by its task's number, else by its text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from scoring.ledger.rows.text_match import FULL, Fit, Phrases, plain
from scoring.model.facts import MatchedBy
from scoring.model.rules import Clause, Rulebook, Term, Unit
from scoring.model.traits import ReadFrom
from scoring.words.statuses import DASHES, as_text, fold

# what is written around a code: 第4A项, (4-A), 条款4.A
CODE_MARKS = re.compile(r"[\s.\-_()第项条款]+")
# what parts the codes of one cell: 4A、4B, 8A和8B
CODE_BREAK = re.compile(r"[、,;/和及与]+")
# between two codes in one cell, one beside or below the other: 4A 4B
CODE_GAP = re.compile(r"(?<=[^\W\d_])\s+(?=\d)")
ONE_CODE = re.compile(r"0?(\d{1,2}[A-Z])[^\dA-Z]*")  # a code, perhaps with its title: 4A出台文件
# a task's number: 4, (4), 第4项, 任务4, 4.0
NUMBER = re.compile(r"[(]?(?:第|任务)?(\d{1,6})(?:\.0+)?(?:项|号|[.、])?[)]?")
Pair = tuple[Clause, Term]
Named = Mapping[tuple[str, int], str]  # (sheet, row as the sheet numbers it) -> the clause that a reviewer named
NOTHING_NAMED: Named = {}


@dataclass(frozen=True, slots=True)
class Trouble:
    """A problem with a row's clause, at one of its columns; ``fields`` fill the message."""

    code: str
    column: str
    value: str
    fields: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """What a row speaks of. ``failed`` True: an error keeps the row out. ``pairs`` may be empty with only a warning."""

    pairs: tuple[Pair, ...] = ()
    by: MatchedBy = MatchedBy.CODE
    troubles: tuple[Trouble, ...] = ()
    failed: bool = False


@dataclass(frozen=True, slots=True)
class RowText:
    """The cells of a row by which its clause is found. ``running`` True: the number stands in a column 序号."""

    code: object = ""
    task: object = ""
    goal: str = ""
    requirement: str = ""
    running: bool = False

    @property
    def text_column(self) -> str:
        """Return the column whose text is to blame."""
        return "requirement" if self.requirement else "goal"

    @property
    def said(self) -> str:
        """Return the row's own words."""
        return " ".join(text for text in (self.goal, self.requirement) if text)


class ClauseFinder:
    """Find clauses for rows; the same cells are looked up once."""

    def __init__(self, rulebook: Rulebook, named: Named = NOTHING_NAMED) -> None:
        self.rulebook = rulebook
        self.named = named
        self.worded = tuple(clause for clause in rulebook.clauses if clause.all_of)
        self._known: dict[tuple[str, RowText], Match] = {}

    @cached_property
    def phrases(self) -> Phrases:
        """Return the rules' sentences; made ready only where a row has to be known by its text."""
        return Phrases(self.rulebook)

    def find(self, unit: Unit, row: RowText) -> Match:
        """Return the clauses that a row of a unit speaks of, with what is wrong with them."""
        key = unit.name, row
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._find(unit, row)
        return known

    def _find(self, unit: Unit, row: RowText) -> Match:
        code, task = _said(row.code), _said(row.task)
        digits = NUMBER.fullmatch(code)
        if code and not digits:
            return self._by_code(unit, code, as_text(row.code), "code")
        if task in self.rulebook.clause:
            return self._by_code(unit, task, as_text(row.task), "task")
        if task or digits:
            return self._by_number(unit, row, row.task if task else row.code, "task" if task else "code")
        return self._by_text(unit, row)

    def as_named(self, unit: Unit, code: str) -> Match:
        """Return the clause that a reviewer named for a row, whatever the row's own cells say."""
        return self._named(unit, [code], MatchedBy.REVIEWER, "code", code)

    # --- by code
    def _by_code(self, unit: Unit, code: str, shown: str, column: str) -> Match:
        single = ONE_CODE.fullmatch(CODE_MARKS.sub("", code))
        parts = [single[1]] if single else [CODE_MARKS.sub("", part) for part in CODE_BREAK.split(code)]
        codes = [part for part in parts if part]
        if not codes or any(part not in self.rulebook.clause for part in codes):
            return Match(troubles=(Trouble("code-unknown", column, shown),), failed=True)
        return self._named(unit, codes, MatchedBy.CODE, column, shown)

    def _named(self, unit: Unit, codes: list[str] | tuple[str, ...], by: MatchedBy, column: str, shown: str) -> Match:
        """Return named clauses as far as they are scored for the unit; cases are pointed to their own sheet."""
        pairs, troubles = [], []
        for code in dict.fromkeys(codes):
            clause = self.rulebook.clause[code]
            term = clause.term_for(unit.name)
            if term is None:
                troubles.append(Trouble("clause-not-scored", column, shown, (("unit", unit.name),)))
            elif term.traits.read_from is ReadFrom.CASES:
                troubles.append(Trouble("case-in-work", column, shown))
            else:
                pairs.append((clause, term))
        return Match(tuple(pairs), by, tuple(dict.fromkeys(troubles)))

    def _whole_task(self, unit: Unit, task: int, by: MatchedBy, column: str, shown: str) -> Match:
        """Return every deduction clause of a task that is scored for the unit and stated in rows like this one."""
        pairs = tuple(
            (c, t) for c, t in self.rulebook.terms_of[unit.name] if c.task == task and t.traits.answers_task_row
        )
        missing = () if pairs else (Trouble("clause-not-scored", column, shown, (("unit", unit.name),)),)
        return Match(pairs, by, missing)

    # --- by number
    def _by_number(self, unit: Unit, row: RowText, value: object, column: str) -> Match:
        shown = as_text(value)
        read = NUMBER.fullmatch(fold(shown))
        number = int(read[1]) if read else 0
        if number not in self.rulebook.task:
            return self._no_such_task(unit, row, shown, column)
        requirement, goal = self.phrases.fits(row.requirement), self.phrases.fits(row.goal)
        contrary = self._contradicting(number, requirement, goal)
        special = self._by_words(unit, row, number if contrary is None else None)
        if special is not None and contrary is None:
            return special
        if contrary is None:
            return self._in_task(unit, row, number, (requirement.get(number), goal.get(number)), column, shown)
        match = self._by_text(unit, row)
        named = "、".join(clause.code for clause, _ in match.pairs)
        warning = Trouble("number-contradicted", column, shown, (("clauses", named),))
        return Match(match.pairs, match.by, (warning, *match.troubles) if named else match.troubles, match.failed)

    def _no_such_task(self, unit: Unit, row: RowText, shown: str, column: str) -> Match:
        """Report a number that is no task; under 序号 it may be a running number, and the text decides."""
        if row.running and row.said:
            match = self._by_text(unit, row)
            if match.pairs:
                named = "、".join(clause.code for clause, _ in match.pairs)
                warning = Trouble("number-contradicted", column, shown, (("clauses", named),))
                return Match(match.pairs, match.by, (warning, *match.troubles))
        ends = (("first", min(self.rulebook.task)), ("last", max(self.rulebook.task)))
        return Match(troubles=(Trouble("task-unknown", column, shown, ends),), failed=True)

    def _contradicting(self, number: int, requirement: dict[int, Fit], goal: dict[int, Fit]) -> Fit | None:
        """Return the fit by which the text speaks of another task, and says nothing else; None where it does not."""
        own = max((f.share for f in (requirement.get(number), goal.get(number)) if f), default=0.0)
        others = [f for fits in (requirement, goal) for f in fits.values() if f.task != number]
        best = max(others, key=lambda fit: fit.strength, default=None)
        return best if best is not None and best.share >= FULL > own else None

    def _in_task(
        self, unit: Unit, row: RowText, number: int, fits: tuple[Fit | None, Fit | None], column: str, shown: str
    ) -> Match:
        """Return the clauses of a numbered task that the text names, else all of the task."""
        for fit in fits:
            if fit and fit.clauses:
                codes = self._untied(unit, fit)
                if len(codes) > 1 and fit.tied:
                    return self._unclear(row, list(codes))
                return self._one_or_task(unit, codes, number, MatchedBy.NUMBER, column, shown)
        return self._whole_task(unit, number, MatchedBy.NUMBER, column, shown)

    def _untied(self, unit: Unit, fit: Fit) -> tuple[str, ...]:
        """Keep of tied clauses those that are scored for the unit, where any is."""
        if not fit.tied:
            return fit.clauses
        scored = tuple(code for code in fit.clauses if self.rulebook.clause[code].term_for(unit.name))
        return scored or fit.clauses

    def _one_or_task(
        self, unit: Unit, codes: tuple[str, ...], task: int, by: MatchedBy, column: str, shown: str
    ) -> Match:
        """Return one named clause as it is; of several, those that a row for a whole task speaks for."""
        if len(codes) == 1:
            return self._named(unit, codes, by, column, shown)
        whole = self._whole_task(unit, task, by, column, shown)
        kept = tuple((clause, term) for clause, term in whole.pairs if clause.code in codes)
        return Match(kept, by) if kept else self._named(unit, codes, by, column, shown)

    # --- by text
    def _by_text(self, unit: Unit, row: RowText) -> Match:
        column, shown = row.text_column, row.requirement or row.goal
        if not row.said:
            return Match(troubles=(Trouble("clause-missing", "status", ""),), failed=True)
        special = self._by_words(unit, row, None)
        if special is not None:
            return special
        best = self._best_tasks(row)
        if not best:
            return Match(troubles=(Trouble("clause-unknown", column, shown),), failed=True)
        if len(best) > 1:
            best = [fit for fit in best if self._is_scored(unit, fit)] or best
        return self._fitting(unit, row, best)

    def _fitting(self, unit: Unit, row: RowText, best: list[Fit]) -> Match:
        """Return the clauses of the one task that a text fits best; of several tasks none is chosen."""
        column, shown = row.text_column, row.requirement or row.goal
        if len(best) > 1:
            return self._unclear(row, [code for fit in best for code in self._codes(fit)])
        fit = best[0]
        codes = self._untied(unit, fit)
        if fit.tied and len(codes) > 1:
            return self._unclear(row, list(codes))
        if not codes:
            return self._whole_task(unit, fit.task, MatchedBy.TEXT, column, shown)
        return self._one_or_task(unit, codes, fit.task, MatchedBy.TEXT, column, shown)

    def _best_tasks(self, row: RowText) -> list[Fit]:
        """Return the tasks that the row's two texts fit best together; the requirement names the clause."""
        requirement, goal = self.phrases.fits(row.requirement), self.phrases.fits(row.goal)
        if not requirement or not goal:
            return _strongest(list((requirement or goal).values()))
        both = [task for task in requirement if task in {fit.task for fit in _strongest(list(goal.values()))}]
        if both:
            chosen = _strongest([requirement[task] for task in both])
            return [fit if fit.clauses or not goal[fit.task].clauses else goal[fit.task] for fit in chosen]
        strong = [fits for fits in (requirement, goal) if any(fit.share >= FULL for fit in fits.values())]
        return [fit for fits in strong or (requirement, goal) for fit in _strongest(list(fits.values()))]

    def _by_words(self, unit: Unit, row: RowText, number: int | None) -> Match | None:
        """Read a row by the words that a clause must, and must not, hold; None where no clause asks for that."""
        text = plain(row.said)
        by = MatchedBy.TEXT if number is None else MatchedBy.NUMBER
        for clause in self.worded:
            if all(plain(word) in text for word in clause.all_of) and self._is_of(row, clause, number):
                if any(plain(word) in text for word in clause.none_of):
                    return self._whole_task(unit, clause.task, by, row.text_column, row.said)
                term = clause.term_for(unit.name)
                return Match(((clause, term),), by) if term else None
        return None

    def _is_of(self, row: RowText, clause: Clause, number: int | None) -> bool:
        """Tell whether a row is of a clause's task: by its number, else by a text that is no other task's sentence."""
        if number is not None:
            return number == clause.task
        best = self._best_tasks(row)
        return not best or any(fit.task == clause.task for fit in best)

    def _is_scored(self, unit: Unit, fit: Fit) -> bool:
        scored = {clause.code for clause, _ in self.rulebook.terms_of[unit.name]}
        return any(code in scored for code in self._codes(fit))

    def _codes(self, fit: Fit) -> tuple[str, ...]:
        return fit.clauses or tuple(clause.code for clause in self.rulebook.clauses if clause.task == fit.task)

    def _unclear(self, row: RowText, codes: list[str]) -> Match:
        shown = row.requirement or row.goal
        fields = (("clauses", "、".join(codes)),)
        return Match(troubles=(Trouble("clause-unclear", row.text_column, shown, fields),), failed=True)


def _said(value: object) -> str:
    """Return a code or number as it is compared; a dash says nothing."""
    said = fold(CODE_GAP.sub("、", as_text(value))).upper()
    return "" if said in DASHES else said


def _strongest(fits: list[Fit]) -> list[Fit]:
    """Return the fits that none is better than, in the order of the tasks."""
    best = max((fit.strength for fit in fits), default=None)
    return sorted((fit for fit in fits if fit.strength == best), key=lambda fit: fit.task)

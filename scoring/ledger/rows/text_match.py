"""How well a row's text fits the rules' own sentences: whole, shortened, or holding several of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from scoring.model.rules import Clause, Rulebook, Task
from scoring.words.statuses import fold

EXACT, PART, THINNED = 3, 2, 1  # the text is a sentence; it is a piece of one; it is one with words left out
SHORTEST_HELD = 4  # characters of a sentence that a longer text is said to hold
SHORTEST_PART = 2
SHORTEST_THINNED, THINNED_SHARE = 6, 0.5
FULL = 0.9  # from here on a text says nothing else
ENOUGH, ENOUGH_CHARACTERS = 0.5, 8
LONGEST_TEXT = 600
# where one sentence of a cell ends: 公布指南；优化流程。
BREAK = re.compile(r"[\n\r;；。]")
# the number in front of a sentence, not an amount: 1.公布指南, (2)优化流程, 3公示; 30个工作日 stays
NUMBERING = re.compile(r"^[(]?\d{1,2}(?:[.、)](?!\d)|(?=[^\d.%年月日个次户分小]))")
# what is left out when sentences are compared: 、（）“” and blanks; 50% keeps its sign
MARKS = re.compile(r"[^\w%]|_")


@lru_cache(maxsize=8192)
def plain_parts(text: str) -> tuple[str, ...]:
    """Cut a text into its sentences, each without numbering, punctuation and white space."""
    parts = (MARKS.sub("", NUMBERING.sub("", fold(part))) for part in BREAK.split(text[:LONGEST_TEXT]))
    return tuple(part for part in parts if part)


def plain(text: str) -> str:
    r"""Return a text without numbering, punctuation and white space.

    >>> plain("1.划定情形并出台文件；\\n2.对外公布")
    '划定情形并出台文件对外公布'
    """
    return "".join(plain_parts(text))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence of the rules. ``clause`` is ``""`` where it names a whole task."""

    text: str
    task: int
    clause: str


@dataclass(frozen=True, slots=True)
class Fit:
    """How a text fits one task. ``share`` is how much of the text is accounted for, from 0 to 1.

    ``clauses`` are those that it names, none where it names the task as a whole; ``tied`` True: it is one of them, and
    which one cannot be told.
    """

    task: int
    share: float
    level: int
    clauses: tuple[str, ...]
    tied: bool = False

    @property
    def strength(self) -> tuple[float, int]:
        """Tell which fit is better."""
        return round(self.share, 2), self.level


class Phrases:
    """All sentences of a rulebook, ready for comparing."""

    def __init__(self, rulebook: Rulebook) -> None:
        phrases = {p for task in rulebook.tasks for p in _of_task(task)}
        phrases |= {p for clause in rulebook.clauses for p in _of_clause(clause)}
        self.order = {clause.code: number for number, clause in enumerate(rulebook.clauses)}
        self.phrases = sorted(phrases, key=lambda p: (-len(p.text), p.text, p.task, p.clause))
        self._with_letter: dict[str, set[int]] = {}  # the places of the phrases that hold a letter
        self._begun_by: dict[str, list[int]] = {}  # of those long enough to be held, by their first letters
        for place, phrase in enumerate(self.phrases):
            for letter in set(phrase.text):
                self._with_letter.setdefault(letter, set()).add(place)
            if len(phrase.text) >= SHORTEST_HELD:
                self._begun_by.setdefault(phrase.text[:SHORTEST_HELD], []).append(place)
        self._exact: dict[str, list[Phrase]] = {}
        for phrase in self.phrases:
            self._exact.setdefault(phrase.text, []).append(phrase)
        self._titles = {plain(clause.title) for clause in rulebook.clauses}
        self._known: dict[str, dict[int, Fit]] = {}

    def fits(self, text: str) -> dict[int, Fit]:
        """Return, by task, how a text fits it; empty where it fits none."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._fits(plain(text))
        return known

    def _fits(self, text: str) -> dict[int, Fit]:
        if len(text) < SHORTEST_PART:
            return {}
        if text in self._exact:
            return self._by_task([(phrase, EXACT) for phrase in self._exact[text]], text)
        whole = [(phrase, level) for phrase in self._near(text) if (level := _level(text, phrase.text))]
        if whole:
            return self._by_task(whole, text)
        contained = self._contained(text)
        return {
            task: fit for task in {p.task for p in contained} if (fit := self._held(text, task, contained)) is not None
        }

    def _near(self, text: str) -> list[Phrase]:
        """Return the phrases that hold all letters of a text: a shortened phrase has none of its own."""
        sets = [self._with_letter.get(letter) for letter in set(text)]
        places = [known for known in sets if known is not None]
        if len(places) < len(sets):
            return []
        return [self.phrases[place] for place in sorted(set.intersection(*places))]

    def _contained(self, text: str) -> list[Phrase]:
        """Return the phrases that a text holds, in their order."""
        starts = {text[at : at + SHORTEST_HELD] for at in range(len(text) - SHORTEST_HELD + 1)}
        begun = sorted(place for start in self._begun_by.keys() & starts for place in self._begun_by[start])
        return [self.phrases[place] for place in begun if self.phrases[place].text in text]

    def _by_task(self, found: list[tuple[Phrase, int]], text: str) -> dict[int, Fit]:
        """Sum up per task the phrases that account for all of a text; a task's own phrase goes before its clauses'."""
        fits = {}
        for task in {phrase.task for phrase, _ in found}:
            best = max(level for phrase, level in found if phrase.task == task)
            named = {phrase.clause for phrase, level in found if phrase.task == task and level == best}
            clauses = () if "" in named and len(named) > 2 else self._sorted(named - {""})
            share = 1.0 if best > THINNED else FULL
            inside = self._inside(text, task) if not clauses and best < EXACT else ()
            fits[task] = Fit(task, share, best, clauses or inside, tied=len(clauses) > 1)
        return fits

    def _inside(self, text: str, task: int) -> tuple[str, ...]:
        """Return the clauses of which a piece of a task's cell holds a whole sentence; their short titles are none."""
        held = (p for p in self.phrases if p.task == task and p.clause and p.text in text)
        return self._sorted({p.clause for p in held if p.text not in self._titles and len(p.text) >= SHORTEST_HELD})

    def _held(self, text: str, task: int, held: list[Phrase]) -> Fit | None:
        """Sum up the phrases of one task that a longer text holds; a phrase inside a longer one's place is not counted."""
        covered, clauses = [False] * len(text), set()
        for phrase in held:
            if phrase.task == task:
                at = text.find(phrase.text)
                while at >= 0:
                    span = range(at, at + len(phrase.text))
                    if not all(covered[i] for i in span) or phrase.clause in clauses:
                        clauses.add(phrase.clause)
                    for i in span:
                        covered[i] = True
                    at = text.find(phrase.text, at + 1)
        share = sum(covered) / len(text)
        if share < ENOUGH and sum(covered) < ENOUGH_CHARACTERS:
            return None
        return Fit(task, share, PART, self._sorted(clauses - {""}))

    def _sorted(self, codes: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(codes, key=lambda code: self.order[code]))


def _level(text: str, phrase: str) -> int:
    """Tell how a text is a shortened phrase: a piece of it, or it with words left out; 0 where it is neither."""
    if len(text) >= len(phrase):
        return 0
    if text in phrase:
        return PART
    if len(text) < SHORTEST_THINNED or len(text) < len(phrase) * THINNED_SHARE:
        return 0
    rest = iter(phrase)
    return THINNED if all(character in rest for character in text) else 0


def _of_task(task: Task) -> Iterable[Phrase]:
    """Return a task's sentences: its goal, and each cell of the table whole and cut into its sentences."""
    for cell in (task.goal, task.work, task.requirement, *task.columns.values()):
        whole = plain(cell)
        if whole:
            yield Phrase(whole, task.no, "")
    for cell in (task.work, task.requirement):
        for part in plain_parts(cell):
            if len(part) >= SHORTEST_HELD:
                yield Phrase(part, task.no, "")


def _of_clause(clause: Clause) -> Iterable[Phrase]:
    """Return a clause's sentences: its title, its quotes, its further wordings."""
    for text in (clause.title, *clause.words, *(term.quote for term in clause.terms)):
        for wording in (plain(text), *(plain_parts(text) if text in clause.words else ())):
            if wording:
                yield Phrase(wording, clause.task, clause.code)

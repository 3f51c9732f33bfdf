"""Judge under many readings without judging twice: what was asked of the policy decides what can be used again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from functools import partial
from operator import itemgetter
from typing import Any, Generic, TypeVar

from scoring.judging.assess import judge_clause, put_together
from scoring.judging.rank import score_card
from scoring.methods.dossier import Dossier
from scoring.methods.question import Question
from scoring.model.boards import ScoreCard
from scoring.model.findings import Finding
from scoring.model.policy import Policy
from scoring.model.rules import Clause, Rulebook, Term

Answer = TypeVar("Answer")
Picked = Callable[[Mapping[str, str]], object]
POLICIES = frozenset(field.name for field in fields(Policy))


class WatchedPolicy(Policy):
    """A policy that notes which of its readings are asked for, and is otherwise the same.

    Judging is a pure function: it takes the same course under every policy that gives the same answers to what it asked.
    """

    __slots__ = ("asked",)
    asked: set[str]

    def __getattribute__(self, name: str) -> Any:  # Any: as attribute access is
        if name in POLICIES:
            object.__getattribute__(self, "asked").add(name)
        return object.__getattribute__(self, name)


def watched(policy: Policy) -> WatchedPolicy:
    """Return a policy that is watched, with nothing asked of it yet."""
    copy = WatchedPolicy(**{name: getattr(policy, name) for name in POLICIES})
    object.__setattr__(copy, "asked", set())
    return copy


class Remembered(Generic[Answer]):
    """Answers by what was asked to find them. It has state because it is what saves judging again.

    An answer found by asking some policies holds for every policy that agrees on these.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], tuple[Picked, dict[object, tuple[Answer, tuple[str, ...]]]]] = {}

    def answer(
        self, readings: Mapping[str, str], find: Callable[[], tuple[Answer, Iterable[str]]]
    ) -> tuple[Answer, tuple[str, ...]]:
        """Return what is known, or find it; with the names of the policies that it hangs on."""
        for picked, answers in self._known.values():
            known = answers.get(picked(readings))
            if known is not None:
                return known
        answer, asked = find()
        names = tuple(sorted(asked))
        picked, answers = self._known.setdefault(names, (itemgetter(*names) if names else _none, {}))
        answers[picked(readings)] = answer, names
        return answer, names


class UnitMemory:
    """One dossier of one unit, judged for one day and one counties' median under any number of readings."""

    def __init__(self, dossier: Dossier, rulebook: Rulebook, as_of: date, city: Decimal | None) -> None:
        self.dossier, self.rulebook, self.as_of, self.city = dossier, rulebook, as_of, city
        self.findings: dict[str, Remembered[Finding]] = {
            c.code: Remembered() for c, _ in rulebook.terms_of[dossier.unit]
        }
        self.cards: Remembered[ScoreCard] = Remembered()

    def card(self, policy: Policy, readings: Mapping[str, str]) -> ScoreCard:
        """Return the unit's card under a policy, its rank still 0 and without remarks on other units."""
        return self.cards.answer(readings, lambda: self._card(policy, readings))[0]

    def _card(self, policy: Policy, readings: Mapping[str, str]) -> tuple[ScoreCard, set[str]]:
        asked: set[str] = set()
        judged = []
        for clause, term in self.rulebook.terms_of[self.dossier.unit]:
            find = partial(self._judged, clause, term, policy)
            finding, names = self.findings[clause.code].answer(readings, find)
            judged.append(finding)
            asked.update(names)
        seen = watched(policy)
        findings = put_together(judged, self.dossier, self.rulebook, seen)
        card = score_card(self.dossier, findings, self.rulebook, seen)
        return card, asked | seen.asked

    def _judged(self, clause: Clause, term: Term, policy: Policy) -> tuple[Finding, set[str]]:
        seen = watched(policy)
        question = Question(self.dossier, clause, term, self.rulebook, self.as_of, seen, self.city)
        return judge_clause(question), seen.asked


def _none(_readings: Mapping[str, str]) -> None:
    """Pick no reading: what an answer that asked for none hangs on."""

"""The record of a method: all that anybody may ask of a way of judging a clause, in one value."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from scoring.methods.drafting import Candidate, Draft, draft_done
from scoring.methods.question import NO_POINTS, Question
from scoring.methods.simulating import Setting, prove_statements, state_once
from scoring.methods.statements import states_readably
from scoring.model.changes import STATED, Act
from scoring.model.facts import Facts, Statement
from scoring.model.findings import Finding, Outcome
from scoring.model.rules import Term
from scoring.model.traits import MethodTraits


def cost_once(question: Question) -> Decimal:
    """Return the clause's points once; a bonus costs nothing."""
    return NO_POINTS if question.term.is_bonus else question.term.points


def accept_as_done(question: Question) -> tuple[Outcome, Decimal]:
    """Count what a reviewer accepts as done in time; a bonus is earned once."""
    return (Outcome.EARNED, question.term.points) if question.term.is_bonus else (Outcome.MET, NO_POINTS)


def no_numbers(_: Term) -> range:
    """Offer no number."""
    return range(0)


def nothing_to_come(_: Question, __: Finding) -> Sequence[Decimal]:
    """Return nothing that a bonus may come to once its row is understood."""
    return ()


@dataclass(frozen=True, slots=True)
class Method:
    """One way of judging a clause. What is left out is the usual: a matter stated done or not done, once.

    ``judge`` is the sentence of the rules. ``full_fault`` is what a clause costs at worst where a reviewer does not accept
    it, ``at_worst`` where nothing at all goes well (None: no more), ``accepted`` what it comes to when a reviewer accepts
    it, and ``as_found`` the points of the number that one found who does not (None: it has no number). ``states`` tells
    whether a statement says something. ``is_outranked`` True: a later statement outranks a ruling again.

    ``acts`` are what a what-if may do to a clause, ``simulate`` writes such a change into the facts, ``prove`` gives
    evidence to what was said, and ``numbers`` are those that a click may set.

    ``drafts`` are what a unit may still do. ``why_lost`` says why nothing that a unit states can mend it (empty: where
    something can). ``at_the_close`` is what a finding costs at the close where nothing more is done (None: it is judged
    again on that day). ``to_come`` lists what a bonus may come to once its unreadable row is understood.
    """

    traits: MethodTraits
    judge: Callable[[Question], Finding]
    full_fault: Callable[[Question], Decimal] = cost_once
    accepted: Callable[[Question], tuple[Outcome, Decimal]] = accept_as_done
    as_found: Callable[[Question, int], Decimal] | None = None
    at_worst: Callable[[Question], Decimal] | None = None
    states: Callable[[Statement], bool] = states_readably
    is_outranked: bool = False
    acts: frozenset[Act] = STATED
    simulate: Callable[[Facts, Setting], Facts] = state_once
    prove: Callable[[Facts, Setting], Facts] = prove_statements
    numbers: Callable[[Term], range] = no_numbers
    drafts: Callable[[Candidate], Iterator[Draft]] = draft_done
    why_lost: str = ""
    at_the_close: Callable[[Question, Finding], Decimal] | None = None
    to_come: Callable[[Question, Finding], Sequence[Decimal]] = nothing_to_come

"""Opening the desk: the one place that decides which facts a viewer's pages see, and whose database they come from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from scoring.model.rules import Rulebook
from scoring.rulebook.policies import fitting
from scoring.rulebook.unit_names import find_unit
from scoring.store import Store
from ui.session import access, cache, state
from ui.session.access import NotAllowedError
from ui.session.desk import Desk, as_seen
from ui.session.view import View, default_day


def seen_store(rulebook: Rulebook, bound: Sequence[str], *, examples: bool) -> Store:
    """Return the database as somebody may see it: whole, or cut to the units that they are bound to (none: whole).

    Raises:
        NotAllowedError: the rules know none of these units.
    """
    whole = cache.store(examples=examples)
    if not bound:
        return whole
    units = [unit.name for name in bound if (unit := find_unit(rulebook, name)) and not unit.left_out]
    if not units:
        raise NotAllowedError(
            f"{rulebook.assessment.year}年度的细则里没有您的单位（{'、'.join(bound)}），请联系管理员。"
        )
    return cache.unit_store(whole, tuple(sorted(units)))


def seen_rulebook(rulebook: Rulebook, *, examples: bool) -> Rulebook:
    """Return rules as whoever is at the screen may see them scored."""
    return as_seen(rulebook, seen_store(rulebook, access.person().units, examples=examples))


def official_desk(year: int | None, as_of: date | None, bound: Sequence[str]) -> Desk:
    """Return the desk of a year (None: that of ``rules.toml``) at a day (None: today) under the official readings.

    It is of the real ledgers as they are known now, cut to the units that the asker is bound to (none: whole).

    Raises:
        RulebookError: the rules cannot be used.
        StoreError: the database cannot be opened, or the rules know none of the units.
    """
    whole = cache.rulebook(cache.year(year, examples=False), None, examples=False)
    store = seen_store(whole, bound, examples=False)
    rulebook, of_year = as_seen(whole, store), whole.assessment.year
    policy = fitting(rulebook, store.policy(of_year))
    day = as_of or default_day(rulebook)
    return Desk(False, store, rulebook, store.fingerprint(of_year), None, day, policy, policy)


def open_desk(view: View, rulebook: Rulebook) -> Desk:
    """Put together what a view looks at; its facts are read at once, so that they are what ``facts_hash`` names."""
    store, year = seen_store(rulebook, access.person().units, examples=view.examples), rulebook.assessment.year
    newest = store.newest()  # before the facts: what comes in between is looked at once too often, never unseen
    facts_hash = store.fingerprint(year, view.known_at)
    cache.facts_at(store, year, facts_hash, view.known_at)
    seen = state.seen_on(store.address)
    return Desk(
        view.examples, store, rulebook, facts_hash, view.known_at, view.as_of, view.policy, view.official,
        newest, newest if seen is None else seen,
    )  # fmt: skip


def real_store() -> Store:
    """Return the database of the real ledgers, whatever is looked at: where what concerns everybody is kept."""
    return cache.store(examples=False)

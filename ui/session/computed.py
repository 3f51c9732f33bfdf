"""Answers and papers that are computed once; every key names the content (see ``ui.session.cache``, which keeps what they rest on)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256

import streamlit as st

from scoring.analysis.actions import Action, single_actions
from scoring.analysis.blockers import Blocker
from scoring.analysis.blockers import blockers as blockers_of
from scoring.analysis.consistency import Inconsistency
from scoring.analysis.consistency import inconsistencies as inconsistencies_of
from scoring.analysis.improvement import Improvement, Plan, Rivals, best_plans, improve
from scoring.analysis.intervals import Outlook, RankChances
from scoring.analysis.intervals import chances as chances_of_ranks
from scoring.analysis.intervals import outlook as outlook_of
from scoring.analysis.movement import Movement, account
from scoring.analysis.open_items import OpenItem
from scoring.analysis.plays import Play, play
from scoring.analysis.policy_combinations import Readings, boards_under, read_every_way
from scoring.analysis.position import Position
from scoring.analysis.rule_changes import RuleChange, change_rules
from scoring.analysis.ruling_queue import Matter
from scoring.analysis.ruling_queue import matters as matters_of
from scoring.analysis.verification import Check
from scoring.analysis.verification import checks as checks_of
from scoring.calendar.clock import day_of
from scoring.documents.answer import Table, answer_xlsx
from scoring.documents.bulletin import bulletin_docx
from scoring.documents.scores import scores_xlsx
from scoring.documents.unit_deductions import unit_deductions_xlsx
from scoring.documents.unit_sheets import unit_sheets_docx
from scoring.model.board_json import board_to_json
from scoring.model.boards import Board
from scoring.model.policy import Policy
from scoring.model.publications import Publication
from scoring.model.rules import Rulebook
from scoring.rulebook.read import parse_rulebook
from scoring.scenario.text import parse_scenario
from scoring.store import Store
from ui.session import cache


def deductions(board: Board, unit: str) -> bytes:
    """Return a unit's 扣分单 as ``.xlsx``."""
    return unit_deductions_xlsx(board, cache.rules_of(board.rules, examples=False) or cache.rulebook(), unit)


def readings(as_of: date, policy: Policy, *, examples: bool) -> Readings:
    """Return the board under every combination of readings, and what hangs on which."""
    return _readings(cache.position(as_of, policy, examples=examples), cache.key_of(as_of, policy, examples=examples))


@st.cache_resource(max_entries=2, show_spinner="正在按全部读法各算一遍……")
def _readings(_position: Position, key: cache.Key) -> Readings:
    return read_every_way(_position)


def otherwise(as_of: date, policy: Policy, others: Sequence[Policy], *, examples: bool) -> tuple[Board, ...]:
    """Return the board under each of other policies."""
    key = cache.key_of(as_of, policy, examples=examples)
    asked = tuple(tuple(other.as_dict().values()) for other in others)
    return _otherwise(cache.position(as_of, policy, examples=examples), others, key, asked)


@st.cache_resource(max_entries=16, show_spinner=False)
def _otherwise(
    _position: Position, _others: Sequence[Policy], key: cache.Key, asked: tuple[tuple[str, ...], ...]
) -> tuple[Board, ...]:
    return tuple(boards_under(_position, _others))


def played(as_of: date, policy: Policy, scenario: str, title: str, *, examples: bool) -> Play:
    """Return a scenario, given as its text, played out."""
    found = cache.position(as_of, policy, examples=examples)
    return _played(found, cache.key_of(as_of, policy, examples=examples), scenario, title)


@st.cache_resource(max_entries=32, show_spinner=False)
def _played(_position: Position, key: cache.Key, scenario: str, title: str) -> Play:
    return play(_position, parse_scenario(scenario, _position.rulebook).scenario, title)


def actions(as_of: date, policy: Policy, unit: str, *, examples: bool) -> tuple[Action, ...]:
    """Return what each single action of a unit is worth."""
    found = cache.position(as_of, policy, examples=examples)
    return _actions(found, cache.key_of(as_of, policy, examples=examples), unit)


@st.cache_resource(max_entries=64, show_spinner="正在逐个试算……")
def _actions(_position: Position, key: cache.Key, unit: str) -> tuple[Action, ...]:
    return single_actions(_position, unit)


def improvement(
    as_of: date,
    policy: Policy,
    unit: str,
    target: int,
    rivals: Rivals,
    effort: Mapping[str, Decimal],
    *,
    examples: bool,
) -> Improvement:
    """Return the cheapest actions that lead a unit to a rank; ``effort`` is what one action on a clause costs."""
    found = cache.position(as_of, policy, examples=examples)
    costs, key = tuple(sorted(effort.items())), cache.key_of(as_of, policy, examples=examples)
    best = _best_plans(found, key, found.rulebook.unit[unit].kind) if rivals is Rivals.BEST else None
    return _improvement(found, best, key, unit, target, rivals, costs)


@st.cache_resource(max_entries=64, show_spinner="正在试遍各种做法……")
def _improvement(
    _position: Position,
    _best: Mapping[str, Plan] | None,
    key: cache.Key,
    unit: str,
    target: int,
    rivals: Rivals,
    costs: tuple[tuple[str, Decimal], ...],
) -> Improvement:
    return improve(_position, unit, target, rivals=rivals, effort=dict(costs), best_of_all=_best)


@st.cache_resource(max_entries=8, show_spinner="正在替其他单位试遍各种做法……")
def _best_plans(_position: Position, key: cache.Key, kind: str) -> Mapping[str, Plan]:
    return best_plans(_position, kind)


def outlook(as_of: date, policy: Policy, *, examples: bool) -> Outlook:
    """Return what is open, and the ranks that each unit can still reach."""
    return _outlook(cache.position(as_of, policy, examples=examples), cache.key_of(as_of, policy, examples=examples))


@st.cache_resource(max_entries=16, show_spinner="正在推算名次区间……")
def _outlook(_position: Position, key: cache.Key) -> Outlook:
    return outlook_of(_position)


def chances(
    as_of: date, policy: Policy, good: Mapping[str, Fraction], even: Decimal, *, examples: bool
) -> tuple[RankChances, ...]:
    """Return the chance of every rank; ``good`` is item -> chance of its best outcome, ``even`` the others' in percent."""
    found = cache.position(as_of, policy, examples=examples)
    items = outlook(as_of, policy, examples=examples).items
    return _chances(found, items, cache.key_of(as_of, policy, examples=examples), tuple(sorted(good.items())), even)


@st.cache_resource(max_entries=32, show_spinner="正在推算概率……")
def _chances(
    _position: Position,
    _items: tuple[OpenItem, ...],
    key: cache.Key,
    good: tuple[tuple[str, Fraction], ...],
    even: Decimal,
) -> tuple[RankChances, ...]:
    return chances_of_ranks(_position, _items, dict(good), otherwise=Fraction(even) / 100)


def checks(as_of: date, policy: Policy, kind: str, *, examples: bool) -> tuple[Check, ...]:
    """Return every single ruling that would change either end of a kind's ranking."""
    return _checks(
        cache.position(as_of, policy, examples=examples), cache.key_of(as_of, policy, examples=examples), kind
    )


@st.cache_resource(max_entries=16, show_spinner="正在逐项试算认定……")
def _checks(_position: Position, key: cache.Key, kind: str) -> tuple[Check, ...]:
    return checks_of(_position, _position.rulebook.kinds[kind])


def inconsistencies(as_of: date, policy: Policy, *, examples: bool) -> tuple[Inconsistency, ...]:
    """Return what is ruled differently though alike."""
    return _inconsistencies(
        cache.position(as_of, policy, examples=examples), cache.key_of(as_of, policy, examples=examples)
    )


@st.cache_resource(max_entries=8, show_spinner=False)
def _inconsistencies(_position: Position, key: cache.Key) -> tuple[Inconsistency, ...]:
    return inconsistencies_of(_position)


def rule_change(as_of: date, policy: Policy, edited: bytes, *, examples: bool) -> RuleChange:
    """Return what an edited rule file would do.

    Raises:
        RulebookError: it cannot be used.
    """
    found = cache.position(as_of, policy, examples=examples)
    sha = sha256(edited).hexdigest()
    return _rule_change(found, cache.key_of(as_of, policy, examples=examples), edited, sha)


@st.cache_resource(max_entries=4, show_spinner="正在按改后的细则重算……")
def _rule_change(_position: Position, key: cache.Key, _edited: bytes, sha: str) -> RuleChange:
    return change_rules(_position, parse_rulebook(_edited, lenient=True))


def answer(
    title: str, says: Sequence[str], tables: Mapping[str, Table], position: Position, known: str, *, simulated: bool
) -> bytes:
    """Return an answer as ``.xlsx``; ``known`` is the fingerprint of the facts it rests on."""
    return answer_xlsx(title, says, tables, position.board, position.rulebook, known, simulated=simulated)


def matters(as_of: date, policy: Policy, *, examples: bool) -> tuple[Matter, ...]:
    """Return what awaits a ruling."""
    position, key = cache.position(as_of, policy, examples=examples), cache.key_of(as_of, policy, examples=examples)
    return _matters(position, cache.store(examples=examples), key)


@st.cache_resource(max_entries=8, show_spinner=False)
def _matters(_position: Position, _store: Store, key: cache.Key) -> tuple[Matter, ...]:
    return matters_of(_position, {one.upload: day_of(one.received_at) for one in _store.uploads()})


def blockers(as_of: date, policy: Policy, *, examples: bool) -> tuple[Blocker, ...]:
    """Return what stands in the way of making a board final."""
    found = matters(as_of, policy, examples=examples)
    return blockers_of(cache.position(as_of, policy, examples=examples), found)


@st.cache_data(max_entries=12, show_spinner=False)
def _paper(
    kind: str, board: str, rules: str, receipt: str, _parts: tuple[Board, Rulebook, Publication | None]
) -> bytes:
    found, rulebook_, given = _parts
    if kind == "bulletin":
        return bulletin_docx(found, rulebook_, given)
    return scores_xlsx(found, rulebook_, given) if kind == "scores" else unit_sheets_docx(found, rulebook_, None, given)


def _paper_of(kind: str, board: Board, rules: Rulebook, receipt: Publication | None) -> bytes:
    key = sha256(board_to_json(board).encode()).hexdigest()
    return _paper(kind, key, rules.fingerprint, repr(receipt), (board, rules, receipt))


def bulletin(board: Board, rules: Rulebook, receipt: Publication | None) -> bytes:
    """Return the 通报 of a board as ``.docx``."""
    return _paper_of("bulletin", board, rules, receipt)


def score_table(board: Board, rules: Rulebook, receipt: Publication | None) -> bytes:
    """Return the 得分表 of a board as ``.xlsx``."""
    return _paper_of("scores", board, rules, receipt)


def unit_sheets(board: Board, rules: Rulebook, receipt: Publication | None) -> bytes:
    """Return the 一县一单 of a board as ``.docx``, a page a unit."""
    return _paper_of("sheets", board, rules, receipt)


def position_of(receipt: Publication, board: Board, *, examples: bool) -> Position | None:
    """Return what a final board was computed from; None where its rules were not kept."""
    held, rules = cache.store(examples=examples), cache.rules_of(receipt.rules, examples=examples)
    if rules is None:
        return None
    moment = receipt.known_at or receipt.published_at
    found = cache.facts_at(held, str(held.path), board.year, held.fingerprint(board.year, moment), moment)
    return Position(found, rules, board.as_of, board.policy)


def position_at(as_of: date, moment: datetime | None, *, examples: bool) -> Position | None:
    """Return what the official board of a day was at a moment (None: is now); None where its rules were not kept.

    Facts, rulings, policy and rules are those of the moment.
    """
    held = cache.store(examples=examples)
    year = cache.year()
    recorded = held.rules_at(year, moment)
    rules = cache.rules_of(recorded[0], examples=examples) if recorded else cache.rulebook()
    found = cache.facts_at(held, str(held.path), year, held.fingerprint(year, moment), moment)
    return Position(found, rules, as_of, held.policy(year, moment)) if rules else None


@st.cache_resource(max_entries=8, show_spinner="正在逐步比较……")
def _movement(_before: Position, _after: Position, before: cache.Key, after: cache.Key) -> Movement:
    return account(_before, _after)


def movement(before: Position, after: Position, names: tuple[str, str]) -> Movement:
    """Return the account of the way from one board to another; ``names`` are the fingerprints of their facts."""
    keys = [
        (name, found.rulebook.fingerprint, found.as_of, tuple(found.policy.as_dict().values()))
        for name, found in zip(names, (before, after), strict=True)
    ]
    return _movement(before, after, keys[0], keys[1])

"""The desk of a view: everything that a page's figures rest on, under one name, and all that a page may ask of it.

``ui.session.opening`` puts it together once a run and decides which facts a viewer's pages see. Whatever narrows or widens
a view (a year, the units of a viewer) is a field here, a part of ``key``, and nothing to the pages.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from typing import TypeAlias

from scoring.analysis.actions import Action, single_actions
from scoring.analysis.chances import RankChances
from scoring.analysis.chances import chances as chances_of_ranks
from scoring.analysis.consistency import Inconsistency
from scoring.analysis.consistency import inconsistencies as inconsistencies_of
from scoring.analysis.improvement import Improvement, Plan, Rivals, best_plans, improve
from scoring.analysis.movement import Movement, account
from scoring.analysis.notice import notice_of
from scoring.analysis.open_items import OpenItem
from scoring.analysis.open_items import open_items as open_items_of
from scoring.analysis.open_matters import OpenMatter
from scoring.analysis.open_matters import open_matters as open_matters_of
from scoring.analysis.plays import Play, play
from scoring.analysis.policy_combinations import Readings, boards_under, read_every_way
from scoring.analysis.position import Position
from scoring.analysis.ranges import Range
from scoring.analysis.ranges import ranges as ranges_of
from scoring.analysis.rule_changes import RuleChange, change_rules
from scoring.analysis.ruling_queue import Matter
from scoring.analysis.ruling_queue import matters as matters_of
from scoring.analysis.verification import Check
from scoring.analysis.verification import checks as checks_of
from scoring.analysis.years import YearComparison, compare_years
from scoring.board.ties import with_decisions
from scoring.calendar.clock import day_of, quarter_ends_before
from scoring.documents.answer import Table, answer_xlsx
from scoring.documents.calendar_file import days_ics
from scoring.documents.evidence_file import evidence_file_zip
from scoring.documents.unit_deductions import unit_deductions_xlsx
from scoring.judging.punctuality import Punctuality
from scoring.judging.punctuality import punctuality as punctuality_of
from scoring.judging.rank import make_board
from scoring.ledger.parse import problems_over_time
from scoring.ledger.placing import places as places_of
from scoring.ledger.sent_row import SentRow, rows_around
from scoring.model.boards import Board
from scoring.model.events import Event
from scoring.model.evidence import CellRef
from scoring.model.findings import Finding
from scoring.model.looks import ThingDoubt
from scoring.model.notices import Notice
from scoring.model.parsed import ParsedWorkbook
from scoring.model.placings import Place
from scoring.model.policy import Policy
from scoring.model.publications import Objection, Publication
from scoring.model.rules import Rulebook
from scoring.model.sendings import Sending, SendingState
from scoring.problems import Problem
from scoring.proof.package import Final, make_package
from scoring.rulebook.continuity import shifted
from scoring.rulebook.policies import fitting
from scoring.rulebook.read import parse_rulebook
from scoring.scenario.text import parse_scenario
from scoring.store import Seen, Store, StoreError
from ui.session import cache, state
from ui.session.cache import ByHand, keep
from ui.session.looks import doubts_of
from ui.session.records import Records

VERSION = "1"  # of the scoring code: raise it where the same facts and rules would give another board

Key: TypeAlias = tuple[str, tuple[str, ...], int, str, str, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be with further workbooks in: the board, and the problems that only show between ledgers."""

    board: Board
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Desk(Records):
    """What a view rests on: database, rules, day, readings. Everything that it answers is kept under ``key``.

    ``known_at`` is the moment that the view asks for (None: now). The ``official`` readings are those on record, which
    may have been made under other rules. ``newest`` is the newest event's number when the desk was opened, ``seen`` when
    the page was drawn on which a click was made: in between, somebody else may have acted.
    """

    as_of: date
    policy: Policy
    official: Policy
    newest: int = 0
    seen: int = 0

    @property
    def looked(self) -> Seen:
        """Return how far the author of an act had looked."""
        return Seen(self.seen, self.year)

    def as_drawn(self) -> Desk:
        """Return the desk of the page in view, for an act before the next page is drawn: its author saw all up to it."""
        return replace(self, seen=state.seen_on(self.store.address) or self.newest)

    def overlooked(self) -> tuple[Event, ...]:
        """List what others did since whoever is at the screen last looked, in order."""
        return self.since(state.seen_here(self.store.address, self.newest))

    def unsaved(self) -> dict[str, str]:
        """Return at the end of a run what was written in forms that others took away: ask -> words."""
        return state.unsaved(self.store.address)

    @property
    def key(self) -> Key:
        """Name everything that an answer rests on, by content."""
        readings = tuple(self.policy.as_dict().values())
        whose, day = (self.store.address, *self.store.whose), self.as_of.isoformat()
        return VERSION, whose, self.year, self.facts_hash, self.rulebook.rules_hash, day, readings

    # --- the same desk, otherwise

    def on(self, day: date) -> Desk:
        """Return the desk of another day."""
        return replace(self, as_of=day)

    def under(self, policy: Policy) -> Desk:
        """Return the desk under other readings."""
        return replace(self, policy=policy)

    def officially(self) -> Desk:
        """Return the desk under the official readings."""
        return self.under(self.official)

    def back_then(self, as_of: date, moment: datetime | None) -> Desk | None:
        """Return the official desk of a day at a moment (None: now), with the facts, readings and rules of the moment.

        None: the rules of the moment were not kept.
        """
        recorded = self.rules_at(moment)
        rulebook = self.rulebook_of(recorded[0]) if recorded else self.rulebook
        return self._then(rulebook, moment, as_of, self.store.policy(self.year, moment))

    def published(self, receipt: Publication, board: Board) -> Desk | None:
        """Return the desk from which a final board was made; None where its rules were not kept."""
        moment = receipt.known_at or receipt.published_at
        return self._then(self.rulebook_of(receipt.rules), moment, board.as_of, board.policy)

    def in_year(self, year: int) -> Desk:
        """Return the desk of another year at the same day of it, by its own rules and official readings.

        A reading that the view chose over the official one is chosen in that year too.
        """
        rulebook = as_seen(cache.rulebook(year, self.known_at, examples=self.examples), self.store)
        official = fitting(rulebook, self.store.policy(year, self.known_at))
        mine = self.official.as_dict()
        chosen = {name: reading for name, reading in self.policy.as_dict().items() if reading != mine[name]}
        day = shifted(self.as_of, year - self.year)
        then = self._then(rulebook, self.known_at, day, replace(official, **chosen))  # type: ignore[arg-type]
        return replace(then or self, official=official)

    def year_before(self) -> Desk | None:
        """Return the desk of the newest earlier year that there are rules and ledgers of; None where there is none."""
        return next(self._earlier_years(), None)

    def _earlier_years(self) -> Iterator[Desk]:
        """Yield the desks of earlier years, the newest first; the facts of a year are read when it is asked for."""
        kept = set(self.ledger_years()) & set(self.years())
        desks = (self.in_year(year) for year in sorted(kept, reverse=True) if year < self.year)
        return (desk for desk in desks if desk.facts.ledgers)

    def _then(self, rulebook: Rulebook | None, moment: datetime | None, as_of: date, policy: Policy) -> Desk | None:
        if rulebook is None:
            return None
        facts_hash = self.store.fingerprint(rulebook.assessment.year, moment)
        return replace(
            self,
            rulebook=as_seen(rulebook, self.store),
            facts_hash=facts_hash,
            known_at=moment,
            as_of=as_of,
            policy=policy,
            official=policy,
        )

    # --- boards and what lies behind them

    def board(self) -> Board:
        """Return the board, with what people decided about ties on it."""
        decided = cache.tie_decisions(self.store, self.year, self.store.newest(), self.known_at)
        return with_decisions(self._computed(), self.rulebook, decided)

    @keep(256)
    def _computed(self) -> Board:
        return self.position().board

    @keep(16)
    def position(self) -> Position:
        """Return what the board is computed from, for questions that go beyond the board."""
        rules = self.rulebook.rules_hash, self.rulebook.assessed
        place = self.store.address, self.whose, rules, self.as_of, self.policy
        return cache.position(place, Position(self.facts, self.rulebook, self.as_of, self.policy))

    @keep(32)
    def punctuality(self) -> Mapping[tuple[str, int], Punctuality]:
        """Return whether each unit's ledger of each quarter came in time, late or not at all."""
        return punctuality_of(self.facts, self.rulebook, self.as_of)

    @keep(8)
    def places(self) -> tuple[Place, ...]:
        """Return the rows that something may be put to by hand."""
        return tuple(places_of(self.facts, self.rulebook))

    def sent_rows(self, unit: str, findings: Sequence[Finding]) -> dict[CellRef, SentRow]:
        """Return, for every deciding cell of these findings, its row as it was sent, read again from the original bytes."""
        facts = self.facts
        unruled = cache.but_rulings(facts)
        cells = dict.fromkeys(cell for finding in findings for cell in finding.sources)
        rows = {source: cache.row_as_sent(self.store, unruled, unit, source, facts) for source in cells}
        return {source: row for source, row in rows.items() if row}

    def final(self) -> tuple[Publication, Board] | None:
        """Return the newest final board of the day looked at; None where that day's was never made final."""
        return self._final(self.newest)

    @keep(32)
    def _final(self, newest: int) -> tuple[Publication, Board] | None:
        of_day = [one for one in self.publications() if one.as_of == self.as_of]
        return (of_day[-1], self.published_board(of_day[-1].number)) if of_day else None

    def last_moved(self) -> tuple[str | None, date]:
        """Return where to begin to say what moved: a final board's number (None: the board of a day), and the day.

        It is the last 定稿 or the board of a quarter's end, whichever has moved since; the day is that of the latest
        quarter's end that has.
        """
        return self._last_moved(self.newest)

    @keep(16)
    def _last_moved(self, newest: int) -> tuple[str | None, date]:
        now, finals = self.officially(), self.store.publications(self.year)
        ends = quarter_ends_before(self.as_of)
        usual = next((day for day in ends if _differs(now.on(day).board(), now.board())), None)
        if not finals or (usual and not _differs(self.store.published_board(finals[-1].number), now.board())):
            return None, usual or ends[0]
        return finals[-1].number, usual or ends[0]

    def since_final(self, books: Mapping[str, ParsedWorkbook]) -> tuple[Publication, Board, Board] | None:
        """Return the newest final board of the year with its receipt, and the board of its day with further workbooks in.

        None: nothing was made final. Both are under the readings of the final board, the second by the present rules.
        """
        return self._since_final(tuple(books), self.newest, tuple(books.values()))

    @keep(16)
    def _since_final(
        self, names: tuple[str, ...], newest: int, _books: tuple[ParsedWorkbook, ...]
    ) -> tuple[Publication, Board, Board] | None:
        finals = self.publications()
        if not finals:
            return None
        published = self.published_board(finals[-1].number)
        facts = self.store.preview(self.year, *_books)
        return finals[-1], published, make_board(facts, self.rulebook, published.as_of, published.policy)

    def rows_around(self, problem: Problem, data: bytes) -> tuple[SentRow, ...]:
        """Return the row of a problem in a workbook that was dropped, between its neighbours; empty: it has no cell."""
        book = cache.cells(data, problem.workbook) if problem.cell else None
        return rows_around(book, CellRef(problem.workbook, problem.sheet, problem.cell)) if book else ()

    # --- rules

    def rulebook_of(self, rules_hash: str) -> Rulebook | None:
        """Return rules by their hash: those of a file, or a text that once was in force; None: not kept.

        Raises:
            RulebookError: the text cannot be used by this program any more.
        """
        written = cache.written_rulebook(rules_hash)
        if written is not None:
            return written
        text = self.store.rules_text(rules_hash)
        return None if text is None else cache.parsed_rulebook(text, rules_hash)

    def rules_text(self) -> bytes:
        """Return the text of the rules of this desk."""
        return cache.rules_text(self.store, self.rulebook)

    def years(self) -> tuple[int, ...]:
        """List the years that there are rules of."""
        return cache.years(examples=self.examples)

    def pending_rules(self) -> bytes | None:
        """Return the text of the year's rule file where it was changed and is not in force; the examples follow it."""
        return None if self.examples else cache.pending_rules(self.year)

    def rule_change(self, edited: bytes) -> RuleChange:
        """Return what an edited rule file would do.

        Raises:
            RulebookError: it cannot be used.
        """
        return self._rule_change(sha256(edited).hexdigest(), edited)

    @keep(4, "正在按改后的细则重算……")
    def _rule_change(self, rules_hash: str, _edited: bytes) -> RuleChange:
        return change_rules(self.position(), parse_rulebook(_edited, lenient=True))

    # --- workbooks that are dropped, and the database

    def parsed(self, data: bytes, name: str, by_hand: ByHand, received: date) -> ParsedWorkbook:
        """Return what was read in a workbook that came on a day; a ledger that names no year is of the year in view."""
        others = cache.other_rulebooks(self.year, examples=self.examples)
        mine = cache.rulebook(self.year, None, examples=self.examples) if self.whose else self.rulebook
        return cache.parsed(data, name, (mine, *others), by_hand, received)

    def preview(self, books: Mapping[str, ParsedWorkbook]) -> Preview:
        """Return what would be with further workbooks in, each under a name of its content; nothing is stored."""
        return self._preview(tuple(books), tuple(books.values()))

    @keep(32)
    def _preview(self, names: tuple[str, ...], _books: tuple[ParsedWorkbook, ...]) -> Preview:
        sent = {book.workbook for book in _books}
        facts = self.store.preview(self.year, *_books)
        between = tuple(problem for problem in problems_over_time(facts) if problem.workbook in sent)
        return Preview(make_board(facts, self.rulebook, self.as_of, self.policy), between)

    def template(self, unit: str, quarter: int) -> bytes:
        """Return the blank ledger of a unit for a quarter."""
        return cache.template(self.rulebook, unit, quarter)

    def faults(self) -> tuple[str, ...]:
        """Return what was changed behind the store's back, looked for anew after each event."""
        return cache.faults(self.store, self.store.mark())

    # --- answers

    @keep(2, "正在按全部读法各算一遍……")
    def readings(self) -> Readings:
        """Return the board under every combination of readings, and what hangs on which."""
        return read_every_way(self.position())

    def otherwise(self, others: Sequence[Policy]) -> tuple[Board, ...]:
        """Return the board under each of other policies."""
        return self._otherwise(tuple(tuple(other.as_dict().values()) for other in others), others)

    @keep(16)
    def _otherwise(self, asked: tuple[tuple[str, ...], ...], _others: Sequence[Policy]) -> tuple[Board, ...]:
        return tuple(boards_under(self.position(), _others))

    @keep(32)
    def played(self, scenario: str, title: str) -> Play:
        """Return a scenario, given as its text, played out."""
        return play(self.position(), parse_scenario(scenario, self.rulebook).scenario, title)

    @keep(64, "正在逐个试算……")
    def actions(self, unit: str) -> tuple[Action, ...]:
        """Return what each single action of a unit is worth."""
        return single_actions(self.position(), unit)

    def improvement(self, unit: str, target: int, rivals: Rivals, effort: Mapping[str, Decimal]) -> Improvement:
        """Return the cheapest actions that lead a unit to a rank; ``effort`` is what one action on a clause costs."""
        best = self._best_plans(self.rulebook.unit[unit].kind) if rivals is Rivals.BEST else None
        return self._improvement(unit, target, rivals, tuple(sorted(effort.items())), best)

    @keep(64, "正在试遍各种做法……")
    def _improvement(
        self, unit: str, target: int, rivals: Rivals, costs: tuple[tuple[str, Decimal], ...],
        _best: Mapping[str, Plan] | None,
    ) -> Improvement:  # fmt: skip
        return improve(self.position(), unit, target, rivals=rivals, effort=dict(costs), best_of_all=_best)

    @keep(8, "正在替其他单位试遍各种做法……")
    def _best_plans(self, kind: str) -> Mapping[str, Plan]:
        return best_plans(self.position(), kind)

    def most_to_gain(self, kind: str) -> str | None:
        """Return the unit of a kind that can still gain the most points; None where the kind has no units."""
        card = self.board().card
        gains = {unit: plan.score - card[unit].score for unit, plan in self._best_plans(kind).items()}
        return max(gains, key=gains.__getitem__, default=None)

    @keep(16, "正在推算名次区间……")
    def ranges(self) -> tuple[Range, ...]:
        """Return how far each unit's rank and score can still go, in three ranges."""
        return ranges_of(self.position(), self.matters())

    @keep(16)
    def open_items(self) -> tuple[OpenItem, ...]:
        """Return what is open, and every way in which it can turn out."""
        return open_items_of(self.position())

    def chances(self, good: Mapping[str, Fraction], even: Decimal) -> tuple[RankChances, ...]:
        """Return the chance of every rank; ``good`` is item -> chance of its best outcome, ``even`` the others' in percent."""
        return self._chances(tuple(sorted(good.items())), even)

    @keep(32, "正在推算概率……")
    def _chances(self, good: tuple[tuple[str, Fraction], ...], even: Decimal) -> tuple[RankChances, ...]:
        return chances_of_ranks(self.position(), self.open_items(), dict(good), otherwise=Fraction(even) / 100)

    @keep(16, "正在逐项试算认定……")
    def checks(self, kind: str) -> tuple[Check, ...]:
        """Return every single ruling that would change either end of a kind's ranking."""
        return checks_of(self.position(), self.rulebook.kinds[kind])

    @keep(8)
    def inconsistencies(self) -> tuple[Inconsistency, ...]:
        """Return what is ruled differently though alike."""
        return inconsistencies_of(self.position())

    @keep(8)
    def matters(self) -> tuple[Matter, ...]:
        """Return what awaits a ruling."""
        known = cache.uploads(self.store, cache.but_rulings(self.facts)) if self.known_at is None else None
        received = {one.upload: day_of(one.received_at) for one in (known.values() if known else self.uploads())}
        return matters_of(self.position(), received, self.thing_doubts())

    def thing_doubts(self) -> tuple[ThingDoubt, ...]:
        """Return the doubts about what shows the claims; somebody who is bound to some units sees none."""
        return () if self.whose else doubts_of(self.store, self.facts, self.rulebook)

    def open_matters(self) -> tuple[OpenMatter, ...]:
        """Return everything that is open: what every page counts from."""
        objections, sendings, board = self.objections(), self.sendings(), self.board()
        turns = tuple((one.number, len(one.turns)) for one in objections)
        decided = tuple(one.number for one in board.decisions)
        sent = tuple((one.number, one.state.value) for one in sendings)
        return self._open_matters(turns, sent, decided, objections, sendings, board)

    @keep(16)
    def _open_matters(
        self, turns: tuple[tuple[int, int], ...], sent: tuple[tuple[int, str], ...], decided: tuple[int, ...],
        _objections: tuple[Objection, ...], _sendings: tuple[Sending, ...], _board: Board,
    ) -> tuple[OpenMatter, ...]:  # fmt: skip
        return open_matters_of(self.position(), self.matters(), _objections, _sendings, _board)

    def waiting(self) -> frozenset[str]:
        """Name the units with something of their own sending that is not taken in yet."""
        return frozenset(unit for one in self.sendings() if one.state is SendingState.WAITING for unit in one.units)

    @keep(8, "正在逐步比较……")
    def movement(self, since: Desk) -> Movement:
        """Return the account of the way from another desk's board to this one's."""
        return account(since.position(), self.position())

    @keep(16, "正在与上年比较……")
    def over_years(self, before: Desk) -> YearComparison:
        """Return this year's board beside that of an earlier year."""
        return compare_years(before.position(), self.position())

    def year_by_year(self) -> tuple[YearComparison, ...]:
        """Return each year beside the one before it, the newest first; empty where this is the first year."""
        desks = (self, *self._earlier_years())
        return tuple(now.over_years(before) for now, before in itertools.pairwise(desks))

    # --- papers

    def notice(self) -> Notice:
        """Return what the 通报 says beside the board."""
        return notice_of(self.position(), self.open_matters(), self.letterhead(), self.doors().final_days)

    def answer(self, title: str, says: Sequence[str], tables: Mapping[str, Table], *, simulated: bool) -> bytes:
        """Return an answer as ``.xlsx``, with what it rests on."""
        board = self.position().board
        return answer_xlsx(title, says, tables, board, self.rulebook, self.facts_hash, simulated=simulated)

    def package(self, receipt: Publication) -> bytes:
        """Return the package of a final board: everything that it was made of, to be checked on any machine."""
        moment = receipt.known_at or receipt.published_at
        rules_text = self.store.rules_text(receipt.rules)
        return make_package(
            Final(
                receipt,
                self.published_board(receipt.number),
                self.store.facts(receipt.year, moment),
                self.rules_text() if rules_text is None else rules_text,
                self.store.published_papers(receipt.number),
                self.store.published_calendar(receipt.number),
            )
        )

    def days(self) -> bytes:
        """Return the year's cut-offs and deadlines as a calendar file."""
        return days_ics(self.rulebook)

    def deductions(self, unit: str) -> bytes:
        """Return a unit's 扣分单 as ``.xlsx``."""
        return unit_deductions_xlsx(self.board(), self.rulebook, unit, ranked=not self.whose)

    def evidence_of_unit(self, unit: str) -> bytes:
        """Return the 佐证卷宗 of a unit as ``.zip``."""
        return self._evidence(f"{unit}佐证卷宗", self.board().card[unit].findings)

    def evidence_of_task(self, task: int) -> bytes:
        """Return the 佐证卷宗 of a task over all units as ``.zip``."""
        findings = [one for card in self.board().cards for one in card.findings if one.task == task]
        return self._evidence(f"第{task}项任务佐证卷宗", findings)

    def _evidence(self, title: str, findings: Sequence[Finding]) -> bytes:
        return evidence_file_zip(title, findings, self.facts, self.board(), self.rulebook, self._bytes_of)

    def _bytes_of(self, sha: str) -> bytes | None:
        """Return a thing's bytes; None where they cannot be had."""
        try:
            return self.store.thing(sha, self.known_at)[1]
        except StoreError:
            return None


def _differs(before: Board, after: Board) -> bool:
    """Tell whether any unit's score or rank differs."""
    old, other = ({card.unit: (card.score, card.rank) for card in board.cards} for board in (before, after))
    return old != other


def as_seen(rulebook: Rulebook, store: Store) -> Rulebook:
    """Return rules with only the units of a cut store to be scored."""
    return rulebook.narrowed(store.whose) if store.whose else rulebook

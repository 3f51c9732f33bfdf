"""What a view may ask of its database: what came, what was ruled, published and objected to, as far as the view knows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from scoring.model.boards import Board
from scoring.model.doors import Doors, doors_key, read_doors
from scoring.model.events import Event
from scoring.model.evidence import Evidence
from scoring.model.facts import Facts, Ruling
from scoring.model.notices import Letterhead, letterhead_key, read_letterhead
from scoring.model.publications import Objection, Publication
from scoring.model.rules import Rulebook
from scoring.model.sendings import Sending
from scoring.problems import Problem
from scoring.store import KeptOriginal, LedgerVersion, PlacingRecord, RulingRecord, Seen, Store, Upload
from ui.session import cache
from ui.session.recent import Recent

P = ParamSpec("P")
R = TypeVar("R")


def kept_until_an_event(
    ask: Callable[Concatenate[Records, P], R],
) -> Callable[Concatenate[Records, P], R]:
    """Keep what a view was told of its database until anything at all is entered there, by whomever."""
    recent: Recent[R] = cache.held(Recent(24))

    @wraps(ask)
    def get(self: Records, /, *args: P.args, **named: P.kwargs) -> R:
        whole = cache.store(examples=self.examples)  # a unit's own view says less of what others do
        place = whole.address, whole.mark(), self.whose, self.year, self.known_at
        return recent.get((place, args, tuple(named.items())), lambda: ask(self, *args, **named))

    return get


@dataclass(frozen=True, slots=True, eq=False)
class Records:
    """What a desk's database holds of its year, known by ``known_at`` (None: by now), cut to the units of the viewer.

    ``facts_hash`` names the facts as they were when the desk was opened. Only ``ui.forms.commands`` writes to the store.
    """

    examples: bool
    store: Store
    rulebook: Rulebook
    facts_hash: str
    known_at: datetime | None

    @property
    def year(self) -> int:
        """Return the assessment year."""
        return self.rulebook.assessment.year

    @property
    def facts(self) -> Facts:
        """Return all facts of the year that count now, or that were known at the moment that the view asks for."""
        return cache.facts_at(self.store, self.year, self.facts_hash, self.known_at)

    @property
    def whose(self) -> tuple[str, ...]:
        """Name the units that the viewer is bound to; empty: all are shown."""
        return self.store.whose

    @kept_until_an_event
    def letterhead(self) -> Letterhead:
        """Return what the next 通报 prints in the fields that only the office knows."""
        text = self.store.setting(letterhead_key(self.year))
        return read_letterhead(text, len(self.store.publications(self.year)))

    @kept_until_an_event
    def rules_at(self, moment: datetime | None) -> tuple[str, bytes] | None:
        """Return hash and text of the year's rules in force at a moment (None: now); None where none were kept."""
        return self.store.rules_at(self.year, moment)

    # --- what shows the claims

    @kept_until_an_event
    def loose_things(self) -> tuple[Evidence, ...]:
        """Return the files that came and fit no row, as far as nobody has put them to one; a bound viewer sees none."""
        return () if self.whose else self.store.loose_things(self.year, self.known_at)

    @kept_until_an_event
    def placing_records(self) -> tuple[PlacingRecord, ...]:
        """Return what was put to clauses by hand and taken off them; a bound viewer sees none."""
        return () if self.whose else self.store.placing_records(self.year, self.known_at)

    # --- ledgers and the workbooks that they came in

    @kept_until_an_event
    def ledger_years(self) -> tuple[int, ...]:
        """List the years that there are ledgers of."""
        return self.store.ledger_years()

    @kept_until_an_event
    def ledger_versions(self) -> tuple[LedgerVersion, ...]:
        """Return all versions of the year's ledgers."""
        return self.store.ledger_versions(self.year, self.known_at)

    @kept_until_an_event
    def ledger_versions_of_all_years(self) -> tuple[LedgerVersion, ...]:
        """Return all versions of the ledgers of every year: a workbook may hold more than one year's."""
        return self.store.ledger_versions(None, self.known_at)

    def version_facts(self, version: LedgerVersion) -> Facts:
        """Return what one version of a ledger says."""
        return self.store.version_facts(version.unit, version.year, version.quarter, version.version)

    @kept_until_an_event
    def uploads(self) -> tuple[Upload, ...]:
        """Return the stored workbooks of all years, in the order of arrival."""
        return self.store.uploads(self.known_at)

    @kept_until_an_event
    def kept_originals(self) -> tuple[KeptOriginal, ...]:
        """Return the files of which only the original was kept, in the order in which they were kept; none to a unit."""
        return () if self.whose else self.store.kept_originals(self.known_at)

    def kept_original(self, sha: str) -> bytes:
        """Return the bytes of a file of which only the original was kept."""
        return self.store.kept_original(sha)[1]

    def original(self, version: LedgerVersion) -> bytes:
        """Return the bytes of the workbook that a version came in."""
        return self.store.original(version.sha256)[1]

    @kept_until_an_event
    def problems(self, version: LedgerVersion) -> tuple[Problem, ...]:
        """Return the problems of the workbook that a version came in, as they were when it was stored."""
        return self.store.problems(version.sha256)

    def thing(self, sha: str) -> tuple[str, bytes]:
        """Return name and bytes of what shows a claim.

        Raises:
            StoreError: it was not kept.
        """
        return self.store.thing(sha)

    @kept_until_an_event
    def sendings(self) -> tuple[Sending, ...]:
        """Return what units sent themselves, the newest first, with what became of it."""
        return self.store.sendings(self.year, self.known_at)

    def sent_files(self, number: int) -> Sequence[tuple[str, bytes]]:
        """Return name and bytes of the files of a sending."""
        return self.store.sent_files(number)

    # --- rulings, final boards, objections

    @kept_until_an_event
    def rulings(self) -> tuple[Ruling, ...]:
        """Return the year's rulings that stand."""
        return self.store.rulings(self.year, self.known_at)

    @kept_until_an_event
    def ruling_records(self) -> tuple[RulingRecord, ...]:
        """Return the year's rulings, with who entered and who withdrew them."""
        return self.store.ruling_records(self.year, self.known_at)

    @kept_until_an_event
    def next_ruling_number(self) -> int:
        """Return the number that the next ruling of any year would get."""
        return len(self.store.ruling_records(None, None)) + 1

    @kept_until_an_event
    def minutes(self) -> tuple[Event, ...]:
        """Return what meetings of the year decided, as far as the view knows."""
        return self.store.minutes(self.year, self.known_at)

    @kept_until_an_event
    def publications(self) -> tuple[Publication, ...]:
        """Return the receipts of the year's final boards, in the order in which they were published."""
        return self.store.publications(self.year, self.known_at)

    @kept_until_an_event
    def published_board(self, number: str) -> Board:
        """Return a final board as it was published."""
        return self.store.published_board(number)

    @kept_until_an_event
    def next_publication_number(self, series: str) -> str:
        """Return the number that the next final board of a series would get."""
        return self.store.next_publication_number(series)

    @kept_until_an_event
    def objections(self) -> tuple[Objection, ...]:
        """List the year's objections as they stood."""
        return self.store.objections(self.year, self.known_at)

    def objection_file(self, number: int, sha: str) -> bytes:
        """Return the bytes of a file that came with an objection."""
        return self.store.objection_file(number, sha)[1]

    @kept_until_an_event
    def doors(self) -> Doors:
        """Return what units see of the year, and when they may object."""
        return read_doors(self.store.setting(doors_key(self.year)))

    # --- history

    @kept_until_an_event
    def history(self) -> tuple[Event, ...]:
        """Return what was ever done, in order."""
        return self.store.history(self.known_at)

    def since(self, newest: int) -> tuple[Event, ...]:
        """Return what was done in the year after an event, by its number; empty: the newest event is that one."""
        return () if self.store.newest() == newest else self.store.since(Seen(newest, self.year))

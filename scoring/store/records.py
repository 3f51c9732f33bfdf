"""What the store tells of what it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from scoring.model.events import Event
from scoring.model.facts import Ruling
from scoring.model.placings import Placing


@dataclass(frozen=True, slots=True)
class LedgerVersion:
    """One version of a unit's ledger for a quarter. Grain: unit x year x quarter x version.

    ``reported`` False: it holds only what makes no report (激励加分). ``withdrawn``: its workbook counts no longer.
    """

    unit: str
    year: int
    quarter: int
    version: int
    submitted: date
    dated: bool
    reported: bool
    upload: int
    sha256: str
    file_name: str
    received_at: datetime
    actor: str
    withdrawn: bool

    def is_late(self, cut_offs: Mapping[int, date]) -> bool:
        """Tell whether it was submitted after its quarter's cut-off (迟报)."""
        return self.quarter in cut_offs and self.submitted > cut_offs[self.quarter]


@dataclass(frozen=True, slots=True)
class Upload:
    """One stored workbook.

    ``upload`` numbers them from 0 in the order of arrival; ``rules_hash`` fingerprints the rules by which it was read
    (``""``: not told). ``errors`` and ``warnings`` count its problems. ``years`` are those of the ledgers in it.
    """

    upload: int
    sha256: str
    file_name: str
    received_at: datetime
    actor: str
    reason: str
    rules_hash: str
    size: int
    rows_read: int
    rows_kept_out: int
    left_alone: tuple[str, ...]
    errors: int
    warnings: int
    withdrawn: bool
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class KeptOriginal:
    """A file that was kept as it came, of which nothing counts (只留原件). ``size`` is in bytes."""

    sha256: str
    file_name: str
    size: int
    kept_at: datetime
    actor: str
    reason: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What storing a workbook did. ``already``: the same bytes had been stored before, and nothing was changed.

    ``upload`` and ``ledgers`` are read back from the database after it was written.
    """

    already: bool
    upload: Upload
    ledgers: tuple[LedgerVersion, ...]


@dataclass(frozen=True, slots=True)
class RulingRecord:
    """A ruling with its fate: ``withdrawn`` is the event that took it back, None while it stands."""

    ruling: Ruling
    event: Event
    withdrawn: Event | None


@dataclass(frozen=True, slots=True)
class PlacingRecord:
    """A placing with its fate: ``withdrawn`` is the event that took it back, None while it stands."""

    placing: Placing
    event: Event
    withdrawn: Event | None

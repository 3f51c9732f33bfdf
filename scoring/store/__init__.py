"""The store: everything that touches a database. ``open_store`` is the way in."""

from scoring.calendar.clock import BEIJING, end_of_day
from scoring.model.events import Event, EventKind, hashed_text
from scoring.store.errors import (
    ChangedError,
    LostWorkError,
    RefusedError,
    StaleBoardError,
    StoreBrokenError,
    StoreBusyError,
    StoreError,
)
from scoring.store.fact_tables import numbered
from scoring.store.homes.opening import address_of, is_absent
from scoring.store.objections import Complaint
from scoring.store.records import KeptOriginal, LedgerVersion, PlacingRecord, Receipt, RulingRecord, Upload
from scoring.store.staleness import Seen
from scoring.store.store import Store, open_store
from scoring.store.unit_store import UnitStore
from scoring.store.uploads import Incoming

__all__ = [
    "BEIJING",
    "ChangedError",
    "Complaint",
    "Event",
    "EventKind",
    "Incoming",
    "KeptOriginal",
    "LedgerVersion",
    "LostWorkError",
    "PlacingRecord",
    "Receipt",
    "RefusedError",
    "RulingRecord",
    "Seen",
    "StaleBoardError",
    "Store",
    "StoreBrokenError",
    "StoreBusyError",
    "StoreError",
    "UnitStore",
    "Upload",
    "address_of",
    "end_of_day",
    "hashed_text",
    "is_absent",
    "numbered",
    "open_store",
]

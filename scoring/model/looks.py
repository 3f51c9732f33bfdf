"""What the eye sees in a thing that shows a claim, and what gives a reviewer reason to doubt it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scoring.model.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Look:
    """What a picture, or the first page of a PDF, looks like; kept by the hash of its bytes.

    ``shown`` False: it cannot be decoded, and the rest says nothing. ``wide`` and ``high`` are pixels (of a page: points).
    ``pattern`` is a perceptual hash of 64 bits, ``fine`` one of 256 that tells pages of one web site apart. ``made_on``
    is the day on which it was taken (EXIF) or made (PDF), None where it does not say. ``is_page`` tells a page of a PDF
    from a picture.
    """

    shown: bool
    wide: int = 0
    high: int = 0
    pattern: int = 0
    fine: int = 0
    blank: bool = False
    is_page: bool = False
    made_on: date | None = None


class ThingDoubtKind(StrEnum):
    """What speaks against a thing, or against words that stand for one."""

    OTHER_UNIT = "other_unit"  # the same picture, or nearly, shows another unit's matter
    OTHER_CLAUSE = "other_clause"  # it shows another clause of the unit
    EARLIER_QUARTER = "earlier_quarter"  # it already came for an earlier quarter
    MADE_LATE = "made_late"  # taken or made after the deadline that the row claims to have met
    BLANK = "blank"
    TINY = "tiny"
    UNREADABLE = "unreadable_thing"
    WORDS_ONLY = "words_only"  # 见附件 and the like, where nothing came


@dataclass(frozen=True, slots=True)
class Half:
    """The other half of a doubt: a thing that came earlier. ``exact`` tells whether the bytes are the same."""

    unit: str
    clause: str
    quarter: int
    item: Evidence
    exact: bool


@dataclass(frozen=True, slots=True)
class ThingDoubt:
    """A doubt about one thing. Grain: unit x place of the thing x kind.

    ``clauses`` are those that the thing speaks for (of a case none: it is known by its thing). ``other`` is None where
    the doubt concerns the thing alone. ``made_on`` and ``deadline`` are told of what was made late.
    """

    kind: ThingDoubtKind
    unit: str
    clauses: tuple[str, ...]
    item: Evidence
    other: Half | None = None
    made_on: date | None = None
    deadline: date | None = None

"""催报: who owes which quarter's ledger by when, how many came in time, and the words that ask for what is missing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from scoring.board.wording import names
from scoring.judging.punctuality import Arrival, Punctuality
from scoring.model.facts import Ledger
from scoring.model.rules import Rulebook
from scoring.words.phrasing import day_name, quarter_name


@dataclass(frozen=True, slots=True)
class QuarterSent:
    """What came for one quarter. ``owing`` names the units of which nothing has come at all, in the order of the rules.

    ``waiting`` are those whose own sending has not been taken in yet, ``later`` those whose ledger counts only after the
    day in view; both have sent, and owe nothing. ``passed``: the cut-off lies before the day in view or is it.
    """

    quarter: int
    cut_off: date
    expected: int
    in_time: int
    late: int
    later: int
    waiting: tuple[str, ...]
    owing: tuple[str, ...]
    passed: bool

    @property
    def received(self) -> int:
        """Count the units whose ledger is there, however it came."""
        return self.in_time + self.late + self.later

    @property
    def rate(self) -> Fraction:
        """Return the share of the expected ledgers that came in time."""
        return Fraction(self.in_time, self.expected) if self.expected else Fraction(0)


def quarters(
    sent: Mapping[tuple[str, int], Punctuality],
    held: Collection[Ledger],
    waiting: Collection[str],
    rulebook: Rulebook,
    as_of: date,
) -> tuple[QuarterSent, ...]:
    """Return what came for each quarter of the year, in order; ``held`` are all ledgers that are stored, whatever their day.

    ``waiting`` are the units with a sending that is not taken in yet: which quarter it is for is told by nobody, so that
    such a unit owes none.
    """
    units = [unit.name for unit in rulebook.units if unit.assessed]
    there = {(one.unit, one.quarter) for one in held if one.year == rulebook.assessment.year}
    return tuple(
        _quarter(quarter, cut_off, units, sent, there, frozenset(waiting), as_of)
        for quarter, cut_off in sorted(rulebook.assessment.cut_offs.items())
    )


def _quarter(
    quarter: int, cut_off: date, units: Sequence[str], sent: Mapping[tuple[str, int], Punctuality],
    there: Collection[tuple[str, int]], waiting: Collection[str], as_of: date,
) -> QuarterSent:  # fmt: skip
    how = {unit: sent[unit, quarter].arrival for unit in units}
    nothing = [unit for unit in units if how[unit] in (Arrival.MISSING, Arrival.OPEN)]
    silent = [unit for unit in nothing if (unit, quarter) not in there]
    return QuarterSent(
        quarter,
        cut_off,
        len(units),
        sum(one is Arrival.IN_TIME for one in how.values()),
        sum(one is Arrival.LATE for one in how.values()),
        len(nothing) - len(silent),
        tuple(unit for unit in silent if unit in waiting),
        tuple(unit for unit in silent if unit not in waiting),
        as_of >= cut_off,
    )


def letter(one: QuarterSent, units: Sequence[str], rulebook: Rulebook, day: date, issuer: str) -> str:
    """Return the letter that asks units for a quarter's ledger, to be copied; ``day`` is the one that it carries."""
    which = f"{rulebook.assessment.year}年{quarter_name(one.quarter)}"
    past = one.cut_off < day
    urged = (
        f"截至{day_name(day)}，尚未收到贵单位{which}台账，已超过{day_name(one.cut_off)}的报送截止日。"
        "未报送视为未开展相关工作，请收函后立即补报。"
    )
    ahead = f"{which}获得用水工作台账请于{day_name(one.cut_off)}前（含当日）报送。截至{day_name(day)}，尚未收到贵单位的台账，请按时报送。"
    return "\n".join(
        [
            f"关于{'催报' if past else '按时报送'}{which}获得用水工作台账的函",
            "",
            f"{names(units)}：",
            f"　　根据《{rulebook.assessment.title}》要求，各单位按季度报送工作台账。{urged if past else ahead}",
            "　　请同时附佐证材料。已经报送的，请与我局核对。",
            "　　特此函告。",
            "",
            f"　　　　　　　　　　　　{issuer}",
            f"　　　　　　　　　　　　{day_name(day)}",
        ]
    )


def message(one: QuarterSent, units: Sequence[str], rulebook: Rulebook, day: date) -> str:
    """Return the short form of the same, for a message."""
    which = f"{rulebook.assessment.year}年{quarter_name(one.quarter)}"
    ends = "已截止，请立即补报" if one.cut_off < day else "截止，请按时报送"
    return f"{names(units)}：{which}获得用水台账{day_name(one.cut_off)}{ends}，连同佐证材料。谢谢！"

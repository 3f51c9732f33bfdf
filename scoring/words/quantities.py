"""Numbers as people write them: counts (3, ３个, 2次) and exact decimals (0.5, 0.5分)."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from scoring.words.statuses import CACHED, DASHES, fold

ABSURD = 100_000
NOISE = 1e-6  # what a binary float may miss its decimal by
HUNDREDTH = Decimal("0.01")
EMPTY = DASHES | {""}  # what stands in a number's cell that holds none
# a whole number with its measure word: 3个, 共12户, 4.0
COUNT = re.compile(r"共?(\d+)(?:\.0+)?(?:个部门|个单位|个县级部门|个|次|户|项|家|件|条|份|人|宗|例)?")
# points or days with a fraction: +0.5分, 3.5个工作日
DECIMAL = re.compile(r"\+?(\d+(?:\.\d+)?)(?:个工作日|工作日|个自然日|天|日|分)?")


@lru_cache(maxsize=CACHED, typed=True)
def read_count(value: object) -> int | None:
    """Read a non-negative whole number up to 100,000; None where it is none.

    >>> read_count("３个"), read_count(2.0), read_count(2.5), read_count(-1.0)
    (3, 2, None, None)
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return int(value) if 0 <= value <= ABSURD and float(value).is_integer() else None
    matched = COUNT.fullmatch(fold(value)) if isinstance(value, str) else None
    if matched is None or len(matched[1]) > len(str(ABSURD)):
        return None
    number = int(matched[1])
    return number if number <= ABSURD else None


@lru_cache(maxsize=CACHED, typed=True)
def read_decimal(value: object) -> Decimal | None:
    """Read a non-negative decimal of at most two places; None where it is none.

    >>> read_decimal(0.1 + 0.2), read_decimal("0.5分"), read_decimal(0.125)
    (Decimal('0.30'), Decimal('0.50'), None)
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        if not -NOISE < value <= ABSURD:
            return None
        near = Decimal(repr(round(float(value), 2))).quantize(HUNDREDTH)
        return abs(near) if abs(float(near) - value) < NOISE else None
    matched = DECIMAL.fullmatch(fold(value)) if isinstance(value, str) else None
    if matched is None or len(matched[1]) > 12:
        return None
    number = Decimal(matched[1])
    exact = number.quantize(HUNDREDTH)
    return exact if exact == number and number <= ABSURD else None


def is_no_number(value: object) -> bool:
    """Tell whether a number's cell is empty or holds a dash."""
    return value == "" or (isinstance(value, str) and fold(value) in EMPTY)


def read_days(value: object) -> Decimal | None:
    """Read a whole number of working days (3, 3天, 3个工作日); None where it is none.

    >>> read_days("3个工作日"), read_days(2.0), read_days("2.5"), read_days("-1")
    (Decimal('3.00'), Decimal('2.00'), None, None)
    """
    days = read_decimal(value)
    return days if days is not None and days == days.to_integral_value() else None

"""How days, quarters and points are said in Chinese sentences."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

NUMERALS = "零一二三四五六七八九十"


def quarter_name(quarter: int) -> str:
    """Say a quarter.

    >>> quarter_name(2)
    '第二季度'
    """
    return f"第{NUMERALS[quarter]}季度"


def numeral(value: int) -> str:
    """Say a small number as a Chinese numeral; a larger one in figures.

    >>> numeral(3), numeral(12)
    ('三', '12')
    """
    return NUMERALS[value] if value < len(NUMERALS) else str(value)


def quarter_names(quarters: list[int]) -> str:
    """Say several quarters.

    >>> quarter_names([2, 3])
    '第二、三季度'
    """
    return f"第{'、'.join(NUMERALS[quarter] for quarter in quarters)}季度"


def day_name(day: date) -> str:
    """Say a day.

    >>> day_name(date(2023, 6, 30))
    '2023年6月30日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def short_day(day: date, year: int) -> str:
    """Say a day, its year only where it is not the assessment's.

    >>> short_day(date(2023, 6, 30), 2023), short_day(date(2024, 1, 5), 2023)
    ('6月30日', '2024年1月5日')
    """
    return f"{day.month}月{day.day}日" if day.year == year else day_name(day)


def number(value: Decimal) -> str:
    """Say a number without idle zeros.

    >>> number(Decimal("2.50")), number(Decimal("3.00")), number(Decimal("100"))
    ('2.5', '3', '100')
    """
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

"""Read a TOML table key by key, and collect every mistake with its path instead of stopping at the first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

CENTS = Decimal("0.01")
MOST = 9999  # what a DECIMAL(6,2) and a year can hold


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in a rule file: the path of the key (``clause[3].term[0].quote``) and what is wrong, in Chinese."""

    path: str
    message: str
    file: str = ""

    def __str__(self) -> str:
        return f"{self.path}：{self.message}" if self.path else self.message


@dataclass(slots=True)
class Table:
    """One table of the file. It has state (the keys that were asked for), so that ``done`` can name the unknown ones."""

    values: Mapping[str, Any]
    path: str
    mistakes: list[Mistake]
    asked: set[str] = field(default_factory=set)

    def fault(self, key: str, message: str) -> None:
        """Note a mistake at a key of this table (``""`` for the table itself)."""
        self.mistakes.append(Mistake(f"{self.path}.{key}".strip("."), message))

    def _take(self, key: str, *, optional: bool) -> Any:  # the one edge where TOML's values are untyped
        self.asked.add(key)
        if key not in self.values and not optional:
            self.fault(key, "缺少这一项")
        return self.values.get(key)

    def text(self, key: str, *, optional: bool = False, blank: bool = False) -> str:
        """Return a text; ``""`` where it is missing or wrong."""
        value = self._take(key, optional=optional)
        if value is None:
            return ""
        if not isinstance(value, str) or not (value.strip() or blank):
            self.fault(key, f"应是不为空的文字，现在是“{value}”")
            return ""
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; empty where it is missing."""
        value = self._take(key, optional=True)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            self.fault(key, "应是一列不为空的文字")
            return ()
        return tuple(value)

    def whole(self, key: str, *, optional: bool = False, least: int = 0) -> int | None:
        """Return a whole number from ``least`` to 9999; None where it is missing or wrong."""
        value = self._take(key, optional=optional)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= MOST:
            self.fault(key, f"应是 {least} 至 {MOST} 的整数，现在是“{value}”")
            return None
        return value

    def wholes(self, key: str, *, length: int | None = None) -> tuple[int, ...]:
        """Return a list of whole numbers from 0; empty where it is missing or wrong."""
        value = self._take(key, optional=True)
        if value is None:
            return ()
        good = isinstance(value, list) and all(type(item) is int and 0 <= item <= MOST for item in value)
        if not good or (length is not None and len(value) != length):
            self.fault(key, "应是一列整数" if length is None else f"应是 {length} 个整数")
            return ()
        return tuple(value)

    def points(self, key: str, *, optional: bool = False, least: int = -MOST) -> Decimal | None:
        """Return a decimal of at most two places, from ``least`` to 9999; None where it is missing or wrong."""
        value = self._take(key, optional=optional)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | Decimal) or not Decimal(value).is_finite():
            self.fault(key, f"应是数字，现在是“{value}”")
            return None
        number = Decimal(value)
        if not least <= number <= MOST:
            self.fault(key, f"应在 {least} 至 {MOST} 之间，现在是 {number}")
            return None
        if number != number.quantize(CENTS):
            self.fault(key, f"最多两位小数，现在是 {number}")
            return None
        return number.quantize(CENTS)

    def day(self, key: str, *, optional: bool = False) -> date | None:
        """Return a day; None where it is missing or wrong."""
        value = self._take(key, optional=optional)
        if value is None:
            return None
        if not isinstance(value, date) or isinstance(value, datetime):
            self.fault(key, f"应是 2023-06-30 这样的日期（不加引号），现在是“{value}”")
            return None
        return value

    def flag(self, key: str) -> bool | None:
        """Return true or false; None where it is missing or wrong."""
        value = self._take(key, optional=True)
        if value is not None and not isinstance(value, bool):
            self.fault(key, f"应是 true 或 false，现在是 {value!r}")
            return None
        return value

    def one_of(self, key: str, choices: tuple[str, ...]) -> str:
        """Return one of the given words; ``""`` where it is missing or another word."""
        value = self.text(key)
        if value and value not in choices:
            self.fault(key, f"“{value}”不在可选的 {'、'.join(choices)} 之中")
            return ""
        return value

    def table(self, key: str) -> Table:
        """Return a table inside this one; an empty one where it is missing or wrong."""
        value = self._take(key, optional=False)
        if value is not None and not isinstance(value, dict):
            self.fault(key, "应是一张表")
        inner = value if isinstance(value, dict) else {}
        return Table(inner, f"{self.path}.{key}".strip("."), self.mistakes)

    def tables(self, key: str) -> list[Table]:
        """Return the tables of a list; empty (and a mistake) where it is missing or wrong."""
        value = self._take(key, optional=False)
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            if value is not None:
                self.fault(key, f"应写成 [[{key}]] 的列表")
            return []
        path = f"{self.path}.{key}".strip(".")
        return [Table(item, f"{path}[{number}]", self.mistakes) for number, item in enumerate(value)]

    def done(self) -> None:
        """Note every key that nobody asked for."""
        for key in sorted(set(self.values) - self.asked):
            self.fault(key, "不认识的项，请检查拼写")

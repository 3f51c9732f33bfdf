"""Values of a rule file's table: what is taken for one, what is refused, and what is said of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from scoring.rulebook.toml_table import Mistake, Table

ONE = Decimal("1.00")
DAY = date(2023, 6, 30)
WHOLE, BIG, TEXT, TEXTS = "应是 0 至 9999 的整数，现在是“{}”", "应在 -9999 至 9999 之间，现在是 {}", "应是不为空的文字，现在是“{}”", "应是一列不为空的文字"  # fmt: skip
NUMBER, FINE, DATED, FLAG = "应是数字，现在是“{}”", "最多两位小数，现在是 {}", "应是 2023-06-30 这样的日期（不加引号），现在是“{}”", "应是 true 或 false，现在是 {}"  # fmt: skip
READ: list[tuple[str, dict[str, Any], Any, Any, str]] = [  # how, with what options, the value, what is read, what is said
    ("text", {}, "甲", "甲", ""), ("text", {}, " ", "", TEXT), ("text", {"blank": True}, " ", " ", ""),
    ("text", {"blank": True}, 3, "", TEXT),
    ("texts", {}, ["甲", "乙"], ("甲", "乙"), ""), ("texts", {}, "甲", (), TEXTS), ("texts", {}, ["甲", " "], (), TEXTS),
    ("texts", {}, ["甲", 3], (), TEXTS), ("texts", {}, [], (), ""),
    ("whole", {}, 0, 0, ""), ("whole", {}, 9999, 9999, ""), ("whole", {}, 10000, None, WHOLE), ("whole", {}, -1, None, WHOLE),
    ("whole", {}, True, None, WHOLE), ("whole", {}, ONE, None, WHOLE), ("whole", {"least": 3}, 3, 3, ""),
    ("whole", {"least": 3}, 2, None, "应是 3 至 9999 的整数，现在是“{}”"),
    ("wholes", {}, [0, 9999], (0, 9999), ""), ("wholes", {}, [], (), ""), ("wholes", {}, 3, (), "应是一列整数"),
    ("wholes", {}, [1, -1], (), "应是一列整数"), ("wholes", {}, [10000], (), "应是一列整数"), ("wholes", {}, [True], (), "应是一列整数"),
    ("wholes", {"length": 2}, [1, 2], (1, 2), ""), ("wholes", {"length": 2}, [1], (), "应是 2 个整数"),
    ("wholes", {"length": 2}, "12", (), "应是 2 个整数"),
    ("points", {}, 1, ONE, ""), ("points", {}, Decimal("-0.25"), Decimal("-0.25"), ""), ("points", {}, -9999, Decimal(-9999), ""),
    ("points", {}, 9999, Decimal(9999), ""), ("points", {}, 10000, None, BIG), ("points", {}, -10000, None, BIG),
    ("points", {}, True, None, NUMBER), ("points", {}, "1", None, NUMBER), ("points", {}, Decimal("NaN"), None, NUMBER),
    ("points", {}, Decimal("0.001"), None, FINE), ("points", {"least": 0}, 0, Decimal(0), ""),
    ("points", {"least": 0}, Decimal("-0.01"), None, "应在 0 至 9999 之间，现在是 {}"),
    ("day", {}, DAY, DAY, ""), ("day", {}, datetime(2023, 6, 30, tzinfo=UTC), None, DATED), ("day", {}, "2023-06-30", None, DATED),
    ("flag", {}, True, True, ""), ("flag", {}, False, False, ""), ("flag", {}, 1, None, FLAG),
    ("one_of", {"choices": ("甲", "乙")}, "乙", "乙", ""), ("one_of", {"choices": ("甲", "乙")}, "丙", "", "“{}”不在可选的 甲、乙 之中"),
]  # fmt: skip
MISSING: list[tuple[str, dict[str, Any], Any, bool]] = [  # how, with what options, what is read, whether it must be there
    ("text", {}, "", True), ("text", {"optional": True}, "", False), ("texts", {}, (), False),
    ("whole", {}, None, True), ("whole", {"optional": True}, None, False), ("wholes", {}, (), False),
    ("wholes", {"length": 2}, (), False), ("points", {}, None, True), ("points", {"optional": True}, None, False),
    ("day", {}, None, True), ("day", {"optional": True}, None, False), ("flag", {}, None, False),
    ("one_of", {"choices": ("甲",)}, "", True), ("tables", {}, [], True),
]  # fmt: skip


@pytest.mark.parametrize(("how", "options", "value", "read", "says"), READ)
def test_a_value_is_read_as_what_it_is_or_refused(how: str, options: Any, value: Any, read: Any, says: str) -> None:
    mistakes: list[Mistake] = []
    got = getattr(Table({"X": value}, "甲.X", mistakes), how)("X", **options)
    assert (got, type(got)) == (read, type(read))
    assert mistakes == ([Mistake("甲.X.X", says.format(value))] if says else [])


@pytest.mark.parametrize(("how", "options", "read", "needed"), MISSING)
def test_what_is_not_there_is_said_where_it_must_be(how: str, options: Any, read: Any, needed: bool) -> None:
    mistakes: list[Mistake] = []
    table = Table({}, "", mistakes)
    assert getattr(table, how)("X", **options) == read
    assert mistakes == ([Mistake("X", "缺少这一项")] if needed else [])
    assert table.asked == {"X"}


def test_tables_inside_a_table_say_where_they_stand() -> None:
    mistakes: list[Mistake] = []
    top = Table({"X": {"a": 1}, "rows": [{"b": 1}, {"c": 1}], "Y": 3, "Z": [3], "W": "x"}, "", mistakes)
    inner, first, second = top.table("X"), *top.tables("rows")
    assert [(table.path, table.values) for table in (inner, first, second)] == [
        ("X", {"a": 1}), ("rows[0]", {"b": 1}), ("rows[1]", {"c": 1}),
    ]  # fmt: skip
    assert Table({"X": [{}]}, "X", mistakes).tables("X")[0].path == "X.X[0]"
    assert Table({"X": {}}, "X", mistakes).table("X").path == "X.X"
    assert (top.table("Y").values, top.tables("Z"), top.tables("W"), top.table("none").values) == ({}, [], [], {})
    inner.done()
    second.done()
    first.text("b")
    first.done()
    top.fault("", "整张表")
    assert [str(mistake) for mistake in mistakes] == [
        "Y：应是一张表",
        "Z：应写成 [[Z]] 的列表",
        "W：应写成 [[W]] 的列表",
        "none：缺少这一项",
        "X.a：不认识的项，请检查拼写",
        "rows[1].c：不认识的项，请检查拼写",
        "rows[0].b：应是不为空的文字，现在是“1”",
        "整张表",
    ]

"""What is said of settings that cannot be used."""

from __future__ import annotations

from decimal import Decimal

from scoring.problems import shorten
from scoring.words.phrasing import number


def too_long(most: int) -> str:
    """Say that a text is longer than so many characters."""
    return f"设定太长（超过{most}个字符），没有读取"


def unreadable(setting: str) -> str:
    """Say that a setting is no setting."""
    return f"看不懂的设定“{shorten(setting)}”"


def unknown(key: str) -> str:
    """Say that there is nothing of this name to be set."""
    return f"设定里的“{shorten(key)}”不在可选范围内"


def out_of_range(setting: str, most: Decimal) -> str:
    """Say that a setting exceeds what it may be."""
    return f"设定“{shorten(setting)}”应在0至{number(most)}之间"

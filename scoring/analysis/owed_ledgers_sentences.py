"""The letter and the message that ask for a ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from scoring.analysis.owed_ledgers import QuarterSent
from scoring.board.wording import names
from scoring.model.rules import Rulebook
from scoring.words.phrasing import day_name, quarter_name


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

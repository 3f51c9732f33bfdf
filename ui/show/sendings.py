"""What units sent themselves, as a list. Pure, HTML out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scoring.model.rules import Rulebook
from scoring.model.sendings import Sending, SendingState
from ui.show.tables import Cell, Column, Html, anchor, table
from ui.show.text import listed, moment_name

STATES = {SendingState.WAITING: "待收", SendingState.TAKEN_IN: "已收", SendingState.SENT_BACK: "退回"}


def sendings_table(found: Sequence[Sending], rulebook: Rulebook, link: Mapping[int, str] | None = None) -> Html:
    """Return sendings, the newest first, each with what became of it; ``link`` leads from a number to its files."""
    columns = [
        Column("编号", "k-num"), Column("单位"), Column("报送时间", "day"), Column("报送人", "k-far"), Column("文件", "wrap k-far"),
        Column("现状"), Column("办理", "wrap k-far"),
    ]  # fmt: skip
    return table(columns, [_row(one, rulebook, link or {}) for one in reversed(found)], go=bool(link))


def _row(one: Sending, rulebook: Rulebook, link: Mapping[int, str]) -> list[str | Cell]:
    number = f"第{one.number}号"
    done = f"{moment_name(one.decided_at)} {one.decided_by}" if one.decided_at else ""
    return [
        anchor(link[one.number], number) if one.number in link else number,
        "、".join(rulebook.short(unit) for unit in one.units),
        moment_name(one.sent_at),
        one.by,
        listed((name for name, _ in one.files), 4),
        Cell(STATES[one.state], "k-loss") if one.state is SendingState.SENT_BACK else STATES[one.state],
        "：".join(part for part in (done, one.reason) if part) or Cell("–", "k-quiet"),
    ]

"""The history as a list on the screen. Pure, HTML out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scoring.documents.event_list import EVENT_NAMES, file_names, subject
from scoring.model.events import Event, EventKind
from scoring.model.rules import Rulebook
from ui.show.tables import Cell, Column, Html, table
from ui.show.text import moment_name


def events_table(found: Sequence[Event], rulebook: Rulebook) -> Html:
    """Return the history, the newest first."""
    columns = [
        Column("序号", "k-num"), Column("时间", "day"), Column("经办人", "day"), Column("事项", "day"), Column("对象", "wrap"),
        Column("理由", "wrap"), Column("依据", "k-far"), Column("本条校验值", "k-far"),
    ]  # fmt: skip
    files = file_names(found)
    return table(columns, [_row(event, files, rulebook) for event in reversed(found)], cards=True)


def changes(found: Sequence[Event], rulebook: Rulebook) -> Html:
    """Return what has happened, the newest first: when, who, what."""
    files = file_names(found)
    columns = [Column("时间", "day"), Column("经办人", "day"), Column("事项", "day"), Column("对象", "wrap")]
    rows = [
        [moment_name(one.at), one.actor, EVENT_NAMES[one.kind], subject(one, files, rulebook)]
        for one in reversed(found)
    ]
    return table(columns, rows)


def minutes(found: Sequence[Event], rulebook: Rulebook) -> Html:
    """Return what meetings decided, the newest first."""
    columns = [Column("时间", "day"), Column("关于", "day"), Column("决定", "wrap"), Column("经办人", "day")]
    rows = [[moment_name(one.at), subject(one, {}, rulebook), one.reason, one.actor] for one in reversed(found)]
    return table(columns, rows)


def news(found: Sequence[Event], rulebook: Rulebook) -> str:
    """Say in one line what has happened last, and how much else."""
    last, files = found[-1], file_names(found)
    more = f"，另有{len(found) - 1}件" if len(found) > 1 else ""
    about = subject(last, files, rulebook)
    if last.kind is EventKind.SETTING:
        about = about.partition("：")[0]  # which one; all that it says would be more than a line
    return f"{moment_name(last.at)[-5:]} {last.actor}：{EVENT_NAMES[last.kind]}，{about}{more}。"


def _row(event: Event, files: Mapping[str, str], rulebook: Rulebook) -> list[str | Cell]:
    return [
        str(event.number), moment_name(event.at), event.actor, EVENT_NAMES[event.kind], subject(event, files, rulebook),
        event.reason or Cell("–", "k-quiet"), event.rests_on[:8] or Cell("–", "k-quiet"), event.chain[:8],
    ]  # fmt: skip

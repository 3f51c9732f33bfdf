"""Where things belong, how that was told, and what was said of it by hand. Pure, HTML out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scoring.documents.evidence_file import WAYS
from scoring.model.evidence import Evidence
from scoring.model.placings import Move, Place
from scoring.model.rules import Rulebook
from scoring.store import PlacingRecord
from ui.show.tables import Cell, Column, Html, table
from ui.show.text import moment_name, quarter_name

NOWHERE = "没有对上任何一行"


def place_name(place: Place, rulebook: Rulebook) -> str:
    """Name a place: unit, quarter, clause with its title, a case or an item by its own."""
    unit, clause = rulebook.unit.get(place.unit), rulebook.clause.get(place.clause)
    what = place.item or (clause.title if clause else "")
    quarter = quarter_name(place.quarter) if place.quarter else ""
    return f"{unit.short if unit else place.unit} {quarter} {place.clause} {what}"


def matched_table(told: Iterable[tuple[Evidence, Place | None]], names: Mapping[str, str], rulebook: Rulebook) -> Html:
    """Return each dropped file with the rows that it shows and how that was told; ``names`` are all files by their hash."""
    by_thing: dict[str, list[tuple[Evidence, Place]]] = {sha: [] for sha in names}
    for item, place in told:
        if place is not None:
            by_thing.setdefault(item.sha256 or "", []).append((item, place))
    columns = [Column("文件", "wrap"), Column("对上哪一行", "wrap"), Column("怎样对上的", "wrap")]
    rows = []
    for sha, placed in by_thing.items():
        where = "；".join(dict.fromkeys(place_name(place, rulebook) for _, place in placed))
        ways = "；".join(dict.fromkeys(WAYS[item.found_by] for item, _ in placed))
        rows.append([names.get(sha, sha[:8]), where or Cell(NOWHERE, "k-quiet"), ways or "–"])
    return table(columns, rows)


def loose_table(held: Iterable[Evidence]) -> Html:
    """Return the files that came and fit no row."""
    return table(
        [Column("没有对上的文件", "wrap"), Column("校验值")], [[one.name, (one.sha256 or "")[:8]] for one in held]
    )


def records_table(records: Iterable[PlacingRecord], rulebook: Rulebook) -> Html:
    """Return what was put to a clause by hand and taken off it, the newest first, with who, why, and whether it stands."""
    columns = [
        Column("号", "k-num"), Column("时间", "day"), Column("经办人"), Column("办了什么", "wrap"), Column("理由", "wrap"),
        Column("现在"),
    ]  # fmt: skip
    rows = [
        [
            str(one.placing.number), moment_name(one.event.at), one.event.actor,
            "；".join(_move(move, rulebook) for move in one.placing.moves), one.event.reason,
            f"{moment_name(one.withdrawn.at)}{one.withdrawn.actor}撤回：{one.withdrawn.reason}" if one.withdrawn else "算数",
        ]
        for one in reversed(list(records))
    ]  # fmt: skip
    return table(columns, rows)


def _move(move: Move, rulebook: Rulebook) -> str:
    where = place_name(move.place, rulebook) if move.place else NOWHERE
    return f"“{move.thing.name}”放到{where}" if move.counts else f"“{move.thing.name}”不算{where}"

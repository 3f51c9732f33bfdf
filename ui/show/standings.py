"""The ranking as a table and as a tile map: pure functions of a board, returning HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum

import htpy as h

from scoring.board.summary import losses, red_and_black
from scoring.model.boards import Board, ScoreCard
from scoring.model.rules import Rulebook, UnitKind
from ui.show.tables import Cell, Column, Html, Row, anchor, coded, going, html, table
from ui.show.text import listed, moved, or_dash, points, signed, standing

Link = Callable[[str], str]  # a unit's full name -> the address of its page


class Band(StrEnum):
    """Where a unit stands: on the red list, in the upper or lower middle, on the black list."""

    FRONT = "front"
    UPPER = "upper"
    LOWER = "lower"
    BACK = "back"


BAND_WORDS = {Band.FRONT: "红榜", Band.UPPER: "中上", Band.LOWER: "中下", Band.BACK: "黑榜"}
LIST_WORDS = {Band.FRONT: "红榜", Band.BACK: "黑榜"}


def bands(board: Board, kind: UnitKind) -> dict[str, Band]:
    """Return each unit's band; whoever shares the rank at a cut stands with those inside it, unless all are equal."""
    order = board.ranking(kind.name)
    first, last = red_and_black(board, kind)
    front = {card.unit for card in (*first.firm, *first.tied)}
    back = {card.unit for card in (*last.firm, *last.tied)}
    by_unit = {}
    for card in order:
        middle = Band.UPPER if card.rank <= (len(order) + 1) // 2 else Band.LOWER
        in_front, in_back = card.unit in front, card.unit in back
        by_unit[card.unit] = middle if in_front == in_back else Band.FRONT if in_front else Band.BACK
    return by_unit


def list_marks(board: Board, kind: UnitKind) -> dict[str, Html]:
    """Return the mark 红榜 or 黑榜 of each unit that stands on a list, dashed where a tie leaves it open.

    No marks where all units are equal: there is no list then.
    """
    marks: dict[str, Html] = {}
    if len({card.score for card in board.ranking(kind.name)}) == 1 and not board.decisions:
        return marks
    for band, listing in zip((Band.FRONT, Band.BACK), red_and_black(board, kind), strict=True):
        word = LIST_WORDS[band]
        for card in listing.tied:
            marks[card.unit] = html(marks.get(card.unit), h.span(class_=["k-mark", "open", band])[f"{word}待定"])
        for card in listing.firm:
            marks[card.unit] = html(h.span(class_=["k-mark", band])[word])
    return marks


def movement(board: Board, earlier: Board | None) -> dict[str, int]:
    """Return by how many places each unit has moved up (positive) since an earlier board."""
    if earlier is None:
        return {}
    return {card.unit: earlier.card[card.unit].rank - card.rank for card in board.cards if card.unit in earlier.card}


def ranking_table(
    board: Board, kind: str, rulebook: Rulebook, link: Link, moves: Mapping[str, int], since: str
) -> Html:
    """Return the ranking: ties share one rank cell, bars begin at 100."""
    order = board.ranking(kind)
    cap = rulebook.assessment.score_cap
    widest = max((cap - card.score for card in order), default=Decimal(0))
    about = rulebook.kinds[kind]
    marks = list_marks(board, about)
    columns = [
        Column("名次", "rank"), Column("单位"), Column(f"距{cap:.0f}分还差"), Column("得分", "k-num score"),
        Column("封顶前", "k-num k-far"), Column("扣分", "k-num k-far"),
        *([Column("案例分", "k-num k-far")] if about.case_cap else []),
        *([Column("责任加分", "k-num k-far")] if about.responsibility else []),
        Column("激励加分", "k-num k-far"), *([Column(since, "k-num k-far")] if moves else []),
    ]  # fmt: skip
    rows: list[Row] = []
    for card in order:
        short = rulebook.short(card.unit)
        name = html(anchor(link(card.unit), short), marks.get(card.unit), _silent(card))
        extra = [or_dash(card.case_points)] if about.case_cap else []
        extra += [or_dash(card.responsibility)] if about.responsibility else []
        rows.append([
            _rank_cell(board, card, order), name, _bar(cap - card.score, widest), points(card.score),
            points(card.raw), signed(-card.deductions) if card.deductions else "–", *extra, or_dash(card.incentive),
            *([moved(moves.get(card.unit))] if moves else []),
        ])  # fmt: skip
    return table(columns, rows, go=True)


def _silent(card: ScoreCard) -> h.Node:
    return None if card.reported else h.span(".k-mark.open")["∅ 未报送"]


def _rank_cell(board: Board, card: ScoreCard, order: tuple[ScoreCard, ...]) -> Cell:
    tied = [other for other in order if other.rank == card.rank]
    if len(tied) == 1:
        return Cell(str(card.rank))
    if tied[0] is not card:
        return Cell("", rows=0)
    return Cell(html(str(card.rank), h.small["并列"]), "tie", len(tied))


def length(value: Decimal, widest: Decimal) -> str:
    """Return the style of a bar: its share of the longest one; the style sheet keeps room for the label beside it.

    >>> length(Decimal("6.60"), Decimal("10.10"))
    '--share:0.65347'
    """
    return f"--share:{float(value / widest) if widest else 0.0:.5f}"


def _bar(lacking: Decimal, widest: Decimal) -> Html:
    label = f"差 {points(lacking)}" if lacking else "满分"
    return html(h.div(".k-bar")[h.i(style=length(lacking, widest)), h.b[label]])


def has_map(board: Board, kind: str, rulebook: Rulebook) -> bool:
    """Tell whether the rules place some units of a kind on the tile map."""
    return any(rulebook.unit[card.unit].tile is not None for card in board.ranking(kind))


def tile_map(board: Board, kind: str, rulebook: Rulebook, link: Link) -> Html:
    """Return the units of a kind as tiles in their rough geography; colour and words both tell the band."""
    about = rulebook.kinds[kind]
    band_of, marks = bands(board, about), list_marks(board, about)
    spots, tiles = _spots(board, kind, rulebook), []
    for card in board.ranking(kind):
        unit = rulebook.unit[card.unit]
        row, column = spots[card.unit]
        band = band_of[card.unit]
        word = LIST_WORDS.get(band, BAND_WORDS[band])
        is_open = band in LIST_WORDS and "open" in marks.get(card.unit, "")
        word += "待定" if is_open else ""
        spot = f"grid-row:{row + 1};grid-column:{column + 1}"
        tile = going(link(card.unit), band, *(["open"] if is_open else []), style=spot)
        lines = [h.small[standing(board, card)], h.small[word]]
        tiles.append(tile[h.strong[unit.short], h.b[points(card.score)], lines])
    width = max((column + 1 for _, column in spots.values()), default=1)
    return html(h.div(".k-tiles", style=f"grid-template-columns:repeat({width},minmax(0,1fr))")[tiles])


def _spots(board: Board, kind: str, rulebook: Rulebook) -> dict[str, tuple[int, int]]:
    """Return each unit's (row, column); those that the rules give no place stand in order below the others."""
    units = [card.unit for card in board.cards if card.kind == kind]
    placed = {name: tile for name in units if (tile := rulebook.unit[name].tile) is not None}
    below = max((row + 1 for row, _ in placed.values()), default=0)
    width = max((column + 1 for _, column in placed.values()), default=4)
    spare = [name for name in units if name not in placed]
    return placed | {name: (below + n // width, n % width) for n, name in enumerate(spare)}


def band_key() -> Html:
    """Return the words for the colours of the tiles."""
    words = (h.span[h.i(style=f"background:var(--{band})"), word] for band, word in BAND_WORDS.items())
    return html(h.div(".k-key")[words, h.span["位置是大致方位，不是地图"]])


def losses_table(board: Board, kind: str, rulebook: Rulebook, limit: int = 8) -> Html:
    """Return what the units of a kind lose most on: the clause, its sentence, how many lose how much, and who."""
    largest = losses(board, kind, rulebook)[:limit]
    widest = max((loss.total for loss in largest), default=Decimal(1))
    total = len(board.ranking(kind))
    columns = [
        Column("评分项"), Column("共失分"), Column("单位数", "k-num"), Column("细则原文", "wrap k-far"), Column("失分单位", "wrap k-far"),
    ]  # fmt: skip
    rows = []
    for loss in largest:
        title = coded(loss.clause, rulebook.clause[loss.clause].title)
        bar = html(h.div(".k-bar.lost")[h.i(style=length(loss.total, widest)), h.b[points(-loss.total)]])
        units = list(dict.fromkeys(rulebook.short(finding.unit) for finding in loss.findings))
        who = "全部" if len(units) == total else listed(units)
        rows.append([title, bar, f"{len(units)}/{total}", loss.quote, who])
    return table(columns, rows)

"""The slides of a meeting: 排名 to be revealed, what compares, 热力图, then each unit from the last to the first. Pure, HTML out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePath

import htpy as h

from scoring.analysis.ranges import Range
from scoring.board.summary import deducted, gained, last_rank, pending
from scoring.board.wording import clause_title, reason
from scoring.model.boards import Board, ScoreCard
from scoring.model.evidence import as_words
from scoring.model.findings import Finding
from scoring.model.rules import Rulebook
from ui.show import heatmap, sentences, slides_compared, standings, timeline
from ui.show.heatmap import Heat
from ui.show.marks import BY_OUTCOME
from ui.show.slides_compared import Earlier
from ui.show.tables import Html, chip, going, html
from ui.show.text import points, short_day, signed, standing

LONGEST = 3  # losses on a unit's slide; the rest is summed up in a line
KEYS = "→ 翻页 · A 全揭晓 · W 依据 · N 记决定 · 空格 播放"
LAST_FIRST = "从最后一名起，逐个揭晓"

Link = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Why:
    """The addresses of the pages that say why: of the board, how far ranks can go, the account of changes, the heat map.

    ``cells`` and ``units`` are those of the heat map's cells and of the units' pages but for the unit; a unit's slide
    has no address of its own: it is that of its row in the ranking.
    """

    board: str
    ranges: str
    movement: str
    heat: str
    cells: str
    units: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """What a meeting goes through. ``ranges`` and ``earlier`` None: there is no such slide."""

    heat: Heat
    ranges: Sequence[Range] | None
    earlier: Earlier | None


def deck(slides: Iterable[Html], leave: str, foot: Sequence[str]) -> Html:
    """Return all slides in one piece; the script shows one at a time. ``leave`` is the address after Esc.

    What a keyboard does by W and N, a finger does by the two buttons of the foot.
    """
    shown = list(slides)
    parts = [h.span[part] for part in foot]
    keys, at = h.span(".keys")[KEYS], h.span(".at")[f"1 / {len(shown)}"]
    touched = [h.button(".why", type="button")["看依据"], h.button(".note", type="button")["记决定"]]
    below = h.div(".k-deckfoot")[parts, keys, h.span(".play"), at, touched, going(leave)["退出"]]
    return html(h.div(".k-deck", data_leave=leave)[shown, below])


def slides(meeting: Meeting, unit_link: Link, why: Why) -> list[Html]:
    """Return the slides of a kind, in the order in which a meeting goes through them."""
    heat = meeting.heat
    board, kind, rulebook = heat.board, heat.kind, heat.rulebook
    slides_shown = [ranking_slide(board, kind, rulebook, unit_link, why.board)]
    if meeting.ranges is not None and board.ranking(kind) and rulebook.kinds[kind].listed:
        heading, body = slides_compared.third_place(board, kind, meeting.ranges, rulebook)
        slides_shown.append(_slide("third", heading, body, why.ranges))
    if meeting.earlier is not None:
        earlier = meeting.earlier
        slides_shown += [
            _slide("risen", earlier.says, slides_compared.movers(earlier, kind, rulebook), why.movement),
            _slide("both", f"{earlier.title}与现在", slides_compared.side_by_side(earlier, board, kind, rulebook), why.movement),
        ]  # fmt: skip
    slides_shown.append(heat_slide(heat, why))
    last_first = [unit_slide(board, card, rulebook) for card in reversed(board.ranking(kind))]
    return [*slides_shown, *last_first]


def _slide(name: str, heading: str, body: h.Node, why: str | None = None) -> Html:
    return html(h.section(class_=["k-slide", name], data_why=why)[h.h1[heading], body])


def ranking_slide(board: Board, kind: str, rulebook: Rulebook, link: Link, why: str) -> Html:
    """Return the whole ranking: rank, name, distance to the cap, score, 红榜 or 黑榜 in words.

    The script reveals one row after the other from below; what it comes to is said once all are seen.
    """
    order = board.ranking(kind)
    cap = rulebook.assessment.score_cap
    widest = max((cap - card.score for card in order), default=Decimal(0))
    about = rulebook.kinds[kind]
    marks, bands = standings.list_marks(board, about), standings.bands(board, about)
    rows = []
    for card in order:
        lacking = cap - card.score
        tied = h.small["并列"] if last_rank(board, card) > card.rank else None
        label = f"差{points(lacking)}" if lacking else "满分"
        rows.append(
            going(link(card.unit), "row", bands[card.unit])[
                h.b(".rank")[tied, str(card.rank)],
                h.span(".name")[rulebook.short(card.unit)],
                h.span(".bar")[h.i(style=standings.length(lacking, widest)), h.em[label]],
                h.b(".score")[points(card.score)],
                h.span(".mark")[marks.get(card.unit)],
            ]
        )
    veiled = h.h1(".veiled")[f"{about.noun}排名：{LAST_FIRST}"]
    headline = h.h1(".said")[sentences.ranking(board, kind, rulebook)]
    return html(h.section(".k-slide.ranking", data_why=why)[veiled, headline, h.div(".rows")[rows]])


def heat_slide(heat: Heat, why: Why) -> Html:
    """Return the heat map with the words for its signs."""
    body = [heatmap.heatmap(heat, why.cells, why.units), heatmap.key(heat.marks)]
    return _slide("heat", timeline.headline(heat.board, heat.kind, heat.rulebook), body, why.heat)


def unit_slide(board: Board, card: ScoreCard, rulebook: Rulebook) -> Html:
    """Return one unit: place and score in figures for the back row, its largest losses with evidence, and what it won."""
    mark = standings.list_marks(board, rulebook.kinds[card.kind]).get(card.unit)
    side = h.div(".side")[
        h.div(".place")[standing(board, card), mark],
        h.div(".name")[rulebook.short(card.unit)],
        h.div(".big")[points(card.score)],
        h.div(".parts")[_parts(card)],
    ]
    lost = sorted(deducted(card), key=lambda finding: finding.points)
    listed = h.div(".list")[_lines(lost, rulebook), _won(card, rulebook), _waiting(card, rulebook)]
    return _slide("unit", sentences.unit(board, card, rulebook), h.div(".two")[side, listed])


def _parts(card: ScoreCard) -> h.Node:
    pairs = [
        ("基础分", points(card.base)), ("责任加分", signed(card.responsibility)), ("案例分", signed(card.case_points)),
        ("激励加分", signed(card.incentive)), ("扣分", signed(-card.deductions)),
    ]  # fmt: skip
    shown = [(name, value) for name, value in pairs if value != signed(Decimal(0))]
    if card.raw != card.score:
        shown.append(("封顶前", points(card.raw)))
    return [h.span[name, h.b[value]] for name, value in shown]


def _lines(lost: Sequence[Finding], rulebook: Rulebook) -> h.Node:
    if not lost:
        return h.p(".none")["没有扣分"]
    lines = [
        h.div(".line")[
            chip(finding.clause),
            h.span(".what")[
                clause_title(finding, rulebook), h.small[reason(finding)], h.small(".shown")[_shown_by(finding)]
            ],
            h.small(".found")[BY_OUTCOME[finding.outcome].sign],
            h.b(".k-loss")[signed(finding.points)],
        ]
        for finding in lost[:LONGEST]
    ]
    rest = lost[LONGEST:]
    if rest:
        total = sum((finding.points for finding in rest), Decimal(0))
        lines.append(h.div(".line.more")[h.span(".what")[f"另有{len(rest)}项扣分"], h.b[signed(total)]])
    return lines


def _shown_by(finding: Finding) -> str:
    """Say by what a loss is shown: its evidence, and the cell that decided it, or that there is none."""
    cells = finding.computed.sources if finding.computed else finding.sources
    where = f"{PurePath(cells[0].workbook).name} {cells[0].sheet} {cells[0].cell}" if cells else "台账里没有这一项"
    proof = as_words(finding.evidence)
    return f"佐证：{proof}；{where}" if proof else f"没有佐证；{where}"


def _won(card: ScoreCard, rulebook: Rulebook) -> h.Node:
    won = gained(card)
    if not won:
        return None
    titles = "、".join(f"{finding.clause} {clause_title(finding, rulebook)}" for finding in won)
    total = sum((finding.points for finding in won), Decimal(0))
    return h.div(".line.more")[h.span(".what")[f"加分：{titles}"], h.b(".k-win")[signed(total)]]


def _waiting(card: ScoreCard, rulebook: Rulebook) -> h.Node:
    waiting = pending(card)
    if not waiting:
        return None
    day = waiting[0].deadline
    nearest = f"，最近{short_day(day, rulebook.assessment.year)}" if day else ""
    return h.div(".line.more")[h.span(".what")[f"未到期：{len(waiting)}项{nearest}"]]

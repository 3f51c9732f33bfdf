"""The slides of a meeting: 排名, 热力图, then each unit from the last to the first. Pure, HTML out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from scoring.board.summary import deducted, gained, last_rank, pending
from scoring.board.wording import clause_title, reason
from scoring.model.boards import Board, ScoreCard
from scoring.model.findings import Finding
from scoring.model.rules import Rulebook
from ui.show import heatmap, sentences, standings, timeline
from ui.show.heatmap import Heat
from ui.show.proofs import state
from ui.show.tables import Html, chip
from ui.show.text import esc, points, short_day, signed, standing

LONGEST = 6  # findings on a unit's slide; the rest is summed up in a line
KEYS = "← → 翻页 · 空格 自动播放 · Esc 退出"

Link = Callable[[str], str]


def deck(slides: Iterable[Html], leave: str, foot: Sequence[str]) -> Html:
    """Return all slides in one piece; the script shows one at a time. ``leave`` is the escaped address after Esc."""
    held = list(slides)
    parts = "".join(f"<span>{esc(part)}</span>" for part in foot)
    return Html(
        f"<div class='k-deck' data-leave='{leave}'>{''.join(held)}"
        f"<div class='k-deckfoot'>{parts}<span class='keys'>{KEYS}</span><span class='play'></span>"
        f"<span class='at'>1 / {len(held)}</span><a class='go' href='{leave}' target='_self'>退出</a></div></div>"
    )


def slides(heat: Heat, link: heatmap.Link, unit_link: Link) -> list[Html]:
    """Return the slides of a kind, in the order in which a meeting goes through them."""
    board, kind, rules = heat.board, heat.kind, heat.rules
    order = board.ranking(kind)
    last_first = [unit_slide(board, card, rules) for card in reversed(order)]
    return [ranking_slide(board, kind, rules, unit_link), heat_slide(heat, link, unit_link), *last_first]


def _slide(name: str, heading: str, body: str) -> Html:
    return Html(f"<section class='k-slide {name}'><h1>{esc(heading)}</h1>{body}</section>")


def ranking_slide(board: Board, kind: str, rules: Rulebook, link: Link) -> Html:
    """Return the whole ranking: rank, name, distance to the cap, score, 红榜 or 黑榜 in words."""
    order = board.ranking(kind)
    cap = rules.assessment.score_cap
    widest = max((cap - card.score for card in order), default=Decimal(0))
    about = rules.kinds[kind]
    marks, bands = standings.list_marks(board, about), standings.bands(board, about)
    rows = ""
    for card in order:
        lacking = cap - card.score
        tied = "<small>并列</small>" if last_rank(board, card) > card.rank else ""
        label = f"差{points(lacking)}" if lacking else "满分"
        rows += (
            f"<a class='go row {bands[card.unit]}' href='{link(card.unit)}' target='_self'>"
            f"<b class='rank'>{tied}{card.rank}</b><span class='name'>{esc(rules.unit[card.unit].short)}</span>"
            f"<span class='bar'><i style='{standings.length(lacking, widest)}'></i><em>{label}</em></span>"
            f"<b class='score'>{points(card.score)}</b><span class='mark'>{marks.get(card.unit, '')}</span></a>"
        )
    return _slide("ranking", sentences.ranking(board, kind, rules), f"<div class='rows'>{rows}</div>")


def heat_slide(heat: Heat, link: heatmap.Link, unit_link: Link) -> Html:
    """Return the heat map with the words for its signs."""
    body = f"{heatmap.heatmap(heat, link, unit_link)}{heatmap.key(heat.marks)}"
    return _slide("heat", timeline.headline(heat.board, heat.kind, heat.rules), body)


def unit_slide(board: Board, card: ScoreCard, rules: Rulebook) -> Html:
    """Return one unit: place and score in figures for the back row, and what it lost and won."""
    mark = standings.list_marks(board, rules.kinds[card.kind]).get(card.unit, "")
    side = (
        f"<div class='side'><div class='place'>{standing(board, card)}{mark}</div>"
        f"<div class='name'>{esc(rules.unit[card.unit].short)}</div><div class='big'>{points(card.score)}</div>"
        f"<div class='parts'>{_parts(card)}</div></div>"
    )
    lost = sorted(deducted(card), key=lambda finding: finding.points)
    body = f"{side}<div class='list'>{_lines(lost, rules)}{_won(card, rules)}{_waiting(card, rules)}</div>"
    return _slide("unit", sentences.unit(board, card, rules), f"<div class='two'>{body}</div>")


def _parts(card: ScoreCard) -> str:
    pairs = [
        ("基础分", points(card.base)), ("责任加分", signed(card.responsibility)), ("案例分", signed(card.case_points)),
        ("激励加分", signed(card.incentive)), ("扣分", signed(-card.deductions)),
    ]  # fmt: skip
    shown = [(name, value) for name, value in pairs if value != signed(Decimal(0))]
    if card.raw != card.score:
        shown.append(("封顶前", points(card.raw)))
    return "".join(f"<span>{name}<b>{value}</b></span>" for name, value in shown)


def _lines(lost: Sequence[Finding], rules: Rulebook) -> str:
    if not lost:
        return "<p class='none'>没有扣分</p>"
    lines = "".join(
        f"<div class='line'>{chip(finding.clause)}<span class='what'>{esc(clause_title(finding, rules))}"
        f"<small>{esc(reason(finding))}</small></span>{state(finding)}<b class='k-loss'>{signed(finding.points)}</b></div>"
        for finding in lost[:LONGEST]
    )
    rest = lost[LONGEST:]
    if rest:
        total = sum((finding.points for finding in rest), Decimal(0))
        lines += f"<div class='line more'><span class='what'>另有{len(rest)}项扣分</span><b>{signed(total)}</b></div>"
    return lines


def _won(card: ScoreCard, rules: Rulebook) -> str:
    won = gained(card)
    if not won:
        return ""
    said = "、".join(f"{finding.clause} {clause_title(finding, rules)}" for finding in won)
    total = sum((finding.points for finding in won), Decimal(0))
    return (
        f"<div class='line more'><span class='what'>加分：{esc(said)}</span><b class='k-win'>{signed(total)}</b></div>"
    )


def _waiting(card: ScoreCard, rules: Rulebook) -> str:
    waiting = pending(card)
    if not waiting:
        return ""
    day = waiting[0].deadline
    nearest = f"，最近{short_day(day, rules.assessment.year)}" if day else ""
    return f"<div class='line more'><span class='what'>未到期：{len(waiting)}项{nearest}</span></div>"

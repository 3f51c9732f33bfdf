"""The one sentence on top of a screen, made of a board: it can be read out as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from scoring.board.summary import Listing, deducted, last_rank, losses, pending, red_and_black, unconfirmed
from scoring.model.boards import Board, ScoreCard
from scoring.model.rules import Rulebook
from scoring.words.phrasing import numeral
from ui.show.text import day_name, names, number, points, ranks, short_day


def ranking(board: Board, kind: str, rulebook: Rulebook) -> str:
    """Say who stands first and last, and how firm both cuts are."""
    order, listed = board.ranking(kind), rulebook.kinds[kind].listed
    if not order:
        return "本年度没有这一类考评对象"
    if not listed:
        return _unlisted(board, order, rulebook)
    if len({card.score for card in order}) == 1 and not board.decisions:
        return f"{len(order)}个单位同为{points(order[0].score)}分，并列第1名，红黑榜无从分出{_by_raw(order, rulebook)}"
    first, last = red_and_black(board, rulebook.kinds[kind])
    if both := [card for card in first.tied if card in last.tied]:
        return _open(board, first, last, both, rulebook)
    return f"{_first(board, first, rulebook)}；{_last(board, last, rulebook)}"


def _unlisted(board: Board, order: Sequence[ScoreCard], rulebook: Rulebook) -> str:
    """Say who has most and who least, of a kind of which no lists are drawn."""
    most, least = order[0].score, order[-1].score
    if most == least:
        return f"{len(order)}个单位同为{points(most)}分，并列第1名{_by_raw(order, rulebook)}"
    ends = [[card for card in order if card.score == score] for score in (most, least)]
    names = [_shorts(cards, rulebook) if len(cards) <= 4 else f"{len(cards)}个单位" for cards in ends]
    return f"{names[0]}得{points(most)}分居首；{names[1]}得{points(least)}分居末"


def _open(board: Board, first: Listing, last: Listing, both: Sequence[ScoreCard], rulebook: Rulebook) -> str:
    """Say that one tie lies across both cuts."""
    ahead = f"{_shorts(first.firm, rulebook)}居前，" if first.firm else ""
    behind = f"；{_shorts(sorted(last.firm, key=lambda card: card.rank), rulebook)}居末" if last.firm else ""
    return f"{ahead}{_tied(board, both, rulebook)}，红榜黑榜都待定{behind}"


def _by_raw(order: Sequence[ScoreCard], rulebook: Rulebook) -> str:
    """Say who is ahead before the cap, where that tells the units apart."""
    most = max(card.raw for card in order)
    ahead = [card for card in order if card.raw == most]
    return f"；封顶前{_shorts(ahead, rulebook)}最高，{points(most)}分" if len(ahead) < len(order) else ""


def firmness(board: Board, kind: str, rulebook: Rulebook) -> str:
    """Say how many points lie between the units on either side of both cuts, and where people decided instead.

    Empty where no lists are drawn.
    """
    order, listed = board.ranking(kind), rulebook.kinds[kind].listed
    parts = []
    both = zip((listed, len(order) - listed), red_and_black(board, rulebook.kinds[kind]), strict=True)
    for upper, listing in both if listed else ():
        if 0 < upper < len(order):
            gap = order[upper - 1].score - order[upper].score
            level = "同分，已定" if listing.decision else "同分"
            parts.append(f"第{upper}名与第{upper + 1}名{f'相差{number(gap)}分' if gap else level}")
    return "；".join(dict.fromkeys(parts))


def _first(board: Board, listing: Listing, rulebook: Rulebook) -> str:
    shorts = _shorts(listing.firm, rulebook)
    if listing.decision:
        return f"{shorts}列入红榜（并列已定）" if shorts else "红榜经决定不列单位"
    if not listing.tied:
        return f"{shorts}居前{numeral(len(listing.firm))}"
    tied = _tied(board, listing.tied, rulebook)
    return f"{shorts}居前，{tied}" if shorts else tied


def _last(board: Board, listing: Listing, rulebook: Rulebook) -> str:
    firm = sorted(listing.firm, key=lambda card: card.rank)
    if listing.decision:
        return f"{_shorts(firm, rulebook)}列入黑榜（并列已定）" if firm else "黑榜经决定不列单位"
    if not listing.tied:
        same = len({card.rank for card in firm}) == 1 and len(firm) > 1
        end = f"并列{ranks(firm[0].rank, last_rank(board, firm[0]))}" if same else f"列后{numeral(len(firm))}"
        return f"{_shorts(firm, rulebook)}{end}"
    tied = _tied(board, listing.tied, rulebook)
    return f"{tied}，{_shorts(firm, rulebook)}居末" if firm else tied


def _tied(board: Board, cards: Sequence[ScoreCard], rulebook: Rulebook) -> str:
    place = ranks(cards[0].rank, last_rank(board, cards[0]))
    who = _shorts(cards, rulebook) if len(cards) <= 4 else f"{len(cards)}个单位"
    return f"{who}并列{place}"


def _shorts(cards: Sequence[ScoreCard], rulebook: Rulebook) -> str:
    return names(rulebook.short(card.unit) for card in cards)


def dearest(board: Board, kind: str, rulebook: Rulebook) -> str:
    """Say on what the units of a kind lose most."""
    dear = losses(board, kind, rulebook)
    if not dear:
        return "目前没有扣分"
    top = dear[0]
    total = sum((loss.total for loss in dear), Decimal(0))
    what = f"{top.clause}{rulebook.clause[top.clause].title}"
    return f"失分最多的是{what}：{len(top.findings)}个单位共失{number(top.total)}分（全部失分{number(total)}分）"


def unit(board: Board, card: ScoreCard, rulebook: Rulebook, *, ranked: bool = True) -> str:
    """Say where a unit stands, what it has lost, and what comes next; ``ranked`` False: the others are not shown."""
    year = rulebook.assessment.year
    shared = "并列" if last_rank(board, card) > card.rank else ""
    of = len(board.ranking(card.kind))
    stands = f"，{shared}第{card.rank}名（共{of}个）" if ranked else ""
    sentences = [f"{rulebook.short(card.unit)}得{points(card.score)}分{stands}"]
    lost = deducted(card)
    sentences.append(f"{len(lost)}项扣{number(card.deductions)}分" if lost else "没有扣分")
    if not card.reported:
        sentences.append(f"截至{day_name(board.as_of)}没有报送台账")
    if waiting := pending(card):
        day = waiting[0].deadline
        sentences.append(f"还有{len(waiting)}项未到期" + (f"，最近{short_day(day, year)}" if day else ""))
    if unclear := unconfirmed(card):
        sentences.append(f"{len(unclear)}项待人工确认")
    return "；".join(sentences)


def firm_and_dearest(board: Board, kind: str, rulebook: Rulebook) -> str:
    """Say how firm the cuts of the lists are and what is lost most; what cannot be said is left out."""
    return "；".join(filter(None, (firmness(board, kind, rulebook), dearest(board, kind, rulebook))))

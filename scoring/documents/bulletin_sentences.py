"""The sentences and table rows of the 通报, worked out of a board."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from scoring.board.summary import (
    Listing,
    Loss,
    average,
    deducted,
    last_rank,
    red_and_black,
)
from scoring.board.wording import clean, names, points, ranks
from scoring.documents.official_paper import WIDTH, Column
from scoring.model.boards import Board, ScoreCard
from scoring.model.findings import Finding
from scoring.model.notices import NOT_DUE, Notice, OpenCount, QuarterNews
from scoring.model.rules import Rulebook, UnitKind
from scoring.model.ties import TieDecision
from scoring.words.phrasing import day_name, quarter_name

NAMED = 3  # of more units that are alike, their number is said
CELL = 17.0  # millimetres of a column of points


def score_columns(kind: UnitKind) -> list[Column]:
    """Return the columns of a kind's ranking: every part that its scores are added up of, and no other."""
    points_of = ["得分", "封顶前", "基础分", *_parts(kind), "激励加分", "扣分"]
    rest = WIDTH - CELL * len(points_of) - 18
    return [Column("名次", 18, "center"), Column("单位", rest), *(Column(title, CELL, "right") for title in points_of)]


def _parts(kind: UnitKind) -> dict[str, str]:
    """Return the parts of a score that only some kinds have: title -> where a card holds it."""
    own = {"责任加分": ("responsibility", kind.responsibility), "案例分": ("case_points", kind.case_cap)}
    return {title: name for title, (name, most) in own.items() if most}


def score_cells(card: ScoreCard, kind: UnitKind) -> list[str]:
    """Return a card's points as ``score_columns`` asks for them: 封顶前 is the sum of what follows it, 扣分 taken off."""
    names_of = ("score", "raw", "base", *_parts(kind).values(), "incentive", "deductions")
    return [points(getattr(card, name)) for name in names_of]


def ranking_rows(board: Board, kind: UnitKind) -> list[list[str]]:
    """Return the ranking as rows of ``score_columns``; a shared rank says 并列."""
    return [[_rank(board, card), card.unit, *score_cells(card, kind)] for card in board.ranking(kind.name)]


def _rank(board: Board, card: ScoreCard) -> str:
    return f"并列{card.rank}" if last_rank(board, card) > card.rank else str(card.rank)


def overview(board: Board, rulebook: Rulebook, notice: Notice, *, final: bool) -> list[str]:
    """Say how the kinds stand, who has reported when, and what is still open."""
    sentences = [_standing(board, rulebook, kind) for kind in rulebook.kinds.values() if board.ranking(kind.name)]
    silent = [card.unit for card in board.cards if not card.reported]
    sentences.append(_reporting(len(board.cards), silent))
    sentences += [_quarter(news) for news in notice.quarters]
    if notice.undecided:
        sentences.append(_undecided(notice.undecided, final=final))
    return [sentence for sentence in sentences if sentence]


def _undecided(counts: Sequence[OpenCount], *, final: bool) -> str:
    """Say how much is open, by sorts; a final paper says what it counted it by."""
    if not final:
        return f"还没有定论的：{names(f'{one.title}{one.count}项' for one in counts)}。"
    waiting = sum(one.count for one in counts if one.title == NOT_DUE)
    others = sum(one.count for one in counts if one.by_ruling)
    parts = [f"尚未到期、暂不计分的{waiting}项"] if waiting else []
    parts += [f"按现有填写和材料计分的{others}项"] if others else []
    return f"{'；'.join(parts)}。" if parts else ""


def nobody_sent(board: Board, rulebook: Rulebook) -> str:
    """Say what stands on a board for which nobody has sent a ledger."""
    stands = "；".join(_alike(board, kind) for kind in rulebook.kinds.values() if board.ranking(kind.name))
    closed = board.as_of >= rulebook.assessment.last_day(board.policy)
    return (
        f"截至{day_name(board.as_of)}，{len(board.cards)}个单位都没有报送台账。按照《{rulebook.assessment.title}细则》，"
        f"未报送视为未开展：{stands}。{'' if closed else '请各单位立即补报。'}"
    )


def _alike(board: Board, kind: UnitKind) -> str:
    """Say what the units of a kind score, who have sent nothing: mostly the same."""
    ranking = board.ranking(kind.name)
    best, worst = points(ranking[0].score), points(ranking[-1].score)
    scores = f"都得{best}分" if best == worst else f"得{worst}至{best}分"
    return f"{len(ranking)}个{kind.noun}{scores}"


def _quarter(news: QuarterNews) -> str:
    """Say of a quarter who sent its ledger late, and who not at all."""
    count, quarter = news.in_time + len(news.late) + len(news.missing), quarter_name(news.quarter)
    for word, units in (("按时报送", news.in_time), ("没有报送", len(news.missing))):
        if units == count:
            return f"{quarter}台账，{count}个单位都{word}。"
    told = [
        f"{word}{len(units)}个（{names(units)}）"
        for word, units in (("迟报", news.late), ("未报", news.missing))
        if units
    ]
    return f"{quarter}台账按时报送{news.in_time}个，{'，'.join(told)}。"


def _reporting(count: int, silent: list[str]) -> str:
    """Say who has sent ledgers, of ``count`` units."""
    if not silent:
        return f"{count}个单位都已报送台账。"
    return f"{count}个单位中，{count - len(silent)}个已报送台账，{len(silent)}个没有报送：{names(silent)}。"


def _standing(board: Board, rulebook: Rulebook, kind: UnitKind) -> str:
    """Say a kind's mean, its ends, and what was lost and won altogether."""
    ranking = board.ranking(kind.name)
    best, worst = ranking[0].score, ranking[-1].score
    lost = sum((card.deductions for card in ranking), Decimal(0))
    clauses = {finding.clause for card in ranking for finding in deducted(card)}
    at_cap = sum(card.score == rulebook.assessment.score_cap for card in ranking)
    ends = (
        f"得分都是{points(best)}分"
        if best == worst
        else f"{_end(ranking, best, '最高')}，{_end(ranking, worst, '最低')}"
    )
    capped = f"，其中{at_cap}个达到{points(rulebook.assessment.score_cap)}分的上限" if at_cap else ""
    won = sum((card.case_points + card.incentive for card in ranking), Decimal(0))
    return (
        f"{len(ranking)}个{kind.noun}平均得{points(average(board, kind.name))}分，{ends}{capped}；"
        f"合计扣{points(lost)}分，涉及{len(clauses)}个评分项；案例分和激励加分合计{points(won)}分。"
    )


def _end(ranking: Iterable[ScoreCard], score: Decimal, word: str) -> str:
    """Name the units at one end; of more than three that are equal, their number."""
    units = [card.unit for card in ranking if card.score == score]
    who = names(units) if len(units) <= NAMED else f"{len(units)}个单位"
    return f"{word}{points(score)}分（{who}）"


def listing_sentences(board: Board, rulebook: Rulebook, *, final: bool = False) -> list[str]:
    """Say who is in 红榜 and 黑榜, ties over the cut said plainly; a kind of few units has no lists.

    A ``final`` paper does not say that something is still to be decided.
    """
    sentences: list[str] = []
    for kind in rulebook.kinds.values():
        ranking = board.ranking(kind.name)
        if not ranking or not kind.listed:
            continue
        if len(ranking) <= 2 * kind.listed:
            sentences.append(f"{kind.noun}共{len(ranking)}个，只排名次，不列红黑榜。")
            continue
        sentences += _lists(board, kind, final=final)
    return [sentence for sentence in sentences if sentence]


def _lists(board: Board, kind: UnitKind, *, final: bool) -> list[str]:
    """Say 红榜 and 黑榜 of one kind, and how far each cut is from the next unit."""
    red, black = red_and_black(board, kind)
    listed = kind.listed
    heads = (f"红榜（{kind.noun}前{listed}名）：", f"黑榜（{kind.noun}后{listed}名）：")
    both = [card for card in red.tied if card in black.tied]
    if not both:
        sentences = (
            _listed(board, red, f"第{listed}名", final=final),
            _listed(board, black, f"倒数第{listed}名", final=final),
        )
        return [heads[0] + sentences[0], heads[1] + sentences[1], _margins(board, kind, red, black)]
    first = both[0]
    sure = [
        head
        + "、".join(f"{card.unit}（{_place(board, card)}，{points(card.score)}分）" for card in listing.firm)
        + "。"
        for head, listing in zip(heads, (red, black), strict=True)
        if listing.firm
    ]
    return [
        *sure,
        (
            f"{_many(both)}得分相同（{points(first.score)}分），并列{ranks(first.rank, last_rank(board, first))}，"
            f"同时跨过第{listed}名和倒数第{listed}名的分界，仅凭得分不宜列入任何一榜{_told_apart(both)}。"
        ),
    ]


def _many(cards: Sequence[ScoreCard]) -> str:
    """Name units, or give their number where they are more than can be read out."""
    return names(card.unit for card in cards) if len(cards) <= 2 * NAMED else f"{len(cards)}个单位"


def _listed(board: Board, listing: Listing, cut: str, *, final: bool) -> str:
    """Name the units of one list; those tied over the cut apart, with how many places are left for them."""
    firm = "、".join(f"{card.unit}（{_place(board, card)}，{points(card.score)}分）" for card in listing.firm)
    if listing.decision:
        return f"{firm or '不列单位'}。{_decided(listing.decision, cut)}"
    if not listing.tied:
        return f"{firm}。"
    tied = sorted(listing.tied, key=board.cards.index)
    first = tied[0]
    shared = (
        f"{_many(tied)}得分相同（{points(first.score)}分），"
        f"并列{ranks(first.rank, last_rank(board, first))}，跨过{cut}的分界，只余{listing.seats}个位置，"
        f"仅凭得分分不出先后{_told_apart(tied)}{'' if final else '，是否一并列入须另行确定'}。"
    )
    return f"{firm}。另有{shared}" if firm else shared


def _decided(decision: TieDecision, cut: str) -> str:
    """Say what people decided about a tie over a cut, and by what."""
    listed = f"列入{names(decision.listed)}" if decision.listed else "都不列入"
    if set(decision.listed) == set(decision.tied):
        listed = "一并列入"
    return f"其中{names(decision.tied)}得分相同，跨过{cut}的分界，按{clean(decision.reason).rstrip('。')}，{listed}。"


def _place(board: Board, card: ScoreCard) -> str:
    """Say a rank, 并列 where it is shared."""
    return f"并列第{card.rank}名" if last_rank(board, card) > card.rank else f"第{card.rank}名"


def _told_apart(tied: Sequence[ScoreCard]) -> str:
    """Say the points before the cap where they differ: they tell units at the cap apart."""
    if len({card.raw for card in tied}) == 1:
        return ""
    return "（封顶前" + "、".join(f"{card.unit}{points(card.raw)}分" for card in tied) + "）"


def _margins(board: Board, kind: UnitKind, red: Listing, black: Listing) -> str:
    """Say how far the cuts are from the next unit; a cut that a tie crosses has no margin."""
    ranking, listed = board.ranking(kind.name), kind.listed
    parts: list[str] = []
    if not red.tied and not red.decision:
        gap = ranking[listed - 1].score - ranking[listed].score
        parts.append(f"第{listed}名与第{listed + 1}名相差{points(gap)}分")
    if not black.tied and not black.decision:
        gap = ranking[-listed - 1].score - ranking[-listed].score
        parts.append(f"倒数第{listed}名与倒数第{listed + 1}名相差{points(gap)}分")
    return "，".join(parts) + "。" if parts else ""


def loss_rows(board: Board, rulebook: Rulebook, kind: str, found: Sequence[Loss]) -> list[list[str]]:
    """Return clauses with the units concerned and their points, as rows of three cells."""
    size = len(board.ranking(kind))
    return [
        [
            f"{loss.clause} {rulebook.clause[loss.clause].title}（{clean(loss.quote).rstrip('，；。')}）",
            concerned(loss.findings, size),
            points(loss.total),
        ]
        for loss in found
    ]


def concerned(findings: Sequence[Finding], size: int) -> str:
    """Name the units concerned, those with equal points together; ``size`` is how many units there are."""
    groups: dict[Decimal, list[str]] = {}
    for finding in findings:
        groups.setdefault(-finding.points, []).append(finding.unit)
    if len(groups) == 1 and len(findings) == size > NAMED:
        return f"全部{size}个单位（各{points(next(iter(groups)))}分）"
    return "；".join(
        f"{names(units)}（{'各' if len(units) > 1 else ''}{points(value)}分）"
        for value, units in sorted(groups.items(), reverse=True)
    )

"""A unit's findings as plain lists: bonuses, what falls due, all clauses, and two units side by side. Pure, HTML out."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from scoring.analysis.open_items import at_stake, score_if_confirmed
from scoring.analysis.position import Position
from scoring.board.red_black import rank_among
from scoring.board.wording import clause_title, reason
from scoring.model.boards import Board, ScoreCard
from scoring.model.findings import Finding, Outcome
from scoring.model.rules import Rulebook
from ui.show.proofs import state
from ui.show.tables import Cell, Column, Html, bold, coded, table
from ui.show.text import day_name, days_left, place, points, signed, standing


def named(finding: Finding, rulebook: Rulebook) -> Html:
    """Return a clause's code with its title."""
    return coded(finding.clause, clause_title(finding, rulebook))


def signed_cell(value: Decimal) -> Cell:
    """Return points won or lost, in their colour and with their sign."""
    return Cell(signed(value) if value else "–", "k-loss" if value < 0 else "k-win" if value > 0 else "k-quiet")


def if_confirmed(unclear: Iterable[Finding], position: Position, board: Board, card: ScoreCard) -> str:
    """Say where a unit would stand with everything accepted that is unclear now, the others staying where they are."""
    score = score_if_confirmed(position, card, unclear)
    others = [other.score for other in position.rivals(card.unit)]
    stands = f"{points(score)}分、{place(rank_among(score, others), shared=score in others)}"
    now = f"现在{points(card.score)}分、{standing(board, card)}"
    return f"全部认可后为{stands}（其他单位不变；{now}）" if score != card.score else f"全部认可后得分不变（{now}）"


def waiting_table(findings: Iterable[Finding], position: Position) -> Html:
    """Return what is not due yet: when it falls due, and what it costs if it is not done by then."""
    columns = [
        Column("到期日", "day"), Column("还有", "k-num"), Column("评分项", "name"), Column("到期未完成将扣", "k-num"),
        Column("现状", "wrap k-far"),
    ]  # fmt: skip
    rows = [
        [
            day_name(finding.deadline) if finding.deadline else "–",
            days_left(finding.deadline, position.as_of) if finding.deadline else "–",
            named(finding, position.rulebook),
            signed(-at_stake(position, finding)),
            reason(finding),
        ]
        for finding in findings
    ]
    return table(columns, rows)


def silent_table(findings: Iterable[Finding], rulebook: Rulebook) -> Html:
    """Return deductions that no cell decided: nothing was sent, or nothing was said."""
    columns = [
        Column("评分项", "name"),
        Column("状态"),
        Column("扣分", "k-num"),
        Column("细则原文", "wrap k-far"),
        Column("理由", "wrap"),
    ]
    rows: list[list[str | Cell]] = [
        [named(finding, rulebook), state(finding), signed_cell(finding.points), finding.quote, reason(finding)]
        for finding in findings
    ]
    return table(columns, rows)


def all_table(card: ScoreCard, rulebook: Rulebook) -> Html:
    """Return every finding of a unit, zeros too."""
    columns = [
        Column("评分项", "name"),
        Column("状态"),
        Column("得失", "k-num"),
        Column("理由", "wrap"),
        Column("时限", "k-far day"),
    ]
    rows: list[list[str | Cell]] = [
        [
            named(finding, rulebook), state(finding), signed_cell(finding.points), reason(finding),
            day_name(finding.deadline) if finding.deadline else "–",
        ]
        for finding in card.findings
    ]  # fmt: skip
    return table(columns, rows, cards=True)


def comparison(one: ScoreCard, other: ScoreCard, rulebook: Rulebook, *, only_different: bool) -> Html:
    """Return two units line by line: what each won or lost on every clause, and what lies between them."""
    names = [rulebook.short(card.unit) for card in (one, other)]
    sides = [column for name in names for column in (Column(name, "k-num"), Column("", "k-far"))]
    columns = [Column("评分项", "name"), *sides, Column("相差", "k-num")]
    rows: list[list[str | Cell]] = [_totals("得分", one.score, other.score), _totals("封顶前", one.raw, other.raw)]
    for mine, theirs in _pairs(one, other, rulebook):
        gap = (mine.points if mine else Decimal(0)) - (theirs.points if theirs else Decimal(0))
        same = not gap and (mine and mine.outcome) == (theirs and theirs.outcome)
        if same and only_different:
            continue
        shown = mine or theirs
        if shown is None:
            continue
        nothing = "–" if shown.item else "不考核"
        rows.append([named(shown, rulebook), *_side(mine, nothing), *_side(theirs, nothing), signed_cell(gap)])
    return table(columns, rows)


def _totals(title: str, one: Decimal, other: Decimal) -> list[str | Cell]:
    return [bold(title), points(one), "", points(other), "", signed_cell(one - other)]


def _side(finding: Finding | None, nothing: str) -> list[str | Cell]:
    if finding is None:
        return [Cell(nothing, "k-quiet"), ""]
    return [
        signed_cell(finding.points),
        state(finding) if finding.outcome is not Outcome.PENDING else Cell("未到期", "k-quiet"),
    ]


def _pairs(one: ScoreCard, other: ScoreCard, rulebook: Rulebook) -> list[tuple[Finding | None, Finding | None]]:
    """Pair the findings of two units, clause by clause in the order of the rules, then the incentives item by item."""
    mine, theirs = ({(f.clause, f.item): f for f in card.findings} for card in (one, other))
    order = {clause.code: place for place, clause in enumerate(rulebook.clauses)}
    keys = sorted(mine | theirs, key=lambda key: (order.get(key[0], len(order)), key))
    return [(mine.get(key), theirs.get(key)) for key in keys]


def bonus_note(card: ScoreCard, rulebook: Rulebook) -> str:
    """Say how far the case points go."""
    cap = rulebook.kinds[card.kind].case_cap
    return f"案例分 {points(card.case_points)}，最多 {points(cap)}；激励加分 {points(card.incentive)}"

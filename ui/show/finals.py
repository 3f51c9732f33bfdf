"""Final boards as lists: receipts, a board as it was published, objections, and the account between two boards. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import htpy as h

from scoring.analysis.movement import Movement, Step, UnitMovement, sums
from scoring.analysis.movement_sentences import TITLES as STEPS
from scoring.board.summary import last_rank
from scoring.model.boards import Board
from scoring.model.publications import Objection, ObjectionState, Publication, TurnKind
from scoring.model.rules import Rulebook
from ui.show.lines import signed_cell
from ui.show.tables import Cell, Column, Html, anchor, chip, coded, html, table
from ui.show.text import day_name, days_left, moment_name, moved, place, points

STATES = {ObjectionState.OPEN: "待处理", ObjectionState.UPHELD: "采纳", ObjectionState.DISMISSED: "不采纳"}
Link = Callable[[str], str]


def receipts_table(found: Sequence[Publication], link: Link) -> Html:
    """Return all final boards, the newest first."""
    columns = [
        Column("定稿编号"), Column("范围"), Column("截至", "day"), Column("定稿时间", "day"), Column("定稿人"), Column("更正"),
        Column("略过事项", "k-num k-far"),
    ]  # fmt: skip
    rows: list[list[str | Cell]] = [
        [
            anchor(link(receipt.number), receipt.number),
            receipt.title,
            day_name(receipt.as_of),
            moment_name(receipt.published_at),
            receipt.actor,
            f"更正{receipt.replaces}" if receipt.replaces else Cell("–", "k-quiet"),
            str(len(receipt.overrides)),
        ]
        for receipt in reversed(found)
    ]
    return table(columns, rows, go=True)


def receipt_table(receipt: Publication) -> Html:
    """Return all that a receipt says."""
    rows: list[tuple[str, str]] = [
        ("定稿编号", receipt.number), ("范围", receipt.title), ("截至日期", day_name(receipt.as_of)),
        ("定稿时间", moment_name(receipt.published_at)), ("定稿人", receipt.actor), ("更正", receipt.replaces or "–"),
        ("细则校验值", receipt.rules), ("数据校验值", receipt.facts), ("口径校验值", receipt.policy),
        ("程序版本", receipt.version),
        *((f"略过：{item}", reason) for item, reason in receipt.overrides),
    ]  # fmt: skip
    whole = [(what, html(h.span(style="overflow-wrap:anywhere")[value])) for what, value in rows]
    return table([Column("回执"), Column("", "wrap")], whole)


def board_table(board: Board, kind: str, rulebook: Rulebook) -> Html:
    """Return the ranking of a board as it was published."""
    columns = [
        Column("名次", "k-num"), Column("单位"), Column("得分", "k-num score"), Column("封顶前", "k-num"),
        Column("扣分", "k-num"), Column("案例分", "k-num k-far"), Column("激励加分", "k-num k-far"),
    ]  # fmt: skip
    rows: list[list[str | Cell]] = [
        [
            place(card.rank, shared=last_rank(board, card) > card.rank),
            rulebook.short(card.unit),
            points(card.score),
            points(card.raw),
            signed_cell(-card.deductions),
            signed_cell(card.case_points),
            signed_cell(card.incentive),
        ]
        for card in board.ranking(kind)
    ]
    return table(columns, rows)


def objections_table(found: Sequence[Objection], rulebook: Rulebook, today: date, link: Callable[[int], str]) -> Html:
    """Return all objections, the oldest first, each with the day by which it is to be answered."""
    columns = [
        Column("编号", "k-num"), Column("定稿", "day"), Column("单位", "day"), Column("评分项"), Column("申诉内容", "wrap"),
        Column("提出", "k-far"), Column("答复期限"), Column("状态", "day"), Column("答复", "wrap"),
    ]  # fmt: skip
    ordered = sorted(found, key=lambda one: one.number)
    rows: list[list[str | Cell]] = [
        [
            anchor(link(one.number), str(one.number)),
            one.publication or "初评",
            rulebook.short(one.unit),
            coded(one.clause, one.item) if one.item else chip(one.clause),
            one.text,
            f"{day_name(one.filed_on)} {one.by}",
            _due(one, today),
            STATES[one.state],
            f"{one.answer}（{day_name(one.answered_on)}）" if one.answered_on else Cell("–", "k-quiet"),
        ]
        for one in ordered
    ]
    return table(columns, rows, go=True)


TURNS = {TurnKind.OBJECTION: "申诉", TurnKind.ANSWER: "答复", TurnKind.REPLY: "再申诉"}


def turns_table(one: Objection) -> Html:
    """Return the conversation about an objection: who said what when, with which files; a second answer is the decision."""
    columns = [
        Column(""),
        Column("时间", "day"),
        Column("经办人"),
        Column("内容", "wrap"),
        Column("佐证", "wrap k-far"),
    ]
    rows: list[list[str | Cell]] = []
    for number, turn in enumerate(one.turns):
        again = any(earlier.kind is TurnKind.REPLY for earlier in one.turns[:number])
        what = "决定" if turn.kind is TurnKind.ANSWER and again else TURNS[turn.kind]
        decided = f"{STATES[turn.state]}：" if turn.state else ""
        files = "、".join(name for name, _ in turn.files) or Cell("–", "k-quiet")
        rows.append([what, moment_name(turn.at), turn.by, f"{decided}{turn.text}", files])
    return table(columns, rows)


def due_days(objections: Sequence[Objection], rulebook: Rulebook) -> str:
    """Say which objections are to be answered by when, the earliest first; empty where none waits."""
    waiting = sorted(
        (one for one in objections if one.state is ObjectionState.OPEN), key=lambda one: (one.due, one.number)
    )
    days = "、".join(
        f"第{one.number}号（{rulebook.short(one.unit)}{line_name(one)}）{day_name(one.due)}" for one in waiting
    )
    return f"申诉答复期限：{days}" if days else ""


def line_name(one: Objection) -> str:
    """Name the line that an objection is about."""
    return f"{one.clause}《{one.item}》" if one.item else one.clause


def _due(one: Objection, today: date) -> str | Cell:
    if one.state is not ObjectionState.OPEN:
        return day_name(one.due)
    said = f"{day_name(one.due)}（{days_left(one.due, today)}）"
    return Cell(said, "k-loss") if one.due < today else said


def movement_table(found: Movement, kind: str, rulebook: Rulebook) -> Html:
    """Return each unit's account: its parts add up to the whole."""
    columns = [
        Column("单位", "day"), Column("原得分", "k-num"), *(Column(title, "k-num") for title in STEPS.values()),
        Column("现得分", "k-num score"), Column("合计", "k-num"), Column("名次", "k-num"), Column("升降", "k-num"),
    ]  # fmt: skip
    mine = sorted((unit for unit in found.units if unit.kind == kind), key=lambda unit: unit.after.rank)
    return table(columns, [_account(unit, rulebook) for unit in mine], cards=True)


def _account(unit: UnitMovement, rulebook: Rulebook) -> list[str | Cell]:
    parts = sums(unit)
    return [
        rulebook.short(unit.unit), points(unit.before.score), *(signed_cell(parts[step]) for step in Step),
        points(unit.after.score), signed_cell(unit.score), f"{unit.before.rank}→{unit.after.rank}", moved(unit.places),
    ]  # fmt: skip


def clauses_table(found: Movement, kind: str, rulebook: Rulebook) -> Html:
    """Return what each step changed, clause by clause, and what no clause accounts for."""
    columns = [
        Column("单位"), Column("来源"), Column("评分项"), Column("原来", "k-num"), Column("现在", "k-num"), Column("变化", "k-num"),
    ]  # fmt: skip
    rows: list[list[str | Cell]] = []
    for unit in found.units:
        for part in unit.parts if unit.kind == kind else ():
            for change in part.clauses:
                old = signed_cell(change.before.points) if change.before else "–"
                new = signed_cell(change.after.points) if change.after else "–"
                what = f"{change.clause} {change.item}".strip()
                rows.append([rulebook.short(unit.unit), STEPS[part.step], what, old, new, signed_cell(change.points)])
            if part.others:
                rows.append([
                    rulebook.short(unit.unit), STEPS[part.step], "基础分、责任分和上限", "", "", signed_cell(part.others),
                ])  # fmt: skip
    return table(columns, rows)

"""The annexes of the 通报: every deduction with its proof, the readings in force, the receipt."""

from __future__ import annotations

from docx.document import Document

from scoring.board.summary import deducted, last_rank
from scoring.board.wording import clean, points, reason, signed, sources
from scoring.documents import official_paper
from scoring.documents.official_paper import Column
from scoring.model.boards import Board, ScoreCard
from scoring.model.publications import Publication
from scoring.model.rules import Rulebook
from scoring.words.phrasing import day_name

DEDUCTION_COLUMNS = (
    Column("评分项", 15, "center"),
    Column("扣分", 16, "right"),
    Column("评分标准（原文）", 66),
    Column("扣分原因", 76),
    Column("依据（文件 › 工作表 › 单元格）", 74),
)
READING_COLUMNS = (
    Column("口径", 32),
    Column("采用", 36),
    Column("含义", 82),
    Column("原文", 82),
    Column("默认", 15, "center"),
)
RECEIPT_COLUMNS = (Column("项目", 45), Column("内容", 202))


def add_deductions(paper: Document, board: Board, rulebook: Rulebook, title: str) -> None:
    """Add every unit's deductions: clause, points, sentence, reason, source."""
    official_paper.line_of(paper, title, official_paper.SAN_HAO, font=official_paper.HEI)
    for card in (card for kind in rulebook.kinds for card in board.ranking(kind)):
        line = official_paper.say(paper, f"{card.unit}（{standing(board, card)}）", "Heading 3")
        official_paper.spaced(line, 10, 4)
        rows = deduction_rows(card)
        if rows:
            official_paper.table(paper, DEDUCTION_COLUMNS, rows, 9)
        else:
            official_paper.line_of(paper, "没有扣分。", 10.5)


def standing(board: Board, card: ScoreCard) -> str:
    """Say a unit's score, rank and deductions in a few words."""
    shared = "并列" if last_rank(board, card) > card.rank else ""
    return f"得{points(card.score)}分，{shared}第{card.rank}名，扣{points(card.deductions)}分"


def deduction_rows(card: ScoreCard) -> list[list[str]]:
    """Return a unit's deductions as rows of ``DEDUCTION_COLUMNS``."""
    return [[f.clause, signed(f.points), clean(f.quote), reason(f), sources(f)] for f in deducted(card)]


def add_readings(paper: Document, board: Board, rulebook: Rulebook, title: str) -> None:
    """Add the readings in force, with the sentences that leave them open, and the published notes."""
    official_paper.page_break(official_paper.line_of(paper, title, official_paper.SAN_HAO, font=official_paper.HEI))
    official_paper.table(paper, READING_COLUMNS, reading_rows(board, rulebook), 10)
    for note in rulebook.notes:
        official_paper.spaced(official_paper.line_of(paper, note, 10.5), 4)


def reading_rows(board: Board, rulebook: Rulebook) -> list[list[str]]:
    """Return the readings in force: policy, reading, meaning, sentence, whether it is the default."""
    chosen = board.policy.as_dict()
    return [
        [rule.title, reading.title, reading.meaning, rule.quote, "是" if reading.name == rule.default else "否"]
        for rule in rulebook.policies
        for reading in rule.readings
        if reading.name == chosen[rule.name]
    ]


def add_receipt(paper: Document, receipt: Publication, title: str) -> None:
    """Add what the final board rests on, and the open items that were passed over, each with its reason."""
    official_paper.page_break(official_paper.line_of(paper, title, official_paper.SAN_HAO, font=official_paper.HEI))
    official_paper.table(paper, RECEIPT_COLUMNS, receipt_rows(receipt), 10)


def receipt_rows(receipt: Publication) -> list[list[str]]:
    """Return a receipt as rows of name and content."""
    known = f"{day_name(receipt.known_at.date())}{receipt.known_at:%H:%M}" if receipt.known_at else "定稿时的全部资料"
    rows = [
        ["定稿编号", receipt.number],
        ["名称", receipt.title],
        ["截至日期", day_name(receipt.as_of)],
        ["资料截至", known],
        ["定稿时间", f"{day_name(receipt.published_at.date())}{receipt.published_at:%H:%M}"],
        ["定稿人", receipt.actor],
        ["细则指纹", receipt.rules],
        ["资料指纹", receipt.facts],
        ["口径指纹", receipt.policy],
        ["程序版本", receipt.version],
        ["代替的定稿", receipt.replaces or "无"],
    ]
    rows += [
        [f"越过的未决事项{number}", f"{item}；理由：{why}"] for number, (item, why) in enumerate(receipt.overrides, 1)
    ]
    if not receipt.overrides:
        rows.append(["越过的未决事项", "无"])
    return [[name, clean(content)] for name, content in rows]

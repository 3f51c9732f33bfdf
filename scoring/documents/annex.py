"""The annexes of the 通报: every deduction with its proof, the readings in force; and the 核验页 behind it all."""

from __future__ import annotations

from docx.document import Document

from scoring.board.summary import deducted, last_rank
from scoring.board.wording import clean, names, paper_reason, points, policy_line, signed, sources
from scoring.documents import official_paper
from scoring.documents.official_paper import Column
from scoring.model.boards import Board, ScoreCard
from scoring.model.publications import Publication
from scoring.model.rules import Rulebook
from scoring.words.phrasing import day_name

DEDUCTION_COLUMNS = (
    Column("评分项", 13, "center"),
    Column("扣分", 13, "right"),
    Column("评分标准（原文）", 42),
    Column("扣分原因", 46),
    Column("依据（文件 › 工作表 › 单元格）", 42),
)
READING_COLUMNS = (
    Column("口径", 22),
    Column("采用", 24),
    Column("含义", 49),
    Column("原文", 49),
    Column("默认", 12, "center"),
)
CHECK_COLUMNS = (Column("项目", 34), Column("内容", 122))
CHECK_PAGE = "核验页"


def add_deductions(paper: Document, board: Board, rulebook: Rulebook, *, final: bool) -> None:
    """Add every unit's deductions: clause, points, sentence, reason, source."""
    cards = [card for kind in rulebook.kinds for card in board.ranking(kind)]
    for card in cards:
        rows = deduction_rows(card, rulebook, final=final)
        if rows:
            line = official_paper.say(paper, f"{card.unit}（{standing(board, card)}）", "Heading 3")
            official_paper.spaced(line, 10, 4)
            official_paper.table(paper, DEDUCTION_COLUMNS, rows, 9)
    if spared := [card.unit for card in cards if not deducted(card)]:
        official_paper.spaced(official_paper.say(paper, f"没有扣分的单位：{names(spared)}。", "Body Text"), 10)


def standing(board: Board, card: ScoreCard) -> str:
    """Say a unit's score, rank and deductions in a few words."""
    shared = "并列" if last_rank(board, card) > card.rank else ""
    return f"得{points(card.score)}分，{shared}第{card.rank}名，扣{points(card.deductions)}分"


def deduction_rows(card: ScoreCard, rulebook: Rulebook, *, final: bool) -> list[list[str]]:
    """Return a unit's deductions as rows of ``DEDUCTION_COLUMNS``."""
    return [
        [f.clause, signed(f.points), clean(f.quote), paper_reason(f, rulebook, final=final), sources(f)]
        for f in deducted(card)
    ]


def add_readings(paper: Document, board: Board, rulebook: Rulebook) -> None:
    """Add the readings in force, with the sentences that leave them open, and the published notes."""
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


def add_check_page(paper: Document, board: Board, rulebook: Rulebook, receipt: Publication | None) -> None:
    """Add the page that says what the paper rests on: for whoever checks it, not printed with the paper."""
    title = official_paper.say(paper, CHECK_PAGE, "Title")
    official_paper.page_break(official_paper.spaced(title, 0, official_paper.LINE / 2))
    official_paper.spaced(official_paper.line_of(paper, "本页供核对，不随文印发。", 10.5, align="center"), 0, 6)
    rows = receipt_rows(receipt) if receipt else draft_rows(board)
    rows.append(["口径", policy_line(board, rulebook)])
    official_paper.table(paper, CHECK_COLUMNS, rows, 10.5)


def draft_rows(board: Board) -> list[list[str]]:
    """Return what a draft rests on as rows of name and content."""
    return [["定稿编号", "草稿，尚未定稿"], ["截至日期", day_name(board.as_of)], ["细则指纹", board.rules]]


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

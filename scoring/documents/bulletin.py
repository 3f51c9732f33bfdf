"""The 通报: what leadership sends to all units once a board is made final, and its draft before."""

from __future__ import annotations

from datetime import date

from docx.document import Document

from scoring.board.summary import losses, must_belong
from scoring.board.wording import ORDINALS, clean, foot_line, joined
from scoring.documents import official_paper
from scoring.documents.annex import add_deductions, add_readings, add_receipt
from scoring.documents.bulletin_sentences import SCORE_COLUMNS, listing_sentences, loss_rows, overview, ranking_rows
from scoring.documents.official_paper import Column
from scoring.documents.requests import requests
from scoring.model.boards import Board
from scoring.model.publications import Publication
from scoring.model.rules import Rulebook, UnitKind
from scoring.words.phrasing import day_name

ISSUER = "昆明市水务局"  # the rules name it as the one that sets the marks and receives the ledgers
DRAFT = "草稿"
SHOWN_LOSSES = 8

LOSS_COLUMNS = (
    Column("失分项（评分标准）", 66),
    Column("涉及单位及扣分", 67),
    Column("合计扣分", 21, "center"),
)


def bulletin_docx(board: Board, rulebook: Rulebook, receipt: Publication | None = None) -> bytes:
    """Return the 通报 as ``.docx``. Without a receipt every page is marked 草稿.

    Raises:
        MismatchError: board, rulebook and receipt do not belong together.
    """
    must_belong(board, rulebook, receipt)
    title = f"关于{rulebook.assessment.title}情况的通报"
    paper = official_paper.new_paper(title, ISSUER, issued(board, receipt))
    if receipt is None:
        official_paper.watermark(paper.sections[0], DRAFT)
    official_paper.foot(paper.sections[0], foot_line(board, rulebook, receipt))
    _head(paper, rulebook, receipt)
    _opening(paper, board, rulebook, receipt)
    _body(paper, board, rulebook)
    _close(paper, board, receipt)
    official_paper.landscape(paper)
    add_deductions(paper, board, rulebook, "附件1　各单位扣分明细")
    add_readings(paper, board, rulebook, "附件2　考评口径")
    if receipt is not None:
        add_receipt(paper, receipt, "附件3　定稿说明")
    return official_paper.finish(paper)


def issued(board: Board, receipt: Publication | None) -> date:
    """Return the day that a document carries: that of its publication, or the board's own while it is a draft."""
    return receipt.published_at.date() if receipt else board.as_of


def _head(paper: Document, rulebook: Rulebook, receipt: Publication | None) -> None:
    """Write the red head, the number and the title."""
    official_paper.line_of(paper, ISSUER, 40, font=official_paper.SONG_TITLE, align="center", color="C00000")
    number = f"定稿编号：{receipt.number}" if receipt else "草稿，尚未定稿"
    line = official_paper.line_of(paper, number, official_paper.SAN_HAO, align="center")
    official_paper.rule_below(official_paper.spaced(line, 6))
    first = official_paper.say(paper, f"关于{rulebook.assessment.title}", "Title")
    official_paper.spaced(first, 30)
    last = official_paper.say(paper, "情况的通报", "Title")
    if receipt is not None and clean(receipt.title):
        last = official_paper.say(paper, f"（{receipt.title}）", "Subtitle")
    official_paper.spaced(last, 0, 24)


def _opening(paper: Document, board: Board, rulebook: Rulebook, receipt: Publication | None) -> None:
    """Address the units and say what was assessed, by which day, in place of which earlier paper."""
    official_paper.say(paper, f"{'，'.join(f'各{kind.noun}' for kind in rulebook.kinds.values())}：", "Body Text")
    counted = joined([f"{len(board.ranking(kind.name))}个{kind.noun}" for kind in _kinds(board, rulebook)])
    official_paper.say(
        paper,
        f"按照《{rulebook.assessment.title}细则》，现将{counted}截至{day_name(board.as_of)}的考评情况通报如下。"
        "得分保留两位小数，得分相同的名次并列。",
    )
    if receipt is not None and receipt.replaces:
        official_paper.say(paper, f"本通报更正并代替定稿编号{receipt.replaces}的通报。")


def _body(paper: Document, board: Board, rulebook: Rulebook) -> None:
    """Write the five parts, each kind of unit in a part of its own."""
    official_paper.say(paper, "一、总体情况", "Heading 1")
    for sentence in overview(board, rulebook):
        official_paper.say(paper, sentence)
    official_paper.say(paper, "二、排名", "Heading 1")
    for number, kind in enumerate(_kinds(board, rulebook)):
        _part(paper, f"（{ORDINALS[number]}）{kind.noun}排名")
        official_paper.table(paper, SCORE_COLUMNS, ranking_rows(board, kind.name))
    parts = iter(ORDINALS[2:])
    if listed := listing_sentences(board, rulebook):
        official_paper.spaced(official_paper.say(paper, f"{next(parts)}、红黑榜", "Heading 1"), 10)
    for sentence in listed:
        official_paper.say(paper, sentence)
    official_paper.say(paper, f"{next(parts)}、主要失分项", "Heading 1")
    for number, kind in enumerate(_kinds(board, rulebook)):
        _part(paper, f"（{ORDINALS[number]}）{kind.noun}")
        _losses(paper, board, rulebook, kind.name)
    official_paper.spaced(official_paper.say(paper, f"{next(parts)}、下一步要求", "Heading 1"), 10)
    for number, request in enumerate(requests(board, rulebook)):
        official_paper.say(paper, f"（{ORDINALS[number]}）{request}")


def _part(paper: Document, heading: str) -> None:
    """Begin a part that holds a table, with room around its heading."""
    official_paper.spaced(official_paper.say(paper, heading, "Heading 2"), 6, 6)


def _kinds(board: Board, rulebook: Rulebook) -> list[UnitKind]:
    """Return the kinds that have units on the board."""
    return [kind for kind in rulebook.kinds.values() if board.ranking(kind.name)]


def _losses(paper: Document, board: Board, rulebook: Rulebook, kind: str) -> None:
    """Write the dearest clauses of a kind, and what the others come to."""
    found = losses(board, kind, rulebook)
    if not found:
        official_paper.say(paper, "没有扣分。")
        return
    official_paper.table(paper, LOSS_COLUMNS, loss_rows(board, rulebook, kind, found[:SHOWN_LOSSES]))
    rest = found[SHOWN_LOSSES:]
    if rest:
        total = sum(loss.total for loss in rest)
        official_paper.say(paper, f"其余{len(rest)}个失分项合计扣{total:.2f}分，见附件1。")


def _close(paper: Document, board: Board, receipt: Publication | None) -> None:
    """List the annexes and sign; the signature never stands on a page without a line of the text."""
    last = [paper.paragraphs[-1]]
    annexes = ["各单位扣分明细", "考评口径"] + (["定稿说明"] if receipt else [])
    for number, annex in enumerate(annexes, start=1):
        lead = "附件：" if number == 1 else "　　　"
        line = official_paper.say(paper, f"{lead}{number}.{annex}")
        last.append(official_paper.spaced(line, 18 if number == 1 else 0))
    signature = official_paper.line_of(paper, f"{ISSUER}　　", official_paper.SAN_HAO, align="right")
    official_paper.together([*last, official_paper.spaced(signature, 40)])
    signed_on = day_name(issued(board, receipt)) if receipt else "（草稿，未印发）"
    official_paper.line_of(paper, f"{signed_on}　　", official_paper.SAN_HAO, align="right")

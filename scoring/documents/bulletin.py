"""The 通报: what leadership sends to all units once a board is made final, and its draft before."""

from __future__ import annotations

from datetime import date

from docx.document import Document

from scoring.board.summary import losses, must_belong
from scoring.board.wording import ORDINALS, clean, foot_line, joined
from scoring.documents import official_paper
from scoring.documents.annex import add_check_page, add_deductions, add_readings
from scoring.documents.bulletin_frame import add_head, add_imprint, add_signature, field
from scoring.documents.bulletin_sentences import (
    listing_sentences,
    loss_rows,
    nobody_sent,
    overview,
    ranking_rows,
    score_columns,
)
from scoring.documents.official_paper import Column
from scoring.documents.requests import requests
from scoring.model.boards import Board
from scoring.model.notices import Notice
from scoring.model.publications import Publication
from scoring.model.rules import Rulebook, UnitKind
from scoring.words.phrasing import day_name

ISSUER = "昆明市水务局"  # the rules name it as the one that sets the marks and receives the ledgers
DRAFT = "草稿"
SHOWN_LOSSES = 8
ANNEXES = ("各单位扣分明细", "考评口径")

LOSS_COLUMNS = (
    Column("失分项（评分标准）", 67),
    Column("涉及单位及扣分", 68),
    Column("合计扣分", 21, "center"),
)


def bulletin_docx(
    board: Board, rulebook: Rulebook, receipt: Publication | None = None, notice: Notice | None = None
) -> bytes:
    """Return the 通报 as ``.docx``. Without a receipt every page is marked 草稿.

    ``notice`` is what a draft says beside its board; a final paper says what its receipt keeps. Where nobody has sent
    a ledger the paper is one page, which says so.

    Raises:
        MismatchError: board, rulebook and receipt do not belong together.
    """
    must_belong(board, rulebook, receipt)
    told = (receipt.notice if receipt else notice) or Notice()
    title = f"关于{rulebook.assessment.title}情况的通报"
    paper = official_paper.new_paper(title, ISSUER, issued(board, receipt))
    paper.core_properties.comments = foot_line(board, rulebook, receipt)
    paper.core_properties.identifier = clean(receipt.number) if receipt else DRAFT
    paper.core_properties.keywords = f"{board.rules} {receipt.facts} {receipt.policy}" if receipt else board.rules
    official_paper.page_numbers(paper.sections[0])
    if receipt is None:
        official_paper.watermark(paper.sections[0], DRAFT)
    if not any(card.reported for card in board.cards):
        _one_page(paper, board, rulebook, receipt, told)
        return official_paper.finish(paper)
    add_head(paper, told.letterhead, _title(rulebook, receipt), short=False)
    _opening(paper, board, rulebook, receipt, told)
    _body(paper, board, rulebook, receipt, told)
    add_signature(paper, ISSUER, issued(board, receipt) if receipt else None, ANNEXES)
    official_paper.annex_head(paper, "附件1", ANNEXES[0])
    add_deductions(paper, board, rulebook, final=receipt is not None)
    official_paper.annex_head(paper, "附件2", ANNEXES[1])
    add_readings(paper, board, rulebook)
    add_imprint(paper, told.letterhead)
    add_check_page(paper, board, rulebook, receipt)
    return official_paper.finish(paper)


def issued(board: Board, receipt: Publication | None) -> date:
    """Return the day that a document carries: that of its publication, or the board's own while it is a draft."""
    return receipt.published_at.date() if receipt else board.as_of


def _title(rulebook: Rulebook, receipt: Publication | None) -> tuple[str, ...]:
    """Return the lines of the title."""
    scope = clean(receipt.title) if receipt else ""
    return (f"关于{rulebook.assessment.title}", "情况的通报", *([f"（{scope}）"] if scope else []))


def _one_page(paper: Document, board: Board, rulebook: Rulebook, receipt: Publication | None, notice: Notice) -> None:
    """Write the whole paper where nobody has sent a ledger."""
    add_head(paper, notice.letterhead, _title(rulebook, receipt), short=True)
    official_paper.say(paper, f"{field(notice.letterhead, 'addressees')}：", "Body Text")
    official_paper.say(paper, nobody_sent(board, rulebook))
    add_signature(paper, ISSUER, issued(board, receipt) if receipt else None, ())
    add_imprint(paper, notice.letterhead)


def _opening(paper: Document, board: Board, rulebook: Rulebook, receipt: Publication | None, notice: Notice) -> None:
    """Address the units and say what was assessed, by which day, in place of which earlier paper."""
    addressees = field(notice.letterhead, "addressees")
    if addressees:
        official_paper.say(paper, f"{addressees.rstrip('：:')}：", "Body Text")
    counted = joined([f"{len(board.ranking(kind.name))}个{kind.noun}" for kind in _kinds(board, rulebook)])
    official_paper.say(
        paper,
        f"按照《{rulebook.assessment.title}细则》，现将{counted}截至{day_name(board.as_of)}的考评情况通报如下。"
        "得分保留两位小数，得分相同的名次并列。",
    )
    if receipt is not None and receipt.replaces:
        official_paper.say(paper, "本通报更正并代替此前印发的同一范围的通报。")


def _body(paper: Document, board: Board, rulebook: Rulebook, receipt: Publication | None, notice: Notice) -> None:
    """Write the five parts, each kind of unit in a part of its own."""
    official_paper.say(paper, "一、总体情况", "Heading 1")
    for sentence in overview(board, rulebook, notice, final=receipt is not None):
        official_paper.say(paper, sentence)
    official_paper.say(paper, "二、排名", "Heading 1")
    for number, kind in enumerate(_kinds(board, rulebook)):
        official_paper.say(paper, f"（{ORDINALS[number]}）{kind.noun}排名", "Heading 2")
        official_paper.table(paper, score_columns(kind), ranking_rows(board, kind), 10.5)
    parts = iter(ORDINALS[2:])
    if listed := listing_sentences(board, rulebook, final=receipt is not None):
        official_paper.spaced(official_paper.say(paper, f"{next(parts)}、红黑榜", "Heading 1"), 10)
    for sentence in listed:
        official_paper.say(paper, sentence)
    official_paper.say(paper, f"{next(parts)}、主要失分项", "Heading 1")
    for number, kind in enumerate(_kinds(board, rulebook)):
        official_paper.say(paper, f"（{ORDINALS[number]}）{kind.noun}", "Heading 2")
        _losses(paper, board, rulebook, kind.name)
    official_paper.spaced(official_paper.say(paper, f"{next(parts)}、下一步要求", "Heading 1"), 10)
    for number, request in enumerate(requests(board, rulebook, notice.objection_days)):
        official_paper.say(paper, f"（{ORDINALS[number]}）{request}")


def _kinds(board: Board, rulebook: Rulebook) -> list[UnitKind]:
    """Return the kinds that have units on the board."""
    return [kind for kind in rulebook.kinds.values() if board.ranking(kind.name)]


def _losses(paper: Document, board: Board, rulebook: Rulebook, kind: str) -> None:
    """Write the dearest clauses of a kind, and what the others come to."""
    listed = losses(board, kind, rulebook)
    if not listed:
        official_paper.say(paper, "没有扣分。")
        return
    official_paper.table(paper, LOSS_COLUMNS, loss_rows(board, rulebook, kind, listed[:SHOWN_LOSSES]), 10.5)
    rest = listed[SHOWN_LOSSES:]
    if rest:
        total = sum(loss.total for loss in rest)
        official_paper.say(paper, f"其余{len(rest)}个失分项合计扣{total:.2f}分，见附件1。")

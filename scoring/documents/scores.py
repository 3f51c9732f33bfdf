"""The score table as a workbook whose formulas add up to the board's scores, with every finding that they add up.

The sheet 排名 sums the sheet 评分明细 and takes base points and caps from the sheet 口径. Each sum is rounded to two
places, because a spreadsheet's binary numbers would otherwise break ties that are exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from scoring.board.summary import must_belong
from scoring.board.wording import (
    OUTCOME_NAMES,
    clause_title,
    clean,
    foot_line,
    is_incentive,
    paper_reason,
    settled,
    sources,
)
from scoring.documents.annex import reading_rows, receipt_rows
from scoring.documents.book import Book, Field, Formula, Value
from scoring.documents.bulletin import ISSUER, issued
from scoring.model.boards import Board, ScoreCard
from scoring.model.findings import Finding
from scoring.model.publications import Publication
from scoring.model.rules import Rulebook, UnitKind

RANKING, DETAIL, READINGS = "排名", "评分明细", "口径"
LOST, CASES, INCENTIVE = "扣分项", "案例加分", "激励加分"
FIRST_DETAIL = 4  # the row under the header of 评分明细, counted from 1
FIRST_FRAME = 4  # the row under the header of 考评口径, counted from 1
BASE, CASE_CAP, SCORE_CAP = "base", "case cap", "score cap"

RANKING_FIELDS = (
    Field("单位", 22),
    Field("名次", 8, "whole"),
    Field("得分", 10, "strong"),
    Field("封顶前得分", 12, "points"),
    Field("基础分", 10, "points"),
    Field("责任任务加分", 13, "points"),
    Field("案例分", 10, "points"),
    Field("激励加分", 10, "points"),
    Field("扣分", 10, "points"),
    Field("报送", 10, "center"),
)
DETAIL_FIELDS = (
    Field("单位", 20),
    Field("评分项", 8, "center"),
    Field("任务", 6, "center"),
    Field("内容", 24),
    Field("类别", 10, "center"),
    Field("结论", 16, "center"),
    Field("分值", 9, "signed"),
    Field("时限", 12, "day"),
    Field("评分标准（原文）", 34),
    Field("原因", 46),
    Field("依据（文件 › 工作表 › 单元格）", 46),
    Field("审核前分值", 11, "signed"),
)
FRAME_FIELDS = (
    Field("项目", 24),
    Field("内容", 40, "points"),
    Field("含义", 52),
    Field("原文", 52),
    Field("默认", 8, "center"),
)
WORD_FIELDS = (FRAME_FIELDS[0], Field("内容", 40), *FRAME_FIELDS[2:])


def scores_xlsx(board: Board, rulebook: Rulebook, receipt: Publication | None = None) -> bytes:
    """Return the score table as ``.xlsx``, live formulas with their results stored.

    Raises:
        MismatchError: board, rulebook and receipt do not belong together.
    """
    must_belong(board, rulebook, receipt)
    book = Book(f"{rulebook.assessment.title}得分表", ISSUER, issued(board, receipt))
    foot = foot_line(board, rulebook, receipt)
    details = [(card, finding) for card in board.cards for finding in card.findings]
    _ranking(book, board, rulebook, foot, draft=receipt is None, last=FIRST_DETAIL + max(len(details), 1) - 1)
    _details(book, rulebook, foot, details, final=receipt is not None)
    _readings(book, board, rulebook, foot, receipt)
    return book.bytes()


def category(finding: Finding, rulebook: Rulebook) -> str:
    """Say to which column of the ranking a finding belongs."""
    if is_incentive(finding, rulebook):
        return INCENTIVE
    clause = rulebook.clause[finding.clause]
    term = clause.term_for(finding.unit)
    return CASES if term is not None and term.is_bonus else LOST


def _ranking(book: Book, board: Board, rulebook: Rulebook, foot: str, *, draft: bool, last: int) -> None:
    """Write the ranking of each kind, one block under the other."""
    sheet = book.sheet(RANKING, RANKING_FIELDS, foot)
    book.line(sheet, 0, f"{rulebook.assessment.title}得分表{'（草稿，尚未定稿）' if draft else ''}", "title")
    book.line(sheet, 1, foot, "draft" if draft else "note")
    row = 3
    places = {key: FIRST_FRAME + number for number, (key, *_) in enumerate(frame_rows(rulebook))}
    for kind in rulebook.kinds.values():
        cards = board.ranking(kind.name)
        if not cards:
            continue
        book.line(sheet, row, f"{kind.noun}（{len(cards)}个）", "title")
        book.heads(sheet, row + 1, RANKING_FIELDS)
        block = (row + 3, row + 2 + len(cards))
        for number, card in enumerate(cards):
            book.row(
                sheet, row + 2 + number, RANKING_FIELDS, list(_score_cells(card, row + 3 + number, block, last, places))
            )
        row += len(cards) + 4
    sheet.freeze_panes(0, 1)


def _score_cells(
    card: ScoreCard, row: int, block: tuple[int, int], last: int, places: Mapping[tuple[str, str], int]
) -> Iterator[Value]:
    """Return a unit's cells; ``row`` is its row, ``block`` the first and last row of its kind, all counted from 1."""
    base, cap = (f"{READINGS}!$B${places[key]}" for key in ((BASE, card.kind), (SCORE_CAP, "")))
    cap_row = places.get((CASE_CAP, card.kind))
    case_cap = f"{READINGS}!$B${cap_row}" if cap_row else "0"
    yield card.unit
    yield Formula(f"=RANK(C{row},$C${block[0]}:$C${block[1]},0)", card.rank)
    yield Formula(f"=MAX(0,MIN({cap},D{row}))", card.score)
    yield Formula(f"=ROUND(E{row}+F{row}+G{row}+H{row}-I{row},2)", card.raw)
    yield Formula(f"={base}", card.base)
    yield card.responsibility
    yield Formula(f"=MIN({case_cap},ROUND({_sum(row, last, CASES, '>0')},2))", card.case_points)
    yield Formula(f"=ROUND({_sum(row, last, INCENTIVE, '>0')},2)", card.incentive)
    yield Formula(f"=ROUND(-{_sum(row, last, '*', '<0')},2)", card.deductions)
    yield "已报送" if card.reported else "未报送"


def frame_rows(rulebook: Rulebook) -> list[tuple[tuple[str, str], str, Decimal, str]]:
    """Return the figures that the formulas read: (what, kind of unit), title, points, meaning."""
    kinds = tuple(rulebook.kinds.values())
    capped = [kind for kind in kinds if kind.case_cap]
    rows = [((BASE, kind.name), f"各{kind.noun}基础分", kind.base, _base_meaning(kind)) for kind in kinds]
    for kind in capped:
        title = "案例分上限" if len(capped) == 1 else f"{kind.noun}案例分上限"
        rows.append(((CASE_CAP, kind.name), title, kind.case_cap, "案例分＝案例加分之和，不超过上限"))
    last = (SCORE_CAP, ""), "考评得分上限", rulebook.assessment.score_cap, "得分＝封顶前得分，不超过上限，不低于0"
    return [*rows, last]


def _base_meaning(kind: UnitKind) -> str:
    if kind.responsibility:
        return "责任任务加分＝每项具体负责的任务的加分×任务数"
    return "封顶前得分＝基础分 + 责任任务加分 + 案例分 + 激励加分 - 扣分"


def _sum(row: int, last: int, kind: str, sign: str) -> str:
    """Return the formula that sums a unit's findings of one category (``*``: all) and one sign."""
    unit, kinds, values = (f"{DETAIL}!${column}${FIRST_DETAIL}:${column}${last}" for column in "AEG")
    return f'SUMIFS({values},{unit},$A{row},{kinds},"{kind}",{values},"{sign}")'


def _details(
    book: Book, rulebook: Rulebook, foot: str, details: list[tuple[ScoreCard, Finding]], *, final: bool
) -> None:
    """Write one row per finding, zeros included."""
    sheet = book.sheet(DETAIL, DETAIL_FIELDS, foot)
    book.line(sheet, 0, "评分明细：每个单位的每个评分项一行，扣分为负、加分为正", "title")
    book.heads(sheet, FIRST_DETAIL - 2, DETAIL_FIELDS)
    for number, (card, finding) in enumerate(details):
        book.row(sheet, FIRST_DETAIL - 1 + number, DETAIL_FIELDS, _detail(card, finding, rulebook, final=final))
    sheet.freeze_panes(FIRST_DETAIL - 1, 2)
    sheet.repeat_rows(FIRST_DETAIL - 2)
    sheet.autofilter(FIRST_DETAIL - 2, 0, FIRST_DETAIL - 2 + len(details), len(DETAIL_FIELDS) - 1)


def _detail(card: ScoreCard, finding: Finding, rulebook: Rulebook, *, final: bool) -> list[Value]:
    """Return the cells of one finding."""
    outcome = OUTCOME_NAMES[finding.outcome]
    before = finding.computed.points if finding.computed is not None else None
    return [
        card.unit,
        finding.clause,
        str(finding.task),
        clause_title(finding, rulebook),
        category(finding, rulebook),
        settled(outcome) if final else outcome,
        finding.points,
        finding.deadline,
        finding.quote,
        paper_reason(finding, rulebook, final=final),
        sources(finding) if finding.points or finding.sources else "",
        before,
    ]


def _readings(book: Book, board: Board, rulebook: Rulebook, foot: str, receipt: Publication | None) -> None:
    """Write base points and caps (the formulas read them here), the readings in force, the notes, the receipt."""
    sheet = book.sheet(READINGS, FRAME_FIELDS, foot)
    book.line(sheet, 0, f"考评口径：{foot}", "title")
    book.heads(sheet, 2, FRAME_FIELDS)
    row = FIRST_FRAME - 1
    for _, title, value, meaning in frame_rows(rulebook):
        book.row(sheet, row, FRAME_FIELDS, [title, value, meaning, "", ""])
        row += 1
    words: list[list[str]] = reading_rows(board, rulebook)
    words += [["说明", note, "", "", ""] for note in rulebook.notes]
    words += [["细则指纹", board.rules, "", "", ""]] if receipt is None else []
    words += [[name, content, "", "", ""] for name, content in (receipt_rows(receipt) if receipt else [])]
    for cells in words:
        book.row(sheet, row, WORD_FIELDS, [clean(cell) for cell in cells])
        row += 1

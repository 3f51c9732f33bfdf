"""扣分单: one unit's findings as a workbook, to download from its page."""

from __future__ import annotations

from scoring.board.summary import deducted, last_rank, must_belong
from scoring.board.wording import foot_line, paper_reason, points, reason_and_sent, sources
from scoring.documents.book import Book, Field, Formula, Value
from scoring.documents.bulletin import ISSUER, issued
from scoring.documents.unit_sheets import sheet_parts
from scoring.model.boards import Board
from scoring.model.publications import Publication
from scoring.model.rules import Rulebook

LOST_FIELDS = (
    Field("评分项", 10, "center"),
    Field("扣分", 10, "signed"),
    Field("评分标准（原文）", 40),
    Field("扣分原因", 50),
    Field("依据（文件 › 工作表 › 单元格）", 50),
    Field("时限", 12, "day"),
)
FIRST = 6  # the row under the header, counted from 1


def unit_deductions_xlsx(
    board: Board, rulebook: Rulebook, unit: str, receipt: Publication | None = None, *, ranked: bool = True
) -> bytes:
    """Return one unit's 扣分单 as ``.xlsx``: its deductions with their sum, then bonuses, what is pending and unclear.

    ``ranked`` False leaves the rank out: the board holds some of the units only.

    Raises:
        MismatchError: board, rulebook and receipt do not belong together.
        KeyError: the unit is not on the board.
    """
    must_belong(board, rulebook, receipt)
    card = board.card[unit]
    book = Book(f"{unit}扣分单", ISSUER, issued(board, receipt))
    foot = foot_line(board, rulebook, receipt)
    sheet = book.sheet("扣分单", LOST_FIELDS, foot)
    shared = "并列" if last_rank(board, card) > card.rank else ""
    place = f"，{shared}第{card.rank}名" if ranked else ""
    book.line(sheet, 0, f"{unit}扣分单{'' if receipt else '（草稿，尚未定稿）'}", "title")
    book.line(sheet, 1, foot, "note" if receipt else "draft")
    summary = f"得{points(card.score)}分{place}；封顶前{points(card.raw)}分；扣{points(card.deductions)}分"
    book.line(sheet, 2, f"{summary}；案例分{points(card.case_points)}，激励加分{points(card.incentive)}")
    book.heads(sheet, FIRST - 2, LOST_FIELDS)
    lost = deducted(card)
    for number, finding in enumerate(lost):
        cells: list[Value] = [
            finding.clause,
            finding.points,
            finding.quote,
            reason_and_sent(finding, paper_reason(finding, rulebook, final=receipt is not None)),
            sources(finding),
            finding.deadline,
        ]
        book.row(sheet, FIRST - 1 + number, LOST_FIELDS, cells)
    total = Formula(f"=ROUND(SUM(B{FIRST}:B{FIRST + len(lost) - 1}),2)", -card.deductions) if lost else card.deductions
    row = FIRST - 1 + len(lost)
    book.row(sheet, row, LOST_FIELDS, ["合计", total, "" if lost else "没有扣分", "", "", None])
    sheet.freeze_panes(FIRST - 1, 0)
    sheet.repeat_rows(FIRST - 2)
    for heading, columns, rows, _ in sheet_parts(board, rulebook, card, final=receipt is not None)[1:]:
        if rows:
            _part(book, foot, heading, [Field(column.title, max(column.width / 1.6, 10)) for column in columns], rows)
    return book.bytes()


def _part(book: Book, foot: str, heading: str, fields: list[Field], rows: list[list[str]]) -> None:
    """Write one further list of the unit on a sheet of its own."""
    name = heading.split("、")[1].split("（", maxsplit=1)[0]
    sheet = book.sheet(name, fields, foot)
    book.line(sheet, 0, heading.split("、")[1], "title")
    book.heads(sheet, 1, fields)
    for number, cells in enumerate(rows):
        book.row(sheet, 2 + number, fields, list(cells))

"""一县一单: a sheet for one unit, to hand out. Score, rank, what was lost and won, what is still to come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from math import ceil

from docx.document import Document

from scoring.board.summary import deducted, gained, last_rank, must_belong, pending, unconfirmed
from scoring.board.wording import (
    clause_title,
    clean,
    foot_line,
    names,
    paper_reason,
    points,
    reason_and_sent,
    settled,
    signed,
    sources,
)
from scoring.documents import official_paper
from scoring.documents.bulletin import DRAFT, ISSUER, issued
from scoring.documents.bulletin_sentences import score_cells, score_columns
from scoring.documents.official_paper import Column
from scoring.model.boards import Board, ScoreCard
from scoring.model.findings import Finding
from scoring.model.publications import Publication
from scoring.model.rules import Rulebook, UnitKind
from scoring.words.phrasing import day_name

MARGIN, WIDTH, ROOM = 17.0, 176.0, 204.0  # millimetres; ROOM is the height that is left for the lists
POINT = 0.3528  # millimetres in a point
SIZES = (10.5, 10.0, 9.5, 9.0)  # never under 9 points: a sheet that does not fit in them takes a second page
NARROW = 0.55  # how wide a letter or a figure is beside a Chinese character

WHERE = "依据（文件 › 工作表 › 单元格）"
LOST_COLUMNS = (
    Column("评分项", 14, "center"),
    Column("扣分", 15, "right"),
    Column("评分标准（原文）", 42),
    Column("扣分原因", 54),
    Column(WHERE, 51),
)
SILENT_COLUMNS = (*LOST_COLUMNS[:3], Column("扣分原因", 75), Column("依据", 30))  # nothing was sent: no cells to name
WON_COLUMNS = (LOST_COLUMNS[0], Column("加分", 15, "right"), Column("事项", 42), Column("原因", 54), LOST_COLUMNS[4])
WAITING_COLUMNS = (
    Column("到期日", 38, "center"),
    Column("还有", 18, "center"),
    Column("评分项（到期未完成扣分）", 120),
)
UNCLEAR_COLUMNS = (
    LOST_COLUMNS[0],
    Column("现计", 15, "right"),
    Column("如认定完成", 22, "right"),
    Column("原因", 74),
    LOST_COLUMNS[4],
)
COUNTED_COLUMNS = (*UNCLEAR_COLUMNS[:2], Column("原因", 96), LOST_COLUMNS[4])
Part = tuple[str, Sequence[Column], list[list[str]], str]


def unit_sheets_docx(
    board: Board, rulebook: Rulebook, units: Iterable[str] | None = None, receipt: Publication | None = None
) -> bytes:
    """Return a sheet for each unit as ``.docx``, in the order of the rules (``units`` None: all on the board).

    The type is as large as one page allows, from 9 points up. Without a receipt every page is marked 草稿.

    Raises:
        MismatchError: board, rulebook and receipt do not belong together.
        KeyError: a unit is not on the board.
    """
    must_belong(board, rulebook, receipt)
    cards = board.cards if units is None else tuple(board.card[unit] for unit in units)
    paper = official_paper.new_paper(f"{rulebook.assessment.title}扣分单", ISSUER, issued(board, receipt))
    official_paper.portrait(paper.sections[0], MARGIN, 24, MARGIN, MARGIN)
    if receipt is None:
        official_paper.watermark(paper.sections[0], DRAFT)
    paper.core_properties.comments = foot_line(board, rulebook, receipt)
    state = f"定稿编号 {clean(receipt.number)}" if receipt else "草稿（尚未定稿）"
    official_paper.page_numbers(paper.sections[0], f"{state} · 截至{day_name(board.as_of)}")
    for number, card in enumerate(cards):
        _sheet(paper, board, rulebook, card, new_page=number > 0, final=receipt is not None)
    return official_paper.finish(paper)


def _sheet(paper: Document, board: Board, rulebook: Rulebook, card: ScoreCard, *, new_page: bool, final: bool) -> None:
    """Write one unit's sheet."""
    kind = rulebook.kinds[card.kind]
    above = official_paper.line_of(paper, rulebook.assessment.title, 12, font=official_paper.KAI, align="center")
    if new_page:
        official_paper.page_break(above)
    title = official_paper.line_of(
        paper, f"{card.unit}得分与扣分单", official_paper.ER_HAO, font=official_paper.SONG_TITLE, align="center"
    )
    official_paper.rule_below(official_paper.spaced(title, 2, 4))
    official_paper.spaced(official_paper.line_of(paper, _summary(board, rulebook, card), 11, align="center"), 2, 6)
    official_paper.table(paper, _figure_columns(kind), [_figures(board, card, kind)], 11)
    official_paper.spaced(official_paper.line_of(paper, _sum(card, kind), 10, align="center"), 4, 2)
    parts = sheet_parts(board, rulebook, card, final=final)
    size = fitting_size(parts)
    for heading, columns, rows, empty in parts:
        line = official_paper.line_of(
            paper, heading if rows else f"{heading}：{empty}", size + 1, font=official_paper.HEI
        )
        official_paper.spaced(line, size * 0.6, size * 0.25)
        if rows:
            official_paper.table(paper, columns, rows, size, 2)


def _summary(board: Board, rulebook: Rulebook, card: ScoreCard) -> str:
    """Say in one line as of when, among how many, and whether anything was sent."""
    among = sum(other.kind == card.kind for other in board.cards)
    sent = "" if card.reported else "；没有报送台账，未报送视为未开展"
    return f"截至{day_name(board.as_of)}，在{among}个{rulebook.kinds[card.kind].noun}中排{_place(board, card)}{sent}"


def _place(board: Board, card: ScoreCard) -> str:
    """Say a unit's rank, 并列 where it is shared."""
    return f"并列第{card.rank}名" if last_rank(board, card) > card.rank else f"第{card.rank}名"


def _figure_columns(kind: UnitKind) -> list[Column]:
    """Return the columns of a unit's figures: score, rank, and what the score is added up of."""
    titles = [column.title for column in score_columns(kind)[2:]]
    titles.insert(1, "名次")
    return [Column(title, WIDTH / len(titles), "center") for title in titles]


def _figures(board: Board, card: ScoreCard, kind: UnitKind) -> list[str]:
    """Return the row of figures under ``_figure_columns``."""
    shared = "（并列）" if last_rank(board, card) > card.rank else ""
    score, *rest = score_cells(card, kind)
    return [score, f"{card.rank}{shared}", *rest]


def _sum(card: ScoreCard, kind: UnitKind) -> str:
    """Write out how the score comes about."""
    *titles, lost = [column.title for column in score_columns(kind)[4:]]
    *cells, taken = score_cells(card, kind)[2:]
    added = " + ".join(f"{title}{cell}" for title, cell in zip(titles, cells, strict=True))
    capped = f"，按上下限计{points(card.score)}" if card.score != card.raw else ""
    return f"{added} - {lost}{taken}＝{points(card.raw)}{capped}"


def sheet_parts(board: Board, rulebook: Rulebook, card: ScoreCard, *, final: bool = False) -> list[Part]:
    """Return the lists of a unit's sheet: heading, columns, rows, and what to say where there are none."""
    lost, won = deducted(card), gained(card)
    waiting, unclear = pending(card), unconfirmed(card)
    return [
        (
            f"一、扣分（{len(lost)}项，共{points(card.deductions)}分）",
            LOST_COLUMNS if any(f.sources for f in lost) else SILENT_COLUMNS,
            [
                [
                    f.clause,
                    signed(f.points),
                    clean(f.quote),
                    reason_and_sent(f, paper_reason(f, rulebook, final=final)),
                    sources(f),
                ]
                for f in lost
            ],
            "没有扣分",
        ),
        (
            f"二、加分（{len(won)}项）",
            WON_COLUMNS,
            [
                [
                    f.clause,
                    signed(f.points),
                    clause_title(f, rulebook),
                    paper_reason(f, rulebook, final=final),
                    sources(f),
                ]
                for f in won
            ],
            "没有加分",
        ),
        (f"三、未到期（{len(waiting)}项）", WAITING_COLUMNS, waiting_rows(board, rulebook, card), "没有未到期的评分项"),
        _unclear(unclear, final=final),
    ]


def _unclear(unclear: Sequence[Finding], *, final: bool) -> Part:
    """Return the list of what could not be understood; a final sheet says as what it was counted."""
    if final:
        rows = [[f.clause, signed(f.points), settled(clean(f.reason)), sources(f)] for f in unclear]
        return f"四、看不懂的填写（{len(unclear)}项）", COUNTED_COLUMNS, rows, "没有看不懂的填写"
    open_rows = [
        [f.clause, signed(f.points), signed(f.points if f.if_done is None else f.if_done), clean(f.reason), sources(f)]
        for f in unclear
    ]
    return f"四、待人工确认（{len(unclear)}项）", UNCLEAR_COLUMNS, open_rows, "没有待人工确认的填写"


def waiting_rows(board: Board, rulebook: Rulebook, card: ScoreCard) -> list[list[str]]:
    """Return what is not due yet by day: the day, the days left, the clauses with what a fault will cost."""
    days: dict[date, list[str]] = {}
    for finding in pending(card):
        clause = rulebook.clause[finding.clause]
        term = clause.term_for(card.unit)
        if finding.deadline is None or term is None:
            continue
        days.setdefault(finding.deadline, []).append(
            f"{clause.code} {clause.title}（{term.traits.each_fault}{signed(term.points)}）"
        )
    return [[day_name(due), f"{(due - board.as_of).days}天", names(clauses)] for due, clauses in days.items()]


def fitting_size(parts: Sequence[Part], room: float = ROOM) -> float:
    """Return the largest type, in points, in which the lists stay within ``room`` millimetres of height."""
    return next((size for size in SIZES if _height(parts, size) <= room), SIZES[-1])


def _height(parts: Sequence[Part], size: float) -> float:
    """Estimate how high the lists are in a type, in millimetres."""
    line, around = size * 1.25 * POINT, size * 0.2 * POINT
    height = 0.0
    for _, columns, rows, _ in parts:
        height += (size + 1) * 1.6 * POINT + size * 0.85 * POINT
        table = [[column.title for column in columns], *rows] if rows else []
        height += sum(max(map(_lines, row, columns, [size] * len(row))) * line + around + 0.3 for row in table)
    return height


def _lines(text: str, column: Column, size: float) -> int:
    """Estimate how many lines a text takes in a column; a line loses up to a character at its end."""
    ems = sum(1.0 if char > "\u2000" else NARROW for char in text)
    return max(1, ceil(ems / max((column.width - 2.5) / (size * POINT) - 0.7, 1.0)))

"""What papers say: names in full where charts have short ones, nothing left open in a final one, every number the board's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from itertools import pairwise

import docx
import openpyxl
import pytest

from scoring.analysis.notice import SAID_BY_NAME, notice_of
from scoring.analysis.open_matters import counted, open_matters
from scoring.analysis.open_matters_sentences import TITLES
from scoring.analysis.position import Position
from scoring.analysis.ruling_queue import matters
from scoring.board.summary import average, losses
from scoring.documents.bulletin import SHOWN_LOSSES, bulletin_docx
from scoring.documents.papers import all_papers
from scoring.model.boards import Board
from scoring.model.notices import Letterhead
from scoring.model.policy import Policy
from scoring.model.publications import Publication
from scoring.model.rules import Rulebook
from tests.documents.boards import AS_OF, receipt_for, sample_facts
from ui.show import heatmap, slides, standings

OPEN_WORDS = ("待人工确认", "待补佐证", "须另行确定", "待定", "待审核", "如认定完成", "暂按", "还没有定论")
EVIDENCE = re.compile(r"\S*\.xlsx\S*")  # the senders' own files carry their own names


def texts_of(name: str, data: bytes) -> Iterator[str]:
    if name.endswith(".docx"):
        paper = docx.Document(BytesIO(data))
        yield from (paragraph.text for paragraph in paper.paragraphs)
        yield from (cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    elif name.endswith(".xlsx"):
        for sheet in openpyxl.load_workbook(BytesIO(data), data_only=True):
            yield from (str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)


@pytest.fixture(scope="module")
def final_texts(board: Board, rulebook: Rulebook, receipt: Publication) -> dict[str, list[str]]:
    return {name: list(texts_of(name, data)) for name, data in all_papers(board, rulebook, receipt).items()}


def test_a_final_paper_leaves_nothing_open(final_texts: dict[str, list[str]], board: Board, rulebook: Rulebook) -> None:
    found = [
        (name, text) for name, texts in final_texts.items() for text in texts for word in OPEN_WORDS if word in text
    ]
    assert not found
    drafts = "".join(text for name, data in all_papers(board, rulebook, None).items() for text in texts_of(name, data))
    assert all(word in drafts for word in ("待人工确认", "须另行确定", "如认定完成", "暂按"))


def test_papers_name_units_in_full_and_charts_in_short(
    final_texts: dict[str, list[str]], board: Board, rulebook: Rulebook
) -> None:
    units = [rulebook.unit[card.unit] for card in board.cards]
    other = [unit for unit in units if unit.short not in unit.name]
    assert {unit.short for unit in other} >= {"石林县", "住建局", "自规局"}
    said = {name: EVIDENCE.sub("", "\n".join(texts)) for name, texts in final_texts.items() if texts}
    for name, text in said.items():
        assert all(unit.name in text for unit in units), name
        assert not [unit.short for unit in other if unit.short in text], name
    for kind in rulebook.kinds:
        heat = heatmap.Heat(board, kind, heatmap.clause_columns(rulebook, kind), rulebook, {})
        link = lambda *_: "#"  # noqa: E731
        drawn = (
            str(standings.ranking_table(board, kind, rulebook, link, {}, "")),
            str(slides.ranking_slide(board, kind, rulebook, link, "why")),
            str(heatmap.heatmap(heat, "#", "#")),
        )
        for chart in drawn:
            shown = re.sub(r"<[^>]*>", " ", chart)
            assert all(unit.short in shown for unit in units if unit.kind == kind)
            assert not [unit.name for unit in other if unit.name in shown]


def test_every_number_of_points_in_the_text_is_the_boards(
    final_texts: dict[str, list[str]], board: Board, rulebook: Rulebook
) -> None:
    right: set[Decimal] = {rulebook.assessment.score_cap}
    for kind in rulebook.kinds:
        order = board.ranking(kind)
        right |= {value for card in order for value in (card.score, card.raw, card.deductions)}
        right |= {above.score - below.score for above, below in pairwise(order)}
        right.add(average(board, kind))
        right.add(sum((card.deductions for card in order), Decimal(0)))
        right.add(sum((card.case_points + card.incentive for card in order), Decimal(0)))
        right.add(sum((loss.total for loss in losses(board, kind, rulebook)[SHOWN_LOSSES:]), Decimal(0)))
    paper = [text for text in final_texts["通报.docx"] if text.endswith(("。", "）"))]
    said = {Decimal(number) for text in paper for number in re.findall(r"(?<![\d.])(\d+\.\d\d)分", text)}
    cells = {-finding.points for card in board.cards for finding in card.findings}
    assert len(said) > 20
    assert said <= right | cells


def test_what_is_open_is_counted_as_everywhere_else(rulebook: Rulebook) -> None:
    position = Position(sample_facts(rulebook), rulebook, AS_OF, Policy())
    found = open_matters(position, matters(position))
    told = notice_of(position, found, Letterhead(), None)
    expected = {TITLES[part]: count for part, count in counted(found).items() if part not in SAID_BY_NAME}
    assert {one.title: one.count for one in told.undecided} == expected
    draft = "\n".join(texts_of("通报.docx", bulletin_docx(position.board, rulebook, None, told)))
    assert all(f"{title}{count}项" in draft for title, count in expected.items())
    kept = replace(receipt_for(position.board), notice=told)
    final = "\n".join(texts_of("通报.docx", bulletin_docx(position.board, rulebook, kept)))
    assert f"尚未到期、暂不计分的{expected['未到期']}项" in final
    assert not [word for word in OPEN_WORDS if word in final]

"""A third kind of unit is an edit of the rules: it gets its board, its lists, its ledger, its pages and its papers."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest

from scoring.analysis import (
    chances_sentences,
    policy_combinations,
    policy_combinations_sentences,
    ranges,
    ranges_sentences,
    verification,
    verification_sentences,
)
from scoring.analysis.position import Position
from scoring.board.red_black import ends
from scoring.documents.bulletin import bulletin_docx
from scoring.documents.scores import RANKING, scores_xlsx
from scoring.documents.unit_sheets import unit_sheets_docx
from scoring.judging.rank import make_board
from scoring.ledger.parse import read_ledger
from scoring.ledger.template.blank import template_workbook
from scoring.model.boards import Board
from scoring.model.facts import Facts
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from scoring.rulebook.read import load_rulebook
from tests.documents.boards import sample_facts
from tests.kinds_third.conftest import CLAUSE, DAY, FIRST, KIND, SECOND
from tests.ui.opening import html, opened
from ui.session.navigation import PAGES

ROOT = Path(__file__).resolve().parents[2]


def text_of(data: bytes) -> str:
    paper = docx.Document(BytesIO(data))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


def test_it_is_scored_from_its_own_base_and_ranked_by_itself(third_rulebook: Rulebook) -> None:
    board = make_board(Facts(), third_rulebook, DAY, Policy())
    cards = board.ranking(KIND)
    assert [(card.unit, str(card.score), card.rank) for card in cards] == [(FIRST, "89.60", 1), (SECOND, "89.60", 1)]
    assert {finding.clause for finding in cards[0].findings} == {CLAUSE}


def test_nothing_changes_for_the_others(third_rulebook: Rulebook) -> None:
    facts, own = sample_facts(third_rulebook), load_rulebook()
    before = make_board(facts, own, DAY, Policy()).card
    after = make_board(facts, third_rulebook, DAY, Policy()).card
    assert {unit: (card.raw, card.score, card.rank, card.kind) for unit, card in before.items()} == {
        unit: (after[unit].raw, after[unit].score, after[unit].rank, after[unit].kind) for unit in before
    }


def test_its_lists_hold_as_many_as_the_rules_say(third_board: Board, third_rulebook: Rulebook) -> None:
    assert ends(third_board, third_rulebook.kinds[KIND]).listed == 1
    assert ends(third_board, third_rulebook.kinds["department"]).first == ()


def test_its_ledger_is_given_out_and_read_back(third_rulebook: Rulebook) -> None:
    blank = template_workbook(third_rulebook, FIRST, 2)
    book = openpyxl.load_workbook(BytesIO(blank))
    assert "企业全量名单" not in book.sheetnames
    parsed = read_ledger(blank, f"{FIRST}2023年第二季度台账.xlsx", third_rulebook)
    assert not parsed.refused
    assert {ledger.unit for ledger in parsed.facts.ledgers} <= {FIRST}


def test_the_heads_of_tables_say_how_many_each_kind_lists(third_rulebook: Rulebook) -> None:
    position = Position(sample_facts(third_rulebook), third_rulebook, DAY, Policy())
    likely = chances_sentences.chance_rows((), third_rulebook)[0]
    found = policy_combinations.Readings((), (), (), ())
    standings = policy_combinations_sentences.rows(found, third_rulebook)[0]
    assert likely[1:3] == ("进前三／一", "进后三／一")
    assert {"居前三／一的读法数", "居后三／一的读法数"} < set(standings)
    assert policy_combinations_sentences.alternative_rows(position, found)[0][-1] == "前三／一或后三／一改变"


def test_heads_speak_of_no_list_where_none_is_drawn() -> None:
    whole = load_rulebook()
    rulebook = replace(whole, kinds={name: replace(kind, listed=0) for name, kind in whole.kinds.items()})
    assert chances_sentences.chance_rows((), rulebook)[0] == ("单位（模拟）",)
    assert not any(
        "居" in str(head)
        for head in policy_combinations_sentences.rows(policy_combinations.Readings((), (), (), ()), rulebook)[0]
    )


def test_every_analysis_speaks_of_it(third_rulebook: Rulebook) -> None:
    position = Position(sample_facts(third_rulebook), third_rulebook, DAY, Policy())
    kind = third_rulebook.kinds[KIND]
    assert "供水企业" in policy_combinations_sentences.sentence(
        position, policy_combinations.read_every_way(position), kind
    )
    assert "供水企业" in ranges_sentences.sentence(position, ranges.ranges(position), kind)
    assert "前一名" in verification_sentences.sentence(position, verification.checks(position, kind), kind)


def test_its_papers_name_it(third_board: Board, third_rulebook: Rulebook) -> None:
    paper = text_of(bulletin_docx(third_board, third_rulebook))
    assert "14个县（市）区、6个市级责任部门和2个供水企业" in paper
    assert "供水企业前1名" in paper or "供水企业共2个" in paper
    assert "市级责任部门前" not in paper
    names = [
        row[0]
        for row in openpyxl.load_workbook(BytesIO(scores_xlsx(third_board, third_rulebook)))[RANKING].iter_rows(
            values_only=True
        )
    ]
    assert {FIRST, SECOND, "供水企业（2个）"} <= set(names)
    assert "在2个供水企业中排" in text_of(unit_sheets_docx(third_board, third_rulebook, (FIRST,)))


def test_the_command_line_ranks_it(third_rules: bytes, tmp_path: Path) -> None:
    written = tmp_path / "rules.toml"
    written.write_bytes(third_rules)
    command = [sys.executable, "-m", "scoring", "score", "data/examples/2023年第二季度", "--rules", str(written)]
    command += ["--as-of", "2023-12-31"]
    told = json.loads(subprocess.run([*command, "--json"], cwd=ROOT, capture_output=True, check=False).stdout)
    assert {unit["unit"] for unit in told["units"] if unit["kind"] == KIND} == {FIRST, SECOND}
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, check=False).stdout.decode()
    assert "各供水企业（2023年度，截至2023-12-31）" in shown


@pytest.mark.parametrize("url", [entry.url for entry in PAGES])
def test_every_page_shows_it(data: Path, url: str) -> None:
    app = opened(url, as_of=DAY.isoformat(), kind=KIND, unit=FIRST)
    assert html(app)
    assert not app.error


def test_the_ranking_page_ranks_it(data: Path) -> None:
    assert "东部供水" in html(opened("ranking", as_of=DAY.isoformat(), kind=KIND))

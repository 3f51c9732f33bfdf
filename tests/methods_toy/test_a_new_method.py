"""A way of judging that stands in one file works everywhere, with no edit elsewhere."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import docx
import pytest
from openpyxl import load_workbook

from scoring.analysis import (
    actions,
    actions_sentences,
    consistency,
    consistency_sentences,
    improvement,
    improvement_sentences,
    movement,
    movement_sentences,
    plays,
    plays_sentences,
    policy_combinations,
    policy_combinations_sentences,
    ranges,
    rule_changes,
    rule_changes_sentences,
    ruling_queue,
    ruling_queue_sentences,
    verification,
    verification_sentences,
)
from scoring.analysis.open_items import open_items
from scoring.analysis.options import options
from scoring.analysis.position import Position
from scoring.documents.calendar_file import days_ics
from scoring.documents.papers import PAPERS, all_papers
from scoring.documents.unit_deductions import unit_deductions_xlsx
from scoring.documents.unit_sheets import sheet_parts
from scoring.judging.rank import make_board
from scoring.ledger.parse import read_ledger
from scoring.ledger.template.blank import template_workbook
from scoring.methods import method_of
from scoring.model.changes import Act, Change, Scenario
from scoring.model.facts import Facts
from scoring.model.findings import Outcome
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from scoring.rulebook.difference import differences
from scoring.rulebook.read import RulebookError, load_rulebook, parse_rulebook
from scoring.scenario.text import fault_of, parse_scenario, scenario_text
from scoring.scenario.what_if import all_evidence, apply, full_counts, simulate
from tests.builders import ledger, ruling, statement
from tests.documents.boards import receipt_for
from tests.methods_toy.conftest import AUTUMN, COUNTY, DEPARTMENT, PRAISED, TALLIED, TALLIED_BY_DEPARTMENT, TOLD

CLOSES = date(2024, 1, 31)
PLACES = [(COUNTY, TALLIED), (DEPARTMENT, TALLIED_BY_DEPARTMENT), (COUNTY, PRAISED), (COUNTY, TOLD)]


def points(facts: Facts, rulebook: Rulebook, as_of: date, unit: str = COUNTY, code: str = TALLIED) -> Decimal:
    finding = make_board(facts, rulebook, as_of, Policy()).card[unit].finding(code)
    assert finding is not None
    return finding.points


def sent(*numbers: int) -> Facts:
    """The county's ledgers of the second quarter on, with these numbers."""
    said = tuple(
        statement(TALLIED, "blank", at=ledger(quarter=quarter), quantity=number)
        for quarter, number in enumerate(numbers, 2)
    )
    return Facts(ledgers=tuple(s.ledger for s in said), statements=said)


def test_scoring(toy_rulebook: Rulebook) -> None:
    assert points(Facts(), toy_rulebook, date(2023, 6, 29)) == 0
    assert points(Facts(), toy_rulebook, CLOSES) == Decimal("-0.6")
    assert points(sent(2, 2, 2), toy_rulebook, CLOSES) == 0
    assert points(sent(2, 1, 3), toy_rulebook, CLOSES) == Decimal("-0.2")
    praised = Facts(ledgers=(ledger(),), statements=(statement(PRAISED),))
    assert points(praised, toy_rulebook, CLOSES, code=PRAISED) == Decimal("0.5")


def test_rulings(toy_rulebook: Rulebook) -> None:
    refused = sent(2, 2, 2) + Facts(rulings=(ruling(TALLIED, "rejected", AUTUMN),))
    assert points(refused, toy_rulebook, CLOSES) == Decimal("-0.6")
    accepted = sent(0) + Facts(rulings=(ruling(TALLIED, "accepted", AUTUMN),))
    assert points(accepted, toy_rulebook, CLOSES) == 0
    praised = Facts(rulings=(ruling(PRAISED, "accepted", AUTUMN),))
    assert points(praised, toy_rulebook, CLOSES, code=PRAISED) == Decimal("0.5")


def test_a_term_of_it_is_read_and_checked(toy_rules: bytes) -> None:
    with pytest.raises(RulebookError, match="要写明应有几次"):
        parse_rulebook(toy_rules.replace(b"\nof = 2", b"", 1))


@pytest.mark.parametrize(("unit", "code"), PLACES)
def test_what_if(toy_position: Position, toy_rulebook: Rulebook, unit: str, code: str) -> None:
    term = toy_rulebook.clause[code].term_for(unit)
    assert term is not None
    for act in sorted(method_of(term).acts):
        change = Change(unit, code, act, number=1 if act is Act.COUNT else None)
        scenario = Scenario((change,))
        assert not fault_of(change, toy_rulebook)
        assert parse_scenario(scenario_text(scenario, toy_rulebook), toy_rulebook).scenario == scenario
        played = plays.play(toy_position, scenario)
        assert code in plays_sentences.describe(change, toy_rulebook)
        assert played.position.rescored(unit, Scenario()).raw == played.position.board.card[unit].raw
    done = simulate(Facts(), Scenario((Change(unit, code, Act.DONE),)), toy_rulebook, CLOSES, Policy())
    undone = simulate(Facts(), Scenario((Change(unit, code, Act.OPEN),)), toy_rulebook, CLOSES, Policy())
    assert done.card[unit].raw > undone.card[unit].raw
    assert fault_of(Change(unit, code, Act.ADD), toy_rulebook)


def test_presets_reach_what_they_name(toy_rulebook: Rulebook) -> None:
    bare = statement(PRAISED, evidence="")
    facts = Facts(ledgers=(bare.ledger,), statements=(bare,))
    assert points(facts, toy_rulebook, AUTUMN, code=PRAISED) == 0
    proved = apply(facts, all_evidence([COUNTY, DEPARTMENT]), toy_rulebook, AUTUMN)
    assert points(proved, toy_rulebook, AUTUMN, code=PRAISED) == Decimal("0.5")
    assert TALLIED not in {change.clause for change in full_counts([COUNTY], toy_rulebook).changes}, "it is no bonus"


def test_improvement(toy_position: Position) -> None:
    offered = options(toy_position, COUNTY)[TALLIED]
    assert {option.steps for option in offered} == {1}
    assert any("第三季度" in option.says and option.faults == Decimal("0.2") for option in offered)
    assert any("第四季度" in option.says and option.secures == Decimal("0.2") for option in offered)
    for unit in (COUNTY, DEPARTMENT):
        found = improvement.improve(toy_position, unit, 1)
        assert found.after.score == (found.plan or found.best).score
        assert improvement_sentences.sentence(toy_position, found)
        assert actions_sentences.sentence(toy_position, unit, actions.single_actions(toy_position, unit))


def test_readings(toy_position: Position) -> None:
    found = policy_combinations.read_every_way(toy_position)
    some = [board for number, board in enumerate(found.boards) if number % 29 == 0]
    for board in some:
        assert board == make_board(toy_position.facts, toy_position.rulebook, AUTUMN, board.policy)
    assert policy_combinations_sentences.sentence(toy_position, found, toy_position.rulebook.kinds["county"])


def test_ranges_hold_what_may_still_come(toy_position: Position) -> None:
    items = {(item.unit, item.clause): item for item in open_items(toy_position)}
    open_tally = items[COUNTY, TALLIED]
    assert (open_tally.now, open_tally.outcomes) == (Decimal("-0.2"), (Decimal("-0.2"), Decimal("-0.4")))
    spreads = next(one.spreads for one in ranges.ranges(toy_position) if one.unit == COUNTY)
    span = spreads[ranges.Reach.EVERYTHING]
    for act in (Act.DONE, Act.OPEN):
        fourth = Scenario((Change(COUNTY, TALLIED, act, quarter=4),))
        end = replace(toy_position.with_scenario(fourth), as_of=AUTUMN)
        assert span.lowest <= end.board.card[COUNTY].score <= span.highest


def test_verification_and_the_reviewers_queue(toy_position: Position) -> None:
    for kind in toy_position.rulebook.kinds.values():
        found = verification.checks(toy_position, kind)
        assert verification_sentences.sentence(toy_position, found, kind)
    assert ruling_queue_sentences.sentence(toy_position, ruling_queue.matters(toy_position))
    assert consistency_sentences.sentence(toy_position, consistency.inconsistencies(toy_position))


def test_movement(toy_position: Position) -> None:
    before = replace(toy_position, as_of=date(2023, 7, 7))
    found = movement.account(before, toy_position)
    moved = next(unit for unit in found.units if unit.unit == COUNTY)
    assert sum(movement.sums(moved).values()) == moved.score
    assert movement_sentences.sentence(toy_position, found, "county")


def test_rule_difference(toy_position: Position, toy_rulebook: Rulebook) -> None:
    product = load_rulebook()
    said = differences(product, toy_rulebook)
    assert any("按时限完成" in sentence and "按季度的次数" in sentence for sentence in said)
    assert any("案例" in sentence and "按表扬加分" in sentence for sentence in said)
    changed = rule_changes.change_rules(replace(toy_position, rulebook=product), toy_rulebook)
    assert {TALLIED, PRAISED} <= {cause.clause for cause in changed.causes}
    assert rule_changes_sentences.sentence(changed)


def test_the_blank_ledger_asks_for_it_and_is_read_back(toy_rulebook: Rulebook) -> None:
    book = load_workbook(io.BytesIO(template_workbook(toy_rulebook, COUNTY, 3)))
    assert "本季度的次数至少 2。" in {cell.value for row in book["填报说明"].iter_rows() for cell in row}
    sheet = book["工作落实"]
    titles = {cell.value: cell.column for row in sheet.iter_rows(max_row=6) for cell in row if cell.value}
    rows = {row[0].value: row[0].row for row in sheet.iter_rows()}
    assert {TALLIED, PRAISED} <= rows.keys()
    assert any(rule.prompt == "填本季度的次数，至少 2。" for rule in sheet.data_validations.dataValidation)
    sheet.cell(rows[TALLIED], titles["数量"], 2)
    sheet.cell(rows[PRAISED], titles["完成情况"], "已完成")
    sheet.cell(rows[PRAISED], titles["佐证材料"], "通报.pdf")
    out = io.BytesIO()
    book.save(out)
    read = read_ledger(out.getvalue(), "五华区2023年第三季度台账.xlsx", toy_rulebook, 0)
    stated = {s.clause: s for s in read.facts.statements}
    assert stated[TALLIED].quantity == 2
    facts = read.facts
    assert points(facts, toy_rulebook, AUTUMN) == Decimal("-0.2"), "the second quarter is missing, the third is not"
    assert points(facts, toy_rulebook, AUTUMN, code=PRAISED) == Decimal("0.5")


def test_papers(toy_position: Position, toy_rulebook: Rulebook) -> None:
    papers = all_papers(toy_position.board, toy_rulebook, receipt_for(toy_position.board))
    assert papers.keys() == PAPERS.keys()
    sheet = load_workbook(io.BytesIO(papers["得分表.xlsx"]))
    cells = {cell.value for page in sheet for row in page.iter_rows() for cell in row}
    for paper in (papers["通报.docx"], papers["一县一单.docx"]):
        assert docx.Document(io.BytesIO(paper)).tables
    for unit, code in PLACES:
        finding = toy_position.board.card[unit].finding(code)
        assert finding is not None
        assert any(finding.reason in str(cell) for cell in cells), code
        assert unit_deductions_xlsx(toy_position.board, toy_rulebook, unit)
    assert days_ics(toy_rulebook)
    early = make_board(toy_position.facts, toy_rulebook, date(2023, 6, 20), Policy())
    said = [
        cell for _, _, rows, _ in sheet_parts(early, toy_rulebook, early.card[COUNTY]) for row in rows for cell in row
    ]
    assert any("每个季度" in cell for cell in said)
    assert any("每少一个" in cell for cell in said)


def test_a_ruling_that_a_later_statement_outranks(toy_rulebook: Rulebook) -> None:
    again = statement(PRAISED, at=ledger(quarter=4))
    facts = Facts(ledgers=(again.ledger,), statements=(again,), rulings=(ruling(PRAISED, "rejected", AUTUMN),))
    finding = make_board(facts, toy_rulebook, CLOSES, Policy()).card[COUNTY].finding(PRAISED)
    assert finding is not None
    assert (finding.outcome, finding.ruling) == (Outcome.EARNED, None)

"""The example year: its workbooks are what its script writes, and it shows what an example year should show."""

from __future__ import annotations

import hashlib
import importlib.util
import io
import sys
import tomllib
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest

from scoring.evidence.doubts import doubts_about_things
from scoring.evidence.extract import thing_of
from scoring.evidence.looks import look_at
from scoring.judging.rank import make_board
from scoring.ledger.find import find_ledgers, read_ledgers
from scoring.ledger.parse import read_ledger
from scoring.model.boards import Board
from scoring.model.facts import Facts
from scoring.model.findings import Outcome
from scoring.model.looks import ThingDoubtKind
from scoring.model.rules import Rulebook
from scoring.problems import Problem, Severity
from scoring.rulebook.begin import begin
from scoring.rulebook.policies import make_policy
from scoring.rulebook.read import DEFAULT_RULES, load_rulebook, parse_rulebook
from ui.session.data_folders import _make_lacking

DATA = Path(__file__).resolve().parent.parent / "data"
EXAMPLES = DATA / "examples"
YEAR_END = date(2023, 12, 31)
OF_PACKAGES = "evidence-unmatched"
OF_ROSTERS = ("connected-missing", "roster-not-cumulative")  # working days fall otherwise in another year


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook()


@pytest.fixture(scope="module")
def year(rulebook: Rulebook) -> tuple[Facts, list[Problem]]:
    return read_ledgers(find_ledgers([EXAMPLES]), (rulebook,))


@pytest.fixture(scope="module")
def board(rulebook: Rulebook, year: tuple[Facts, list[Problem]]) -> Board:
    return make_board(year[0], rulebook, YEAR_END, make_policy(rulebook, {}))


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_examples", DATA / "make_examples.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _parts(data: bytes) -> dict[str, str]:
    """Digest what a workbook holds, whatever library compressed it."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: hashlib.sha256(package.read(name)).hexdigest() for name in package.namelist()}


def test_the_folder_is_what_the_script_writes(rulebook: Rulebook) -> None:
    made = _script().make_examples(rulebook)
    kept = {path.relative_to(EXAMPLES).as_posix(): path.read_bytes() for path in EXAMPLES.rglob("*") if path.is_file()}
    assert sorted(made) == sorted(kept)
    assert [name for name in made if _parts(made[name]) != _parts(kept[name])] == []


def test_the_examples_are_small_and_each_file_name_is_its_own() -> None:
    files = list(EXAMPLES.rglob("*.xlsx"))
    assert sum(path.stat().st_size for path in EXAMPLES.rglob("*.*")) < 1_500_000
    assert len({path.name for path in files}) == len(files) >= 60


def test_every_workbook_says_that_it_is_an_example() -> None:
    for path in EXAMPLES.rglob("*.xlsx"):
        book = openpyxl.load_workbook(path, read_only=True)
        assert "示例" in str(book["示例说明"]["A1"].value), path.name


def test_every_unit_sent_something_and_one_county_never_sent_its_third_quarter(
    rulebook: Rulebook, year: tuple[Facts, list[Problem]]
) -> None:
    sent: dict[str, set[int]] = {}
    for ledger in year[0].ledgers:
        sent.setdefault(ledger.unit, set()).add(ledger.quarter)
    assert set(sent) == {unit.name for unit in rulebook.units if unit.assessed}
    assert [unit for unit, quarters in sent.items() if not {2, 3, 4} <= quarters] == ["禄劝彝族苗族自治县"]


def test_the_board_has_ties_a_raw_over_a_hundred_and_a_plausible_spread(board: Board) -> None:
    counties = [card for card in board.cards if card.kind == "county"]
    assert [card.unit for card in counties if card.raw > 100] == ["五华区"]
    assert all(88 <= card.score <= 100 for card in board.cards)
    shared = [rank for rank, times in Counter(card.rank for card in counties).items() if times > 1]
    assert sorted(shared) == [3, 6, 12]


def test_the_year_shows_every_outcome_that_a_reviewer_meets(
    rulebook: Rulebook, year: tuple[Facts, list[Problem]], board: Board
) -> None:
    july = make_board(year[0], rulebook, date(2023, 7, 7), make_policy(rulebook, {}))
    met = {finding.outcome for held in (board, july) for card in held.cards for finding in card.findings}
    usual = {Outcome.WAIVED, Outcome.NOT_REPORTED, Outcome.UNREADABLE}
    assert set(Outcome) - met <= usual


def test_only_a_handful_of_cells_cannot_be_read(year: tuple[Facts, list[Problem]]) -> None:
    errors = [problem for problem in year[1] if problem.severity is Severity.ERROR]
    assert 2 <= len(errors) <= 6
    assert 2 <= len({problem.workbook for problem in errors}) <= 3
    assert {problem.value for problem in errors} == {"六月上旬", "见附件说明", "一家多"}


def test_enterprises_are_marked_as_made_up(year: tuple[Facts, list[Problem]]) -> None:
    assert len({row.key for row in year[0].roster}) > 200
    assert all("（示例）" in row.enterprise for row in year[0].roster)


def test_pictures_come_in_every_way_and_one_file_fits_no_row(year: tuple[Facts, list[Problem]]) -> None:
    things = [item for one in year[0].statements for item in one.evidence if item.sha256]
    ways = Counter("cell" if item.part.startswith("xl/media/cell") else item.kind.value for item in things)
    assert ways == {"picture": 12, "cell": 2, "attachment": 1, "file": 2}
    assert [problem.value for problem in year[1] if problem.code == OF_PACKAGES] == ["2023年第三季度/营业厅合影.jpg"]


def test_the_planted_doubts_are_found_and_no_other(rulebook: Rulebook, year: tuple[Facts, list[Problem]]) -> None:
    found = find_ledgers([EXAMPLES])
    books = {file.name: file.read() for file in found.ledgers}
    beside = {hashlib.sha256(file.read()).hexdigest(): file.read() for file in found.loose}
    looks = {}
    for item in (item for one in year[0].statements for item in one.evidence):
        if item.sha256:
            data = thing_of(books[item.workbook or ""], item.part, item.sha256) if item.part else beside[item.sha256]
            looks[item.sha256] = look_at(data or b"")
    doubts = doubts_about_things(year[0], rulebook, looks)
    assert {(one.kind, one.unit, one.clauses, one.other and one.other.unit) for one in doubts} == {
        (ThingDoubtKind.OTHER_UNIT, "呈贡区", ("1A",), "宜良县"),
        (ThingDoubtKind.OTHER_UNIT, "嵩明县", ("9A",), "富民县"),
        (ThingDoubtKind.EARLIER_QUARTER, "石林彝族自治县", ("20A",), "石林彝族自治县"),
        (ThingDoubtKind.MADE_LATE, "安宁市", ("7A",), None),
        (ThingDoubtKind.BLANK, "呈贡区", ("22B",), None),
    }


def test_another_year_has_examples_by_its_own_rules(
    year: tuple[Facts, list[Problem]], board: Board, tmp_path: Path
) -> None:
    """Made for a year that brings none: the same a year later on the same days; only rosters differ by their working days."""
    draft = begin(DEFAULT_RULES.read_text(encoding="utf-8"), 2024)
    text = draft.partition("\n[[confirm]]")[0].encode()
    later = parse_rulebook(text)
    _make_lacking({2023: DEFAULT_RULES.read_bytes(), 2024: text}, tmp_path)
    made = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert len(made) == sum(path.is_file() for path in EXAMPLES.rglob("*"))
    assert all(name.startswith("2024年") for name in made)
    books = {name: data for name, data in made.items() if name.endswith(".xlsx")}
    found = [read_ledger(data, name.rpartition("/")[2], later, 0) for name, data in books.items()]
    facts = sum((parsed.facts for parsed in found), Facts())
    assert _codes(problem for parsed in found for problem in parsed.problems) == _codes(year[1])
    moved = make_board(facts, later, date(2024, 12, 31), make_policy(later, {}))
    assert _but_medians(moved) == _but_medians(board)


def test_a_year_that_leaves_clauses_units_and_a_quarter_out_has_examples_of_the_rest(rulebook: Rulebook) -> None:
    """The clauses have pictures in each way that a workbook holds them, one unit a package; the department is asked nothing."""
    clauses = tuple(clause for clause in rulebook.clauses if clause.code not in ("1A", "4B", "17A", "9A"))
    units = tuple(unit for unit in rulebook.units if unit.name != "西山区")
    cut_offs = {quarter: day for quarter, day in rulebook.assessment.cut_offs.items() if quarter < 4}
    other = replace(rulebook, clauses=clauses, units=units, assessment=replace(rulebook.assessment, cut_offs=cut_offs))
    made = _script().make_examples(other)
    assert {name.partition("/")[0] for name in made} == {f"2023年第{quarter}季度" for quarter in "一二三"}
    assert not [name for name in made if "西山区" in name]
    named = {unit for name in made for unit in ("五华区", "盘龙区", "官渡区") if unit in name}
    assert len(named) == 3
    read = read_ledger(made["2023年第二季度/五华区2023年第二季度台账.xlsx"], "五华区2023年第二季度台账.xlsx", other, 0)
    assert {statement.clause for statement in read.facts.statements}.isdisjoint({"1A", "4B", "17A"})
    assert not [problem for problem in read.problems if problem.severity is Severity.ERROR]


@pytest.mark.parametrize("days", [14, -5])
def test_examples_keep_their_distance_from_the_years_own_cut_offs(rulebook: Rulebook, days: int) -> None:
    """Who was late by three days is late by three days, whenever the year has its cut-offs."""
    moved = {quarter: day + timedelta(days=days) for quarter, day in rulebook.assessment.cut_offs.items()}
    later = replace(rulebook, assessment=replace(rulebook.assessment, cut_offs=moved))
    script = _script()
    plan = tomllib.loads((DATA / "example_year" / "plan.toml").read_text(encoding="utf-8"))
    assert dict(enumerate(plan["cut_offs"], 1)) == rulebook.assessment.cut_offs
    made = script._moved(plan, script._shifts(plan, later), (2023, 2023))
    for one, other in zip(plan["unit"], made["unit"], strict=True):
        for ledger, again in zip(one["ledgers"], other["ledgers"], strict=True):
            assert again["sent"] == ledger["sent"] + timedelta(days=days)
            if "layout" not in again:
                told = script.content(later, {**other, "seed": plan["seed"]}, again)
                assert all(line.day <= again["sent"] for line in told.lines if isinstance(line.day, date))
        for case, again in zip(one.get("cases", ()), other.get("cases", ()), strict=True):
            assert again["day"] == case["day"] + timedelta(days=days)


def _codes(problems: Iterable[Problem]) -> Counter[str]:
    return Counter(problem.code for problem in problems if problem.code not in (*OF_ROSTERS, OF_PACKAGES))


def _but_medians(board: Board) -> dict[tuple[str, str, str], tuple[Outcome, object]]:
    return {
        (card.unit, finding.clause, finding.item): (finding.outcome, finding.points)
        for card in board.cards
        for finding in card.findings
        if finding.clause != "2C"
    }

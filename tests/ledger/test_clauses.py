"""Which clause a row speaks of: by its code, by its task's number, or by its text."""

from __future__ import annotations

import pytest

from scoring.ledger.parse import parse_workbook
from scoring.model.facts import MatchedBy
from scoring.model.rules import Treatment
from tests.ledger.sheets import (
    HEAD,
    QUARTER,
    SUBMITTED,
    TITLES,
    book,
    errors,
    ledger,
    parse,
    parse_rows,
    rulebook,
    said,
    severities,
    work_row,
)

HOUSING = [["填报单位：市住建局"], [QUARTER], [SUBMITTED]]
SERVICES = [["填报单位：市政务服务局"], [QUARTER], [SUBMITTED]]


def clauses(*rows: list[object], titles: list[list[object]] | None = None) -> list[str]:
    return list(said(parse(ledger(*rows, titles=titles or TITLES))))


@pytest.mark.parametrize("code", ["4A", "4a", "４Ａ", " 4 A ", "４ａ"])
def test_by_code(code: str) -> None:
    parsed = parse_rows(work_row(code))
    (statement,) = parsed.facts.statements
    assert (statement.clause, statement.matched_by) == ("4A", MatchedBy.CODE)
    assert not parsed.problems


@pytest.mark.parametrize(
    ("code", "expected"),
    [("4A、4B", ["4A", "4B"]), ("4A\n4B", ["4A", "4B"]), ("4A。", ["4A"]), ("4A 出台文件", ["4A"]), ("04A", ["4A"])],
)
def test_a_code_may_have_company(code: str, expected: list[str]) -> None:
    assert clauses(work_row(code)) == expected


def test_a_code_in_the_column_of_numbers_is_a_code() -> None:
    (statement,) = parse_rows(work_row("", task="4b")).facts.statements
    assert (statement.clause, statement.matched_by) == ("4B", MatchedBy.CODE)


def test_a_dash_for_a_code_says_nothing() -> None:
    (statement,) = parse_rows(work_row("—", task=1.0)).facts.statements
    assert (statement.clause, statement.matched_by) == ("1A", MatchedBy.NUMBER)
    assert not parse_rows(work_row("—", status="", done_on="", evidence="")).problems


@pytest.mark.parametrize("number", [1.0, "1", "１", "第1项", "（1）"])
def test_by_number(number: object) -> None:
    parsed = parse_rows(work_row("", task=number))
    (statement,) = parsed.facts.statements
    assert (statement.clause, statement.matched_by) == ("1A", MatchedBy.NUMBER)


@pytest.mark.parametrize(
    ("task", "expected"),
    [(4, ["4A", "4B"]), (8, ["8A", "8B"]), (9, ["9A"]), (2, ["2A"]), (27, ["27A", "27B"])],
)
def test_a_task_row_speaks_for_its_deduction_clauses_and_says_nothing_to_roster_and_median(
    task: int, expected: list[str]
) -> None:
    assert clauses(work_row("", task=float(task))) == expected


def test_a_task_row_speaks_for_what_is_scored_for_the_unit() -> None:
    assert clauses(work_row("", task=9.0), titles=HOUSING) == ["9B"]
    assert clauses(work_row("", task=9.0), titles=SERVICES) == ["9A"]


@pytest.mark.parametrize(
    ("task", "text", "expected"),
    [
        (4, "划定情形并出台文件；", ["4A"]),
        (4, "2.通过部门门户网站对外公布审批事项办事指南。", ["4B"]),
        (6, "未公示扣0.2分。", ["6B"]),
        (6, "未梳理扣0.2分；\n未公示扣0.2分。\n提供案例加0.5分。", ["6A", "6B"]),
        (
            10,
            "1.开展“建设项目水电气网联合报装”的事项梳理，整合；\n2.对外公布出台的相关政策文件和办事指南.",
            ["10A", "10B"],
        ),
        (22, "营业厅设置评价器", ["22B"]),
        (4, "深化推进非禁免批、并联审批。", ["4A", "4B"]),
        (9, "通过“一站式”服务报装", ["9C"]),
        (9, "水电气网进驻中心，开展报装“一站式”服务", ["9A"]),
        (9, "1.推动水电气网进驻县级政务服务中心，\n\n2.开展报装“一站式”服务", ["9A"]),
    ],
)
def test_the_text_of_a_task_row_may_name_its_clauses(task: int, text: str, expected: list[str]) -> None:
    assert clauses(work_row("", task=float(task), requirement=text)) == expected
    assert clauses(work_row("", task=float(task), goal=text)) == expected


def test_one_stop_and_entering_the_centre_is_the_platform_for_housing() -> None:
    text = "水电气网进驻中心，建立报装“一站式”平台"
    assert clauses(work_row("", task=9.0, requirement=text), titles=HOUSING) == ["9B"]


@pytest.mark.parametrize("clause", [c for c in rulebook().clauses if c.task not in (1, 2, 3)], ids=lambda c: c.code)
def test_the_sentence_of_a_clause_with_its_task_finds_it(clause) -> None:  # type: ignore[no-untyped-def]
    for term in clause.terms:
        if term.method == "case":
            continue
        titles = [[f"填报单位：{term.units[0]}"], [QUARTER], [SUBMITTED]]
        for sentence in (term.quote, *clause.words):
            found = clauses(work_row("", task=float(clause.task), requirement=sentence), titles=titles)
            if clause.code == "9B" or (clause.code == "9A" and "一站式" in sentence):
                continue  # 一站式 and 报装 have a rule of their own
            shared = [
                c.code
                for c in rulebook().clauses
                if c.task == clause.task and any(t.quote == sentence for t in c.terms)
            ]
            assert found == (shared or [clause.code]), sentence


@pytest.mark.parametrize(
    "task", [t for t in rulebook().tasks if t.treatment is Treatment.SCORED], ids=lambda task: str(task.no)
)
def test_the_goal_of_a_task_without_a_number_is_the_task(task) -> None:  # type: ignore[no-untyped-def]
    by_goal = clauses(work_row("", goal=task.goal))
    assert by_goal == clauses(work_row("", task=float(task.no)))
    assert by_goal


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公示收费目录", ["17A"]),
        ("供水企业对外公示收费目录。", ["17A"]),
        ("网上签约", ["14A"]),
        ("“客户经理制”", ["7A"]),
        ("营业厅设置评价器", ["22B"]),
        ("公布评价和投诉渠道", ["22A"]),
        ("未制定方案扣2分", ["27A"]),
        ("梳理可容缺的申请材料清单", ["6A"]),
        ("划定情形、出台文件", ["4A"]),
        ("开展报装“一站式”服务", ["9C"]),
        ("未梳理扣0.2分；\n未公示扣0.2分。", ["6A", "6B"]),
    ],
)
def test_by_text_alone(text: str, expected: list[str]) -> None:
    parsed = parse_rows(work_row("", requirement=text))
    assert [s.clause for s in parsed.facts.statements] == expected
    assert {s.matched_by for s in parsed.facts.statements} == {MatchedBy.TEXT}
    assert not errors(parsed)


@pytest.mark.parametrize("text", ["未按时公布办事指南扣0.2分。", "公布办事指南", "未公示扣0.2分", "未实现扣0.2分。"])
def test_text_that_fits_two_clauses_equally_is_an_error(text: str) -> None:
    parsed = parse_rows(work_row("", requirement=text))
    assert not parsed.facts.statements
    assert severities(parsed) == {"D5": "error"}
    assert parsed.rows_kept_out == 1


@pytest.mark.parametrize("text", ["购买办公用品", "组织党员学习", "公示", "绿化"])
def test_text_that_fits_none_is_an_error(text: str) -> None:
    parsed = parse_rows(work_row("", requirement=text))
    assert not parsed.facts.statements
    assert severities(parsed) == {"D5": "error"}


def test_the_error_stands_at_the_goal_where_that_is_the_only_text() -> None:
    assert severities(parse_rows(work_row("", goal="购买办公用品"))) == {"C5": "error"}


def test_a_status_with_neither_code_number_nor_text_is_an_error() -> None:
    parsed = parse_rows(work_row(""))
    assert not parsed.facts.statements
    assert severities(parsed) == {"E5": "error"}


def test_the_same_sentence_is_told_apart_by_the_goal() -> None:
    row = work_row("", goal="持续零材料申请用水。", requirement="供水企业在营业厅和部门网站公示公布办事指南。")
    assert clauses(row) == ["3A"]


def test_a_running_number_that_the_text_contradicts_is_only_a_number() -> None:
    parsed = parse_rows(work_row("", task=3.0, goal="全面开展容缺受理", requirement="未公示扣0.2分。"))
    assert list(said(parsed)) == ["6B"]
    assert severities(parsed) == {"B5": "warning"}


def test_a_running_number_over_thirty_gives_way_to_the_text() -> None:
    head = ["评分项编号", "序号", *HEAD[2:]]
    parsed = parse(ledger(work_row("", task=38.0, requirement="营业厅设置评价器"), head=head))
    assert list(said(parsed)) == ["22B"]


@pytest.mark.parametrize("code", ["4Z", "99A", "A4", "第四项", "4A-4B", "4A至4C"])
def test_a_code_that_is_no_clause(code: str) -> None:
    parsed = parse_rows(work_row(code))
    assert not parsed.facts.statements
    assert severities(parsed) == {"A5": "error"}


@pytest.mark.parametrize("number", [0.0, 31.0, -1.0, 2.5, "四十"])
def test_a_task_number_outside_the_table(number: object) -> None:
    parsed = parse_rows(work_row("", task=number))
    assert not parsed.facts.statements
    assert severities(parsed) == {"B5": "error"}


@pytest.mark.parametrize("code", ["4C", "5C", "6C", "10C"])
def test_a_case_in_the_wrong_sheet_is_pointed_to_the_right_one(code: str) -> None:
    parsed = parse_rows(work_row(code))
    assert not parsed.facts.statements
    (problem,) = parsed.problems
    assert (problem.severity, problem.cell) == ("warning", "A5")
    assert "工作案例" in problem.message


def test_a_clause_that_is_not_scored_for_the_unit_is_kept_out_with_a_warning() -> None:
    for row, cell in ((work_row("9B"), "A5"), (work_row("", task=13.0), "B5"), (work_row("", task=28.0), "B5")):
        parsed = parse_rows(row)
        assert not parsed.facts.statements
        assert severities(parsed) == {cell: "warning"}


def test_a_code_outranks_number_and_text() -> None:
    assert clauses(work_row("6A", task=4.0, requirement="未出台文件，扣0.2分。")) == ["6A"]


def test_what_the_row_said_is_kept_for_the_preview() -> None:
    parsed = parse_rows(work_row("", status="已于5月公示", goal="全面开展容缺受理", requirement="未公示扣0.2分。"))
    (statement,) = parsed.facts.statements
    assert "未公示" in statement.text
    assert statement.said == "已于5月公示"


def test_a_blank_status_states_a_count_only() -> None:
    parsed = parse_rows(work_row("8A", status="", quantity=2.0), work_row("4A", status="", quantity=2.0))
    (statement,) = parsed.facts.statements
    assert (statement.clause, statement.status.value, statement.quantity) == ("8A", "blank", 2)
    assert statement.source.cell == "G5"


def test_a_reviewer_may_name_the_clause_of_a_row_whatever_it_says() -> None:
    """Of three rows alike in all but their text, one finds no clause and one is named for another by the reviewer."""
    sent = book(ledger(work_row("4A"), work_row("", requirement="见附件"), work_row("", task=1.0)))
    assert errors(parse_workbook(sent, rulebook())) == ["clause-unknown D6"]
    named = parse_workbook(sent, rulebook(), named={("工作落实", 6): "5A", ("工作落实", 7): "7A", ("别的表", 5): "1A"})
    assert not named.problems
    assert [(s.clause, s.matched_by) for s in named.facts.statements] == [
        ("4A", MatchedBy.CODE), ("5A", MatchedBy.REVIEWER), ("7A", MatchedBy.REVIEWER),
    ]  # fmt: skip


def test_a_row_named_for_a_clause_that_is_not_scored_for_its_unit_is_kept_out_as_any_other() -> None:
    (problem,) = parse_workbook(book(ledger(work_row("4A"))), rulebook(), named={("工作落实", 5): "9B"}).problems
    assert problem.code == "clause-not-scored"


@pytest.mark.parametrize(("requirement", "goal", "fit"), [
    ("未公布渠道扣0.1分", "全面开展容缺受理", "22A、6A、6B、6C"),
    ("未梳理扣0.2分；", "实行“网上签约”", "6A、14A"),
    ("未公示扣0.2分。", "实行“网上签约”", "6B、10B、17A、14A"),
])  # fmt: skip
def test_two_texts_of_different_tasks_name_the_clauses_of_both(requirement: str, goal: str, fit: str) -> None:
    parsed = parse_rows(work_row("", task="", requirement=requirement, goal=goal))
    assert not parsed.facts.statements
    (problem,) = parsed.problems
    assert (problem.code, problem.value) == ("clause-unclear", requirement)
    assert f"与 {fit} 一样符合" in problem.message


def test_a_text_that_says_little_gives_way_to_one_that_is_a_tasks_own() -> None:
    assert clauses(work_row("", task="", requirement="梳理容缺受理事项", goal="网上签约")) == ["14A"]


@pytest.mark.parametrize(("task", "clauses"), [(4, ["4A", "4B"]), (8, ["8A", "8B"]), (1, ["1A"])])
def test_a_longer_text_that_holds_a_tasks_goal_is_about_that_task(task: int, clauses: list[str]) -> None:
    parsed = parse_rows(work_row("", goal=f"本季度：{rulebook().task[task].goal}，已按要求办理"))
    assert [s.clause for s in parsed.facts.statements] == clauses
    assert not parsed.problems


ENTERED, CALLED = "水电气网进驻中心，开展报装“一站式”服务", "通过“一站式”服务报装"


@pytest.mark.parametrize(("task", "text", "titles", "clause", "by"), [
    ("", ENTERED, TITLES, "9A", MatchedBy.TEXT),
    (9.0, ENTERED, TITLES, "9A", MatchedBy.NUMBER),
    ("", ENTERED, HOUSING, "9B", MatchedBy.TEXT),
    (9.0, ENTERED, HOUSING, "9B", MatchedBy.NUMBER),
    ("", CALLED, TITLES, "9C", MatchedBy.TEXT),
    (9.0, CALLED, TITLES, "9C", MatchedBy.NUMBER),
])  # fmt: skip
def test_a_clause_known_by_its_words_says_whether_the_number_helped(
    task: object, text: str, titles: list[list[object]], clause: str, by: MatchedBy
) -> None:
    parsed = parse(ledger(work_row("", task=task, requirement=text), titles=titles))
    assert [(s.clause, s.matched_by) for s in parsed.facts.statements] == [(clause, by)]
    assert not parsed.problems


@pytest.mark.parametrize(("texts", "code", "cell", "value"), [
    ({"goal": "购买办公用品"}, "clause-unknown", "C5", "购买办公用品"),
    ({"requirement": "组织党员学习"}, "clause-unknown", "D5", "组织党员学习"),
    ({"goal": "购买办公用品", "requirement": "组织党员学习"}, "clause-unknown", "D5", "组织党员学习"),
    ({}, "clause-missing", "E5", "已完成"),
])  # fmt: skip
def test_a_row_of_no_clause_is_kept_out_and_its_words_are_shown(
    texts: dict[str, str], code: str, cell: str, value: str
) -> None:
    parsed = parse_rows(work_row("", **texts))
    assert [(p.code, p.cell, p.value) for p in parsed.problems] == [(code, cell, value)]
    assert (parsed.rows_kept_out, parsed.facts.statements) == (1, ())


WATER = [["填报单位：市水务局"], [QUARTER], [SUBMITTED]]


@pytest.mark.parametrize(("titles", "text", "clause"), [
    (HOUSING, "公布办事指南", "4B"),
    (WATER, "未实现扣0.2分。", "11A"),
])  # fmt: skip
def test_of_tasks_that_a_text_fits_alike_the_one_scored_for_the_unit_is_meant(
    titles: list[list[object]], text: str, clause: str
) -> None:
    assert clauses(work_row("", requirement=text), titles=titles) == [clause]


@pytest.mark.parametrize("task", ["", 9.0])
def test_words_of_a_clause_that_no_row_of_the_unit_answers_are_shown_where_they_stand(task: object) -> None:
    parsed = parse(ledger(work_row("", task=task, requirement=ENTERED), titles=WATER))
    assert [(p.code, p.cell, p.value) for p in parsed.problems] == [("clause-not-scored", "D5", ENTERED)]
    assert not parsed.facts.statements

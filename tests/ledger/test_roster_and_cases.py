"""The other sheets: roster, cases, publicity, incentives."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal

import pytest

from scoring.ledger.parse import roster_problems
from scoring.model.evidence import texts_of
from scoring.model.facts import Facts, Status
from scoring.model.parsed import ParsedWorkbook
from tests.builders import ledger as made_ledger
from tests.builders import roster_row
from tests.ledger.sheets import (
    CASE_HEAD,
    DAY,
    INCENTIVE_HEAD,
    PUBLICITY_HEAD,
    QUARTER,
    ROSTER_HEAD,
    SUBMITTED,
    TITLES,
    at,
    errors,
    ledger,
    marks,
    parse,
    roster_line,
    severities,
    sheet,
)


def roster(*lines: list[object], head: list[object] | None = None) -> ParsedWorkbook:
    return parse(ledger(*lines, name="企业全量名单", head=head or ROSTER_HEAD))


def test_a_roster_row() -> None:
    parsed = roster(roster_line("昆明某某公司", deducted=1.0))
    (row,) = parsed.facts.roster
    assert (row.enterprise, row.project_class, row.accepted, row.connected, row.deducted) == (
        "昆明某某公司", "一般项目（无外线）", date(2023, 5, 8), date(2023, 5, 9), Decimal(1),
    )  # fmt: skip
    assert (row.source.cell, row.header.cell, row.credit_code, row.steps, row.materials, row.fee) == (
        "A5", "A4", "91530100MA6K0000X1", "2", "0", "0",
    )  # fmt: skip
    assert not parsed.problems


@pytest.mark.parametrize(
    "name",
    ["企业名称", "用户名称", "单位名称", "申请单位", "报装单位", "户名", "项目名称", "企业名称（全称）", "企 业 名 称"],
)
def test_every_name_of_the_enterprise(name: str) -> None:
    parsed = roster(roster_line("甲公司"), head=[name, *ROSTER_HEAD[1:]])
    assert [row.enterprise for row in parsed.facts.roster] == ["甲公司"]
    assert not parsed.problems


@pytest.mark.parametrize("names", [("申请日期", "通水时间"), ("报装日期", "验收通水日期"), ("受理时间", "办结日期")])
def test_every_name_of_the_days(names: tuple[str, str]) -> None:
    parsed = roster(roster_line(), head=[*ROSTER_HEAD[:4], *names, *ROSTER_HEAD[6:]])
    assert [(row.accepted, row.connected) for row in parsed.facts.roster] == [(date(2023, 5, 8), date(2023, 5, 9))]


@pytest.mark.parametrize(
    ("kind", "line", "name"),
    [
        ("一般项目", "否", "一般项目（无外线）"), ("一般项目", "是", "一般项目（有外线）"), ("社会投资低风险项目", "", "社会投资低风险项目"),
        ("低风险", "是", "社会投资低风险项目"), ("具备安装条件", "", "具备安装条件"), ("一 般 项 目", "有", "一般项目（有外线）"),
    ],
)  # fmt: skip
def test_the_classes_of_projects(kind: str, line: str, name: str) -> None:
    parsed = roster(roster_line(kind=kind, line=line))
    assert [row.project_class for row in parsed.facts.roster] == [name]
    assert not parsed.problems


@pytest.mark.parametrize(("change", "cell"), [({"kind": ""}, "C5"), ({"line": ""}, "D5"), ({"connected": ""}, "F5")])
def test_a_blank_cell_is_a_warning_and_the_row_is_kept(change: dict[str, str], cell: str) -> None:
    parsed = roster(roster_line(**change))
    (row,) = parsed.facts.roster
    assert severities(parsed) == {cell: "warning"}
    assert (row.project_class is None) == (cell != "F5")


@pytest.mark.parametrize(
    ("change", "cell"),
    [
        ({"kind": "特殊项目"}, "C5"),
        ({"accepted": "五月吧"}, "E5"),
        ({"accepted": ""}, "E5"),
        ({"deducted": "几天"}, "G5"),
    ],
)
def test_an_error_keeps_its_row_out_and_the_rest_is_read(change: dict[str, str], cell: str) -> None:
    parsed = roster(roster_line("甲公司", **change), roster_line("乙公司"))
    assert [row.enterprise for row in parsed.facts.roster] == ["乙公司"]
    assert severities(parsed) == {cell: "error"}
    assert parsed.rows_kept_out == 1


def test_a_roster_that_was_kept_out_whole_is_unreadable_not_missing() -> None:
    parsed = roster(roster_line(accepted="五月吧"), roster_line(accepted="不详"))
    (statement,) = parsed.facts.statements
    assert (statement.clause, statement.status) == ("2B", Status.UNREADABLE)
    assert parsed.facts.ledgers


def test_an_unreadable_day_of_connection_counts_as_blank() -> None:
    parsed = roster(roster_line(connected="快了"))
    assert [row.connected for row in parsed.facts.roster] == [None]
    assert [(p.severity, p.code) for p in at(parsed, "F5")] == [("error", "date-unreadable")]


def test_connected_before_accepted() -> None:
    parsed = roster(roster_line(connected=date(2023, 5, 5)))
    assert severities(parsed) == {"F5": "warning"}
    assert len(parsed.facts.roster) == 1


@pytest.mark.parametrize(
    ("stated", "differs"), [(1.0, False), ("1", False), ("1个工作日", False), (2.0, True), ("", False)]
)
def test_stated_days_are_compared_with_the_computed(stated: object, differs: bool) -> None:
    parsed = roster(roster_line(stated=stated))
    assert severities(parsed) == ({"H5": "warning"} if differs else {})


def test_people_and_telephones_are_not_taken() -> None:
    head = [*ROSTER_HEAD, "联系人", "联系电话"]
    parsed = roster([*roster_line(), "王小明", "13800000000"], head=head)
    held = " ".join(str(getattr(row, f.name)) for row in parsed.facts.roster for f in fields(row))
    assert "王小明" not in held
    assert "13800000000" not in held


def test_numbered_blank_lines_are_no_rows() -> None:
    blank: list[object] = [""] * len(ROSTER_HEAD)
    parsed = roster([1.0, *roster_line("甲公司")], [2.0, *blank], [3.0, *blank], head=["序号", *ROSTER_HEAD])
    assert len(parsed.facts.roster) == 1
    assert not parsed.problems


# ---------------------------------------------------------------------------------------- a row gone
Q2, Q3, Q4 = (made_ledger(quarter=quarter) for quarter in (2, 3, 4))


def gone(*rows: object) -> list[tuple[str, str]]:
    return [(p.sheet, p.cell) for p in roster_problems(Facts(roster=tuple(rows)))]  # type: ignore[arg-type]


def test_a_row_gone_from_a_later_quarter_is_a_warning_at_its_header() -> None:
    assert gone(roster_row("甲", at=Q2), roster_row("乙", at=Q2), roster_row("乙", at=Q3)) == [("企业全量名单", "A4")]


def test_rows_that_are_still_there_are_no_matter() -> None:
    assert not gone(roster_row("甲 公司", at=Q2), roster_row("甲公司", at=Q3), roster_row("乙", at=Q3))
    assert not gone(roster_row("甲", at=Q2), roster_row("甲", at=made_ledger("盘龙区", 3)), roster_row("甲", at=Q3))
    assert not gone(roster_row("甲", at=Q2))


def test_only_quarters_with_a_roster_are_asked() -> None:
    assert not gone(roster_row("甲", at=Q2), roster_row("甲", at=Q4))


# ---------------------------------------------------------------------------------------- cases
def cases(*lines: list[object], titles: list[list[object]] | None = None) -> ParsedWorkbook:
    given = {"titles": titles} if titles else {}
    return parse(ledger(*lines, name="工作案例", head=CASE_HEAD, **given))  # type: ignore[arg-type]


def test_a_case() -> None:
    parsed = cases([4.0, "并联审批案例", DAY, "办得快", "照片.jpg"])
    (case,) = parsed.facts.cases
    assert (case.task, case.title, case.day, case.summary, texts_of(case.evidence), case.source.cell) == (
        4, "并联审批案例", DAY, "办得快", "照片.jpg", "B5",
    )  # fmt: skip
    assert not parsed.problems


def test_a_case_for_a_task_without_case_points_is_kept_with_a_warning() -> None:
    parsed = cases([7.0, "客户经理案例", DAY, "", "照片.jpg"])
    assert [case.task for case in parsed.facts.cases] == [7]
    assert severities(parsed) == {"A5": "warning"}


@pytest.mark.parametrize("task", [31.0, 0.0, "四", "", 4.5])
def test_a_case_whose_task_cannot_be_told_is_kept_out(task: object) -> None:
    parsed = cases([task, "并联审批案例", DAY, "", "照片.jpg"])
    assert not parsed.facts.cases
    assert severities(parsed) == {"A5": "error"}


def test_a_case_without_evidence() -> None:
    parsed = cases([4.0, "并联审批案例", DAY, "", "待补"])
    assert [case.evidence for case in parsed.facts.cases] == [()]
    assert severities(parsed) == {"E5": "warning"}


def test_departments_earn_none() -> None:
    parsed = cases([4.0, "并联审批案例", DAY, "", "照片.jpg"], titles=[["填报单位：市住建局"], [QUARTER], [SUBMITTED]])
    assert len(parsed.facts.cases) == 1
    assert not errors(parsed)


# ---------------------------------------------------------------------------------------- publicity, incentives
def test_publicity() -> None:
    parsed = parse(ledger(["宣传稿", "昆明日报", "市级", DAY, "http://a.cn"], name="政策宣传", head=PUBLICITY_HEAD))
    (item,) = parsed.facts.publicity
    assert (item.title, item.media, item.level, item.day, item.link) == (
        "宣传稿",
        "昆明日报",
        "市级",
        DAY,
        "http://a.cn",
    )


def incentives(*lines: list[object]) -> ParsedWorkbook:
    return parse(ledger(*lines, name="激励加分", head=INCENTIVE_HEAD))


def test_incentives_belong_to_the_task_of_their_category() -> None:
    parsed = incentives(["工作案例", "甲", 1.0, 1.0, "文件"], ["政策宣传", "乙", 1.0, 0.5, "文件"])
    assert [(i.task, i.title, i.awarded) for i in parsed.facts.incentives] == [
        (29, "甲", Decimal("1.00")),
        (30, "乙", Decimal("0.50")),
    ]


def test_an_incentive_that_is_not_awarded_yet() -> None:
    parsed = incentives(["工作案例", "甲", 1.0, "", "文件"])
    assert [i.awarded for i in parsed.facts.incentives] == [None]
    assert severities(parsed) == {"D5": "warning"}


def test_an_unknown_category_is_an_error() -> None:
    parsed = incentives(["其他", "甲", 1.0, 1.0, "文件"])
    assert not parsed.facts.incentives
    assert severities(parsed) == {"A5": "error"}


@pytest.mark.parametrize("value", ["2.5", 0.5, "-1", "200000", "三天半"])
def test_days_are_whole_numbers(value: object) -> None:
    parsed = parse(ledger(roster_line(deducted=value), name="企业全量名单", head=ROSTER_HEAD))
    assert errors(parsed) == ["deducted-unreadable G5"]
    stated = parse(ledger(roster_line(stated=value), name="企业全量名单", head=ROSTER_HEAD))
    assert errors(stated) == ["stated-days-unreadable H5"]
    assert len(stated.facts.roster) == 1


def test_a_title_that_is_an_error_value_gives_way_to_the_summary() -> None:
    row = [4.0, "", DAY, "并联审批一次办结", "照片"]
    parsed = parse(sheet("工作案例", [*TITLES, CASE_HEAD, row], faults=marks({"B5": "#REF!"})))
    assert [case.title for case in parsed.facts.cases] == ["并联审批一次办结"]
    assert [(problem.code, problem.cell, problem.value) for problem in parsed.problems] == [
        ("cell-error", "B5", "#REF!")
    ]


def test_a_roster_of_a_unit_that_none_is_asked_of_is_told_of_at_the_cell_that_names_it() -> None:
    head = ["填报单位", *ROSTER_HEAD]
    rows = [["五华区", *roster_line("甲公司")], ["市自然资源规划局", *roster_line("乙公司")]]
    parsed = parse(sheet("企业全量名单", [[QUARTER], [SUBMITTED], head, *rows]))
    assert [row.enterprise for row in parsed.facts.roster] == ["甲公司"]
    assert [(p.code, p.cell) for p in parsed.problems if p.code == "clause-not-scored"] == [("clause-not-scored", "A5")]


def test_an_incentive_whose_title_is_an_error_value_names_the_column() -> None:
    parsed = parse(ledger(["政策宣传", "#REF!", 1.0, 1.0, "文件"], name="激励加分", head=INCENTIVE_HEAD))
    assert not parsed.facts.incentives
    assert [(p.code, p.cell) for p in parsed.problems] == [("cell-error", "B5"), ("title-missing", "B5")]
    assert "事项" in parsed.problems[0].message

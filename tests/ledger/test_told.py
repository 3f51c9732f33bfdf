"""What is read of workbooks stays word for word: every problem that can be provoked, and all facts of some examples.

After a deliberate change look at what differs and write the files anew: ``python -m tests.ledger.test_told``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path

import pytest

from scoring.ledger.parse import read_ledger
from scoring.model.evidence import Evidence
from scoring.model.facts import Facts
from scoring.problems import Problem
from tests.ledger.sheets import (
    CASE_HEAD,
    DAY,
    HEAD,
    INCENTIVE_HEAD,
    ROSTER_HEAD,
    TITLES,
    parse,
    roster_line,
    rulebook,
    sheet,
    work_row,
)
from tests.ledger.test_problem_codes import PROVOKED

FOLDER = Path(__file__).parent / "told"
EXAMPLES = Path(__file__).parents[2] / "data" / "examples"
BOOKS = {  # one of each layout, and those in which something is wrong
    "canonical": "2023年第二季度/五华区2023年第二季度台账.xlsx",
    "own": "2023年第二季度/晋宁区2023年第二季度台账.xlsx",
    "wrong": "2023年第三季度/嵩明县2023年第三季度台账.xlsx",
    "bare": "2023年第四季度/寻甸县2023年第四季度台账（补正）.xlsx",
    "together": "2023年第三季度/市级责任部门2023年第三季度台账汇总.xlsx",
}


WATER: list[list[object]] = [["填报单位：市水务局"], *TITLES[1:]]
RUNNING_HEAD = ["序号", *CASE_HEAD[1:]]
WORK_HEAD = [HEAD[0], "序号", *HEAD[2:]]
CASES: list[list[object]] = [
    [4.0, "", DAY, "", "照片"],
    [1.0, "没有案例分的任务", DAY, "", "照片"],
    ["4c", "小写的编号", "见附件", "", "照片"],
    ["4CC", "太长的编号", DAY, "", "照片"],
    ["", "", "", "", ""],
    [99.0, "没有这个任务", DAY, "", "照片"],
    [4.0, "没有佐证", DAY, "", ""],
    [4.0, "", DAY, "只写了简介", "照片"],
    [4.0, "无", "", "", ""],
]
MORE: dict[str, Callable[[], Sequence[Problem]]] = {  # further ways to the same problems
    "a department sends a roster": lambda: (
        parse(sheet("企业全量名单", [*WATER, ROSTER_HEAD, roster_line("甲公司")])).problems
    ),
    "an incentive without a title": lambda: (
        parse(sheet("激励加分", [*TITLES, INCENTIVE_HEAD, ["工作案例", "", 1.0, 1.0, "文件"]])).problems
    ),
    "cases with a running number": lambda: (
        parse(
            sheet(
                "工作案例",
                [*TITLES, RUNNING_HEAD, [1.0, "容缺受理", DAY, "", "照片"], [2.0, "并联审批", DAY, "", "照片"]],
            )
        ).problems
    ),
    "cases that lack their columns and cells": lambda: (
        parse(
            sheet("工作案例", [*TITLES, CASE_HEAD[1:4], ["容缺受理", DAY, ""]]),
            sheet("工作案例（二）", [*TITLES, CASE_HEAD, *CASES], number=1),
        ).problems
    ),
    "cases of several units on one sheet": lambda: (
        parse(
            sheet(
                "工作案例",
                [
                    TITLES[2],
                    ["单位", "季度", *CASE_HEAD],
                    ["盘龙区", "二季度", 4.0, "容缺受理", DAY, "", "照片"],
                    ["火星区", "二季度", 4.0, "并联审批", DAY, "", "照片"],
                    ["官渡区", "", "4D", "", "见附件", "", ""],
                ],
            )
        ).problems
    ),
    "a running number beside a text": lambda: (
        parse(
            sheet(
                "工作落实",
                [*TITLES, WORK_HEAD, work_row("", task=1.0, goal="全面开展容缺受理", requirement="未公示扣0.2分。")],
            )
        ).problems
    ),
    "a task number of many clauses": lambda: (
        parse(
            sheet(
                "工作落实",
                [
                    *TITLES,
                    HEAD,
                    work_row("", task=12.0, requirement="未实现分别扣0.2分。"),
                    work_row("", task=4.0, goal=""),
                ],
            )
        ).problems
    ),
}


def _problem(problem: Problem) -> str:
    return f"{problem.code} {problem.sheet} {problem.cell} “{problem.value}” {problem.message}"


def problems() -> Iterator[str]:
    """Yield all problems of every workbook that provokes one."""
    for code, (_, provoke) in PROVOKED.items():
        yield f"# {code}"
        yield from list(dict.fromkeys(_problem(problem) for problem in provoke()))[:20]
    for name, provoke_more in MORE.items():
        yield f"# {name}"
        yield from (_problem(problem) for problem in provoke_more())


def facts(book: str) -> Iterator[str]:
    """Yield all facts and problems of an example."""
    path = EXAMPLES / BOOKS[book]
    parsed = read_ledger(path.read_bytes(), path.name, rulebook(), 0)
    for field in fields(Facts):
        yield f"# {field.name}"
        yield from (_line(one) for one in getattr(parsed.facts, field.name))
    yield "# problems"
    yield from (_problem(problem) for problem in parsed.problems)
    yield f"# {parsed.rows_read} rows read, {parsed.rows_kept_out} kept out, left alone: {'、'.join(parsed.left_alone)}"


def _line(fact: object) -> str:
    """Write a fact as its fields, the places as addresses."""
    told = (getattr(fact, field.name) for field in fields(fact))  # type: ignore[arg-type]
    return " | ".join(_value(value) for value in told)


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return "、".join(_value(one) for one in value)
    if isinstance(value, Evidence):
        return f"{value.kind}：{value.name} {(value.sha256 or '')[:8]} {value.sheet}!{value.cell} {value.found_by}"
    sheet, cell = getattr(value, "sheet", None), getattr(value, "cell", None)
    if sheet is not None and cell is not None:
        return f"{sheet}!{cell}"
    if hasattr(value, "quarter") and hasattr(value, "submitted"):
        return f"{value.unit} {value.quarter}"
    return str(value)


@pytest.mark.parametrize("name", ["problems", *BOOKS])
def test_it_is_told_as_it_was(name: str) -> None:
    told = list(problems() if name == "problems" else facts(name))
    assert told == (FOLDER / f"{name}.txt").read_text("utf-8").splitlines()


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name in ("problems", *BOOKS):
        told = problems() if name == "problems" else facts(name)
        (FOLDER / f"{name}.txt").write_text("\n".join(told) + "\n", "utf-8")

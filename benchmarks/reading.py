"""Time reading beside calamine alone, in one run: ``python -m benchmarks.reading``.

- a roster of 100,000 rows by 12 columns, and a consolidated year (20 units by 4 quarters, some 3,000 rows): the cells
  (gate, values, second look), and the cells with their meaning; the goal is twice what calamine alone needs;
- one unit's workbook: what gate and second look add, in milliseconds;
- a marked workbook with 300 problems.
"""

from __future__ import annotations

import io
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scoring.ledger.marked import marked_workbook
from scoring.ledger.parse import read_ledger
from scoring.ledger.workbook import read_workbook
from scoring.problems import Problem, Severity
from scoring.rulebook import load_rulebook
from scoring.workdays import working_days

SEED, FIRST_DAY = 2023, datetime(2023, 1, 1)  # noqa: DTZ001 - a spreadsheet knows no time zone
ROSTER_HEADER = ["序号", "企业名称", "统一社会信用代码", "项目类型", "是否有外线", "受理日期", "通水日期"]
ROSTER_HEADER += ["扣除工作日", "办理工作日", "环节数", "材料数", "费用"]
WORK_HEADER = ["填报单位", "季度", "评分项编号", "任务序号", "具体目标", "完成情况", "完成日期", "佐证材料", "备注"]
COUNTIES = [
    "五华",
    "盘龙",
    "官渡",
    "西山",
    "呈贡",
    "东川",
    "安宁",
    "晋宁",
    "富民",
    "宜良",
    "嵩明",
    "石林",
    "禄劝",
    "寻甸",
]
CODES = [
    "1A",
    "2A",
    "3A",
    "4A",
    "4B",
    "5A",
    "5B",
    "6A",
    "6B",
    "7A",
    "10A",
    "10B",
    "12A",
    "12B",
    "17A",
    "18A",
    "21A",
    "27A",
    "27B",
]


def workbook(name: str, above: Sequence[str], header: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """Write a sheet: lines above the header, the header, the rows."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        page = book.add_worksheet(name)
        lines = [*([text] for text in above), header, *rows]
        for number, line in enumerate(lines):
            page.write_row(number, 0, line)
    return target.getvalue()


def roster(rows: int, wrong: float = 0.01) -> bytes:
    """Make a county's list of enterprises; a share of the rows states 办理工作日 that are not what the days give."""
    chance = random.Random(SEED)  # noqa: S311 - plausible rows, no secret
    made = []
    for number in range(1, rows + 1):
        asked = FIRST_DAY + timedelta(days=chance.randrange(150))
        kind = chance.choice(["社会投资低风险项目", "具备安装条件"])
        flows = asked + timedelta(days=chance.randrange(10))
        code = f"91530100MA{number:08d}"
        stated = working_days(asked.date(), flows.date()) + (chance.random() < wrong)
        made.append([number, f"示例企业{number}有限公司", code, kind, "否", asked, flows, 0, stated, 1, 0, 0])
    return workbook(
        "企业全量名单", ["填报单位：五华区水务局", "2023年第二季度", "报送日期：2023-06-08"], ROSTER_HEADER, made
    )


def year(quarters: int = 4, counties: Sequence[str] = COUNTIES, times: int = 3) -> bytes:
    """Make a consolidated workbook: every county, quarter and clause."""
    rows = [
        [
            county,
            f"2023年第{quarter}季度",
            code,
            int(code[:-1]),
            "",
            "已完成",
            FIRST_DAY + timedelta(days=80),
            "截图.jpg",
            "无",
        ]
        for quarter in range(1, quarters + 1)
        for county in counties
        for code in CODES * times
    ]
    return workbook("工作落实", ["2023年获得用水台账汇总"], WORK_HEADER, rows)


def calamine_alone(data: bytes) -> object:
    """Hand over all cells, and do nothing else."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]


def measured(actions: Sequence[Callable[[], object]], runs: int) -> list[float]:
    """Return each action's median in milliseconds of processor time; they take turns, so that a busy spell hits all."""
    times: list[list[float]] = [[] for _ in actions]
    for _ in range(runs + 1):
        for action, taken in zip(actions, times, strict=True):
            start = time.process_time()
            action()
            taken.append((time.process_time() - start) * 1000)
    return [statistics.median(taken[1:]) for taken in times]


def main() -> None:
    """Print each figure with its ratio to calamine alone."""
    rulebook = load_rulebook()
    books = [
        ("roster, 100,000 x 12", roster(100_000), 5),
        ("  9 in 10 stated wrongly", roster(100_000, 0.9), 3),
        ("a consolidated year", year(), 9),
        ("one unit", year(1, COUNTIES[:1], 1), 30),
    ]
    print(f"{'':<26}{'calamine alone':>16}{'read':>12}{'ratio':>8}{'read + parse':>16}{'ratio':>8}")
    for name, data, runs in books:
        alone, read, parsed = measured(
            [
                lambda data=data: calamine_alone(data),
                lambda data=data: read_workbook(data, "台账.xlsx"),
                lambda data=data: read_ledger(data, "台账.xlsx", rulebook),
            ],
            runs,
        )
        print(f"{name:<26}{alone:>13.1f} ms{read:>9.1f} ms{read / alone:>8.2f}{parsed:>13.1f} ms{parsed / alone:>8.2f}")
    cells = [f"F{row}" for row in range(3, 303)]
    problems = [
        Problem(Severity.ERROR, "date-unreadable", "台账.xlsx", "工作落实", cell, "六月吧", "读不出来")
        for cell in cells
    ]
    data = books[2][1]
    (taken,) = measured([lambda: marked_workbook(data, "台账.xlsx", problems)], 3)
    print(f"a year given back marked, {len(problems)} problems: {taken:.0f} ms")


if __name__ == "__main__":
    main()

"""Time reading beside calamine alone, in one run: ``python -m benchmarks.reading``.

- a roster of 100,000 rows by 12 columns, and a consolidated year (20 units by 4 quarters, some 3,000 rows): the cells
  (gate, values, second look), and the cells with their meaning; the goal is twice what calamine alone needs;
- a workbook of 75 sheets that is no ledger;
- workbooks of 30,000 rows of which nearly every one is wrong, one of each kind: the goal is an answer in under 3 s;
- one unit's workbook: what the sealed room adds to reading it in this process, in milliseconds of wall time;
- a marked workbook with 300 problems; the memory of this process while a file of 30 MB is refused.

Processor time is that of this process and of all its workers, those that were replaced included.
"""

from __future__ import annotations

import io
import random
import statistics
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time, timedelta
from pathlib import Path
from time import perf_counter

import psutil
import xlsxwriter
from python_calamine import CalamineWorkbook

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scoring.calendar.workdays import working_days
from scoring.files.reading import read_workbook
from scoring.files.workbook import workbook_of
from scoring.ledger.marking.returned import marked_workbook
from scoring.ledger.parse import read_ledger
from scoring.model.rules import Clause, Rulebook, Term
from scoring.problems import Problem, Severity
from scoring.rulebook.read import load_rulebook

SEED = 2023
ROSTER_HEADER = ["序号", "企业名称", "统一社会信用代码", "项目类型", "是否有外线", "受理日期", "通水日期"]
ROSTER_HEADER += ["扣除工作日", "办理工作日", "环节数", "材料数", "费用"]
SENDER_HEADER = ["填报单位", "季度", "报送日期"]
WORK_HEADER = [*SENDER_HEADER, "评分项编号", "任务序号", "具体目标", "评分要求", "完成情况", "完成日期", "数量"]
WORK_HEADER += ["佐证材料", "备注"]
CASE_HEADER = [*SENDER_HEADER, "任务序号", "案例名称", "日期", "简介", "佐证材料"]
INCENTIVE_HEADER = ["类别", "名称", "申报分值", "认定分值", "依据文件"]
UNSTATED, COUNTED = ("case", "median", "roster"), ("shortfall", "count_bonus")
ENTERPRISES, CASES = 18, 2  # that a unit lists in a quarter
UNDONE, UNPROVED = 7, 40  # one row in so many
Row = list[object]
SheetOf = tuple[str, Sequence[str], Sequence[str], Sequence[Row]]  # name, lines above the header, header, rows


def workbook(*sheets: SheetOf) -> bytes:
    """Write sheets: lines above the header, the header, the rows."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for name, above, header, rows in sheets:
            page = book.add_worksheet(name)
            for number, line in enumerate([*([text] for text in above), header, *rows]):
                page.write_row(number, 0, line)
    return target.getvalue()


def enterprises(count: int, chance: random.Random, last: datetime, wrong: float = 0.01) -> Iterator[Row]:
    """Make rows of a roster; a share of them states 办理工作日 that are not what the days give."""
    for number in range(1, count + 1):
        asked = last - timedelta(days=10 + chance.randrange(140))
        kind = chance.choice(["社会投资低风险项目", "具备安装条件"])
        flows = asked + timedelta(days=chance.randrange(10))
        code = f"91530100MA{number:08d}"
        stated = working_days(asked.date(), flows.date()) + (chance.random() < wrong)
        yield [number, f"示例企业{number}有限公司", code, kind, "否", asked, flows, 0, stated, 1, 0, 0]


def roster(rows: int, wrong: float = 0.01, written: Sequence[str] = ()) -> bytes:
    """Make a county's list of enterprises; its days are texts in the given forms, one after the other."""
    made = list(enterprises(rows, random.Random(SEED), datetime(2023, 6, 8), wrong))  # noqa: DTZ001
    for number, row in enumerate(made) if written else ():
        form = written[number % len(written)]
        row[5:7] = [form.format(day.year, day.month, day.day) for day in row[5:7] if isinstance(day, datetime)]
    above = ["填报单位：五华区水务局", "2023年第二季度", "报送日期：2023-06-08"]
    return workbook(("企业全量名单", above, ROSTER_HEADER, made))


def year(rulebook: Rulebook) -> bytes:
    """Make a consolidated workbook: all that every assessed unit reports in four quarters."""
    chance = random.Random(SEED)
    work, cases, installed = [], [], []
    for quarter, cut_off in rulebook.assessment.cut_offs.items():
        for unit in (unit for unit in rulebook.units if unit.assessed):
            sent = datetime.combine(cut_off - timedelta(days=chance.randrange(3)), time.min)
            sender: Row = [unit.name, f"2023年第{quarter}季度", sent]
            terms = rulebook.terms_of[unit.name]
            work += [
                [*sender, *stated(rulebook, pair, sent, chance)] for pair in terms if pair[1].method not in UNSTATED
            ]
            tasks = sorted({clause.task for clause, term in terms if term.method == "case"})
            cases += [
                [*sender, task, f"{unit.short}案例{n}", sent, "", f"{n}.pdf"] for task in tasks for n in range(CASES)
            ]
            if any(term.method == "roster" for _, term in terms):
                installed += [[*sender, *row] for row in enterprises(ENTERPRISES, chance, sent)]
    title = ["2023年获得用水台账汇总"]
    return workbook(
        ("工作落实", title, WORK_HEADER, work),
        ("企业全量名单", title, [*SENDER_HEADER, *ROSTER_HEADER], installed),
        ("工作案例", title, CASE_HEADER, cases),
    )


def stated(rulebook: Rulebook, pair: tuple[Clause, Term], sent: datetime, chance: random.Random) -> Row:
    """Make what a row says of a clause: done on some day, or not done; with the rules' own sentences."""
    clause, term = pair
    said: Row = [clause.code, clause.task, rulebook.task[clause.task].goal, term.quote]
    if not chance.randrange(UNDONE):
        return [*said, "未完成", "", "", "", "正在推进"]
    day, number = sent - timedelta(days=chance.randrange(60)), chance.randrange(10**6)
    evidence = f"{clause.code}公示截图{number}.jpg" if chance.randrange(UNPROVED) else ""
    return [*said, "已完成", day, chance.randrange(3) if term.method in COUNTED else "", evidence, ""]


def unit_alone(rulebook: Rulebook) -> bytes:
    """Make one county's ledger of one quarter, by its sheet of 工作落实."""
    unit = next(unit for unit in rulebook.units if unit.assessed)
    chance, sent = random.Random(SEED), datetime(2023, 6, 8)  # noqa: DTZ001
    rows = [
        stated(rulebook, pair, sent, chance) for pair in rulebook.terms_of[unit.name] if pair[1].method not in UNSTATED
    ]
    above = [f"填报单位：{unit.name}", "2023年第二季度", "报送日期：2023-06-08"]
    return workbook(("工作落实", above, WORK_HEADER[len(SENDER_HEADER) :], rows))


def calamine_alone(data: bytes) -> object:
    """Hand over all cells, and do nothing else."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]


def no_ledger() -> bytes:
    """Make a workbook of 75 sheets, none of which is part of a ledger."""
    chance = random.Random(SEED)
    header = ["项目", "数", "量", "名称", "单位", "备注", "比"]
    sheets = [
        (
            f"表{n}",
            [],
            header,
            [[f"项目{chance.random()}", chance.random(), n, "名称", "单位", "备注", 1] for _ in range(330)],
        )
        for n in range(75)
    ]
    return workbook(*sheets)


def all_wrong(rulebook: Rulebook, rows: int = 30_000) -> bytes:
    """Make a county's ledger in which every second 完成情况 and every third 完成日期 cannot be read."""
    code = next(
        clause.code for clause, term in rulebook.terms_of[rulebook.units[0].name] if term.method not in UNSTATED
    )
    above = [f"填报单位：{rulebook.units[0].name}", "2023年第二季度", "报送日期：2023-06-08"]
    header = ["评分项编号", "完成情况", "完成日期", "佐证材料"]
    made: list[Row] = [
        [code, f"吧{n}" if n % 2 else "已完成", "2023-05-10" if n % 3 else f"日{n}", "截图"] for n in range(rows)
    ]
    return workbook(("工作落实", above, header, made))


def flood(kind: str, header: Sequence[str], wrong: Sequence[str], rows: int = 30_000) -> bytes:
    """Make a county's sheet in which no number or day can be read: each cell repeats the word of its column with the row's number."""
    above = ["填报单位：五华区水务局", "2023年第二季度", "报送日期：2023-06-08"]
    return workbook((kind, above, header, [[f"{word}{n}" for word in wrong] for n in range(rows)]))


def spent() -> float:
    """Return the seconds of processor time of this process and its workers, ended ones included."""
    own, total = psutil.Process(), 0.0
    for process in (own, *own.children(recursive=True)):
        times = process.cpu_times()
        total += times.user + times.system + times.children_user + times.children_system
    return total


def wall(actions: Sequence[Callable[[], object]], runs: int) -> list[float]:
    """Return each action's median in milliseconds of wall time; they take turns."""
    times: list[list[float]] = [[] for _ in actions]
    for _ in range(runs):
        for action, taken in zip(actions, times, strict=True):
            start = perf_counter()
            action()
            taken.append((perf_counter() - start) * 1000)
    return [statistics.median(taken) for taken in times]


def grown(action: Callable[[], object]) -> float:
    """Return by how many megabytes this process grew at most while it did something."""
    own, done, most = psutil.Process(), threading.Event(), 0
    before = own.memory_info().rss

    def watch() -> None:
        nonlocal most
        while not done.wait(0.002):
            most = max(most, own.memory_info().rss)

    watcher = threading.Thread(target=watch)
    watcher.start()
    action()
    done.set()
    watcher.join()
    return (most - before) / 1e6


def measured(actions: Sequence[Callable[[], object]], runs: int) -> list[float]:
    """Return each action's mean in milliseconds of processor time; they take turns, so that a busy spell hits all."""
    times = [0.0] * len(actions)
    for run in range(runs + 1):
        for number, action in enumerate(actions):
            start = spent()
            action()
            times[number] += spent() - start if run else 0.0  # the first run warms up
    return [taken / runs * 1000 for taken in times]


def main() -> None:
    """Print each figure with its ratio to calamine alone."""
    rulebook = load_rulebook()
    books = [
        ("roster, 100,000 x 12", roster(100_000), 5),
        ("  9 in 10 stated wrongly", roster(100_000, 0.9), 3),
        ("  days written as text", roster(100_000, written=["{}.{}.{}", "{}年{}月{}日"]), 3),
        ("a consolidated year", year(rulebook), 20),
        ("75 sheets, no ledger", no_ledger(), 3),
        ("30,000 rows, all wrong", all_wrong(rulebook), 3),
        ("  of cases", flood("工作案例", CASE_HEADER[3:], "吧例日说图"), 1),
        ("  of incentives", flood("激励加分", INCENTIVE_HEADER, "吧奖多少文"), 1),
        ("  of a roster", flood("企业全量名单", ROSTER_HEADER, "号企码类吧日通扣办环料费"), 1),
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
    data = books[3][1]
    unit = unit_alone(rulebook)
    here, apart = wall([lambda: workbook_of(unit, "台账.xlsx"), lambda: read_workbook(unit, "台账.xlsx")], 200)
    print(f"one unit, wall time: in this process {here:.1f} ms, through the room {apart:.1f} ms")
    (taken,) = measured([lambda: marked_workbook(data, "台账.xlsx", problems)], 3)
    print(f"a year given back marked, {len(problems)} problems: {taken:.0f} ms")
    large = b"PK\x03\x04" + random.Random(SEED).randbytes(29_900_000)
    print(f"this process grew by {grown(lambda: read_workbook(large, '台账.xlsx')):.0f} MB while 30 MB were refused")


if __name__ == "__main__":
    main()

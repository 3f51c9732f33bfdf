"""Read rows of 工作案例, 政策宣传 and 激励加分."""

from __future__ import annotations

from collections.abc import Callable, Container
from decimal import Decimal
from functools import partial
from operator import attrgetter

from scoring.ledger.rows.case_columns import cases_of, task_of, usual_cases
from scoring.ledger.rows.evidence_cells import EvidenceCells
from scoring.ledger.rows.row_reader import Reading
from scoring.ledger.sheet.columns import CASES, INCENTIVES, PUBLICITY
from scoring.model.facts import Case, Incentive, Publicity
from scoring.model.ledgers import Ledger
from scoring.model.rules import Rulebook, Treatment
from scoring.model.traits import ReadFrom
from scoring.words.addresses import is_shown_picture
from scoring.words.quantities import is_no_number, read_decimal
from scoring.words.statuses import as_text, fold, is_blank

UNDATED = "先按没有日期计"


def read_cases(reading: Reading, rows: list[int]) -> None:
    """Read rows of 工作案例; a case for a task without case points is kept, with a warning."""
    earning = {c.task for c in reading.rulebook.clauses if any(t.traits.read_from is ReadFrom.CASES for t in c.terms)}
    running, proofs = _is_running(reading, rows), EvidenceCells(reading, "evidence")

    read = partial(_case, reading, proofs, earning, running)
    usual = usual_cases(reading, proofs, rows, earning) if reading.is_plain and not running else {}
    start = len(reading.into.cases)
    ledgers = _read_filled(reading, rows, ("title", "summary", "evidence", "day"), read, reports=True, usual=usual)
    stated = cases_of(reading, proofs, ledgers, usual)
    if stated:
        cases = reading.into.cases
        cases[start:] = sorted([*stated, *cases[start:]], key=attrgetter("position"))


def _read_filled(
    reading: Reading, rows: list[int], fields: tuple[str, ...], read: Callable[[int, Ledger, list[object]], bool], *,
    reports: bool, usual: Container[int] = (),
) -> dict[int, Ledger]:  # fmt: skip
    """Read the rows that hold something in one of the fields, each for its ledger; ``read`` tells whether it was kept.

    Of ``usual`` rows only the ledger is looked up; those that have one are returned with it.
    """
    ledgers: dict[int, Ledger] = {}
    for number in rows:
        values = reading.grid.values(number)
        if number not in usual and _is_empty(reading, number, values, fields):
            continue
        ledger = _ledger(reading, number, values, reports=reports)
        if ledger is not None and number in usual:
            ledgers[number] = ledger
        elif ledger is None or not read(number, ledger, values):
            reading.keep_out()
    return ledgers


def _case(
    reading: Reading, proofs: EvidenceCells, earning: set[int], running: bool,
    number: int, ledger: Ledger, values: list[object],
) -> bool:  # fmt: skip
    where = reading.where
    task = _task(reading, number, "" if running else values[where["task"]])
    title = reading.text(number, "title", values[where["title"]]) or as_text(values[where["summary"]])
    if not title:
        reading.report("title-missing", number, "title", column=reading.title("title"))
    day = reading.day(number, "day", values[where["day"]], UNDATED)
    if task is None or not title:
        return False
    if task not in earning:
        reading.report("case-without-points", number, "task", task)
    evidence = proofs.read(number, values)
    if not evidence:
        reading.report("evidence-missing", number, "evidence" if "evidence" in reading.has else "title")
    summary = as_text(values[where["summary"]])
    source, position = reading.cell(number, "title"), (reading.number, number + 1)
    reading.into.cases.append(Case(ledger, task, title, day, evidence, source, position, summary))
    return True


def _task(reading: Reading, number: int, value: object) -> int | None:
    """Return the task of a case: its number, or a code such as 4C; None is an error on its cell."""
    if reading.is_faulty(number, "task", value):
        return None
    text = as_text(value)
    if is_blank(text):
        reading.report("task-missing", number, "task" if "task" in reading.has else "title")
        return None
    task = task_of(reading.rulebook, text)
    if task is not None:
        return task
    known = reading.rulebook.task
    reading.report("task-unknown", number, "task", value, first=min(known), last=max(known))
    return None


def _is_running(reading: Reading, rows: list[int]) -> bool:
    """Tell whether the number column is named 序号 and only counts the rows: 1, 2, 3 … is no task number then."""
    if not {"序号"} & reading.header.names or "task" not in reading.has:
        return False
    numbers = [reading.grid.values(row)[reading.where["task"]] for row in rows]
    texts = [fold(as_text(value)) for value in numbers if not is_blank(value)]
    return len(texts) > 1 and texts == [str(n) for n in range(1, len(texts) + 1)]


def read_publicity(reading: Reading, rows: list[int]) -> None:
    """Read rows of 政策宣传; they are kept and shown, and worth nothing by themselves."""
    read = partial(_publicity, reading, EvidenceCells(reading, "link"))
    _read_filled(reading, rows, ("title", "media", "link", "day"), read, reports=True)


def _publicity(reading: Reading, proofs: EvidenceCells, number: int, ledger: Ledger, values: list[object]) -> bool:
    title, media, level = (
        reading.text(number, name, values[reading.where[name]]) for name in ("title", "media", "level")
    )
    day = reading.day(number, "day", values[reading.where["day"]], UNDATED)
    if not title:
        reading.report("title-missing", number, "title", column=reading.title("title"))
        return False
    source, position = reading.cell(number, "title"), (reading.number, number + 1)
    evidence = proofs.read(number, values)
    link = _words(reading, number, "link", values)
    reading.into.publicity.append(Publicity(ledger, title, media, level, day, link, source, position, evidence))
    return True


def read_incentives(reading: Reading, rows: list[int]) -> None:
    """Read rows of 激励加分; without 认定分值 a row is kept as 待认定."""
    read = partial(_incentive, reading, EvidenceCells(reading, "basis"))
    _read_filled(reading, rows, ("title", "claimed", "awarded", "basis"), read, reports=False)


def _incentive(reading: Reading, proofs: EvidenceCells, number: int, ledger: Ledger, values: list[object]) -> bool:
    where = reading.where
    task = _category(reading, number, values[where["category"]])
    title = reading.text(number, "title", values[where["title"]])
    if not title:
        reading.report("title-missing", number, "title", column=reading.title("title"))
    claimed, claim_reads = _points(reading, number, "claimed", values[where["claimed"]])
    awarded, award_reads = _points(reading, number, "awarded", values[where["awarded"]])
    if task is None or not title or not claim_reads or not award_reads:
        return False
    if awarded is None:
        reading.report("points-pending", number, "awarded" if "awarded" in reading.has else "title")
    evidence = proofs.read(number, values)
    basis = _words(reading, number, "basis", values)
    source, position = reading.cell(number, "title"), (reading.number, number + 1)
    item = Incentive(ledger, task, title, claimed, awarded, basis, source, position, evidence)
    reading.into.incentives.append(item)
    return True


def _words(reading: Reading, number: int, name: str, values: list[object]) -> str:
    """Return the words of a cell that holds evidence; an error value, or a picture's formula, is none."""
    value = values[reading.where[name]]
    text = as_text(value)
    return "" if is_shown_picture(text) or reading.grid.fault(number, reading.where[name], value) else text


def _category(reading: Reading, number: int, value: object) -> int | None:
    """Return the incentive task that 类别 names; None is an error on its cell."""
    task = None if reading.is_faulty(number, "category", value) else category_task(reading.rulebook, as_text(value))
    if task is None and not reading.grid.fault(number, reading.where["category"], value):
        reading.report("category-unknown", number, "category", value)
    return task


def category_task(rulebook: Rulebook, category: str) -> int | None:
    """Return the incentive task whose goal speaks of a category: 工作案例, 政策宣传 (or the task's number)."""
    word_given = fold(category)
    if not word_given:
        return None
    tasks = [task for task in rulebook.tasks if task.treatment is Treatment.INCENTIVE]
    numbers = [task.no for task in tasks if word_given == str(task.no)]
    for kind in (CASES, PUBLICITY):
        word = min(kind.names, key=len)
        if word in word_given:
            numbers += [task.no for task in tasks if word in fold(task.goal)]
    return numbers[0] if len(numbers) == 1 else None


def _points(reading: Reading, number: int, name: str, value: object) -> tuple[Decimal | None, bool]:
    """Return (points, whether they could be read); None where the cell is blank."""
    if reading.is_faulty(number, name, value):
        return None, False
    if is_no_number(value) or fold(as_text(value)) in ("待认定", "待定"):
        return None, True
    points = read_decimal(value)
    if points is None:
        reading.report("points-unreadable", number, name, value, column=reading.title(name))
    return points, points is not None


def _ledger(reading: Reading, number: int, values: list[object], *, reports: bool) -> Ledger | None:
    ledger = reading.ledger(number, values)
    if ledger is not None:
        reading.into.rows_read += 1
        if reports:
            reading.into.reported[ledger] = None
    return ledger


def _is_empty(reading: Reading, number: int, values: list[object], names: tuple[str, ...]) -> bool:
    """Tell whether a row is a blank form: a number, perhaps, and nothing else (无 in the title's place, too)."""
    if reading.holds_fault(number):
        return False
    held = [values[reading.where[name]] for name in names if not is_blank(values[reading.where[name]])]
    return not held or (len(held) == 1 and fold(as_text(held[0])) in ("无", "暂无", "本季度无"))


READERS = {CASES.name: read_cases, PUBLICITY.name: read_publicity, INCENTIVES.name: read_incentives}

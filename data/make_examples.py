"""Write ``data/examples/``: a made-up year of ledgers, the same bytes each time.

Run as ``python data/make_examples.py``; ``--year 2024`` writes those of another year, by its rules, and ``--rules FILE
--into FOLDER`` those of a rule file anywhere, as the app does for a year that brings no examples. What happens in the
year stands in ``example_year/plan.toml``; in another year the same happens as many days before or after the cut-off of its
quarter.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [path for path in (str(HERE), str(HERE.parent)) if path not in sys.path]

from example_year.canonical import canonical_book  # noqa: E402
from example_year.content import Content, content  # noqa: E402
from example_year.own_layouts import own_book, together_book  # noqa: E402
from example_year.pictures import Placed, packages, placed, put_in, with_parts  # noqa: E402
from openpyxl import Workbook  # noqa: E402
from openpyxl.styles import Alignment, Font  # noqa: E402

from scoring.model.rules import Rulebook  # noqa: E402
from scoring.rulebook.read import load_rulebook  # noqa: E402
from scoring.rulebook.years import load_rulebooks  # noqa: E402
from scoring.words.phrasing import quarter_name  # noqa: E402

EXAMPLES = HERE / "examples"
STAMP = datetime(2023, 1, 1)  # noqa: DTZ001  a workbook's properties know no time zone
MARK = (
    "示例",
    "本工作簿是昆明市获得用水指标考评系统附带的示例，除考评对象的名称和细则原文以外，内容全部是编造的。",
    "名单中的企业并不存在；完成情况、日期、案例、宣传和分值与任何单位的真实工作无关。",
)


def make_examples(rulebook: Rulebook) -> dict[str, bytes]:
    """Return path below ``data/examples`` -> bytes of every workbook of the example year, and of the packages beside them."""
    plan = tomllib.loads((HERE / "example_year" / "plan.toml").read_text(encoding="utf-8"))
    plan = _moved(plan, _shifts(plan, rulebook), (plan["year"], rulebook.assessment.year))
    books = sorted(_books(rulebook, plan), key=lambda told: told[0])
    return {name: _bytes(book, pictures) for name, book, pictures in books} | _packages(rulebook)


def _packages(rulebook: Rulebook) -> dict[str, bytes]:
    """Return the packages of evidence that units sent beside their ledgers, by their paths."""
    quarters = rulebook.assessment.cut_offs
    return {
        f"{rulebook.assessment.year}年{quarter_name(quarter)}/{rulebook.unit[unit].short}佐证材料.zip": data
        for quarter in quarters
        for unit, data in packages(quarter).items()
        if _is_assessed(rulebook, unit)
    }


def _shifts(plan: Mapping[str, Any], rulebook: Rulebook) -> dict[int, timedelta]:
    """Return quarter -> how many days its cut-off lies from where the plan has it, both in the year of the rules."""
    years = plan["year"], rulebook.assessment.year
    planned = {quarter: _in_year(day, *years) for quarter, day in enumerate(plan["cut_offs"], 1)}
    return {quarter: day - planned[quarter] for quarter, day in rulebook.assessment.cut_offs.items()}


def _moved(told: Any, shifts: Mapping[int, timedelta], years: tuple[int, int], quarter: int = 0) -> Any:
    """Return the plan with its days those of another year, each moved with the cut-off of the quarter that it is told for."""
    if isinstance(told, Mapping):
        quarter = told.get("quarter", quarter)
        of_key = {name: int(name[1:]) if re.fullmatch("q[1-4]", name) else quarter for name in told}
        return {name: _moved(value, shifts, years, of_key[name]) for name, value in told.items()}
    if isinstance(told, list):
        return [_moved(value, shifts, years, quarter) for value in told]
    if isinstance(told, date):
        return _in_year(told, *years) + shifts.get(quarter, timedelta())
    return re.sub(rf"(?<!\d){years[0]}(?=年)", str(years[1]), told) if isinstance(told, str) else told


def _in_year(day: date, old: int, new: int) -> date:
    """Return the same day of another year; the 29th of February becomes the 28th."""
    last = 28 if (day.month, day.day) == (2, 29) and old != new else day.day
    return day.replace(year=day.year + new - old, day=last)


def _books(rulebook: Rulebook, plan: Mapping[str, Any]) -> Iterator[tuple[str, Workbook, tuple[Placed, ...]]]:
    together: dict[int, list[Content]] = {}
    for drawn in plan["unit"]:
        if not _is_assessed(rulebook, drawn["name"]):
            continue
        unit = {**drawn, "seed": plan["seed"]}
        for ledger in (one for one in unit["ledgers"] if one["quarter"] in rulebook.assessment.cut_offs):
            sent, layout = content(rulebook, unit, ledger), ledger.get("layout")
            if layout == "together":
                together.setdefault(sent.quarter, []).append(sent)
                continue
            book = own_book(rulebook, sent, layout) if layout else canonical_book(rulebook, sent)
            name = rulebook.unit[sent.unit].short if layout else sent.unit
            stated = {line.clause.code for line in sent.lines}
            pictures = () if layout else tuple(one for one in placed(sent.unit, sent.quarter) if one.clause in stated)
            yield _path(rulebook, name, sent.quarter, ledger.get("suffix", "")), book, pictures
    for quarter, ledgers in together.items():
        yield _path(rulebook, "市级责任部门", quarter, "汇总"), together_book(rulebook, ledgers), ()


def _is_assessed(rulebook: Rulebook, unit: str) -> bool:
    """Tell whether the year of the rules assesses a unit of the plan: units join and leave."""
    return unit in rulebook.unit and rulebook.unit[unit].assessed


def _path(rulebook: Rulebook, name: str, quarter: int, suffix: str) -> str:
    when = f"{rulebook.assessment.year}年{quarter_name(quarter)}"
    return f"{when}/{name}{when}台账{suffix}.xlsx"


def _bytes(book: Workbook, pictures: tuple[Placed, ...]) -> bytes:
    """Mark the workbook as an example and save it with its pictures, without anything that changes from run to run."""
    sheet = book.create_sheet("示例说明")
    for row, text in enumerate(MARK, 1):
        cell = sheet.cell(row, 1, text)
        cell.font, cell.alignment = Font(name="Microsoft YaHei", size=12), Alignment(wrap_text=True)
    sheet.column_dimensions["A"].width = 90
    book.properties.created = STAMP
    put_in(book, pictures)
    saved = io.BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return _without_time(with_parts(book, parts, pictures))


def _without_time(parts: Mapping[str, bytes]) -> bytes:
    """Put one fixed time wherever the zip and the properties hold the time of writing."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name, part in parts.items():
            content = part
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2023-01-01T00:00:00Z", content)
            entry = zipfile.ZipInfo(name, STAMP.timetuple()[:6])
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            fixed.writestr(entry, content, compresslevel=9)
    return out.getvalue()


def main() -> None:
    """Write a year's folders anew; workbooks of it that are no longer made go away."""
    parser = argparse.ArgumentParser(description="Write the example ledgers of a year.")
    parser.add_argument("--year", type=int, help="the assessment year (that of rules.toml)")
    parser.add_argument("--rules", type=Path, help="the rules of the year, where they lie elsewhere")
    parser.add_argument("--into", type=Path, default=EXAMPLES, help="the folder (data/examples)")
    asked = parser.parse_args()
    rulebook = _rulebook(asked.year, asked.rules)
    if rulebook is None:
        parser.error(f"there are no rules of {asked.year}")
    made = make_examples(rulebook)
    for old in asked.into.glob(f"{rulebook.assessment.year}年*/*"):
        if old.relative_to(asked.into).as_posix() not in made:
            old.unlink()
    for name, data in made.items():
        target = asked.into / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def _rulebook(year: int | None, file: Path | None) -> Rulebook | None:
    """Return the rules that a file holds, or those of a year (None: that of rules.toml); None where there are none."""
    if file:
        return load_rulebook(file)
    books = load_rulebooks()
    return books.by_year.get(year or books.first)


if __name__ == "__main__":
    main()

"""The command line: score, check and template, without the pages and without the app's database."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from tomllib import TOMLDecodeError
from typing import Any, NoReturn, TypeVar

import click

from scoring.cli.base import Group, stop
from scoring.cli.care import accept_database, backup, move_database, restore, verify
from scoring.cli.report import board_json, problem_lines, problems_json, ranking_table
from scoring.judging.rank import make_board
from scoring.ledger.find import find_ledgers, read_ledgers
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from scoring.problems import Problem, Severity
from scoring.rulebook.begin import Line, apart, begin, below, confirm, lines, year_of
from scoring.rulebook.policies import PolicyError, make_policy
from scoring.rulebook.read import RulebookError, parse_rulebook
from scoring.rulebook.unit_names import find_unit
from scoring.rulebook.years import load_rulebooks, rule_files

INTERRUPTED = 130
# a day on the command line: 2023-12-31
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# a year on the command line: 2023
FOUR_DIGITS = re.compile(r"\d{4}", re.ASCII)

LAST = "上一年度的细则（默认 rules.toml 和 rules/ 里上一年度的）"
Made = TypeVar("Made")

LEDGERS = click.argument("ledgers", nargs=-1, required=True, type=click.Path(path_type=Path))
RULES = click.option(
    "--rules",
    "files",
    multiple=True,
    type=click.Path(path_type=Path),
    help="另一份细则文件（别的年度，或改过的一份），可写多次",
)
YEAR = click.option("--year", metavar="YYYY", help="考评年度（默认 rules.toml 的年度；只给一份 --rules 时是它的年度）")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="输出一个 JSON 对象")


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """昆明市获得用水指标考评：读台账、算得分、查问题。"""


for _command in (backup, restore, accept_database, move_database, verify):
    main.add_command(_command)


@main.command()
@LEDGERS
@click.option("--as-of", "as_of", metavar="YYYY-MM-DD", help="考评日，算到当天为止（默认今天，不晚于考评截止日）")
@click.option("--policy", "readings", multiple=True, metavar="NAME=VALUE", help="换一种口径，可写多次")
@YEAR
@RULES
@AS_JSON
def score(
    ledgers: tuple[Path, ...],
    as_of: str | None,
    readings: tuple[str, ...],
    year: str | None,
    files: tuple[Path, ...],
    as_json: bool,
) -> None:
    """给所有考评对象评分（LEDGERS 是台账文件或文件夹，一起算）。"""
    rulebook, others = _rulebooks(files, year)
    day, policy = _day(as_of, rulebook), _policy(readings, rulebook)
    facts, problems = _read(ledgers, rulebook, others, every_year=False)
    board = make_board(facts, rulebook, day, policy)
    tables = "\n\n".join(ranking_table(board, kind) for kind in rulebook.kinds.values())
    _finish(board_json(board, problems) if as_json else None, tables, problems)


@main.command()
@LEDGERS
@YEAR
@RULES
@AS_JSON
def check(ledgers: tuple[Path, ...], year: str | None, files: tuple[Path, ...], as_json: bool) -> None:
    """只读台账，列出问题：每份台账按自己年度的细则读；写了 --year 的，只查这个年度。"""
    rulebook, others = _rulebooks(files, year)
    _facts, problems = _read(ledgers, rulebook, others, every_year=year is None)
    _finish(problems_json(problems) if as_json else None, "", problems)


@main.command()
@click.argument("unit")
@click.argument("quarter", type=click.IntRange(1, 4))
@YEAR
@RULES
@click.option("-o", "--output", type=click.Path(path_type=Path), help="写到哪个文件（默认按单位和季度取名）")
def template(unit: str, quarter: int, year: str | None, files: tuple[Path, ...], output: Path | None) -> None:
    """写一份空白台账（UNIT 用任何习惯名称，QUARTER 是 1 至 4）。"""
    from scoring.ledger.template.blank import template_name, template_workbook  # noqa: PLC0415  openpyxl is slow to load

    rulebook, _ = _rulebooks(files, year)
    known_unit = find_unit(rulebook, unit)
    if known_unit is None or not known_unit.assessed:
        stop(f"考评对象里没有“{unit}”" if known_unit is None else f"“{unit}”本年度不参加考评")
    target = output or Path(template_name(rulebook, known_unit.name, quarter))
    try:
        target.write_bytes(template_workbook(rulebook, known_unit.name, quarter))
    except OSError:
        stop(f"写不了 {target}，请看文件夹在不在、能不能写入")
    click.echo(f"已写出 {target}", err=True)


@main.command("begin-year")
@click.argument("year", type=click.IntRange(2000, 2099))
@click.option("--from", "source", type=click.Path(path_type=Path), help=LAST)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="写到哪个文件（默认 YYYY年细则草稿.toml）")
def begin_year(year: int, source: Path | None, output: Path | None) -> None:
    """开始新的年度：照上一年度的细则写一份草稿，日期顺延，每句话、每个数等人核对。"""
    target = output or Path(f"{year}年细则草稿.toml")
    if target.exists():
        stop(f"{target} 已经存在，请换一个文件名")
    _write(target, _of_rules(source or _last_rules(year), lambda text: begin(text, year)))
    click.echo(f"已写出 {target}：逐条核对（confirm-rules），全部核对后放到 rules/{year}.toml", err=True)


@main.command("confirm-rules")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.argument("paths", nargs=-1)
@click.option("--by", "name", help="核对人的姓名")
@click.option("--from", "source", type=click.Path(path_type=Path), help=LAST)
def confirm_rules(file: Path, paths: tuple[str, ...], name: str | None, source: Path | None) -> None:
    """记下细则草稿里哪些已经核对、由谁核对；不写 PATHS 只列出还没有核对的。

    写 task[0]，核对的是它下面与上一年度一字不差的；顺延过、改过、新加的，逐条写全，例如 task[0].deadline。
    """
    read_lines = _of_rules(file, lines)
    last = {line.path: line.value for line in _of_rules(source or _last_rules(_year_of(file)), lines)}
    if not paths:
        _print(_to_confirm([line for line in read_lines if not line.by], last) or "全部核对完。")
        return
    by = (name or "").strip()
    if not by:
        stop("请用 --by 写核对人的姓名")
    asked = [line for path in paths for line in below(read_lines, path)]
    if strange := [path for path in paths if not below(read_lines, path)]:
        stop(f"{file} 里没有 {'、'.join(strange)}")
    same, other = apart(asked, last)
    singly = [line for line in other if not line.by and line.path not in paths]
    named = {*paths, *(line.path for line in same if not line.by)}
    text, done = _of_rules(file, lambda text: confirm(text, named, by))
    _write(file, text)
    click.echo(f"核对了 {done} 处，{_rest(text, file)}", err=True)
    if singly:
        click.echo(f"下面 {len(singly)} 处与上一年度不同，要逐条写：\n{_to_confirm(singly, last)}", err=True)


def _to_confirm(found: Sequence[Line], last: Mapping[str, str]) -> str:
    """List lines with what stood in their place last year where that was something else."""
    return "\n".join(
        f"{line.path}：{line.value}{_before(line.value, last.get(line.path))}".replace("\n", " ") for line in found
    )


def _before(now: str, last: str | None) -> str:
    return "（去年没有）" if last is None else "" if last == now else f"（去年：{last}）"


def _last_rules(year: int) -> Path:
    """Return the file of the rules of the year before, or of the nearest one before that."""
    years = {path: _year_of(path) for path in rule_files()}
    earlier = [path for path, one in years.items() if one < year]
    return (
        max(earlier, key=years.__getitem__) if earlier else stop(f"没有{year}年度以前的细则，请用 --from 写是哪个文件")
    )


def _rest(text: str, file: Path) -> str:
    """Say what still stands in the way of a rule file."""
    try:
        parse_rulebook(text.encode(), file.name)
    except RulebookError as error:
        return f"还差 {len(error.mistakes)} 处"
    return "全部核对完"


def _year_of(file: Path) -> int:
    """Return the year that a rule file says; 0 where it says none."""
    return _of_rules(file, year_of) or 0


def _of_rules(source: Path, make: Callable[[str], Made]) -> Made:
    """Return what is made of a rule file's text, or say in one line why that cannot be done."""
    try:
        return make(source.read_text(encoding="utf-8-sig"))
    except OSError:
        stop(f"找不到细则文件 {source}")
    except ValueError as error:
        stop(
            f"{source}：不是正确的细则文件"
            if isinstance(error, UnicodeDecodeError | TOMLDecodeError)
            else f"{source}：{error}"
        )


def _write(target: Path, text: str) -> None:
    try:
        target.write_text(text, encoding="utf-8")
    except OSError:
        stop(f"写不了 {target}，请看文件夹在不在、能不能写入")


def _rulebooks(files: Sequence[Path], year: str | None) -> tuple[Rulebook, tuple[Rulebook, ...]]:
    """Return the rules of the year that is asked for, and those of the other years."""
    for path in files:
        if not path.is_file():
            stop(f"找不到细则文件 {path}")
    try:
        books = load_rulebooks(files)
    except RulebookError as error:
        stop("\n".join(error.lines))
    if year is not None and not FOUR_DIGITS.fullmatch(year):
        stop(f"年度“{year}”不是 2023 这样的四位数")
    asked = books.first if year is None else int(year)
    if asked not in books.by_year:
        stop(f"没有{asked}年度的细则，有的是 {'、'.join(map(str, sorted(books.by_year)))}")
    return books.by_year[asked], books.others(asked)


def _day(text: str | None, rulebook: Rulebook) -> date:
    """Read the scoring day; today, but no later than the day the assessment closes, where none is given."""
    if text is None:
        return min(date.today(), rulebook.assessment.closes)  # noqa: DTZ011  the office's own calendar day
    try:
        return date.fromisoformat(text if DAY.fullmatch(text) else "")
    except ValueError:
        stop(f"考评日“{text}”不是 2023-06-30 这样的日期")


def _policy(readings: Sequence[str], rulebook: Rulebook) -> Policy:
    try:
        return make_policy(rulebook, dict(_pair(text) for text in readings))
    except PolicyError as error:
        stop(str(error))


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        stop(f"口径“{text}”应写成 名称=读法，例如 late=strict")
    return name.strip(), value.strip()


def _read(
    ledgers: Sequence[Path], rulebook: Rulebook, others: Sequence[Rulebook], *, every_year: bool
) -> tuple[Any, list[Problem]]:
    for path in ledgers:
        if not path.exists():
            stop(f"找不到 {path}")
    try:
        ledgers_found = find_ledgers(ledgers)
        if not ledgers_found.ledgers and not ledgers_found.problems:
            click.echo("给出的文件夹里没有台账", err=True)
        return read_ledgers(ledgers_found, (rulebook, *others), every_year=every_year)
    except OSError as error:
        stop(f"读不了 {error.filename}，请看文件能不能打开")


def _finish(as_json: dict[str, Any] | None, tables: str, problems: Sequence[Problem]) -> NoReturn:
    """Print the result and end with 1 where there is an error among the problems."""
    _print(json.dumps(as_json, ensure_ascii=False, indent=1) if as_json is not None else _for_people(tables, problems))
    sys.exit(int(any(problem.severity is Severity.ERROR for problem in problems)))


def _print(text: str) -> None:
    """Print a text as UTF-8 on any system."""
    sys.stdout.buffer.write((text + "\n").encode("utf-8", "replace"))
    sys.stdout.flush()


def _for_people(tables: str, problems: Sequence[Problem]) -> str:
    listed = f"问题 {len(problems)} 个：\n{problem_lines(problems)}" if problems else "没有发现问题。"
    return f"{tables}\n\n{listed}" if tables else listed


def run(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line; wrong usage ends with one line on standard error and the exit status 2."""
    try:
        main.main(
            args=None if arguments is None else list(arguments), prog_name="python -m scoring", standalone_mode=False
        )
    except click.UsageError as error:
        stop(f"{_wrong_usage(error)}，用法见 python -m scoring --help")
    except click.Abort:
        sys.exit(INTERRUPTED)
    sys.exit(0)


def _wrong_usage(error: click.UsageError) -> str:
    """Say in Chinese what is wrong with the arguments."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return "没有写要做什么：score 评分、check 查问题、template 出空白台账"
    if isinstance(error, click.exceptions.NoSuchCommand):
        return f"没有命令“{error.command_name}”，有的是 {'、'.join(main.commands)}"
    if isinstance(error, click.NoSuchOption):
        return f"没有选项 {error.option_name}"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 写得不对"
    if isinstance(error, click.BadParameter):
        name = (error.param.human_readable_name if error.param else "").upper()
        return (
            f"缺少参数 {name}"
            if isinstance(error, click.MissingParameter)
            else f"参数 {name} 不对{_range(error.param)}"
        )
    return "参数太多或写得不对"


def _range(parameter: click.Parameter | None) -> str:
    kind = parameter.type if parameter else None
    return f"，应是 {kind.min} 至 {kind.max} 的整数" if isinstance(kind, click.IntRange) else ""

"""Read ``rules.toml`` into a ``Rulebook``; every mistake is reported at once, with its path."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from scoring.methods import METHODS
from scoring.model.rules import (
    Assessment,
    Clause,
    PolicyRule,
    ProjectClass,
    Reading,
    Rulebook,
    Task,
    Term,
    Treatment,
    Unit,
    UnitKind,
)
from scoring.model.traits import MethodTraits
from scoring.rulebook.begin import CONFIRM, unconfirmed
from scoring.rulebook.checks import check_rulebook
from scoring.rulebook.contradictions import contradictions
from scoring.rulebook.first_format import in_its_own_words, with_kinds
from scoring.rulebook.toml_table import Mistake, Table
from scoring.words.system import why

DEFAULT_RULES = Path(__file__).resolve().parents[2] / "rules.toml"
FORMAT = 1
RECEIPT_DAYS = 7  # where a rule file was written before it could say
QUARTERS = (1, 2, 3, 4)
# the place in a message of the TOML reader: line 12, column 4
PLACE = re.compile(r"line (\d+), column (\d+)")
LOOK_AT = "请检查引号、括号、等号、日期和重复的项"
NO_DAY = date.min
NO_POINTS = Decimal("0.00")


class RulebookError(ValueError):
    """A rule file (or several) cannot be used. ``mistakes`` holds all that is wrong, each with its file."""

    def __init__(self, source: str, mistakes: Iterable[Mistake]) -> None:
        self.source = source
        self.mistakes = tuple(replace(mistake, file=mistake.file or source) for mistake in mistakes)
        between = "\n  " if len(self.mistakes) > 1 else ""
        super().__init__(
            f"细则文件 {source} 有 {len(self.mistakes)} 处错误：{between}{between.join(map(str, self.mistakes))}"
        )

    @staticmethod
    def joined(errors: Sequence[RulebookError]) -> RulebookError:
        """Put the mistakes of several files together."""
        sources = dict.fromkeys(error.source for error in errors)
        return RulebookError("、".join(sources), [mistake for error in errors for mistake in error.mistakes])

    @property
    def lines(self) -> tuple[str, ...]:
        """Return one line for each mistake: file, path, what is wrong."""
        return tuple(f"{mistake.file}：{mistake}" for mistake in self.mistakes)


def load_rulebook(path: Path | None = None, name: str | None = None) -> Rulebook:
    """Read a rule file (None: the product's own ``rules.toml``). ``name`` is what its mistakes call it.

    Raises:
        RulebookError: the file is not there, is no TOML, or says something that cannot be.
    """
    path = path or DEFAULT_RULES
    try:
        return parse_rulebook(path.read_bytes(), name or path.name)
    except OSError as error:
        raise RulebookError(name or path.name, [Mistake("", f"读不到文件（{why(error)}）")]) from error


def _place(error: tomllib.TOMLDecodeError) -> str:
    """Say where the reader of TOML, which speaks English, gave up."""
    found = PLACE.search(str(error))
    return f"第{found[1]}行第{found[2]}列" if found else "文件末尾"


def parse_rulebook(data: bytes, source: str = "rules.toml", *, lenient: bool = False) -> Rulebook:
    """Read the bytes of a rule file.

    ``lenient`` True lets values differ from the published text: for asking what a change would do, and for rules that
    were in force before this was looked at.

    Raises:
        RulebookError: as ``load_rulebook``.
    """
    try:
        values = tomllib.loads(data.decode("utf-8-sig").replace("\r\n", "\n"), parse_float=Decimal)
    except UnicodeDecodeError as error:
        raise RulebookError(source, [Mistake("", "不是 UTF-8 编码的文本")]) from error
    except tomllib.TOMLDecodeError as error:
        raise RulebookError(source, [Mistake("", f"不是正确的 TOML：{_place(error)}读不下去，{LOOK_AT}")]) from error
    except RecursionError as error:
        raise RulebookError(source, [Mistake("", "括号套得太深")]) from error
    mistakes: list[Mistake] = []
    told = with_kinds({key: value for key, value in values.items() if key != CONFIRM})
    rulebook = _rulebook(Table(told, "", mistakes), hashlib.sha256(data).hexdigest())
    check_rulebook(rulebook, mistakes)
    mistakes += () if lenient else contradictions(rulebook)
    mistakes += unconfirmed(values)
    if mistakes:
        raise RulebookError(source, in_its_own_words(mistakes, values))
    return rulebook


def _rulebook(top: Table, rules_hash: str) -> Rulebook:
    if top.whole("format") not in (FORMAT, None):
        top.fault("format", f"本程序只认识格式 {FORMAT}")
    assessment = _assessment(top.table("assessment"))
    kinds = {kind.name: kind for kind in map(_kind, top.tables("kind"))}
    published = top.table("published")
    notes = published.texts("notes")
    published.done()
    declared = [_unit(table, kinds) for table in top.tables("unit")]
    tasks = tuple(_task(table, kinds) for table in top.tables("task"))
    clauses = tuple(_clause(table, declared, kinds) for table in top.tables("clause"))
    scored = {name for clause in clauses for term in clause.terms for name in term.units}
    units = tuple(_with_assessed(unit, scored) for unit in declared)
    classes = tuple(_project_class(table) for table in top.tables("project_class"))
    policy = top.table("policy")
    policies = tuple(_policy(name, policy.table(name)) for name in policy.values)
    policy.done()
    top.done()
    return Rulebook(assessment, kinds, units, tasks, clauses, classes, policies, notes, rules_hash)


def _assessment(table: Table) -> Assessment:
    cut_offs = table.table("cut_offs")
    days = {quarter: cut_offs.day(str(quarter)) or NO_DAY for quarter in QUARTERS}
    cut_offs.done()
    value = Assessment(
        title=table.text("title"),
        year=table.whole("year", least=2000) or 2000,
        closes=table.day("closes") or NO_DAY,
        cut_offs=days,
        due_quarters=table.wholes("due_quarters"),
        score_cap=table.points("score_cap", least=0) or NO_POINTS,
        due_soon_days=table.whole("due_soon_days") or 0,
        receipt_days=RECEIPT_DAYS if (late := table.whole("receipt_days", optional=True)) is None else late,
    )
    table.done()
    return value


def _kind(table: Table) -> UnitKind:
    value = UnitKind(
        name=table.text("name"),
        title=table.text("title"),
        noun=table.text("noun"),
        base=table.points("base", least=0) or NO_POINTS,
        column=table.text("column"),
        by_task=bool(table.flag("by_task")),
        responsibility=table.points("responsibility", optional=True, least=0) or NO_POINTS,
        case_cap=table.points("case_cap", optional=True, least=0) or NO_POINTS,
        listed=table.whole("listed", optional=True, least=0) or 0,
    )
    table.done()
    return value


def _unit(table: Table, kinds: Mapping[str, UnitKind]) -> Unit:
    tile = table.wholes("tile", length=2)
    value = Unit(
        name=table.text("name"),
        short=table.text("short"),
        kind=table.one_of("kind", tuple(kinds)) or next(iter(kinds), ""),
        code=table.text("code", optional=True) or None,
        aliases=table.texts("aliases"),
        assessed=False,
        left_out=bool(table.flag("left_out")),
        tile=(tile[0], tile[1]) if tile else None,
    )
    table.done()
    return value


def _with_assessed(unit: Unit, scored: set[str]) -> Unit:
    assessed = not unit.left_out and unit.name in scored
    return Unit(unit.name, unit.short, unit.kind, unit.code, unit.aliases, assessed, unit.left_out, unit.tile)


def _task(table: Table, kinds: Mapping[str, UnitKind]) -> Task:
    value = Task(
        no=table.whole("no", least=1) or 0,
        section=table.text("section"),
        goal=table.text("goal"),
        work=table.text("work"),
        requirement=table.text("requirement", blank=True),
        time_limit=table.text("time_limit", blank=True),
        columns={kind.name: table.text(kind.column, optional=True, blank=True) for kind in kinds.values()},
        evidence=table.text("evidence"),
        treatment=Treatment(table.one_of("treatment", tuple(Treatment)) or Treatment.SCORED),
        deadline=table.day("deadline", optional=True),
        departments=table.texts("departments"),
    )
    table.done()
    return value


def _clause(table: Table, units: list[Unit], kinds: Mapping[str, UnitKind]) -> Clause:
    value = Clause(
        code=table.text("code"),
        task=table.whole("task", least=1) or 0,
        title=table.text("title"),
        deadline=table.day("deadline", optional=True),
        on_time=bool(table.flag("on_time")),
        words=table.texts("words"),
        terms=tuple(_term(inner, units, kinds) for inner in table.tables("term")),
        all_of=table.texts("all_of"),
        none_of=table.texts("none_of"),
        continues=table.text("continues", optional=True),
    )
    table.done()
    return value


def _term(table: Table, units: list[Unit], kinds: Mapping[str, UnitKind]) -> Term:
    kind = table.one_of("kind", tuple(kinds)) or next(iter(kinds), "")
    named = table.texts("units")
    present = {unit.name for unit in units if unit.kind == kind and not unit.left_out}
    for name in named:
        if name not in {unit.name for unit in units if unit.kind == kind}:
            table.fault("units", f"考评对象里没有“{name}”")
    value = Term(
        kind=kind,
        traits=_traits(table),
        points=table.points("points") or NO_POINTS,
        quote=table.text("quote"),
        units=tuple(u.name for u in units if u.name in present and (not named or u.name in named)),
        of=table.whole("of", optional=True, least=1),
        cap=table.points("cap", optional=True, least=0),
        asked_after=table.text("asked_after", optional=True) or None,
        joint_cap=table.points("joint_cap", optional=True, least=0),
        compared_with=table.text("compared_with", optional=True) or None,
    )
    table.done()
    return value


def _traits(table: Table) -> MethodTraits:
    """Return the traits of the method that a term names; of a method that is none, any will do, for it is a mistake."""
    name = table.one_of("method", tuple(METHODS)) or next(iter(METHODS))
    return METHODS[name].traits


def _project_class(table: Table) -> ProjectClass:
    value = ProjectClass(
        name=table.text("name"),
        project_type=table.text("project_type"),
        names=table.texts("names"),
        external_line=table.flag("external_line"),
        limit=table.points("limit", least=0) or NO_POINTS,
        quote=table.text("quote"),
    )
    table.done()
    return value


def _policy(name: str, table: Table) -> PolicyRule:
    readings = []
    for inner in table.tables("reading"):
        readings.append(Reading(inner.text("name"), inner.text("title"), inner.text("meaning")))
        inner.done()
    value = PolicyRule(
        name=name,
        title=table.text("title"),
        default=table.text("default"),
        readings=tuple(readings),
        quote=table.text("quote"),
        question=table.text("question"),
    )
    table.done()
    return value

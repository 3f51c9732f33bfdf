"""Facts with defaults: a test names only what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from scoring.model.evidence import CellRef, Evidence, EvidenceKind
from scoring.model.facts import Case, Facts, Incentive, Ruling, Statement, Status, Verdict
from scoring.model.ledgers import Ledger
from scoring.model.rosters import RosterRow
from scoring.model.rules import Rulebook

BOOK = "台账.xlsx"
CUT_OFFS = {1: date(2023, 3, 10), 2: date(2023, 6, 10), 3: date(2023, 9, 10), 4: date(2023, 12, 10)}


def ledger(unit: str = "五华区", quarter: int = 2, submitted: date | None = None, upload: int = 0) -> Ledger:
    """A ledger, sent on its quarter's cut-off unless told otherwise."""
    return Ledger(unit, 2023, quarter, submitted or CUT_OFFS[quarter], submitted is not None, upload)


def cell(address: str = "E7", sheet: str = "工作落实") -> CellRef:
    return CellRef(BOOK, sheet, address)


def words(text: str) -> tuple[Evidence, ...]:
    """Evidence in words; none for no words."""
    return (Evidence(EvidenceKind.TEXT, text, None, BOOK, "工作落实", "H7"),) if text else ()


def _proved(values: dict[str, Any]) -> dict[str, Any]:
    held = values["evidence"]
    return values | {"evidence": words(held) if isinstance(held, str) else held}


def statement(clause: str, status: str = "done", *, at: Ledger | None = None, row: int = 7, **other: Any) -> Statement:
    """A row of 工作落实: done in May with evidence unless told otherwise."""
    values: dict[str, Any] = {"done_on": None, "quantity": None, "evidence": "截图.jpg"} | other
    source = cell(f"E{row}")
    return Statement(at or ledger(), clause, Status(status), source=source, position=(0, row), **_proved(values))


def case(task: int, *, at: Ledger | None = None, row: int = 3, **other: Any) -> Case:
    values: dict[str, Any] = {"title": "并联审批案例", "day": None, "evidence": "案例.docx"} | other
    return Case(at or ledger(), task, source=cell(f"B{row}", "工作案例"), position=(1, row), **_proved(values))


def roster_row(
    enterprise: str = "某某公司",
    accepted: date = date(2023, 5, 8),
    connected: date | None = date(2023, 5, 9),
    *,
    at: Ledger | None = None,
    row: int = 5,
    **other: Any,
) -> RosterRow:
    """An installation of a 一般项目 without external line, unless told otherwise."""
    values: dict[str, Any] = {"project_class": "一般项目（无外线）", "deducted": Decimal(0)} | other
    source, header = cell(f"A{row}", "企业全量名单"), cell("A4", "企业全量名单")
    return RosterRow(
        at or ledger(), enterprise, accepted=accepted, connected=connected, source=source, header=header,
        position=(2, row), **values,
    )  # fmt: skip


def incentive(
    title: str = "获省级通报表扬",
    awarded: str = "1.00",
    *,
    task: int = 29,
    at: Ledger | None = None,
    row: int = 3,
    basis: str = "云营商办〔2023〕1号",
) -> Incentive:
    points = Decimal(awarded) if awarded else None
    source = cell(f"D{row}", "激励加分")
    return Incentive(at or ledger(), task, title, points, points, basis, source, (3, row))


def ruling(clause: str, verdict: str, day: date, *, unit: str = "五华区", number: int = 1, **other: Any) -> Ruling:
    return Ruling(unit, 2023, clause, Verdict(verdict), "现场核实", "张工", day, number, **other)


def facts_from(case: Mapping[str, Any], unit: str) -> Facts:
    """Build facts from one case of ``tests/cases/*.toml``: its tables are the builders' arguments."""
    ledgers: list[Ledger] = []

    def sent(entry: dict[str, Any]) -> Ledger:
        made = ledger(
            entry.pop("unit", unit), entry.pop("quarter", 2), entry.pop("submitted", None), entry.pop("upload", 0)
        )
        ledgers.append(made)
        return made

    def rows(name: str) -> list[dict[str, Any]]:
        return [dict(entry) for entry in case.get(name, [])]

    for entry in rows("ledgers"):
        sent(entry)
    statements = tuple(
        statement(e.pop("clause", case.get("clause", "")), at=sent(e), row=e.pop("row", 7 + n), **e)
        for n, e in enumerate(rows("statements"))
    )
    cases = tuple(case_(e, sent(e), n) for n, e in enumerate(rows("cases")))
    roster = tuple(_roster(e, sent(e), n) for n, e in enumerate(rows("roster")))
    incentives = tuple(incentive(at=sent(e), row=3 + n, **e) for n, e in enumerate(rows("incentives")))
    rulings = tuple(
        ruling(e.pop("clause", case.get("clause", "")), number=n, unit=unit, **e) for n, e in enumerate(rows("rulings"))
    )
    reported = tuple(dict.fromkeys(ledgers))
    return Facts(
        ledgers=reported, statements=statements, cases=cases, roster=roster, incentives=incentives, rulings=rulings
    )


def case_(entry: dict[str, Any], at: Ledger, number: int) -> Case:
    return case(entry.pop("task"), at=at, row=3 + number, **entry)


def _roster(entry: dict[str, Any], at: Ledger, number: int) -> RosterRow:
    connected = entry.pop("connected", None)
    entry["deducted"] = Decimal(entry.pop("deducted", 0))
    if entry.get("project_class") == "":
        entry["project_class"] = None
    return roster_row(
        entry.pop("enterprise", f"企业{number}"), entry.pop("accepted"), connected, at=at, row=5 + number, **entry
    )


def with_caps(rulebook: Rulebook, case_cap: Decimal, score_cap: Decimal) -> Rulebook:
    """Return rules under which all kinds of unit have these caps."""
    kinds = {name: replace(kind, case_cap=case_cap) for name, kind in rulebook.kinds.items()}
    return replace(rulebook, kinds=kinds, assessment=replace(rulebook.assessment, score_cap=score_cap))

"""Boards of many faces for the documents: every outcome, ties, a silent unit, hostile words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from scoring.judging.rank import make_board, ranked
from scoring.model.boards import Board
from scoring.model.evidence import CellRef
from scoring.model.facts import Case, Facts, Incentive, Ruling, Statement, Status, Verdict
from scoring.model.ledgers import Ledger
from scoring.model.policy import Policy
from scoring.model.publications import Publication
from scoring.model.rules import Rulebook, Treatment
from tests.builders import words

AS_OF = date(2023, 7, 7)
HOSTILE = '=HYPERLINK("http://example.invalid","点我")<w:t>&\x01\x0b\'\n@SUM(1)'


def sample_facts(rulebook: Rulebook) -> Facts:
    """Let every assessed unit but the first silent ones state its clauses, with faults that differ from unit to unit."""
    facts = Facts()
    for number, unit in enumerate(unit for unit in rulebook.units if unit.assessed):
        if number == 6:
            continue
        ledger = Ledger(unit.name, 2023, 2, date(2023, 6, 8), True, number)
        book = f"{unit.short}2023年第二季度台账.xlsx"
        stated = [(c, t) for c, t in rulebook.terms_of[unit.name] if t.method != "case"]
        statements = tuple(
            _statement(ledger, clause.code, CellRef(book, "工作落实", f"E{row + 4}"), row, number)
            for row, (clause, _) in enumerate(stated)
        )
        cases = tuple(
            Case(
                ledger,
                c.task,
                f"案例{c.task}",
                date(2023, 5, 4),
                words("附件"),
                CellRef(book, "工作案例", f"B{row + 4}"),
                (2, row),
            )
            for row, (c, t) in enumerate(rulebook.terms_of[unit.name])
            if t.method == "case" and (row + number) % 3 == 0
        )
        facts += Facts(
            ledgers=(ledger,), statements=statements, cases=cases, incentives=_incentives(rulebook, ledger, book)
        )
    reviewed = next(unit for unit in rulebook.units if unit.assessed)
    clause = next(c for c, t in rulebook.terms_of[reviewed.name] if t.method == "milestone")
    ruling = Ruling(
        reviewed.name, 2023, clause.code, Verdict.REJECTED, "公示截图与单位不符", "审核员甲", date(2023, 7, 3), 1
    )
    return facts + Facts(rulings=(ruling,))


def _statement(ledger: Ledger, clause: str, source: CellRef, row: int, number: int) -> Statement:
    """State one clause; which fault it has follows from the unit's number and the row."""
    status, evidence, done_on = Status.DONE, "公示截图", date(2023, 6, 1)
    match (row * 5 + number * 3) % 17:
        case 0:
            status = Status.NOT_DONE
        case 1 if number % 2:
            evidence = ""
        case 2 if number % 5 == 0:
            status = Status.UNREADABLE
        case 3 if number % 3 == 0:
            done_on = date(2023, 7, 5)
    text = HOSTILE if status is Status.UNREADABLE else "已完成"
    return Statement(ledger, clause, status, done_on, 2, words(evidence), source, (1, row + 4), text=text)


def _incentives(rulebook: Rulebook, ledger: Ledger, book: str) -> tuple[Incentive, ...]:
    """Put one incentive item forward for every third unit, with a hostile name; every sixth awaits its points."""
    if ledger.upload % 3:
        return ()
    task = next(task.no for task in rulebook.tasks if task.treatment is Treatment.INCENTIVE)
    awarded = None if ledger.upload % 6 else Decimal("0.30")
    source = CellRef(book, "激励加分", "C4")
    return (Incentive(ledger, task, HOSTILE, Decimal("0.50"), awarded, "文号", source, (3, 4)),)


def sample_board(rulebook: Rulebook, as_of: date = AS_OF, policy: Policy | None = None) -> Board:
    """Score the sample facts."""
    return make_board(sample_facts(rulebook), rulebook, as_of, policy or Policy())


def silent_board(rulebook: Rulebook, as_of: date = date(2024, 1, 31)) -> Board:
    """Score no facts at all: nobody has sent anything, every unit of a kind is tied, everything is lost."""
    return make_board(Facts(), rulebook, as_of, Policy())


def with_scores(board: Board, kind: str, scores: list[str]) -> Board:
    """Give the units of a kind these scores, in the order of the rules, and rank anew (findings stay as they are)."""
    given = iter(scores)
    cards = [
        replace(c, score=Decimal(s), raw=Decimal(s)) if c.kind == kind and (s := next(given)) else c
        for c in board.cards
    ]
    return replace(board, cards=ranked(cards))


def receipt_for(board: Board) -> Publication:
    """Make a receipt that belongs to a board."""
    return Publication(
        number="KMHS-2023-Q2-01",
        year=2023,
        title="2023年第二季度",
        as_of=board.as_of,
        known_at=datetime(2023, 7, 7, 18, 0, tzinfo=UTC),
        published_at=datetime(2023, 7, 10, 9, 30, tzinfo=UTC),
        actor="管理员乙",
        rules=board.rules,
        facts="ab" * 32,
        policy="cd" * 32,
        version="0.1.0",
        replaces="KMHS-2023-Q2-00",
        overrides=(("东川区未报送台账", "已电话核实，会后补报"),),
    )

"""How a what-if becomes facts: one change of one clause, and the simulated rows that methods write with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from scoring.model.changes import Act, Change
from scoring.model.evidence import CellRef, Evidence, EvidenceKind
from scoring.model.facts import Case, Facts, Ruling, Statement, Status, Verdict
from scoring.model.ledgers import Ledger
from scoring.model.rules import Clause, Rulebook, Term
from scoring.words.phrasing import quarter_name

SIMULATED = "模拟"
SIMULATED_EVIDENCE = (Evidence(EvidenceKind.TEXT, SIMULATED),)
LAST = 1_000_000_000  # after every real upload and every real ruling


@dataclass(frozen=True, slots=True)
class Setting:
    """One change of one clause, with all that is needed to make it."""

    change: Change
    clause: Clause
    term: Term
    rulebook: Rulebook
    as_of: date

    @property
    def quarters(self) -> tuple[int, ...]:
        """Name the quarters that a change of a quarterly clause is about."""
        return self.rulebook.assessment.due_quarters if self.change.quarter is None else (self.change.quarter,)

    @property
    def day(self) -> date:
        """Return the day on which it is done: as given, else in time."""
        return self.change.day or min(self.clause.deadline or self.as_of, self.as_of)

    def sent(self, quarter: int | None = None) -> Ledger:
        """Return the simulated ledger of a quarter (None: the last one), sent in time and not after the scoring day."""
        cut_offs = self.rulebook.assessment.cut_offs
        quarter = max(cut_offs) if quarter is None else quarter
        year = self.rulebook.assessment.year
        return Ledger(self.change.unit, year, quarter, min(self.as_of, cut_offs[quarter]), dated=True, upload=LAST)

    def due_on(self, quarter: int) -> date:
        """Return the day on which the clause falls due for a quarter."""
        return max(self.clause.deadline or date.min, self.rulebook.assessment.cut_offs[quarter])


def simulated(*place: object) -> CellRef:
    """Return the address of a simulated fact: it says so."""
    return CellRef(SIMULATED, "情景", " ".join(str(part) for part in place))


def with_facts(facts: Facts, statements: Iterable[Statement] = (), cases: Iterable[Case] = ()) -> Facts:
    """Add simulated facts; their ledgers count as sent."""
    statements, cases = tuple(statements), tuple(cases)
    sent = [*(statement.ledger for statement in statements), *(case.ledger for case in cases)]
    return replace(
        facts,
        ledgers=tuple(dict.fromkeys((*facts.ledgers, *sent))),
        statements=(*facts.statements, *statements),
        cases=(*facts.cases, *cases),
    )


def said(
    setting: Setting, status: Status, day: date | None, quantity: int | None = None, quarter: int | None = None
) -> Statement:
    """State a clause in a simulated ledger."""
    change = setting.change
    evidence = () if change.act is Act.BARE or status is Status.NOT_DONE else SIMULATED_EVIDENCE
    place = (change.clause,) if quarter is None else (change.clause, quarter_name(quarter))
    return Statement(
        ledger=setting.sent(quarter),
        clause=change.clause,
        status=status,
        done_on=day,
        quantity=quantity,
        evidence=evidence,
        source=simulated(*place),
        position=(LAST, LAST),
        said=f"{'未完成' if status is Status.NOT_DONE else '已完成'}（{SIMULATED}）",
    )


def silenced(facts: Facts, setting: Setting, quarters: tuple[int, ...] | None = None) -> Facts:
    """Take away what the unit said of the clause (in these quarters)."""
    unit, code = setting.change.unit, setting.change.clause
    kept = tuple(
        s
        for s in facts.statements
        if s.ledger.unit != unit or s.clause != code or (quarters is not None and s.ledger.quarter not in quarters)
    )
    return replace(facts, statements=kept)


def said_in(setting: Setting, quarter: int, *, done: bool, quantity: int | None = None) -> Statement:
    """State the clause, done or not, in the simulated ledger of a quarter; done in time unless a day is given."""
    if not done:
        return said(setting, Status.NOT_DONE, None, None, quarter)
    day = setting.change.day or min(setting.due_on(quarter), setting.as_of)
    return said(setting, Status.DONE, day, quantity, quarter)


def ruled(facts: Facts, setting: Setting, verdict: Verdict) -> Facts:
    """Add a simulated ruling on the clause, later than every real one."""
    change = setting.change
    year = setting.rulebook.assessment.year
    ruling = Ruling(change.unit, year, change.clause, verdict, SIMULATED, SIMULATED, setting.as_of, number=LAST)
    later = tuple(r for r in facts.rulings if r != ruling)
    return replace(facts, rulings=(*later, ruling))


def counted(facts: Facts, setting: Setting, *, full: int, none: int) -> Facts:
    """State a number in place of all that was said: the given one, ``full`` where it is done, ``none`` where it is not."""
    act, number = setting.change.act, setting.change.number
    quantity = (number or 0) if act is Act.COUNT else none if act is Act.OPEN else full
    status = Status.NOT_DONE if act is Act.OPEN else Status.DONE
    return with_facts(silenced(facts, setting), [said(setting, status, setting.day, quantity)])


def marked(source: CellRef) -> CellRef:
    """Say of a real cell that it is read otherwise than it stands."""
    return (
        source if source.workbook.startswith(SIMULATED) else replace(source, workbook=f"{SIMULATED}：{source.workbook}")
    )


def state_once(facts: Facts, setting: Setting) -> Facts:
    """State the clause once, done or not done, in place of all that was said of it."""
    status = Status.NOT_DONE if setting.change.act is Act.OPEN else Status.DONE
    return with_facts(silenced(facts, setting), [said(setting, status, setting.day if status is Status.DONE else None)])


def prove_statements(facts: Facts, setting: Setting) -> Facts:
    """Give evidence to every statement of the clause that was left without (in the change's quarter)."""
    statements = tuple(
        replace(s, evidence=SIMULATED_EVIDENCE, source=marked(s.source))
        if s.clause == setting.clause.code and lacks_proof(s, setting)
        else s
        for s in facts.statements
    )
    return replace(facts, statements=statements)


def lacks_proof(fact: Statement | Case, setting: Setting) -> bool:
    """Tell whether a fact is the unit's own, in the change's quarter, and has no evidence."""
    change = setting.change
    return fact.ledger.unit == change.unit and not fact.evidence and change.quarter in (None, fact.ledger.quarter)

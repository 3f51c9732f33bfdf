"""Sheets or blocks of one kind that state different things of the same clause, and rows of one block that do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from scoring.ledger.rows.row_reader import Gathered, Span
from scoring.ledger.sheet.columns import WORK
from scoring.model.facts import Statement, Status
from scoring.model.ledgers import Ledger
from scoring.model.parsed import Choices, Contradiction, Side
from scoring.model.rosters import Roster, RosterRow
from scoring.problems import CATALOGUE
from scoring.words.phrasing import day_name, quarter_name

SAID = {Status.DONE: "完成", Status.NOT_DONE: "未完成"}
SHOWN_ROWS = 50
Key = tuple[object, ...]


def settle_blocks(into: Gathered, spans: Sequence[Span], choices: Choices) -> None:
    """Take neither of what two blocks state differently, and warn of rows of one block that differ."""
    for span in spans:
        _warn_within(into, span)
    if len(spans) > 1:
        _settle_incentives(into)
        dropped: set[int] = set()
        for group in _by_ledger(into, spans):
            _Blocks(into, group, choices, dropped).settle()
        _warn_rosters(into, spans)
        if dropped:
            into.statements = [one for place, one in enumerate(into.statements) if place not in dropped]


def _settle_incentives(into: Gathered) -> None:
    """Take the 认定分值 of no item to which two sheets give different ones: it waits, as one that nobody has decided."""
    groups: dict[Key, list[int]] = {}
    for place, item in enumerate(into.incentives):
        if item.awarded is not None:
            groups.setdefault((_own(item.ledger), item.key), []).append(place)
    for places in groups.values():
        last = {into.incentives[place].position[0]: into.incentives[place] for place in places}
        if len({item.awarded for item in last.values()}) < 2:
            continue
        for item in last.values():
            other = next(two for two in last.values() if two.awarded != item.awarded)
            place_of = f"“{other.source.sheet}”{other.source.cell}"
            told = {"clause": f"“{item.title}”的认定分值", "other": place_of, "said": f"{other.awarded}"}
            into.problems.append(CATALOGUE["sheets-contradict"].at(item.source, f"{item.awarded}", **told))
        for place in places:
            into.incentives[place] = replace(into.incentives[place], awarded=None)


def _own(ledger: Ledger) -> Key:
    """Return what makes two ledgers of one workbook the same unit's for the same quarter."""
    return ledger.unit, ledger.year, ledger.quarter


def _speaks(statement: Statement) -> bool:
    return statement.status in SAID or (statement.status is Status.BLANK and statement.quantity is not None)


def differ(one: Statement, other: Statement) -> bool:
    """Tell whether two statements say different things of one clause; different evidence is no contradiction."""
    if one.status in SAID and other.status in SAID and one.status is not other.status:
        return True
    if one.quantity is not None and other.quantity is not None and one.quantity != other.quantity:
        return True
    days = one.done_on, other.done_on
    return one.status is other.status is Status.DONE and None not in days and days[0] != days[1]


def shown(statement: Statement) -> str:
    """Say what a statement states, for people."""
    parts = [statement.said or SAID.get(statement.status, "")]
    parts += [f"数量{statement.quantity}"] if statement.quantity is not None else []
    parts += [day_name(statement.done_on)] if statement.done_on else []
    return " ".join(filter(None, parts))


def _warn_within(into: Gathered, span: Span) -> None:
    """Warn where a lower row of a block says something else of a clause than a row above it."""
    last: dict[Key, Statement] = {}
    told = set()
    for statement in into.statements[span.start[0] : span.end[0]]:
        if not _speaks(statement):
            continue
        key = statement.ledger, statement.clause
        above = last.get(key)
        if above is not None and differ(above, statement) and (above.source, statement.source) not in told:
            told.add((above.source, statement.source))
            into.problems.append(
                CATALOGUE["row-contradicts"].at(
                    statement.source,
                    statement.said,
                    clause=statement.clause,
                    cell=statement.source.cell,
                    other=above.source.cell,
                    said=shown(above),
                )
            )
        last[key] = statement


def _by_ledger(into: Gathered, spans: Sequence[Span]) -> Iterator[list[tuple[Span, Key]]]:
    """Yield, for each unit and quarter that several blocks speak of, the blocks with what they speak of."""
    by_key: dict[Key, dict[str, Span]] = {}
    for span in spans:
        for statement in into.statements[span.start[0] : span.end[0]]:
            by_key.setdefault(_own(statement.ledger), {})[span.name] = span
    for key, by_name in by_key.items():
        if len(by_name) > 1:
            yield [(span, key) for span in by_name.values()]


class _Blocks:
    """The blocks that speak of one unit's quarter.

    It changes the gathered statements where they contradict, and notes in ``dropped`` the places of those that go.
    """

    def __init__(self, into: Gathered, group: list[tuple[Span, Key]], choices: Choices, dropped: set[int]) -> None:
        self.into, self.dropped = into, dropped
        self.spans = [span for span, _ in group]
        self.own = group[0][1]
        self.key = "|".join(["sheets", WORK.name, *map(str, self.own)])
        self.stands = next((span.name for span in self.spans if span.name == choices.get(self.key)), "")

    def settle(self) -> None:
        """Find the clauses of which the blocks state different things, and take none of it (or the chosen block's)."""
        rows = []
        for clause in dict.fromkeys(one.clause for span in self.spans for one in self._of(span)):
            last = {
                span.name: statements[-1]
                for span in self.spans
                if (statements := [o for o in self._of(span) if o.clause == clause])
            }
            if any(differ(one, other) for one in last.values() for other in last.values()):
                rows.append((clause, *(shown(last[s.name]) if s.name in last else "" for s in self.spans)))
                self._set_aside(clause, last)
        if rows:
            unit, quarter = self.own[0], quarter_name(int(str(self.own[2])))
            title = f"{unit}{quarter}：{len(self.spans)}处工作落实填报不一致"
            sides = tuple(Side(span.name, span.name) for span in self.spans)
            self.into.contradictions.append(
                Contradiction(self.key, title, sides, tuple(rows[:SHOWN_ROWS]), self.stands)
            )

    def _of(self, span: Span) -> Iterable[Statement]:
        held = self.into.statements[span.start[0] : span.end[0]]
        return [one for one in held if _own(one.ledger) == self.own and _speaks(one)]

    def _set_aside(self, clause: str, last: dict[str, Statement]) -> None:
        for span in self.spans:
            for place in range(span.start[0], span.end[0]):
                statement = self.into.statements[place]
                if statement.clause == clause and _own(statement.ledger) == self.own and _speaks(statement):
                    if not self.stands:
                        self.into.statements[place] = replace(
                            statement, status=Status.UNREADABLE, quantity=None, evidence=()
                        )
                    elif span.name != self.stands:
                        self.dropped.add(place)
        if not self.stands:
            self._report(clause, list(last.values()))

    def _report(self, clause: str, said: list[Statement]) -> None:
        for one in said:
            other = next((two for two in said if differ(one, two)), None)
            if other is not None:
                place = f"“{other.source.sheet}”{other.source.cell}"
                self.into.problems.append(
                    CATALOGUE["sheets-contradict"].at(
                        one.source, shown(one), clause=clause, other=place, said=shown(other)
                    )
                )


def _warn_rosters(into: Gathered, spans: Sequence[Span]) -> None:
    """Warn, once a block, of installations that another block of the same ledger gives otherwise."""
    rosters = [Roster.joined(into.rosters[span.start[1] : span.end[1]]) for span in spans]
    if sum(map(bool, rosters)) < 2:
        return
    earlier: dict[Key, RosterRow] = {}
    for roster in rosters:
        other = [(earlier[key], row) for row in roster if (key := (_own(row.ledger), row.key)) in earlier]
        changed = [
            (changed_row, row)
            for changed_row, row in other
            if (changed_row.connected, changed_row.project_class) != (row.connected, row.project_class)
        ]
        if changed:
            changed_row, row = changed[0]
            place = f"“{changed_row.source.sheet}”{changed_row.source.cell}"
            into.problems.append(
                CATALOGUE["roster-row-twice"].at(row.source, row.enterprise, other=place, rows=len(changed))
            )
        earlier |= {(_own(row.ledger), row.key): row for row in roster}

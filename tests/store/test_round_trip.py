"""Whatever the ledgers say comes back exactly as it was said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring.model.evidence import CellRef, Evidence, EvidenceKind, FoundBy
from scoring.model.facts import Case, Facts, Incentive, MatchedBy, Publicity, Statement, Status
from scoring.model.ledgers import Ledger
from scoring.model.parsed import ParsedWorkbook
from scoring.model.rosters import RosterRow
from scoring.problems import Problem, Severity
from scoring.store import Store, numbered
from scoring.store.fact_tables import FACT_TABLES
from tests.store.conftest import Site

TEXT = st.text(max_size=12)
DAYS = st.dates()
CELLS = st.builds(CellRef, TEXT, TEXT, TEXT)
SOME = st.none() | TEXT
INSIDE = [kind for kind in EvidenceKind if kind is not EvidenceKind.FILE]  # a file must come along: test_things
EVIDENCE = st.lists(
    st.builds(Evidence, st.sampled_from(INSIDE), TEXT, SOME, SOME, SOME, SOME, TEXT, st.sampled_from(FoundBy)),
    max_size=3,
).map(tuple)
POSITIONS = st.tuples(st.integers(0, 300), st.integers(0, 1_048_576))
POINTS = st.decimals(-100, 100_000, places=2)
WORKDAYS = st.decimals(allow_nan=False, allow_infinity=False)
LEDGERS = st.builds(Ledger, TEXT, st.just(2023), st.integers(1, 4), DAYS, st.booleans(), st.just(0))
COMMON: dict[str, Any] = {"source": CELLS, "position": POSITIONS}


@st.composite
def drawn_facts(draw: st.DrawFn) -> Facts:
    ledgers = draw(st.lists(LEDGERS, min_size=1, max_size=3, unique=True))
    of = st.sampled_from(ledgers)

    def some(kind: type, **values: Any) -> Any:
        return draw(st.lists(st.builds(kind, ledger=of, **COMMON, **values), max_size=4).map(tuple))

    day = st.none() | DAYS
    return Facts(
        ledgers=tuple(draw(st.lists(of, unique=True))),
        statements=some(
            Statement, clause=TEXT, status=st.sampled_from(Status), done_on=day, evidence=EVIDENCE, text=TEXT, said=TEXT,
            quantity=st.none() | st.integers(0, 100_000), matched_by=st.sampled_from(MatchedBy),
        ),
        cases=some(Case, task=st.integers(1, 30), title=TEXT, day=day, evidence=EVIDENCE, summary=TEXT),
        publicity=some(Publicity, title=TEXT, media=TEXT, level=TEXT, day=day, link=TEXT, evidence=EVIDENCE),
        roster=some(
            RosterRow, enterprise=TEXT, project_class=st.none() | TEXT, accepted=DAYS, connected=day, header=CELLS,
            deducted=WORKDAYS, credit_code=TEXT, project_type=TEXT, stated_days=st.none() | WORKDAYS,
            steps=TEXT, materials=TEXT, fee=TEXT,
        ),
        incentives=some(
            Incentive, task=st.integers(1, 30), title=TEXT, basis=TEXT,
            claimed=st.none() | POINTS, awarded=st.none() | POINTS, evidence=EVIDENCE,
        ),
    )  # fmt: skip


PROBLEMS = st.lists(st.builds(Problem, st.sampled_from(Severity), TEXT, TEXT, TEXT, TEXT, TEXT, TEXT), max_size=3).map(
    tuple
)


@pytest.fixture(scope="module")
def shelf(sites: Callable[..., Site]) -> Iterator[Store]:
    opened = sites().open()
    yield opened
    opened.close()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(facts=drawn_facts(), problems=PROBLEMS)
def test_facts_and_problems_come_back_exactly(shelf: Store, facts: Facts, problems: tuple[Problem, ...]) -> None:
    data = str(len(shelf.uploads())).encode()
    receipt = shelf.save(data, ParsedWorkbook("书.xlsx", facts, problems), "张三")
    read = shelf.facts(2023)
    assert read == numbered(facts, receipt.upload.upload)
    assert [str(row.deducted) for row in read.roster] == [str(row.deducted) for row in facts.roster]
    assert shelf.problems(receipt.upload.sha256) == problems
    shelf.withdraw_upload(sha256(data).hexdigest(), "张三", "下一例")


def test_extreme_days_are_days(store: Store) -> None:
    facts = Facts(ledgers=(Ledger("五华区", 2023, 1, date.min, True, 0), Ledger("五华区", 2023, 2, date.max, True, 0)))
    store.save(b"one", ParsedWorkbook("书.xlsx", facts), "张三")
    assert store.facts(2023) == facts


def test_every_kind_of_fact_has_its_table() -> None:
    others = {"ledgers", "rulings"}
    assert set(FACT_TABLES) == {field.name for field in fields(Facts)} - others


def test_a_database_is_read_again_after_it_was_closed(site: Site) -> None:
    first = site.open()
    facts = Facts(ledgers=(Ledger("五华区", 2023, 1, date(2023, 3, 9), True, 0),))
    first.save(b"one", ParsedWorkbook("书.xlsx", facts), "张三")
    name = first.fingerprint(2023)
    first.close()
    again = site.open()
    assert (again.facts(2023), again.fingerprint(2023)) == (facts, name)
    again.close()

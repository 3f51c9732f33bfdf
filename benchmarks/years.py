"""Time opening a year, facts and board, with five years stored beside one: ``python -m benchmarks.years``."""

from __future__ import annotations

import re
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.policy_combinations import year_of_facts
from scoring.judging.rank import make_board
from scoring.model.facts import Facts
from scoring.model.parsed import ParsedWorkbook
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from scoring.rulebook.read import DEFAULT_RULES, load_rulebook, parse_rulebook
from scoring.store import Store, open_store

STORED, ROUNDS, TARGET = 5, 25, 1.1


def rulebook_of(year: int) -> Rulebook:
    """Return the product's rules some years on."""
    text, first = DEFAULT_RULES.read_text("utf-8"), load_rulebook().assessment.year
    moved = re.sub(
        rf"(?:{first}|{first + 1})(?=[-年])|(?<=year = ){first}", lambda m: str(int(m[0]) + year - first), text
    )
    return parse_rulebook(moved.encode())


def fill(store: Store, rulebook: Rulebook) -> None:
    """Store a year of ledgers, one workbook for each unit and quarter."""
    facts = year_of_facts(rulebook)
    for sent in facts.ledgers:
        own = Facts(
            ledgers=(sent,),
            statements=tuple(fact for fact in facts.statements if fact.ledger == sent),
            roster=tuple(fact for fact in facts.roster if fact.ledger == sent),
        )
        name = f"{sent.unit}{sent.year}{sent.quarter}"
        store.save(name.encode(), ParsedWorkbook(f"{name}.xlsx", own), "测试")


def opened(store: Store, rulebook: Rulebook) -> float:
    """Return the seconds that the facts and the board of a year take."""
    start = time.perf_counter()
    facts = store.facts(rulebook.assessment.year)
    make_board(facts, rulebook, rulebook.assessment.closes, Policy())
    return time.perf_counter() - start


def main() -> None:
    """Print both times and their ratio; the rounds alternate, so that what else runs slows both alike."""
    first = load_rulebook()
    with tempfile.TemporaryDirectory() as folder:
        one, five = (open_store(Path(folder) / f"{name}.duckdb") for name in ("one", "five"))
        fill(one, first)
        for year in range(first.assessment.year, first.assessment.year + STORED):
            fill(five, rulebook_of(year))
        times = [(opened(one, first), opened(five, first)) for _ in range(ROUNDS)]
        alone, among = (sorted(found) for found in zip(*times, strict=True))
        for title, found in (("one year stored", alone), (f"{STORED} years stored", among)):
            middle = statistics.median(found)
            print(f"{title:16} fastest {found[0] * 1000:7.1f} ms, median {middle * 1000:7.1f} ms")
        ratios = among[0] / alone[0], statistics.median(among) / statistics.median(alone)
        print(f"ratio {ratios[0]:.2f} of the fastest, {ratios[1]:.2f} of the medians (target {TARGET})")
        one.close()
        five.close()


if __name__ == "__main__":
    main()

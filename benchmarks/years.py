"""Time opening a year, facts and board, with five years stored beside one: ``python -m benchmarks.years``."""

from __future__ import annotations

import re
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.policy_combinations import year_of_facts
from scoring.judging.rank import make_board
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from scoring.rulebook.read import DEFAULT_RULES, load_rulebook, parse_rulebook
from scoring.store import Store, open_store
from tests.store.workbooks import save_each

STORED, ROUNDS, TARGET = 5, 25, 1.1


def rulebook_of(year: int) -> Rulebook:
    """Return the product's rules some years on."""
    text, first = DEFAULT_RULES.read_text("utf-8"), load_rulebook().assessment.year
    moved = re.sub(
        rf"(?:{first}|{first + 1})(?=[-年])|(?<=year = ){first}", lambda m: str(int(m[0]) + year - first), text
    )
    return parse_rulebook(moved.encode())


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
        save_each(one, year_of_facts(first))
        for year in range(first.assessment.year, first.assessment.year + STORED):
            save_each(five, year_of_facts(rulebook_of(year)))
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

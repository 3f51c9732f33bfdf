"""What was published is made again from the database alone: another process, another day's program, the same bytes."""

from __future__ import annotations

import json
import lzma
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path

import chinese_calendar
import duckdb
import pytest

from scoring.analysis.notice import notice_of
from scoring.analysis.open_matters import open_matters
from scoring.analysis.position import Position
from scoring.calendar import holidays, workdays
from scoring.documents.answer import answer_xlsx
from scoring.documents.calendar_file import days_ics
from scoring.documents.event_list import events_xlsx
from scoring.documents.evidence_file import evidence_file_zip
from scoring.documents.papers import PAPERS, all_papers
from scoring.documents.unit_deductions import unit_deductions_xlsx
from scoring.judging.rank import make_board
from scoring.model.notices import Letterhead
from scoring.model.policy import policy_hash
from scoring.model.publications import Publication
from scoring.proof.package import Final, make_package
from scoring.proof.verify import verify
from scoring.rulebook.read import parse_rulebook
from scoring.store import Store, open_store
from tests.store.test_publications import LONG_AGO

ROOT = Path(__file__).resolve().parents[2]
NOVEMBER = ROOT / "tests" / "store" / "november.duckdb.xz"
YEAR, NUMBER = 2023, "2023-年度-02"
LETTERHEAD = Letterhead(
    "昆明市水务局文件", "昆水通〔2023〕8号", "王某", "无", "各县（市）区", "市政府", "办公室", "2023年"
)
AGAIN = "import sys; from tests.proof.test_made_again import tell; tell(sys.argv[1])"


def made_again(store: Store) -> dict[str, bytes]:
    """Make every paper of every final board, its package and all else that is handed out, from what a database holds."""
    files = {}
    for receipt in store.publications(YEAR):
        text = store.rules_text(receipt.rules)
        assert text is not None
        rulebook, board = parse_rulebook(text), store.published_board(receipt.number)
        facts = store.facts(YEAR, receipt.known_at or receipt.published_at)
        given = all_papers(board, rulebook, receipt)
        lost = [finding for card in board.cards for finding in card.findings if finding.points < 0]
        given |= {
            "定稿包.zip": make_package(
                Final(receipt, board, facts, text, given, store.published_calendar(receipt.number))
            ),
            "佐证卷宗.zip": evidence_file_zip(
                "佐证卷宗", lost, facts, board, rulebook, lambda sha: store.thing(sha)[1]
            ),
            "扣分单.xlsx": unit_deductions_xlsx(board, rulebook, lost[0].unit, receipt),
            "答案.xlsx": answer_xlsx(
                "名次", ["甲"], {"表": [("单位",)]}, board, rulebook, receipt.facts, simulated=True
            ),
            "操作记录.xlsx": events_xlsx(store.history()[:-1], rulebook, board.as_of),
            "日历.ics": days_ics(rulebook),
        }
        files |= {f"{receipt.number}/{name}": data for name, data in given.items()}
    return files


def digests(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: sha256(data).hexdigest() for name, data in files.items()}


def tell(path: str) -> None:
    """Print the digest of everything made again from a database."""
    store = open_store(Path(path))
    sys.stdout.write(json.dumps(digests(made_again(store))))
    store.close()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the version of 25 November, into which this version published one board more."""
    made = tmp_path_factory.mktemp("november") / "assessment.duckdb"
    made.write_bytes(lzma.decompress(NOVEMBER.read_bytes()))
    store = open_store(made)
    before = store.publications(YEAR)[-1]
    text, policy = store.rules_text(before.rules), store.policy(YEAR)
    assert text is not None
    rulebook = parse_rulebook(text)
    facts = store.facts(YEAR)
    board = make_board(facts, rulebook, before.as_of, policy)
    position = Position(facts, rulebook, before.as_of, policy)
    receipt = Publication(
        NUMBER, YEAR, "年度", board.as_of, None, LONG_AGO, "主任", rulebook.rules_hash, store.fingerprint(YEAR),
        policy_hash(policy), "1", before.number, (), notice_of(position, open_matters(position, ()), LETTERHEAD, 5),
    )  # fmt: skip
    store.publish(receipt, board, papers=partial(all_papers, board, rulebook))
    store.close()
    return made


def test_the_papers_kept_at_publication_are_made_again(path: Path) -> None:
    store = open_store(path)
    kept = store.published_papers(NUMBER)
    again = made_again(store)
    store.close()
    assert sorted(kept) == sorted(PAPERS)
    assert {name: again[f"{NUMBER}/{name}"] for name in kept} == kept


def test_another_process_makes_the_same_bytes_of_the_database_alone(path: Path, tmp_path: Path) -> None:
    store = open_store(path)
    here = digests(made_again(store))
    store.close()
    given = os.environ | {"PYTHONHASHSEED": "1", "TZ": "America/New_York", "PYTHONPATH": str(ROOT)}
    told = subprocess.run(
        [sys.executable, "-c", AGAIN, str(path)], env=given, cwd=tmp_path, capture_output=True, check=True
    ).stdout
    there = json.loads(told)
    assert len(here) == 4 * (len(PAPERS) + 6)
    assert [name for name in here if here[name] != there.get(name)] == []
    assert here.keys() == there.keys()


@contextmanager
def another_calendar(folder: Path) -> Iterator[None]:
    """Let the office's table and the calendar package know other holidays than they did."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(holidays.VARIABLE, str(folder))
        patch.setattr(chinese_calendar, "holidays", {date(YEAR, 5, day): "" for day in (2, 4, 5)})
        holidays.table.cache_clear()
        workdays.forget_counts()
        holidays.write_year(YEAR, [], [])
        assert workdays.working_days(date(2023, 5, 1), date(2023, 5, 5)) == 1
        yield
    holidays.table.cache_clear()
    workdays.forget_counts()


def packages(store: Store) -> dict[str, bytes]:
    """Make the package of every final board again."""
    return {name: data for name, data in made_again(store).items() if name.endswith("定稿包.zip")}


def test_what_is_learnt_of_holidays_later_changes_nothing_that_was_published(path: Path, tmp_path: Path) -> None:
    store = open_store(path)
    before = packages(store)
    told = {name: verify(data).faults for name, data in before.items()}
    assert told[f"{NUMBER}/定稿包.zip"] == ()
    with another_calendar(tmp_path):
        assert packages(store) == before
        assert {name: verify(data).faults for name, data in before.items()} == told
        assert store.verify_history() == ()
    store.close()


def test_the_calendar_of_a_final_board_is_the_one_known_at_its_upgrade_and_is_watched(path: Path) -> None:
    store = open_store(path)
    numbers = [receipt.number for receipt in store.publications(YEAR)]
    kept = {store.published_calendar(number) for number in numbers}
    assert kept == {workdays.whole_calendar("")}
    (text,) = kept
    days = holidays.parse_table(text)
    assert days.is_whole
    assert date(2023, 10, 2) in days.years[YEAR].off
    assert date(2023, 10, 7) in days.years[YEAR].work
    store.close()
    changed = path.with_name("changed.duckdb")
    changed.write_bytes(path.read_bytes())
    with duckdb.connect(str(changed)) as hand:
        hand.execute("UPDATE publication_calendars SET calendar = 'whole = true'")
        hand.execute("DELETE FROM publication_calendars WHERE number <> ?", [NUMBER])
    store = open_store(changed)
    assert store.verify_history() == (f"定稿 {NUMBER} 的节假日表被改动过。",), "the others are given theirs again"
    store.close()

"""A final board's package proves itself: sound as it is, and a byte changed anywhere is found."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from scoring.documents.papers import PAPERS, all_papers
from scoring.judging.rank import make_board
from scoring.model.facts import Facts
from scoring.model.notices import Notice
from scoring.model.plain_json import from_json, to_json
from scoring.model.policy import Policy, policy_hash
from scoring.model.publications import Publication
from scoring.proof import package
from scoring.proof.package import Final, make_package, manifest, pack, unpack
from scoring.proof.verify import verify
from scoring.rulebook.read import DEFAULT_RULES, load_rulebook
from tests.documents.boards import AS_OF, sample_facts
from tests.store.test_publications import LONG_AGO

ROOT = Path(__file__).resolve().parents[2]
RULES = load_rulebook()


def final() -> Final:
    facts = sample_facts(RULES)
    board = make_board(facts, RULES, AS_OF, Policy())
    receipt = Publication(
        "2023-年度-01", 2023, "2023年度排名", AS_OF, None, LONG_AGO, "主任", RULES.rules_hash, "f" * 64,
        policy_hash(Policy()), "1", None, (("五华区有待确认项", "会议同意"),), Notice(),
    )  # fmt: skip
    return Final(receipt, board, facts, DEFAULT_RULES.read_bytes(), all_papers(board, RULES, receipt))


@cache
def kept() -> Final:
    return final()


@cache
def packed() -> bytes:
    return make_package(kept())


@cache
def parts() -> dict[str, bytes]:
    return dict(unpack(packed()))


def test_a_package_is_sound_and_the_same_every_time() -> None:
    assert verify(packed()).faults == ()
    assert verify(packed()).papers == len(PAPERS)
    assert make_package(final()) == packed()
    assert set(parts()) == {package.MANIFEST, *package.PARTS, *(package.PAPERS + name for name in kept().papers)}


def test_values_come_back_as_they_were() -> None:
    assert from_json(to_json(kept().facts), Facts) == kept().facts
    assert from_json(to_json(kept().receipt), Publication) == kept().receipt


@pytest.mark.parametrize("name", [package.MANIFEST, *package.PARTS, *(package.PAPERS + name for name in PAPERS)])
def test_one_changed_byte_in_any_part_is_found_and_its_part_named(name: str) -> None:
    content = parts()[name]
    if not content:
        return
    start = packed().index(content) + len(content) * 3 // 5
    broken = packed()[:start] + bytes([packed()[start] ^ 1]) + packed()[start + 1 :]
    faults = verify(broken).faults
    assert any(fault.startswith(name) for fault in faults), faults


@settings(max_examples=8, deadline=None)
@given(some.floats(0, 1, exclude_max=True), some.integers(1, 255))
def test_one_changed_byte_anywhere_is_found(part: float, bits: int) -> None:
    data = packed()
    place = int(part * len(data))
    assert verify(data[:place] + bytes([data[place] ^ bits]) + data[place + 1 :]).faults


def test_what_is_no_whole_package_is_found() -> None:
    data = packed()
    for broken in (b"", b"PK", data[:-1], data + b"\0", data[: len(data) // 2]):
        assert verify(broken).faults


def test_a_board_that_does_not_follow_from_the_facts_is_found_with_its_bytes() -> None:
    """Hold that a manifest made anew does not help: board and papers are computed again."""
    text = parts()[package.BOARD].replace(b'"score":"9', b'"score":"8', 1)
    changed = {name: content for name, content in parts().items() if name != package.MANIFEST} | {package.BOARD: text}
    faults = verify(pack(changed)).faults
    place = parts()[package.BOARD].index(b'"score":"9') + len(b'"score":"9')
    assert faults == (f"{package.BOARD}：第{place}字节与重算的不同",)


def test_papers_of_another_board_are_found() -> None:
    other = make_board(Facts(), RULES, AS_OF, Policy())
    forged = replace(kept(), papers=all_papers(other, RULES, kept().receipt))
    faults = verify(make_package(forged)).faults
    assert faults
    assert all(fault.startswith(package.PAPERS) for fault in faults)


def test_the_command_says_so_on_any_machine(tmp_path: Path) -> None:
    def run(data: bytes) -> subprocess.CompletedProcess[str]:
        path = tmp_path / "final.zip"
        path.write_bytes(data)
        command = [sys.executable, "-m", "scoring", "verify", str(path)]
        return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False, encoding="utf-8")

    sound = run(packed())
    assert (sound.returncode, sha256(packed()).hexdigest() in sound.stdout) == (0, True)
    broken = run(
        packed().replace(parts()[package.RECEIPT], parts()[package.RECEIPT].replace("主任".encode(), "主仼".encode()))
    )
    assert broken.returncode == 1
    assert broken.stdout.startswith(package.RECEIPT)
    assert manifest({}) != parts()[package.MANIFEST]


def test_papers_made_before_receipts_kept_what_they_say_are_not_made_again() -> None:
    """The board still is; a paper of another name is too many all the same."""
    receipt = replace(kept().receipt, notice=None)
    old = replace(kept(), receipt=receipt, papers={"通报.docx": b"as it was handed out"})
    checked = verify(make_package(old))
    assert (checked.papers, checked.faults) == (0, ())
    assert verify(make_package(replace(old, papers={"另一份.docx": b""}))).faults

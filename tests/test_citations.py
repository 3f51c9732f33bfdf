"""What the code cites exists: every number of docs/rules-reading.md and docs/ledger-format.md, and every quoted sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PUBLISHED = next((ROOT / "tests" / "source").glob("*.txt")).read_text("utf-8")
# rules-reading 3 to 5; neither the file's own name nor the pattern that looks for citations
CITED = re.compile(r"(rules-reading|ledger-format)(?!\.md| \(\\d)((?: ?(?:,|to|and)? ?\d+)*)")
QUOTED = re.compile(r"^> (.+)$", re.MULTILINE)
COLUMN = re.compile(r"（表中一栏）|（标题）|（查验方法）|（考评总分第\d条）|（第[\d、]+项[^）]*）")
CODE = [path for folder in ("scoring", "ui", "pages") for path in (ROOT / folder).rglob("*.py")]


def numbers(document: str) -> list[int]:
    return [
        int(n) for n in re.findall(r"^### (\d+)\.", (ROOT / "docs" / f"{document}.md").read_text("utf-8"), re.MULTILINE)
    ]


@pytest.mark.parametrize("document", ["rules-reading", "ledger-format"])
def test_paragraphs_are_numbered_without_a_gap(document: str) -> None:
    found = numbers(document)
    assert found == list(range(1, len(found) + 1))


def test_every_citation_in_code_points_to_a_number_that_exists() -> None:
    known = {document: set(numbers(document)) for document in ("rules-reading", "ledger-format")}
    cited = 0
    for path in CODE:
        text = path.read_text("utf-8")
        assert "Finer points" not in text, f"{path.name} cites a paragraph without its number"
        for document, places in CITED.findall(text):
            named = {int(number) for number in re.findall(r"\d+", places)}
            assert named, f"{path.name}: {document} is cited without a number"
            assert named <= known[document], f"{path.name}: {document} {sorted(named - known[document])}"
            cited += 1
    assert cited >= 10


def test_every_sentence_quoted_in_the_reading_is_published() -> None:
    folded = re.sub(r"\s", "", PUBLISHED)
    quotes = QUOTED.findall((ROOT / "docs" / "rules-reading.md").read_text("utf-8"))
    assert len(quotes) >= 25
    for line in quotes:
        if line.startswith("原文各句见"):
            continue
        for sentence in filter(None, (part.strip(" 。") for part in COLUMN.split(line))):
            for piece in filter(None, re.split(r"[。…]", sentence)):
                assert re.sub(r"\s", "", piece) in folded, piece

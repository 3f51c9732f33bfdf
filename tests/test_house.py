"""The house rules that no import contract can hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHOWN = [path for folder in ("ui", "pages") for path in (ROOT / folder).rglob("*.py")]


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_only_two_modules_cache_and_one_knows_the_session(path: Path) -> None:
    text = path.read_text("utf-8")
    if path.name not in ("cache.py", "papers.py"):
        assert "st.cache_" not in text
    if path.name != "state.py":
        assert not re.search(r"st\.(session_state|query_params)", text)


@pytest.mark.parametrize(
    "path", [*(ROOT / "pages").rglob("*.py"), *(ROOT / "ui" / "forms").rglob("*.py")], ids=lambda path: path.stem
)
def test_pages_and_forms_ask_the_desk(path: Path) -> None:
    """Hold that nobody chooses real or example data, or names a key, beside ``ui.session.desk``."""
    text = path.read_text("utf-8")
    assert "examples=" not in text
    assert not re.search(r"cache\.(?!marked\b|forget_)\w+\(", text)


@pytest.mark.parametrize("path", [*(ROOT / "pages").rglob("*.py")], ids=lambda path: path.stem)
def test_pages_are_thin(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 90


def test_no_clause_is_named_in_code() -> None:
    for path in [*(ROOT / "scoring").rglob("*.py"), *SHOWN]:
        for line in path.read_text("utf-8").splitlines():
            assert not re.search(r"""["']\d{1,2}[A-C]["']""", line) or ">>>" in line, f"{path.name}: {line.strip()}"

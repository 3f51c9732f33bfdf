"""docs/architecture.md tells the rooms as they are: its table is held against folders, imports and contracts."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docs" / "architecture.md").read_text("utf-8")
ROW = re.compile(r"^\| `((?:scoring|ui)[\w.]*)` \| (.+?) \| (.*?) ?\| (.+?) \|$", re.MULTILINE)
TABLE = {room: (what, set(re.findall(r"`([\w.]+)`", allowed))) for room, what, allowed, _ in ROW.findall(TEXT)}
FOLDERS = {
    ".".join(path.parent.relative_to(ROOT).parts)
    for top in ("scoring", "ui")
    for path in (ROOT / top).rglob("__init__.py")
} - {"scoring", "ui"}


def room_of(module: str) -> str:
    """Return the deepest room that a module lies in."""
    return max(
        (room for room in TABLE if f"{module}.".startswith(f"{room}.")),
        key=len,
        default=module.split(".", maxsplit=1)[0],
    )


def imports_between_rooms() -> set[tuple[str, str, str]]:
    pairs = set()
    for top in ("scoring", "ui"):
        for path in (ROOT / top).rglob("*.py"):
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in ("scoring", "ui"):
                    for name in node.names:
                        here, there = room_of(module), room_of(f"{node.module}.{name.name}")
                        pairs.add((here, there, module))
    return pairs


def test_the_top_of_the_library_holds_folders_and_three_files() -> None:
    assert {path.name for path in (ROOT / "scoring").glob("*.py")} == {"__init__.py", "__main__.py", "problems.py"}
    assert {path.name for path in (ROOT / "ui").glob("*.py")} == {"__init__.py"}


def test_every_folder_has_its_row_and_every_row_its_folder() -> None:
    assert set(TABLE) - {"scoring.problems"} == FOLDERS


def test_rooms_import_what_their_row_allows() -> None:
    for here, there, module in imports_between_rooms():
        if here == there or here not in TABLE or there == "scoring" or there.startswith(f"{here}."):
            continue
        allowed = TABLE[here][1]
        assert there in allowed or there.split(".")[0] in allowed, f"{module} imports {there}: not in the row of {here}"


def test_the_rooms_of_the_contracts_are_in_the_table() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    named = {
        room.strip()
        for contract in contracts
        for line in [*contract.get("layers", []), *contract.get("source_modules", []), *contract.get("modules", [])]
        for room in re.split(r"[|:]", line)
    }
    assert {room for room in named if room_of(room) not in {*TABLE, "scoring", "ui"}} == set()
    layered = {room.strip() for c in contracts for line in c.get("layers", []) for room in re.split(r"[|:]", line)}
    assert {room for room in TABLE if room.count(".") == 1} - layered <= {
        "scoring.store"
    }  # held by forbidden contracts


@pytest.mark.parametrize(
    "path", re.findall(r"\| .+? \| (.+?) \|$", TEXT.split("## Ten questions")[1].split("##")[0], re.MULTILINE)[2:]
)
def test_the_ten_ways_lead_to_files_that_exist(path: str) -> None:
    places = re.findall(r"`([\w./]+)`", path)
    assert places
    for place in places:
        assert (ROOT / place).exists(), place

"""The house rules that no import contract can hold."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from scoring.store.queries import migrations

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
    """Hold that nobody chooses real or example data, or names a key, beside ``ui.session.desk`` and ``ui.session.opening``."""
    text = path.read_text("utf-8")
    assert "examples=" not in text
    assert path.name == "commands.py" or "desk.store" not in text, "what is asked is a question of the desk's"
    assert not re.search(r"cache\.(?!marked\b|forget_)\w+\(", text)


TAG = re.compile(r"</?[a-z][a-z0-9]*(\s[^<]*)?/?>|<[a-z][a-z0-9]*\s+[a-z-]+=|&(#\d+|[a-z]+);")
STREAMLITS_OWN_PAGE = "server.py"  # changes the page that Streamlit delivers, tag by tag


def written_html(source: str) -> list[int]:
    """Return the lines in which HTML is written by hand: a tag in a string, or ``Html``/``Markup`` of anything computed."""
    tree = ast.parse(source)
    owners = [n for n in ast.walk(tree) if isinstance(n, ast.Module | ast.ClassDef | ast.FunctionDef)]
    docs = {id(n.body[0].value) for n in owners if n.body and isinstance(n.body[0], ast.Expr)}
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if id(node) not in docs and TAG.search(text):
                found.append(node.lineno)
            case ast.Call(func=ast.Name("Html" | "Markup"), args=[value]) if not isinstance(value, ast.Constant):
                found.append(node.lineno)
            case ast.Call(func=ast.Attribute(attr="html"), args=[ast.JoinedStr(), *_]):
                found.append(node.lineno)
    return found


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_html_is_built_by_the_library(path: Path) -> None:
    """Hold that nobody has to think of escaping; the one function that makes ``Html`` is named."""
    source = path.read_text("utf-8")
    lines = source.splitlines()
    found = [line for line in written_html(source) if "noqa: S704" not in lines[line - 1]]
    if path.name == "tables.py":
        found = [line for line in found if "return Html(without_breaks(str(h.fragment[nodes])))" not in lines[line - 1]]
    assert not found or path.name == STREAMLITS_OWN_PAGE


@pytest.mark.parametrize(
    "source",
    ['x = "<b>"', "x = f'<td>{data}</td>'", 'x = f"<a href={to}"', "x = Html(data)", "x = Markup(f'{data}')", "x = '&amp;'",
     "st.html(f'{data}')", 'def f():\n    """About ``<b>``."""\n    return "</div>"'],
)  # fmt: skip
def test_html_written_by_hand_is_seen(source: str) -> None:
    assert written_html(source)


@pytest.mark.parametrize("path", [*(ROOT / "pages").rglob("*.py")], ids=lambda path: path.stem)
def test_pages_are_thin(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 90


def test_no_clause_is_named_in_code() -> None:
    for path in [*(ROOT / "scoring").rglob("*.py"), *SHOWN]:
        for line in path.read_text("utf-8").splitlines():
            assert not re.search(r"""["']\d{1,2}[A-C]["']""", line) or ">>>" in line, f"{path.name}: {line.strip()}"


def test_each_step_of_the_schema_has_a_number_of_its_own() -> None:
    assert [version for version, _ in migrations()] == list(range(1, len(migrations()) + 1))


CHINESE = re.compile("[\u4e00-\u9fff]")
NAMES_OF_SHEETS = ("ledger_news",)  # it names a sheet
NUMBERS = [path for path in (ROOT / "scoring" / "analysis").glob("*.py") if not path.stem.endswith("_sentences")]


@pytest.mark.parametrize("path", NUMBERS, ids=lambda path: path.stem)
def test_what_is_said_of_numbers_stands_in_a_module_of_its_own(path: Path) -> None:
    """Sentences and tables are written in ``<name>_sentences.py``, beside the module that works the numbers out."""
    tree = ast.parse(path.read_text("utf-8"))
    named = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    named |= {
        name.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        for name in node.targets
        if isinstance(name, ast.Name)
    }
    assert not [name for name in named if re.fullmatch(r"sentence|\w+_sentence|rows|\w+_rows|HEADER", name)]
    spoken = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CHINESE.search(node.value)
    ]
    documents = (node for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef))
    docstrings = {ast.get_docstring(node, clean=False) for node in documents}
    assert path.stem in NAMES_OF_SHEETS or not [words for words in spoken if words not in docstrings]


PATTERN_FILES = [
    path for folder in ("scoring", "ui") for path in (ROOT / folder).rglob("*.py") if "re." in path.read_text("utf-8")
]


def patterns(tree: ast.AST) -> Iterator[ast.Call]:
    """Yield the calls that write a regular expression, wherever they stand."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(ast.Name("re"), "compile")):
                yield node
            case ast.Call(func=ast.Attribute(ast.Name("re"), name), args=[ast.Constant() | ast.JoinedStr(), *_]) if (
                name != "escape"
            ):
                yield node


@pytest.mark.parametrize("path", PATTERN_FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_patterns_say_what_they_are_for_with_an_example(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    for node in patterns(ast.parse(text)):
        above = lines[node.lineno - 2].strip()
        beside = "".join(lines[number].partition("  # ")[2] for number in range(node.lineno - 1, node.end_lineno or 0))
        comment = beside or (above if above.startswith("# ") else "")
        assert ": " in comment, f"{path.name}:{node.lineno} does not say 'what it is for: an example'"
        assert CHINESE.search(comment) or not CHINESE.search(ast.unparse(node)), (
            f"{path.name}:{node.lineno} gives no example"
        )

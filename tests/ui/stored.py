"""A real database with a few real workbooks in it, for the pages that act on what is stored."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from scoring.ledger.parse import read_ledger
from scoring.model.rules import Rulebook
from scoring.store import Store, locations, open_store
from tests.browser.ledgers import ROWS, UNREADABLE_ROW, write_ledger
from tests.documents.boards import sample_facts
from tests.shared import made_once
from tests.store.workbooks import save_each
from tests.ui.opening import opened, served_by
from ui.session import cache

DAY = date(2023, 7, 7)
UNIT, OTHER = "五华区", "盘龙区"


def fill(data: Path, rulebook: Rulebook) -> Store:
    """Store two counties' ledgers: one has an unreadable cell, an unproved clause and an incentive item to award."""
    return _copied(data, rulebook, partial(_store_two, rulebook))


def _store_two(rulebook: Rulebook, held: Store, folder: Path) -> None:
    put(held, rulebook, _with_incentive(write_ledger(folder / "a.xlsx", rows=[*ROWS, UNREADABLE_ROW])))
    put(held, rulebook, write_ledger(folder / "b.xlsx", unit=OTHER))


def fill_final(data: Path, rulebook: Rulebook, make_final: Callable[[], AppTest]) -> Store:
    """Store the two counties' ledgers, and make their board final by what the function does on the pages."""
    return _copied(data, rulebook, partial(_store_final, rulebook, make_final))


def _store_final(rulebook: Rulebook, make_final: Callable[[], AppTest], held: Store, folder: Path) -> None:
    _store_two(rulebook, held, folder)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv(locations.DATA_VARIABLE, str(folder))
        make_final()
    cache.forget_boards()


def fill_with_all(data: Path, rulebook: Rulebook) -> Store:
    """Store the facts of the board of many faces, one workbook a unit, and its rulings."""
    return _copied(data, rulebook, partial(_store_all, rulebook))


@contextmanager
def filled_under(rules_text: bytes, rulebook: Rulebook, folder: Path) -> Iterator[Path]:
    """Serve other rules than the product's own from a folder in which their board of many faces is stored."""
    with served_by(rules_text, folder):
        fill_with_all(folder, rulebook)
        yield folder


def _store_all(rulebook: Rulebook, held: Store, _: Path) -> None:
    facts = sample_facts(rulebook)
    save_each(held, facts)
    for ruling in facts.rulings:
        held.rule(ruling)


def _copied(data: Path, rulebook: Rulebook, store_in: partial[None]) -> Store:
    """Store under a rulebook what the function stores: once a run, and then as a copy of the files."""

    def make(folder: Path) -> None:
        held = open_store(folder / "assessment.duckdb")
        store_in(held, folder)
        held.close()

    made = made_once(f"{store_in.func.__module__}.{store_in.func.__name__} {rulebook.rules_hash}", make)
    shutil.copytree(made, data, dirs_exist_ok=True)
    return open_store(data / "assessment.duckdb")


def put(held: Store, rulebook: Rulebook, path: Path) -> str:
    """Store one workbook and return its SHA-256."""
    content = path.read_bytes()
    return held.save(
        content, read_ledger(content, path.name, rulebook, 0), "张工", rules_hash=rulebook.rules_hash
    ).upload.sha256


def ledger(path: Path, rows: Iterable[Sequence[object]] = ROWS, **other: Any) -> Path:
    return write_ledger(path, rows=rows, **other)


def _with_incentive(path: Path) -> Path:
    book = load_workbook(path)
    sheet = book.create_sheet("激励加分")
    sheet.append(["填报单位：五华区水务局"])
    sheet.append(["类别", "事项", "申报分值", "认定分值", "认定依据"])
    sheet.append(["工作案例", "获省级通报表扬", 0.5, None, "云营商办1号"])
    book.save(path)
    return path


def button(app: AppTest, label: str) -> Any:
    """Return a button by its label, as it is once the page has heard of what was written."""
    found = next((found for found in app.button if found.label == label), None)
    if found is None or found.disabled:
        app.run()
        found = next(found for found in app.button if found.label == label)
    return found


def choose(app: AppTest, label: str, value: object) -> AppTest:
    """Pick in a segmented control by its label."""
    next(found for found in app.get("button_group") if found.label == label).set_value(value).run()
    assert not app.exception
    return app


def write(app: AppTest, label: str, text: str) -> AppTest:
    """Write into a field by its label: the page hears of it with the next press, or by ``app.run()``."""
    fields = [*app.text_area, *app.text_input]
    next(found for found in fields if found.label.startswith(label)).set_value(text)
    return app


def press(app: AppTest, label: str) -> AppTest:
    button(app, label).click().run()
    assert not app.exception
    return app


def page(url: str, **query: str) -> AppTest:
    return opened(url, as_of=DAY.isoformat(), **query)


def decide_ties(app: AppTest, reason: str = "会议纪要") -> AppTest:
    """Decide every tie at a cut that the page of 定稿 asks about: the first of the tied units is listed."""
    while found := [box for box in app.multiselect if box.label.startswith("列入")]:
        found[0].select(found[0].options[0])
        write(app, "依据", reason)
        if any(field.label.startswith("经办人") for field in app.text_input):
            write(app, "经办人", "王主任")
        press(app, "记下决定")
    return app

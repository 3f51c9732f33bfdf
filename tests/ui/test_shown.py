"""A part of a page is drawn once for a view, and anew as soon as anything that it may say has changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from scoring.model.rules import Rulebook
from scoring.store import Store
from tests.ui.opening import html, opened
from tests.ui.stored import DAY, fill_with_all
from ui.session import access
from ui.session.access import Person
from ui.session.acts import Role
from ui.show import standings


@pytest.fixture
def store(data: Path, rulebook: Rulebook) -> Store:
    """The real database with one workbook of each unit in it."""
    return fill_with_all(data, rulebook)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """Return the days of the boards whose table of losses was drawn, in order."""
    days: list[date] = []
    table = standings.losses_table
    monkeypatch.setattr(standings, "losses_table", lambda board, *rest: days.append(board.as_of) or table(board, *rest))
    return days


def look(**query: str) -> str:
    return html(opened(**{"as_of": DAY.isoformat(), **query}))


def test_the_same_view_is_drawn_once(store: Store, drawn: list[date]) -> None:
    assert look() == look()
    assert drawn == [DAY]


@pytest.mark.parametrize("other", [{"as_of": "2023-09-30"}, {"kind": "department"}, {"late": "strict"}])
def test_another_view_is_drawn_for_itself(store: Store, drawn: list[date], other: dict[str, str]) -> None:
    before = look()
    assert look(**other) != before
    assert look() == before
    assert len(drawn) == 2


def test_whatever_is_done_has_everything_drawn_anew(store: Store, drawn: list[date]) -> None:
    look()
    store.set_setting("任何事", "做了", "张三")
    look()
    assert len(drawn) == 2


def test_the_database_is_asked_once_until_an_event(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    history = Store.history
    monkeypatch.setattr(Store, "history", lambda self, *known: asked.append("history") or history(self, *known))

    def records() -> str:
        return html(opened("history", as_of=DAY.isoformat(), part="events"))

    assert records() == records()
    assert len(asked) == 1
    store.set_setting("任何事", "做了", "李四")
    assert "李四" in records()
    assert len(asked) == 2


def test_nobody_is_shown_what_was_drawn_for_another_role(
    store: Store, drawn: list[date], monkeypatch: pytest.MonkeyPatch
) -> None:
    look()
    monkeypatch.setattr(access, "person", lambda: Person("李四", Role.READER))
    look()
    assert len(drawn) == 2

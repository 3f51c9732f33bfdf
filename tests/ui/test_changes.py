"""What an open page asks every few seconds: was anything done? Nobody is told what, and strangers are told nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit import config

from scoring.model.policy import Policy
from scoring.store import Store
from ui.session import cache
from ui.session.acts import Role
from ui.shell import changes, server, visitor

CLIENT = TestClient(changes.Changes(Starlette()))


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("KUNMING_ASSESSMENT_DATA", str(tmp_path))
    return cache.store(examples=False)


def ask(mark: str) -> int:
    return CLIENT.get(f"/changes/{changes.asked_of(mark, examples=False)}").status_code


def test_an_open_page_is_told_that_something_was_done_and_nothing_else(store: Store) -> None:
    drawn = store.mark()
    assert ask(drawn) == changes.NOTHING
    store.set_policy(2023, Policy(late="strict"), "主任", "会议")
    assert ask(drawn) == changes.SOMETHING
    assert CLIENT.get(f"/changes/{changes.asked_of(drawn, examples=False)}").content == b""
    assert ask(store.mark()) == changes.NOTHING


def test_who_has_not_logged_in_is_told_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visitor, "role_of", lambda _: Role.NOBODY)
    assert ask(store.mark()) == ask("0" * 16) == changes.NOT_TOLD


def test_below_a_path_of_its_own_it_is_asked_there(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    real = config.get_option
    monkeypatch.setattr(config, "get_option", lambda name: "/kaoping/" if name == "server.baseUrlPath" else real(name))
    client, asked = TestClient(changes.Changes(Starlette())), changes.asked_of(store.mark(), examples=False)
    assert client.get(f"/kaoping/changes/{asked}").status_code == changes.NOTHING
    assert client.get(f"/changes/{asked}").status_code == 404, "that address is not ours"
    home = TestClient(Starlette(routes=server.routes())).get("/kaoping/ranking?data=examples", follow_redirects=False)
    assert home.headers["location"].endswith("/kaoping/?data=examples")
    assert {route.path.split("/")[1] for route in server.routes()} == {"kaoping"}

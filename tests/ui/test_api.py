"""The door for programs: by token, the same as the pages, as the OpenAPI file says; a unit's token sees its own."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from scoring.cli.report import card_json
from scoring.judging.rank import make_board
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from scoring.store import Store
from tests.ui.stored import DAY, OTHER, UNIT, fill
from ui.session import access
from ui.session.opening import official_desk
from ui.shell import api
from ui.shell.rates import Rate

WHOLE, BOUND, UNKNOWN = "whole-token", "unit-token", "no-token"
TOKENS = {
    "大屏": {"sha256": sha256(WHOLE.encode()).hexdigest(), "role": "领导"},
    "五华": {"sha256": sha256(BOUND.encode()).hexdigest().upper(), "role": "报送单位", "units": [UNIT]},
    "坏的": {"sha256": sha256(b"bad").hexdigest(), "role": "报送单位"},
}
NAMES = [endpoint.name for endpoint in api.ENDPOINTS]
TYPES = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict, "null": type(None)}


@pytest.fixture
def held(data: Path, rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr(access, "_section", lambda name: {"tokens": TOKENS} if name == "access" else {})
    return fill(data, rulebook)


@pytest.fixture
def client(held: Store) -> TestClient:
    return TestClient(Starlette(routes=api.ROUTES))


def ask(client: TestClient, path: str, token: str = WHOLE, tag: str = "", **query: object) -> Any:
    headers = {"authorization": f"Bearer {token}"} | ({"if-none-match": tag} if tag else {})
    return client.get(f"{api.ROOT}/{path}", params={name: str(value) for name, value in query.items()}, headers=headers)


def every(client: TestClient, path: str, token: str = WHOLE, **query: object) -> list[dict[str, Any]]:
    first = ask(client, path, token, per_page=200, **query).json()
    rest = [ask(client, path, token, per_page=200, page=n, **query).json() for n in range(2, first["pages"] + 1)]
    items = [item for page in (first, *rest) for item in page["items"]]
    assert len(items) == first["total"]
    return items


def test_the_file_says_what_is_served(client: TestClient) -> None:
    kept = Path("docs/openapi.json").read_text("utf-8")
    assert client.get(f"{api.ROOT}/openapi.json").text == kept
    assert {route.path for route in api.ROUTES} == {f"{api.ROOT}/{name}" for name in (*NAMES, "openapi.json")}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("token", [WHOLE, BOUND])
def test_every_answer_fits_its_description(client: TestClient, name: str, token: str) -> None:
    operation = api.description()["paths"][f"/{name}"]["get"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    answer = ask(client, name, token, per_page=200).json()
    fits(answer, schema)
    assert answer["items"] or name == "publications"


def fits(value: Any, schema: dict[str, Any]) -> None:
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    assert type(value) in [TYPES[kind] for kind in kinds], (value, schema)
    for name, inner in schema.get("properties", {}).items():
        fits(value[name], inner)
    if "properties" in schema:
        assert list(value) == schema["required"]
    for item in value if "items" in schema else ():
        fits(item, schema["items"])


@pytest.mark.parametrize("token", ["", UNKNOWN, "bad", sha256(WHOLE.encode()).hexdigest()])
@pytest.mark.parametrize("name", NAMES)
def test_nobody_comes_in_without_a_token(client: TestClient, name: str, token: str) -> None:
    answer = ask(client, name, token)
    assert answer.status_code == 401
    assert UNIT not in answer.text


def test_a_board_is_the_pages_board(client: TestClient, held: Store, rulebook: Rulebook) -> None:
    board = make_board(held.facts(2023), rulebook, DAY, Policy())
    told = [{k: v for k, v in card_json(card).items() if k != "findings"} for card in board.cards]
    assert every(client, "board", as_of=DAY) == told
    mine = every(client, "findings", as_of=DAY, unit=UNIT)
    assert [one["clause"] for one in mine] == [one.clause for one in board.card[UNIT].findings]
    assert len(every(client, "findings", as_of=DAY)) == sum(len(card.findings) for card in board.cards)


def test_a_units_token_sees_its_own_units_only(client: TestClient) -> None:
    for name in NAMES:
        text = ask(client, name, BOUND, per_page=200).text
        assert OTHER not in text, name
    assert [one["rank"] for one in every(client, "board", BOUND)] == [None]
    assert ask(client, "findings", BOUND, unit=OTHER).status_code == 400


@pytest.mark.parametrize(
    "query",
    ["nonsense=1", "year=23x", "year=1999", "year=2098", "as_of=2023-13-01", "as_of=today", "page=0", "per_page=201",
     "page=1&page=2", "unit=某某区", "data=examples"],
)  # fmt: skip
def test_what_cannot_be_asked_is_an_error(client: TestClient, query: str) -> None:
    answer = client.get(f"{api.ROOT}/findings?{query}", headers={"authorization": f"Bearer {WHOLE}"})
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_an_unchanged_board_is_not_sent_again_and_a_changed_one_is(client: TestClient, held: Store) -> None:
    tag = ask(client, "board", as_of=DAY).headers["etag"]
    again = ask(client, "board", as_of=DAY, tag=tag)
    assert (again.status_code, again.content) == (304, b"")
    assert ask(client, "board", BOUND, as_of=DAY).headers["etag"] != tag
    held.withdraw_upload(held.uploads()[0].sha256, "李工", "误传")
    changed = ask(client, "board", as_of=DAY, tag=tag)
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag


def test_pages_hold_everything_once(client: TestClient) -> None:
    whole = every(client, "findings", as_of=DAY)
    pages = ask(client, "findings", as_of=DAY, per_page=7).json()["pages"]
    parts = [ask(client, "findings", as_of=DAY, per_page=7, page=n).json()["items"] for n in range(1, pages + 2)]
    assert [item for part in parts for item in part] == whole
    assert parts[-1] == []


def test_a_token_that_asks_too_often_waits_and_no_other_does(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "_questions", Rate(3))
    assert [ask(client, "years").status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    assert ask(client, "years", BOUND).status_code == 200
    assert [ask(client, "years", UNKNOWN).status_code for _ in range(4)] == [401, 401, 401, 429]


def test_a_desk_of_programs_is_the_desk_of_the_pages(held: Store) -> None:
    desk = official_desk(2023, DAY, (UNIT,))
    assert desk.whose == (UNIT,)
    assert [card.unit for card in desk.board().cards] == [UNIT]

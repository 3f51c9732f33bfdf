"""The door for programs: read-only JSON under ``/api/v1/``, by token, from the same functions as the pages.

``ENDPOINTS`` is all of it: what is answered, what may be asked, what each item holds. The OpenAPI file is made of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256
from typing import Any, TypeAlias

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from scoring.analysis.open_matters_sentences import says
from scoring.cli.report import card_json, finding_json
from scoring.rulebook.read import RulebookError
from scoring.rulebook.unit_names import find_unit
from scoring.store import StoreError
from ui.session import access, acts
from ui.session.acts import Act
from ui.session.desk import Desk
from ui.session.opening import official_desk
from ui.session.recent import Recent
from ui.shell.rates import WINDOW, Rate

ROOT = "/api/v1"
MOST = 200  # items of a page
MOST_QUESTIONS = 600  # of one token from one address in a minute
Item: TypeAlias = dict[str, Any]
Schema: TypeAlias = dict[str, Any]

TEXT, WHOLE, TRUTH = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}
DAY = {"type": "string", "format": "date"}
MAYBE_DAY, MAYBE_TEXT = {"type": ["string", "null"], "format": "date"}, {"type": ["string", "null"]}
MAYBE_WHOLE = {"type": ["integer", "null"]}
OBJECTS = {"type": "array", "items": {"type": "object"}}

PARAMETERS: Mapping[str, tuple[str, Schema]] = {
    "year": ("考评年度，默认现行细则的年度", {"type": "integer", "minimum": 2000, "maximum": 2099}),
    "as_of": ("截至哪一天，默认今天", DAY),
    "unit": ("单位，全称或习惯名称", TEXT),
    "clause": ("评分项编号", TEXT),
    "page": ("第几页，从1开始", {"type": "integer", "minimum": 1, "default": 1}),
    "per_page": ("每页多少项", {"type": "integer", "minimum": 1, "maximum": MOST, "default": 50}),
}


class WrongQuestionError(ValueError):
    """What is asked cannot be answered; the message says in Chinese why."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, read and checked. ``unit`` is a full name; None where it was not asked for."""

    desk: Desk
    unit: str | None
    clause: str | None


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One kind of list. ``by_desk``: what the desk rests on decides the answer, so it need not be made again."""

    name: str
    says: str
    asks: tuple[str, ...]
    fields: Mapping[str, Schema]
    items: Callable[[Asked], Iterable[Item]]
    by_desk: bool = True


def _years(asked: Asked) -> Iterable[Item]:
    held = asked.desk.ledger_years()
    return ({"year": year, "has_ledgers": year in held} for year in asked.desk.years())


def _units(asked: Asked) -> Iterable[Item]:
    shown = (unit for unit in asked.desk.rulebook.units if unit.assessed)
    return ({"unit": unit.name, "short": unit.short, "kind": unit.kind, "code": unit.code} for unit in shown)


def _board(asked: Asked) -> Iterable[Item]:
    for card in asked.desk.board().cards:
        told = card_json(card)
        told.pop("findings")
        yield told | ({"rank": None} if asked.desk.whose else {})  # others are not shown to a unit


def _findings(asked: Asked) -> Iterable[Item]:
    for card in asked.desk.board().cards:
        for finding in card.findings if asked.unit in (None, card.unit) else ():
            if asked.clause in (None, finding.clause):
                yield {"unit": card.unit, "item": finding.item, **finding_json(finding)}


def _punctuality(asked: Asked) -> Iterable[Item]:
    cards = asked.desk.board().card
    for (unit, quarter), sent in asked.desk.punctuality().items():
        if unit in cards and asked.unit in (None, unit):
            first = sent.first.submitted.isoformat() if sent.first else None
            yield {
                "unit": unit,
                "quarter": quarter,
                "sending": sent.timeliness.value,
                "first": first,
                "ledgers": sent.ledgers,
            }


def _matters(asked: Asked) -> Iterable[Item]:
    for one in asked.desk.open_matters():
        if asked.unit is None or asked.unit in one.units:
            yield {
                "part": one.part.value, "units": list(one.units), "clause": one.clause, "item": one.title, "says": says(one),
                "why": one.matter.why.value if one.matter else None, "owner": one.owner.value, "due": one.due.isoformat(),
                "blocks": one.blocks,
            }  # fmt: skip


def _publications(asked: Asked) -> Iterable[Item]:
    for publication in asked.desk.publications():
        cards = asked.desk.published_board(publication.number).cards
        yield {
            "number": publication.number, "title": publication.title, "as_of": publication.as_of.isoformat(),
            "published_at": publication.published_at.isoformat(), "replaces": publication.replaces, "rules": publication.rules,
            "board": [{"unit": c.unit, "kind": c.kind, "score": f"{c.score:.2f}", "rank": c.rank} for c in cards],
        }  # fmt: skip


POINTS = dict.fromkeys(("base", "responsibility", "case_points", "incentive", "deductions", "raw", "score"), TEXT)
ENDPOINTS = (
    Endpoint("years", "有细则的年度", (), {"year": WHOLE, "has_ledgers": TRUTH}, _years, by_desk=False),
    Endpoint("units", "参加考评的单位", ("year",), {"unit": TEXT, "short": TEXT, "kind": TEXT, "code": MAYBE_TEXT}, _units),
    Endpoint(
        "board", "各单位得分和名次（报送单位没有名次）", ("year", "as_of"),
        {"unit": TEXT, "kind": TEXT, "reported": TRUTH, **POINTS, "rank": MAYBE_WHOLE}, _board,
    ),
    Endpoint(
        "findings", "逐项得失，连同原文、理由和出处", ("year", "as_of", "unit", "clause"),
        {"unit": TEXT, "item": TEXT, "clause": TEXT, "task": WHOLE, "outcome": TEXT, "points": TEXT, "deadline": MAYBE_DAY,
         "quote": TEXT, "reason": TEXT, "sources": OBJECTS, "evidence": OBJECTS}, _findings,
    ),
    Endpoint(
        "punctuality", "每季度台账按时、迟报、没有报", ("year", "as_of", "unit"),
        {"unit": TEXT, "quarter": WHOLE, "sending": TEXT, "first": MAYBE_DAY, "ledgers": WHOLE}, _punctuality,
    ),
    Endpoint(
        "open-matters", "未了事项：哪一类、由谁办、期限、是否挡住定稿", ("year", "as_of", "unit"),
        {"part": TEXT, "units": {"type": "array", "items": TEXT}, "clause": TEXT, "item": TEXT, "says": TEXT,
         "why": MAYBE_TEXT, "owner": TEXT, "due": DAY, "blocks": TRUTH}, _matters, by_desk=False,
    ),
    Endpoint(
        "publications", "定稿和公布的名次", ("year",),
        {"number": TEXT, "title": TEXT, "as_of": DAY, "published_at": {"type": "string", "format": "date-time"},
         "replaces": MAYBE_TEXT, "rules": TEXT, "board": OBJECTS}, _publications, by_desk=False,
    ),
)  # fmt: skip
_made: Recent[bytes] = Recent(256)
_questions = Rate(MOST_QUESTIONS)


async def _answer(endpoint: Endpoint, came: Request) -> Response:
    """Answer one question."""
    scheme, _, token = came.headers.get("authorization", "").partition(" ")
    if _questions.is_exceeded(f"{came.client.host if came.client else ''} {sha256(token.encode()).hexdigest()}"):
        return _refused(429, "问得太频繁，请过一分钟再问。", {"retry-after": str(int(WINDOW))})
    role, units = access.rights_of_token(token.strip() if scheme.casefold() == "bearer" else "")
    if not acts.can(role, Act.ENTER):
        return _refused(401, "需要令牌。", {"www-authenticate": "Bearer"})
    try:
        tag, body = await run_in_threadpool(_made_of, endpoint, came.query_params.multi_items(), units)
    except WrongQuestionError as error:
        return _refused(400, str(error))
    except (StoreError, RulebookError) as error:
        return _refused(503, str(error))
    headers = {"etag": f'"{tag}"', "cache-control": "private, no-cache", "vary": "authorization"}
    known = {part.strip().removeprefix("W/").strip('"') for part in came.headers.get("if-none-match", "").split(",")}
    if tag in known:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def _made_of(endpoint: Endpoint, query: list[tuple[str, str]], units: tuple[str, ...]) -> tuple[str, bytes]:
    """Return the name of an answer's content and the answer.

    Raises:
        WrongQuestionError: it cannot be answered.
    """
    given = _read(endpoint, query)
    desk = official_desk(given.get("year"), given.get("as_of"), units)
    if given.get("year", desk.year) != desk.year:
        raise WrongQuestionError(f"没有{given['year']}年度的细则。")
    unit = find_unit(desk.rulebook, given["unit"]) if "unit" in given else None
    if "unit" in given and (unit is None or not unit.assessed):
        raise WrongQuestionError(f"没有“{given['unit']}”这个单位，或者不对您开放。")
    asked = Asked(desk, unit.name if unit else None, given.get("clause"))
    page, most = given.get("page", 1), given.get("per_page", 50)
    make = partial(_page, endpoint, asked, page, most)
    if not endpoint.by_desk:
        body = make()
        return sha256(body).hexdigest()[:32], body
    tag = sha256(repr((desk.key, endpoint.name, asked.unit, asked.clause, page, most)).encode()).hexdigest()[:32]
    return tag, _made.get((tag,), make)


def _page(endpoint: Endpoint, asked: Asked, page: int, most: int) -> bytes:
    """Return one page of an answer."""
    listed = list(endpoint.items(asked))
    whole = {
        "data_version": asked.desk.facts_hash, "year": asked.desk.year, "as_of": asked.desk.as_of.isoformat(),
        "page": page, "pages": max(1, -(-len(listed) // most)), "total": len(listed),
        "items": listed[(page - 1) * most : page * most],
    }  # fmt: skip
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def _read(endpoint: Endpoint, query: list[tuple[str, str]]) -> dict[str, Any]:
    """Return what is asked, each value read.

    Raises:
        WrongQuestionError: a parameter is unknown, given twice, or no such value.
    """
    names = [name for name, _ in query]
    known = (*endpoint.asks, "page", "per_page")
    for name in names:
        if name not in known:
            raise WrongQuestionError(f"没有“{name}”这个参数，可以用的是 {'、'.join(known)}。")
        if names.count(name) > 1:
            raise WrongQuestionError(f"参数“{name}”写了两次。")
    return {name: _value(name, text) for name, text in query}


def _value(name: str, text: str) -> Any:
    schema = PARAMETERS[name][1]
    if schema["type"] == "integer":
        # a whole number: 2023
        if re.fullmatch(r"[0-9]{1,6}", text) and schema["minimum"] <= int(text) <= schema.get("maximum", int(text)):
            return int(text)
    elif schema is not DAY:
        return text
    else:
        try:
            # a day: 2023-12-31
            return date.fromisoformat(text if re.fullmatch(r"20\d\d-\d\d-\d\d", text, re.ASCII) else "")
        except ValueError:
            pass
    raise WrongQuestionError(f"参数“{name}”的值“{text[:40]}”不对：{PARAMETERS[name][0]}。")


def _refused(status: int, why: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    return JSONResponse({"error": why}, status, headers=headers)


def description() -> Schema:
    """Return the OpenAPI description of everything that is answered."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "昆明市获得用水指标考评：数据接口", "version": "1"},
        "servers": [{"url": ROOT}],
        "security": [{"token": []}],
        "paths": {f"/{endpoint.name}": {"get": _operation(endpoint)} for endpoint in ENDPOINTS},
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
    }


def _operation(endpoint: Endpoint) -> Schema:
    head = {"data_version": TEXT, "year": WHOLE, "as_of": DAY, "page": WHOLE, "pages": WHOLE, "total": WHOLE}
    item = _object(endpoint.fields)
    answer = _object({**head, "items": {"type": "array", "items": item}})
    return {
        "summary": endpoint.says,
        "parameters": [
            {"name": name, "in": "query", "description": PARAMETERS[name][0], "schema": PARAMETERS[name][1]}
            for name in (*endpoint.asks, "page", "per_page")
        ],
        "responses": {
            "200": {"description": endpoint.says, "content": {"application/json": {"schema": answer}}},
            "304": {"description": "没有变化"},
            "400": {"description": "参数不对"},
            "401": {"description": "需要令牌"},
            "429": {"description": "问得太频繁"},
        },
    }  # fmt: skip


def _object(fields: Mapping[str, Schema]) -> Schema:
    return {"type": "object", "properties": dict(fields), "required": list(fields), "additionalProperties": False}


def as_text() -> str:
    """Return the description as the file in ``docs`` holds it."""
    return json.dumps(description(), ensure_ascii=False, indent=1) + "\n"


async def _described(_request: Request) -> Response:
    return Response(as_text(), media_type="application/json")


ROUTES = [
    Route(f"{ROOT}/openapi.json", _described, methods=["GET"]),
    *(Route(f"{ROOT}/{endpoint.name}", partial(_answer, endpoint), methods=["GET"]) for endpoint in ENDPOINTS),
]

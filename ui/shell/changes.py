"""``/changes``: whether anything was done since an open page was drawn. Every open page asks it every few seconds.

A fragment that looks by itself costs the server several milliseconds each time; this costs a fraction of one, and the
fragment is drawn anew only where there is something to say.
"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from scoring.store import StoreError
from ui.session import cache
from ui.session.acts import Act
from ui.session.view import EXAMPLES
from ui.shell import visitor

REAL = "real"
PATH = "/changes/{which}/{mark}"
NOTHING, SOMETHING, NOT_TOLD = 204, 200, 403


def asked_of(mark: str, *, examples: bool) -> str:
    """Return what a page asks for: which ledgers it shows, and the mark of what they were."""
    return f"{EXAMPLES if examples else REAL}/{mark}"


async def changes(request: Request) -> Response:
    """Answer 204 where nothing was done since ``mark``, 200 where something was; nobody is told what."""
    if not visitor.may(request, Act.ENTER):
        return Response(status_code=NOT_TOLD)
    examples = request.path_params["which"] == EXAMPLES
    try:
        now = await run_in_threadpool(_mark, examples=examples)
    except StoreError:
        return Response(status_code=NOTHING)
    return Response(status_code=NOTHING if now == request.path_params["mark"] else SOMETHING)


def _mark(*, examples: bool) -> str:
    return cache.store(examples=examples).mark()

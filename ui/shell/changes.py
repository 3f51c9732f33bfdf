"""``/changes``: whether anything was done since an open page was drawn. Every open page asks it every few seconds.

A fragment that looks by itself costs the server several milliseconds each time; this costs a fraction of one, and the
fragment is drawn anew only where there is something to say. It is answered before everything that other requests pass.
"""

from __future__ import annotations

import re

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from scoring.store import StoreError
from ui.session import cache
from ui.session.acts import Act
from ui.session.view import EXAMPLES
from ui.shell import visitor
from ui.shell.base_path import base_path
from ui.shell.headers import SAID

REAL = "real"
NOTHING, SOMETHING, NOT_TOLD = 204, 200, 403


def asked_of(mark: str, *, examples: bool) -> str:
    """Return what a page asks for: which ledgers it shows, and the mark of what they were."""
    return f"{EXAMPLES if examples else REAL}/{mark}"


class Changes:
    """Answer 204 where nothing was done since a mark, 200 where something was; nobody is told what."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        # what is asked, below the app's own path: /changes/real/3f2a…
        self._asked = re.compile(rf"{re.escape(base_path())}/changes/({REAL}|{EXAMPLES})/([^/]+)")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; every other is passed on."""
        asked = self._asked.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if asked is None:
            await self._app(scope, receive, send)
            return
        answer = Response(status_code=await _status(scope, asked[1], asked[2]))
        answer.raw_headers += SAID
        await answer(scope, receive, send)


async def _status(scope: Scope, which: str, mark: str) -> int:
    if not visitor.may(HTTPConnection(scope), Act.ENTER):
        return NOT_TOLD
    try:
        present = await run_in_threadpool(_mark, examples=which == EXAMPLES)
    except StoreError:
        return NOTHING
    return NOTHING if present == mark else SOMETHING


def _mark(*, examples: bool) -> str:
    return cache.store(examples=examples).mark()

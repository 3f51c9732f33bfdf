"""One line in the journal for each request that is answered."""

from __future__ import annotations

import re
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.session import journal
from ui.shell.base_path import base_path

# a session and its file in an address: upload_file/1a2b3c4d5e/6f
SESSION = re.compile(r"(upload_file/[^/]{8})[^/]*/.*")
QUIET = ("/static/", "/_stcore/health", "/healthz", "/favicon")  # asked all the time, and telling nothing


class RequestLog:
    """Write a line for each answered request and each ended connection."""

    def __init__(self, app: ASGIApp) -> None:
        self._app, self._base = app, base_path()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] not in ("http", "websocket") or scope["path"].removeprefix(self._base).startswith(QUIET):
            await self._app(scope, receive, send)
            return
        began, status = time.monotonic(), 0

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            took = round((time.monotonic() - began) * 1000)
            who = (scope.get("client") or ("",))[0]
            journal.write(
                "request",
                who=who,
                what=_what(scope),
                status=status,
                milliseconds=took,
            )


def _what(scope: Scope) -> str:
    """Return method and path; of a session's name, which opens its uploads, only the beginning."""
    path = SESSION.sub(r"\1…", scope["path"])
    return f"{scope.get('method', 'WS')} {path}"

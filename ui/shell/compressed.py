"""Streamlit's own scripts and style sheets go over the line compressed: each is packed once and kept.

Streamlit sends them as they are, since packing them at every request would cost more than it saves. On a slow line they
are four fifths of a first visit.
"""

from __future__ import annotations

import gzip

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

KINDS = (".js", ".css")
WITHIN = "/static/"
NOT_WHOLE = ("range", "if-none-match", "if-modified-since")  # a request that asks for a part, or whether there is news


class Compressed:
    """Pack the scripts that the app inside answers with. It has state because it keeps what it has packed."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._kept: dict[str, tuple[Message, bytes]] = {}  # by path; names carry a hash of the content

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if not _may_pack(scope):
            await self._app(scope, receive, send)
            return
        kept = self._kept.get(scope["path"])
        if kept is None:
            kept = await self._ask(scope, receive)
        start, body = kept
        await send(start)
        await send({"type": "http.response.body", "body": body})

    async def _ask(self, scope: Scope, receive: Receive) -> tuple[Message, bytes]:
        """Have the app answer; what it answers well is packed and kept, all else is given as it is."""
        told: list[Message] = []

        async def take(message: Message) -> None:
            told.append(message)

        await self._app(scope, receive, take)
        start, body = told[0], b"".join(piece.get("body", b"") for piece in told[1:])
        headers = MutableHeaders(raw=list(start["headers"]))
        if start["status"] != 200 or "content-encoding" in headers:
            return start, body
        packed = await run_in_threadpool(gzip.compress, body, 9, mtime=0)
        headers["content-encoding"], headers["content-length"] = "gzip", str(len(packed))
        headers.add_vary_header("accept-encoding")
        if (etag := headers.get("etag")) and not etag.startswith("W/"):
            headers["etag"] = f"W/{etag}"  # the same content, not the same bytes
        kept = {**start, "headers": headers.raw}, packed
        self._kept[scope["path"]] = kept
        return kept


def _may_pack(scope: Scope) -> bool:
    """Tell whether a request asks for the whole of a script or style sheet and takes it packed."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    headers, path = Headers(scope=scope), scope["path"]
    is_ours = WITHIN in path and path.endswith(KINDS) and not any(name in headers for name in NOT_WHOLE)
    return is_ours and "gzip" in headers.get("accept-encoding", "")

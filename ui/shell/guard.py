"""Refuse what may not come in before a byte of it is read, and bound what one session may hold.

Streamlit's own routes take files from anyone who holds a session, and any session may send more than a page asked for.
"""

from __future__ import annotations

import re
import time
from collections import defaultdict, deque
from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config, runtime

from ui.session.acts import Act
from ui.shell import visitor

UPLOAD = re.compile(r"/_stcore/upload_file/([^/]+)/[^/]+/?$")  # the address of one file of one session
READ = re.compile(r"/media/|/_stcore/metrics")  # what pages hand out for download, and the server's own figures
MEGABYTE = 1024 * 1024
WINDOW = 60.0  # seconds in which uploads are counted
MOST_UPLOADS = 200  # of one address in that time: fourteen counties with their packages are a tenth of it
MOST_OF_SESSION = 100  # of one page in that time
REMEMBERED = 1000  # senders, before those of long ago are let go


class Guard:
    """Stand before Streamlit's routes. It has state: who sent how often lately, and what is on its way in."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._sent: dict[str, deque[float]] = defaultdict(deque)
        self._coming: dict[str, int] = defaultdict(int)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        upload = UPLOAD.search(scope["path"]) if scope["type"] == "http" else None
        if upload and scope["method"] == "PUT":
            await self._take(upload[1], scope, receive, send)
        elif scope["type"] == "http" and READ.search(scope["path"]) and not _may(scope, Act.ENTER):
            await _refuse(403, "请先登录。", scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _take(self, session: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Let an upload through where its sender may upload and has room left."""
        most = config.get_option("server.maxUploadSize") * MEGABYTE
        size = _length(Headers(scope=scope))
        if not _may(scope, Act.UPLOAD):
            await _refuse(403, "这一步需要“审核”身份，文件没有接收。", scope, receive, send)
        elif self._too_often((scope.get("client") or ("",))[0], MOST_UPLOADS) | self._too_often(
            session, MOST_OF_SESSION
        ):
            await _refuse(429, "上传太频繁，请过一分钟再试。", scope, receive, send)
        elif held_bytes(session) + self._coming[session] + (size or 0) > most:
            await _refuse(413, "这个页面已经收下的文件太多，请先入库或移除。", scope, receive, send)
        else:
            await self._let_through(session, most, scope, receive, send)

    async def _let_through(self, session: str, most: int, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass an upload on, counting its bytes as they come; one that outgrows the room is cut off."""
        came = 0
        room = most - held_bytes(session) - self._coming[session]

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            size = len(message.get("body", b""))
            came += size
            self._coming[session] += size
            return {"type": "http.disconnect"} if came > room + MEGABYTE else message

        try:
            await self._app(scope, counted, send)
        finally:
            self._coming[session] -= came
            if self._coming[session] <= 0:
                del self._coming[session]

    def _too_often(self, who: str, most: int) -> bool:
        """Count an upload of an address or a session; tell whether it is more than it may send in the window."""
        now = time.monotonic()
        if who not in self._sent and len(self._sent) >= REMEMBERED:
            self._forget(now)
        sent = self._sent[who]
        while sent and sent[0] < now - WINDOW:
            sent.popleft()
        sent.append(now)
        return len(sent) > most

    def _forget(self, now: float) -> None:
        """Let go of who has sent nothing lately."""
        for who in [who for who, sent in self._sent.items() if sent[-1] < now - WINDOW]:
            del self._sent[who]


def held_bytes(session: str) -> int:
    """Return how many bytes of uploads a session holds; Streamlit lets go of them when the session ends."""
    storage: Mapping[str, Mapping[str, object]] = getattr(runtime.get_instance().uploaded_file_mgr, "file_storage", {})
    return sum(len(getattr(record, "data", b"")) for record in list(storage.get(session, {}).values()))


def _may(scope: Scope, act: Act) -> bool:
    return visitor.may(HTTPConnection(scope), act)


def _length(headers: Headers) -> int | None:
    given = headers.get("content-length", "")
    return int(given) if re.fullmatch(r"[0-9]{1,15}", given) else None


async def _refuse(status: int, why: str, scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse(why, status, headers={"connection": "close"})(scope, receive, send)

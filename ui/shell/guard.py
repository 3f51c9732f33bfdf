"""Refuse what may not come in before a byte of it is read, and bound what one session may hold.

Streamlit's own routes take files from anyone who holds a session, and any session may send more than a page asked for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config, runtime

from ui.session.acts import Act
from ui.shell import visitor
from ui.shell.rates import Rate

# the address of one file of one session: /_stcore/upload_file/1a2b/3c4d
UPLOAD = re.compile(r"/_stcore/upload_file/([^/]+)/[^/]+/?$")
# what pages hand out for download, and the server's own figures: /media/1a2b.xlsx
READ = re.compile(r"/media/|/_stcore/metrics")
MEGABYTE = 1024 * 1024
MOST_UPLOADS = 200  # of one address in a minute: fourteen counties with their packages are a tenth of it
MOST_OF_SESSION = 100  # of one page in a minute


class Guard:
    """Stand before Streamlit's routes. It has state: who sent how often lately, and what is on its way in."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._of_address, self._of_session = Rate(MOST_UPLOADS), Rate(MOST_OF_SESSION)
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
        elif self._of_address.is_exceeded(address(scope)) | self._of_session.is_exceeded(session):
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


class LeftBehind:
    """Free what sessions that have ended still hold. It has state: a session may come back until the next look.

    Streamlit lets a session that has gone come back for two minutes, and frees it only when another one goes.
    """

    def __init__(self) -> None:
        self._gone: set[str] = set()

    def look(self, sessions: Iterable[str], is_here: Callable[[str], bool], free: Callable[[str], None]) -> None:
        """Free the files of each session that is gone now and was gone at the last look."""
        gone = {session for session in sessions if not is_here(session)}
        for session in gone & self._gone:
            free(session)
        self._gone = gone - self._gone


def free_left_behind(left: LeftBehind) -> None:
    """Look over what the running server holds."""
    if runtime.exists():
        running = runtime.get_instance()
        left.look(list(_storage()), running.is_active_session, running.uploaded_file_mgr.remove_session_files)


def address(scope: Scope) -> str:
    """Return the address that a request came from; empty: it came from none, as in a test."""
    return (scope.get("client") or ("",))[0]


def held_bytes(session: str) -> int:
    """Return how many bytes of uploads a session holds."""
    return sum(len(getattr(record, "data", b"")) for record in list(_storage().get(session, {}).values()))


def _storage() -> Mapping[str, Mapping[str, object]]:
    """Return the files that each session holds, by session."""
    return getattr(runtime.get_instance().uploaded_file_mgr, "file_storage", {})


def _may(scope: Scope, act: Act) -> bool:
    return visitor.may(HTTPConnection(scope), act)


def _length(headers: Headers) -> int | None:
    given = headers.get("content-length", "")
    # the length that a request claims: 1048576
    return int(given) if re.fullmatch(r"[0-9]{1,15}", given) else None


async def _refuse(status: int, why: str, scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse(why, status, headers={"connection": "close"})(scope, receive, send)

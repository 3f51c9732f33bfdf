"""After login one arrives where the link pointed: the page that was asked for is remembered through the login."""

from __future__ import annotations

from urllib.parse import quote, unquote, urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.session import access
from ui.session.acts import Role
from ui.shell import visitor

COOKIE = "wanted_page"
SECONDS = 900  # a login takes no longer
LONGEST = 1500  # characters of an address that is remembered
CALLBACK = "/oauth2callback"


class Arrival:
    """Remember the page that a stranger asked for, and lead there when the login comes back."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] != "GET" or not access.has_login():
            await self._app(scope, receive, send)
            return
        request = Request(scope)

        async def change(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=list(message["headers"]))  # the page's own list serves everybody
                if request.url.path.endswith(CALLBACK):
                    lead(request, message["status"], headers)
                elif headers.get("content-type", "").startswith("text/html"):
                    remember(request, headers)
                message["headers"] = headers.raw
            await send(message)

        await self._app(scope, receive, change)


def remember(request: Request, headers: MutableHeaders) -> None:
    """Remember the page that somebody asked for who has not logged in."""
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    if len(asked) <= LONGEST and asked != "/" and visitor.role_of(request) is Role.NOBODY:
        headers.append("set-cookie", _cookie(quote(asked, safe=""), SECONDS))


def lead(request: Request, status: int, headers: MutableHeaders) -> None:
    """Send the login's answer on to the page that was asked for, on this host only."""
    wanted = unquote(request.cookies.get(COOKIE, ""))
    if status in (302, 303, 307) and is_own_page(wanted):
        headers["location"] = wanted
        headers.append("set-cookie", _cookie("", 0))


def is_own_page(address: str) -> bool:
    r"""Tell whether an address is a path of ours; ``//host`` and ``/\\host`` lead elsewhere.

    >>> is_own_page("/unit?unit=a"), is_own_page("//evil.example"), is_own_page("https://evil.example/"), is_own_page("")
    (True, False, False, False)
    """
    parts = urlsplit(address)
    plain = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return plain and not parts.scheme and not parts.netloc


def _cookie(value: str, seconds: int) -> str:
    return f"{COOKIE}={value}; Max-Age={seconds}; Path=/; HttpOnly; SameSite=Lax"

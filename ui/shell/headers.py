"""What is said to the browser with every answer: ask no other host, guess no type, tell nobody where one came from."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Nothing is asked of any other host, whatever stands in a ledger, and no text is run as a script. Streamlit's page holds
# scripts and styles of its own in the page itself, so 'unsafe-inline' stays for both.
CONTENT = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "frame-src 'self' blob: data:",
        "frame-ancestors 'self'",
        "form-action 'self'",
        "object-src 'none'",
        "base-uri 'self'",
    )
)
SAID = (
    (b"content-security-policy", CONTENT.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
NAMES = frozenset(name for name, _ in SAID)


class SecurityHeaders:
    """Add the headers to each answer, and keep cookies to encrypted connections where the visit came by one."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        encrypted = is_encrypted(scope)

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [pair for pair in message["headers"] if pair[0].lower() not in NAMES]
                message["headers"] = [*(_cookie(pair, secure=encrypted) for pair in kept), *SAID]
            await send(message)

        await self._app(scope, receive, add if scope["type"] == "http" else send)


def is_encrypted(scope: Scope) -> bool:
    """Tell whether a visit came by https, here or at the proxy before us."""
    forwarded = [value for name, value in scope.get("headers", ()) if name == b"x-forwarded-proto"]
    return scope.get("scheme") in ("https", "wss") or forwarded[:1] == [b"https"]


def _cookie(pair: tuple[bytes, bytes], *, secure: bool) -> tuple[bytes, bytes]:
    """Return a header; a cookie that says nothing of them gets SameSite, and Secure where the visit was encrypted."""
    name, value = pair
    if name.lower() != b"set-cookie":
        return pair
    folded = value.lower()
    if b"samesite" not in folded:
        value += b"; SameSite=Lax"
    if secure and b"; secure" not in folded:
        value += b"; Secure"
    return name, value

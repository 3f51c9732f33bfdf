"""A real OpenID Connect provider on localhost: whoever logs in chooses an e-mail in a form, as at any provider."""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT = "kunming"


class Provider(ThreadingHTTPServer):
    """Hold the signing key and the codes that were given out."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.key = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"})
        self.codes: dict[str, tuple[str, str, bool]] = {}
        self.address = f"http://localhost:{self.server_address[1]}"

    def token(self, code: str) -> dict[str, object]:
        email, nonce, verified = self.codes.pop(code)
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "sub": email, "email": email, "email_verified": verified,
                  "iat": now, "exp": now + 600, "nonce": nonce}  # fmt: skip
        signed = jwt.encode({"alg": "RS256", "kid": "k1"}, claims, self.key)
        return {"access_token": secrets.token_hex(8), "token_type": "Bearer", "expires_in": 600, "id_token": signed}


class Answers(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(asked.query).items()}
        if asked.path == "/.well-known/openid-configuration":
            here = self.server.address
            self._json({
                "issuer": here, "authorization_endpoint": f"{here}/authorize", "token_endpoint": f"{here}/token",
                "jwks_uri": f"{here}/jwks", "response_types_supported": ["code"], "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
            })  # fmt: skip
        elif asked.path == "/jwks":
            self._json({"keys": [self.server.key.as_dict(private=False)]})
        elif asked.path == "/authorize":
            hidden = "".join(f"<input type=hidden name='{escape(n)}' value='{escape(v)}'>" for n, v in query.items())
            self._say(
                200,
                f"<form action='/login'>{hidden}<input name=email><input name=verified value=yes><button>OK</button></form>",
            )
        elif asked.path == "/login":
            code = secrets.token_hex(8)
            self.server.codes[code] = (query["email"], query.get("nonce", ""), query.get("verified") == "yes")
            back = urlencode({"code": code, "state": query["state"]})
            self.send_response(302)
            self.send_header("location", f"{query['redirect_uri']}?{back}")
            self.end_headers()
        else:
            self._say(404, "")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        self._json(self.server.token(parse_qs(body)["code"][0]))

    def _json(self, value: object) -> None:
        self._say(200, json.dumps(value), "application/json")

    def _say(self, status: int, text: str, kind: str = "text/html; charset=utf-8") -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        """Keep the tests' output free of the provider's requests."""


@contextmanager
def provider() -> Iterator[Provider]:
    with Provider() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def secrets_toml(app: str, server: Provider, roles: dict[str, str]) -> str:
    """Return the configuration that an administrator would write."""
    lines = "\n".join(f'"{email}" = {role if role.startswith("{") else repr(role)}' for email, role in roles.items())
    return (
        f'[auth]\nredirect_uri = "{app}/oauth2callback"\ncookie_secret = "{secrets.token_hex(24)}"\nclient_id = "{CLIENT}"\n'
        f'client_secret = "s"\nserver_metadata_url = "{server.address}/.well-known/openid-configuration"\n\n'
        f"[access.roles]\n{lines}\n"
    )

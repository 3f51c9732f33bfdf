"""The configuration of nginx, run by a real nginx in front of two servers."""

from __future__ import annotations

import os
import re
import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.client import HTTPConnection, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.browser.server import free_port

ROOT = Path(__file__).resolve().parents[2]


class Named(BaseHTTPRequestHandler):
    """Answer with the server's own port, and whose request it was."""

    def do_GET(self) -> None:
        body = f"{self.server.server_address[1]} {self.headers.get('X-Forwarded-For')} {self.headers.get('X-Forwarded-Proto')}"
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@dataclass
class Front:
    """nginx with its two ports, and the servers behind it."""

    plain: int
    tls: int
    certificate: Path
    servers: tuple[ThreadingHTTPServer, ...] = ()

    def ask(self, cookie: str = "", headers: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Return status, text, and the cookie to send from now on."""
        trusted = ssl.create_default_context(cafile=str(self.certificate))
        connection = HTTPSConnection("localhost", self.tls, timeout=10, context=trusted)
        connection.request("GET", "/", headers=({"Cookie": cookie} if cookie else {}) | (headers or {}))
        answer = connection.getresponse()
        text, given = answer.read().decode(), answer.getheader("Set-Cookie", "")
        connection.close()
        return answer.status, text, given.split(";")[0] or cookie


@pytest.fixture
def front(tmp_path: Path) -> Iterator[Front]:
    servers = tuple(ThreadingHTTPServer(("127.0.0.1", 0), Named) for _ in range(2))
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with running_nginx(tmp_path, [server.server_port for server in servers]) as found:
            yield replace(found, servers=servers)
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


@contextmanager
def running_nginx(tmp_path: Path, ports: Sequence[int]) -> Iterator[Front]:
    """Run nginx with the configuration that is handed out, in front of two servers on this machine."""
    if not shutil.which("nginx"):
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no nginx is installed")
    plain, tls = free_port(), free_port()
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost",
         "-keyout", tmp_path / "site.key", "-out", tmp_path / "site.crt"], check=True, capture_output=True,
    )  # fmt: skip
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for old, new in (
        ("/etc/nginx/tls", str(tmp_path)), ("listen 80;", f"listen {plain};"), ("listen 443 ssl", f"listen {tls} ssl"),
        ("app1:8501", f"127.0.0.1:{ports[0]}"), ("app2:8501", f"127.0.0.1:{ports[1]}"),
    ):  # fmt: skip
        assert old in text
        text = text.replace(old, new)
    paths = "".join(
        f"{kind}_temp_path {tmp_path}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    text = text.replace("http {", f"http {{ access_log off; {paths}", 1)
    path = tmp_path / "nginx.conf"
    path.write_text(f"user root; pid {tmp_path}/pid; error_log {tmp_path}/log; daemon off;\n{text}", encoding="utf-8")
    process = subprocess.Popen(["nginx", "-c", str(path)], stderr=subprocess.PIPE)
    found = Front(plain, tls, tmp_path / "site.crt")
    try:
        _await(found, process)
        yield found
    finally:
        process.terminate()
        process.wait(10)


def _await(front: Front, process: subprocess.Popen[bytes]) -> None:
    for _ in range(100):
        try:
            front.ask()
        except OSError:
            assert process.poll() is None, process.stderr.read() if process.stderr else ""
            time.sleep(0.1)
        else:
            return
    pytest.fail("nginx did not start")


def test_a_visitor_stays_with_one_server_and_visitors_are_spread(front: Front) -> None:
    met = set()
    for _ in range(24):
        _, first, cookie = front.ask()
        assert {front.ask(cookie)[1] for _ in range(4)} == {first}
        met.add(first.split()[0])
    assert met == {str(server.server_port) for server in front.servers}


def test_a_visitor_goes_on_with_the_other_server_where_theirs_is_gone(front: Front) -> None:
    _, first, cookie = front.ask()
    own = next(server for server in front.servers if str(server.server_port) == first.split()[0])
    own.shutdown()
    own.server_close()
    status, second, _ = front.ask(cookie)
    assert status == 200
    assert second.split()[0] != first.split()[0]


def test_the_server_learns_whose_request_it_is_and_nobody_can_forge_it(front: Front) -> None:
    _, text, _ = front.ask(headers={"X-Forwarded-For": "8.8.8.8"})
    assert text.split()[1:] == ["127.0.0.1", "https"]


def test_plain_requests_are_sent_to_https(front: Front) -> None:
    connection = HTTPConnection("localhost", front.plain, timeout=10)
    connection.request("GET", "/unit?unit=x")
    answer = connection.getresponse()
    assert (answer.status, answer.getheader("Location")) == (301, "https://localhost/unit?unit=x")
    connection.close()


def test_too_large_an_upload_is_refused_before_it_is_sent(front: Front) -> None:
    status, _, _ = front.ask(headers={"Content-Length": str(400 * 1024 * 1024)})
    assert status == 413


def test_compose_starts_the_servers_that_nginx_names() -> None:
    compose = (ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8")
    nginx = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    named = re.findall(r"server (\w+):8501", nginx)
    assert len(named) == 2
    for name in named:
        assert re.search(rf"^  {name}:$", compose, re.MULTILINE)

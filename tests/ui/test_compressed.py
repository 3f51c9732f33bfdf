"""Scripts and style sheets go over the line packed and are what they were; nothing else is touched."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient

from ui.shell.compressed import Compressed

SCRIPT = "const words = ['排名', '单位'];\n" * 200
PACKED = {"accept-encoding": "gzip, deflate"}


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    """A server of some files, as Streamlit serves its own."""
    for name in ("index.1a2b.js", "index.css", "icon.png"):
        (tmp_path / name).write_text(SCRIPT, encoding="utf-8")
    routes = [
        Mount("/water/static/js", StaticFiles(directory=tmp_path)),
        Mount("/media", StaticFiles(directory=tmp_path)),
    ]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(Compressed)]))


@pytest.mark.parametrize("name", ["index.1a2b.js", "index.css"])
def test_a_script_is_packed_and_is_what_it_was(client: TestClient, name: str) -> None:
    plain = client.get(f"/water/static/js/{name}", headers={"accept-encoding": "identity"})
    for _ in range(2):  # the second comes from what was kept
        with client.stream("GET", f"/water/static/js/{name}", headers=PACKED) as answer:
            sent = b"".join(answer.iter_raw())
        assert gzip.decompress(sent).decode() == SCRIPT == plain.text
        assert len(sent) == int(answer.headers["content-length"]) < len(plain.content) / 10
        assert answer.headers["content-type"] == plain.headers["content-type"]
        assert answer.headers["vary"].lower() == "accept-encoding"
        assert answer.headers["etag"] == f"W/{plain.headers['etag']}"
    assert "content-encoding" not in plain.headers


def test_who_has_it_already_is_told_so(client: TestClient) -> None:
    etag = client.get("/water/static/js/index.css", headers=PACKED).headers["etag"]
    assert client.get("/water/static/js/index.css", headers={**PACKED, "if-none-match": etag}).status_code == 304


@pytest.mark.parametrize(
    ("path", "asked", "status"),
    [
        ("/water/static/js/icon.png", {}, 200),
        ("/media/index.css", {}, 200),
        ("/water/static/js/index.css", {"range": "bytes=0-9"}, 206),
        ("/water/static/js/gone.js", {}, 404),
    ],
)
def test_all_else_is_as_it_was(client: TestClient, path: str, asked: dict[str, str], status: int) -> None:
    answer = client.get(path, headers={**PACKED, **asked})
    assert answer.status_code == status
    assert "content-encoding" not in answer.headers

"""Open a page of the real app under AppTest, and read the HTML that it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache as cache_once
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from scoring.store import locations, open_store
from ui.session import cache

ROOT = Path(__file__).resolve().parents[2]


installed_components = cache_once(manifest_scanner.scan_component_manifests)


@contextmanager
def started_as_the_server_does() -> Iterator[None]:
    """Leave the older kind of pages before each run, as ``ui.shell.server`` does: AppTest takes the folder ``pages`` for it.

    What is installed is looked through once, as a server does, and not before each run of a script.
    """
    begin = PagesManager.__init__

    def init(self: PagesManager, *args: Any, **named: Any) -> None:
        PagesManager.uses_pages_directory = False
        begin(self, *args, **named)

    with (
        patch.object(PagesManager, "__init__", init),
        patch.object(manifest_scanner, "scan_component_manifests", installed_components),
    ):
        yield


@contextmanager
def served_by(rules_text: bytes, folder: Path) -> Iterator[None]:
    """Keep the app's database in a folder, and put a text of rules in the place of the product's own."""
    written = folder / "rules.toml"
    written.write_bytes(rules_text)
    cache.forget_boards()
    with pytest.MonkeyPatch.context() as patched, started_as_the_server_does():
        patched.setenv(locations.DATA_VARIABLE, str(folder))
        patched.setattr(cache, "DEFAULT_RULES", written)
        yield
    cache.forget_boards()
    for database in folder.glob("*.duckdb"):
        open_store(database).close()


def opened(page: str = "", sign_in: Callable[[AppTest], AppTest] | None = None, **query: str) -> AppTest:
    """Open a page by its name in the URL, as somebody who has signed in."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    if sign_in:
        sign_in(app)
    for name, value in query.items():
        app.query_params[name] = value
    if page:
        app._page_hash = calc_hash(page)  # switch_page knows only pages of the older kind
    return app.run()


def html(app: AppTest) -> str:
    assert not app.exception
    return "".join(body for element in app.get("html") if not (body := element.proto.body).startswith("<style>"))

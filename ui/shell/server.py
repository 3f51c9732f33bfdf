"""What happens once, when the server starts, and what is said to the browser with every answer."""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import htpy as h
import streamlit as st
from markupsafe import Markup
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import cli_util, config, file_util
from streamlit.runtime.pages_manager import PagesManager

from scoring.files.room.room import room
from ui.session import access, journal
from ui.shell import api, arrival, changes, compressed, guard, headers, health, request_log
from ui.shell.base_path import base_path
from ui.shell.nightly import Nightly
from ui.show.tables import html
from ui.show.text import PRODUCT

ASSETS = Path(__file__).resolve().parents[1] / "assets"
SCRIPTS = "".join(
    (ASSETS / name).read_text(encoding="utf-8")
    for name in ("words.js", "keys.js", "copying.js", "next_matter.js", "script.js", "slides.js")
)
NO_SCRIPT = html(h.noscript[h.p["请在浏览器里允许运行脚本（JavaScript），再刷新。"]])


def in_chinese(page: str) -> str:
    """Return Streamlit's page with its own words in Chinese and our keys heard, from the first moment on."""
    page = page.replace('<html lang="en">', '<html lang="zh-CN">').replace("<title>Streamlit<", f"<title>{PRODUCT}<")
    # what Streamlit's page says without scripts: <noscript>You need to enable JavaScript…</noscript>
    page = re.sub(r"<noscript>.*?</noscript>", NO_SCRIPT, page, flags=re.DOTALL)
    script = h.script[Markup(_home_address() + SCRIPTS)]  # noqa: S704 (our own scripts)
    return page.replace("</head>", f"{script}</head>")


def _home_address() -> str:
    """Say where the app lives: a page would look for it below its own address first, and find nothing twice."""
    path = json.dumps(base_path() or "/")
    return f"window.__streamlit={{BACKEND_BASE_URL:new URL({path},location.origin).href}};"


class ChinesePage:
    """Give our page in place of Streamlit's; everything else it gives is passed on.

    A script that came with the app's content would come after the first words that it has to translate.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        index = Path(file_util.get_static_dir(), "index.html").read_text(encoding="utf-8")
        self._page = HTMLResponse(in_chinese(index), headers={"cache-control": "no-cache"})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        ours = False

        async def give(message: Message) -> None:
            nonlocal ours
            if message["type"] == "http.response.start" and _is_page(message):
                ours = True
                await self._page(scope, receive, send)
            elif not ours:
                await send(message)

        await self._app(scope, receive, give)


def _is_page(message: Message) -> bool:
    kind: bytes = dict(message["headers"]).get(b"content-type", b"")
    return message["status"] == 200 and kind.startswith(b"text/html")


def _home(request: Request) -> RedirectResponse:
    return RedirectResponse(request.url.replace(path=f"{base_path()}/"))


def routes() -> list[Route]:
    """Return what is answered beside the pages, all below the app's own path; the home page has no path of its own."""
    ours = (Route("/ranking", _home), Route("/healthz", health.healthz), *api.ROUTES)
    return [Route(base_path() + one.path, one.endpoint, methods=sorted(one.methods or ())) for one in ours]


def say_so(error: Exception) -> bool:
    """Tell the reader in Chinese that the page failed, keep what happened in the log, and show no more of it."""
    logging.getLogger(__name__).error("a page failed", exc_info=error)
    st.error("这一页出错了，没有保存任何内容。请刷新后再试；仍然出错，请把启动窗口里的记录交给维护人员。")
    return True


MIDDLEWARE = [
    Middleware(changes.Changes),
    Middleware(request_log.RequestLog),
    Middleware(headers.SecurityHeaders),
    Middleware(guard.Guard),
    Middleware(arrival.Arrival),
    Middleware(ChinesePage),
    Middleware(compressed.Compressed),
]


def _refuse_strangers() -> None:
    """End the process where others could reach the app without login; an exception would only be logged at length."""
    address = config.get_option("server.address")
    if why := access.refusal(str(address) if address else None):
        sys.stderr.write(f"{why}\n")
        sys.stderr.flush()
        os._exit(2)


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Leave Streamlit's older kind of pages before the first visit, and open the browser where there is a desk.

    A folder called ``pages`` beside the script makes Streamlit answer the first deep link with 'page not found'.
    """
    _refuse_strangers()
    journal.start()
    PagesManager.uses_pages_directory = False
    room().warm()
    if not config.get_option("server.headless"):
        threading.Timer(1.5, cli_util.open_browser, [f"http://localhost:{config.get_option('server.port')}"]).start()
    nightly = Nightly()
    nightly.start()
    try:
        yield
    finally:
        nightly.stop()

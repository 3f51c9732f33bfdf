"""The address of the present view as others open it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

import streamlit as st
from streamlit import config

HERE = ("localhost", "127.0.0.1", "::1")
VARIABLE = "KUNMING_ASSESSMENT_ADDRESS"  # the address under which others open the app


def shared_address(asked: Mapping[str, str]) -> str:
    """Return the whole address of a view, to be handed on, from what its address asks for."""
    url = for_others(str(st.context.url or ""), configured_address())
    return f"{url}?{urlencode(asked)}" if asked else url


def for_others(seen: str, configured: str) -> str:
    """Return the address of a page as others open it, from the one that this browser sees and the configured one.

    >>> for_others("http://localhost:8501/what_if", "http://10.1.2.3:8501")
    'http://10.1.2.3:8501/what_if'
    """
    return f"{configured}/{urlsplit(seen).path.rpartition('/')[2]}" if configured else seen


def configured_address() -> str:
    """Return the address under which others open the app, without a slash at its end; ``""`` where none is configured.

    ``KUNMING_ASSESSMENT_ADDRESS`` (``http://10.1.2.3:8501``), else Streamlit's own ``browser.serverAddress`` where the
    app is looked at on its own machine: elsewhere the browser knows an address that others can open.
    """
    named = os.environ.get(VARIABLE, "").strip().rstrip("/")
    if named:
        return named if "://" in named else f"http://{named}"
    if not is_local(str(st.context.url or "")) or not config.is_manually_set("browser.serverAddress"):
        return ""
    host, below = config.get_option("browser.serverAddress"), config.get_option("server.baseUrlPath")
    scheme = "https" if config.get_option("server.sslCertFile") else "http"
    behind_another = config.get_option("server.address") in HERE and not config.is_manually_set("browser.serverPort")
    port = "" if behind_another else f":{config.get_option('browser.serverPort')}"
    return f"{scheme}://{host}{port}/{below or ''}".rstrip("/")


def is_local(address: str) -> bool:
    """Tell whether an address opens on this machine only."""
    return urlsplit(address).hostname in HERE

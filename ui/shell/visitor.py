"""Who asks, outside of any page: read from the signed cookie of the login, as Streamlit reads it for a page."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import streamlit as st
from starlette.requests import HTTPConnection
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from ui.session import access, acts
from ui.session.acts import Act, Role


def role_of(request: HTTPConnection) -> Role:
    """Return the role of who asks; without a configured login it is the local user, who may do all."""
    if not access.has_login():
        return access.LOCAL.role
    user = _user(request)
    return access.role_of(user) if user.get("is_logged_in") else Role.NOBODY


def may(request: HTTPConnection, act: Act) -> bool:
    """Tell whether who asks may do an act."""
    return acts.can(role_of(request), act)


def _user(request: HTTPConnection) -> dict[str, object]:
    """Return what the login's cookie says; nothing where there is none, it is not ours, or it is too old."""
    section = st.secrets.get("auth", {})
    secret = str(section.get("cookie_secret", ""))

    def signed(name: str) -> bytes | None:
        value = request.cookies.get(name)
        return decode_signed_value(secret, name, value.encode("latin-1")) if value else None

    try:
        told = json.loads(get_cookie_with_chunks(signed, USER_COOKIE_NAME) or b"{}")
    except ValueError:
        return {}
    address = urlsplit(str(section.get("redirect_uri", "")))
    ours = told.get("origin") == f"{address.scheme}://{address.netloc}" if isinstance(told, dict) else False
    return told if ours else {}

"""Who may do what. Every act that changes what is kept calls ``demand`` first; hiding its button is a courtesy only.

Two ways to run, both set in ``.streamlit/secrets.toml`` (or by there being none):

- ``[auth]`` is there: everybody logs in (OIDC), and ``[access.roles]`` gives each e-mail its role (``ui.session.acts``);
  a 报送单位 is written with its units: ``{ role = "报送单位", units = ["五华区"] }``. Who is not named may see nothing.
- no ``[auth]``: the app serves this machine only, to one local user who may do all; the name is asked for once.
  ``[access] open_without_login = true`` lets other machines in all the same, with a warning on every page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from ipaddress import ip_address
from pathlib import Path

import streamlit as st
from streamlit.config import get_option

from scoring.store import StoreError
from ui.session import acts
from ui.session.acts import Act, Role
from ui.session.once import once
from ui.show.text import md_escape

LOCAL_NAMES = frozenset({"localhost"})
OPEN = "没有设置登录，却对其他电脑开放：任何能打开这个网址的人都能查看、入库、认定和定稿。请管理员尽快设置登录。"
OPEN_IN_SHORT = "没有设置登录，却对其他电脑开放"  # where there is one line only
CLOSED = (
    "没有启动：监听地址“{address}”会让其他电脑也能打开，而登录还没有设置。请在 .streamlit/secrets.toml 里设置登录（[auth] 和 "
    "[access.roles]），或把 server.address 改回 localhost；确实要不登录就开放，请写明 [access] open_without_login = true。"
)
BROKEN = "没有启动：.streamlit/secrets.toml 读不出来，不知道谁可以进来。请改正这个文件（TOML 格式）后再启动。"

LOGIN = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")  # what [auth] must say
INCOMPLETE = "没有启动：.streamlit/secrets.toml 的 [auth] 缺少 {names}，谁也登录不了。请补全后再启动。"


class NotAllowedError(StoreError):
    """Somebody tried what their role does not allow; nothing was done."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who is at the screen. ``name`` is ``""`` for the local user, who gives a name with each act.

    ``units`` are those that a 报送单位 is bound to, as the configuration writes them; empty for all other roles.
    """

    name: str
    role: Role
    units: tuple[str, ...] = ()

    @property
    def is_local(self) -> bool:
        """Tell whether nobody had to log in."""
        return not self.name


LOCAL = Person("", Role.MANAGER)


def read_role(configured: Mapping[str, object], email: str) -> Role:
    """Return the role of an e-mail in ``[access.roles]``, letter case aside; a word that is no role gives none."""
    return _read(configured, email)[0]


def _read(configured: Mapping[str, object], email: str) -> tuple[Role, tuple[str, ...]]:
    """Return role and units of an e-mail; a 报送单位 without units, and any other role with some, is none."""
    wanted = email.strip().casefold()
    given = {str(name).strip().casefold(): value for name, value in configured.items()}.get(wanted) if wanted else None
    word, listed = (given.get("role"), given.get("units", ())) if isinstance(given, Mapping) else (given, ())
    units = tuple(str(unit) for unit in listed) if isinstance(listed, list | tuple) else ()
    role = next((role for role in Role if role.value == str(word or "").strip()), Role.NOBODY)
    return (role, units) if (role is Role.UNIT) == bool(units) else (Role.NOBODY, ())


def has_login() -> bool:
    """Tell whether login is set up."""
    return bool(_section("auth"))


def is_opened() -> bool:
    """Tell whether the configuration lets other machines in without login."""
    return _section("access").get("open_without_login") is True


def person() -> Person:
    """Return who is at the screen; the e-mail comes from the login, never from the URL or a field."""
    if not has_login():
        return LOCAL
    if not st.user.get("is_logged_in"):
        return Person("未登录", Role.NOBODY)
    role, units = rights_of(st.user.to_dict())
    return Person(_name(str(st.user.get("email") or "")) or "您", role, units)


def role_of(user: Mapping[str, object]) -> Role:
    """Return the role of who has logged in, from what the login says of them."""
    return rights_of(user)[0]


def rights_of(user: Mapping[str, object]) -> tuple[Role, tuple[str, ...]]:
    """Return role and units of who has logged in."""
    roles = _section("access").get("roles")
    if not isinstance(roles, Mapping) or not _is_verified(user):
        return Role.NOBODY, ()
    return _read(roles, str(user.get("email") or ""))


def rights_of_token(token: str) -> tuple[Role, tuple[str, ...]]:
    """Return role and units of a program's token; ``[access.tokens]`` names each program and the SHA-256 of its token."""
    tokens, wanted = _section("access").get("tokens"), sha256(token.encode()).hexdigest()
    for given in tokens.values() if isinstance(tokens, Mapping) and token else ():
        if isinstance(given, Mapping) and compare_digest(str(given.get("sha256", "")).lower(), wanted):
            return _read({"token": given}, "token")
    return Role.NOBODY, ()


def _is_verified(user: Mapping[str, object]) -> bool:
    """Tell whether the provider does not deny that the e-mail is the person's own; some write the denial as a word."""
    return str(user.get("email_verified")).casefold() != "false"


def demand(act: Act, given: str = "") -> str:
    """Return the name under which an act is entered, where the person may do it.

    ``given`` is the name that the local user wrote; who has logged in acts under their own name only.

    Raises:
        NotAllowedError: the person's role does not allow it, or the local user gave no name.
    """
    asking = person()
    if not acts.can(asking.role, act):
        raise NotAllowedError(f"您的身份是“{asking.role}”，这一步需要“{acts.needed(act)}”。没有保存任何内容。")
    name = given.strip() if asking.is_local else asking.name
    if not name:
        raise NotAllowedError("请先填写经办人姓名。没有保存任何内容。")
    return name


def may(act: Act) -> bool:
    """Tell whether the person at the screen may do an act: for showing or hiding a button."""
    return acts.can(person().role, act)


def refusal(address: str | None) -> str | None:
    """Say why the server must not start on an address; None where it may. No address means all of them."""
    if _secrets() is None and any(Path(name).is_file() for name in _secret_files()):
        return BROKEN
    if lacking := [name for name in LOGIN if not _section("auth").get(name)] if has_login() else []:
        return INCOMPLETE.format(names="、".join(lacking))
    if has_login() or is_opened() or is_this_machine(address):
        return None
    return CLOSED.format(address=address or "全部网卡")


def is_this_machine(address: str | None) -> bool:
    """Tell whether only this machine can reach an address."""
    if address is None:
        return False
    if address in LOCAL_NAMES:
        return True
    try:
        return ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


def is_exposed(address: str | None) -> bool:
    """Tell whether other machines may come in without login: no screen may be without the warning then."""
    return person().is_local and not is_this_machine(address)


def gate(address: str | None) -> bool:
    """Let a person in, or ask them to log in and return False. Draw the warning that no page may be without."""
    if why := refusal(address):
        st.error(md_escape(why))
        return False
    asking = person()
    if asking.role is not Role.NOBODY:
        if is_exposed(address):
            st.warning(OPEN)
        return True
    if st.user.get("is_logged_in"):
        lacking = (
            "还没有分配身份（报送单位、领导、审核、管理）"
            if _is_verified(st.user.to_dict())
            else "这个邮箱没有经过认证方核实"
        )
        st.error(md_escape(f"{asking.name} 已登录，但{lacking}，请联系管理员。"))
        st.button("退出登录", on_click=st.logout)
    else:
        st.info("请先登录。")
        st.button("登录", type="primary", on_click=st.login)
    return False


def _name(email: str) -> str:
    """Return the name that stands in the history: the person's own and the e-mail that tells namesakes apart."""
    own = str(st.user.get("name") or "").strip()
    return f"{own}（{email}）" if own and own != email else email


def _section(name: str) -> Mapping[str, object]:
    """Return a section of the secrets; empty where there is no such file or section."""
    found = (_secrets() or {}).get(name)
    return found if isinstance(found, Mapping) else {}


def _secrets() -> Mapping[str, object] | None:
    """Return the secrets as the file stands now; None where there is no file that can be read.

    A role that is taken away ends at the next click, so a changed file is read again.
    """

    def read() -> Mapping[str, object] | None:
        _read_again_where_changed()
        return st.secrets if st.secrets.load_if_toml_exists() else None

    return once("secrets", read)


def _secret_files() -> tuple[str, ...]:
    """Name the files that may hold secrets."""
    return once("secret files", lambda: tuple(str(name) for name in get_option("secrets.files")))


class _Stamp:
    """Remember which state of the secrets' files was read. It has state because it is one for the process."""

    read: tuple[tuple[str, int, int], ...] | None = None


def _read_again_where_changed() -> None:
    """Let go of secrets that were read from files which have changed since; Streamlit would keep them to the end."""
    stamps = []
    for name in _secret_files():
        try:
            about = Path(name).stat()
        except OSError:
            continue
        stamps.append((name, about.st_mtime_ns, about.st_size))
    if _Stamp.read != tuple(stamps):
        if _Stamp.read is not None:
            st.secrets._reset()
        _Stamp.read = tuple(stamps)

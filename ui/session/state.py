"""What a viewer looks at. It lives in the URL as plain words, so that a copied link opens the same view elsewhere.

``?as_of=2023-12-31&kind=department&unit=…&late=strict&data=examples``: what the URL does not name has its default. A URL
is written by anybody: every value is checked, a bad one is ignored, and a notice in Chinese says so. What a page adds of
its own (``part``, ``versus``, ``since``) is read with ``choice`` and ``day``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypedDict, cast
from urllib.parse import unquote, urlencode, urlsplit

import streamlit as st
from streamlit import config

from scoring.calendar.clock import BEIJING, end_of_day, now
from scoring.model.placings import Place
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from scoring.rulebook.policies import PolicyError, make_policy
from scoring.rulebook.unit_names import find_unit
from scoring.words.phrasing import day_name

EXAMPLES = "examples"
OVER = "over"  # marks a link that gives the page in view an order
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
LONGEST = 40  # of a URL's value, shown in a notice
KEPT = "kept in the session: the query that the last page was left with"
PAGE = "kept in the session: the last page"
VIEW = "kept in the session: this run's view"
DESK = "kept in the session: this run's desk"
LOOKED_AT = "kept in the session: the unit that was last looked at"
HERE = ("localhost", "127.0.0.1", "::1")
ADDRESS_VARIABLE = "KUNMING_ASSESSMENT_ADDRESS"  # the address under which others open the app
SEEN = "kept in the session: up to which event a whole page was last drawn"
ENTERED = "kept in the session: that it has begun"
OWN_NAME = "own_name"  # in the session, and the browser's cookie
FORMS = "forms: how many were done with"
RETURNED = "uploader: how many times it was emptied"
RULED = "rulings: the numbers of those entered in this session, act by act"
SETTLED = "uploader: by file, which side of each contradiction stands"
PLACED = "uploader: by file beside the workbooks, where it was put by hand"
NAMED = "uploader: by file, the rows whose clause was named by hand"


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at: an assessment year, of which all else is. ``unit`` is a full name, None where none was chosen.

    ``chosen`` are the readings that the URL names over the ``official`` ones, ``policy`` all nine as they are in force.
    ``known_at``: only what had been received and ruled by that moment is looked at; None is now.
    ``notices`` say what in the URL was ignored.
    """

    examples: bool
    year: int
    as_of: date
    kind: str
    unit: str | None
    chosen: Mapping[str, str]
    policy: Policy
    official: Policy
    notices: tuple[str, ...] = ()
    known_at: datetime | None = None


@dataclass(slots=True)
class _Reader:
    """Read the URL's values. It has state: the notices that it collects."""

    params: Mapping[str, str]
    notices: list[str] = field(default_factory=list)

    def day(self, name: str, title: str, default: date) -> date:
        text = self.params.get(name)
        if text is None:
            return default
        try:
            found = date.fromisoformat(text)
        except ValueError:
            found = date.min
        if FIRST_DAY <= found <= LAST_DAY:
            return found
        self.ignore(title, text, f"已改用{day_name(default)}")
        return default

    def ignore(self, title: str, text: str, instead: str) -> None:
        """Note a value that is not followed."""
        shown = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
        self.notices.append(f"链接里的{title}“{shown}”看不懂，{instead}。")


def default_day(rulebook: Rulebook) -> date:
    """Return today, but no later than the day on which the assessment closes."""
    return min(now().date(), rulebook.assessment.closes)


def today() -> date:
    """Return today."""
    return now().date()


def is_examples() -> bool:
    """Tell whether the URL asks for the example data."""
    return bool(st.query_params.get("data") == EXAMPLES)


def asked_year() -> int | None:
    """Return the assessment year that the URL asks for; None where it asks for none."""
    text = str(st.query_params.get("year", ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) == len("2023") else None


def read_view(params: Mapping[str, str], rulebook: Rulebook, official: Policy) -> View:
    """Read a view from a URL's values; ``official`` are the readings where the URL names none."""
    reader = _Reader(params)
    data = params.get("data")
    if data not in (None, EXAMPLES):
        reader.ignore("数据", data, "已打开正式数据")
    year, text = rulebook.assessment.year, params.get("year")
    if text is not None and text != str(year):
        reader.ignore("年度", text, f"没有它的细则，已打开{year}年度")
    as_of = reader.day("as_of", "截至日期", default_day(rulebook))
    unit = _unit(reader, rulebook)
    kind = _kind(reader, rulebook, unit)
    chosen, policy = _policy(reader, rulebook, official)
    text = params.get("known_at")
    known = read_moment(text)
    if text is not None and known is None:
        reader.ignore("已知时刻", text, "已按现在掌握的情况显示")
    return View(data == EXAMPLES, year, as_of, kind, unit, chosen, policy, official, tuple(reader.notices), known)


def read_moment(text: str | None) -> datetime | None:
    """Read a moment in Beijing time: a day (its end), or a day and a time (``2023-07-07T09:30``); None where it is none.

    A moment that has not come yet is none: what will be known then is open.
    """
    try:
        found = datetime.fromisoformat(text or "")
        if len(text or "") <= len("2023-07-07"):
            found = end_of_day(found.date())
        found = found.replace(tzinfo=BEIJING) if found.tzinfo is None else found.astimezone(BEIJING)
    except (ValueError, OverflowError):
        return None
    return found if FIRST_DAY <= found.date() <= now().date() else None


def known_at() -> datetime | None:
    """Return the moment that the URL asks for: the board as it was known then. None: as it is known now."""
    return read_moment(st.query_params.get("known_at"))


def _kind(reader: _Reader, rulebook: Rulebook, unit: str | None) -> str:
    text, first = reader.params.get("kind"), next(iter(rulebook.kinds))
    if text is None:
        return rulebook.unit[unit].kind if unit else first
    if text not in rulebook.kinds:
        reader.ignore("对象类别", text, f"已显示{rulebook.kinds[first].noun}")
        return first
    return text


def _unit(reader: _Reader, rulebook: Rulebook) -> str | None:
    text = reader.params.get("unit")
    if text is None:
        return None
    found = find_unit(rulebook, text) if len(text) <= LONGEST else None
    if found is None:
        reader.ignore("单位", text, "请重新选择单位")
    return found.name if found else None


def _policy(reader: _Reader, rulebook: Rulebook, official: Policy) -> tuple[dict[str, str], Policy]:
    """Put the readings that the URL names over the official ones, one by one."""
    chosen: dict[str, str] = {}
    for rule in rulebook.policies:
        text = reader.params.get(rule.name)
        if text is None:
            continue
        if text in [reading.name for reading in rule.readings]:
            chosen[rule.name] = text
        else:
            reader.ignore(f"口径“{rule.title}”", text, "已用正式口径")
    try:
        return chosen, make_policy(rulebook, official.as_dict() | chosen)
    except PolicyError:  # the official policy was recorded under other rules
        return chosen, make_policy(rulebook, chosen)


def is_first_run() -> bool:
    """Tell, once in a session, whether this is its first run with a view."""
    first = ENTERED not in st.session_state
    st.session_state[ENTERED] = True
    return first


def carry(page: str) -> None:
    """Take the last page's query along where another page was opened without one."""
    query = st.query_params
    if st.session_state.get(PAGE) not in (None, page) and not query.keys():
        for name, value in st.session_state.get(KEPT, {}).items():
            query[name] = value
    st.session_state[PAGE] = page


def start(rulebook: Rulebook, official: Policy) -> View:
    """Read this run's view and remember it."""
    view = read_view(st.query_params.to_dict(), rulebook, official)
    st.session_state[VIEW], st.session_state[KEPT] = view, shared_query(view)
    if view.unit:
        st.session_state[LOOKED_AT] = view.unit
    return view


def last_unit(units: Collection[str]) -> str | None:
    """Return the unit that this session looked at last, by its full name; None where it is none of these."""
    found = st.session_state.get(LOOKED_AT)
    return found if found in units else None


def current() -> View | None:
    """Return this run's view; None where the page was started without the frame."""
    return st.session_state.get(VIEW)


def keep_desk(desk: object) -> None:
    """Remember this run's desk (``ui.session.desk``)."""
    st.session_state[DESK] = desk


def current_desk() -> object | None:
    """Return this run's desk; None where the page was started without the frame."""
    return cast("object", st.session_state.get(DESK))


def seen_on(database: str) -> int | None:
    """Return the newest event's number when this session last saw a whole page of a database; None: it saw none."""
    found = st.session_state.get(SEEN)
    return found[1] if found and found[0] == database else None


def keep_seen(database: str, number: int) -> None:
    """Remember that a whole page was drawn on which everything up to an event can be seen."""
    st.session_state[SEEN] = database, number


def own_name() -> str:
    """Return the name that the local user last gave in this browser; ``""`` before that."""
    kept = st.context.cookies.get(OWN_NAME)
    return str(st.session_state.get(OWN_NAME) or (unquote(kept) if isinstance(kept, str) else ""))


def keep_own_name(name: str) -> None:
    """Remember the local user's name in this session; the frame has the browser remember it."""
    st.session_state[OWN_NAME] = name


def current_page() -> str:
    """Return the name in the URL of the page in view."""
    return str(st.session_state[PAGE])


def shared_query(view: View, **changes: str | None) -> dict[str, str]:
    """Return the query that opens the same view on any page, with changes put in (None takes a name out)."""
    named = st.query_params.to_dict()
    kept = {name: value for name, value in named.items() if name in ("year", "as_of", "known_at", "kind", "unit")}
    whole: dict[str, str | None] = {**({"data": EXAMPLES} if view.examples else {}), **kept, **view.chosen, **changes}
    return {name: value for name, value in whole.items() if value is not None}


def asked() -> dict[str, str]:
    """Return all that the URL says, untrusted: for opening another page with it."""
    return dict(st.query_params.to_dict())


def put(**values: str | None) -> None:
    """Write values into the URL; None takes a name out."""
    for name, value in values.items():
        if value is None:
            st.query_params.pop(name, None)
        else:
            st.query_params[name] = value


def choice(name: str, options: Collection[str], default: str) -> str:
    """Return a page's own value from the URL where it is one of the options, else the default."""
    text = st.query_params.get(name)
    return default if text is None or text not in options else text


def word(name: str) -> str:
    """Return a page's own text from the URL, ``""`` where there is none: for looking something up, never for showing."""
    return str(st.query_params.get(name, ""))


def day(name: str, default: date | None) -> date | None:
    """Return a page's own day from the URL; the default where there is none or it is no day."""
    try:
        return date.fromisoformat(st.query_params.get(name, ""))
    except ValueError:
        return default


def day_within(name: str, default: date, last: date) -> date:
    """Return a page's own day from the URL where it lies in the calendar's range up to ``last``, else the default."""
    found = day(name, None)
    return found if found is not None and FIRST_DAY <= found <= last else default


class Tied(TypedDict):
    """The arguments that tie a widget to the URL."""

    key: str
    on_change: Callable[[], None]


def widget(name: str, value: object, word: Callable[[object], str | None] = str, second: str = "") -> Tied:
    """Return the arguments that tie a widget to a name in the URL: it shows ``value``, and what is picked is written.

    ``word`` turns the picked value into the URL's word (None takes the name out); ``second`` tells a second widget for
    the same name from the first.
    """
    key = f"url_{name}{second}"
    st.session_state[key] = value

    def write() -> None:
        picked = st.session_state[key]
        if picked is not None:
            put(**{name: word(picked)})

    return {"key": key, "on_change": write}


def upload_key() -> str:
    """Return the uploader's key; it changes when the uploader is emptied, and the sent bytes are let go."""
    return f"upload_{st.session_state.get(RETURNED, 0)}"


def empty_uploader() -> None:
    """Let go of the sent files."""
    st.session_state[RETURNED] = st.session_state.get(RETURNED, 0) + 1
    st.session_state.pop(NAMED, None)
    st.session_state.pop(SETTLED, None)
    st.session_state.pop(PLACED, None)


def named_rows(sha: str) -> dict[tuple[str, int], str]:
    """Return the rows of a sent file whose clause was named by hand: (sheet, row from 1) -> clause."""
    return dict(st.session_state.get(NAMED, {}).get(sha, {}))


def settled(sha: str) -> dict[str, str]:
    """Return which side of each contradiction of a sent file stands: its key -> the side's name."""
    return dict(st.session_state.get(SETTLED, {}).get(sha, {}))


def settle(sha: str, key: str, side: str) -> None:
    """Say which side of a contradiction stands; ``""`` leaves it open again."""
    kept = {name: value for name, value in settled(sha).items() if name != key} | ({key: side} if side else {})
    st.session_state[SETTLED] = st.session_state.get(SETTLED, {}) | {sha: kept}


def placed() -> dict[str, Place | None]:
    """Return where sent files were put by hand: SHA-256 -> the place, None: nowhere."""
    return dict(st.session_state.get(PLACED, {}))


def place(sha: str, where: Place | None) -> None:
    """Put a sent file to a place, or (None) to none."""
    st.session_state[PLACED] = placed() | {sha: where}


def unplace(sha: str) -> None:
    """Let a sent file be matched by its name again."""
    st.session_state[PLACED] = {name: where for name, where in placed().items() if name != sha}


def name_row(sha: str, row: tuple[str, int], clause: str | None) -> None:
    """Name the clause of a row of a sent file; None lets the row speak for itself again."""
    rows = {place: code for place, code in named_rows(sha).items() if place != row}
    kept = rows if clause is None else rows | {row: clause}
    st.session_state[NAMED] = st.session_state.get(NAMED, {}) | {sha: kept}


def leave(name: str, value: object) -> None:
    """Leave a value for the next run of this session only (a receipt, say)."""
    st.session_state[f"left_{name}"] = value


def forms() -> int:
    """Return how often this session's forms were done with; in a form's keys it empties the form."""
    return int(st.session_state.get(FORMS, 0))


def next_form() -> None:
    """Empty the forms from the next run on."""
    st.session_state[FORMS] = forms() + 1


def collect(name: str) -> object | None:
    """Return what the last run left, once."""
    return cast("object", st.session_state.pop(f"left_{name}", None))


def ruled() -> tuple[tuple[int, ...], ...]:
    """Return the numbers of the rulings that were entered in this session, act by act, the last one at the end."""
    return tuple(st.session_state.get(RULED, ()))


def keep_ruled(acts: tuple[tuple[int, ...], ...]) -> None:
    """Remember which rulings were entered in this session."""
    st.session_state[RULED] = acts


def is_ticked(key: str) -> bool:
    """Tell whether a box is ticked, by its key."""
    return bool(st.session_state.get(key, False))


def tick(keys: Collection[str], *, value: bool) -> None:
    """Tick boxes, or take their ticks away, by their keys."""
    for key in keys:
        st.session_state[key] = value


def text(name: str) -> str:
    """Return a page's own text from the URL, untrusted; empty where there is none."""
    return str(st.query_params.get(name, ""))


def take(name: str) -> str:
    """Return a page's own text from the URL once, and take it out: an order that a link gave."""
    found = text(name)
    if found:
        put(**{name: None})
    return found


def obey(query: Mapping[str, str]) -> bool:
    """Give the page in view the orders of a followed link, in this very run; tell whether they were any."""
    if OVER not in query:
        return False
    put(**{name: value for name, value in query.items() if name != OVER})
    return True


def address() -> str:
    """Return the whole address of the present view, to be handed on."""
    url, query = for_others(str(st.context.url or ""), configured_address()), urlencode(st.query_params.to_dict())
    return f"{url}?{query}" if query else url


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
    named = os.environ.get(ADDRESS_VARIABLE, "").strip().rstrip("/")
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

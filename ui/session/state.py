"""The view of this run and what the session keeps: both hang on the URL, so that a copied link opens the same view elsewhere.

What a page adds of its own to the URL (``part``, ``versus``, ``since``) is read with ``choice`` and ``day``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import TypedDict, cast
from urllib.parse import unquote

import streamlit as st

from scoring.calendar.clock import now
from scoring.model.placings import Place
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from ui.session.view import EXAMPLES, FIRST_DAY, View, read_moment, read_view

OVER = "over"  # marks a link that gives the page in view an order
KEPT = "kept in the session: the query that the last page was left with"
PAGE = "kept in the session: the last page"
VIEW = "kept in the session: this run's view"
DESK = "kept in the session: this run's desk"
LOOKED_AT = "kept in the session: the unit that was last looked at"
SEEN = "kept in the session: up to which event whoever is at the screen has looked, and at what"
WRITES = "kept in the session: the fields of words that this run draws, each with what it asks"
WROTE = "kept in the session: those that the last run drew"
UNSAVED = "kept in the session: what was written in fields that are gone, until it was looked at"
LOOKS = "kept in the session: that what is drawn next is looked at anew"
PLACES = (
    "data",
    "year",
    "known_at",
    "part",
    "unit",
    "clause",
    "item",
    "ruling",
    "pick",
    "sending",
)  # what is looked at
ENTERED = "kept in the session: that it has begun"
OWN_NAME = "own_name"  # in the session, and the browser's cookie
FORMS = "forms: how many were done with"
BEGUN = "forms: which one each field that stays was last begun in"
RETURNED = "uploader: how many times it was emptied"
RULED = "rulings: the numbers of those entered in this session, act by act"
SETTLED = "uploader: by file, which side of each contradiction stands"
PLACED = "uploader: by file beside the workbooks, where it was put by hand"
NAMED = "uploader: by file, the rows whose clause was named by hand"


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


def known_at() -> datetime | None:
    """Return the moment that the URL asks for: the board as it was known then. None: as it is known now."""
    return read_moment(st.query_params.get("known_at"))


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
    """Return the newest event's number when this session last looked at a page of a database; None: it never did."""
    found = st.session_state.get(SEEN)
    return found[1] if found and found[0] == database else None


def seen_here(database: str, newest: int) -> int:
    """Return up to which event whoever is at the screen has looked; ``newest`` where they look anew in this run.

    They look anew where they have opened something else, acted, or asked for it. That a field which they filled in had
    the page drawn again is no look: what others did meanwhile is still told, and an act of theirs is still refused.
    """
    found = st.session_state.get(SEEN)
    if LOOKS in st.session_state or not found or (found[0], found[2]) != (database, _place()):
        return newest
    return int(found[1])


def keep_seen(database: str, newest: int) -> None:
    """Remember at the end of a run up to which event whoever is at the screen has looked."""
    st.session_state[SEEN] = database, seen_here(database, newest), _place()
    st.session_state.pop(LOOKS, None)


def look_anew() -> None:
    """Take what is drawn next for looked at anew."""
    st.session_state[LOOKS] = True


def begin_writing() -> None:
    """Begin a run: no field of words is drawn yet."""
    st.session_state[WRITES] = {}


def writes(key: str, ask: str) -> None:
    """Remember a field of words that this run draws, by its key, with what it asks."""
    st.session_state.setdefault(WRITES, {})[key] = ask


def unsaved(database: str) -> dict[str, str]:
    """Return at the end of a run what was written in fields that are gone, though nobody here left them: ask -> words.

    It is kept until something is looked at anew.
    """
    found, drawn = st.session_state.get(SEEN), st.session_state.get(WRITES, {})
    stays = LOOKS not in st.session_state and found and (found[0], found[2]) == (database, _place())
    kept = dict(st.session_state.get(UNSAVED, {})) if stays else {}
    form, wrote = st.session_state.get(WROTE, (forms(), {}))
    for key, ask in wrote.items() if stays and form == forms() else ():
        if key not in drawn and (words := str(st.session_state.get(key) or "").strip()):
            kept[ask] = words
    st.session_state[UNSAVED], st.session_state[WROTE] = kept, (forms(), drawn)
    return kept


def _place() -> tuple[str, ...]:
    """Name what of the URL is looked at: the page, and what is chosen on it; not how it is shown or narrowed."""
    return current_page(), *(str(st.query_params.get(name, "")) for name in PLACES)


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
    """Write values into the URL, all at once; None takes a name out."""
    for name in [name for name, value in values.items() if value is None and name in st.query_params]:
        del st.query_params[name]
    given = {name: value for name, value in values.items() if value is not None}
    if new := {name: value for name, value in given.items() if st.query_params.get(name) != value}:
        st.query_params.update(new)


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


def begin_anew(key: str, value: object) -> str:
    """Return the key of a field that stays from form to form; in a new form, or where it comes anew, it holds ``value``."""
    begun = st.session_state.setdefault(BEGUN, {})
    if begun.get(key) != forms() or key not in st.session_state:
        begun[key], st.session_state[key] = forms(), value
    return key


def collect(name: str) -> object | None:
    """Return what the last run left, once."""
    return cast("object", st.session_state.pop(f"left_{name}", None))


def ruled() -> tuple[tuple[int, ...], ...]:
    """Return the numbers of the rulings that were entered in this session, act by act, the last one at the end."""
    return tuple(st.session_state.get(RULED, ()))


def keep_ruled(acts: tuple[tuple[int, ...], ...]) -> None:
    """Remember which rulings were entered in this session."""
    st.session_state[RULED] = acts


def entered(key: str) -> object | None:
    """Return what stands in a field, by its key, as the browser sent it last; None where it was never drawn."""
    return cast("object", st.session_state.get(key))


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

"""A button that is off says why beside it: on every page, in every part and state, for every role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Element

from scoring.model.rules import Rulebook
from scoring.store import Store
from tests.ui.opening import opened
from tests.ui.stored import DAY, UNIT, fill, ledger
from tests.ui.test_access import signed_in
from tests.ui.test_intake import upload
from tests.ui.test_units_door import PARTS
from ui.session.navigation import PAGES

BUTTONS = ("button", "download_button")  # a form's own button is a button too
WORDS = ("html", "markdown", "caption", "info", "warning", "error")
REASON = re.compile(r"先|需要|没有|还有|还差|不能")
TAG = re.compile(r"<[^>]*>")
BESIDE = 3  # blocks that a reader sees as one row of cards
OUTER = 2  # the whole page is not beside
STATES: tuple[tuple[str, dict[str, str]], ...] = (
    *((entry.url, {"part": part}) for entry in PAGES for part in PARTS.get(entry.url, ("",))),
    ("review", {"unit": UNIT, "clause": "12A"}),
    ("review", {"by_why": "award"}),
    ("review", {"unit": UNIT, "clause": "1A", "part": "unit"}),
    ("history", {"part": "versions", "pick": f"1-2-{UNIT}", "see": "withdraw"}),
    ("history", {"part": "versions", "pick": f"1-2-{UNIT}", "see": "problems"}),
    ("publication", {"part": "final", "as_of": "2023-12-31"}),
    ("next_steps", {"unit": UNIT}),
)
ACTING = {"review", "history", "publication", "upload"}  # where roles differ in what they may do


def said(node: Block | Element) -> str:
    """Return the words that can be read in a part of the page, those of its buttons and fields left out."""
    if isinstance(node, Block):
        return " ".join(said(child) for child in node.children.values())
    if node.type not in WORDS:
        return ""
    return TAG.sub("", node.proto.body if hasattr(node.proto, "body") else "")


def buttons(node: Block | Element, *around: Block) -> Iterator[tuple[Element, tuple[Block, ...]]]:
    """Yield the buttons with the blocks in which they stand, the outermost first."""
    if isinstance(node, Block):
        for child in node.children.values():
            yield from buttons(child, *around, node)
    elif node.type in BUTTONS:
        yield node, around


def without_reason(app: AppTest) -> list[str]:
    """Name the buttons that are off while nothing beside them says why."""
    return [
        button.proto.label
        for button, around in buttons(app._tree)
        if button.proto.disabled and not any(REASON.search(said(block)) for block in around[OUTER:][-BESIDE:])
    ]


@pytest.fixture
def held(data: Path, rulebook: Rulebook) -> Store:
    return fill(data, rulebook)


@pytest.mark.parametrize("email", ["", "lingdao@km.gov.cn"], ids=["here", "reader"])
def test_a_button_that_is_off_says_why_beside_it(held: Store, email: str) -> None:
    off, silent = 0, []
    for url, query in STATES if not email else [one for one in STATES if one[0] in ACTING]:
        sign_in = partial(signed_in, email=email) if email else None
        app = opened(url, sign_in, **{"as_of": DAY.isoformat(), **query})
        assert not app.exception, (url, query)
        off += sum(button.proto.disabled for button, _ in buttons(app._tree))
        silent += [(url, *query.values(), label) for label in without_reason(app)]
    assert not silent
    assert off > 5, "the walk meets buttons that are off"


def test_files_that_are_dropped_leave_no_riddle(held: Store, tmp_path: Path) -> None:
    broken = tmp_path / "不是台账.xlsx"
    broken.write_bytes(b"nothing")
    for files in ([ledger(tmp_path / "new.xlsx", sent="2023年6月9日")], [broken]):
        app = upload(*files)
        assert not app.exception
        assert not without_reason(app)


@pytest.mark.parametrize(("words", "riddles"), [("", ["办"]), ("共3份", ["办"]), ("先填理由", [])])
def test_the_check_knows_a_reason_from_other_words(words: str, riddles: list[str]) -> None:
    def script(words: str) -> None:
        import streamlit as st  # noqa: PLC0415 - AppTest runs these lines alone

        with st.container(horizontal=True):
            st.button("办", disabled=True, help="先填理由")
            if words:
                st.html(f"<p>{words}</p>")

    assert without_reason(AppTest.from_function(script, kwargs={"words": words}).run()) == riddles

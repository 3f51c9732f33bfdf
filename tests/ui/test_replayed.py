"""What a reviewer's browser sent, sent again by a leader and by a unit: nothing is kept, nothing more is shown."""

from __future__ import annotations

from functools import partial
from itertools import product
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from scoring.model.rules import Rulebook
from scoring.store import Store
from tests.ui.opening import opened
from tests.ui.stored import DAY, OTHER, UNIT, fill
from tests.ui.test_access import SECRETS

DAYS = {"as_of": DAY.isoformat()}
LATER = {"shenhe@km.gov.cn": "审核", "guanli@km.gov.cn": "管理"}
ROLES: dict[str, object] = {
    **LATER,
    "lingdao@km.gov.cn": "领导",
    "unit@km.gov.cn": {"role": "报送单位", "units": [OTHER]},
}
OTHERS = ("lingdao@km.gov.cn", "unit@km.gov.cn")
# Every page and state of it on which something is done, with what its first office role may be.
STATES = (
    ("upload", {"sending": "1"}, "shenhe@km.gov.cn"),
    ("review", {"unit": UNIT, "clause": "12A"}, "shenhe@km.gov.cn"),
    ("review", {"unit": UNIT, "clause": "3A", "ruling": "1"}, "shenhe@km.gov.cn"),
    ("history", {"pick": f"0-2-{UNIT}", "see": "withdraw"}, "shenhe@km.gov.cn"),
    ("history", {"part": "state"}, "guanli@km.gov.cn"),
    ("publication", {"part": "final"}, "guanli@km.gov.cn"),
    ("publication", {"part": "objections"}, "guanli@km.gov.cn"),
    ("publication", {"part": "policy", "late": "strict"}, "guanli@km.gov.cn"),
    ("publication", {"part": "rules"}, "guanli@km.gov.cn"),
    ("rules", {"part": "holidays"}, "guanli@km.gov.cn"),
)


@pytest.fixture
def held(data: Path, rulebook: Rulebook) -> Store:
    held = fill(data, rulebook)
    held.send(2023, [UNIT], [("c.xlsx", (data / "a.xlsx").read_bytes() + b"\0")], "赵工")
    return held


def signed_in(app: AppTest, email: str) -> AppTest:
    app.secrets = {"auth": dict(SECRETS["auth"]), "access": {"roles": ROLES}}
    app.user = {"is_logged_in": True, "email": email, "name": "王主任"}
    return app


def filled(url: str, query: dict[str, str], email: str) -> AppTest:
    """Open a form as its owner and fill in everything that can be filled in."""
    app = opened(url, partial(signed_in, email=email), **DAYS, **query)
    for field in [*app.text_area, *app.text_input]:
        field.set_value("理由")
    app.run()
    assert not app.exception
    return app


@pytest.mark.parametrize(("url", "query", "owner"), STATES, ids=lambda value: str(value)[:24])
def test_nothing_is_done_by_sending_a_reviewers_messages_again(
    held: Store, monkeypatch: pytest.MonkeyPatch, url: str, query: dict[str, str], owner: str
) -> None:
    """Hold it with every button open, as a browser of somebody's own making would have it."""
    acting = [
        found.key for found in filled(url, query, owner).button if not str(found.key).startswith(("cancel_", "back"))
    ]
    assert acting
    monkeypatch.setattr("ui.session.access.may", lambda _act: True)
    for key, other in product(acting, OTHERS):
        app = filled(url, query, owner)
        before = held.history()
        pressed = next((found for found in app.button if found.key == key), None)
        if pressed is None:
            continue
        signed_in(app, other)
        pressed._value = True  # a browser may send what its button would not
        app.run()
        assert [event.kind for event in held.history()[len(before) :]] == [], (key, other)


def test_the_replayed_messages_do_something_for_their_owner(held: Store) -> None:
    """Hold that the messages above are real ones: the owner's own press is kept."""
    app = filled("review", {"unit": UNIT, "clause": "12A"}, "shenhe@km.gov.cn")
    before = len(held.history())
    next(found for found in app.button if found.label == "认可").click().run()
    assert len(held.history()) == before + 1

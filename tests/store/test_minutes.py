"""What a meeting decides is a dated, signed entry of the history, and changes no facts."""

from __future__ import annotations

import pytest

from scoring.documents.event_list import EVENT_NAMES, subject
from scoring.rulebook.read import load_rulebook
from scoring.store import EventKind, RefusedError, Store
from tests.store.workbooks import moment


def test_a_decision_is_dated_signed_and_rests_on_the_facts(store: Store) -> None:
    before = store.fingerprint(2023)
    event = store.note_minute(2023, "石林彝族自治县", "第三名由领导小组定", "王主任", moment(9))
    assert (event.kind, event.at, event.actor, event.reason) == (
        EventKind.MINUTE,
        moment(9),
        "王主任",
        "第三名由领导小组定",
    )
    assert event.rests_on == before == store.fingerprint(2023)
    assert store.minutes(2023) == (event,)
    assert store.minutes(2024) == ()
    assert store.minutes(2023, moment(8)) == ()
    assert store.history()[-1] == event
    assert not store.verify_history()
    assert (EVENT_NAMES[event.kind], subject(event, {}, load_rulebook())) == ("会议决定", "石林县")


@pytest.mark.parametrize(("decided", "actor"), [("", "王主任"), ("  ", "王主任"), ("定了", " ")])
def test_nothing_is_noted_without_words_or_a_name(store: Store, decided: str, actor: str) -> None:
    with pytest.raises(RefusedError):
        store.note_minute(2023, "全部单位", decided, actor)
    assert store.history() == ()

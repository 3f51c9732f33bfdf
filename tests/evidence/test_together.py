"""Things of one workbook are looked at and made small together: the same answers as one by one, and a bad one harms no other."""

from __future__ import annotations

import pytest

from scoring.evidence.extract import AT_ONCE
from scoring.evidence.looks import look_at, looks_in
from scoring.evidence.thumbnails import SMALL, thumbnail_of, thumbnails_in
from scoring.files.refusal import UNREADABLE_SAFELY, RefusedError
from scoring.files.room.room import Room, room
from tests.evidence.packages import digest, ledger, png
from tests.evidence.pages import notice, saved

GOOD = [saved(notice(seed)) for seed in range(3)]
BAD = [b"no picture at all", png(1)[:40]]
MANY = [png(seed, 24, 18) for seed in range(AT_ONCE + 5)]


def workbook(pictures: list[bytes]) -> tuple[bytes, list[tuple[str, str]]]:
    book = ledger()
    for number, data in enumerate(pictures):
        book.parts[f"xl/media/image{number}.png"] = data
    return book.packed(), [(f"xl/media/image{number}.png", digest(data)) for number, data in enumerate(pictures)]


def test_looks_told_together_are_those_told_one_by_one() -> None:
    data, wanted = workbook([*GOOD, *BAD, *MANY])
    found = looks_in(data, [*wanted, ("xl/media/none.png", "0" * 64)])
    alone = {digest(one): look for one in (*GOOD, *BAD, *MANY) if (look := look_at(one)).shown}
    assert found == alone
    assert len(found) >= len(GOOD)


def test_small_pictures_made_together_are_those_made_one_by_one() -> None:
    data, wanted = workbook([*GOOD, *BAD])
    assert thumbnails_in(data, wanted, SMALL) == {digest(one): thumbnail_of(one, 0, SMALL) for one in (*GOOD, *BAD)}


def test_a_workbook_is_sent_once_for_many_things(monkeypatch: pytest.MonkeyPatch) -> None:
    data, wanted = workbook(MANY)
    asked: list[int] = []
    ask = Room.ask

    def counted(self: Room, job: str, sent: bytes, *arguments: object) -> object:
        asked.append(len(sent))
        return ask(self, job, sent, *arguments)

    monkeypatch.setattr(Room, "ask", counted)
    assert len(looks_in(data, wanted)) == len(MANY)
    assert asked == [len(data)] * 2


def test_what_lay_beside_a_thing_that_ended_its_reader_is_left_out_and_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data, wanted = workbook(MANY)
    ask = Room.ask

    def dying(self: Room, job: str, sent: bytes, *arguments: object) -> object:
        if arguments and arguments[0] == list(map(list, wanted[:AT_ONCE])):
            raise RefusedError(UNREADABLE_SAFELY)
        return ask(self, job, sent, *arguments)

    monkeypatch.setattr(Room, "ask", dying)
    assert set(looks_in(data, wanted)) == {sha for _, sha in wanted[AT_ONCE:]}
    assert room().workers >= 2

"""Doubts about things: planted ones are found, honest things are left alone, and nothing moves before a ruling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from random import Random

import pytest
from PIL import Image, ImageFilter

from scoring.analysis.position import Position
from scoring.analysis.ruling_queue import Why, matters
from scoring.evidence.doubts import doubts_about_things, is_pointing
from scoring.evidence.looks import look_at, look_of, tell_look
from scoring.files.refusal import RefusedError
from scoring.model.evidence import CellRef, Evidence, EvidenceKind, FoundBy
from scoring.model.facts import Facts, Ruling, Statement, Status, Verdict
from scoring.model.ledgers import Ledger
from scoring.model.looks import Look, ThingDoubt, ThingDoubtKind
from scoring.model.policy import Policy
from scoring.rulebook.read import load_rulebook
from tests.evidence.pages import logo, notice, pdf, photo, saved

RULES = load_rulebook()
UNITS = [unit.name for unit in RULES.units if unit.kind == "county"]
CLAUSES = [clause.code for clause, term in RULES.terms_of[UNITS[0]] if clause.deadline and not term.traits.by_quarter]
AS_OF = date(2023, 12, 31)
CUT_OFFS = {1: date(2023, 3, 10), 2: date(2023, 6, 10), 3: date(2023, 9, 10), 4: date(2023, 12, 10)}
Kind = ThingDoubtKind


class Sendings:
    """Statements with their things, and what the things look like."""

    def __init__(self) -> None:
        self.statements: list[Statement] = []
        self.looks: dict[str, Look] = {}

    def send(self, unit: str, clause: str, data: bytes | str, quarter: int = 2, **how: object) -> Statement:
        """Send a claim of done with one thing, or with words; ``how`` changes the statement or its thing."""
        ledger = Ledger(unit, 2023, quarter, CUT_OFFS[quarter], True, UNITS.index(unit) * 10 + quarter)
        row = len(self.statements) + 5
        place = {"workbook": f"{unit}{quarter}.xlsx", "sheet": "工作落实", "cell": how.pop("cell", f"J{row}")}
        if isinstance(data, str):
            item = Evidence(EvidenceKind.TEXT, data, **place)  # type: ignore[arg-type]
        else:
            sha = sha256(data).hexdigest()
            self.looks[sha] = looked(data)
            item = Evidence(how.pop("kind", EvidenceKind.PICTURE), "image.png", sha, **place)  # type: ignore[arg-type]
        source = CellRef(str(place["workbook"]), "工作落实", f"E{row}")
        made = Statement(ledger, clause, Status.DONE, date(2023, 2, 1), None, (item,), source, (0, row))
        self.statements.append(replace(made, **how))  # type: ignore[arg-type]
        return self.statements[-1]

    def doubts(self) -> tuple[ThingDoubt, ...]:
        return doubts_about_things(Facts(statements=tuple(self.statements)), RULES, self.looks)

    def kinds(self) -> list[ThingDoubtKind]:
        return [doubt.kind for doubt in self.doubts()]


def looked(data: bytes) -> Look:
    """What the worker tells, without the way to it and back."""
    try:
        return look_of(tell_look(data))
    except RefusedError:
        return Look(shown=False)


def altered(picture: Image.Image, way: int) -> bytes:
    """The same picture as people hand it on: as it is, saved again, halved, blurred, turned a little."""
    ways = (
        lambda: saved(picture),
        lambda: saved(picture, "JPEG", 50),
        lambda: saved(picture.resize((picture.width // 2, picture.height // 2))),
        lambda: saved(picture.filter(ImageFilter.GaussianBlur(1.5))),
        lambda: saved(picture.rotate(1, fillcolor="white")),
    )
    return ways[way % len(ways)]()


def honest(sent: Sendings, count: int) -> list[tuple[Image.Image, Statement]]:
    """Claims of many units, each with its own notice page or photograph."""
    made = []
    for number in range(count):
        unit, clause = UNITS[number % len(UNITS)], CLAUSES[number // len(UNITS) % len(CLAUSES)]
        picture = notice(number) if number % 2 else photo(number)
        made.append(
            (picture, sent.send(unit, clause, saved(picture), 2 + number % 3, done_on=date(2023, 2, 1 + number % 9)))
        )
    return made


def test_planted_doubts_are_found_and_honest_things_are_left_alone() -> None:
    sent, draw = Sendings(), Random(13)
    own = honest(sent, 600)
    planted: dict[int, ThingDoubtKind] = {}
    for number in range(60):
        picture, first = own[draw.randrange(600)]
        unit, clause = first.ledger.unit, first.clause
        other = UNITS[(UNITS.index(unit) + 1 + number % 5) % len(UNITS)]
        kind = (Kind.OTHER_UNIT, Kind.OTHER_CLAUSE, Kind.MADE_LATE, Kind.BLANK, Kind.TINY, Kind.WORDS_ONLY)[number % 6]
        if kind is Kind.OTHER_UNIT:
            sent.send(other, clause, altered(picture, number), 4)
        elif kind is Kind.OTHER_CLAUSE:
            further = next(code for code in CLAUSES if code != clause)
            sent.send(unit, further, altered(picture, number), 4)
        elif kind is Kind.MADE_LATE:
            late = saved(photo(10_000 + number), "JPEG", taken="2024:01:05 09:00:00")
            sent.send(unit, clause, late if number % 4 else pdf(notice(20_000 + number), "2024-01-05"), 4)
        else:
            blank = saved(Image.effect_noise((600, 400), 4), "JPEG")
            small = saved(photo(number).resize((40, 30)))
            data = {Kind.BLANK: blank, Kind.TINY: small, Kind.WORDS_ONLY: ("见附件", "_")[number // 6 % 2]}[kind]
            sent.send(unit, clause, data, 4)
        planted[len(sent.statements) - 1] = kind
    items = {statement.evidence[0]: at for at, statement in enumerate(sent.statements)}
    found = {(items[doubt.item], doubt.kind) for doubt in sent.doubts()}
    hits = sum((at, kind) in found for at, kind in planted.items())
    false = {at for at, _ in found if at not in planted}
    missed = [(kind.value, number) for number, (at, kind) in enumerate(planted.items()) if (at, kind) not in found]
    assert hits >= 57, f"{hits} of 60, not {missed}"
    assert len(false) <= 12, f"{len(false)} of 600"


def test_a_picture_that_comes_again_is_in_doubt_where_another_matter_is_claimed() -> None:
    picture = saved(notice(1))
    sent = Sendings()
    first = sent.send("五华区", "4A", picture)
    sent.send("五华区", "4A", picture, 3)  # said again
    assert sent.kinds() == []
    sent.send("五华区", "4A", picture, 4, done_on=date(2023, 11, 1))
    (doubt,) = sent.doubts()
    assert (doubt.kind, doubt.other and doubt.other.item) == (Kind.EARLIER_QUARTER, first.evidence[0])


def test_a_quarter_is_not_proved_by_the_picture_of_another() -> None:
    sent, picture = Sendings(), saved(photo(3))
    sent.send("五华区", "20A", picture)
    sent.send("五华区", "20A", picture, 3)
    assert sent.kinds() == [Kind.EARLIER_QUARTER]


def test_one_place_that_serves_several_rows_is_one_thing() -> None:
    sent, picture = Sendings(), saved(notice(2))
    for clause in CLAUSES[:3]:
        sent.send("五华区", clause, picture, cell="J7")
    assert sent.kinds() == []


def test_a_file_that_two_rows_name_is_in_doubt_and_one_put_by_its_name_is_not() -> None:
    picture = saved(notice(5))
    for way, kinds in ((FoundBy.NAMED, [Kind.OTHER_CLAUSE]), (FoundBy.FILE_NAME, [])):
        sent = Sendings()
        for clause in CLAUSES[:2]:
            row = sent.send("五华区", clause, picture, kind=EvidenceKind.FILE)
            item = replace(row.evidence[0], workbook=None, sheet=None, cell=None, found_by=way)
            sent.statements[-1] = replace(row, evidence=(item,))
        assert sent.kinds() == kinds


def test_a_logo_on_every_row_is_no_doubt() -> None:
    sent, sign = Sendings(), saved(logo())
    for unit in UNITS[:3]:
        for clause in CLAUSES[:4]:
            sent.send(unit, clause, sign)
    assert sent.kinds() == []


@pytest.mark.parametrize(
    ("data", "kind"),
    [(saved(Image.new("RGB", (800, 600), "white")), Kind.BLANK), (saved(photo(1))[:3000], Kind.UNREADABLE),
     (saved(photo(1).resize((40, 30))), Kind.TINY)],
    ids=["white", "cut", "tiny"],
)  # fmt: skip
def test_a_thing_that_shows_nothing_is_in_doubt(data: bytes, kind: ThingDoubtKind) -> None:
    sent = Sendings()
    sent.send("五华区", "4A", data)
    assert sent.kinds() == [kind]


def test_what_was_made_on_the_deadline_is_in_time() -> None:
    deadline = RULES.clause["4A"].deadline
    assert deadline is not None
    for day, kinds in ((deadline, []), (date(2023, 12, 30), [Kind.MADE_LATE])):
        sent = Sendings()
        sent.send("五华区", "4A", pdf(notice(3), day.isoformat()))
        assert sent.kinds() == kinds
    sent.send("五华区", "4A", pdf(notice(4), "2023-12-30"), 4, done_on=date(2023, 12, 20))
    assert sent.kinds() == [Kind.MADE_LATE], "a row that says it was late claims nothing"


@pytest.mark.parametrize("words", ["见附件", "详见附件1。", "附件", "见附件一", "_", "——", "附后", "已附", "见材料"])
def test_words_that_only_point(words: str) -> None:
    assert is_pointing(words)


@pytest.mark.parametrize(
    "words", ["公示截图", "昆水发2023年1号", "附件：会议纪要", "https://a.cn/b", "4A出台文件.pdf", "3"]
)
def test_words_that_say_something(words: str) -> None:
    assert is_pointing(words) is (words == "3")


def test_a_doubt_waits_for_a_ruling_and_moves_nothing() -> None:
    sent = Sendings()
    sent.send("盘龙区", "4A", saved(notice(8)))
    sent.send("五华区", "4A", altered(notice(8), 1), 3)
    about: tuple[ThingDoubt, ...] = sent.doubts()
    facts = Facts(ledgers=tuple({one.ledger: None for one in sent.statements}), statements=tuple(sent.statements))
    assert why(facts, about) == {("五华区", "4A"): Why.OTHER_UNIT}
    ruled = replace(facts, rulings=(Ruling("五华区", 2023, "4A", Verdict.ACCEPTED, "看过原件", "李工", AS_OF),))
    assert why(ruled, about) == {}
    later = replace(sent.statements[-1], ledger=replace(sent.statements[-1].ledger, quarter=4), evidence=(), position=(0, 1),
                    status=Status.NOT_DONE)  # fmt: skip
    assert why(replace(facts, statements=(*facts.statements, later)), about) == {}, "nothing rests on it any more"


def test_a_doubt_about_the_whole_ledger_hides_none_about_its_things() -> None:
    sent = Sendings()
    sent.send("盘龙区", "4A", saved(notice(8)))
    sent.send("五华区", "4A", saved(notice(8)), 3)
    facts = Facts(ledgers=tuple({one.ledger: None for one in sent.statements}), statements=tuple(sent.statements))
    received = {ledger.upload: date(2024, 1, 20) for ledger in facts.ledgers}
    found = matters(Position(facts, RULES, AS_OF, Policy()), received, sent.doubts())
    assert {one.why for one in found if (one.unit, one.clause) == ("五华区", "4A")} == {Why.BACKDATED, Why.OTHER_UNIT}


def why(facts: Facts, about: tuple[ThingDoubt, ...]) -> Mapping[tuple[str, str], Why]:
    """The matters that doubts about things bring; the scores are the same without them."""
    found = matters(Position(facts, RULES, AS_OF, Policy()), about_things=about)
    return {(one.unit, one.clause): one.why for one in found if one.why.value in set(ThingDoubtKind)}


def test_the_sealed_room_tells_the_same() -> None:
    data = saved(photo(2), "JPEG", taken="2023:06:08 09:00:00")
    assert look_at(data) == looked(data)
    assert look_at(data).made_on == date(2023, 6, 8)
    assert look_at(b"MZ") == Look(shown=False)

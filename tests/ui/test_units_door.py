"""What a 报送单位 sees: its own, and of the others what was published. Two worlds that differ in another unit look the same."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from google.protobuf.text_format import MessageToString
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from scoring.judging.rank import make_board
from scoring.ledger.parse import read_ledger
from scoring.model.doors import Doors, doors_key
from scoring.model.facts import Ruling, Verdict
from scoring.model.policy import Policy
from scoring.model.publications import Publication
from scoring.model.rules import Rulebook
from scoring.store import BEIJING, RefusedError, Store, UnitStore, locations, open_store
from scoring.store.unit_store import SHARED
from tests.browser.ledgers import ROWS, UNREADABLE_ROW, write_ledger
from tests.ui.stored import DAY, OTHER, UNIT
from tests.ui.test_access import SECRETS
from ui.session import cache
from ui.session.acts import MAY, Act, Role
from ui.session.navigation import PAGES, PAGES_FOLDER

CLERK = "wuhua@km.gov.cn"
MOMENT = datetime(2023, 7, 7, 9, tzinfo=BEIJING)
MARK = "机密内容"


def parts_of(file: str) -> tuple[str, ...]:
    """Return the parts that a page's own file names, and none where it has none: one that comes is walked too."""
    for line in ast.parse((PAGES_FOLDER / file).read_text("utf-8")).body:
        if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == "PARTS":
            return tuple(ast.literal_eval(line.value))
    return ()


PARTS = {entry.url: parts for entry in PAGES if (parts := parts_of(entry.file))}
PARTS["unit"] = (*PARTS["unit"], "years", "open")  # named where there is a year before, and for a unit
QUERIES: tuple[dict[str, str], ...] = (
    {},
    {
        "unit": OTHER, "clause": "12A", "at": "12A", "lost": "12A", "kind": "department", "of": "county",
        "pick": f"1-2-{OTHER}", "versus": OTHER, "other": f"1-2-{OTHER}",
    },
    {"pick": "1", "median": "citywide", "known_at": "2023-07-07"},
)  # fmt: skip


def world(folder: Path, rulebook: Rulebook, secret: str, verdict: Verdict) -> Store:
    """Store one county's ledger, the same in every world, and another's with words and a verdict of this world."""
    folder.mkdir()
    held = open_store(folder / "assessment.duckdb")
    told = [
        [f"{MARK}{secret}" if column == len(ROWS[0]) - 1 else value for column, value in enumerate(row)] for row in ROWS
    ]
    other = told if verdict is Verdict.ACCEPTED else [*told[:-1], UNREADABLE_ROW]
    for number, (unit, rows) in enumerate(((UNIT, ROWS), (OTHER, other))):
        path = folder.parent / "a.xlsx" if unit == UNIT else folder / f"{MARK}{secret}.xlsx"
        if not path.exists():
            write_ledger(path, rows=rows, unit=unit)
        read = read_ledger(path.read_bytes(), path.name, rulebook, 0)
        held.save(path.read_bytes(), read, "张工", rules_hash=rulebook.rules_hash, at=MOMENT.replace(minute=number))
    held.rule(Ruling(UNIT, 2023, "12A", Verdict.REJECTED, "本单位的理由", "李工", DAY), at=MOMENT.replace(minute=2))
    held.rule(Ruling(OTHER, 2023, "12A", verdict, f"{MARK}{secret}", "李工", DAY), at=MOMENT.replace(minute=3))
    return held


@pytest.fixture(scope="module")
def both_worlds(tmp_path_factory: pytest.TempPathFactory, rulebook: Rulebook) -> Iterator[tuple[Path, Path]]:
    """Return the folders of two worlds that one and the same unit must not be able to tell apart: only looked at."""
    root = tmp_path_factory.mktemp("worlds")
    stores = [
        world(root / "one", rulebook, "甲", Verdict.ACCEPTED),
        world(root / "two", rulebook, "乙", Verdict.REJECTED),
    ]
    cache.forget_boards()
    yield root / "one", root / "two"
    cache.forget_boards()
    for held in stores:
        held.close()


@pytest.fixture
def worlds(both_worlds: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    monkeypatch.setenv(locations.DATA_VARIABLE, str(both_worlds[0]))
    return both_worlds


def as_clerk(url: str, units: tuple[str, ...] = (UNIT,), **query: str) -> AppTest:
    app = AppTest.from_file(str(Path(__file__).resolve().parents[2] / "app.py"), default_timeout=60)
    return sign_in(app, url, {"role": "报送单位", "units": list(units)}, query)


def sign_in(app: AppTest, url: str, role: object, query: dict[str, str]) -> AppTest:
    for name, value in query.items():
        app.query_params[name] = value
    app._page_hash = calc_hash(url)
    app.secrets = {"auth": dict(SECRETS["auth"]), "access": {"roles": {CLERK: role}}}
    app.user = {"is_logged_in": True, "email": CLERK, "name": "赵工"}
    return app.run()


def everything(app: AppTest) -> str:
    """Return all that was sent to the browser, as text."""
    assert not app.exception, app.exception
    protos = [proto for element in app._tree if (proto := getattr(element, "proto", None)) is not None]
    return re.sub(r'file_id: "\w+"', "", "\n".join(MessageToString(proto, as_utf8=True) for proto in protos))


def walk() -> list[tuple[str, dict[str, str]]]:
    day = {"as_of": DAY.isoformat()}
    return [
        (entry.url, {**day, **query, **({"part": part} if part else {})})
        for entry in PAGES
        for part in PARTS.get(entry.url, ("",))
        for query in (QUERIES if entry.for_units else QUERIES[:2])
    ]  # fmt: skip


@pytest.mark.parametrize("url", [entry.url for entry in PAGES])
def test_nothing_of_another_unit_reaches_a_unit(
    worlds: tuple[Path, Path], url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for asked, query in walk():
        if asked != url:
            continue
        seen = []
        for folder in worlds:
            monkeypatch.setenv(locations.DATA_VARIABLE, str(folder))
            seen.append(everything(as_clerk(url, **query)))
        assert MARK not in seen[0], (url, query)
        assert seen[0] == seen[1], (url, query)


def test_the_office_does_see_the_difference(worlds: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Hold that the two worlds can be told apart: else the walk above would prove nothing."""
    seen = []
    for folder in worlds:
        monkeypatch.setenv(locations.DATA_VARIABLE, str(folder))
        app = AppTest.from_file(str(Path(__file__).resolve().parents[2] / "app.py"), default_timeout=60)
        seen.append(everything(sign_in(app, "unit", "领导", {"unit": OTHER, "as_of": DAY.isoformat(), "part": "all"})))
    assert MARK in seen[0]
    assert seen[0] != seen[1]


def test_a_unit_begins_on_its_own_page_and_is_told_so(worlds: tuple[Path, Path]) -> None:
    said = everything(as_clerk("unit", as_of=DAY.isoformat()))
    assert f"{UNIT}得" in said
    assert "本单位的理由" in said
    assert "报送单位" in said
    assert UNIT in said.split("身份：")[1][:80]
    assert "定稿后公布" in said


def test_a_unit_lists_what_is_open_for_it_and_who_acts_by_when(worlds: tuple[Path, Path]) -> None:
    said = everything(as_clerk("unit", as_of=DAY.isoformat(), part="open"))
    for told in ("未了事项", "由谁办", "办结期限", "未到期"):
        assert told in said, told
    assert OTHER not in said


def test_a_unit_that_the_rules_do_not_know_sees_nothing(worlds: tuple[Path, Path]) -> None:
    app = as_clerk("unit", units=("某某区",))
    assert "没有您的单位" in app.error[0].value
    assert UNIT not in everything(app)


@pytest.fixture
def cut(tmp_path: Path, rulebook: Rulebook) -> Iterator[UnitStore]:
    whole = world(tmp_path / "one", rulebook, "甲", Verdict.ACCEPTED)
    yield UnitStore(whole, frozenset({UNIT}))
    whole.close()


def test_a_cut_store_refuses_what_nobody_opened(cut: UnitStore) -> None:
    """Hold for every public name of a store, those to come too: open for units by decision only."""
    opened_names = SHARED | {name for name in vars(UnitStore) if not name.startswith("_")}
    for name in [name for name in dir(Store) if not name.startswith("_")]:
        if name in opened_names:
            getattr(cut, name)
        else:
            with pytest.raises(RefusedError):
                getattr(cut, name)


def test_a_cut_store_tells_of_its_own_units_only(cut: UnitStore) -> None:
    whole = cut._whole
    assert {ledger.unit for ledger in cut.facts(2023).ledgers} == {UNIT}
    assert {ruling.unit for ruling in cut.facts(2023).rulings} == {UNIT}
    assert [one.file_name for one in cut.uploads()] == ["a.xlsx"]
    theirs = next(one for one in whole.uploads() if one.file_name != "a.xlsx")
    for ask in (cut.original, cut.problems, cut.thing):
        with pytest.raises(RefusedError):
            ask(theirs.sha256)
    with pytest.raises(RefusedError):
        cut.version_facts(OTHER, 2023, 2, 1)
    assert MARK not in repr(cut.history())


def test_verdicts_are_seen_as_they_fall_or_after_the_final_board(cut: UnitStore, rulebook: Rulebook) -> None:
    whole = cut._whole
    assert [one.clause for one in cut.rulings(2023)] == ["12A"]
    whole.set_setting(doors_key(2023), Doors(verdicts_at_once=False).as_text(), "王主任")
    assert cut.rulings(2023) == ()
    board = make_board(whole.facts(2023), rulebook, DAY, Policy())
    number = whole.next_publication_number("2023-年度")
    receipt = Publication(
        number, 2023, "年度", DAY, None, MOMENT, "王主任", rulebook.rules_hash, whole.fingerprint(2023), "p", "1"
    )
    whole.publish(receipt, board)
    assert [one.clause for one in cut.rulings(2023)] == ["12A"]
    whole.withdraw_ruling(1, "李工", "重看")
    assert [one.clause for one in cut.rulings(2023)] == ["12A"], "the final board's verdicts until the next one"
    cards = cut.published_board(number).card
    assert cards[UNIT].findings
    assert not cards[OTHER].findings
    assert cards[OTHER].score == board.card[OTHER].score


def test_every_act_is_given_to_somebody_and_strangers_get_none() -> None:
    assert set(MAY) == set(Act)
    for act, roles in MAY.items():
        assert roles, act
        assert Role.NOBODY not in roles
        assert Role.READER not in roles or act in (Act.ENTER, Act.READ_ALL)
    assert {act for act, roles in MAY.items() if Role.UNIT in roles} == {Act.ENTER, Act.UPLOAD, Act.SEND, Act.OBJECT}

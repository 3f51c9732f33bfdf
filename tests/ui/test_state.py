from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from scoring.rulebook.read import load_rulebook
from ui.session.view import FIRST_DAY, LAST_DAY, View, read_view

RULES = load_rulebook()
OFFICIAL = Policy()


def read(**params: str) -> View:
    return read_view(params, RULES, OFFICIAL)


def test_an_empty_link_opens_the_counties_of_the_real_data_by_the_official_readings(rulebook: Rulebook) -> None:
    view = read()
    assert (view.examples, view.kind, view.unit, view.policy, view.notices) == (False, "county", None, OFFICIAL, ())
    assert view.as_of <= rulebook.assessment.closes


def test_a_link_is_followed_word_for_word() -> None:
    view = read(data="examples", as_of="2023-12-31", kind="department", unit="住建局", late="strict")
    assert view.examples
    assert view.as_of == date(2023, 12, 31)
    assert view.kind == "department"
    assert view.unit == "市住房城乡建设局"
    assert (view.policy.late, dict(view.chosen)) == ("strict", {"late": "strict"})
    assert not view.notices


def test_readings_of_the_link_lie_over_the_official_ones() -> None:
    view = read_view({"late": "strict"}, RULES, Policy(quarterly="each"))
    assert (view.policy.late, view.policy.quarterly) == ("strict", "each")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("as_of", "昨天", "截至日期“昨天”"),
        ("as_of", "2023-02-30", "截至日期“2023-02-30”"),
        ("as_of", "0001-01-01", "截至日期“0001-01-01”"),
        ("kind", "city", "对象类别“city”"),
        ("unit", "大理市", "单位“大理市”"),
        ("unit", "长" * 500, "单位“长"),
        ("late", "whatever", "口径"),
        ("data", "secret", "数据“secret”"),
    ],
)
def test_what_cannot_be_read_is_ignored_and_said_in_chinese(name: str, value: str, said: str) -> None:
    view = read(**{name: value})
    assert len(view.notices) == 1
    assert said in view.notices[0]
    assert len(view.notices[0]) < 100
    assert (view.as_of, view.kind, view.unit, view.policy, view.examples) == (
        read().as_of, "county", None, OFFICIAL, False,
    )  # fmt: skip


@given(st.dictionaries(st.sampled_from(["as_of", "kind", "unit", "late", "median", "data", "other"]), st.text()))
def test_no_link_whatever_breaks_the_view(params: dict[str, str]) -> None:
    view = read_view(params, RULES, OFFICIAL)
    assert view.kind in RULES.kinds
    assert FIRST_DAY <= view.as_of <= LAST_DAY

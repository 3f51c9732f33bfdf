"""The reasons that a reviewer is offered: the last used first, and always at least one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.model.facts import Verdict
from scoring.words.reasons import MOST, ready_reasons, reasons
from tests.builders import ruling

DAY, READY = date(2023, 7, 3), ready_reasons()


def given_before(*said: tuple[str, str, str]) -> list[object]:
    return [replace(ruling(clause, verdict, DAY), reason=reason) for clause, verdict, reason in said]


def test_the_reason_last_used_for_clause_and_verdict_is_first() -> None:
    before = given_before(
        ("4C", "accepted", "有文件"), ("4C", "accepted", "有会议纪要"), ("4C", "rejected", "没有盖章"),
        ("5C", "accepted", "现场看过"), ("4C", "accepted", "有文件"),
    )  # fmt: skip
    offered = reasons(before, "4C", Verdict.ACCEPTED, READY)  # type: ignore[arg-type]
    assert offered[:2] == ("有文件", "有会议纪要")
    assert "没有盖章" not in offered
    assert offered[-1] == "现场看过", "what was said of another clause comes last"


def test_a_clause_may_have_ready_reasons_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "reasons.toml"
    path.write_text(
        f'{Path("scoring/words/reasons.toml").read_text("utf-8")}\n[clause.4C]\naccepted = ["案例已刊发"]\n', "utf-8"
    )
    own = ready_reasons(path)
    assert reasons((), "4C", Verdict.ACCEPTED, own)[0] == "案例已刊发"
    assert reasons((), "5C", Verdict.ACCEPTED, own) == tuple(READY["accepted"]["reasons"])


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_has_ready_reasons(verdict: Verdict) -> None:
    offered = reasons((), "1A", verdict, READY)
    assert offered
    assert all(reason.strip() for reason in offered)


@given(
    st.lists(
        st.tuples(st.sampled_from(["4C", "5C"]), st.sampled_from(Verdict), st.text("甲乙丙", min_size=1, max_size=2))
    )
)
def test_each_reason_is_offered_once(said: list[tuple[str, Verdict, str]]) -> None:
    before = given_before(*((clause, verdict.value, reason) for clause, verdict, reason in said))
    offered = reasons(before, "4C", Verdict.REJECTED, READY)  # type: ignore[arg-type]
    assert len(offered) == len(set(offered)) <= MOST
    mine = [reason for clause, verdict, reason in said if (clause, verdict) == ("4C", Verdict.REJECTED)]
    assert not mine or offered[0] == mine[-1]

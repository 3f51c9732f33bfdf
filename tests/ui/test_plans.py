"""What a unit can still do is shown with its own day, and what has passed is said to have passed."""

from __future__ import annotations

from datetime import date

import pytest

from scoring.analysis.actions import single_actions
from tests.analysis.worlds import WHOLE, WUHUA, world
from ui.show import plans


@pytest.mark.parametrize(("as_of", "says"), [
    (date(2023, 6, 29), "2023年6月30日<"),
    (date(2023, 6, 30), "2023年6月30日，今天到期<"),
    (date(2023, 7, 1), "2023年6月30日，已过<"),
])  # fmt: skip
def test_a_deadline_that_has_passed_is_marked(as_of: date, says: str) -> None:
    actions = single_actions(world("五华区:4A=open", as_of=as_of), WUHUA)
    mine = [action for action in actions if action.option.clause == "4A"]
    assert says in plans.actions_table(mine, WHOLE, as_of)

"""What is said of the rulings that would change who stands at either end: the sentence, and the table."""

from __future__ import annotations

from scoring.analysis.position import Position
from scoring.analysis.verification import Check
from scoring.judging.rulings import TITLES
from scoring.model.rules import UnitKind
from scoring.words.phrasing import number, numeral


def sentence(position: Position, found: tuple[Check, ...], kind: UnitKind) -> str:
    """Say how many rulings the ends hang on, and which comes first."""
    if not kind.listed:
        return f"{kind.title}没有要先核的认定"
    number_listed = numeral(kind.listed)
    if not found:
        return f"前{number_listed}名和后{number_listed}名不会因任何一项审核认定而改变"
    units = {check.unit for check in found}
    return (
        f"有{len({(c.unit, c.clause, c.item) for c in found})}项认定（涉及{len(units)}个单位）任何一项改变都会改动"
        f"前{number_listed}名或后{number_listed}名，先核：{_said(position, found[0])}"
    )


def _said(position: Position, check: Check) -> str:
    verdicts = "或".join(TITLES[verdict] for verdict in check.verdicts)
    what = f"{position.short(check.unit)}{check.clause}" + (f"《{check.item}》" if check.item else "")
    moves = f"得分由{number(check.score_before)}分到{number(check.score)}分、第{check.rank_before}名到第{check.rank}名"
    return "，".join([f"{what}如{verdicts}，{moves}", *_effects(position, check)])


def _effects(position: Position, check: Check) -> list[str]:
    listed = numeral(check.before.listed)
    named = (
        (check.enter_first, f"进入前{listed}名"),
        (check.leave_first, f"退出前{listed}名"),
        (check.enter_last, f"落入后{listed}名"),
        (check.leave_last, f"离开后{listed}名"),
    )
    effects = [f"{position.shorts(units)}{what}" for units, what in named if units]
    ties = (
        (check.before.first_tied, check.after.first_tied, f"第{listed}名"),
        (check.before.last_tied, check.after.last_tied, f"倒数第{listed}名"),
    )
    effects += [f"{place}{'出现' if new else '不再'}并列" for old, new, place in ties if old != new]
    return effects


HEADER = (
    "单位",
    "条款",
    "事项",
    "现计分",
    "现在的理由",
    "如认定为",
    "计分变为",
    "得分变为",
    "现名次",
    "名次变为",
    "影响",
)


def rows(position: Position, found: tuple[Check, ...]) -> list[tuple[object, ...]]:
    """Return the list as a table, its header first."""
    return [
        HEADER,
        *(
            (
                c.unit, c.clause, c.item, c.finding.points, c.finding.reason,
                "或".join(TITLES[verdict] for verdict in c.verdicts), c.points, c.score, c.rank_before, c.rank,
                "；".join(_effects(position, c)),
            )
            for c in found
        ),
    ]  # fmt: skip

"""What is said of a change of the rules: the sentence, and the tables."""

from __future__ import annotations

from collections.abc import Sequence

from scoring.analysis.comparison_sentences import sentence as comparison_sentence
from scoring.analysis.rule_changes import Cause, RuleChange

NO_CLAUSE = "基础分、案例分上限等"


def title(found: RuleChange, cause: Cause) -> str:
    """Name a cause: a clause's or a task's title, else what no clause moves."""
    for book in (found.after.rulebook, found.before.rulebook):
        if cause.clause in book.clause:
            return book.clause[cause.clause].title
        if cause.clause.isdecimal() and int(cause.clause) in book.task:
            return book.task[int(cause.clause)].goal
    return NO_CLAUSE


def sentence(found: RuleChange) -> str:
    """Say what is changed and whom it moves."""
    if not found.says:
        return "两份细则内容相同"
    return f"细则有{len(found.says)}处改动；{comparison_sentence(found.comparison, found.after.rulebook)}"


def left_aside(found: RuleChange) -> list[str]:
    """Say what the edited rules cannot use."""
    lost = [
        f"台账里对条款{one}的填报" if isinstance(one, str) else f"{one.ledger.unit}激励事项《{one.title}》"
        for one in found.left_aside
    ]
    return list(dict.fromkeys(lost))


HEADER = ("序号", "细则的改动")


CAUSES = ("条款", "名称", "单位", "变化")


def rows(found: RuleChange) -> Sequence[tuple[object, ...]]:
    """Return the differences as a table, its header first."""
    return [HEADER, *enumerate(found.says, 1)]


def cause_rows(found: RuleChange) -> list[tuple[object, ...]]:
    """Return what moves each unit's raw score as a table, its header first."""
    return [
        CAUSES,
        *((c.clause, title(found, c), unit, points) for c in found.causes for unit, points in c.moved.items()),
    ]

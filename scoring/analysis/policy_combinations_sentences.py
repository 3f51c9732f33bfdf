"""What is said of the board under every reading: the sentence, and the tables."""

from __future__ import annotations

from scoring.analysis.policy_combinations import Readings, Standing
from scoring.analysis.position import Position
from scoring.board.red_black import listed_words
from scoring.model.rules import Rulebook, UnitKind
from scoring.words.phrasing import numeral


def sentence(position: Position, readings: Readings, kind: UnitKind) -> str:
    """Say who is among the first and last three under every reading, and what must be decided for all to be."""
    mine = [s for s in readings.standings if s.kind == kind.name]
    count = len(readings.boards)
    stable = sum(s.stable for s in mine)
    parts = [f"全部{count}种读法下，{kind.title}{len(mine)}个单位中{stable}个名次稳定"]
    if not kind.listed:
        return parts[0]
    first, last = f"前{numeral(kind.listed)}名", f"后{numeral(kind.listed)}名"
    for end, units in (("first", first), ("last", last)):
        always = [s.unit for s in mine if getattr(s, end) == count]
        if always:
            parts.append(f"{position.shorts(always)}始终在{units}")
    deciding = next(d for d in readings.deciding if d.kind == kind.name)
    if not deciding.hang_on:
        return "，".join([*parts, f"{first}和{last}与口径无关"])
    titles = {rule.name: f"“{rule.title}”" for rule in position.rulebook.policies}
    parts.append(f"定下{''.join(titles[n] for n in deciding.hang_on)}，{first}和{last}就都定了")
    if 0 < len(deciding.enough) < len(deciding.hang_on):
        parts.append(f"按现行读法确认{''.join(titles[n] for n in deciding.enough)}也就够了")
    return "；".join(parts)


def stability(standing: Standing) -> str:
    """Say 稳定, or that some readings do not score the unit at all; empty where only its rank changes."""
    return "稳定" if standing.stable else "" if standing.is_always_scored else "部分读法列入"


HEADER = (
    "单位",
    "现名次",
    "最好名次",
    "最差名次",
    "稳定",
    "现得分",
    "最低得分",
    "最高得分",
    "居前{}的读法数",
    "居后{}的读法数",
    "读法总数",
)  # ``{}`` stands for how many are listed; both columns are left out where no lists are drawn


ALTERNATIVES = ("口径", "读法", "现行", "得分变化的单位", "名次变化的单位", "前{0}或后{0}改变")


def rows(readings: Readings, rulebook: Rulebook) -> list[tuple[object, ...]]:
    """Return the standings as a table, its header first."""
    listed = listed_words(rulebook.kinds.values())
    return [
        tuple(head.format(listed) for head in HEADER if listed or "{" not in head),
        *(
            (
                s.unit, s.rank, s.best_rank, s.worst_rank, stability(s), s.score, s.lowest, s.highest,
                *((s.first, s.last) if listed else ()), s.boards,
            )
            for s in readings.standings
        ),
    ]  # fmt: skip


def alternative_rows(position: Position, readings: Readings) -> list[tuple[object, ...]]:
    """Return what each reading does by itself as a table, its header first."""
    policies = {rule.name: rule for rule in position.rulebook.policies}
    titles = {(rule.name, reading.name): reading.title for rule in policies.values() for reading in rule.readings}
    listed = listed_words(position.rulebook.kinds.values())
    return [
        tuple(head.format(listed) for head in ALTERNATIVES if listed or "{" not in head),
        *(
            (
                policies[a.policy].title, titles[a.policy, a.reading], "现行" if a.in_force else "",
                position.shorts(a.scores), position.shorts(a.ranks),
                *(["是" if a.ends else ""] if listed else []),
            )
            for a in readings.alternatives
        ),
    ]  # fmt: skip

"""What is said of scenarios played out: the sentence, and the tables of units and changes."""

from __future__ import annotations

from collections.abc import Sequence

from scoring.analysis.comparison_sentences import sentence as comparison_sentence
from scoring.analysis.plays import Play
from scoring.analysis.position import Position
from scoring.model.rules import Rulebook
from scoring.scenario.text import ALL, Act, Change, Scenario
from scoring.scenario.what_if import SIMULATED
from scoring.words.phrasing import day_name, number, quarter_name

SAID = {
    Act.DONE: "完成并附佐证",
    Act.OPEN: "没有完成",
    Act.BARE: "完成但没有佐证",
    Act.PROVED: "补齐佐证",
    Act.ACCEPT: "审核认可",
    Act.REJECT: "审核不认可",
    Act.EXEMPT: "审核豁免",
}


def describe(change: Change, rulebook: Rulebook) -> str:
    """Say one change in Chinese, without its unit."""
    if change.act is Act.ADD:
        return f"第{change.clause}项激励加分增加{number(change.points)}分" if change.points else "激励加分不变"
    if change.clause == ALL:
        return "全部条款补齐佐证"
    clause = rulebook.clause[change.clause]
    name = f"{clause.code}{clause.title}" + (f"（{quarter_name(change.quarter)}）" if change.quarter else "")
    act = f"数量为{change.number}" if change.act is Act.COUNT else SAID[change.act]
    return f"{name}：{act}" + (f"，{day_name(change.day)}" if change.day else "")


def sentence(played: Play) -> str:
    """Say how much is changed and whom it moves; marked as simulated."""
    if not played.scenario:
        return "没有改动，就是现在的得分"
    said = comparison_sentence(played.comparison, played.position.rulebook)
    return f"{SIMULATED}：{extent(played)}，{said}"


def extent(played: Play) -> str:
    """Say how much a scenario makes another than it is."""
    if not played.made:
        return "所选的与现在一样"
    return f"改变{len({change.unit for change in played.made})}个单位的{len(played.made)}项"


def rows(position: Position, plays: Sequence[Play]) -> list[tuple[object, ...]]:
    """Return every unit's score and rank as it stands and under each scenario, as a table, its header first."""
    titles = [played.title or f"情景{place}" for place, played in enumerate(plays, 1)]
    heads = [f"{title}（{SIMULATED}）{what}" for title in titles for what in ("得分", "名次")]
    table: list[tuple[object, ...]] = [("单位", "现得分", "现名次", *heads)]
    for card in position.board.cards:
        cards = [played.position.board.card.get(card.unit) for played in plays]
        values = [value for c in cards for value in ((c.score, c.rank) if c else (None, None))]
        table.append((card.unit, card.score, card.rank, *values))
    return table


def change_rows(scenario: Scenario, rulebook: Rulebook) -> list[tuple[object, ...]]:
    """Return a scenario's changes in words as a table, its header first."""
    return [("单位", f"改动（{SIMULATED}）"), *((c.unit, describe(c, rulebook)) for c in scenario.changes)]

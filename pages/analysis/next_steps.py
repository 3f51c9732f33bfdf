"""怎样提升: what each action of a unit is worth, and the fewest that lead it to a rank."""

import streamlit as st

from scoring.analysis import actions_sentences, improvement_sentences, options
from scoring.analysis.actions import Action
from scoring.analysis.amounts import amounts_text
from scoring.analysis.improvement import Improvement, Plan, Rivals
from scoring.scenario.text import scenario_text
from ui.session import navigation, shown, state
from ui.shell import frame
from ui.show import answers, plans, tables
from ui.show.text import day_name, points

view = navigation.view()
desk = navigation.desk()
rulebook = desk.rulebook
position = desk.position()
cards = position.board.card
named = view.unit if view.unit in cards else state.last_unit(cards)
unit = named or desk.most_to_gain(view.kind) or next(iter(cards))
among = len(position.units(cards[unit].kind))
target = plans.target_of(state.text("target"), cards[unit], among, rulebook.kind_of(unit).listed)
rivals = Rivals(state.choice("rivals", plans.RIVALS, Rivals.FROZEN.value))
effort = plans.effort_of(state.text("effort"), unit, rulebook)


def link(plan: Plan) -> str:
    """Return the address of a plan as a scenario."""
    return navigation.link("what_if", unit=unit, scenario=scenario_text(plan.scenario, rulebook))


def both() -> tuple[Improvement, tuple[Action, ...], list[str]]:
    """Return the way up, what each action is worth, and both in a sentence."""
    way, worth = desk.improvement(unit, target, rivals, effort.amounts), desk.actions(unit)
    return way, worth, [
        improvement_sentences.sentence(position, way), actions_sentences.sentence(position, unit, worth),
    ]  # fmt: skip


def book() -> bytes:
    """Return the answer as ``.xlsx``."""
    way, worth, says = both()
    sheets = {"能到的名次": improvement_sentences.rows(way), "每个动作": actions_sentences.rows(worth)}
    return desk.answer(f"{unit}怎样提升", says, sheets, simulated=True)


def way_up() -> tables.Html:
    """Return the whole answer."""
    way, worth, says = both()
    last = day_name(options.last_day(position))
    costs = f"投入：{amounts_text(effort.amounts)}，其余为1。" if effort.amounts else ""
    note = f"{costs}现在才做的算今天完成，{last}以后报送的不算；并列也算升到。办法已用整张得分表验证，不改动任何数据。"
    taken = way.plan or way.best
    turns = answers.before_after([
        ("得分", points(way.before.score), points(way.after.score)),
        ("名次", f"第{way.before.rank}名", f"第{way.after.rank}名"),
        ("要做的动作", "0", str(taken.steps)),
    ])  # fmt: skip
    parts = [tables.heading(says[0]), answers.band(note), turns]
    if taken.options:
        parts.append(tables.subheading("最省的办法" if way.plan else "到不了，能做的全部做完是这样"))
        parts.append(plans.plan_table(taken, rulebook))
    if way.obstacles:
        parts += [tables.subheading("已经挽回不了的"), plans.obstacles_table(way, rulebook)]
    parts += [tables.subheading("能到的每个名次，各要做什么"), plans.ladder_table(way, link)]
    return tables.stack(*parts, tables.subheading(says[1]), plans.actions_table(worth, rulebook, view.as_of))


with st.container(key="bar", horizontal=True):
    st.selectbox("单位", list(cards), format_func=rulebook.short, **state.widget("unit", unit))
    st.selectbox("想升到", range(1, among + 1), format_func="第{}名".format, **state.widget("target", target))
    st.segmented_control("其他单位", list(plans.RIVALS), format_func=plans.RIVALS.__getitem__, required=True,
                         **state.widget("rivals", rivals.value))  # fmt: skip
    st.text_input(
        "每个动作的投入（不写都是1）", placeholder="如 4A=2，9C=0.5",
        **state.widget("effort", state.text("effort"), lambda text: str(text) or None),
    )  # fmt: skip
    frame.settings(view)
    st.download_button("下载", book, f"{unit}怎样提升{view.year}年度{view.as_of}.xlsx", on_click="ignore", key="book")
for problem in effort.problems:
    st.warning(problem)

shown.html("way up", way_up, unit)

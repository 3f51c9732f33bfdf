"""单位: one unit's score from its base to its end, every point with its proof."""

import streamlit as st

from scoring.board.summary import gained, pending
from ui.forms import downloads, evidence_viewer, open_work
from ui.session import navigation, shown, state
from ui.shell import frame
from ui.show import charts, lines, marked_days, sentences, tables, years
from ui.show.text import or_dash, points, signed, standing

PARTS = {"lost": "扣分明细", "won": "加分与待办", "all": "全部评分项", "path": "名次走势", "versus": "与其他单位对比"}
ALONE = ("lost", "won", "all")  # what a 报送单位 sees: nothing beside others; what is open has no page of its own there

view = navigation.view()
desk = navigation.desk()
rulebook = desk.rulebook
board = desk.board()
units = [card.unit for card in board.cards]
unit = view.unit if view.unit in board.card else units[0]
card = board.card[unit]

with st.container(key="bar", horizontal=True):
    st.selectbox("单位", units, format_func=rulebook.short, **state.widget("unit", unit))
    frame.settings(view)
    downloads.of_unit(desk, unit)

st.html(tables.heading(sentences.unit(board, card, rulebook, ranked=not desk.whose)))
still_open = open_work.about(unit, desk)
st.html(tables.figures([
    ("得分", points(card.score)), ("名次", "定稿后公布" if desk.whose else standing(board, card)),
    ("封顶前", points(card.raw)), ("扣分", signed(-card.deductions)),
    ("案例分", or_dash(card.case_points)), ("激励加分", or_dash(card.incentive)),
]))  # fmt: skip
parts = {name: title for name, title in PARTS.items() if not desk.whose or name in ALONE}
own = {"open": f"未了事项 {len(still_open)}"}
parts |= own if desk.whose else {"years": "历年对比"} if desk.year_before() else {}
part = state.choice("part", parts, "lost")
st.segmented_control("看什么", list(parts), format_func=parts.__getitem__, label_visibility="collapsed", required=True,
                     **state.widget("part", part))  # fmt: skip

if part == "lost":
    st.html(tables.subheading("从基础分到得分，每一步是一个评分项"))
    shown.chart("waterfall", lambda colours: charts.waterfall(card, rulebook, colours))
    shown.html("lost", lambda: evidence_viewer.deductions(desk, board, card, part))
elif part == "won":
    won, waiting = gained(card), pending(card)
    shown.html("won", lambda: tables.stack(
        tables.subheading(f"加分：{lines.bonus_note(card, rulebook)}"),
        evidence_viewer.proved(desk, unit, won, part) or tables.empty("还没有加分。"),
        tables.subheading(f"未到期：{len(waiting)}项" if waiting else "没有未到期的评分项"),
        lines.waiting_table(waiting, desk.position()) if waiting else None,
    ))  # fmt: skip
elif part == "all":
    shown.html("all", lambda: lines.all_table(card, rulebook))
    if proven := [finding for finding in card.findings if any(item.sha256 for item in finding.evidence)]:
        st.html(tables.subheading(f"{len(proven)}个评分项有图片或文件作佐证"))
        shown.html("proven", lambda: evidence_viewer.proved(desk, unit, proven, part))
elif part == "path":
    days = marked_days.stations(view.as_of, rulebook)
    boards = [(day, what, desk.on(day).board()) for day, what in days.items()]
    st.html(tables.subheading("各报送截止日和时限当天的名次（按现有台账回算）"))
    shown.chart("path", lambda colours: charts.rank_path(boards, unit, rulebook, colours))
elif part == "open":
    open_work.of_unit(still_open, desk)
elif part == "years":
    shown.html("years", lambda: years.unit(desk.year_by_year(), unit))
else:
    others = [other.unit for other in board.ranking(card.kind) if other.unit != unit]
    versus = state.choice("versus", others, others[0])
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox("与谁比", others, width=280, format_func=rulebook.short, **state.widget("versus", versus))
        only = st.toggle("只看不同的评分项", value=True, key="only_different")
    shown.html("versus", lambda: lines.comparison(card, board.card[versus], rulebook, only_different=only), only)
evidence_viewer.show(desk, card.findings)

"""时限热力图: who has done what by which day, and who has sent the ledger of which quarter."""

import streamlit as st

from scoring.analysis.open_matters import Part
from scoring.judging.punctuality import quarter_in_question
from ui.forms import open_work
from ui.session import navigation, shown, state
from ui.shell import frame
from ui.show import cell_detail, finals, heatmap, marks, proofs, tables, timeline

BY = {"clause": "按评分项", "task": "按任务"}

view = navigation.view()
desk = navigation.desk()
rulebook = desk.rulebook
board = desk.board()

with st.container(key="bar", horizontal=True):
    st.segmented_control(
        "考评对象",
        list(rulebook.kinds),
        format_func=rulebook.kind_noun,
        required=True,
        **state.widget("kind", view.kind),
    )
    by = state.choice("by", BY, "clause")
    st.segmented_control("列", list(BY), format_func=BY.__getitem__, required=True, **state.widget("by", by))
    frame.settings(view)
    st.download_button(
        "日历文件", desk.days, f"{view.year}年度考评时限.ics", "text/calendar", on_click="ignore", key="days"
    )

sent = desk.punctuality()
quarter = quarter_in_question(rulebook.assessment, view.as_of)
reported = {unit: marks.BY_TIMELINESS[found.timeliness] for (unit, of), found in sent.items() if of == quarter}
columns = {"clause": heatmap.clause_columns, "task": heatmap.task_columns}[by](rulebook, view.kind)
heat = heatmap.Heat(board, view.kind, columns, rulebook, reported)
units = [card.unit for card in board.ranking(view.kind)]
at = state.choice("at", [column.key for column in columns], "")
chosen = (view.unit, at) if at and view.unit in units else None


cell_link = navigation.link("deadlines", unit=None, by=by, kind=view.kind)


def unit_link(unit: str) -> str:
    """Return the address of a unit's page."""
    return navigation.link("unit", unit=unit)


def close() -> None:
    """Take the cell that was looked at out of the URL."""
    state.put(at=None)


def picture() -> tables.Html:
    """Return the days, the heat map with its key, and who sent which ledger."""
    days = timeline.line_of_days(rulebook, view.kind, view.as_of, state.today())
    every_unit = navigation.link("unit", unit=None, kind=view.kind)
    heading = tables.subheading("每季度台账谁报了：以首次报送为准，截止日当天算按时")
    table = timeline.punctuality_table(sent, board, view.kind, rulebook, unit_link)
    cells = heatmap.heatmap(heat, cell_link, every_unit, chosen)
    return tables.stack(days, cells, heatmap.key(heat.marks), heading, table)


shown.html("says", lambda: tables.stack(
    tables.heading(timeline.headline(board, view.kind, rulebook)),
    tables.note(timeline.punctuality_headline(sent, board, view.kind, quarter, rulebook, desk.open_matters())),
))  # fmt: skip
open_work.account(desk, Part.NOT_DUE, Part.LEDGER, Part.SENDING, whose=view.kind)
if dues := finals.due_days(desk.objections(), rulebook):
    st.html(tables.note(dues))
shown.html("picture", picture)

if chosen:
    unit, key = chosen
    column = next(column for column in columns if column.key == key)
    found = heatmap.cell_of(column, board.card[unit], rulebook, view.as_of, reported.get(unit))

    @st.dialog(cell_detail.title(unit, column, rulebook), width="large", on_dismiss=close)
    def show() -> None:
        """Show the findings of the cell that was clicked."""
        st.html(cell_detail.note(unit, column, found, sent, rulebook))
        if found.findings:
            rows = desk.sent_rows(unit, found.findings)
            st.html(proofs.proofs(found.findings, rulebook, rows))
        st.page_link(navigation.page("unit"), label="打开这个单位", query_params=state.shared_query(view, unit=unit))

    show()

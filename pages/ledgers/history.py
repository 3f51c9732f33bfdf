"""报送与版本: what came when, in which version; every version as it was; everything that was ever done; the backups."""

import streamlit as st

from scoring.documents.event_list import events_xlsx
from scoring.store import LedgerVersion
from ui.forms import reminding, signing, system_state, version_view
from ui.session import navigation, shown, state
from ui.shell import frame
from ui.show import event_log, tables, versions

PARTS = {"versions": "台账版本", "remind": "催报", "events": "全部记录", "state": "系统状态"}

view = navigation.view()
desk = navigation.desk()
rulebook = desk.rulebook
found = desk.ledger_versions()
picked = version_view.find(found, state.word("pick"))


def version_link(version: LedgerVersion) -> str:
    """Return the address of one version."""
    return navigation.link("history", pick=version_view.word(version), part="versions")


with st.container(key="bar", horizontal=True):
    frame.settings(view)
signing.show_done()

if picked:
    version_view.show(picked, found, desk)
else:
    parts = {"versions": PARTS["versions"]} if desk.whose else PARTS
    part = state.choice("part", parts, "versions")
    events = desk.history()
    gone = sum(version.withdrawn for version in found)
    uploads = {version.upload for version in found}
    said = f"收到{len(uploads)}份工作簿、{len(found)}版台账" + (f"，其中{gone}版已撤回" if gone else "")
    if part == "remind":
        said = reminding.title(desk)
    elif not desk.whose:
        said += f"；共{len(events)}条记录，只增不改"
    st.html(tables.heading(said))
    faults = () if desk.whose else desk.faults()
    if faults:
        st.error("记录核对没有通过，有内容被改动或缺失：")
        st.html(tables.bullets(faults))
    elif not desk.whose:
        st.html(tables.note("✓ 记录核对通过：每条记录、每份原件、每个定稿都与当时的校验值一致。"))
    st.segmented_control("看什么", list(parts), format_func=parts.__getitem__, label_visibility="collapsed",
                         required=True, **state.widget("part", part))  # fmt: skip
    if part == "versions":
        shown.html("versions", lambda: versions.versions_table(found, rulebook, version_link))
        version_view.show_kept(desk)
    elif part == "remind":
        reminding.show(desk)
    elif part == "state":
        system_state.show(desk)
    else:
        st.download_button(
            "导出全部记录", lambda: events_xlsx(events, rulebook, state.today()),
            f"全部记录{state.today()}.xlsx", on_click="ignore", key="events",
        )  # fmt: skip
        shown.html("events", lambda: event_log.events_table(events, rulebook))

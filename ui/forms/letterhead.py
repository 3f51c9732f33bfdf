"""公文要素: the fields of a 通报 that only the office knows, kept for everybody."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from typing import Any

import streamlit as st

from scoring.model.notices import FIELD_NAMES, LEFT_OUT, OF_ONE_PAPER
from ui.forms import commands, signing
from ui.session.acts import Act
from ui.session.desk import Desk
from ui.session.view import View
from ui.show import tables

LONGEST = 200
EXAMPLES = {  # with the year of the view in the place of {}
    "organ": "昆明市水务局文件",
    "number": "昆水通〔{}〕8号",
    "signer": "下行文一般填“无”",
    "secrecy": "不涉密填“无”",
    "addressees": "各县（市、区）人民政府，市级各责任部门",
    "copies": "市政府督查室",
    "printer": "昆明市水务局办公室",
    "printed_on": "{}年7月10日",
}
ROWS = (("organ", "secrecy"), ("number", "signer"), ("addressees",), ("copies",), ("printer", "printed_on"))


def show(_view: View, desk: Desk) -> None:
    """Draw the fields, and which of them the next paper will print as marked blanks."""
    now = desk.letterhead()
    blank = [title for name, title in FIELD_NAMES.items() if not getattr(now, name)]
    st.html(tables.heading(f"通报里还有{len(blank)}处待填" if blank else "通报的公文要素都填了"))
    st.html(tables.note(f"没有填的印成“〔待填：…〕”；不用的填“{LEFT_OUT}”。发文字号、签发人、印发日期每份通报另填。"))
    given: dict[str, Any] = {}
    for row in ROWS:
        with st.container(horizontal=True, key=f"fields_{row[0]}") if len(row) > 1 else nullcontext():
            for name in row:
                label = FIELD_NAMES[name] + ("（只用于下一份通报）" if name in OF_ONE_PAPER else "")
                given[name] = st.text_input(label, getattr(now, name), max_chars=LONGEST, placeholder=EXAMPLES[name].format(desk.year),
                                            key=signing.key(f"field_{name}"), width="stretch").strip()  # fmt: skip
    wanted = replace(now, **given)
    name = signing.ask_name(field="actor_letterhead")
    missing = "没有改动" if wanted == now else "" if name else "先填经办人姓名"

    def act() -> str:
        commands.set_letterhead(wanted, name, desk)
        return "已记下，下一份通报照此印。"

    signing.finish("记下", "letterhead", missing, act, Act.SET_LETTERHEAD)

"""One version of a ledger: what it says, its problems, what another says differently, its file; withdrawing and restoring."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from scoring.analysis.comparison import compare
from scoring.analysis.comparison_sentences import sentence as effect_sentence
from scoring.analysis.ledger_entries_sentences import entries
from scoring.model.facts import Facts
from scoring.store import LedgerVersion, Upload
from ui.forms import commands, signing, whats_new
from ui.session import access, state
from ui.session.acts import Act
from ui.session.desk import Desk
from ui.show import change_tables, problems, tables, versions
from ui.show.text import md_escape, names

PARTS = {"facts": "填报内容", "problems": "问题", "compare": "与另一版比较", "withdraw": "撤回或恢复"}


def find(found: Sequence[LedgerVersion], pick: str) -> LedgerVersion | None:
    """Return the version that the URL names: ``<number of the workbook>-<quarter>-<unit>``."""
    return next((version for version in found if word(version) == pick), None)


def word(version: LedgerVersion) -> str:
    """Name a version in the URL."""
    return f"{version.upload}-{version.quarter}-{version.unit}"


def show_kept(desk: Desk) -> None:
    """Draw the files of which only the original was kept, and the way to have one back; nothing where there are none."""
    originals = desk.kept_originals()
    if not originals:
        return
    st.html(tables.subheading(f"只留原件的{len(originals)}份文件：不算单位报送，不影响得分"))
    st.html(versions.kept_table(originals))
    by = {one.sha256: one for one in reversed(originals)}
    with st.container(horizontal=True, vertical_alignment="bottom", key="kept_row"):
        sha = st.selectbox("取回哪一份", list(by), format_func=lambda one: md_escape(by[one].file_name), width=420)
        st.download_button(
            "下载这份原件", lambda: desk.kept_original(sha), by[sha].file_name, on_click="ignore", key="kept"
        )


def show(version: LedgerVersion, found: Sequence[LedgerVersion], desk: Desk) -> None:
    """Draw one version."""
    rulebook = desk.rulebook
    upload = next((upload for upload in desk.uploads() if upload.upload == version.upload), None)
    st.html(tables.heading(versions.name(version, rulebook) + ("（已撤回，不计入）" if version.withdrawn else "")))
    if upload is None:  # the file holds ledgers that the viewer may not see
        facts = desk.version_facts(version)
        st.html(versions.entries_table(entries(facts)) if entries(facts) else tables.empty("这一版里没有填报内容。"))
        return
    st.html(versions.about(version, upload))
    parts = {name: title for name, title in PARTS.items() if name != "withdraw" or access.may(Act.READ_ALL)}
    part = state.choice("see", parts, "facts")
    with st.container(horizontal=True, vertical_alignment="bottom", key="version_row"):
        st.segmented_control("看什么", list(parts), format_func=parts.__getitem__, label_visibility="collapsed",
                             required=True, **state.widget("see", part))  # fmt: skip
        st.download_button("下载原件", lambda: desk.original(version), upload.file_name, on_click="ignore")
        if st.button("返回列表", key="back"):
            signing.leave()
    facts = desk.version_facts(version)
    if part == "facts":
        st.html(versions.entries_table(entries(facts)) if entries(facts) else tables.empty("这一版里没有填报内容。"))
    elif part == "problems":
        wrong = desk.problems(version)
        st.html(problems.problem_tables(wrong) if wrong else tables.empty("入库时没有发现问题。"))
    elif part == "compare":
        _compare(version, facts, found, desk)
    else:
        _set_aside(version, upload, desk)


def _compare(version: LedgerVersion, facts: Facts, found: Sequence[LedgerVersion], desk: Desk) -> None:
    """Draw what is new beside another version of the same unit, and what now differs from the final board."""
    rulebook = desk.rulebook
    others = [other for other in found if other.unit == version.unit and word(other) != word(version)]
    if not others:
        st.html(tables.empty("这个单位还没有另一版台账可比。"))
        return
    same = [other for other in others if other.quarter == version.quarter]
    offered = {word(other): other for other in [*same, *(other for other in others if other not in same)]}
    picked = state.choice("other", offered, next(iter(offered)))
    st.selectbox("与哪一版比", list(offered), format_func=lambda name: versions.name(offered[name], rulebook), width=360,
                 **state.widget("other", picked))  # fmt: skip
    other = offered[picked]
    older, newer = sorted([other, version], key=lambda one: (one.quarter, one.version))
    says = facts if newer is version else desk.version_facts(other)
    told = whats_new.before(found, newer.unit, newer.year, newer.quarter)
    rest = [one for one in told if word(one) not in (word(older), word(newer))]
    whats_new.draw(says, [older, *rest], desk)
    whats_new.draw_final(version.unit, {}, desk)


def _set_aside(version: LedgerVersion, upload: Upload, desk: Desk) -> None:
    """Show whom withdrawing (or restoring) the workbook moves, then ask why and by whom."""
    rulebook = desk.rulebook
    others = [v for v in desk.ledger_versions_of_all_years() if v.upload == version.upload and word(v) != word(version)]
    whole = f"文件里还有{names(versions.name(v, rulebook) for v in others)}，一起办理。" if others else ""
    position = desk.position()
    if upload.withdrawn:
        back = [desk.version_facts(v) for v in (version, *others)]
        after = position.with_facts(Facts.joined([position.facts, *back]))
    else:
        after = position.with_facts(versions.without(position.facts, version.upload))
    comparison = compare(position.board, after.board)
    verb = "恢复" if upload.withdrawn else "撤回"
    st.html(tables.subheading(f"预览：{verb}后{effect_sentence(comparison, rulebook)}"))
    st.html(tables.note(f"{verb}的是整个文件“{upload.file_name}”。{whole}原件和记录都留着，随时可以再办。"))
    st.html(change_tables.preview(comparison, rulebook))
    signed = signing.sign("upload", f"{verb}理由")

    def act() -> str:
        do = commands.restore_upload if upload.withdrawn else commands.withdraw_upload
        do(version.sha256, signed.reason, signed.name, desk)
        return f"已{verb}“{upload.file_name}”。"

    signing.finish(f"{verb}这个文件", "upload", signing.missing(signed, f"先写明{verb}理由"), act, Act.TAKE_IN)

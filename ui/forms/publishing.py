"""Making a board final: what is open, each passed over with a reason or settled first, the receipt, the papers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

import streamlit as st

from scoring import __version__
from scoring.analysis.open_matters import OpenMatter, Part
from scoring.analysis.open_matters_sentences import TITLES, says
from scoring.documents.papers import PAPERS
from scoring.model.boards import Board
from scoring.model.policy import policy_hash
from scoring.model.publications import Publication
from scoring.model.rules import Rulebook
from scoring.store import BEIJING
from ui.forms import commands, deciding, open_work, signing
from ui.session import navigation, papers, shown, state
from ui.session.acts import Act
from ui.session.desk import Desk
from ui.session.view import View
from ui.show import finals, tables
from ui.show.text import md_escape, quarter_name

NOT_YET = datetime.min.replace(tzinfo=BEIJING)  # the store puts in the moment at which it is done


def scopes(rulebook: Rulebook) -> dict[str, str]:
    """Return what can be made final: series of numbers -> title."""
    year = rulebook.assessment.year
    quarters = {
        f"{year}-第{quarter}季度": f"{year}年{quarter_name(quarter)}" for quarter in rulebook.assessment.cut_offs
    }
    return quarters | {f"{year}-年度": f"{year}年度"}


def default_scope(view: View, rulebook: Rulebook) -> int:
    """Return the place of the scope that suits the day: the year from its close on, else the quarter under way."""
    passed = sum(day <= view.as_of for day in rulebook.assessment.cut_offs.values())
    year_is_over = view.as_of >= rulebook.assessment.closes
    return len(rulebook.assessment.cut_offs) if year_is_over else max(passed - 1, 0)


def show(view: View, desk: Desk) -> None:
    """Draw the way to a final board under the official readings."""
    rulebook, official = desk.rulebook, desk.officially()
    board, blocking = official.board(), tuple(one for one in official.open_matters() if one.blocks)
    heading = f"还有{len(blocking)}件未决事项" if blocking else "没有未决事项，可以定稿"
    tied = any(one.tie for one in blocking)
    how = "先决定并列的单位谁列入红黑榜" if tied else "先办完，或逐件写明略过的理由"
    st.html(tables.heading(f"{heading}：{how}" if blocking else heading))
    open_work.account(official, open_work.Group.BLOCKING, without=view.chosen)
    if view.chosen:
        st.info("您正在看另一种口径；定稿一律按正式口径。")
    offer_drafts(board, official)
    if tied:
        deciding.ask(board, official)
        st.html(tables.subheading("其余未决事项"))
        others = [one for one in blocking if one.tie is None]
        shown.html("blocking", lambda: tables.bullets(_open_item(one, rulebook) for one in others))
        return
    reasons = _overrides(blocking, rulebook)
    with st.container(horizontal=True, vertical_alignment="bottom", key="scope_row"):
        offered = scopes(rulebook)
        series = st.selectbox("定稿范围", list(offered), index=default_scope(view, rulebook), width=240,
                              format_func=offered.__getitem__, key=signing.key("scope"))  # fmt: skip
        earlier = [one.number for one in desk.publications() if one.title == offered[series]]
        replaces = earlier[-1] if earlier else None
        st.html(tables.note(f"更正{replaces}：原来那份照样留着。" if replaces else "这个范围首次定稿。"))
    signed = signing.sign("publish", "定稿说明")
    lacking = [says(one) for one in blocking if not reasons[says(one)]]
    missing = f"还有{len(lacking)}件未决事项没有写略过的理由" if lacking else signing.missing(signed, "先写定稿说明")
    number = desk.next_publication_number(series)

    def act() -> str:
        receipt = Publication(
            number, view.year, offered[series], view.as_of, None, NOT_YET, signed.name, rulebook.rules_hash,
            desk.facts_hash, policy_hash(view.official), __version__, replaces,
            tuple((says(one), reasons[says(one)]) for one in blocking), official.notice(),
        )  # fmt: skip
        kept = commands.publish(receipt, board, signed.reason, desk)
        return f"已定稿，编号{kept.number}。这里就是定稿，文件可以下载。"

    then = {"part": "finals", "pick": number}
    signing.finish(f"定稿（编号{number}）", "publish", missing, act, Act.PUBLISH, **then)
    deciding.show_decided(board, official)


def _overrides(blocking: Sequence[OpenMatter], rulebook: Rulebook) -> Mapping[str, str]:
    """Ask for the reason of each open item; one reason may stand for a part, or for all that have none of their own."""
    if not blocking:
        return {}
    blocking = sorted(blocking, key=lambda block: list(Part).index(block.part))
    st.html(tables.subheading("未决事项"))
    common = st.text_input(
        "同一条理由用于下面所有没有单独写理由的事项（可不填）", key=signing.key("override_all"), max_chars=200
    )
    reasons, group = {}, ""
    for number, block in enumerate(blocking):
        if number == 0 or block.part is not blocking[number - 1].part:
            count = sum(other.part is block.part for other in blocking)
            label = f"{TITLES[block.part]}{count}件，同一条理由（可不填）"
            group = st.text_input(label, key=signing.key(f"override_{block.part}"), max_chars=200) if count > 1 else ""
        with st.container(horizontal=True, vertical_alignment="center", key=f"open_{number}"):
            st.html(tables.note(_open_item(block, rulebook)), width=380)
            own = st.text_input(md_escape(says(block)), key=signing.key(f"override_{number}_{says(block)}"), max_chars=200,
                                placeholder="略过的理由", label_visibility="collapsed", width="stretch")  # fmt: skip
        reasons[says(block)] = own.strip() or group.strip() or common.strip()
    return reasons


def _open_item(one: OpenMatter, rulebook: Rulebook) -> str:
    words = says(one, rulebook.short)
    if one.matter is None:
        return words
    to = navigation.link("review", unit=one.matter.unit, clause=one.matter.clause, item=one.matter.item or None)
    return tables.anchor(to, words)


def offer_drafts(board: Board, official: Desk) -> None:
    """Offer the papers of a board that is not final, marked 草稿."""

    def draft(name: str) -> bytes:
        return papers.paper(name, board, official.rulebook, None, official.notice())

    made = {name: partial(draft, name) for name in PAPERS}
    _offer(f"草稿{board.year}年度{board.as_of}", made, "（草稿）")


def _offer_kept(receipt: Publication, board: Board, then: Rulebook | None, desk: Desk) -> None:
    """Offer the papers of a final board: those kept with it, else (the oldest ones) made by this program."""
    kept = papers.kept_papers(desk, receipt.number)
    if kept:
        whole = {} if desk.whose or then is None else {"定稿包.zip": partial(desk.package, receipt)}
        files = {name: partial(kept.__getitem__, name) for name in sorted(kept, key=list(PAPERS).index)}
        _offer(receipt.number, files | whole)
    elif desk.whose:
        st.html(tables.note("这一份定稿没有留存可以公开的文件。"))
    elif then is None:
        st.warning("当时的细则文本没有留存，只能查看，不能再出文件。")
    else:
        _offer(receipt.number, {name: partial(papers.paper, name, board, then, receipt) for name in PAPERS})


def _offer(name: str, files: Mapping[str, Callable[[], bytes]], mark: str = "") -> None:
    with st.container(horizontal=True, key=f"papers_{name}"):
        for file, give in files.items():
            title = file.split(".", maxsplit=1)[0]
            st.download_button(
                f"下载{title}{mark}", give, f"{name}_{file}", on_click="ignore", key=f"paper_{name}_{title}"
            )


def show_finals(view: View, desk: Desk) -> None:
    """Draw the list of final boards, and the one that the URL names as it was published."""
    rulebook = desk.rulebook
    finals_made = desk.publications()
    if not finals_made:
        st.html(tables.heading("还没有定稿"))
        st.html(tables.empty("在“定稿”里办完未决事项后定稿，这里就能打开和下载。"))
        return
    receipt = next((one for one in finals_made if one.number == state.word("pick")), None)
    if receipt is None:
        st.html(tables.heading(f"共{len(finals_made)}份定稿，最近一份是{finals_made[-1].number}"))
        st.html(
            finals.receipts_table(
                finals_made, lambda number: navigation.link("publication", pick=number, part="finals")
            )
        )
        return
    board = desk.published_board(receipt.number)
    later = [one.number for one in finals_made if one.replaces == receipt.number]
    st.html(tables.heading(f"{receipt.title}定稿{receipt.number}" + (f"，已由{later[-1]}更正" if later else "")))
    then = desk.rulebook_of(receipt.rules)
    _offer_kept(receipt, board, then, desk)
    for kind in (then or rulebook).kinds.values():
        st.html(tables.subheading(f"{kind.noun}排名（定稿时原样）"))
        st.html(finals.board_table(board, kind.name, then or rulebook))
    for decision in board.decisions:
        st.html(tables.note(deciding.told(decision, then or rulebook)))
    st.html(tables.subheading("定稿回执"))
    st.html(finals.receipt_table(receipt))
    if st.button("返回列表", key="back"):
        signing.leave()

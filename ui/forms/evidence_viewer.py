"""Looking at evidence: the strip beside each finding, and one thing large, with the next and the one before."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from scoring.analysis.ruling_queue import rests_on_thing, squeezed
from scoring.board.summary import deducted, unconfirmed
from scoring.evidence.doubts import brought
from scoring.model.boards import Board, ScoreCard
from scoring.model.evidence import Evidence
from scoring.model.findings import Finding
from scoring.model.looks import Half
from scoring.store import StoreError
from ui.session import navigation, state, thumbnails
from ui.session.desk import Desk
from ui.show import evidence_strip, lines, proofs, tables
from ui.show.tables import Html
from ui.show.text import md_escape

SLOT = "thing"  # the URL's word for the thing that is looked at


def proved(desk: Desk, unit: str, findings: Sequence[Finding], part: str) -> Html:
    """Return a unit's findings with the rows and things that were sent, as a part of its page shows them."""
    strip = strips(desk, findings, "unit", unit=unit, part=part)
    return proofs.proofs(findings, desk.rulebook, desk.sent_rows(unit, findings), strip)


def deductions(desk: Desk, board: Board, card: ScoreCard, part: str) -> Html:
    """Return every deduction of a unit with its proof: what awaits a person's word, what has a cell, what has none."""
    unclear, lost = unconfirmed(card), deducted(card)
    rest = [finding for finding in lost if finding not in unclear]
    proven = [finding for finding in rest if finding.sources or finding.ruling]
    silent = [finding for finding in rest if finding not in proven]
    parts = []
    if unclear:
        parts.append(tables.subheading(f"{len(unclear)}项待人工确认：确认之前按未完成计"))
        if not desk.whose:
            parts.append(tables.note(lines.if_confirmed(unclear, desk.position(), board, card)))
        parts.append(proved(desk, card.unit, unclear, part))
    if proven:
        parts.append(tables.subheading(f"{len(proven)}项扣分：原文、理由、出处和报送时的原行"))
        parts.append(proved(desk, card.unit, proven, part))
    if silent:
        parts.append(tables.subheading(f"{len(silent)}项扣分：台账里没有，没有单元格可查"))
        parts.append(lines.silent_table(silent, desk.rulebook))
    return tables.stack(*parts, None if lost else tables.subheading("没有扣分"))


def strips(desk: Desk, findings: Sequence[Finding], url: str, **fixed: str | None) -> Callable[[Finding], Html]:
    """Return what draws the things of a finding; each opens on the page ``url``, its own words of the URL kept."""
    pictures, doubts = thumbnails.small(desk, findings), desk.thing_doubts()

    def strip(finding: Finding) -> Html:
        things = evidence_strip.strip(
            finding.evidence, pictures, lambda sha: navigation.link(url, **fixed, **{SLOT: f"{finding.clause}.{sha}"})
        )
        mine = [doubt for doubt in doubts if rests_on_thing(finding, doubt)]
        doubts_told = evidence_strip.doubts(mine, desk.rulebook.short, _half)
        placing = None if url == "review" or desk.whose else _placing(finding)
        return tables.html(things, doubts_told, placing)

    return strip


def _placing(finding: Finding) -> Html:
    """Return the way to where things are put to a finding's clause and taken off it."""
    item = squeezed(finding.item) if finding.item else None
    address = navigation.link("review", unit=finding.unit, clause=finding.clause, item=item, part="unit")
    return tables.acts([tables.anchor(address, "放入或拿下佐证")])


def _half(other: Half) -> str:
    """Return the address of the other half of a doubt, large on its own unit's page."""
    return navigation.link("unit", unit=other.unit, part="all", **{SLOT: f"{other.clause}.{other.item.sha256}"})


def show(desk: Desk, findings: Sequence[Finding]) -> None:
    """Open the thing that the URL names, if a finding rests on it or did once."""
    things = [(finding, item) for finding in findings for item in finding.evidence if item.sha256]
    if not any(_word(*one) == state.text(SLOT) for one in things):
        things = _earlier(desk, findings)
    if not things:
        return

    @st.dialog("佐证", width="large", on_dismiss=_close)
    def viewer() -> None:
        """Show one thing, and lead to the others."""
        words = [_word(*one) for one in things]
        at = words.index(state.text(SLOT)) if state.text(SLOT) in words else 0
        finding, item = things[at]
        st.html(tables.note(f"{finding.clause} “{finding.quote}”　{item.name}（{evidence_strip.where(item)}）"))
        with st.container(horizontal=True, vertical_alignment="center", key="viewer_keys"):
            st.button("上一份", shortcut="Left", disabled=at == 0, on_click=_go, args=(words[max(at - 1, 0)],))
            last = at + 1 == len(words)
            st.button(
                "下一份", shortcut="Right", disabled=last, on_click=_go, args=(words[min(at + 1, len(words) - 1)],)
            )
            ends = ("，前面没有了" if at == 0 else "") + ("，后面没有了" if last else "")
            st.html(tables.note(f"第{at + 1}份，共{len(words)}份{ends}"), width="content")
            own = st.toggle("放大到原大", key="viewer_own")
            _download(desk, item)
        _pages(desk, item, own=own)

    viewer()


def _earlier(desk: Desk, findings: Sequence[Finding]) -> list[tuple[Finding, Evidence]]:
    """Return the thing that the URL names where only an earlier statement or a further case of a finding brought it."""
    for finding in findings if state.text(SLOT) else ():
        for item in brought(desk.facts, finding.unit, finding.clause, finding.task):
            if _word(finding, item) == state.text(SLOT):
                return [(finding, item)]
    return []


def _pages(desk: Desk, item: Evidence, *, own: bool) -> None:
    """Show a thing's page; where there is a second one, the way to it."""
    page = 0
    if thumbnails.large(desk, item, 1) is not None and thumbnails.large(desk, item, 1) != thumbnails.large(
        desk, item, 0
    ):
        page = int(st.number_input("页", 1, 500, 1, key=f"viewer_page_{item.sha256}", width=140)) - 1
    st.html(evidence_strip.large(thumbnails.large(desk, item, page), item.name, whole=not own))


def _download(desk: Desk, item: Evidence) -> None:
    try:
        name, content = desk.thing(item.sha256 or "")
    except StoreError as error:
        st.caption(md_escape(error))
        return
    st.download_button("下载原件", content, name, on_click="ignore", key=f"viewer_{item.sha256}")


def _word(finding: Finding, item: Evidence) -> str:
    return f"{finding.clause}.{item.sha256}"


def _go(word: str) -> None:
    state.put(**{SLOT: word})


def _close() -> None:
    state.put(**{SLOT: None})

"""Things put to a clause by hand, or taken off one: of what was dropped, and of what is stored; who and why is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

import streamlit as st

from scoring.analysis.ruling_queue import squeezed
from scoring.ledger.placing import place_of, places, rows_of
from scoring.model.evidence import Evidence, EvidenceKind, FoundBy
from scoring.model.facts import Facts, Statement
from scoring.model.findings import Finding
from scoring.model.parsed import ParsedWorkbook
from scoring.model.placings import Move, Place, is_at
from scoring.model.rules import Rulebook
from scoring.problems import Problem, shorten
from ui.forms import commands, downloads, signing
from ui.session import shown, state
from ui.session.acts import Act
from ui.session.desk import Desk
from ui.show import placings, tables
from ui.show.text import md_escape

UNMATCHED = "evidence-unmatched"
PUT, OFF, BACK = "放入", "拿下", "撤回"
PLACING = "placing"  # the box in which things are put to a finding; it stays as open as it was left


def without_placed(found: Iterable[Problem], names: Mapping[str, str], further: Iterable[Move]) -> tuple[Problem, ...]:
    """Return problems without those of files that somebody has put somewhere since, or that fit a stored row."""
    placed = {*state.placed(), *(move.thing.sha256 or "" for move in further if move.place)}
    chosen = {shorten(names[sha]) for sha in placed if sha in names}
    return tuple(one for one in found if one.code != UNMATCHED or one.value not in chosen)


# --- what was dropped
def draw_dropped(
    desk: Desk, books: Sequence[ParsedWorkbook], further: Sequence[Move], names: Mapping[str, str]
) -> None:
    """Draw where each dropped file belongs and how that was told, and the way to say otherwise."""
    rulebook, chosen = desk.rulebook, state.placed()
    facts = Facts.joined(book.facts for book in books if not book.refused)
    told = [*_of_rows(facts + desk.facts, names, rulebook), *((move.thing, move.place) for move in further)]
    st.html(placings.matched_table(told, names, rulebook))
    options = {one: placings.place_name(one, rulebook) for one in places(_own(facts, desk), rulebook)}
    if not options or desk.whose:
        return
    with st.container(key="place_file", horizontal=True, vertical_alignment="bottom"):
        sha = st.selectbox("对得不对的一个文件", list(names), index=None, format_func=lambda one: md_escape(names[one]),
                           placeholder="选文件", key=signing.key("file"), width=340)  # fmt: skip
        where = st.selectbox("改放到", list(options), index=None, format_func=options.__getitem__,
                             placeholder="选评分项", key=signing.key("file_place"), width=420)  # fmt: skip
        if st.button("改放", disabled=not (sha and where), key="file_put") and sha and where:
            state.place(sha, where)
            _again()
        if st.button("不作佐证", disabled=not sha, key="file_off") and sha:
            state.place(sha, None)
            _again()
        if sha in chosen and st.button("恢复自动对应", key="file_back") and sha:
            state.unplace(sha)
            _again()
        signing.why_not("" if sha and where else "改放要先选评分项" if sha else "先选文件")


def _again() -> None:
    state.next_form()
    st.rerun()


def _own(facts: Facts, desk: Desk) -> Facts:
    """Return the rows of the year to choose from: those that were dropped, then those that are stored."""
    mine = replace(facts, ledgers=(), rulings=())
    return mine + replace(desk.facts, ledgers=(), rulings=())


def _of_rows(facts: Facts, names: Mapping[str, str], rulebook: Rulebook) -> Iterator[tuple[Evidence, Place | None]]:
    """Yield the dropped files that rows rest on, each with its row's place."""
    for row in rows_of(facts):
        for item in row.evidence:
            if item.sha256 in names:
                yield item, place_of(row, rulebook)


def offer_further(desk: Desk, moves: Sequence[Move], things: Mapping[str, bytes]) -> None:
    """Offer to keep the files that no new workbook brings, where they were put: one act with its reason."""
    placed = sum(move.place is not None for move in moves)
    st.html(tables.subheading(f"这些文件没有随新台账入库：{placed}处对上已入库的台账，存入后计作佐证"))
    signed = signing.sign("further", "说明（例如：单位补送）")

    def act() -> str:
        kept = commands.place(moves, things, signed.reason, signed.name, desk)
        state.empty_uploader()
        return f"已存入佐证，第{kept.placing.number}号。"

    signing.finish("存入佐证", "further", signing.missing(signed, "先写明说明"), act, Act.TAKE_IN)


# --- what is stored
def draw_loose(desk: Desk) -> None:
    """Draw the files that came and fit no row, and the way to put them to one."""
    held = desk.loose_things()
    if not held:
        st.html(tables.empty("随台账送来的文件都对上了台账里的一行。"))
        return
    shown.html("loose", lambda: placings.loose_table(held))
    put(desk, desk.places())


def draw(desk: Desk, finding: Finding) -> None:
    """Draw the way to put things to a finding's clause, to take them off and out, and what was put there before."""
    if desk.whose or desk.known_at is not None:
        return
    records = [one for one in desk.placing_records() if _concerns(one.placing.moves, finding)]
    standing = [one.placing.number for one in records if one.withdrawn is None]
    items = {item.sha256 or "": item for item in finding.evidence if item.sha256}
    title = f"放入、拿下或下载佐证{f'（由人工办过{len(records)}次）' if records else ''}"
    box = st.expander(title, key=PLACING, on_change="rerun")
    if not box.open:  # nothing of it is drawn or sent: a verdict by key must not wait for it
        return
    with box:
        if records:
            st.html(placings.records_table(records, desk.rulebook))
        ways = [PUT, *([OFF] if items else []), *([BACK] if standing else [])]
        way = st.segmented_control("办什么", ways, default=PUT, required=True, key=signing.key("placing_way"))
        if way == OFF:
            _take_off(desk, finding, items)
        elif way == BACK:
            _take_back(desk, standing)
        else:
            put(desk, _places(desk, finding))
        downloads.of_task(desk, finding.task)


def _concerns(moves: Iterable[Move], finding: Finding) -> bool:
    where = finding.unit, finding.clause
    return any(move.place is not None and (move.place.unit, move.place.clause) == where for move in moves)


def put(desk: Desk, options: Sequence[Place]) -> None:
    """Ask for things, new ones or such that fit no row, and for the row that they are put to."""
    loose = {item.sha256 or "": item for item in desk.loose_things()}
    sent = st.file_uploader("图片或文件", accept_multiple_files=True, key=signing.key("put_files"))
    with st.container(horizontal=True, vertical_alignment="bottom", key="put_row"):
        chosen = st.multiselect("没有对上的文件", list(loose), format_func=lambda sha: md_escape(loose[sha].name),
                                key=signing.key("put_loose"), placeholder="没有就不选", width=420) if loose else []  # fmt: skip
        where = st.selectbox("放到哪一行", options, format_func=lambda one: placings.place_name(one, desk.rulebook),
                             key=signing.key("put_place"), width=420)  # fmt: skip
    things = {sha256(file.getvalue()).hexdigest(): (file.name, file.getvalue()) for file in sent or ()}
    items = [Evidence(EvidenceKind.FILE, name, sha, found_by=FoundBy.REVIEWER) for sha, (name, _) in things.items()]
    items += [replace(loose[sha], found_by=FoundBy.REVIEWER) for sha in chosen]
    signed = signing.sign("placing", "为什么放在这里")

    def act() -> str:
        moves = [Move(item, where) for item in items]
        contents = {sha: content for sha, (_, content) in things.items()}
        kept = commands.place(moves, contents, signed.reason, signed.name, desk)
        return f"已放入佐证{len(items)}份，第{kept.placing.number}号，从现在起计作佐证。"

    lacking = signing.missing(signed, "先写明理由") if items else "先选文件"
    signing.finish("放入佐证", "placing", lacking, act, Act.TAKE_IN)


def _places(desk: Desk, finding: Finding) -> list[Place]:
    """Return the rows of a finding's clause, the latest first; where there is none, its quarters: for rows that come."""
    rows = [one for one in desk.places() if (one.unit, one.clause) == (finding.unit, finding.clause)]
    if rows:
        return sorted(rows, key=lambda one: -(one.quarter or 0))
    return [Place(finding.unit, finding.clause, finding.task, quarter) for quarter in desk.rulebook.assessment.cut_offs]


def _take_off(desk: Desk, finding: Finding, items: Mapping[str, Evidence]) -> None:
    """Ask which things show nothing here, or belong to another clause of the unit."""
    own = desk.facts.of_units({finding.unit})
    others = [one for one in places(own, desk.rulebook) if one.clause != finding.clause]
    with st.container(horizontal=True, vertical_alignment="bottom", key="off_row"):
        chosen = st.multiselect("哪几份", list(items), format_func=lambda sha: md_escape(items[sha].name),
                                key=signing.key("off_things"), placeholder="选佐证", width=420)  # fmt: skip
        where = st.selectbox("改放到（可不选）", others, index=None, placeholder="只拿下", key=signing.key("off_place"),
                             format_func=lambda one: placings.place_name(one, desk.rulebook), width=420)  # fmt: skip
    signed = signing.sign("off", "为什么不算")

    def act() -> str:
        moves = [move for sha in chosen for move in _off(desk.facts, finding, items[sha], where)]
        kept = commands.place(moves, {}, signed.reason, signed.name, desk)
        return f"已拿下佐证{len(chosen)}份，第{kept.placing.number}号，从现在起不计。"

    lacking = signing.missing(signed, "先写明理由") if chosen else "先选佐证"
    signing.finish("拿下佐证", "off", lacking, act, Act.TAKE_IN)


def _off(facts: Facts, finding: Finding, item: Evidence, where: Place | None) -> Iterator[Move]:
    """Yield what takes a thing off all rows that a finding can rest on, and puts it elsewhere."""
    here = Place(finding.unit, finding.clause, finding.task)
    rows = [row for row in rows_of(facts) if any(one.sha256 == item.sha256 for one in row.evidence)]
    titles = {squeezed(row.title) for row in rows if not isinstance(row, Statement) and row.task == finding.task}
    spots = [here] if any(is_at(row, here) for row in rows) else []
    spots += [replace(here, item=title) for title in sorted(titles)]
    yield from (Move(item, spot, counts=False) for spot in spots)
    if where is not None:
        yield Move(replace(item, found_by=FoundBy.REVIEWER), where)


def _take_back(desk: Desk, standing: Sequence[int]) -> None:
    """Ask which placing is withdrawn, and why."""
    number = st.selectbox("撤回第几号", standing, key=signing.key("back_number"), width=170)
    signed = signing.sign("back", "撤回理由")

    def act() -> str:
        commands.withdraw_placing(int(number), signed.reason, signed.name, desk)
        return f"已撤回第{number}号，佐证回到原来的地方。"

    signing.finish("撤回", "back", signing.missing(signed, "先写明撤回理由"), act, Act.TAKE_IN)

"""The ruling desk: one matter a screen, a key for each verdict, and the next one comes."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from scoring.analysis.ruling_queue import Effect, Matter, effects, squeezed
from scoring.board.wording import clause_title
from scoring.judging.rulings import TITLES
from scoring.model.facts import Ruling, Verdict
from scoring.model.findings import Finding
from scoring.store import StoreError
from scoring.words.reasons import ready_reasons, reasons
from ui.forms import commands, evidence_viewer, joint_ruling, placing, ruling_filters, ruling_form, signing
from ui.session import access, acts, navigation, state
from ui.session.acts import Act
from ui.session.desk import Desk
from ui.session.once import once
from ui.session.view import FIRST_DAY, LAST_DAY, View
from ui.show import proofs, rulings, tables
from ui.show.text import signed as signed_points

KEYS = {Verdict.ACCEPTED: "1", Verdict.REJECTED: "2", Verdict.EXEMPT: "3"}
HELP = (
    ("1", "认可"), ("2", "不认可"), ("3", "豁免"), ("S", "跳过，看下一件"), ("B", "回上一件"), ("U", "撤销刚才的认定"),
    ("E", "看佐证"), ("T", "选中或放开全部同类"), ("J", "把选中的一起记入"), ("Q", "返回列表"),
    ("Esc", "离开填写框，按键重新有效"), ("H", "快捷键"),
)  # fmt: skip
MISTAKEN = "撤销：刚才记错"
OWN, SINCE = "own_reason", "since_day"  # the keys of the fields that stay from matter to matter


@dataclass(frozen=True, slots=True)
class Queue:
    """What is gone through: the matters in their order, and which of them is in view (None: something else is)."""

    matters: tuple[Matter, ...]
    matter: Matter | None

    def beside(self, places: int) -> Matter | None:
        """Return the matter so many places further on, round the end; None where there is no other."""
        if self.matter is None or len(self.matters) < 2:
            return None
        return self.matters[(self.matters.index(self.matter) + places) % len(self.matters)]

    def next_but(self, done: Sequence[Matter]) -> Matter | None:
        """Return the next matter that is none of those done; None where none is left."""
        if self.matter is None:
            return None
        at = self.matters.index(self.matter)
        keys = {one.key for one in done}
        return next((one for one in (*self.matters[at:], *self.matters[:at]) if one.key not in keys), None)


def draw(*, queued: bool) -> None:
    """Draw the matter that the URL names, with what was done last; the page's list, where it names none any more.

    ``queued``: it is one of those that are gone through.
    """
    view, desk = navigation.view(), navigation.desk()
    finding = ruling_form.find(desk, ruling_form.unit_in_view(view, desk), state.word("clause"), state.word("item"))
    if finding is None:
        st.rerun()
    signing.show_done()
    show(view, finding, ruling_filters.chosen(desk.matters()) if queued else (), desk)


def show(view: View, finding: Finding, found: Sequence[Matter], desk: Desk) -> None:
    """Draw one matter with all that a verdict needs, and the keys that give one."""
    queue = Queue(tuple(found), next((one for one in found if one.finding == finding), None))
    _keys(queue, finding, desk)
    known = queue.matter.effects if queue.matter else effects(desk.position(), finding)
    st.html(_matter(finding, None if finding.ruling else known, desk))
    ahead = st.empty()
    evidence_viewer.show(desk, [finding])
    leads_on = False
    if finding.ruling is None:
        leads_on = _rule(view, finding, queue, desk)
    else:
        st.html(tables.note(rulings.computed(finding)))
        ruling_form.take_back(finding.ruling, desk)
    if before := rulings.earlier(desk.facts, finding, desk.ruling_records(), desk.rulebook):
        st.html(before)
    placing.draw(desk, finding)
    if leads_on and (following := queue.beside(1)):
        with suppress(StoreError):  # it is said where the matter itself is drawn
            ahead.html(_matter(following.finding, following.effects, desk, ahead=True))


def _matter(finding: Finding, known: Sequence[Effect] | None, desk: Desk, *, ahead: bool = False) -> tables.Html:
    """Return what is read of a matter: what it is, its proof, what each verdict would do (``known`` None: nothing is said).

    ``ahead``: it is the next one, which the browser shows as soon as a verdict on this one is given (next_matter.js).
    """
    rulebook = desk.rulebook
    stands = f"已作第{finding.ruling.number}号认定" if finding.ruling else "系统判定"
    what = f"{rulebook.short(finding.unit)}{finding.clause}{clause_title(finding, rulebook)}"
    place = {"unit": finding.unit, "clause": finding.clause, "item": finding.item or None}
    strip = evidence_viewer.strips(desk, [finding], "review", **place, **ruling_filters.words())
    block = rulings.matter_ahead if ahead else rulings.matter
    return block(
        finding,
        tables.heading(f"{what}：{stands}，{signed_points(finding.points)}分"),
        proofs.proof(finding, rulebook, desk.sent_rows(finding.unit, [finding]), strip),
        None if known is None else rulings.effect_cards(finding, _verdicts(finding), known, desk.board(), ahead=ahead),
    )


def _keys(queue: Queue, finding: Finding, desk: Desk) -> None:
    """Draw how far one has come, and the keys that move on."""
    done = sum(map(len, state.ruled()))
    with st.container(horizontal=True, vertical_alignment="center", key="desk_keys"):
        st.html(rulings.progress(queue.matters, queue.matter, done), width="stretch")
        if queue.matter:
            for label, key, places in (("跳过", "S", 1), ("上一件", "B", -1)):
                other = queue.beside(places)
                if other:
                    st.button(
                        label, shortcut=key, key=f"go_{key}", on_click=signing.turn, kwargs=joint_ruling.words(other)
                    )
        things = [item for item in finding.evidence if item.sha256]
        if things and st.button("看佐证", shortcut="E", key="see_evidence"):
            state.put(**{evidence_viewer.SLOT: f"{finding.clause}.{things[0].sha256}"})
            st.rerun()
        undo(desk)
        if st.button("返回列表", shortcut="Q", key="to_list"):
            signing.leave()
        if st.button("快捷键", shortcut="H", key="help"):
            _help()


@st.dialog("快捷键")
def _help() -> None:
    """Name the keys."""
    st.html(rulings.keys_table(HELP))


def undo(desk: Desk) -> None:
    """Offer to take back what was entered last in this session, all of one act at once; it is shown again then."""
    if state.ruled():
        st.button("撤销刚才的", shortcut="U", key="undo", on_click=_undo, args=(desk,))


def _undo(desk: Desk) -> None:
    *before, numbers = state.ruled()
    first = next((one for one in desk.rulings() if one.number == numbers[0]), None)

    def act() -> str:
        commands.withdraw_rulings(numbers, MISTAKEN, state.own_name(), desk.as_drawn())
        state.keep_ruled(tuple(before))
        return f"已撤销刚才的{len(numbers)}项认定。"

    back = {"unit": first.unit, "clause": first.clause, "item": first.item} if first else {}
    signing.before_the_page(act, **back)


def _rule(view: View, finding: Finding, queue: Queue, desk: Desk) -> bool:
    """Draw for each verdict its reason and its key; what all of them need; and the matters that are alike.

    Return whether a verdict leads to the next matter at once: not where several are ticked, which are seen together first.
    """
    cards = st.container(key="verdicts")
    with st.container(horizontal=True, vertical_alignment="bottom", key="verdict_row"):
        own = st.text_input("另写理由（填了就用它）", max_chars=signing.LONGEST_REASON, key=state.begin_anew(OWN, ""))
        points = ruling_form.points(desk, finding) if finding.item else None
        number_found = None if finding.item else ruling_form.number_found(finding, desk.rulebook)
        name = signing.ask_name()
        day = st.date_input("自何日起算", min_value=FIRST_DAY, max_value=LAST_DAY, format="YYYY-MM-DD",
                            key=state.begin_anew(SINCE, view.as_of), width=170)  # fmt: skip
    ticked = joint_ruling.tick(queue.matter, queue.matters, desk)
    lacking = _lacking(name, day)
    drafts, pressed = {}, None
    with cards:
        for verdict in _verdicts(finding):
            draft = _draft(finding, verdict, own, day if isinstance(day, date) else view.as_of, desk)
            if verdict is Verdict.ACCEPTED:
                draft = replace(draft, points=points)
            elif verdict is Verdict.REJECTED:
                draft = replace(draft, number_found=number_found)
            drafts[verdict] = draft
            if _button(finding, draft, queue, desk, lacking, at_once=not ticked):
                pressed = draft
    if lacking or (finding.item and points is None):
        st.html(tables.note(lacking or "先填认定分值，如 0.5。"))
    if ticked and queue.matter:
        joint_ruling.show(drafts, pressed, (queue.matter, *ticked), queue.next_but, name, desk)
    return not ticked


def _verdicts(finding: Finding) -> tuple[Verdict, ...]:
    """Return the verdicts that can be given on a finding: nobody is exempt from an incentive item."""
    return (Verdict.ACCEPTED, Verdict.REJECTED) if finding.item else tuple(Verdict)


def _lacking(name: str, day: object) -> str:
    """Say what is missing before any verdict can be entered; ``""`` where nothing is."""
    if not access.may(Act.RULE):
        return f"这一步需要“{acts.needed(Act.RULE)}”身份，您可以查看，不能办理。"
    return "先填经办人姓名，再作认定。" if not name else "" if isinstance(day, date) else "先选自何日起算。"


def _draft(finding: Finding, verdict: Verdict, own: str, day: date, desk: Desk) -> Ruling:
    """Draw a verdict's reason, and return the ruling that it makes, still without numbers."""
    before = [record.ruling for record in desk.ruling_records()]
    offered = reasons(before, finding.clause, verdict, once("ready reasons", ready_reasons))
    picked = st.selectbox(f"{TITLES[verdict]}的理由", offered, key=state.begin_anew(f"stock_{verdict.value}", offered[0]),
                          label_visibility="collapsed", disabled=bool(own.strip()))  # fmt: skip
    item = squeezed(finding.item) if finding.item else None
    return Ruling(finding.unit, desk.year, finding.clause, verdict, own.strip() or picked, "", day, item=item)


def _button(finding: Finding, draft: Ruling, queue: Queue, desk: Desk, lacking: str, *, at_once: bool) -> bool:
    """Draw a verdict's button; ``at_once``: it enters the verdict, else it says whether it was pressed."""
    no_points = bool(finding.item) and draft.verdict is Verdict.ACCEPTED and draft.points is None
    pressed = st.button(TITLES[draft.verdict], shortcut=KEYS[draft.verdict], disabled=bool(lacking) or no_points,
                        on_click=_enter if at_once else None, args=(draft, queue, desk) if at_once else None,
                        type="primary", key=f"verdict_{draft.verdict.value}", width="stretch")  # fmt: skip
    return pressed and not lacking and not no_points and not at_once  # a browser may send what its button would not


def _as_entered(draft: Ruling) -> Ruling | None:
    """Return a draft with what stands in its fields now, which may be newer than the page; None where something lacks."""
    own = str(state.entered(OWN) or "").strip()
    picked, day = state.entered(f"stock_{draft.verdict.value}"), state.entered(SINCE)
    if not isinstance(day, date) or not signing.name_now():
        return None
    draft = replace(draft, reason=own or str(picked or draft.reason), day=day)
    if draft.verdict is Verdict.ACCEPTED and draft.item is not None:
        points = ruling_form.points_of(str(state.entered(signing.key("award")) or ""))
        return None if points is None else replace(draft, points=points)
    entered_number = state.entered(signing.key("number_found"))
    return (
        replace(draft, number_found=entered_number)
        if isinstance(entered_number, int) and draft.verdict is Verdict.REJECTED
        else draft
    )


def _enter(drawn: Ruling, queue: Queue, desk: Desk) -> None:
    """Enter a ruling and go on to the next matter; what is not in the queue leads back to its list."""
    draft = _as_entered(drawn)
    if draft is None or not access.may(Act.RULE):
        return

    def act() -> str:
        (kept,) = commands.rule((draft,), signing.name_now(), desk.as_drawn())
        state.keep_ruled((*state.ruled(), (kept.number,)))
        return f"已记入第{kept.number}号认定：{desk.rulebook.short(kept.unit)}{kept.clause}，{rulings.verdict(kept)}。"

    done = [queue.matter] if queue.matter else []
    signing.before_the_page(act, **joint_ruling.words(queue.next_but(done)))

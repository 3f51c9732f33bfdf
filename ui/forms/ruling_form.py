"""One clause or incentive item to rule on: its proof, the form, whom the ruling moves, and taking a ruling back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import streamlit as st

from scoring.analysis.comparison import compare
from scoring.analysis.comparison_sentences import sentence as effect_sentence
from scoring.analysis.ruling_queue import squeezed
from scoring.board.wording import clause_title
from scoring.judging.rulings import TITLES
from scoring.methods import method_of
from scoring.model.facts import Ruling, Verdict
from scoring.model.findings import Finding
from scoring.model.rules import Rulebook
from scoring.scenario.text import MOST_TIMES
from ui.forms import commands, downloads, evidence_viewer, placing, signing
from ui.session import state
from ui.session.acts import Act
from ui.session.desk import Desk
from ui.session.state import View
from ui.show import change_tables, proofs, rulings, tables
from ui.show.text import day_name, number
from ui.show.text import signed as signed_points

AWARD = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,2})?", re.ASCII)


def find(desk: Desk, unit: str, clause: str, item: str) -> Finding | None:
    """Return the finding that the URL names; None where there is none."""
    card = desk.board().card.get(unit)
    found = (f for f in card.findings if (f.clause, squeezed(f.item)) == (clause, item)) if card else iter(())
    return next(found, None)


def find_idle(number: str, finding: Finding | None, desk: Desk) -> Ruling | None:
    """Return the standing ruling that the URL names by its number where it does not decide the finding; else None."""
    ruling = next((one for one in desk.rulings() if str(one.number) == number), None)
    decides = finding is not None and finding.ruling is not None and ruling == finding.ruling
    return None if decides else ruling


def show_idle(view: View, ruling: Ruling, finding: Finding | None, desk: Desk) -> None:
    """Draw a ruling that stands and does not count on the day looked at, with the way to take it back."""
    rules = desk.rulebook
    st.html(
        tables.heading(
            f"第{ruling.number}号认定（{change_tables.short(ruling.unit, rules)}{ruling.clause}）目前不起作用"
        )
    )
    st.html(
        tables.note(
            f"{rulings.verdict(ruling)}：{ruling.reason}（{ruling.reviewer}）。{_why_idle(view, ruling, finding)}"
        )
    )
    _take_back(ruling, desk)


def _why_idle(view: View, ruling: Ruling, finding: Finding | None) -> str:
    if ruling.day > view.as_of:
        return f"自{day_name(ruling.day)}起算，晚于截至日期。"
    if finding is None:
        return "这一天的榜单上没有这一项。"
    if finding.ruling is not None:
        return f"现在以第{finding.ruling.number}号认定为准。"
    return "认定之后单位又报了新的台账，以新台账为准。"


def show(view: View, finding: Finding, desk: Desk) -> None:
    """Draw the proof of a finding and, below it, the form that suits: a ruling, or taking back the one that stands."""
    rules = desk.rulebook
    rows = desk.sent_rows(finding.unit, [finding])
    what = f"{change_tables.short(finding.unit, rules)}{finding.clause}{clause_title(finding, rules)}"
    stands = f"已作第{finding.ruling.number}号认定" if finding.ruling else "系统判定"
    st.html(tables.heading(f"{what}：{stands}，{signed_points(finding.points)}分"))
    strip = evidence_viewer.strips(
        desk, [finding], "review", unit=finding.unit, clause=finding.clause, item=finding.item or None
    )
    st.html(proofs.proof(finding, rules, rows, strip))
    evidence_viewer.show(desk, [finding])
    if finding.ruling is None:
        _rule(view, finding, desk)
    else:
        st.html(tables.note(rulings.computed(finding)))
        _take_back(finding.ruling, desk)
    placing.draw(desk, finding)
    downloads.of_task(desk, finding.task)


def _rule(view: View, finding: Finding, desk: Desk) -> None:
    """Ask for the verdict, show whom it moves, then ask why and by whom."""
    rules = desk.rulebook
    is_item = bool(finding.item)
    verdicts = [Verdict.ACCEPTED, Verdict.REJECTED] if is_item else list(Verdict)
    with st.container(horizontal=True, vertical_alignment="bottom", key="verdict_row"):
        verdict = st.segmented_control("认定", verdicts, format_func=TITLES.__getitem__, key=signing.key("verdict"))
        points = _points(desk, finding) if is_item and verdict is Verdict.ACCEPTED else None
        found = _number_found(finding, rules) if verdict is Verdict.REJECTED else None
        day = st.date_input("自何日起算", view.as_of, min_value=state.FIRST_DAY, max_value=state.LAST_DAY,
                            format="YYYY-MM-DD", key=signing.key("day"), width=170)  # fmt: skip
    if verdict is None or not isinstance(day, date):
        st.html(tables.note("选一种认定，先看会影响谁，再决定是否记入。系统算出的结论保留在下面，撤回认定就恢复。"))
        if st.button("不认定，返回列表", key="cancel_ruling"):
            signing.leave()
        return
    ruling = Ruling(
        finding.unit,
        rules.assessment.year,
        finding.clause,
        verdict,
        "理由待填",
        "预览，还没有记入",
        day,
        number_found=found,
    )
    if is_item:
        ruling = replace(ruling, item=squeezed(finding.item), points=points)
    _preview(desk, with_ruling=ruling)
    signed = signing.sign("ruling", "认定理由")
    missing = signing.missing(signed, "先写明认定理由") or (
        "先填认定分值" if is_item and verdict is Verdict.ACCEPTED and points is None else ""
    )

    def act() -> str:
        kept = commands.rule(replace(ruling, reason=signed.reason), signed.name, desk)
        return f"已记入第{kept.number}号认定：{change_tables.short(kept.unit, rules)}{kept.clause}，{rulings.verdict(kept)}。"

    signing.finish("记入认定", "ruling", missing, act, Act.RULE)


def _points(desk: Desk, finding: Finding) -> Decimal | None:
    """Ask for the 认定分值 of an incentive item, what is claimed put in; None where it is no number of points."""
    position = desk.position()
    items = position.dossiers[finding.unit].incentives
    item = next((item for item in items if item.key == (finding.task, squeezed(finding.item))), None)
    claimed = (item.awarded if item.awarded is not None else item.claimed) if item else None
    given = st.text_input("认定分值", "" if claimed is None else number(claimed), key=signing.key("award"), width=120)
    return Decimal(given.strip()) if AWARD.fullmatch(given.strip()) else None


def _number_found(finding: Finding, rules: Rulebook) -> int | None:
    """Ask for the number that the reviewer found, where the clause is a count; None where none is given."""
    clause = rules.clause.get(finding.clause)
    term = clause.term_for(finding.unit) if clause else None
    if term is None or method_of(term).as_found is None:
        return None
    most = MOST_TIMES if term.of is None else term.of
    return st.number_input("查实数量（可不填）", 0, most, None, key=signing.key("number_found"), width=170,
                           help=f"数量的含义与台账相同：{term.traits.number_prompt.format(of=term.of)}")  # fmt: skip


def _take_back(ruling: Ruling, desk: Desk) -> None:
    """Show whom withdrawing a ruling moves, then ask why and by whom."""
    st.html(tables.subheading(f"撤回第{ruling.number}号认定：恢复系统原判"))
    _preview(desk, without=ruling.number)
    signed = signing.sign("withdraw", "撤回理由")

    def act() -> str:
        commands.withdraw_ruling(ruling.number, signed.reason, signed.name, desk)
        return f"已撤回第{ruling.number}号认定，恢复系统原判。"

    signing.finish("撤回认定", "withdraw", signing.missing(signed, "先写明撤回理由"), act, Act.RULE)


def _preview(desk: Desk, with_ruling: Ruling | None = None, without: int | None = None) -> None:
    """Show whom one more ruling, or one less, moves. Nothing is stored."""
    rules, position = desk.rulebook, desk.position()
    kept = tuple(ruling for ruling in position.facts.rulings if ruling.number != without)
    number_next = desk.next_ruling_number()
    more = (replace(with_ruling, number=number_next),) if with_ruling else ()
    after = position.with_facts(replace(position.facts, rulings=kept + more))
    found = compare(position.board, after.board)
    st.html(tables.subheading(f"预览：{effect_sentence(found, rules)}"))
    st.html(change_tables.preview(found, rules))

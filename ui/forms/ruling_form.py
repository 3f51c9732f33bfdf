"""What a ruling is about, the numbers that it carries, and taking one back."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import streamlit as st

from scoring.analysis.comparison import compare
from scoring.analysis.comparison_sentences import sentence as effect_sentence
from scoring.analysis.ruling_queue import squeezed
from scoring.methods import method_of
from scoring.model.facts import Ruling
from scoring.model.findings import Finding
from scoring.model.rules import Rulebook
from scoring.scenario.text import MOST_TIMES
from ui.forms import commands, signing
from ui.session.acts import Act
from ui.session.desk import Desk
from ui.session.view import View
from ui.show import change_tables, rulings, tables
from ui.show.text import day_name, number

# points that are entered: 0.5
AWARD = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,2})?", re.ASCII)


def unit_in_view(view: View, desk: Desk) -> str:
    """Return the unit that the view names, else the first of the board."""
    board = desk.board()
    return view.unit if view.unit and view.unit in board.card else board.cards[0].unit


def find(desk: Desk, unit: str, clause: str, item: str) -> Finding | None:
    """Return the finding that the URL names; None where there is none."""
    card = desk.board().card.get(unit)
    findings = (f for f in card.findings if (f.clause, squeezed(f.item)) == (clause, item)) if card else iter(())
    return next(findings, None)


def find_idle(number: str, finding: Finding | None, desk: Desk) -> Ruling | None:
    """Return the standing ruling that the URL names by its number where it does not decide the finding; else None."""
    ruling = next((one for one in desk.rulings() if str(one.number) == number), None)
    decides = finding is not None and finding.ruling is not None and ruling == finding.ruling
    return None if decides else ruling


def show_idle(view: View, ruling: Ruling, finding: Finding | None, desk: Desk) -> None:
    """Draw a ruling that stands and does not count on the day looked at, with the way to take it back."""
    rulebook = desk.rulebook
    st.html(tables.heading(f"第{ruling.number}号认定（{rulebook.short(ruling.unit)}{ruling.clause}）目前不起作用"))
    st.html(
        tables.note(
            f"{rulings.verdict(ruling)}：{ruling.reason}（{ruling.reviewer}）。{_why_idle(view, ruling, finding)}"
        )
    )
    take_back(ruling, desk)


def _why_idle(view: View, ruling: Ruling, finding: Finding | None) -> str:
    if ruling.day > view.as_of:
        return f"自{day_name(ruling.day)}起算，晚于截至日期。"
    if finding is None:
        return "这一天的榜单上没有这一项。"
    if finding.ruling is not None:
        return f"现在以第{finding.ruling.number}号认定为准。"
    return "认定之后单位又报了新的台账，以新台账为准。"


def points(desk: Desk, finding: Finding) -> Decimal | None:
    """Ask for the 认定分值 of an incentive item, what is claimed put in; None where it is no number of points."""
    position = desk.position()
    items = position.dossiers[finding.unit].incentives
    item = next((item for item in items if item.key == (finding.task, squeezed(finding.item))), None)
    claimed = (item.awarded if item.awarded is not None else item.claimed) if item else None
    given = st.text_input("认定分值", "" if claimed is None else number(claimed), key=signing.key("award"), width=120)
    return points_of(given)


def points_of(given: str) -> Decimal | None:
    """Read points as they were typed; None where it is no number of points."""
    return Decimal(given.strip()) if AWARD.fullmatch(given.strip()) else None


def number_found(finding: Finding, rulebook: Rulebook) -> int | None:
    """Ask for the number that the reviewer found, where the clause is a count; None where none is given."""
    clause = rulebook.clause.get(finding.clause)
    term = clause.term_for(finding.unit) if clause else None
    if term is None or method_of(term).as_found is None:
        return None
    most = MOST_TIMES if term.of is None else term.of
    return st.number_input("查实数量（不认可时可填）", 0, most, None, key=signing.key("number_found"), width=170,
                           help=f"数量的含义与台账相同：{term.traits.number_prompt.format(of=term.of)}")  # fmt: skip


def take_back(ruling: Ruling, desk: Desk) -> None:
    """Show whom withdrawing a ruling moves, then ask why and by whom."""
    st.html(tables.subheading(f"撤回第{ruling.number}号认定：恢复系统原判"))
    _preview(desk, ruling.number)
    signed = signing.sign("withdraw", "撤回理由")

    def act() -> str:
        commands.withdraw_rulings((ruling.number,), signed.reason, signed.name, desk)
        return f"已撤回第{ruling.number}号认定，恢复系统原判。"

    signing.finish("撤回认定", "withdraw", signing.missing(signed, "先写明撤回理由"), act, Act.RULE)


def _preview(desk: Desk, without: int) -> None:
    """Show whom one ruling less moves. Nothing is stored."""
    rulebook, position = desk.rulebook, desk.position()
    kept = tuple(ruling for ruling in position.facts.rulings if ruling.number != without)
    comparison = compare(position.board, position.with_facts(replace(position.facts, rulings=kept)).board)
    st.html(tables.subheading(f"预览：{effect_sentence(comparison, rulebook)}"))
    st.html(change_tables.preview(comparison, rulebook))

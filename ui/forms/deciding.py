"""A tie at a cut: people decide who of the tied units is listed, by which rule or note, before the board is final."""

from __future__ import annotations

import itertools

import streamlit as st

from scoring.board.ties import LIST_NAMES, OpenTie, open_ties
from scoring.model.boards import Board
from scoring.model.rules import Rulebook
from scoring.model.ties import TieDecision
from ui.forms import commands, signing
from ui.session.acts import Act
from ui.session.desk import Desk
from ui.show import tables
from ui.show.text import day_name, names, points


def ask(board: Board, desk: Desk) -> None:
    """Draw the first tie that nobody has decided, with its form."""
    for tie in itertools.islice(open_ties(board, desk.rulebook), 1):
        _ask(tie, board, desk)


def show_decided(board: Board, desk: Desk) -> None:
    """Draw what was decided, each with the way to undo it."""
    for decision in board.decisions:
        st.html(tables.subheading(f"{LIST_NAMES[decision.end]}并列已定"))
        st.html(tables.note(told(decision, desk.rulebook)))
        with st.expander("撤销这个决定", key=f"undo_{decision.number}"):
            _undo(decision, desk)


def _undo(decision: TieDecision, desk: Desk) -> None:
    """Ask why a decision is taken back."""
    mark = f"undo_tie_{decision.number}"
    signed = signing.sign(mark, "撤销理由")

    def act() -> str:
        commands.withdraw_tie(decision.number, signed.reason, signed.name, desk)
        return "已撤销，这一处并列重新待定。"

    signing.finish("撤销", mark, signing.missing(signed, "先写撤销理由"), act, Act.PUBLISH)


def _ask(tie: OpenTie, board: Board, desk: Desk) -> None:
    """Ask who of the tied units is listed."""
    rulebook, mark = desk.rulebook, f"{tie.kind.name}_{tie.end}"
    short = {card.unit: rulebook.short(card.unit) for card in tie.cards}
    word, score = LIST_NAMES[tie.end], tie.cards[0].score
    st.html(
        tables.subheading(f"{tie.kind.noun}{word}：{names(short.values())}同为{points(score)}分，只余{tie.seats}个位置")
    )
    st.html(tables.note("由定稿人按规则或会议意见确定谁列入，可以全部列入，也可以都不列入。"))
    elsewhere = {unit for one in board.decisions if one.kind == tie.kind.name for unit in one.listed}
    offered = [unit for unit in short if unit not in elsewhere]  # nobody is on both lists
    chosen = st.multiselect(f"列入{word}的单位", offered, format_func=short.__getitem__,
                            key=signing.key(f"tie_{mark}"), placeholder="都不列入")  # fmt: skip
    signed = signing.sign(f"tie_{mark}", "依据（哪一条规则、哪次会议）")
    units = tuple(card.unit for card in tie.cards)
    decision = TieDecision(
        0, desk.year, tie.kind.name, tie.end, units, tuple(unit for unit in units if unit in chosen), score, tie.seats,
        signed.reason, signed.name, board.as_of, board.as_of,
    )  # fmt: skip

    def act() -> str:
        commands.decide_tie(decision, desk)
        return f"已记下：{told(decision, rulebook)}"

    signing.finish("记下决定", f"tie_{mark}", signing.missing(signed, "先写依据"), act, Act.PUBLISH)


def told(decision: TieDecision, rulebook: Rulebook) -> str:
    """Say who is listed, by what, and who said so when."""
    listed = names(rulebook.short(unit) for unit in decision.listed) or "都不列入"
    tied = names(rulebook.short(unit) for unit in decision.tied)
    who = f"（{decision.by}，{day_name(decision.day)}）" if decision.number else ""
    return f"{tied}并列，列入{LIST_NAMES[decision.end]}的：{listed}；依据：{decision.reason}{who}"

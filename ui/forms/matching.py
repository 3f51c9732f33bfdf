"""How each row of 工作落实 found its clause, and the reviewer's word over it while nothing is stored yet."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from scoring.model.facts import Facts, Statement
from scoring.model.parsed import ParsedWorkbook
from scoring.model.rules import Rulebook
from scoring.problems import Problem
from ui.forms import signing
from ui.session import state
from ui.show import problems, tables

Row = tuple[str, int]  # the sheet, and the row as the sheet numbers it
UNFOUND = frozenset({"clause-unclear", "clause-unknown", "clause-missing", "code-unknown", "task-unknown"})
SHOWN = 24  # characters of a row's text in the list


def draw(sha: str, book: ParsedWorkbook, rulebook: Rulebook) -> None:
    """Draw how the rows were understood, and the way to name another clause for one of them."""
    named = state.named_rows(sha)
    if named:
        st.html(tables.note(f"{len(named)}行的评分项由人工指定，入库时记入记录"))
    st.html(problems.matched_table(book.facts, rulebook))
    rows = rows_of(book)
    with st.container(key=f"name_{sha[:12]}", horizontal=True, vertical_alignment="bottom"):
        row = st.selectbox("认得不对的一行", rows, index=None, format_func=rows.__getitem__, placeholder="选一行",
                           key=signing.key(f"row_{sha[:12]}"), width=460)  # fmt: skip
        options = clauses_for(book.facts, row, rulebook) if row else {}
        code = st.selectbox("改认作", options, index=None, format_func=options.__getitem__, placeholder="选评分项",
                            key=signing.key(f"clause_{sha[:12]}"), width=300)  # fmt: skip
        if st.button("改认", disabled=not (row and code), key=f"rename_{sha[:12]}") and row and code:
            _name(sha, row, code)
        if row in named and st.button("恢复自动识别", key=f"unname_{sha[:12]}") and row:
            _name(sha, row, None)
        signing.why_not("" if row and code else "先选一行和评分项")


def _name(sha: str, row: Row, code: str | None) -> None:
    state.name_row(sha, row, code)
    state.next_form()
    st.rerun()


def rows_of(book: ParsedWorkbook) -> dict[Row, str]:
    """Return the rows whose clause can be named, each with what the list says of it: those that found none come first."""
    unfound = {(problem.sheet, _number(problem.cell)): problem for problem in book.problems if problem.code in UNFOUND}
    by_row: dict[Row, list[Statement]] = {}
    for statement in book.facts.statements:
        by_row.setdefault(_row(statement), []).append(statement)
    named = {row: _of_problem(row, problem) for row, problem in unfound.items()}
    return named | {row: _of_statements(row, by_row[row]) for row in sorted(by_row) if row not in unfound}


def clauses_for(facts: Facts, row: Row, rulebook: Rulebook) -> dict[str, str]:
    """Return code -> title of the clauses that a row may be named for: those of its unit, of all in the file if unknown."""
    own = {s.ledger.unit for s in facts.statements if _row(s) == row}
    units = own or {ledger.unit for ledger in facts.ledgers} or {unit.name for unit in rulebook.units}
    stated = {clause.code for unit in units for clause, term in rulebook.terms_of[unit] if term.traits.has_own_row}
    return {clause.code: f"{clause.code} {clause.title}" for clause in rulebook.clauses if clause.code in stated}


def _row(statement: Statement) -> Row:
    """Return the row itself: the deciding cell may stand higher up, where cells are merged down."""
    return statement.source.sheet, statement.position[1]


def _number(cell: str) -> int:
    return int("".join(sign for sign in cell if sign.isdecimal()) or 0)


def _of_problem(row: Row, problem: Problem) -> str:
    return f"{row[0]} 第{row[1]}行（没有认出）：{problem.value[:SHOWN]}"


def _of_statements(row: Row, statements: Iterable[Statement]) -> str:
    listed = list(statements)
    codes = "、".join(statement.clause for statement in listed)
    by, text = problems.MATCHED[listed[0].matched_by], listed[0].text[:SHOWN]
    return f"{row[0]} 第{row[1]}行（{by}认作{codes}）{text}"

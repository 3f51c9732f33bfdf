"""A finding with its proof: the sentence, the reason, the cell, and the row as it was sent. Pure, HTML out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache

import htpy as h

from scoring.board.wording import clause_title, reason, sources
from scoring.files.cells import column_letters
from scoring.ledger.sent_row import SentRow
from scoring.model.evidence import CellRef
from scoring.model.findings import Finding, Outcome
from scoring.model.rules import Rulebook
from ui.show import marks
from ui.show.tables import Html, chip, html
from ui.show.text import day_name, days_left, signed
from ui.show.theme import Mark

Strip = Callable[[Finding], Html]  # what a finding rests on, to look at


def row_table(row: SentRow) -> Html:
    """Return a row as a spreadsheet shows it: letters and names above, its number before it, the deciding cell framed."""
    return rows_table((row,))


def rows_table(rows: Sequence[SentRow]) -> Html:
    """Return neighbouring rows as a spreadsheet shows them; all have the same columns."""
    first = rows[0]
    names = first.heads or ("",) * len(first.cells)
    heads = zip(first.cells, names, strict=True)
    letters = (h.th[f"{column_letters(column)} {name}"] for (column, _), name in heads)
    lines = [h.tr[h.td(".corner"), letters], *(_sheet_row(row) for row in rows)]
    return html(h.div(".k-sheet")[h.table(style=f"--n:{len(first.cells) + 1}")[lines]])


def _sheet_row(row: SentRow) -> h.Element:
    cells = (h.td(class_="hit" if column == row.hit else None)[text] for column, text in row.cells)
    return h.tr[h.th[str(row.number)], cells]


def state(finding: Finding) -> Html:
    """Return what was found as a sign and a word on its colour."""
    mark = marks.BY_OUTCOME[finding.outcome]
    word = OUTCOME_WORDS.get(finding.outcome, mark.word)
    return sign(mark, word)


@lru_cache(maxsize=64, typed=True)
def sign(mark: Mark, word: str | None = None) -> Html:
    """Return a mark's sign with a word, its own if none is given, on its colour."""
    colours = f"background:{mark.colour};color:{mark.ink}"
    return html(h.span(".k-state", style=colours)[f"{mark.sign} {word or mark.word}"])


OUTCOME_WORDS = {
    Outcome.NOT_DONE: "未完成",
    Outcome.SHORT: "数量不足",
    Outcome.OVER_LIMIT: "超过要求",
}


def no_strip(_finding: Finding) -> Html:
    """Draw no things beside a finding."""
    return html()


def proof(finding: Finding, rulebook: Rulebook, rows: Mapping[CellRef, SentRow], strip: Strip = no_strip) -> Html:
    """Return one finding: what, how many points, the sentence, the reason, and beside them row and things as sent."""
    style = "won" if finding.points > 0 else "open" if finding.if_done is not None else ""
    gain = "k-win" if finding.points > 0 else "k-loss" if finding.points < 0 else None
    head = h.div(".t")[
        chip(finding.clause), clause_title(finding, rulebook), " ", state(finding), h.span(class_=["p", gain])[signed(finding.points)]
    ]  # fmt: skip
    lines = [h.p[reason(finding)], h.p[h.q[finding.quote]], _ruled(finding)]
    where = h.div(".k-cell")[sources(finding)]
    shown = (row_table(rows[source]) for source in finding.sources if source in rows)
    return html(h.section(class_=["k-proof", style])[h.div[head, lines], h.div[where, shown, strip(finding)]])


def _ruled(finding: Finding) -> h.Node:
    if finding.ruling is None:
        return None
    before = f"；原判{signed(finding.computed.points)}分" if finding.computed else ""
    return h.p(".k-quiet")[f"审核理由：{finding.ruling.reason}{before}"]


def proofs(
    findings: Sequence[Finding], rulebook: Rulebook, rows: Mapping[CellRef, SentRow], strip: Strip = no_strip
) -> Html:
    """Return findings one under the other."""
    return html(*(proof(finding, rulebook, rows, strip) for finding in findings))


def waiting(finding: Finding, as_of: date) -> str:
    """Say when something falls due."""
    return f"{day_name(finding.deadline)}（{days_left(finding.deadline, as_of)}）" if finding.deadline else "–"

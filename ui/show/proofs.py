"""A finding with its proof: the sentence, the reason, the cell, and the row as it was sent. Pure, HTML out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from scoring.board.wording import clause_title, reason, sources
from scoring.files.cells import column_letters
from scoring.ledger.sent_row import SentRow
from scoring.model.evidence import CellRef
from scoring.model.findings import Finding, Outcome
from scoring.model.rules import Rulebook
from ui.show import marks
from ui.show.tables import Html
from ui.show.text import day_name, days_left, esc, signed

Strip = Callable[[Finding], Html]  # what a finding rests on, to look at


def row_table(row: SentRow) -> Html:
    """Return a row as a spreadsheet shows it: letters and names above, its number before it, the deciding cell framed."""
    names = row.heads or ("",) * len(row.cells)
    heads = zip(row.cells, names, strict=True)
    letters = "".join(f"<th>{column_letters(column)} {esc(name)}</th>" for (column, _), name in heads)
    cells = "".join(f"<td{' class=hit' if column == row.hit else ''}>{esc(text)}</td>" for column, text in row.cells)
    size = f"style='--n:{len(row.cells) + 1}'"
    return Html(
        f"<div class='k-sheet'><table {size}><tr><th></th>{letters}</tr><tr><th>{row.number}</th>{cells}</tr></table></div>"
    )


def state(finding: Finding) -> Html:
    """Return what was found as a sign and a word on its colour."""
    mark = marks.BY_OUTCOME[finding.outcome]
    word = OUTCOME_WORDS.get(finding.outcome, mark.word)
    style = f"background:{mark.colour};color:{mark.ink}"
    return Html(f"<span class='k-state' style='{style}'>{mark.sign} {esc(word)}</span>")


OUTCOME_WORDS = {
    Outcome.NOT_DONE: "未完成",
    Outcome.SHORT: "数量不足",
    Outcome.OVER_LIMIT: "超过要求",
}


def no_strip(_finding: Finding) -> Html:
    """Draw no things beside a finding."""
    return Html("")


def proof(finding: Finding, rules: Rulebook, rows: Mapping[CellRef, SentRow], strip: Strip = no_strip) -> Html:
    """Return one finding: what, how many points, the sentence, the reason, and beside them row and things as sent."""
    style = "won" if finding.points > 0 else "open" if finding.if_done is not None else ""
    head = (
        f"<div class='t'><span class='k-chip'>{esc(finding.clause)}</span>{esc(clause_title(finding, rules))} {state(finding)}"
        f"<span class='p {'k-win' if finding.points > 0 else 'k-loss' if finding.points < 0 else ''}'>{signed(finding.points)}</span></div>"
    )
    said = f"<p>{esc(reason(finding))}</p><p><q>{esc(finding.quote)}</q></p>{_ruled(finding)}"
    where = f"<div class='k-cell'>{esc(sources(finding))}</div>"
    shown = "".join(row_table(rows[source]) for source in finding.sources if source in rows)
    return Html(
        f"<section class='k-proof {style}'><div>{head}{said}</div><div>{where}{shown}{strip(finding)}</div></section>"
    )


def _ruled(finding: Finding) -> str:
    if finding.ruling is None:
        return ""
    before = f"；原判{signed(finding.computed.points)}分" if finding.computed else ""
    return f"<p class='k-quiet'>审核理由：{esc(finding.ruling.reason)}{before}</p>"


def proofs(
    findings: Sequence[Finding], rules: Rulebook, rows: Mapping[CellRef, SentRow], strip: Strip = no_strip
) -> Html:
    """Return findings one under the other."""
    return Html("".join(proof(finding, rules, rows, strip) for finding in findings))


def waiting(finding: Finding, as_of: date) -> str:
    """Say when something falls due."""
    return f"{day_name(finding.deadline)}（{days_left(finding.deadline, as_of)}）" if finding.deadline else "–"

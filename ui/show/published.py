"""The published table as a table: 30 tasks, every scoring sentence with its clause, its points and who loses on it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

import htpy as h

from scoring.board.summary import losses
from scoring.board.wording import reason
from scoring.model.boards import Board
from scoring.model.findings import Finding
from scoring.model.rules import Clause, Rulebook, Task, Term, Treatment, UnitKind
from ui.show.lines import signed_cell
from ui.show.proofs import state
from ui.show.rule_readings import link as reading_link
from ui.show.tables import Column, Html, Row, anchor, chip, going, html, in_lines, subheading, table
from ui.show.text import day_name, number, signed

LossLink = Callable[[str, str], str]  # a clause's code and a kind -> the address of the units that lose on it

TREATMENTS = {
    Treatment.ROUTINE: ("– 日常掌握", "本年度不纳入评分考核"),
    Treatment.REPORTING: ("报送", "不单独计分：未报送视为未开展，到期的评分项照扣"),
    Treatment.INCENTIVE: ("+ 激励加分", "按市营商办考核办法加分，分值由审核认定"),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A piece of a scoring cell: its text verbatim, and the clauses that it makes (none: the text between them)."""

    text: str
    clauses: tuple[tuple[Clause, Term], ...] = ()


def sentences_of(task: Task, kind: str, rulebook: Rulebook) -> tuple[Sentence, ...]:
    """Cut a task's scoring cell into its sentences; joined, they are the cell's text again.

    Clauses whose sentences overlap (``差一个部门扣0.2分，未对接扣0.3分。``) share one piece.
    """
    text = task.columns[kind]
    spans: list[tuple[int, int, list[tuple[Clause, Term]]]] = []
    for start, end, clause in sorted(_spans(task, kind, text, rulebook), key=lambda span: span[:2]):
        if spans and start < spans[-1][1]:
            first, last, clauses = spans[-1]
            spans[-1] = (first, max(last, end), [*clauses, clause])
        else:
            spans.append((start, end, [clause]))
    pieces, at = [], 0
    for start, end, clauses in spans:
        pieces += [Sentence(text[at:start])] if start > at else []
        pieces.append(Sentence(text[start:end], tuple(clauses)))
        at = end
    return tuple([*pieces, Sentence(text[at:])] if at < len(text) else pieces)


def _spans(task: Task, kind: str, text: str, rulebook: Rulebook) -> list[tuple[int, int, tuple[Clause, Term]]]:
    spans = []
    for clause in rulebook.clauses:
        for term in clause.terms:
            if clause.task == task.no and term.kind == kind and (start := text.find(term.quote)) >= 0:
                spans.append((start, start + len(term.quote), (clause, term)))
    return spans


def headline(board: Board, rulebook: Rulebook) -> str:
    """Say how many tasks count, and on how many clauses somebody loses points."""
    count = {treatment: sum(task.treatment is treatment for task in rulebook.tasks) for treatment in Treatment}
    costly = {finding.clause for card in board.cards for finding in card.findings if finding.points < 0}
    return (
        f"{len(rulebook.tasks)}项任务：{count[Treatment.SCORED]}项计分，{count[Treatment.ROUTINE]}项日常掌握；"
        f"{len(rulebook.clauses)}个评分项中，有单位失分的{len(costly)}个"
    )


def published_table(board: Board, rulebook: Rulebook, link: LossLink) -> Html:
    """Return the table, section by section, with the deadline and the verbatim text of every task."""
    columns = [
        Column("序号", "rank"), Column("目标任务与工作内容", "wrap"), Column("完成时限"),
        *(Column(f"{kind.noun}评分", "wrap") for kind in rulebook.kinds.values()), Column("查验方法", "k-far"),
    ]  # fmt: skip
    losers = {
        kind: {loss.clause: _units(loss.findings) for loss in losses(board, kind, rulebook)} for kind in rulebook.kinds
    }
    parts: list[h.Node] = []
    for section, in_section in groupby(rulebook.tasks, key=lambda task: task.section):
        rows: list[Row] = [
            [
                str(task.no), _what(task), _when(task),
                *(_scoring(task, kind, rulebook, losers, link) for kind in rulebook.kinds), _lines(task.evidence),
            ]
            for task in in_section
        ]  # fmt: skip
        parts += [subheading(section), h.div(".k-rules")[table(columns, rows)]]
    return html(*parts)


def _units(findings: Sequence[Finding]) -> int:
    return len({finding.unit for finding in findings})


def _what(task: Task) -> Html:
    more = h.details[h.summary["工作要求"], _lines(task.requirement)] if task.requirement.strip() else None
    return html(h.b[task.goal], h.div(".k-said")[_lines(task.work)], more)


def _when(task: Task) -> Html:
    mark = None
    if task.treatment in TREATMENTS:
        word, _ = TREATMENTS[task.treatment]
        mark = h.div[h.span(".k-mark.plain")[word]]
    return html(_lines(task.time_limit) or "–", mark)


def _scoring(task: Task, kind: str, rulebook: Rulebook, losers: dict[str, dict[str, int]], link: LossLink) -> Html:
    pieces = sentences_of(task, kind, rulebook)
    sentences = [_sentence(piece, kind, losers[kind], link) for piece in pieces]
    if task.treatment in TREATMENTS:
        sentences.append(h.div(".k-quiet")[TREATMENTS[task.treatment][1]])
    return html(*sentences) or html(h.span(".k-quiet")["–"])


def _sentence(piece: Sentence, kind: str, losers: dict[str, int], link: LossLink) -> h.Node:
    if not piece.clauses:
        return h.div(".k-quiet")[_lines(piece.text)] if piece.text.strip() else None
    chips = (
        h.span(".c")[
            chip(clause.code), " ", _worth(clause, term), " ", _losers(clause, kind, losers, link), reading_link(term)
        ]
        for clause, term in piece.clauses
    )
    return h.div(".k-clause")[h.span[_lines(piece.text)], h.div[chips]]


def _worth(clause: Clause, term: Term) -> h.Node:
    cap = f"，最多+{number(term.cap)}" if term.cap is not None and term.is_bonus else ""
    style = "k-win" if term.is_bonus else "k-loss"
    return h.b(class_=style, title=clause.title)[f"{signed(term.points)}{cap}"]


def _losers(clause: Clause, kind: str, losers: dict[str, int], link: LossLink) -> h.Node:
    count = losers.get(clause.code, 0)
    return going(link(clause.code, kind), "k-lost")[f"{count}个单位失分"] if count else None


def _lines(text: str) -> Html:
    """Return verbatim text, its own line breaks kept."""
    return html(in_lines(line.strip(" ") for line in text.splitlines() if line.strip()))


def losers_title(clause: Clause, kind: UnitKind) -> str:
    """Name the clause whose losers are shown."""
    return f"{clause.code} {clause.title} · {kind.noun}"


def losers_table(board: Board, clause: Clause, kind: str, rulebook: Rulebook, unit_link: Callable[[str], str]) -> Html:
    """Return the units of a kind that lose on a clause, each with its state, points and reason."""
    columns = [Column("名次", "rank"), Column("单位"), Column("状态"), Column("扣分", "k-num"), Column("理由", "wrap")]
    rows: list[Row] = []
    for card in board.ranking(kind):
        for finding in card.findings:
            if finding.clause == clause.code and finding.points < 0:
                name = anchor(unit_link(card.unit), rulebook.short(card.unit))
                rows.append([str(card.rank), name, state(finding), signed_cell(finding.points), reason(finding)])
    total = sum(
        (f.points for card in board.ranking(kind) for f in card.findings if f.clause == clause.code), Decimal(0)
    )
    day = f"，时限{day_name(clause.deadline)}" if clause.deadline else ""
    term = next(term for term in clause.terms if term.kind == kind)
    head = h.p[h.q[term.quote], f"{day}；共{signed(total)}分"]
    return html(h.div(".k-detail")[head], table(columns, rows))


def notes(rulebook: Rulebook) -> Html:
    """Return the notes below the table, verbatim."""
    return html(h.div(".k-notes")[(h.p[_lines(note)] for note in rulebook.notes)])

"""A scenario as a reader edits it: what can be switched, what is switched, and the link's text. Pure, HTML out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import htpy as h

from scoring.analysis import plays_sentences
from scoring.analysis.plays import Play
from scoring.analysis.plays_sentences import describe
from scoring.board.wording import names
from scoring.methods import method_of
from scoring.model.boards import Board, ScoreCard
from scoring.model.rules import Clause, Rulebook, Term, Treatment
from scoring.model.traits import ReadFrom
from scoring.rulebook.unit_names import find_unit
from scoring.scenario.text import Act, Change, Scenario, parse_scenario, scenario_text
from ui.show import tables
from ui.show.answers import before_after
from ui.show.lines import signed_cell
from ui.show.tables import Cell, Column, Html, anchor, bold, coded, going, html, table
from ui.show.text import or_dash, points, signed, standing

Link = Callable[[str], str]  # an edit -> the address that makes it
LONGEST = 40  # characters of a unit's name in the URL
SLOTS = {"1": "情景一", "2": "情景二", "3": "情景三", "4": "情景四"}
WORDS = {
    Act.DONE: "完成",
    Act.OPEN: "没完成",
    Act.BARE: "缺佐证",
    Act.ACCEPT: "认可",
    Act.REJECT: "不认可",
    Act.EXEMPT: "豁免",
}
CASE_WORDS = {Act.DONE: "提供", Act.OPEN: "不提供", Act.BARE: "缺佐证"}
CHIPS = (Act.DONE, Act.OPEN, Act.BARE)
AWARDS = (Decimal("0.1"), Decimal("0.2"), Decimal("0.5"), Decimal(1))


@dataclass(frozen=True, slots=True)
class Edited:
    """A scenario after an edit, and in Chinese what of the edit could not be made."""

    scenario: Scenario
    problems: tuple[str, ...] = ()


def slot_name(slot: str) -> str:
    """Return the name in the URL of one of the four scenarios."""
    return "scenario" if slot == "1" else f"scenario{slot}"


def units_of(text: str, known: Sequence[str], rulebook: Rulebook) -> list[str]:
    """Read several units from the URL; names that are none are left out."""
    read = [find_unit(rulebook, name) for name in text.split("，") if 0 < len(name) <= LONGEST]
    named = {unit.name for unit in read if unit}
    return [unit for unit in known if unit in named]


def units_text(units: object) -> str | None:
    """Write several units for the URL; None where there are none."""
    return "，".join(units) or None if isinstance(units, list) else None


def headline(played: Play, unit: str) -> str:
    """Say what the scenario does to a unit."""
    rulebook = played.position.rulebook
    old, new = played.comparison.before.card[unit], played.position.board.card[unit]
    name, stood = rulebook.short(unit), standing(played.comparison.before, old)
    if not played.scenario:
        return f"{name}现在{points(old.score)}分、{stood}；点下面的评分项，看改了会怎样"
    gap = new.score - old.score
    score = "得分不变" if not gap else f"由{points(old.score)}分到{points(new.score)}分（{signed(gap)}）"
    stands = standing(played.position.board, new)
    rank = f"仍是{stands}" if stands == stood else f"{stood}到{stands}"
    return f"模拟：{name}{score}，{rank}"


def extent(played: Play) -> str:
    """Say how much a scenario changes and how many units it moves."""
    if not played.scenario:
        return "没有改动，就是现在的得分"
    moved = len(played.comparison.moved)
    touched = f"{moved}个单位的得分或名次变化" if moved else "没有单位的得分和名次变化"
    return f"{plays_sentences.extent(played)}，{touched}"


def edited(text: str, edit: str, units: Sequence[str], rulebook: Rulebook) -> Edited:
    """Read a scenario and make an edit, both untrusted.

    ``4A=done`` and ``29=0.5`` are for these units, ``五华区:4A=done`` for one; ``4A=`` takes it out.
    """
    read = parse_scenario(text, rulebook)
    if not edit:
        return Edited(read.scenario, read.problems)
    made = _made(read.scenario, edit, units, rulebook)
    return Edited(made.scenario, read.problems + made.problems)


def _made(scenario: Scenario, edit: str, units: Sequence[str], rulebook: Rulebook) -> Edited:
    group, colon, item = edit.rpartition(":")
    shorts = [group] if colon else [rulebook.short(unit) for unit in units]
    if item.endswith("="):
        gone = {unit.name for unit in rulebook.units if unit.short in shorts or unit.name in shorts}
        what = item[:-1]
        return Edited(Scenario(tuple(c for c in scenario.changes if c.unit not in gone or _name(c) != what)))
    read = parse_scenario(";".join(f"{short}:{item}" for short in shorts), rulebook)
    return Edited(merged(scenario, read.scenario), read.problems)


def _name(change: Change) -> str:
    return change.clause + (f"~{change.quarter}" if change.quarter else "")


def merged(scenario: Scenario, more: Scenario) -> Scenario:
    """Make further changes; one that sets what another set takes its place."""
    kept = [old for old in scenario.changes if not any(_replaces(new, old) for new in more.changes)]
    return Scenario((*kept, *more.changes))


def _replaces(new: Change, old: Change) -> bool:
    same = new.unit == old.unit and new.clause == old.clause
    return same and (new.quarter is None or new.quarter == old.quarter)


def acts(clause: Clause, term: Term) -> Iterator[tuple[str, str]]:
    """Return what a clause can be switched to by one click: what it is called, and the edit."""
    method, traits = method_of(term), term.traits
    allowed = method.acts
    if Act.COUNT in allowed:
        yield from ((f"{n}{traits.unit_word}", f"{clause.code}={n}") for n in method.numbers(term))
        yield WORDS[Act.BARE], f"{clause.code}={Act.BARE.value}"
        return
    words = CASE_WORDS if traits.read_from is ReadFrom.CASES else WORDS
    yield from ((words[act], f"{clause.code}={act.value}") for act in CHIPS if act in allowed)


def bonuses(card: ScoreCard, after: ScoreCard, scenario: Scenario, rulebook: Rulebook, link: Link) -> Html:
    """Return the clauses by which a unit wins points in one row, cases first, each with what it wins and chips that switch it.

    The chip that is on takes its change out again. A unit that can win none has no row.
    """
    on = _on(scenario, card.unit, rulebook)
    offered = sorted(
        ((clause, term) for clause, term in rulebook.terms_of[card.unit] if term.is_bonus),
        key=lambda pair: pair[1].traits.read_from is not ReadFrom.CASES,
    )
    return html(
        h.div(".k-bonuses")[
            (
                h.div[
                    h.p[coded(clause.code, clause.title), " ", *_won(card, after, clause.code)],
                    _chips(acts(clause, term), clause.code, on, link),
                ]
                for clause, term in offered
            )
        ]
    )


def turned(before: Board, after: Board, unit: str) -> Html:
    """Return a unit's figures as they are and as they would be."""
    now, then = before.card[unit], after.card[unit]
    return before_after([
        ("得分", points(now.score), points(then.score)), ("名次", standing(before, now), standing(after, then)),
        ("封顶前", points(now.raw), points(then.raw)), ("扣分", signed(-now.deductions), signed(-then.deductions)),
        ("案例分", or_dash(now.case_points), or_dash(then.case_points)),
        ("激励加分", or_dash(now.incentive), or_dash(then.incentive)),
    ])  # fmt: skip


def _won(card: ScoreCard, after: ScoreCard, code: str) -> tuple[h.Node, ...]:
    now, then = signed(_points(card, code)), signed(_points(after, code))
    return (now, " → ", h.b[then]) if now != then else (now,)


def _on(scenario: Scenario, unit: str, rulebook: Rulebook) -> dict[str, Change]:
    """Return the changes of a unit by the text that makes them."""
    return {_written(change, rulebook): change for change in scenario.changes if change.unit == unit}


def switches(card: ScoreCard, after: ScoreCard, scenario: Scenario, rulebook: Rulebook, link: Link) -> Html:
    """Return every clause that may cost a unit points with what it costs now and would cost, and chips that switch it.

    The chip that is on takes its change out again.
    """
    on = _on(scenario, card.unit, rulebook)
    rows: list[list[str | Cell]] = []
    for clause, term in rulebook.terms_of[card.unit]:
        if term.is_bonus:
            continue
        turn = _turn(_points(card, clause.code), _points(after, clause.code))
        name = coded(clause.code, clause.title)
        rows.append([name, *turn, _chips(acts(clause, term), clause.code, on, link)])
    for task in rulebook.tasks:
        if task.treatment is Treatment.INCENTIVE:
            rows.append(_incentive(str(task.no), card, after, on, link))
    return table([Column("评分项", "wrap"), Column("现在", "k-num"), Column("模拟", "k-num"), Column("改成", "")], rows)


def _incentive(task: str, card: ScoreCard, after: ScoreCard, on: dict[str, Change], link: Link) -> list[str | Cell]:
    offered = ((f"再加{award}分", f"{task}={award}") for award in AWARDS)
    name = coded(task, "激励加分")
    return [name, *_turn(_points(card, task), _points(after, task)), _chips(offered, task, on, link)]


def _points(card: ScoreCard, clause: str) -> Decimal:
    """Sum a clause's findings; an incentive task has one for each item."""
    return sum((finding.points for finding in card.findings if finding.clause == clause), Decimal(0))


def _turn(now: Decimal, then: Decimal) -> tuple[Cell, Cell]:
    return signed_cell(now), Cell(signed_cell(then).content, "k-quiet") if now == then else signed_cell(then)


def _written(change: Change, rulebook: Rulebook) -> str:
    return scenario_text(Scenario((change,)), rulebook).partition(":")[2]


def _chips(offered: Iterator[tuple[str, str]], clause: str, on: dict[str, Change], link: Link) -> Html:
    """Return the chips of one clause; what was set and is no chip (a day, a quarter, a ruling) stands as one more."""
    shown, parts = set(), []
    for word, edit in offered:
        shown.add(edit)
        edit_out = f"{edit.partition('=')[0]}="
        chip = going(link(edit_out), "on") if edit in on else going(link(edit))
        parts.append(chip[word])
    for edit, change in on.items():
        if change.clause == clause and edit not in shown:
            parts.append(going(link(f"{_name(change)}="), "on")[_short(change)])
    return tables.acts(parts)


def _short(change: Change) -> str:
    if change.act is Act.ADD:
        return f"再加{change.points}分"
    value = str(change.number) if change.act is Act.COUNT else WORDS.get(change.act, "补佐证")
    quarter = f"第{change.quarter}季度" if change.quarter else ""
    return f"{quarter}{value}" + (f"（{change.day:%m-%d}）" if change.day else "")


def changes_table(played: Play, rulebook: Rulebook, link: Link) -> Html:
    """Return the changes of a scenario in words, alike ones of several units together, each with a way to take it out."""
    together: dict[str, list[Change]] = {}
    for change in played.scenario.changes:
        same = "（与现在一样）" if played.is_idle(change) else ""
        together.setdefault(f"{describe(change, rulebook)}{same}", []).append(change)
    rows: list[list[str | Cell]] = []
    for description, changes in together.items():
        units = [rulebook.short(change.unit) for change in changes]
        undo = Html(" ").join(
            anchor(link(f"{short}:{_name(change)}="), short if len(changes) > 1 else "撤销")
            for short, change in zip(units, changes, strict=True)
        )
        rows.append([names(units), description, tables.acts([undo])])
    return table([Column("单位", "wrap"), Column("改动（模拟）", "wrap"), Column("撤销")], rows)


def several(board: Board, unit: str, played: Sequence[tuple[str, Play]]) -> Html:
    """Return one unit under every scenario: score, rank and what is changed."""
    before = board.card[unit]
    columns = [Column("情景", "day"), Column("得分", "k-num"), Column("名次", "k-num"), Column("比现在", "k-num"),
               Column("改了什么", "wrap")]  # fmt: skip
    rows: list[list[str | Cell]] = [
        [
            bold("现在"),
            points(before.score),
            standing(board, before),
            Cell("–", "k-quiet"),
            "正式口径下的得分",
        ]
    ]
    for title, play in played:
        card = play.position.board.card[unit]
        descriptions = "、".join(
            describe(c, play.position.rulebook) for c in play.scenario.changes if c.unit == card.unit
        )
        rows.append([
            bold(title), points(card.score), standing(play.position.board, card),
            signed_cell(card.score - before.score),
            descriptions or "没有改这个单位",
        ])  # fmt: skip
    return table(columns, rows)

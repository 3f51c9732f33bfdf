"""下一步要求: what units are asked to do, worked out of a board."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from scoring.board.summary import deducted, pending, unconfirmed
from scoring.board.wording import names
from scoring.model.boards import Board
from scoring.model.findings import Finding, Outcome
from scoring.model.rules import Rulebook
from scoring.words.phrasing import day_name, quarter_name


def requests(board: Board, rulebook: Rulebook, objection_days: int | None) -> list[str]:
    """Return what is asked of the units, ``objection_days`` as in ``Notice``.

    A request that concerns nobody, or can change nothing any more, is left out.
    """
    closed = board.as_of >= rulebook.assessment.last_day(board.policy)
    still = () if closed else (_prove(board, rulebook), _come_due(board, rulebook), _make_clear(board, rulebook))
    within = "" if objection_days is None else f"在本通报印发后{objection_days}个工作日内，"
    asked = (
        "" if closed else _report(board, rulebook),
        _mend(board, closed=closed),
        *still,
        f"依规提出异议。对扣分有异议的，请{within}按附件1所列评分项逐条书面提出。",
    )
    return [request for request in asked if request]


def _report(board: Board, rulebook: Rulebook) -> str:
    """Ask for ledgers: who has sent none, and by when the next is to be sent."""
    silent = [organ(rulebook, card.unit) for card in board.cards if not card.reported]
    ahead = sorted((day, quarter) for quarter, day in rulebook.assessment.cut_offs.items() if day > board.as_of)
    parts = []
    if silent:
        parts.append(f"{names(silent)}没有报送台账，未报送视为未开展，请立即补报。")
    if ahead:
        parts.append(f"{quarter_name(ahead[0][1])}台账请于{day_name(ahead[0][0])}前（含当日）报送。")
    return f"按时报送台账。{''.join(parts)}" if parts else ""


def organ(rulebook: Rulebook, unit: str) -> str:
    """Name the organ that a unit is addressed as: a county's government where the rules know it by that name.

    A department's name is that of its organ.
    """
    government = f"{unit}人民政府"
    known = rulebook.unit.get(unit)
    return government if known and government in known.aliases else unit


def _mend(board: Board, *, closed: bool) -> str:
    """Ask those who lost points to go through them; after the close nothing can be stated any more."""
    count = sum(bool(deducted(card)) for card in board.cards)
    after = "举一反三，避免再次失分" if closed else "完成后在台账中如实填报"
    return f"逐条整改失分项。有扣分的{count}个单位，请对照附件1所列原因和依据逐条整改，{after}。" if count else ""


def _prove(board: Board, rulebook: Rulebook) -> str:
    """Ask for evidence where something was done and none was given."""
    lacking = _by_unit(
        rulebook, (f for card in board.cards for f in card.findings if f.outcome is Outcome.NO_EVIDENCE or f.flagged)
    )
    return f"补齐佐证材料。已填完成、没有佐证的：{lacking}。" if lacking else ""


def _come_due(board: Board, rulebook: Rulebook) -> str:
    """Point to the nearest deadline, and to what falls due on it."""
    waiting = [finding for card in board.cards for finding in pending(card) if finding.deadline is not None]
    if not waiting:
        return ""
    nearest: date = min(finding.deadline for finding in waiting if finding.deadline is not None)
    codes = {finding.clause for finding in waiting if finding.deadline == nearest}
    due = [f"{clause.code} {clause.title}" for clause in rulebook.clauses if clause.code in codes]
    later = len({finding.clause for finding in waiting} - codes)
    more = f"此后还有{later}个评分项陆续到期。" if later else ""
    return f"盯紧即将到期事项。{day_name(nearest)}到期的有：{names(due)}。{more}"


def _make_clear(board: Board, rulebook: Rulebook) -> str:
    """Ask for a readable statement where a cell could not be understood."""
    unclear = _by_unit(rulebook, (finding for card in board.cards for finding in unconfirmed(card)))
    return f"改正看不懂的填写。请核实后重新填报：{unclear}。" if unclear else ""


def _by_unit(rulebook: Rulebook, findings: Iterable[Finding]) -> str:
    """List units with the codes of their clauses: ``五华区人民政府（4A、7A）；盘龙区人民政府（9A）``."""
    codes: dict[str, list[str]] = {}
    for finding in findings:
        codes.setdefault(finding.unit, []).append(finding.clause)
    return "；".join(f"{organ(rulebook, unit)}（{names(own)}）" for unit, own in codes.items())

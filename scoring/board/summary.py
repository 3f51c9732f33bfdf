"""What a board amounts to: the first and the last, what costs most, what is still open. Text and layout are elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from scoring.model.boards import Board, ScoreCard
from scoring.model.findings import Finding, Outcome
from scoring.model.publications import Publication
from scoring.model.rules import Rulebook, UnitKind
from scoring.model.ties import End, TieDecision

HUNDREDTH = Decimal("0.01")


class MismatchError(ValueError):
    """A document was asked for whose parts do not belong together: board, rulebook and receipt."""


def must_belong(board: Board, rulebook: Rulebook, receipt: Publication | None) -> None:
    """Refuse to make a document of parts that do not belong together.

    Raises:
        MismatchError: the board was scored by other rules, or the receipt is another board's.
    """
    if board.rules != rulebook.rules_hash:
        raise MismatchError("得分表不是按这份细则算出的，不能出文件")
    if receipt is not None and (receipt.rules, receipt.as_of) != (board.rules, board.as_of):
        raise MismatchError(f"定稿 {receipt.number} 与这张得分表不符，不能出文件")


@dataclass(frozen=True, slots=True)
class Listing:
    """The units of one end of the ranking (红榜 or 黑榜).

    ``firm`` are in it beyond doubt. ``tied`` share the rank that crosses the cut: only ``seats`` places are left for
    them, so the score alone does not tell which of them belong in it. Empty where nothing crosses the cut.
    ``decision`` is what people decided about the tie, None: nothing; those whom it lists are ``firm`` then.
    """

    firm: tuple[ScoreCard, ...]
    tied: tuple[ScoreCard, ...]
    seats: int
    decision: TieDecision | None = None


def last_rank(board: Board, card: ScoreCard) -> int:
    """Return the last of the places that a card's tie takes up (its own rank where it is not tied)."""
    return card.rank - 1 + sum(other.kind == card.kind and other.rank == card.rank for other in board.cards)


def red_and_black(board: Board, kind: UnitKind) -> tuple[Listing, Listing]:
    """Return the red and the black list of a kind, each from its end inwards; both empty where none are drawn of it.

    Units that share a rank stand in the order of the rules. A tie that people have decided (``Board.decisions``) is open
    no more. A tie that crosses both cuts (all units equal, say) is ``tied`` in both and ``firm`` in neither.
    """
    ranking = board.ranking(kind.name)
    behind = len(ranking) + 1
    from_top = [(card, card.rank, last_rank(board, card)) for card in ranking]
    from_bottom = [(card, behind - last, behind - first) for card, first, last in from_top]
    from_bottom.sort(key=lambda place: place[1])
    first, last = _listing(from_top, kind.listed), _listing(from_bottom, kind.listed)
    return _decided(board, kind, End.FIRST, first), _decided(board, kind, End.LAST, last)


def _decided(board: Board, kind: UnitKind, end: End, listing: Listing) -> Listing:
    """Return a list as people decided it, where its tie is the one that they decided."""
    if not listing.tied:
        return listing
    tie = kind.name, end, {card.unit for card in listing.tied}, listing.tied[0].score, listing.seats
    for decision in reversed(board.decisions):
        if (decision.kind, decision.end, set(decision.tied), decision.score, decision.seats) == tie:
            chosen = tuple(card for card in listing.tied if card.unit in decision.listed)
            return Listing((*listing.firm, *chosen), (), 0, decision)
    return listing


def _listing(places: list[tuple[ScoreCard, int, int]], listed: int) -> Listing:
    """Split the cards of one end; each comes with the first and the last place that its tie takes up."""
    firm = tuple(card for card, _, last in places if last <= listed)
    tied = tuple(card for card, first, last in places if first <= listed < last)
    return Listing(firm, tied, listed - len(firm) if tied else 0)


@dataclass(frozen=True, slots=True)
class Loss:
    """What one clause cost the units of a kind: the findings that took points, ``total`` without sign."""

    clause: str
    quote: str
    total: Decimal
    findings: tuple[Finding, ...]


def losses(board: Board, kind: str, rulebook: Rulebook) -> tuple[Loss, ...]:
    """Return what was lost by clause, the dearest first; equal ones in the order of the rules."""
    listed: list[Loss] = []
    cards = [card for card in board.cards if card.kind == kind]
    for clause in rulebook.clauses:
        costly = tuple(f for card in cards for f in card.findings if f.clause == clause.code and f.points < 0)
        if costly:
            total = -sum((finding.points for finding in costly), Decimal(0))
            listed.append(Loss(clause.code, costly[0].quote, total, costly))
    return tuple(sorted(listed, key=lambda loss: (-loss.total, -len(loss.findings))))


def deducted(card: ScoreCard) -> tuple[Finding, ...]:
    """Return the findings that took points, in the order of the rules."""
    return tuple(finding for finding in card.findings if finding.points < 0)


def gained(card: ScoreCard) -> tuple[Finding, ...]:
    """Return the findings that gave points, in the order of the rules."""
    return tuple(finding for finding in card.findings if finding.points > 0)


def pending(card: ScoreCard) -> tuple[Finding, ...]:
    """Return what is not due yet, the nearest deadline first."""
    waiting = (finding for finding in card.findings if finding.outcome is Outcome.PENDING)
    return tuple(sorted(waiting, key=lambda finding: (finding.deadline is None, finding.deadline or 0)))


def unconfirmed(card: ScoreCard) -> tuple[Finding, ...]:
    """Return what a person must still look at (待人工确认): unreadable cells."""
    return tuple(f for f in card.findings if f.outcome is Outcome.UNREADABLE or f.if_done is not None)


def average(board: Board, kind: str) -> Decimal:
    """Return a kind's mean score, rounded half up to two places; 0 where it has no units."""
    scores = [card.score for card in board.cards if card.kind == kind]
    return (sum(scores, Decimal(0)) / max(len(scores), 1)).quantize(HUNDREDTH, ROUND_HALF_UP)

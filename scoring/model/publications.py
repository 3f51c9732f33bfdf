"""Final boards and what is objected to in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from scoring.model.findings import Finding
from scoring.model.notices import Notice


@dataclass(frozen=True, slots=True)
class Publication:
    """The receipt of one final board (定稿) of an assessment year. It names everything that the same board can be computed from again.

    ``as_of`` is what was true by then, ``known_at`` what had been received and ruled by then (None: everything that was
    there on ``published_at``). ``rules``, ``facts`` and ``policy`` are SHA-256 fingerprints, ``version`` is the
    program's. ``replaces`` is the number of the publication that this one corrects, None for a first one. ``overrides``
    are the open items that were passed over, each with the reason given. ``notice`` is what its papers say beside the
    board, None where it was published before that was kept.
    """

    number: str
    year: int
    title: str
    as_of: date
    known_at: datetime | None
    published_at: datetime
    actor: str
    rules: str
    facts: str
    policy: str
    version: str
    replaces: str | None = None
    overrides: tuple[tuple[str, str], ...] = ()
    notice: Notice | None = None


class ObjectionState(StrEnum):
    """Where an objection stands: 待处理, 采纳, 不采纳."""

    OPEN = "open"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


class TurnKind(StrEnum):
    """Whose turn it was: 申诉, 答复, 再申诉."""

    OBJECTION = "objection"
    ANSWER = "answer"
    REPLY = "reply"


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of an objection's conversation: who said what when. ``files`` are (name, SHA-256).

    ``state`` is what an answer decided, None for the unit's turns.
    """

    kind: TurnKind
    by: str
    at: datetime
    text: str
    files: tuple[tuple[str, str], ...] = ()
    state: ObjectionState | None = None


@dataclass(frozen=True, slots=True)
class Objection:
    """A unit's objection (申诉) to one line of a publication, or after 初评 (``publication`` is ``""``) of the board of the day.

    ``text``, ``by``, ``answer`` and ``answered_on`` are the newest ones; ``answer`` and ``answered_on`` are empty while it
    is open. ``turns`` are the whole conversation; a unit may object once more, the answer to that is the decision.

    ``due`` is the last day for answering it. ``clause`` is a clause's code, or an incentive task's number; ``item`` is then
    the 事项 that it is about (``""``: the task as a whole). ``line`` is the finding objected to after 初评, None where the
    publication keeps it.
    """

    number: int
    year: int
    publication: str
    unit: str
    clause: str
    text: str
    by: str
    filed_on: date
    due: date
    state: ObjectionState = ObjectionState.OPEN
    answer: str = ""
    answered_on: date | None = None
    item: str = ""
    turns: tuple[Turn, ...] = ()
    line: Finding | None = None

    @property
    def may_reply(self) -> bool:
        """Tell whether the unit may still object to the answer: once."""
        return self.state is not ObjectionState.OPEN and all(turn.kind is not TurnKind.REPLY for turn in self.turns)

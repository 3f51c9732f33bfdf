"""What a 通报 says beside its board: the fields that only the office knows, who sent late, what is undecided."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace

LEFT_OUT = "无"  # written into a field that this paper is to go without
NOT_DUE = "未到期"  # the title of what waits for its day
OF_ONE_PAPER = ("number", "signer", "printed_on")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The fields of a 公文 that only the office knows; ``""`` is not given yet and is printed as a marked blank.

    ``finals`` is how many final boards there were when they were filled in: 发文字号, 签发人 and 印发日期 are those of the
    next one and are not printed again on the one after.
    """

    organ: str = ""
    number: str = ""
    signer: str = ""
    secrecy: str = ""
    addressees: str = ""
    copies: str = ""
    printer: str = ""
    printed_on: str = ""
    finals: int = 0

    def as_text(self) -> str:
        """Write it as a setting's value."""
        return json.dumps(asdict(self), ensure_ascii=False)


FIELD_NAMES = {
    "organ": "发文机关标志",
    "number": "发文字号",
    "signer": "签发人",
    "secrecy": "密级和保密期限",
    "addressees": "主送机关",
    "copies": "抄送机关",
    "printer": "印发机关",
    "printed_on": "印发日期",
}


def letterhead_key(year: int) -> str:
    """Return the key of a year's setting."""
    return f"letterhead_{year}"


def read_letterhead(text: str | None, finals: int) -> Letterhead:
    """Read a setting's value for the paper after ``finals`` final boards; None is nothing given yet.

    >>> given = Letterhead(organ="昆明市水务局文件", number="昆水通〔2023〕8号", finals=1)
    >>> read_letterhead(given.as_text(), 1) == given
    True
    >>> read_letterhead(given.as_text(), 2)
    Letterhead(organ='昆明市水务局文件', number='', signer='', secrecy='', addressees='', copies='', printer='', printed_on='', finals=2)
    """
    given = Letterhead(**json.loads(text)) if text else Letterhead(finals=finals)
    if given.finals == finals:
        return given
    return replace(given, finals=finals, **dict.fromkeys(OF_ONE_PAPER, ""))


@dataclass(frozen=True, slots=True)
class QuarterNews:
    """Who sent the ledger of a quarter late, and who not at all, by full name. ``in_time`` counts the others."""

    quarter: int
    in_time: int
    late: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenCount:
    """How many things of one part are still open; ``by_ruling``: they count as they stand until somebody rules on them."""

    title: str
    count: int
    by_ruling: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """What a 通报 says beside its board. ``quarters`` are those whose cut-off has passed, in order.

    ``objection_days`` are the working days after the paper in which it may be objected to, None: without end.
    """

    letterhead: Letterhead = Letterhead()
    quarters: tuple[QuarterNews, ...] = ()
    undecided: tuple[OpenCount, ...] = ()
    objection_days: int | None = None

"""Words as people write them: folded for comparing, and read as done, not done, yes, no, or no evidence."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache

from scoring.model.facts import Status
from scoring.words.ahead import is_ahead
from scoring.words.boxes import EDGES, Boxed, boxed
from scoring.words.word_lists import word_lists

CACHED = 1 << 16
LONGEST = 4000  # characters that are compared: no word of a ledger is longer
INVISIBLE = ("Cc", "Cf", "Cs")  # not Co: a tick of Wingdings pasted elsewhere is a private-use character, and no blank
VARIANTS = re.compile("[\ufe00-\ufe0f]")  # ask for the coloured form of the sign before them: ✔️
DASHES = frozenset({"-", "--", "–", "—", "——", "―", "\u2212", "ー", "一一"})
# what Excel shows where a formula failed: #REF!, #N/A
ERROR_VALUE = re.compile(r"#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)")


@lru_cache(maxsize=CACHED, typed=True)
def fold(text: str) -> str:
    r"""Drop white space and invisible characters and make full-width forms half-width.

    >>> fold("完 成　情\n况（４Ａ）：")
    '完成情况(4A):'
    """
    if text.isascii() and text.isalnum():
        return text
    plain = VARIANTS.sub("", unicodedata.normalize("NFKC", text[:LONGEST]))
    if plain.isprintable() and " " not in plain:  # so are nearly all texts: none of their characters is to be dropped
        return plain
    return "".join(ch for ch in plain if not ch.isspace() and unicodedata.category(ch) not in INVISIBLE)


def is_blank(value: object) -> bool:
    """Tell whether a cell holds nothing that can be seen."""
    return value == "" or (isinstance(value, str) and not fold(value))


def as_text(value: object) -> str:
    """Return a cell as one would read it aloud: a whole number without ``.0``, text without its edges."""
    if value.__class__ is str:
        return value.strip()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def is_error_value(value: object) -> bool:
    """Tell whether a text is one of Excel's error values (``#REF!``)."""
    return isinstance(value, str) and value[:1] == "#" and ERROR_VALUE.fullmatch(fold(value)) is not None


# ------------------------------------------------------------------------------------------- 完成情况
READINGS = {"done": Status.DONE, "not_done": Status.NOT_DONE, "undecided": Status.UNDECIDED, "unsure": None}
LISTED, NO_WORDS = "listed", ""
# a sign of a symbol font that nobody can name any more, before whatever words: U+F0A8 已完成
PRIVATE_USE = re.compile("[\ue000-\uf8ff]")


@lru_cache(maxsize=CACHED, typed=True)
def read_status(value: object, said_on: date | None = None, year: int = 0) -> Status | None:
    """Read 完成情况; None where it cannot be understood. The words for not done are tried first.

    ``said_on`` is the day on which the ledger was sent and ``year`` its year: 12月底完成 said in June is a plan.

    >>> read_status("正在办理，预计年底前完成"), read_status("■ 已完成 □ 未完成"), read_status("差不多")
    (<Status.NOT_DONE: 'not_done'>, <Status.DONE: 'done'>, None)
    >>> read_status("□已完成"), read_status("12月底完成", date(2023, 6, 8), 2023)
    (<Status.NOT_DONE: 'not_done'>, <Status.NOT_DONE: 'not_done'>)
    """
    if isinstance(value, bool):
        return Status.DONE if value else Status.NOT_DONE
    if isinstance(value, int | float):
        return {1.0: Status.DONE, 0.0: Status.NOT_DONE}.get(float(value))
    return how_read(value, said_on, year)[0] if isinstance(value, str) else None


def how_read(text: str, said_on: date | None = None, year: int = 0) -> tuple[Status | None, str]:
    """Return how a text of 完成情况 reads, and by what: ``listed`` for a listed word, else what the pattern is for."""
    folded = fold(text)
    if not folded:
        return Status.BLANK, NO_WORDS
    if PRIVATE_USE.search(folded):
        return None, NO_WORDS
    boxes = boxed(folded)
    if boxes is None:
        return _of_words(folded, said_on, year)
    return _of_boxes(boxes, said_on, year)


def _of_boxes(boxes: Boxed, said_on: date | None, year: int) -> tuple[Status | None, str]:
    """Read what is ticked. Words after an empty box are denied: denied done is not done, anything else is unclear."""
    if boxes.words is None:
        return None, NO_WORDS
    status, by = _of_words(boxes.words, said_on, year)
    if not boxes.empty:
        return status, by
    return (Status.NOT_DONE, by) if status is Status.DONE else (None, NO_WORDS)


def _of_words(folded: str, said_on: date | None, year: int) -> tuple[Status | None, str]:
    """Read words without boxes: the listed word, else the first pattern that finds something."""
    text = folded.lower().strip(EDGES) or folded
    lists = word_lists()
    if text in lists.status:
        return READINGS[lists.status[text]], LISTED
    for pattern in lists.status_patterns:
        if pattern.find.search(text):
            return _if_over(READINGS[pattern.reading], text, said_on, year), pattern.why
    return None, NO_WORDS


def _if_over(status: Status | None, text: str, said_on: date | None, year: int) -> Status | None:
    """Hold a claim against the day on which it was made: of a time that has not begun it is a plan."""
    if status is not Status.DONE or said_on is None:
        return status
    when = is_ahead(text, said_on, year or said_on.year)
    if not when:
        return status
    return Status.NOT_DONE if when == "ahead" and not text.startswith("已") else None


# ------------------------------------------------------------------------------------------- 佐证材料, 是否
BOXES = frozenset("□☐◻⬜▢■☑🗹√✓✔")  # no circles: 五华区○○公司.jpg is a file
# what parts the things that one cell of 佐证材料 lists: 照片、文件；会议纪要
PARTS = re.compile(r"[,，;；、。\n\r]+")


@lru_cache(maxsize=CACHED, typed=True)
def read_evidence(value: object) -> str:
    """Return the text of 佐证材料, ``""`` where each part of it says that there is none, or not yet (无, ×, 待补).

    >>> read_evidence("（无）"), read_evidence("公示截图.jpg；照片待补")
    ('', '公示截图.jpg；照片待补')
    """
    text = as_text(value)
    return "" if _says_none(fold(text)) or all(_says_none(fold(part)) for part in PARTS.split(text)) else text


def _says_none(folded: str) -> bool:
    chosen = boxed(folded) if BOXES.intersection(folded) else None
    if chosen is not None and chosen.words is not None:
        return chosen.empty or _says_none(chosen.words)
    text = folded.lower()
    bare = text.strip(EDGES) or text
    lists = word_lists()
    if not text or bare in lists.none or text in lists.none:
        return True
    return any(pattern.find.search(bare) for pattern in lists.none_patterns)


def read_yes(value: object) -> bool | None:
    """Read 是/否, 有/无, √/×; None where it is neither."""
    text, lists = fold(as_text(value)).lower().strip(EDGES), word_lists()
    if text in lists.yes:
        return True
    return False if text in lists.no else None

"""Words as people write them: folded for comparing, and read as done, not done, yes, no, or no evidence."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from scoring.model.facts import Status

CACHED = 1 << 16
LONGEST = 4000  # characters that are compared: no word of a ledger is longer
INVISIBLE = ("Cc", "Cf", "Co", "Cs")
DASHES = frozenset({"-", "--", "–", "—", "——", "―", "\u2212", "ー", "一一"})
ERROR_VALUE = re.compile(r"#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)")


@lru_cache(maxsize=CACHED, typed=True)
def fold(text: str) -> str:
    r"""Drop white space and invisible characters and make full-width forms half-width.

    >>> fold("完 成　情\\n况（４Ａ）：")
    '完成情况(4A):'
    """
    if text.isascii() and text.isalnum():
        return text
    plain = unicodedata.normalize("NFKC", text[:LONGEST])
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
DONE_WORDS = frozenset(["是", "有", "√", "✓", "✔", "☑", "■", "y", "yes", "完成", "100%", "1"])
NOT_DONE_WORDS = frozenset(["否", "无", "×", "✗", "✘", "□", "☐", "n", "no", "进行中", "推进中", "部分完成", "0"])
UNDECIDED_WORDS = frozenset({"不涉及", "待定", "/", *DASHES})
NOT_DONE_OPENING = re.compile(r"尚?未|暂未|还未|均未|没有|正在|拟|计划|进行中|推进中|部分完成")
AHEAD = r"(?=于|在|到|至|\d|年|[下本明]|近期|尽快|完成)"  # a plan that looks ahead, unlike 按计划 and 拟定
NOT_YET = re.compile(rf"(预计|力争|即将|(?<!已)将|基本|(?<![按照原定])计划{AHEAD}|(?<![模虚])拟{AHEAD}|部分).*完成")
NEGATION = re.compile(
    r"未(?!来)|没|尚|暂|(?<!是)否|正在|进行中|推进中|无法|无进展|均无|不(?!动产|间断|断|再|见面|少于|低于|超过|跑)"
    r"|预计|力争|即将|将[于在]|已计划|一半|过半|大半|部分|[一二三四五六七八九]成|(?<!\d)(?!100(?:\.0+)?%)\d{1,3}(?:\.\d+)?%"
)
WISH = r"(?<![接招])待|(?<!所)需(?!求)|须|(?<![供响相对反])应(?!急|用)|(?<![主重必])要(?![求点件素])|准备(?!工作)|争取|有望|希望|确保"
DOUBTFUL = re.compile(
    rf"({WISH}|[日号月年底末度]前)[^,;。]*完成$"
)  # 待完成; 12月底前完成 is a plan as often as a report
EDGES = "。.;;,、!:()[]【】「」"
TICKED, UNTICKED = "■☑√✓✔●☒", "□☐○"
TICK_ITEM_AFTER = re.compile(f"([{TICKED}{UNTICKED}])([^{TICKED}{UNTICKED}]*)")
TICK_ITEM_BEFORE = re.compile(f"([^{TICKED}{UNTICKED}]+)([{TICKED}{UNTICKED}])")
BRACKET_TICKED = re.compile(f"[(\\[【]([{TICKED}])[)\\]】]")
BRACKET_EMPTY = re.compile(r"\(\)|\[\]|【】")


@lru_cache(maxsize=CACHED, typed=True)
def read_status(value: object) -> Status | None:
    """Read 完成情况; None where it cannot be understood. The words for not done are tried first.

    >>> read_status("正在办理，预计年底前完成"), read_status("■ 已完成 □ 未完成"), read_status("差不多")
    (<Status.NOT_DONE: 'not_done'>, <Status.DONE: 'done'>, None)
    """
    if isinstance(value, bool):
        return Status.DONE if value else Status.NOT_DONE
    if isinstance(value, int | float):
        return {1.0: Status.DONE, 0.0: Status.NOT_DONE}.get(float(value))
    if not isinstance(value, str):
        return None
    text = fold(value)
    if not text:
        return Status.BLANK
    ticked = _ticked_item(text)
    return _read_words(text if ticked is None else ticked)


def _ticked_item(text: str) -> str | None:
    """Return what is ticked in a list of boxes; None where the text is no such list, ``?`` where no one item is."""
    text = BRACKET_EMPTY.sub("□", BRACKET_TICKED.sub(r"\1", text))
    marks = sum(ch in TICKED or ch in UNTICKED for ch in text)
    if not marks or len(text) == 1:
        return None
    if text[0] in TICKED or text[0] in UNTICKED:
        items = [(mark, word) for mark, word in TICK_ITEM_AFTER.findall(text)]
    else:
        items = [(mark, word) for word, mark in TICK_ITEM_BEFORE.findall(text)]
    chosen = [word.strip(EDGES) for mark, word in items if mark in TICKED]
    return chosen[0] or "■" if len(chosen) == 1 else "?"


def _read_words(text: str) -> Status | None:
    text = text.lower().strip(EDGES) or text
    if text in UNDECIDED_WORDS or text.startswith("不涉及"):
        return Status.UNDECIDED
    if text in NOT_DONE_WORDS or NOT_DONE_OPENING.match(text) or NOT_YET.search(text):
        return Status.NOT_DONE
    if text in DONE_WORDS:
        return Status.DONE
    if NEGATION.search(text):
        return None
    if text.startswith("已"):
        return Status.DONE
    return Status.DONE if text.endswith("完成") and not DOUBTFUL.search(text) else None


# ------------------------------------------------------------------------------------------- 佐证材料, 是否
NO_EVIDENCE = frozenset({"无", "没有", "/", "\\", "0", "缺", "无佐证", "无佐证材料", *DASHES})
NO_EVIDENCE_OPENING = ("待补", "后补", "暂无", "暂缺", "尚无", "暂未", "尚未", "未提供", "未附", "未上传")
YES = frozenset(["是", "有", "√", "✓", "✔", "☑", "■", "y", "yes", "1", "有外线", "true"])
NO = frozenset(["否", "无", "没有", "×", "✗", "✘", "□", "n", "no", "0", "无外线", "false"])


@lru_cache(maxsize=CACHED, typed=True)
def read_evidence(value: object) -> str:
    """Return the text of 佐证材料, ``""`` where it says that there is none (无, 暂无, —, 待补)."""
    text = as_text(value)
    folded = fold(text).strip("。.;,")
    if not folded or folded in NO_EVIDENCE or folded.startswith(NO_EVIDENCE_OPENING):
        return ""
    return text


def read_yes(value: object) -> bool | None:
    """Read 是/否, 有/无, √/×; None where it is neither."""
    text = fold(as_text(value)).lower().strip(EDGES)
    if text in YES:
        return True
    return False if text in NO else None

"""Boxes and ticks before or behind words: 「■ 已完成 □ 未完成」, 「□已完成」, 「（√）是（ ）否」."""

from __future__ import annotations

import re
from dataclasses import dataclass

TICKED, EMPTY, CROSSED = "■☑√✓✔●✅◼⬛🗹🗸◉", "□☐○◻⬜◯▢", "☒⊠×✗✘✕✖❌"
MARKS = TICKED + EMPTY + CROSSED
NEITHER = "☒⊠"  # a crossed box: some mean chosen by it and some mean struck out
# choices with the box in front: □未完成
MARK_THEN_WORDS = re.compile(f"([{MARKS}])([^{MARKS}]*)")
# choices with the box behind: 已完成□
WORDS_THEN_MARK = re.compile(f"([^{MARKS}]+)([{MARKS}])")
BRACKETED = re.compile(f"[(\\[【]([{MARKS}])[)\\]】]")  # a tick or a box in brackets: （√）
BRACKETED_X = re.compile(r"[(\[【][xX][)\]】]")  # a cross typed as a letter in brackets: [x]
BRACKETED_NOTHING = re.compile(r"\(\)|\[\]|【】")  # brackets that nobody ticked: （ ）
# words that ask, before the first box: 完成情况：■已完成
HEADING = re.compile(f"^[^{MARKS}:]+:(?=[{MARKS}])")
EDGES = "。.;;,、!:()[]【】「」"


@dataclass(frozen=True, slots=True)
class Boxed:
    """What a text with boxes comes to: the words that are ticked, or (``empty`` True) that an empty box stands before.

    ``words`` is None where nobody can say: none or several of a list are ticked, or a box is crossed out.
    """

    words: str | None
    empty: bool = False


def boxed(text: str) -> Boxed | None:
    """Read the boxes in a folded text; None where it holds none, or is a mark and nothing else.

    >>> boxed("■已完成□未完成"), boxed("□已完成"), boxed("☒已完成")
    (Boxed(words='已完成', empty=False), Boxed(words='已完成', empty=True), Boxed(words=None, empty=False))
    """
    text = BRACKETED_NOTHING.sub("□", BRACKETED_X.sub("☒", BRACKETED.sub(r"\1", text)))
    if not any(ch in MARKS for ch in text):
        return None
    if len(text) == 1:
        return Boxed(None) if text in NEITHER else None
    text = HEADING.sub("", text)
    if text[0] in MARKS:
        items = [(mark, words) for mark, words in MARK_THEN_WORDS.findall(text)]
    else:
        items = [(mark, words) for words, mark in WORDS_THEN_MARK.findall(text)]
    return _chosen([(mark, words.strip(EDGES)) for mark, words in items])


def _chosen(items: list[tuple[str, str]]) -> Boxed:
    ticked = [words for mark, words in items if mark in TICKED]
    if any(mark in NEITHER for mark, _ in items) or len(ticked) > 1:
        return Boxed(None)
    if ticked:
        return Boxed(ticked[0] or TICKED[0])
    alone = len(items) == 1 and items[0][0] in EMPTY and items[0][1]
    return Boxed(items[0][1], empty=True) if alone else Boxed(None)

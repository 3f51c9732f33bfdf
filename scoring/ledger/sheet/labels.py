"""What stands above (or below) a table: 填报单位, 季度 and 报送日期, as labels or in a title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from scoring.ledger.sheet.columns import QUARTER, SUBMITTED, UNIT
from scoring.ledger.sheet.sheet_view import Cells
from scoring.words.names import UnitIndex, find_quarter, find_year
from scoring.words.statuses import as_text, fold

WORDS = {
    UNIT: r"填报单位|报送单位|上报单位|填报部门|报送部门|责任部门|责任单位"
    r"|县\(市、?区\)|县\(市\)区|县市区|县区|(?:(?<!\w)|(?<=[\d日季度]))单位(?!负责|领导)(?:名称)?",
    QUARTER: r"报送季度|所属季度|填报季度|(?<![^\d][1-4])(?<![一二三四第本上每当下各])季度",
    SUBMITTED: r"报送日期|报送时间|填报日期|填报时间|上报日期|上报时间",
}
OTHERS = r"填报人|填表人|制表人?|审核人?|复核人?|经办人|联系人|联系电话|电话|负责人|单位负责人|分管领导|主要领导|签字|签名|备注|说明"
# the name of a field above the table: 填报单位, 报送季度, 报送日期; the others end the value before them
LABEL = re.compile(
    "|".join(f"(?P<{what}>{words})" for what, words in WORDS.items()) + f"|(?P<other>{OTHERS})",
)
# what stands between a field and its value: 填报单位（盖章）：五华区
TAIL = re.compile(r"(?:[(\[【]?(?:盖章|公章|签章|全称|加盖公章)[)\]】]?)?(?:[(\[【][^)\]】]*[)\]】])?\s*(:)?")
# a time of day behind a day, which without its space turns 8 10:20 into the 81st: 8日 10:20
CLOCK = re.compile(r"(?<=[\d日号])\s+\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?!\d)")
# a measure beside 单位 that is no sender: 单位：万元, 单位：个
MEASURE = re.compile(r".{0,4}元|[个户件家次吨项条人%‰]|立方米?|公里|千?米|平方米|万.{0,3}")
# a note and no field: 注：, 填报说明1., 注意
NOTE = re.compile(r"(注|备注|说明|填报说明|填表说明|填报要求|填表要求|要求|提示|依据)[\d:、.]|注意")
# a field that names who made the form, not whose ledger it is: 编制单位：昆明市水务局
OFFICE = re.compile(r"\w(?:单位|部门|机关):")
# the year of a paper that the title names, not the ledger's: 2022年修订版, 2019年实施方案
OTHER_YEAR = re.compile(
    r"年(?:修订|修正|\w{0,2}版|印发|制定|以来|起)|年[^年]{0,10}(?:实施|工作|行动)?(?:方案|计划|文件|通知|意见)"
)
TITLE_LENGTH = 80
YEAR = "year"  # said of a ledger beside unit, quarter and date, where it stands without a quarter


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a sheet says of itself: which of unit, quarter and date, the value, and the cell.

    ``label`` False: it stood in a title, without a label. ``row`` -1: it comes from the sheet's or the file's name.
    ``sheet`` names the sheet where another one says it.
    """

    what: str
    value: object
    row: int
    column: int
    label: bool = True
    sheet: str = ""


@lru_cache(maxsize=8192)
def split_labels(text: str) -> tuple[tuple[str, str, bool], ...]:
    """Cut a folded text into (what, value, with a colon) at each label; empty where there is no label.

    >>> split_labels("填报单位(盖章):五华区水务局报送日期:2023年6月8日")
    (('unit', '五华区水务局', True), ('submitted', '2023年6月8日', True))
    """
    labelled = []
    matches = [m for m in LABEL.finditer(text) if m.start() == 0 or _is_label(text, m)]
    for number, match in enumerate(matches):
        tail = TAIL.match(text, match.end())
        start = tail.end() if tail else match.end()
        end = matches[number + 1].start() if number + 1 < len(matches) else len(text)
        value = text[start:end].strip(":;,。、|/ ")
        labelled.append((match.lastgroup or "other", value, bool(tail and tail[1])))
    return tuple(labelled)


def _is_label(text: str, match: re.Match[str]) -> bool:
    """Tell whether a label's word within a text is followed by a colon: 各责任部门要… is no label."""
    tail = TAIL.match(text, match.end())
    return bool(tail and tail[1])


def read_labels(row: int, cells: Cells, below: dict[int, object] | None = None) -> list[Said]:
    """Return the labels of one row with their values: in the label's own cell, else in the next cell to the right."""
    labels = []
    for number, (column, value) in enumerate(cells):
        if not isinstance(value, str):
            continue
        for what, text, colon in split_labels(fold(CLOCK.sub("", value))[:400]):
            if what == "other":
                continue
            if text and (colon or _reads_on(what, text)):
                if not (what == UNIT and MEASURE.fullmatch(text)):
                    labels.append(Said(what, text, row, column))
            elif not text:
                labels += _neighbour(what, row, column, cells[number + 1 : number + 2], below)
    return labels


def _reads_on(what: str, said: str) -> bool:
    """Tell whether a value follows its label without a colon: 报送日期2023年6月8日."""
    return said[:1].isdigit() if what != UNIT else said[-1:] in "区县市局队团"


def _neighbour(what: str, row: int, column: int, following: Cells, below: dict[int, object] | None) -> list[Said]:
    for next_column, value in following:
        if isinstance(value, str) and split_labels(fold(value)[:400]):
            return []
        if what == UNIT and MEASURE.fullmatch(fold(as_text(value))):
            return []
        return [Said(what, value, row, next_column)]
    if below and column in below:
        return [Said(what, below[column], row + 1, column)]
    return []


def read_title(row: int, column: int, text: str, index: UnitIndex) -> list[Said]:
    """Return what a title says without labels: its one unit, its quarter, its year."""
    plain = fold(text)
    if len(plain) > TITLE_LENGTH or NOTE.match(plain):
        return []
    titles: list[Said] = []
    unit = None if OFFICE.search(plain) else index.inside(plain)
    if unit is not None:
        titles.append(Said(UNIT, unit.name, row, column, label=False))
    if find_quarter(plain) is not None:
        titles.append(Said(QUARTER, plain, row, column, label=False))
    # words of a title in which a year is the year of the ledger: 2023年度工作落实台账
    elif find_year(plain) is not None and re.search(r"台账|工作落实|年度?$", plain) and not OTHER_YEAR.search(plain):
        titles.append(Said(YEAR, find_year(plain), row, column, label=False))
    return titles


def is_note(text: str) -> bool:
    """Tell whether a row that opens with this text is a note, a sum or a signature, and no data."""
    return bool(OPENING.match(fold(text)))


# how a row opens that is a sum, a note or a signature and no data: 合计, 备注：, 填表人
OPENING = re.compile(
    r"(合计|小计|总计|共计|累计|本页合计)(:|$|\(|\d|\d+项)|(?:合计|小计|总计)|(注|备注|说明|填表说明|填报说明)\d*[:、.]|(备注|说明|注)$"
    r"|填表人|填报人|制表|审核人|复核人|经办人|分管领导|主要领导|负责人|单位负责人|联系人|联系电话|签字|盖章"
)
# the heading of a group of rows: 一、, （二）, 第三部分
GROUP = re.compile(r"[(]?[一二三四五六七八九十]+[)、.:]|第[一二三四五六七八九十]+[部分章类]")


def first_text(cells: Cells) -> str:
    """Return a row's first cell where it is text."""
    return cells[0][1] if cells and isinstance(cells[0][1], str) else ""


def named(said: Sequence[Said], what: str) -> list[Said]:
    """Return what was said of one thing, labels before titles."""
    return sorted((s for s in said if s.what == what), key=lambda s: not s.label)

"""佐证卷宗: the things that show the claims of a unit, or of a task, as one ``.zip`` with an index. The same bytes each time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from scoring.board.wording import OUTCOME_NAMES, clause_title, clean, foot_line, reason
from scoring.documents.archive import zipped
from scoring.documents.book import Field
from scoring.documents.lists import list_xlsx
from scoring.model.boards import Board
from scoring.model.evidence import Evidence, EvidenceKind, FoundBy
from scoring.model.facts import Case, Facts, Incentive, Statement
from scoring.model.findings import Finding
from scoring.model.rules import Rulebook
from scoring.words.phrasing import quarter_name

INDEX = "索引.xlsx"
GONE = "（内容取不出来，请用备份核对）"
FIELDS = (
    Field("单位", 16), Field("评分项", 9, "center"), Field("评分标准（原文）", 36), Field("季度", 11, "center"),
    Field("台账里怎样说", 26), Field("工作簿 › 工作表 › 单元格", 34), Field("佐证", 24), Field("卷内文件", 40),
    Field("SHA-256", 30), Field("怎样对上的", 18), Field("判定", 13, "center"), Field("理由与审核认定", 44),
)  # fmt: skip
KINDS = {
    EvidenceKind.TEXT: "文字", EvidenceKind.PICTURE: "图片", EvidenceKind.ATTACHMENT: "附件", EvidenceKind.LINK: "链接",
    EvidenceKind.FILE: "随附文件",
}  # fmt: skip
WAYS = {
    FoundBy.CELL: "在佐证材料格上",
    FoundBy.ROW: "在这一行的其他格上",
    FoundBy.NAMED: "这一行点了它的名",
    FoundBy.FILE_NAME: "文件名写明单位和评分项",
    FoundBy.FOLDER: "文件夹写明单位或评分项",
    FoundBy.REVIEWER: "由审核人放入",
}
# what no file name may hold on Windows: 公示/截图? becomes two pieces
UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
LONGEST = 48  # characters of a name in the file
# a file name's ending: .jpg of 公示.jpg
ENDING = re.compile(r"\.[0-9A-Za-z]{1,8}$")
Row = Statement | Case | Incentive
Fetch = Callable[[str], bytes | None]  # a thing's SHA-256 -> its bytes, None where they cannot be had


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the index: a finding, the row that brings the thing, the thing; None where there is none."""

    finding: Finding
    row: Row | None = None
    item: Evidence | None = None


def evidence_file_zip(
    title: str, findings: Sequence[Finding], facts: Facts, board: Board, rulebook: Rulebook, fetch: Fetch
) -> bytes:
    """Return the file of some findings: every thing once, under a readable name, and the index of all that was said.

    A finding that nothing was sent for has a line too. ``facts`` are those that the board was made of.
    """
    lines = [line for finding in findings for line in _lines(finding, facts, rulebook)]
    contents: dict[str, bytes] = {}
    names: dict[str, str] = {}
    for line in lines:
        sha = line.item.sha256 if line.item else None
        if line.item is None or sha is None or sha in names:
            continue
        content = fetch(sha)
        names[sha] = GONE if content is None else _free_name(line, rulebook, contents)
        if content is not None:
            contents[names[sha]] = content
    rows = [_cells(line, names, rulebook) for line in lines]
    index = list_xlsx(title, foot_line(board, rulebook, None), board.as_of, FIELDS, rows)
    return zipped({INDEX: index, **contents})


def _lines(finding: Finding, facts: Facts, rulebook: Rulebook) -> Iterator[_Line]:
    """Yield the lines of a finding: all that its rows ever brought, a row without anything too."""
    rows = sorted(_rows(finding, facts, rulebook), key=lambda row: (row.ledger.order, row.position))
    if not rows:
        yield _Line(finding)
    for row in rows:
        yield from (_Line(finding, row, item) for item in row.evidence)
        if not row.evidence:
            yield _Line(finding, row)


def _rows(finding: Finding, facts: Facts, rulebook: Rulebook) -> Iterator[Row]:
    """Yield the rows that a finding judges: of its clause, the cases of its task, or its incentive item."""
    clause = rulebook.clause.get(finding.clause)
    for row in facts.statements:
        if (row.ledger.unit, row.clause) == (finding.unit, finding.clause):
            yield row
    if clause is not None and all(term.is_bonus for term in clause.terms):
        yield from (row for row in facts.cases if (row.ledger.unit, row.task) == (finding.unit, finding.task))
    if clause is None:
        item = "".join(finding.item.split())
        yield from (
            row for row in facts.incentives if (row.ledger.unit, *row.key) == (finding.unit, finding.task, item)
        )


def _cells(line: _Line, names: dict[str, str], rulebook: Rulebook) -> list[str]:
    finding, row, item = line.finding, line.row, line.item
    unit = rulebook.short(finding.unit)
    place = str(row.source) if row else ""
    if item and item.cell:
        place = " › ".join(filter(None, (item.workbook, item.sheet, item.cell)))
    thing = f"{KINDS[item.kind]}：{item.name}" if item else "没有送来佐证" if row else "没有填报"
    sha = (item.sha256 or "") if item else ""
    return [
        unit, finding.clause, clean(finding.quote), quarter_name(row.ledger.quarter) if row else "",
        _said(row), clean(place), clean(thing), names.get(sha, ""), sha, WAYS[item.found_by] if item else "",
        OUTCOME_NAMES[finding.outcome], reason(finding),
    ]  # fmt: skip


def _said(row: Row | None) -> str:
    """Return what a row claims, in its own words."""
    if row is None:
        return ""
    if isinstance(row, Statement):
        day = f"，{row.done_on}" if row.done_on else ""
        number = f"，数量{row.quantity}" if row.quantity is not None else ""
        return clean(f"{row.said or '（空）'}{day}{number}")
    return clean(row.title)


# --- names in the file
def _free_name(line: _Line, rulebook: Rulebook, taken: Iterable[str]) -> str:
    """Return a readable name that no other thing has: unit / clause with title / quarter and the thing's own name."""
    finding, row, item = line.finding, line.row, line.item
    unit = rulebook.short(finding.unit)
    folder = f"{_safe(unit)}/{_safe(f'{finding.clause} {clause_title(finding, rulebook)}')}"
    quarter = quarter_name(row.ledger.quarter) if row else ""
    own = PurePosixPath((item.name if item else "").replace("\\", "/")).name
    ending = dotted.group().lower() if (dotted := ENDING.search(own)) else ""
    stem = _safe(f"{quarter} {own[: len(own) - len(ending)]}")
    used = {name.casefold() for name in taken}
    tries = (f"{folder}/{stem}{f'（{number}）' if number > 1 else ''}{ending}" for number in range(1, len(used) + 2))
    return next(name for name in tries if name.casefold() not in used)


def _safe(text: str) -> str:
    """Return a name that Windows takes: no reserved sign, no blank or dot at its ends, not too long."""
    return UNSAFE.sub("_", clean(text))[:LONGEST].strip(" .") or "_"

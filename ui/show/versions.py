"""What came when: versions of ledgers, what one says, what two say differently. Pure, HTML out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import htpy as h

from scoring.analysis.ledger_entries_sentences import Entry
from scoring.analysis.ledger_news import Change, RowNews
from scoring.analysis.ledger_news_sentences import against
from scoring.analysis.owed_ledgers import QuarterSent
from scoring.model.facts import Facts
from scoring.model.rules import Rulebook
from scoring.store import KeptOriginal, LedgerVersion, Upload
from ui.show.tables import Cell, Column, Html, anchor, html, table
from ui.show.text import day_name, moment_name, quarter_name, size

Link = Callable[[LedgerVersion], str]


def versions_table(found: Sequence[LedgerVersion], rulebook: Rulebook, link: Link) -> Html:
    """Return all versions, the one that came last on top; each line leads to what it says."""
    columns = [
        Column("单位", "day"), Column("季度", "day"), Column("版本", "k-num"), Column("收到", "day"),
        Column("报送日期", "day k-far"), Column("入库人", "k-far"),
        Column("文件", "wrap k-far"), Column("校验值", "k-far"), Column("现状", "day"),
    ]  # fmt: skip
    ordered = sorted(found, key=lambda version: (version.received_at, version.upload), reverse=True)
    return table(columns, [_version(version, rulebook, link) for version in ordered], go=True, cards=True)


def _version(version: LedgerVersion, rulebook: Rulebook, link: Link) -> list[str | Cell]:
    late = "，迟报" if version.is_late(rulebook.assessment.cut_offs) else ""
    return [
        anchor(link(version), rulebook.short(version.unit)),
        quarter_name(version.quarter),
        f"第{version.version}版",
        moment_name(version.received_at),
        f"{day_name(version.submitted)}{'' if version.dated else '（按截止日）'}{late}",
        version.actor,
        version.file_name,
        version.sha256[:12],
        Cell("已撤回", "k-loss") if version.withdrawn else "有效",
    ]


def kept_table(found: Sequence[KeptOriginal]) -> Html:
    """Return the files of which only the original was kept, the one that was kept last on top."""
    columns = [
        Column("文件", "wrap"), Column("大小", "k-num"), Column("留存时间", "day"), Column("经办人"), Column("理由", "wrap"),
        Column("校验值", "k-far"),
    ]  # fmt: skip
    rows = [
        [one.file_name, size(one.size), moment_name(one.kept_at), one.actor, one.reason, one.sha256[:12]]
        for one in reversed(found)
    ]
    return table(columns, rows)


def name(version: LedgerVersion, rulebook: Rulebook) -> str:
    """Name a version in words."""
    return f"{rulebook.short(version.unit)}{quarter_name(version.quarter)}第{version.version}版"


def about(version: LedgerVersion, upload: Upload) -> Html:
    """Say when and from whom a version came, in which file, of which hash, read by which rules."""
    read_by = f"；按细则版本 {upload.rules_hash[:8]} 读取" if upload.rules_hash else ""
    parts = (
        f"{moment_name(version.received_at)} {version.actor}入库；文件“{upload.file_name}”，{size(upload.size)}；"
        f"校验值 {upload.sha256}；读到{upload.rows_read}行，没有读入{upload.rows_kept_out}行{read_by}"
    )
    return html(h.div(".k-note", style="overflow-wrap:anywhere")[parts])


def entries_table(found: Sequence[Entry]) -> Html:
    """Return all rows that a version says."""
    columns = [Column("工作表"), Column("单元格", "k-num"), Column("评分项或事项", "wrap"), Column("填报内容", "wrap")]
    return table(columns, [[entry.sheet, entry.cell, entry.name, entry.says] for entry in found])


NEWS = {Change.NEW: "新增", Change.CHANGED: "改变", Change.GONE: "删去", Change.AGAIN: "重报"}


def news_table(found: Sequence[RowNews]) -> Html:
    """Return the rows of a ledger beside what was said before, what contradicts it marked."""
    columns = [
        Column("变化", "day"), Column("工作表", "k-far"), Column("评分项或事项", "wrap"), Column("以前", "wrap k-far"),
        Column("出自", "k-far"), Column("这一份", "wrap"),
    ]  # fmt: skip
    gone = Cell("没有这一行", "k-quiet")
    return table(columns, [
        [
            Cell(f"{NEWS[one.change]}，前后矛盾：{against(one.against)}", "k-loss") if one.against else NEWS[one.change],
            one.sheet, one.name, one.before or Cell("–", "k-quiet"), one.since or Cell("–", "k-quiet"), one.after or gone,
        ]
        for one in found
    ])  # fmt: skip


def quarters_table(found: Sequence[QuarterSent]) -> Html:
    """Return what came for each quarter, its share in time beside that of the quarter before."""
    columns = [
        Column("季度", "day"), Column("截止日", "day"), Column("应报", "k-num k-far"), Column("已报", "k-num"),
        Column("按时", "k-num"), Column("迟报", "k-num"), Column("未报", "k-num"), Column("按时率", "k-num"),
        Column("上季度", "k-num k-far"),
    ]  # fmt: skip
    rows: list[list[str | Cell]] = []
    for number, version in enumerate(found):
        before = found[number - 1] if number else None
        rows.append([
            quarter_name(version.quarter), day_name(version.cut_off), str(version.expected), str(version.received), str(version.in_time),
            str(version.late), _missing(version), _rate(version), _rate(before) if before else "–",
        ])  # fmt: skip
    return table(columns, rows, cards=True)


def _missing(one: QuarterSent) -> str:
    count = len(one.owing) + len(one.waiting)
    return str(count) if one.passed or not count else f"{count}（未截止）"


def _rate(one: QuarterSent) -> str:
    return f"{float(one.rate):.0%}" if one.passed else "–"


def without(facts: Facts, upload: int) -> Facts:
    """Return the facts as they would be with one workbook left out."""
    return facts.where(lambda ledger: ledger.upload != upload, lambda _: True)

"""What a finding rests on, to look at: small pictures, names of files, addresses of links. Pure, HTML out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from scoring.model.evidence import Evidence, EvidenceKind, FoundBy
from ui.show.tables import Html
from ui.show.text import esc

Link = Callable[[str], str]  # a thing's hash -> the escaped address that opens it
KINDS = {EvidenceKind.PICTURE: "图片", EvidenceKind.ATTACHMENT: "附件", EvidenceKind.FILE: "随附文件"}
WAYS = {
    FoundBy.CELL: "在佐证材料格上",
    FoundBy.ROW: "在这一行的其他格上",
    FoundBy.NAMED: "这一行点了它的名",
    FoundBy.FILE_NAME: "文件名写明单位和评分项",
    FoundBy.FOLDER: "文件夹写明单位或评分项",
    FoundBy.REVIEWER: "由审核人放入",
}
SHOWN_NAME = 24  # characters of a file's name


def strip(evidence: Iterable[Evidence], pictures: Mapping[str, str], link: Link) -> Html:
    """Return the things that a finding rests on, side by side; empty where there are words only."""
    things = "".join(_thing(item, pictures, link) for item in evidence if item.kind is not EvidenceKind.TEXT)
    return Html(f"<div class='k-strip'>{things}</div>") if things else Html("")


def _thing(item: Evidence, pictures: Mapping[str, str], link: Link) -> str:
    if item.kind is EvidenceKind.LINK:
        return _link(item.name)
    said = f"{KINDS[item.kind]}：{short(item.name)}"
    if item.sha256 is None:
        return f"<span class='k-thing'>{esc(said)}</span>"
    picture = pictures.get(item.sha256)
    inner = f"<img src='{picture}' alt=''>" if picture else "<b aria-hidden='true'>▤</b>"
    address = link(item.sha256)
    return (
        f"<a class='go k-thing' href='{address}' target='_self' title='{esc(where(item))}' aria-label='看佐证，{esc(said)}'>"
        f"{inner}<small>{esc(short(item.name))}</small></a>"
    )


def _link(address: str) -> str:
    """Return a link as text; it opens only on a second, deliberate click, and only by http or https."""
    said = f"<summary>链接：{esc(short(address))}</summary>"
    if not address.lower().startswith(("http://", "https://")):
        return f"<span class='k-thing'>{esc(short(address))}</span>"
    opened = f"<a href='{esc(address)}' target='_blank' rel='noopener noreferrer nofollow'>打开 {esc(address)}</a>"
    return f"<details class='k-thing'>{said}{opened}</details>"


def short(name: str) -> str:
    """Return a file's name, its middle left out where it is long."""
    base = name.replace("\\", "/").rpartition("/")[2] or name
    return base if len(base) <= SHOWN_NAME else f"{base[: SHOWN_NAME - 9]}…{base[-8:]}"


def where(item: Evidence) -> str:
    """Say where a thing lies, and how it was connected with the row."""
    place = " › ".join(filter(None, (item.workbook, item.sheet, item.cell)))
    return "，".join(filter(None, (place or item.name, WAYS[item.found_by])))


def large(picture: str | None, name: str, *, whole: bool) -> Html:
    """Return a thing large: fitted to the window, or in its own size to be scrolled; a word where it cannot be shown."""
    if picture is None:
        return Html(f"<div class='k-empty'><p>“{esc(name)}”不能在这里显示，请下载后查看。</p></div>")
    style = "fit" if whole else "own"
    return Html(f"<div class='k-large {style}' tabindex='0'><img src='{picture}' alt='{esc(name)}'></div>")

"""What a finding rests on, to look at: small pictures, names of files, addresses of links. Pure, HTML out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import htpy as h

from scoring.model.evidence import Evidence, EvidenceKind, FoundBy
from ui.show.tables import Html, going, html

Link = Callable[[str], str]  # a thing's hash -> the address that opens it
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
    things = [_thing(item, pictures, link) for item in evidence if item.kind is not EvidenceKind.TEXT]
    return html(h.div(".k-strip")[things] if things else None)


def _thing(item: Evidence, pictures: Mapping[str, str], link: Link) -> h.Element:
    if item.kind is EvidenceKind.LINK:
        return _link(item.name)
    said = f"{KINDS[item.kind]}：{short(item.name)}"
    if item.sha256 is None:
        return h.span(".k-thing")[said]
    picture = pictures.get(item.sha256)
    inner = h.img(src=picture, alt="") if picture else h.b(aria_hidden="true")["▤"]
    opening = going(link(item.sha256), "k-thing", title=where(item), aria_label=f"看佐证，{said}")
    return opening[inner, h.small[short(item.name)]]


def _link(address: str) -> h.Element:
    """Return a link as text; it opens only on a second, deliberate click, and only by http or https."""
    if not address.lower().startswith(("http://", "https://")):
        return h.span(".k-thing")[short(address)]
    opened = h.a(href=address, target="_blank", rel="noopener noreferrer nofollow")[f"打开 {address}"]
    return h.details(".k-thing")[h.summary[f"链接：{short(address)}"], opened]


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
        return html(h.div(".k-empty")[h.p[f"“{name}”不能在这里显示，请下载后查看。"]])
    style = "fit" if whole else "own"
    return html(h.div(class_=["k-large", style], tabindex="0")[h.img(src=picture, alt=name)])

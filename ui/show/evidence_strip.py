"""What a finding rests on, to look at: small pictures, names of files, addresses of links. Pure, HTML out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import htpy as h

from scoring.documents.evidence_file import WAYS
from scoring.model.evidence import Evidence, EvidenceKind
from scoring.model.looks import Half, ThingDoubt, ThingDoubtKind
from ui.show.tables import Html, going, html

Link = Callable[[str], str]  # a thing's hash -> the address that opens it
KINDS = {EvidenceKind.PICTURE: "图片", EvidenceKind.ATTACHMENT: "附件", EvidenceKind.FILE: "随附文件"}
DOUBTS = {
    ThingDoubtKind.OTHER_UNIT: "与{unit}{clause}第{quarter}季度的图片{same}",
    ThingDoubtKind.OTHER_CLAUSE: "与本单位{clause}第{quarter}季度的图片{same}",
    ThingDoubtKind.EARLIER_QUARTER: "与本单位第{quarter}季度已报的图片{same}",
    ThingDoubtKind.MADE_LATE: "形成于{made}，晚于时限{deadline}，填报的完成日期在时限以内",
    ThingDoubtKind.BLANK: "看上去是空白",
    ThingDoubtKind.TINY: "太小，看不清内容",
    ThingDoubtKind.UNREADABLE: "打不开或不能显示",
    ThingDoubtKind.WORDS_ONLY: "只写了这几个字，没有收到附件",
}
SHOWN_NAME = 24  # characters of a file's name


def strip(evidence: Iterable[Evidence], pictures: Mapping[str, str], link: Link) -> Html:
    """Return the things that a finding rests on, side by side; empty where there are words only."""
    things = [_thing(item, pictures, link) for item in evidence if item.kind is not EvidenceKind.TEXT]
    return html(h.div(".k-strip")[things] if things else None)


def doubts(about: Iterable[ThingDoubt], short_unit: Callable[[str], str], link: Callable[[Half], str]) -> Html:
    """Return why the things of a finding are in doubt, each with its other half one click away; empty without doubts."""
    lines = [h.li[_doubt(doubt, short_unit, link)] for doubt in about]
    return html(h.ul(".k-doubts", aria_label="佐证存疑")[lines] if lines else None)


def _doubt(doubt: ThingDoubt, short_unit: Callable[[str], str], link: Callable[[Half], str]) -> list[h.Node]:
    other = doubt.other
    told: dict[str, object] = {"made": doubt.made_on, "deadline": doubt.deadline}
    if other is not None:
        same = "相同" if other.exact else "几乎相同"
        clause = other.clause or "案例"
        told |= {"unit": short_unit(other.unit), "clause": clause, "quarter": other.quarter, "same": same}
    words = f"存疑：“{short(doubt.item.name)}”{DOUBTS[doubt.kind].format(**told)}"
    return [words, [" ", going(link(other))["看另一份"]] if other is not None else None]


def _thing(item: Evidence, pictures: Mapping[str, str], link: Link) -> h.Element:
    if item.kind is EvidenceKind.LINK:
        return _link(item.name)
    title = f"{KINDS[item.kind]}：{short(item.name)}"
    if item.sha256 is None:
        return h.span(".k-thing")[title]
    picture = pictures.get(item.sha256)
    inner = h.img(src=picture, alt="") if picture else h.b(aria_hidden="true")["▤"]
    opening = going(link(item.sha256), "k-thing", title=where(item), aria_label=f"看佐证，{title}")
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

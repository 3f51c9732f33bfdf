"""Pictures that live in a cell: WPS's (a DISPIMG formula and ``xl/cellimages.xml``) and Excel's (rich data)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar
from xml.etree.ElementTree import Element

from scoring.evidence.parts import Parts, attribute, child, descendants, tag, whole

CELL_IMAGES = "xl/cellimages.xml"
METADATA, RICH = "xl/metadata.xml", "xl/richData/"
Item = TypeVar("Item")
LOCAL_IMAGE, WEB_IMAGE = "LocalImageIdentifier", "WebImageIdentifier"


@dataclass(frozen=True, slots=True)
class Held:
    """What a cell's picture points at: a part of the package, or an address outside it; ``""`` both: nothing."""

    part: str = ""
    address: str = ""


def wps_pictures(parts: Parts) -> dict[str, Held]:
    """Return a picture's name (``ID_…``) -> what it points at."""
    part = parts.names.get(CELL_IMAGES, CELL_IMAGES)
    root = parts.tree(part)
    relations = parts.relations(part)
    pictures = {}
    for picture in descendants(root, "pic") if root is not None else ():
        name = child(picture, "nvPicPr", "cNvPr")
        blip = child(picture, "blipFill", "blip")
        if name is not None and blip is not None:
            inside, outside = relations.get(attribute(blip, "embed")), relations.get(attribute(blip, "link"))
            pictures[name.get("name", "")] = Held(
                inside.part if inside else "", outside.target if outside and not inside else ""
            )
    return pictures


def excel_pictures(parts: Parts) -> tuple[Held | None, ...]:
    """Return what each value metadata (``vm``, counted from 1) points at; None for one that is no picture."""
    metadata = parts.tree(METADATA)
    if metadata is None:
        return ()
    values = _rich_values(parts)
    types = [kind.get("name", "") for kind in descendants(metadata, "metadataType")]
    blocks = _future_blocks(metadata)
    pictures: list[Held | None] = []
    holder = child(metadata, "valueMetadata")
    for block in holder if holder is not None else ():
        record = child(block, "rc")
        kind = whole(record.get("t")) - 1 if record is not None else -1
        name = types[kind] if 0 <= kind < len(types) else ""
        number = _pick(blocks.get(name, ()), whole(record.get("v")) if record is not None else -1)
        pictures.append(_pick(values, number) if number is not None else None)
    return tuple(pictures)


def _pick(items: Sequence[Item], number: int) -> Item | None:
    return items[number] if 0 <= number < len(items) else None


def _future_blocks(metadata: Element) -> dict[str, list[int]]:
    """Return the name of a kind of metadata -> for each of its blocks the number of the rich value."""
    numbers: dict[str, list[int]] = {}
    for future in descendants(metadata, "futureMetadata"):
        blocks = numbers.setdefault(future.get("name", ""), [])
        for block in future:
            rich = next(descendants(block, "rvb"), None)
            blocks.append(whole(rich.get("i")) if rich is not None else -1)
    return numbers


def _rich_values(parts: Parts) -> list[Held | None]:
    """Return for each rich value the picture that it points at; None where it is something else."""
    values, structures = parts.tree(f"{RICH}rdrichvalue.xml"), parts.tree(f"{RICH}rdrichvaluestructure.xml")
    if values is None or structures is None:
        return []
    keys = [[key.get("n", "") for key in structure if tag(key) == "k"] for structure in descendants(structures, "s")]
    local, web = _local_images(parts), _web_images(parts)
    pictures: list[Held | None] = []
    for value in descendants(values, "rv"):
        names = _pick(keys, whole(value.get("s"))) or []
        texts = [inner.text for inner in value if tag(inner) == "v"]
        pictures.append(_held(names, texts, local, web))
    return pictures


def _held(
    names: Sequence[str], values: Sequence[str | None], local: Sequence[Held], web: Sequence[Held]
) -> Held | None:
    for name, value in zip(names, values, strict=False):
        if name.endswith(LOCAL_IMAGE):
            return _pick(local, whole(value)) or Held()
        if name.endswith(WEB_IMAGE):
            return _pick(web, whole(value)) or Held()
    return None


def _local_images(parts: Parts) -> list[Held]:
    part = f"{RICH}richValueRel.xml"
    root, relations = parts.tree(part), parts.relations(part)
    images = []
    for relation in descendants(root, "rel") if root is not None else ():
        target = relations.get(attribute(relation, "id"))
        images.append(Held(target.part, "" if target.part else target.target) if target else Held())
    return images


def _web_images(parts: Parts) -> list[Held]:
    """Return the pictures of IMAGE(): the copy that the workbook keeps, else the address."""
    part = f"{RICH}rdRichValueWebImage.xml"
    root, relations = parts.tree(part), parts.relations(part)
    images = []
    for image in descendants(root, "webImageSrd") if root is not None else ():
        copy, address = (
            relations.get(attribute(inner, "id")) if (inner := child(image, name)) is not None else None
            for name in ("blip", "address")
        )
        images.append(Held(copy.part if copy else "", address.target if address else ""))
    return images

"""The parts of an .xlsx as they are changed by marking: trees of what changes, bytes of what stays.

Whatever is not opened here goes back as it came, byte for byte: pictures, charts, macros, stored results of formulas.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from scoring.files import limits
from scoring.files.formats.spelling import decoded
from scoring.files.refusal import RefusedError

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
BOOK, CONTENT_TYPES = "xl/workbook.xml", "[Content_Types].xml"

Element = Any
"""An element of lxml, which has no types of its own."""


def tag(name: str) -> str:
    """Return a name in the namespace of spreadsheets."""
    return f"{{{MAIN}}}{name}"


def parse(content: bytes) -> Element:
    """Parse a part that the gate has vetted; entities and the network stay untouched all the same."""
    return etree.fromstring(decoded(content), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def text(content: object) -> str:
    """Return what XML can hold of a text, with what a spreadsheet would take for an escape made plain."""
    shown = "".join(
        ch if ch in "\t\n" or ((ch.isprintable() or ch.isspace()) and ch >= " ") else "�"
        for ch in str(content).replace("\r\n", "\n")
    )
    return shown.replace("_x", "_x005F_x")


class Parts:
    """The parts of one workbook. A class, because marking changes them step by step before they are written again."""

    def __init__(self, data: bytes) -> None:
        """Take all parts out of the zip.

        Raises:
            RefusedError: its pictures and other parts are larger than the limit.
        """
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > limits.MARKED_BYTES:
                raise RefusedError("file-too-large-inside", f"{limits.MARKED_BYTES // 1_000_000} MB")
            self._content = {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}
        self._trees: dict[str, Element] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._content or name in self._trees

    def tree(self, name: str) -> Element:
        """Open a part to change it."""
        if name not in self._trees:
            self._trees[name] = parse(self._content[name])
        return self._trees[name]

    def raw(self, name: str) -> bytes:
        """Return a part that no tree was opened of."""
        return self._content[name]

    def put(self, name: str, content: bytes) -> None:
        """Add a part, or replace one as bytes."""
        self._content[name] = content

    def free_name(self, pattern: str) -> str:
        """Return the first name of a pattern (with ``{}`` for a number) that is not taken."""
        taken = {name.lower() for name in self._content}
        return next(
            name for number in range(1, len(taken) + 2) if (name := pattern.format(number)).lower() not in taken
        )

    def related(self, part: str) -> Mapping[str, tuple[str, str]]:
        """Return a part's relations: id -> (kind, the part it points at)."""
        name = _relations_of(part)
        if name not in self:
            return {}
        folder = posixpath.dirname(part)
        relations = {}
        for relation in self.tree(name):
            target = relation.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            relations[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], path)
        return relations

    def relate(self, part: str, kind: str, target: str) -> str:
        """Let a part point at another one; return the relation's id."""
        name = _relations_of(part)
        if name not in self:
            self._content[name] = f'<Relationships xmlns="{RELATIONS}"/>'.encode()
        root = self.tree(name)
        taken = {relation.get("Id") for relation in root}
        free = next(f"rIdMark{n}" for n in range(1, len(taken) + 2) if f"rIdMark{n}" not in taken)
        etree.SubElement(root, f"{{{RELATIONS}}}Relationship", Id=free, Type=f"{OFFICE}/{kind}", Target=f"/{target}")
        return free

    def declare(self, part: str, content_type: str) -> None:
        """State what a new part is."""
        etree.SubElement(
            self.tree(CONTENT_TYPES), f"{{{TYPES}}}Override", PartName=f"/{part}", ContentType=content_type
        )

    def declare_ending(self, ending: str, content_type: str) -> None:
        """State what all parts of an ending are, where it is not stated yet."""
        root = self.tree(CONTENT_TYPES)
        if all(default.get("Extension", "").lower() != ending for default in root):
            root.insert(0, etree.Element(f"{{{TYPES}}}Default", Extension=ending, ContentType=content_type))

    def packed(self) -> bytes:
        """Write the workbook; the same parts give the same bytes."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self._content.items():
                tree = self._trees.get(name)
                if tree is not None:
                    content = etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=True)  # noqa: PLW2901
                info = zipfile.ZipInfo(name, (2023, 1, 1, 0, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, content)
        return target.getvalue()


def _relations_of(part: str) -> str:
    folder, base = posixpath.split(part)
    return f"{folder}/_rels/{base}.rels"

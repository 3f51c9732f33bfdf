"""The parts of a package as the search for evidence reads them: XML without entities, bytes counted while unpacked."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from scoring.files import limits
from scoring.files.formats.spelling import decoded, spelt_out
from scoring.files.refusal import RefusedError

BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError, RuntimeError, KeyError)
HEAD_BYTES, TAIL_BYTES = 1 << 16, 4_096  # of a thing, kept for telling what it is and whether it is whole
HIDING = (
    b"\0",
    b"&#",
    b"<!",
)  # UTF-16 or UTF-32, references, comments and CDATA: a word may stand there in other bytes


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation of a part: its kind, its target as written, and the part that it points at (``""``: outside)."""

    kind: str
    target: str
    part: str


@dataclass(frozen=True, slots=True)
class Blob:
    """A thing's bytes as far as they are needed: hash, size, its first and its last bytes."""

    sha256: str
    size: int
    head: bytes
    tail: bytes


class Parts:
    """A zip package whose members are read on demand; all that is unpacked together stays under one limit.

    It has state: what is left of that limit, and the hashes already computed (one picture may lie on many cells).
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._left = limits.THINGS_BYTES
        self._blobs: dict[str, Blob | None] = {}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Return every member's real name by the name that it is asked for, whatever its case."""
        return {name.casefold(): name for name in self._archive.namelist()}

    def holds(self, part: str) -> bool:
        """Tell whether a part is there."""
        return part.casefold() in self.names

    def read(self, part: str, limit: int = limits.PART_BYTES) -> bytes | None:
        """Return a part's bytes; None where it is missing, broken, or larger than the limit."""
        pieces = []
        try:
            for piece in self._pieces(part):
                limit -= len(piece)
                if limit < 0:
                    return None
                pieces.append(piece)
        except BROKEN:
            return None
        return b"".join(pieces)

    def blob(self, part: str) -> Blob | None:
        """Return what is known of a thing's bytes; None where it is missing, empty, or cannot be unpacked."""
        key = part.casefold()
        if key not in self._blobs:
            self._blobs[key] = self._blob(part)
        return self._blobs[key]

    def _blob(self, part: str) -> Blob | None:
        total, size, head, tail = sha256(), 0, b"", b""
        try:
            for piece in self._pieces(part):
                total.update(piece)
                size += len(piece)
                head, tail = head or piece[:HEAD_BYTES], (tail + piece)[-TAIL_BYTES:]
                self._left -= len(piece)
                if self._left < 0 or size > limits.THING_BYTES:
                    return None
        except BROKEN:
            return None
        return Blob(total.hexdigest(), size, head, tail) if size else None

    def _pieces(self, part: str) -> Iterator[bytes]:
        with self._archive.open(self.names[part.casefold()]) as member:
            while piece := member.read(limits.PIECE_BYTES):
                yield piece

    def tree(self, part: str) -> Element | None:
        """Return a part as a tree; None where it is missing or no sound XML. Entities are never resolved."""
        data = self.read(part)
        return None if data is None else tree_of(data)

    def relations(self, part: str) -> Mapping[str, Relation]:
        """Return a part's relations by their ids."""
        folder, name = posixpath.split(part)
        root = self.tree(f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels")
        by_id = {}
        for relation in root if root is not None else ():
            target = relation.get("Target", "")
            outside = relation.get("TargetMode", "").casefold() == "external"
            kind = relation.get("Type", "").rpartition("/")[2]
            by_id[relation.get("Id", "")] = Relation(kind, target, "" if outside else resolve(folder, target))
        return by_id


@contextmanager
def opened(data: bytes) -> Iterator[Parts | None]:
    """Open a package; None where it is no zip."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except BROKEN:
        yield None
        return
    with archive:
        yield Parts(archive)


def resolve(folder: str, target: str) -> str:
    """Return the part that a target names, seen from a folder of the package."""
    path = target.replace("\\", "/")
    return posixpath.normpath(path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path))


def may_say(part: bytes, words: Iterable[bytes]) -> bool:
    """Tell whether a part of XML may say one of some words: it does, or it is spelt in a way that can hide one.

    >>> may_say(b"<f>SUM(A1)</f>", [b"LINK"]), may_say(b"<f>&#76;INK(A1)</f>", [b"LINK"])
    (False, True)
    >>> may_say(b"<t>&#20116;</t>", [b"LINK"])  # a character beyond ASCII is none of a word's
    False
    """
    told = spelt_out(part)
    return any(mark in told for mark in (*words, *HIDING))


def tree_of(data: bytes) -> Element | None:
    """Return XML as a tree; None where it is not sound."""
    try:
        return fromstring(decoded(data), forbid_dtd=True)
    except (ParseError, DefusedXmlException, RefusedError, ValueError, LookupError):
        return None


def tag(element: Element) -> str:
    """Return an element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """Return an attribute by its local name, ``""`` where there is none."""
    plain = element.get(name)
    if plain is not None:
        return plain
    return next((value for key, value in element.attrib.items() if key.endswith("}" + name)), "")


def descendants(element: Element, name: str) -> Iterator[Element]:
    """Yield all elements of a local name below an element."""
    return (child for child in element.iter() if tag(child) == name)


def child(element: Element, *path: str) -> Element | None:
    """Return the first element along a path of local names; None where there is none."""
    inner_element: Element | None = element
    for name in path:
        inner_element = (
            next((inner for inner in inner_element if tag(inner) == name), None) if inner_element is not None else None
        )
    return inner_element


def whole(text: str | None) -> int:
    """Read a whole number as an office program writes it; 0 where it is none."""
    try:
        return int(float(text or 0))
    except (ValueError, OverflowError):
        return 0

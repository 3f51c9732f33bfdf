"""The package of a final board (定稿包): one file with rules, facts, rulings, readings, receipt, board and papers.

It is a zip whose bytes depend on its parts alone: nothing is compressed, so that every machine writes the same, and the
manifest names each part's SHA-256.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import crc32

from scoring.documents.archive import zipped
from scoring.model.board_json import board_to_json
from scoring.model.boards import Board
from scoring.model.facts import Facts
from scoring.model.plain_json import to_json
from scoring.model.publications import Publication

FORMAT = 1
MANIFEST, RULES, FACTS, RULINGS = "manifest.json", "rules.toml", "facts.json", "rulings.json"
POLICY, RECEIPT, BOARD, HOLIDAYS = "policy.json", "receipt.json", "board.json", "holidays.toml"
PARTS = (RULES, FACTS, RULINGS, POLICY, RECEIPT, BOARD, HOLIDAYS)
PAPERS = "papers/"
HEADER = 30  # bytes before a part's name in a zip


class NoPackageError(ValueError):
    """The bytes are no package that could be opened."""


@dataclass(frozen=True, slots=True)
class Final:
    """A final board with everything that it was made of. ``facts`` hold the rulings too, ``holidays`` is the office's table."""

    receipt: Publication
    board: Board
    facts: Facts
    rules_text: bytes
    papers: Mapping[str, bytes]
    holidays: str = ""


def make_package(final: Final) -> bytes:
    """Return the package; equal arguments give equal bytes."""
    description = {
        FACTS: to_json(replace(final.facts, rulings=())),
        RULINGS: to_json(final.facts.rulings),
        POLICY: json.dumps(final.board.policy.as_dict(), ensure_ascii=False, sort_keys=True),
        RECEIPT: to_json(final.receipt),
        BOARD: board_to_json(final.board),
        HOLIDAYS: final.holidays,
    }
    parts = {RULES: final.rules_text, **{name: text.encode() for name, text in description.items()}}
    return pack(parts | {PAPERS + name: final.papers[name] for name in sorted(final.papers)})


def manifest(parts: Mapping[str, bytes]) -> bytes:
    """Return the manifest of parts: their SHA-256 by name."""
    named = {name: sha256(content).hexdigest() for name, content in parts.items()}
    return json.dumps({"format": FORMAT, "parts": named}, ensure_ascii=False, indent=1).encode()


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Return parts as one file, the manifest first."""
    return zipped({MANIFEST: manifest(parts), **parts})


def unpack(data: bytes) -> dict[str, bytes]:
    """Return the entries of a package as they are, sound or not, the manifest among them.

    Raises:
        NoPackageError: they cannot be found in it.
    """
    try:
        with ZipFile(BytesIO(data)) as file:
            return {info.filename: _content(data, info) for info in file.infolist()}
    except (BadZipFile, NotImplementedError, ValueError, OSError, struct.error) as error:
        raise NoPackageError(str(error)) from error


def damaged(data: bytes) -> frozenset[str]:
    """Name the entries of a package whose bytes are no longer those that were put in."""
    with ZipFile(BytesIO(data)) as file:
        return frozenset(info.filename for info in file.infolist() if crc32(_content(data, info)) != info.CRC)


def _content(data: bytes, info: ZipInfo) -> bytes:
    """Return an entry's bytes without asking its checksum: what is wrong with it is told by the manifest."""
    name, extra = struct.unpack("<HH", data[info.header_offset + 26 : info.header_offset + HEADER])
    start = info.header_offset + HEADER + name + extra
    return data[start : start + info.file_size]

"""An edited rule file as a short text for a link: only the lines that differ from the rules in force. Pure."""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Iterable
from difflib import SequenceMatcher

from scoring.rulebook.toml_table import Mistake
from ui.show.tables import Column, Html, table

LONGEST = 6_000  # characters of a link that every browser and mail program carries
MOST_BYTES = 1_000_000
NAMED = 8  # characters of the hash that a link rests on


class RuleEditError(ValueError):
    """A link's edit that cannot be made; the message is Chinese."""


def edit_text(base: bytes, edited: bytes, rules_hash: str) -> str:
    """Write what differs between two rule files; empty where it is too much for a link."""
    old, new = _lines(base), _lines(edited)
    pieces = [
        [start, end, new[first:last]]
        for tag, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if tag != "equal"
    ]
    packed = zlib.compress(json.dumps([rules_hash[:NAMED], pieces], ensure_ascii=False).encode(), 9)
    text = urlsafe_b64encode(packed).decode().rstrip("=")
    return text if len(text) <= LONGEST else ""


def edited_rules(base: bytes, text: str, rules_hash: str) -> bytes:
    """Make a link's edit, untrusted, of the rules in force.

    Raises:
        RuleEditError: it is damaged, or was made of other rules.
    """
    rests_on, pieces = _read(text)
    if rests_on != rules_hash[:NAMED]:
        raise RuleEditError("链接里的改动是对着另一版细则作的，请重新上传改好的文件")
    lines = _lines(base)
    for start, end, new in reversed(pieces):
        lines[start:end] = new
    return "".join(lines).encode()


def _lines(data: bytes) -> list[str]:
    return data.decode("utf-8", errors="replace").splitlines(keepends=True)


def _read(text: str) -> tuple[str, list[tuple[int, int, list[str]]]]:
    damaged = RuleEditError("链接里的细则改动读不出来，请重新上传改好的文件")
    if len(text) > LONGEST:
        raise damaged
    try:
        unpacking = zlib.decompressobj()
        unpacked = unpacking.decompress(urlsafe_b64decode(text + "=" * (-len(text) % 4)), MOST_BYTES)
        edit = json.loads(unpacked)
    except (NotBase64, zlib.error, ValueError, RecursionError) as error:
        raise damaged from error
    match edit:
        case [str(rests_on), list(pieces)] if all(_is_piece(piece) for piece in pieces):
            return rests_on, [(start, end, new) for start, end, new in pieces]
    raise damaged


def _is_piece(piece: object) -> bool:
    match piece:
        case [int(start), int(end), list(new)]:
            return 0 <= start <= end and all(isinstance(line, str) for line in new)
    return False


def mistakes_table(mistakes: Iterable[Mistake]) -> Html:
    """Return every mistake of a rule file, with the path of its key."""
    rows = [[mistake.path or "整个文件", mistake.message] for mistake in mistakes]
    return table([Column("位置", "wrap"), Column("错在哪里", "wrap")], rows)

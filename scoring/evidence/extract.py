"""Take a thing out of a stored workbook again, by the part that holds it: pictures inside need no second copy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from hashlib import sha256
from typing import Any

from scoring.evidence.embedded import OLE, unpack
from scoring.evidence.old_excel import old_picture
from scoring.evidence.parts import opened
from scoring.files import limits
from scoring.files.formats.open_key import unlocked
from scoring.files.refusal import RefusedError
from scoring.files.room.room import room

AT_ONCE = 24  # things that a worker is asked for together


def thing_of(workbook: bytes, part: str, sha: str) -> bytes | None:
    """Return the very bytes of a thing inside a workbook, taken out in the sealed room; None where it is not there."""
    try:
        found = room().ask("take-thing", workbook, part, sha)
    except RefusedError:
        return None
    return found if isinstance(found, bytes) else None


def asked_together(job: str, workbook: bytes, wanted: Sequence[tuple[str, str]], *arguments: object) -> dict[str, Any]:
    """Return SHA-256 -> what a job tells of each thing inside a workbook, by (part, hash): many with one sending of it.

    The workers share the work. Left out is what was asked together with a thing that ended its worker.
    """
    groups = [list(map(list, wanted[at : at + AT_ONCE])) for at in range(0, len(wanted), AT_ONCE)]

    def ask(group: list[list[str]]) -> dict[str, Any]:
        try:
            told = room().ask(job, workbook, group, *arguments)
        except RefusedError:
            return {}
        return {sha: one for (_, sha), one in zip(group, told, strict=True)}

    with ThreadPoolExecutor(room().workers) as pool:
        return {sha: one for answers in pool.map(ask, groups) for sha, one in answers.items()}


def take_thing(workbook: bytes, part: str, sha: str) -> bytes | None:
    """Return a part's bytes, or those of the file packed in it, whichever has the hash; a job of the sealed room."""
    return next(things_in(workbook, [(part, sha)]))


def things_in(workbook: bytes, wanted: Sequence[Sequence[str]]) -> Iterator[bytes | None]:
    """Yield the bytes of things by (part, hash), None where one is not there; the workbook is opened once. For workers only."""
    if workbook.startswith(OLE):
        with suppress(RefusedError):
            workbook = unlocked(workbook)
        if workbook.startswith(OLE):
            yield from (old_picture(workbook, sha) for _, sha in wanted)
            return
    with opened(workbook) as parts:
        for part, sha in wanted:
            content = parts.read(part, limits.THING_BYTES) if parts is not None else None
            yield content if content is None or sha256(content).hexdigest() == sha else _inner(content, sha)


def _inner(data: bytes, sha: str) -> bytes | None:
    inner = unpack(data)
    return inner.data if inner is not None and inner.sha256 == sha else None

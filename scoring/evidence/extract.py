"""Take a thing out of a stored workbook again, by the part that holds it: pictures inside need no second copy."""

from __future__ import annotations

from hashlib import sha256

from scoring.evidence.embedded import OLE, unpack
from scoring.evidence.old_excel import old_picture
from scoring.evidence.parts import opened
from scoring.files import limits
from scoring.files.formats.open_key import unlocked
from scoring.files.refusal import RefusedError
from scoring.files.room.room import room


def thing_of(workbook: bytes, part: str, sha: str) -> bytes | None:
    """Return the very bytes of a thing inside a workbook, taken out in the sealed room; None where it is not there."""
    try:
        found = room().ask("take-thing", workbook, part, sha)
    except RefusedError:
        return None
    return found if isinstance(found, bytes) else None


def take_thing(workbook: bytes, part: str, sha: str) -> bytes | None:
    """Return a part's bytes, or those of the file packed in it, whichever has the hash; a job of the sealed room."""
    if workbook.startswith(OLE):
        try:
            workbook = unlocked(workbook)
        except RefusedError:
            return old_picture(workbook, sha)
        if workbook.startswith(OLE):
            return old_picture(workbook, sha)
    with opened(workbook) as parts:
        data = parts.read(part, limits.THING_BYTES) if parts is not None else None
    if data is None or sha256(data).hexdigest() == sha:
        return data
    inner = unpack(data)
    return inner.data if inner is not None and inner.sha256 == sha else None

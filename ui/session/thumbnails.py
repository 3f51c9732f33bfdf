"""Pictures of things that workbooks brought: made small in the sealed room once, and remembered by their hash."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence

from scoring.evidence.thumbnails import LARGE, SMALL, thumbnail_of, thumbnails_in
from scoring.model.evidence import Evidence
from scoring.model.findings import Finding
from scoring.store import Store, StoreError
from ui.session.cache import keep
from ui.session.desk import Desk
from ui.session.recent import Recent

_small: Recent[bytes | None] = Recent(2_000)


@keep(800)
def _picture(held: Store, sha: str, page: int, most: int) -> bytes | None:
    """Return a thing's page as a JPEG; None where it is no picture."""
    try:
        return thumbnail_of(held.thing(sha)[1], page, most)
    except StoreError:
        return None


def small(desk: Desk, findings: Iterable[Finding]) -> dict[str, str]:
    """Return hash -> the small picture as an address of its own, for all things of findings that can be shown."""
    hashes = {item.sha256 for finding in findings for item in finding.evidence if item.sha256}
    made = _small_pictures(desk.store, sorted(hashes))
    return {sha: address_of(picture) for sha, picture in made.items() if picture is not None}


def _small_pictures(held: Store, hashes: Sequence[str]) -> dict[str, bytes | None]:
    """Return hash -> the small picture; those that are not remembered are made together, workbook by workbook."""
    whose = held.address, *held.whose
    new = [sha for sha in hashes if _small.lacks((*whose, sha))]
    made: dict[str, bytes | None] = {}
    for workbook, parts in held.places_inside(new).items() if new else ():
        made |= thumbnails_in(held.original(workbook)[1], parts, SMALL // 2)
    return {sha: _small.get((*whose, sha), lambda sha=sha: _new(held, sha, made)) for sha in hashes}  # type: ignore[misc]


def _new(held: Store, sha: str, made: Mapping[str, bytes | None]) -> bytes | None:
    return made[sha] if sha in made else _picture(held, sha, 0, SMALL // 2)


def large(desk: Desk, item: Evidence, page: int) -> str | None:
    """Return a page of a thing large, as an address of its own; None where there is no such page or it cannot be shown."""
    picture = _picture(desk.store, item.sha256 or "", page, LARGE)
    return None if picture is None else address_of(picture)


def address_of(picture: bytes) -> str:
    """Return a JPEG as an address that holds it."""
    return f"data:image/jpeg;base64,{b64encode(picture).decode()}"

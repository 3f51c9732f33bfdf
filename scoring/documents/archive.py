"""Make the bytes of a zipped document depend on its contents alone."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip can hold


def settle(data: bytes) -> bytes:
    """Write a zip anew, each part at the same time of day and by the same system; order and contents stay."""
    settled = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(settled, "w") as new:
        for name in old.namelist():
            entry = ZipInfo(name, EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0
            new.writestr(entry, old.read(name))
    return settled.getvalue()


def zipped(entries: Mapping[str, bytes]) -> bytes:
    """Return entries as a zip without compression, in order: every machine writes the same."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as file:
        for name, content in entries.items():
            entry = ZipInfo(name, EPOCH)
            entry.create_system = 0
            file.writestr(entry, content)
    return packed.getvalue()

"""What things look like: told in the sealed room, from bytes that others wrote."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from scoring.evidence.extract import asked_together, things_in
from scoring.evidence.thumbnails import PDF, day_of_page, day_of_picture, page_and_size, picture_and_size
from scoring.files.refusal import RefusedError
from scoring.files.room.room import room
from scoring.model.looks import Look

SIDE, KEPT, FINE = 64, 8, 16  # the picture is made this small; its lowest frequencies make the hashes, coarse and fine
LEAST_CONTRAST = 3.0  # standard deviation of greys from 0 to 255: below it there is nothing to see


def look_at(data: bytes) -> Look:
    """Return what a thing looks like; one that cannot be decoded, or that ends its reader, is not shown."""
    try:
        return look_of(room().ask("look-at-thing", data))
    except RefusedError:
        return Look(shown=False)


def look_of(told: Sequence[Any]) -> Look:
    """Return what a worker told as a look."""
    wide, high, pattern, fine, blank, is_page, day = told
    made_on = date.fromisoformat(day) if day else None
    return Look(True, wide, high, int(pattern, 16), int(fine, 16), blank, is_page, made_on)


def tell_look(data: bytes) -> tuple[int, int, str, str, bool, bool, str]:
    """Decode a thing and tell what it looks like (width, height, hashes, blank, is a page, day); a job of the room.

    Raises:
        RefusedError: it is no picture and no PDF, is damaged, or has too many pixels.
    """
    is_page = data[:1024].lstrip().startswith(PDF)
    picture, (wide, high) = page_and_size(data) if is_page else picture_and_size(data)
    small = np.asarray(picture.convert("L").resize((SIDE, SIDE)), dtype=float)
    waves = _cosines(SIDE) @ small @ _cosines(SIDE).T
    day = day_of_page(data) if is_page else day_of_picture(data)
    blank = bool(small.std() < LEAST_CONTRAST)
    return wide, high, f"{_pattern(waves, KEPT):016x}", f"{_pattern(waves, FINE):064x}", blank, is_page, day


def tell_looks(workbook: bytes, wanted: Sequence[Sequence[str]]) -> list[Sequence[Any]]:
    """Tell what things inside a workbook look like, ``()`` where one cannot be shown or had; a job of the room."""
    looks: list[Sequence[Any]] = []
    for content in things_in(workbook, wanted):
        try:
            looks.append(tell_look(content) if content is not None else ())
        except RefusedError:
            looks.append(())
    return looks


def looks_in(workbook: bytes, wanted: Sequence[tuple[str, str]]) -> dict[str, Look]:
    """Return SHA-256 -> what things inside a workbook, by (part, hash), look like, many at a time.

    What cannot be shown is left out, and what lay beside a thing that ended its reader: each is to be looked at by itself.
    """
    told = asked_together("look-at-things", workbook, wanted)
    return {sha: look_of(look) for sha, look in told.items() if look}


def _pattern(waves: np.ndarray, kept: int) -> int:
    """Return a perceptual hash: which of the lowest frequencies lie above their median."""
    lowest = waves[:kept, :kept].ravel()
    bits = lowest > np.median(lowest[1:])
    return int("".join("1" if bit else "0" for bit in bits), 2)


def _cosines(size: int) -> np.ndarray:
    steps = np.arange(size)
    waves: np.ndarray = np.cos(np.pi / size * (steps + 0.5)[None, :] * steps[:, None])
    return waves

"""Small pictures of things, made in the sealed room: upright, at most 400 pixels, the first page of a PDF.

Only this module decodes pictures and PDFs, and only a worker imports its libraries.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from scoring.evidence.extract import asked_together, things_in
from scoring.files import limits
from scoring.files.refusal import RefusedError
from scoring.files.room.room import room

if TYPE_CHECKING:
    from PIL.Image import Image

SMALL, LARGE = 400, 1_600  # pixels of the longer side
FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF")
PDF, QUALITY = b"%PDF", 80
NOT_SHOWN = "evidence-picture-unshown"
EXIF, TAKEN = 0x8769, (0x9003, 0x9004)  # the directory of a camera, and its days: taken, made digital
# a day in the data of a picture or a PDF: 2023:06:08 10:20:30, D:20230608
DAY = re.compile(r"(?:D:)?(\d{4})[:.-]?(\d\d)[:.-]?(\d\d)")


def thumbnail_of(data: bytes, page: int = 0, most: int = SMALL) -> bytes | None:
    """Return a picture, or a page of a PDF (counted from 0), as a JPEG; None where it cannot be shown."""
    try:
        found = room().ask("make-thumbnail", data, page, most)
    except RefusedError:
        return None
    return found if isinstance(found, bytes) else None


def thumbnails_in(workbook: bytes, wanted: Sequence[tuple[str, str]], most: int) -> dict[str, bytes | None]:
    """Return SHA-256 -> the first page of things inside a workbook, by (part, hash), as JPEGs; None: it cannot be shown.

    What lay beside a thing that ended its reader is left out.
    """
    return asked_together("make-thumbnails", workbook, wanted, most)


def make_thumbnails(workbook: bytes, wanted: Sequence[Sequence[str]], most: int) -> list[bytes | None]:
    """Make things inside a workbook small, None where one cannot be shown or had; a job of the sealed room."""
    thumbnails: list[bytes | None] = []
    for content in things_in(workbook, wanted):
        try:
            thumbnails.append(make_thumbnail(content, 0, most) if content is not None else None)
        except RefusedError:
            thumbnails.append(None)
    return thumbnails


def make_thumbnail(data: bytes, page: int, most: int) -> bytes:
    """Decode a thing and make it small; a job of the sealed room.

    Raises:
        RefusedError: it is no picture and no PDF, is damaged, or has too many pixels.
    """
    target = io.BytesIO()
    with _decoding():
        picture = _page(data, page, most) if data[:1024].lstrip().startswith(PDF) else _picture(data, most)
        picture.save(target, "JPEG", quality=QUALITY)
    return target.getvalue()


@contextmanager
def _decoding() -> Iterator[None]:
    """Refuse what cannot be shown: a damaged file may lead the decoders to an error of any kind."""
    try:
        yield
    except Exception as error:
        raise RefusedError(NOT_SHOWN) from error


def _picture(data: bytes, most: int) -> Image:
    """Return a picture upright, on white, its longer side at most ``most`` pixels."""
    from PIL import Image, ImageOps  # noqa: PLC0415  only in a worker, and only for this job

    opened = Image.open(io.BytesIO(data), formats=FORMATS)
    if opened.width * opened.height > limits.PICTURE_PIXELS:
        raise RefusedError(NOT_SHOWN)
    opened.draft("RGB", (most, most))  # a JPEG is decoded no larger than needed
    upright = ImageOps.exif_transpose(opened).convert("RGBA")
    upright.thumbnail((most, most))
    white = Image.new("RGBA", upright.size, "white")
    return Image.alpha_composite(white, upright).convert("RGB")


def _page(data: bytes, page: int, most: int) -> Image:
    """Return a page of a PDF as a picture, its longer side at most ``most`` pixels."""
    import pypdfium2  # noqa: PLC0415  only in a worker, and only for this job

    document = pypdfium2.PdfDocument(data)
    page_of_document = document[page]
    picture: Image = page_of_document.render(scale=most / max(*page_of_document.get_size(), 1)).to_pil().convert("RGB")
    picture.thumbnail((most, most))
    return picture


# --- what a thing looks like
def picture_and_size(data: bytes) -> tuple[Image, tuple[int, int]]:
    """Return a picture made small, and its own size in pixels; for workers only.

    Raises:
        RefusedError: it cannot be shown.
    """
    from PIL import Image  # noqa: PLC0415  only in a worker, and only for this job

    with _decoding(), Image.open(io.BytesIO(data), formats=FORMATS) as opened:
        return _picture(data, SMALL), opened.size


def page_and_size(data: bytes) -> tuple[Image, tuple[int, int]]:
    """Return the first page of a PDF made small, and its size in points; for workers only.

    Raises:
        RefusedError: it cannot be shown.
    """
    import pypdfium2  # noqa: PLC0415  only in a worker, and only for this job

    with _decoding():
        wide, high = pypdfium2.PdfDocument(data)[0].get_size()
        return _page(data, 0, SMALL), (round(wide), round(high))


def day_of_picture(data: bytes) -> str:
    """Return the day on which a camera took a picture (``2023-06-08``), ``""`` where it does not say; for workers only."""
    from PIL import Image  # noqa: PLC0415  only in a worker, and only for this job

    try:
        with _decoding(), Image.open(io.BytesIO(data), formats=FORMATS) as opened:
            exif = opened.getexif().get_ifd(EXIF)
    except RefusedError:
        return ""
    return next(filter(None, (_day(str(exif.get(tag, ""))) for tag in TAKEN)), "")


def day_of_page(data: bytes) -> str:
    """Return the day on which a PDF was made, ``""`` where it does not say; for workers only."""
    import pypdfium2  # noqa: PLC0415  only in a worker, and only for this job

    try:
        with _decoding():
            return _day(str(pypdfium2.PdfDocument(data).get_metadata_value("CreationDate")))
    except RefusedError:
        return ""


def _day(written: str) -> str:
    match = DAY.match(written.strip())
    try:
        return date(*map(int, match.groups())).isoformat() if match else ""
    except ValueError:
        return ""

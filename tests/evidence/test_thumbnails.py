"""Thumbnails are upright, small, and made of what can be shown only."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from scoring.evidence.thumbnails import LARGE, thumbnail_of
from tests.evidence.packages import png


def picture(wide: int, high: int, kind: str = "PNG", turn: int = 0, colour: str = "red") -> bytes:
    """A picture, one half of it in colour; ``turn`` is its EXIF orientation."""
    held, target = Image.new("RGB", (wide, high), "white"), io.BytesIO()
    held.paste(colour, (0, 0, wide // 2, high))
    exif = held.getexif()
    exif[0x0112] = turn or 1
    held.save(target, kind, **({"exif": exif} if kind == "JPEG" else {}))
    return target.getvalue()


def small(data: bytes, **how: int) -> Image.Image:
    made = thumbnail_of(data, **how)
    assert made is not None
    return Image.open(io.BytesIO(made))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "GIF", "WEBP", "TIFF"])
def test_the_longer_side_has_at_most_400_pixels(kind: str) -> None:
    assert small(picture(1_200, 600, kind)).size == (400, 200)


def test_a_small_picture_stays_as_it_is() -> None:
    assert small(picture(30, 20)).size == (30, 20)


def test_a_picture_taken_sideways_stands_upright() -> None:
    made = small(picture(800, 400, "JPEG", turn=6))
    assert made.size == (200, 400)
    top, bottom = made.getpixel((100, 40)), made.getpixel((100, 360))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[1] < 100 < bottom[1], "the coloured left half is on top"


def test_what_can_be_seen_through_lies_on_white() -> None:
    target = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(target, "PNG")
    assert small(target.getvalue()).getpixel((10, 10)) == (255, 255, 255)


def test_pages_of_a_pdf_are_pictures() -> None:
    target = io.BytesIO()
    pages = [Image.new("RGB", (600, 300), colour) for colour in ("red", "blue")]
    pages[0].save(target, "PDF", save_all=True, append_images=pages[1:])
    data = target.getvalue()
    first, second = small(data), small(data, page=1, most=LARGE)
    assert (first.size, second.size) == ((400, 200), (1_600, 800))
    assert thumbnail_of(data, page=2) is None


@pytest.mark.parametrize(
    "data",
    [
        b"", b"MZ", b"%PDF-1.4 cut", b"<svg xmlns='http://www.w3.org/2000/svg'/>", picture(80, 60)[:90],
        b"\xd7\xcd\xc6\x9a" + bytes(60), png().replace(b"IHDR\0\0\0\x08\0\0\0\x06", b"IHDR\0\0\x40\0\0\0\x40\0"),
    ],
    ids=["empty", "program", "cut pdf", "svg", "cut png", "wmf", "bomb"],
)  # fmt: skip
def test_what_cannot_be_shown_gives_none(data: bytes) -> None:
    assert thumbnail_of(data) is None

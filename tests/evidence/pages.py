"""Pictures as units send them, drawn from a seed: notice pages of one web site, photographs of halls, logos."""

from __future__ import annotations

import io
from random import Random

from PIL import Image, ImageDraw, ImageFilter

WIDE, HIGH = 480, 360
CAMERA, TAKEN = 0x8769, 0x9003


def notice(seed: int) -> Image.Image:
    """A page of a web site: the same head, menu and foot as all others, its own text, sometimes a table or a picture."""
    draw_from = Random(f"notice {seed}")
    page = Image.new("RGB", (WIDE, HIGH), "white")
    draw = ImageDraw.Draw(page)
    draw.rectangle((0, 0, WIDE, 40), fill="#1b5c9e")
    draw.rectangle((0, HIGH - 18, WIDE, HIGH), fill="#444444")
    draw.rectangle((0, 40, WIDE, 54), fill="#d8e4f0")
    _words(draw, draw_from, 90, 66, draw_from.randint(120, 300), 12)
    top = 90
    while top < HIGH - 40:
        kind = draw_from.random()
        if kind < 0.15:
            high = draw_from.randint(30, 90)
            left = draw_from.randint(20, 200)
            draw.rectangle((left, top, left + draw_from.randint(80, 240), top + high), fill=_grey(draw_from, 60, 210))
            top += high + 10
        elif kind < 0.3:
            top += draw_from.randint(8, 30)
        else:
            _words(draw, draw_from, draw_from.choice((20, 36)), top, draw_from.randint(100, 420), 7)
            top += 12
    return page


def _words(draw: ImageDraw.ImageDraw, draw_from: Random, left: int, top: int, wide: int, high: int) -> None:
    """A line of signs, as blocks of ink."""
    at = left
    while at < min(left + wide, WIDE - 20):
        step = draw_from.randint(4, high + 2)
        draw.rectangle((at, top, at + step, top + high), fill=_grey(draw_from, 20, 120))
        at += step + draw_from.choice((1, 2, 2, 9))


def _grey(draw_from: Random, low: int, high: int) -> tuple[int, int, int]:
    tone = draw_from.randint(low, high)
    return tone, tone, min(255, tone + draw_from.randint(0, 40))


def photo(seed: int) -> Image.Image:
    """A hall: floor, wall, counters and people, in uneven light."""
    draw_from = Random(f"photo {seed}")
    hall = Image.new("RGB", (WIDE, HIGH), _grey(draw_from, 150, 230))
    draw = ImageDraw.Draw(hall)
    draw.polygon((0, draw_from.randint(180, 280), WIDE, draw_from.randint(180, 280), WIDE, HIGH, 0, HIGH),
                 fill=_grey(draw_from, 60, 150))  # fmt: skip
    for _ in range(draw_from.randint(6, 14)):
        left, top = draw_from.randint(0, WIDE), draw_from.randint(20, HIGH - 40)
        box = (left, top, left + draw_from.randint(20, 140), top + draw_from.randint(20, 120))
        (draw.ellipse if draw_from.random() < 0.3 else draw.rectangle)(box, fill=_grey(draw_from, 10, 250))
    return hall.filter(ImageFilter.GaussianBlur(1.5))


def logo() -> Image.Image:
    """The sign of an office, as many rows carry it."""
    sign = Image.new("RGB", (120, 40), "white")
    ImageDraw.Draw(sign).ellipse((4, 4, 36, 36), fill="#1b5c9e")
    ImageDraw.Draw(sign).rectangle((44, 14, 116, 26), fill="#1b5c9e")
    return sign


def saved(picture: Image.Image, kind: str = "PNG", quality: int = 85, taken: str = "") -> bytes:
    """The picture's bytes; ``taken`` is the day and time that a camera writes."""
    target, more = io.BytesIO(), {"compress_level": 1}  # of PNG: hundreds are drawn
    if taken:
        about = picture.getexif()
        about.get_ifd(CAMERA)[TAKEN] = taken
        more["exif"] = about
    picture.convert("RGB").save(target, kind, quality=quality, **more)
    return target.getvalue()


def pdf(picture: Image.Image, made: str) -> bytes:
    """A page of a PDF; ``made`` is a day as ``time.strptime`` reads it (``2023-06-08``)."""
    import time  # noqa: PLC0415

    target = io.BytesIO()
    picture.convert("RGB").save(target, "PDF", creationDate=time.strptime(made, "%Y-%m-%d"))
    return target.getvalue()

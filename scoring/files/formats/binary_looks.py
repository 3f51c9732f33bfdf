"""How a binary workbook (``.xlsb``) shows its texts: fonts and cell formats, shared texts in runs, and who commented."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scoring.files.formats.biff_text import STRUCK_OUT, Fonts, RichText
from scoring.files.formats.binary_book import numbers, records, text
from scoring.files.formats.rich_text import PLAIN, Look, Shown
from scoring.files.formats.symbols import is_symbol_font

FONT, FORM, FORMS_BEGIN, FORMS_END = 43, 47, 617, 618
SHARED, COMMENT = 19, 635
FONT_NAME, IN_RUNS = 21, 0x01


def binary_fonts(styles: bytes) -> Fonts:
    """Read the fonts and cell formats of ``styles.bin``.

    Raises:
        RefusedError: it is broken.
    """
    looks, inside = Fonts(), False
    for kind, body in records(styles):
        if kind == FONT:
            struck, name = bool(numbers("<H", body, 2)[0] & STRUCK_OUT), text(body, FONT_NAME)[0]
            looks.fonts[len(looks.fonts)] = Look(struck, name if is_symbol_font(name) else "")
        elif kind in (FORMS_BEGIN, FORMS_END):
            inside = kind == FORMS_BEGIN
        elif kind == FORM and inside:
            looks.formats.append(numbers("<HHH", body, 0)[2])
    return looks


def binary_rich_texts(strings: bytes) -> dict[int, RichText]:
    """Return the shared texts that are written in runs, by number.

    Raises:
        RefusedError: they are broken.
    """
    shared = (body for kind, body in records(strings) if kind == SHARED)
    return {number: _rich(body) for number, body in enumerate(shared) if body[:1] and body[0] & IN_RUNS}


def _rich(body: bytes) -> RichText:
    plain, at = text(body, 1)
    (count,) = numbers("<I", body, at)
    runs = numbers(f"<{2 * min(count, len(body))}H", body, at + 4)
    return RichText(plain, tuple(zip(runs[::2], runs[1::2], strict=True)))


def binary_comments(part: bytes) -> Iterator[tuple[int, int]]:
    """Yield the cells, from 0, on which someone left a comment.

    Raises:
        RefusedError: the part is broken.
    """
    for kind, body in records(part):
        if kind == COMMENT:
            row, _, column, _ = numbers("<IIII", body, 4)
            yield row, column


def binary_shown(
    cells: Mapping[tuple[int, int], tuple[int, int | None]], fonts: Fonts, rich: Mapping[int, RichText]
) -> Iterator[tuple[tuple[int, int], Shown | Look]]:
    """Yield the cells whose text is not seen as it is stored; ``cells`` are their formats and numbers of shared texts."""
    if not fonts.are_special:
        return
    for place, (form, shared) in cells.items():
        look = fonts.look(form)
        if shared is not None and shared in rich:
            yield place, rich[shared].seen(fonts, look)
        elif look != PLAIN:
            yield place, look

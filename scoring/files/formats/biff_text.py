"""How an Excel 97–2003 workbook shows its texts: fonts, cell formats, and the shared texts that are written in runs."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from scoring.files.formats.rich_text import PLAIN, Look, Shown
from scoring.files.formats.symbols import is_symbol_font, shown

STRUCK_OUT, NO_FONT = 0x0008, 4  # there is no font of number 4
WIDE, RICH, EXTENDED = 0x01, 0x08, 0x04  # flags of a text


@dataclass(slots=True)
class Fonts:
    """Fonts and cell formats as they are met before the first sheet. It is filled while walking."""

    fonts: dict[int, Look] = field(default_factory=dict)
    formats: list[int] = field(default_factory=list)
    _met: int = 0

    def learn_font(self, body: bytes) -> None:
        """Take in a font: height, flags, ten bytes, and its name as a text with or without its kind."""
        if len(body) >= 4:
            struck = bool(struct.unpack_from("<H", body, 2)[0] & STRUCK_OUT)
            name = _font_name(body)
            self.fonts[self._met + (self._met >= NO_FONT)] = Look(struck, name if is_symbol_font(name) else "")
            self._met += 1

    def learn_format(self, body: bytes) -> None:
        """Take in a cell format; its font's number comes first."""
        if len(body) >= 2:
            self.formats.append(struct.unpack_from("<H", body)[0])

    def look(self, form: int) -> Look:
        """Return how a cell format shows its text."""
        return self.fonts.get(self.formats[form], PLAIN) if form < len(self.formats) else PLAIN

    @property
    def are_special(self) -> bool:
        """Tell whether any font strikes through or shows symbols."""
        return any(look != PLAIN for look in self.fonts.values())


def _font_name(body: bytes) -> str:
    length = body[14] if len(body) > 15 else 0
    if len(body) >= 16 + length and body[15] in (0, 1):  # BIFF8: a byte says how wide the letters are
        wide = body[15] & WIDE
        return body[16 : 16 + length * (2 if wide else 1)].decode("utf-16-le" if wide else "latin-1", "replace")
    return body[15 : 15 + length].decode("latin-1")


@dataclass(frozen=True, slots=True)
class RichText:
    """A shared text in runs: (first letter, font) of each; the letters before the first run have the cell's font."""

    text: str
    runs: tuple[tuple[int, int], ...]

    def seen(self, fonts: Fonts, cell: Look) -> Shown:
        """Return the text as it is seen."""
        pieces, struck = [], False
        starts = [(0, cell), *((start, fonts.fonts.get(font, PLAIN)) for start, font in self.runs)]
        for (start, look), (end, _) in zip(starts, [*starts[1:], (len(self.text), PLAIN)], strict=True):
            piece = self.text[start:end]
            if look.struck:
                struck = struck or bool(piece)
            else:
                pieces.append(shown(piece, look.font) if look.font else piece)
        return Shown("".join(pieces), struck)


def rich_texts(records: Iterable[bytes]) -> dict[int, RichText]:
    """Return the shared texts that are written in runs, by number; ``records`` are the table and what continues it.

    A text is cut at the end of a record; the next one begins with a byte that says how wide its letters go on.
    """
    try:
        return {number: text for number, text in enumerate(_texts(_Reader(list(records)))) if text.runs}
    except (IndexError, struct.error):
        return {}  # the reader that comes after says what is wrong


def _texts(reader: _Reader) -> Iterator[RichText]:
    _, count = struct.unpack("<II", reader.take(8))
    for _ in range(count):
        length, flags = struct.unpack("<HB", reader.take(3))
        runs = struct.unpack("<H", reader.take(2))[0] if flags & RICH else 0
        extra = struct.unpack("<I", reader.take(4))[0] if flags & EXTENDED else 0
        text = reader.letters(length, wide=bool(flags & WIDE))
        told = tuple(struct.unpack("<HH", reader.take(4)) for _ in range(runs))
        reader.take(extra)
        yield RichText(text, told)


class _Reader:
    """Where we stand in a text table that runs over several records."""

    def __init__(self, records: list[bytes]) -> None:
        self._records, self._number, self._at = records, 0, 0

    def take(self, length: int) -> bytes:
        pieces = []
        while length:
            piece = self._records[self._number][self._at : self._at + length]
            self._at += len(piece)
            length -= len(piece)
            pieces.append(piece)
            if length:
                self._number, self._at = self._number + 1, 0
        return b"".join(pieces)

    def letters(self, count: int, *, wide: bool) -> str:
        pieces = []
        while count:
            left = len(self._records[self._number]) - self._at
            fit = min(count, left // 2 if wide else left)
            pieces.append(self.take(fit * (2 if wide else 1)).decode("utf-16-le" if wide else "latin-1", "replace"))
            count -= fit
            if count:
                self._number, self._at = self._number + 1, 0
                wide = bool(self.take(1)[0] & WIDE)
        return "".join(pieces)

"""Letters of symbol fonts, which look like ticks and boxes on the sheet and are stored as letters: ``ü`` in Wingdings is ✓."""

from __future__ import annotations

from collections.abc import Mapping

TICK, CROSS, TICKED, CROSSED, BOX, FULL = "✓", "✗", "☑", "☒", "☐", "■"
WINGDINGS = {
    0xFC: TICK,
    0xFB: CROSS,
    0xFE: TICKED,
    0xFD: CROSSED,
    0x78: CROSSED,
    0xA8: BOX,
    0x6F: BOX,
    0x71: BOX,
    0x72: BOX,
    0x6E: FULL,
}
WINGDINGS_2 = {
    0x50: TICK,
    0x4F: CROSS,
    0x52: TICKED,
    0x51: CROSSED,
    0x53: CROSSED,
    0x54: CROSSED,
    0xA3: BOX,
    0xA2: FULL,
}
WEBDINGS = {0x61: TICK, 0x72: CROSS, 0x63: BOX, 0x67: FULL}
MARLETT = {0x61: TICK, 0x62: TICK, 0x72: CROSS}
DINGBATS = {0x33: TICK, 0x34: TICK, 0x35: CROSS, 0x36: CROSS, 0x37: CROSS, 0x38: CROSS, 0x6E: FULL, 0x6F: BOX}
FONTS: Mapping[str, Mapping[int, str]] = {
    "wingdings": WINGDINGS,
    "wingdings2": WINGDINGS_2,
    "webdings": WEBDINGS,
    "marlett": MARLETT,
    "zapfdingbats": DINGBATS,
    "dingbats": DINGBATS,
}
PRIVATE = 0xF000  # symbol fonts keep their letters at U+F020 to U+F0FF too


def is_symbol_font(name: str) -> bool:
    """Tell whether a font shows its letters as symbols.

    >>> is_symbol_font("Wingdings 2"), is_symbol_font("宋体")
    (True, False)
    """
    return _folded(name) in FONTS


def shown(text: str, font: str) -> str:
    """Return what a reader of the sheet sees: each letter that the font shows as a tick or a box as that sign.

    A letter that it shows as any other picture is moved to where symbol fonts keep theirs, so that nobody takes a skull,
    stored as ``N``, for a no.

    >>> shown("ü", "Wingdings"), shown("P 已完成", "Wingdings 2"), shown("P", "宋体"), shown(chr(0xF052), "Wingdings 2")
    ('✓', '✓ 已完成', 'P', '☑')
    """
    signs = FONTS.get(_folded(font))
    if signs is None:
        return text
    return "".join(signs.get(_code(letter)) or _picture(letter) for letter in text)


def _picture(letter: str) -> str:
    return chr(PRIVATE + ord(letter)) if "!" <= letter <= "ÿ" and not letter.isspace() else letter


def _code(letter: str) -> int:
    code = ord(letter)
    return code - PRIVATE if PRIVATE < code <= PRIVATE + 0xFF else code


def _folded(name: str) -> str:
    return "".join(name.split()).casefold()

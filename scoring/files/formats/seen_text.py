"""The text of a cell of an OpenDocument as a reader of the sheet sees it, gathered while the document is walked."""

from __future__ import annotations

from collections.abc import Mapping

from scoring.files import limits
from scoring.files.formats.rich_text import PLAIN, Look, Shown
from scoring.files.formats.symbols import shown


class SeenText:
    """Gathers the pieces of one cell after the other. A class, because elements come one by one."""

    def __init__(self, looks: Mapping[str, Look]) -> None:
        self._looks = looks
        self.begin("")

    def begin(self, style: str) -> None:
        """Begin a cell of a style."""
        self._open = [self._looks.get(style, PLAIN)]
        self._pieces: list[str] = []
        self._paragraphs = self._aside = 0
        self._special = self._open[0] != PLAIN
        self._struck = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Go into an element of the cell."""
        if name == "office:annotation":
            self._aside += 1
        elif name == "text:p":
            self._paragraphs += 1
            if self._paragraphs > 1:
                self.text("\n")
        elif name == "text:span":
            self._open.append(self._within(self._looks.get(attributes.get("text:style-name", ""), PLAIN)))
            self._special = self._special or self._open[-1] != PLAIN
        elif name == "text:s":
            told = attributes.get("text:c", "1")
            self.text(" " * min(int(told), limits.ODS_SPACES) if told.isascii() and told.isdigit() else " ")
        elif name in ("text:tab", "text:line-break"):
            self.text("\t" if name == "text:tab" else "\n")

    def _within(self, look: Look) -> Look:
        around = self._open[-1]
        return Look(look.struck or around.struck, look.font or around.font)

    def text(self, data: str) -> None:
        """Hear a piece of text."""
        if self._aside:
            return
        look = self._open[-1]
        if look.struck:
            self._struck = self._struck or bool(data.strip())
        else:
            self._pieces.append(shown(data, look.font) if look.font else data)

    def end(self, name: str) -> None:
        """Leave an element of the cell."""
        if name == "office:annotation":
            self._aside -= 1
        elif name == "text:span" and len(self._open) > 1:
            self._open.pop()

    def finish(self) -> Shown | None:
        """Return the text as it is seen; None where it is seen as it is stored."""
        return Shown("".join(self._pieces), self._struck) if self._special else None

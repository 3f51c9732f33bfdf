"""What stands around the text of a 通报: red head, title, signature, 版记. Order and place follow GB/T 9704-2012."""

from __future__ import annotations

from datetime import date

from docx.document import Document
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from scoring.board.wording import clean
from scoring.documents import official_paper
from scoring.documents.official_paper import HEI, KAI, LINE, RED, SAN_HAO, SONG_TITLE, WIDTH
from scoring.model.notices import FIELD_NAMES, LEFT_OUT, Letterhead
from scoring.words.phrasing import day_name

ORGAN_SIZE = 40.0  # points, less where the name is long
ORGAN_TOP = 35 / 25.4 * 72  # points from the type area's upper edge to the organ's name


def field(letterhead: Letterhead, name: str) -> str:
    """Return what a field says: what was given, a marked blank where nothing was, ``""`` where it is to be left out."""
    given = clean(getattr(letterhead, name))
    return "" if given == LEFT_OUT else given or f"〔待填：{FIELD_NAMES[name]}〕"


def add_head(paper: Document, letterhead: Letterhead, title: tuple[str, ...], *, short: bool) -> None:
    """Write 密级, the red name of the organ, 发文字号 with 签发人, the red line and the title; ``short``: with less room."""
    secrecy, organ = field(letterhead, "secrecy"), field(letterhead, "organ")
    official_paper.line_of(paper, secrecy, SAN_HAO, font=HEI).paragraph_format.line_spacing = Pt(LINE)
    size = min(ORGAN_SIZE, WIDTH / 25.4 * 72 / max(len(organ), 1))
    name = official_paper.line_of(paper, organ, size, font=SONG_TITLE, align="center", color=RED)
    name.paragraph_format.line_spacing = Pt(size * 1.2)
    official_paper.spaced(name, 0 if short else ORGAN_TOP - LINE - size * 0.1)
    official_paper.spaced(_number(paper, letterhead), LINE * (1 if short else 2))
    official_paper.red_line(paper)
    for number, text in enumerate(title):
        line = official_paper.say(paper, text, "Title" if text[:1] != "（" else "Subtitle")
        official_paper.spaced(line, 0 if number else LINE * (1 if short else 2), LINE * (number == len(title) - 1))


def _number(paper: Document, letterhead: Letterhead) -> Paragraph:
    """Write 发文字号 in the middle; where there is a 签发人, the number left and the name right, each one character in."""
    number, signer = field(letterhead, "number"), field(letterhead, "signer")
    if not signer:
        line = official_paper.line_of(paper, number, SAN_HAO, align="center")
    else:
        line = official_paper.line_of(paper, number, SAN_HAO)
        official_paper.right_end(line, (("签发人：", official_paper.FANGSONG), (signer, KAI)))
    line.paragraph_format.line_spacing = Pt(LINE)
    return line


def add_signature(paper: Document, organ: str, day: date | None, annexes: tuple[str, ...]) -> None:
    """List the annexes and sign: the day four characters from the right, the organ centred above it.

    The signature never stands on a page without a line of the text. Without a day the paper is a draft.
    """
    last = [paper.paragraphs[-1]]
    for number, annex in enumerate(annexes, start=1):
        lead = ("附件：" if number == 1 else "　　　") if len(annexes) > 1 else "附件："
        line = official_paper.say(paper, f"{lead}{number}.{annex}" if len(annexes) > 1 else f"{lead}{annex}")
        last.append(official_paper.spaced(line, LINE if number == 1 else 0))
    signed_on = day_name(day) if day else "（草稿，未印发）"
    beside = 4 + max(_ems(signed_on) - _ems(organ), 0) / 2
    signature = official_paper.say(paper, organ, "Body Text")
    official_paper.right_in(official_paper.spaced(signature, LINE * (2 if annexes else 1)), beside)
    official_paper.together([*last, signature])
    official_paper.right_in(official_paper.say(paper, signed_on, "Body Text"), 4)


def _ems(text: str) -> float:
    """Return how many characters wide a text is."""
    return sum(1.0 if char > "\u2000" else 0.5 for char in text)


def add_imprint(paper: Document, letterhead: Letterhead) -> None:
    """Write the 版记."""
    copies, printer, day = (field(letterhead, name) for name in ("copies", "printer", "printed_on"))
    official_paper.imprint(paper, f"{copies.rstrip('。')}。" if copies else "", printer, f"{day}印发" if day else "")

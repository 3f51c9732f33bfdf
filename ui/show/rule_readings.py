"""How the product reads the rules, paragraph by paragraph: the text of ``docs/rules-reading.md``, and where a clause stands in it.

A method's judge cites the paragraphs that it follows (``rules-reading 3 to 5``); that citation is the link. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import htpy as h

from scoring.methods import method_of
from scoring.model.rules import Term
from ui.show.tables import Html, html

SOURCE = Path(__file__).resolve().parents[2] / "docs" / "rules-reading.md"
# a numbered paragraph of the reading: ### 3. 扣分和封顶
HEADING = re.compile(r"^### (\d+)\. (.+)$", re.MULTILINE)
# a citation of the reading: rules-reading 8; rules-reading 3 to 5
CITED = re.compile(r"rules-reading (\d+)(?: to (\d+))?")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One numbered paragraph: its title, the sentence of the rules that it rests on, and how that is read."""

    number: int
    title: str
    quote: str
    text: str


@cache
def paragraphs() -> tuple[Paragraph, ...]:
    """Return the paragraphs in order; the table of readings that can be switched has a page part of its own."""
    pieces = HEADING.split(SOURCE.read_text(encoding="utf-8"))[1:]
    read = []
    for number, title, body in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True):
        lines = [line.strip() for line in body.split("\n## ")[0].splitlines() if line.strip()]
        quote = "".join(line.removeprefix(">").strip() for line in lines if line.startswith(">"))
        text = "".join(line for line in lines if not line.startswith((">", "|"))).replace("`", "")
        read.append(Paragraph(int(number), title.replace("`", ""), quote.replace("`", ""), text))
    return tuple(read)


def cited(term: Term) -> tuple[int, ...]:
    """Return the paragraphs that the way of judging a term follows, as its judge cites them; empty: it cites none."""
    match = CITED.search(method_of(term).judge.__doc__ or "")
    return tuple(range(int(match[1]), int(match[2] or match[1]) + 1)) if match else ()


def link(term: Term) -> h.Node:
    """Return the link from a clause to its paragraphs further down the page; None where it cites none."""
    numbers = cited(term)
    if not numbers:
        return None
    words = f"读法{numbers[0]}" + (f"–{numbers[-1]}" if len(numbers) > 1 else "")
    return [" ", h.a(".k-lost", href=f"#reading-{numbers[0]}")[words]]


def readings() -> Html:
    """Return all paragraphs, each where the links lead."""
    return html(*(_shown(one) for one in paragraphs()))


def _shown(one: Paragraph) -> h.Element:
    text = one.text or "各种读法和影响在上面“口径”里，可以在那里切换。"
    return h.div(".k-notes", id=f"reading-{one.number}")[
        h.p[h.b[f"{one.number}. {one.title}"], " ", h.q[one.quote]], h.p[text]
    ]

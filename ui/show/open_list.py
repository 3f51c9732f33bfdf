"""Everything that is open as one list: what, of which part, who acts, by when. Pure, HTML out."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from scoring.analysis.open_matters import OpenMatter
from scoring.analysis.open_matters_sentences import OWNERS, TITLES, about, parts_said
from scoring.model.rules import Rulebook
from ui.show.tables import Cell, Column, Html, anchor, chip, coded, html, table
from ui.show.text import day_name, listed

Link = Callable[[OpenMatter], str]
COLUMNS = (
    Column("单位", "day"), Column("评分项", "wrap"), Column("什么未了", "wrap"), Column("由谁办", "day"),
    Column("办结期限", "day"),
)  # fmt: skip


def open_list(found: Iterable[OpenMatter], rulebook: Rulebook, link: Link) -> Html:
    """Return what is open, each line leading to where it is settled."""
    ordered = sorted(found, key=lambda one: one.due)
    return table(COLUMNS, [_line(one, rulebook, link) for one in ordered], go=True, cards=True)


def _line(one: OpenMatter, rulebook: Rulebook, link: Link) -> list[str | Cell]:
    names = listed(rulebook.short(unit) for unit in one.units)
    return [
        anchor(link(one), names),
        _about(one, rulebook),
        " · ".join(dict.fromkeys((TITLES[one.part], about(one)))),
        OWNERS[one.owner],
        day_name(one.due),
    ]


def _about(one: OpenMatter, rulebook: Rulebook) -> str | Cell:
    if not one.clause:
        return Cell("–", "k-quiet")
    clause = rulebook.clause.get(one.clause)
    title = one.title or (clause.title if clause else "")
    return coded(one.clause, title) if title else chip(one.clause)


def account(matters: Iterable[OpenMatter], to: str, what: str) -> Html:
    """Return a line that says how much is open and of which part, leading to the list."""
    listed = tuple(matters)
    total, parts = f"{what}{len(listed)}", parts_said(listed)
    words = (f"{total}件" if parts == total else f"{total}件：{parts}") if listed else f"没有{what}"
    return html(anchor(to, words)) if listed else html(words)


def joined(parts: Iterable[Html]) -> Html:
    """Return several such lines as one."""
    return html(*(piece for number, part in enumerate(parts) for piece in (("；", part) if number else (part,))))

"""What is new in a ledger: beside its unit's earlier versions and quarters, and beside what was published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from scoring.analysis.ledger_news import news
from scoring.analysis.ledger_news_sentences import counted
from scoring.analysis.upload_effect import changes
from scoring.model.facts import Facts
from scoring.model.parsed import ParsedWorkbook
from scoring.store import LedgerVersion
from ui.session.desk import Desk
from ui.show import effects, tables, versions


def before(versions: Sequence[LedgerVersion], unit: str, year: int, quarter: int) -> list[LedgerVersion]:
    """Return what a ledger is compared with: the newest version of its quarter, then those of the earlier ones, newest first."""
    newest: dict[int, LedgerVersion] = {}
    for version in versions:
        if (version.unit, version.year) == (unit, year) and version.quarter <= quarter and not version.withdrawn:
            latest = newest.get(version.quarter)
            if latest is None or latest.version < version.version:
                newest[version.quarter] = version
    return [newest[one] for one in sorted(newest, reverse=True)]


def draw(facts: Facts, earlier: Sequence[LedgerVersion], desk: Desk) -> None:
    """Draw each row of one ledger beside what is earlier; nothing where there is none."""
    if not earlier:
        st.html(tables.note("这个单位以前没有报过可比的台账。"))
        return
    told = [(versions.name(v, desk.rulebook), desk.version_facts(v)) for v in earlier]
    rows = news(facts, told)
    st.html(tables.subheading(f"比{told[0][0]}：{counted(rows)}"))
    if rows:
        st.html(versions.news_table(rows))


def draw_final(unit: str, books: Mapping[str, ParsedWorkbook], desk: Desk) -> None:
    """Draw what would differ for a unit from the newest final board, with further workbooks in (none: as it stands now)."""
    since = None if desk.whose else desk.since_final(books)
    if since is None or unit not in since[1].card or unit not in since[2].card:
        return
    receipt, published, now = since
    changed = changes(published, now, unit)
    st.html(
        tables.subheading(
            f"比定稿{receipt.number}：{len(changed)}个评分项不同" if changed else f"与定稿{receipt.number}相同"
        )
    )
    if changed:
        st.html(effects.clause_table(published, changed, desk.rulebook))

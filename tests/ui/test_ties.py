"""A tie at the cut under AppTest: it blocks the final board until people decide, and is shown as decided everywhere."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from scoring.documents.event_list import subject
from scoring.model.rules import Rulebook
from scoring.store import Store, open_store
from tests.ui.opening import html
from tests.ui.stored import decide_ties, fill, ledger, page, press, put, write


@pytest.fixture
def held(data: Path, rulebook: Rulebook) -> Store:
    return fill(data, rulebook)


def test_a_tie_is_decided_before_the_board_is_final_and_shown_so_everywhere(held: Store, rulebook: Rulebook) -> None:
    app = page("publication")
    assert not [one for one in app.button if one.label.startswith("定稿（")]
    assert "待定" in html(page("ranking"))
    assert "待定" in html(page("meeting"))
    app = decide_ties(app, reason="细则第1条")
    decisions = held.tie_decisions(2023)
    assert decisions
    assert "列入红榜" in subject(held.history()[-1], {}, rulebook) or "列入黑榜" in subject(
        held.history()[-1], {}, rulebook
    )
    for url in ("ranking", "meeting"):
        shown = html(page(url))
        assert "待定" not in shown, url
        assert "并列已定" in shown, url
        assert "同分，已定" in shown, url
    write(app, "同一条理由", "会议同意")
    write(write(app, "定稿说明", "会议"), "经办人", "王主任")
    press(app, next(one.label for one in app.button if one.label.startswith("定稿（")))
    receipt = held.publications(2023)[0]
    assert held.published_board(receipt.number).decisions == decisions
    text = "".join(p.text for p in Document(BytesIO(held.published_papers(receipt.number)["通报.docx"])).paragraphs)
    assert "按细则第1条" in text
    assert "须另行确定" not in text


def test_a_decision_is_taken_back_with_a_reason(held: Store) -> None:
    app = decide_ties(page("publication"))
    before = len(held.tie_decisions(2023))
    write(app, "撤销理由", "会议改了意见")
    next(field for field in app.text_input if field.key and field.key.startswith("actor_undo")).set_value(
        "王主任"
    ).run()
    press(app, "撤销")
    assert len(held.tie_decisions(2023)) == before - 1
    assert [box for box in page("publication").multiselect if box.label.startswith("列入")]


def test_nobody_is_decided_onto_both_lists(data: Path, rulebook: Rulebook) -> None:
    held = open_store(data / "assessment.duckdb")
    put(held, rulebook, ledger(data / "a.xlsx"))  # one ledger: all others are tied over both cuts
    app = page("publication")
    first = next(box for box in app.multiselect if box.label == "列入红榜的单位")
    chosen = first.options[0]
    first.select(chosen).run()
    write(write(app, "依据", "会议纪要"), "经办人", "王主任")
    press(app, "记下决定")
    second = next(box for box in app.multiselect if box.label == "列入黑榜的单位")
    assert chosen not in second.options
    assert len(second.options) > 1
    assert held.tie_decisions(2023)[0].listed

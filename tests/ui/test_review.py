"""审核认定 under AppTest: the queue's numbers, the preview before it counts, the ruling on top, and taking it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from scoring.analysis.position import Position
from scoring.analysis.ruling_queue import matters
from scoring.calendar.clock import day_of
from scoring.judging.rank import make_board
from scoring.model.facts import Verdict
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from scoring.store import Store
from tests.browser.ledgers import ROWS
from tests.builders import ruling
from tests.ui.opening import html, opened
from tests.ui.reading import Shown
from tests.ui.stored import DAY, UNIT, button, choose, fill, ledger, page, press, put, write
from ui.show.text import points, signed


@pytest.fixture
def held(data: Path, rules: Rulebook) -> Store:
    return fill(data, rules)


def rows(app) -> list[list[str]]:  # type: ignore[no-untyped-def]
    return Shown(html(app)).rows


def test_the_queue_shows_what_the_library_finds_in_its_order(held: Store, rules: Rulebook) -> None:
    received = {upload.upload: day_of(upload.received_at) for upload in held.uploads()}
    found = matters(Position(held.facts(2023), rules, DAY, Policy()), received)
    shown = rows(page("review"))[1:]
    assert [row[1].split()[0] for row in shown] == [matter.clause for matter in found]
    assert {row[2] for row in shown} == {"待人工确认", "加分待认定", "补填日期"}
    most = max((effect.raw for effect in found[0].effects), key=abs)
    assert shown[0][4] == signed(most)


def test_the_proof_shows_statement_evidence_and_the_row_as_it_was_sent(held: Store) -> None:
    shown = Shown(html(page("review", unit=UNIT, clause="12A")))
    assert "详见附页" in shown.text
    assert "工作落实 › D9" in shown.text
    assert any("完善供水服务板块业务功能" in row for row in shown.rows)


def test_a_ruling_is_shown_before_it_counts_then_counts_and_its_withdrawal_restores(
    held: Store, rules: Rulebook
) -> None:
    before = make_board(held.facts(2023), rules, DAY, Policy()).card[UNIT]
    app = choose(page("review", unit=UNIT, clause="12A"), "认定", Verdict.ACCEPTED)
    preview = Shown(html(app))
    assert held.rulings(2023) == (), "a preview stores nothing"
    assert "理由待填（预览，还没有记入）" in preview.text
    assert button(app, "记入认定").disabled
    write(write(app, "认定理由", "附页已核对"), "经办人", "李审")
    press(app, "记入认定")
    kept = held.rulings(2023)[0]
    assert (kept.unit, kept.clause, kept.verdict) == (UNIT, "12A", Verdict.ACCEPTED)
    assert (kept.reason, kept.reviewer, kept.day) == ("附页已核对", "李审", DAY)
    after = make_board(held.facts(2023), rules, DAY, Policy()).card[UNIT]
    assert after.score > before.score
    moved = next(row for row in preview.rows if row[0] == UNIT and points(before.score) in row)
    assert points(after.score) in moved, "what was previewed is what came"
    assert "已记入第1号认定" in app.success[0].value

    app = page("review", unit=UNIT, clause="12A")
    assert "系统原判" in Shown(html(app)).text
    press(write(write(app, "撤回理由", "看错了附页"), "经办人", "李审"), "撤回认定")
    assert held.rulings(2023) == ()
    assert make_board(held.facts(2023), rules, DAY, Policy()).card[UNIT] == before
    assert held.ruling_records(2023)[0].withdrawn is not None
    assert any("看错了附页" in cell for row in rows(page("review", part="records")) for cell in row)


def test_cancelling_leaves_everything_as_it_was(held: Store) -> None:
    app = choose(page("review", unit=UNIT, clause="12A"), "认定", Verdict.REJECTED)
    count = len(held.history())
    press(write(app, "认定理由", "不算"), "取消")
    assert len(held.history()) == count
    assert "等待认定" in html(app), "back in the queue"


def test_an_incentive_item_gets_the_points_that_the_reviewer_writes(held: Store, rules: Rulebook) -> None:
    item = held.facts(2023).incentives[0]
    app = page("review", unit=UNIT, clause=str(item.task), item="获省级通报表扬")
    choose(app, "认定", Verdict.ACCEPTED)
    write(app, "认定分值", "三分")
    write(write(app, "认定理由", "查有文件"), "经办人", "李审")
    assert button(app, "记入认定").disabled, "no number of points"
    press(write(app, "认定分值", "0.3"), "记入认定")
    card = make_board(held.facts(2023), rules, DAY, Policy()).card[UNIT]
    assert card.incentive == Decimal("0.3")
    assert held.rulings(2023)[0].points == card.incentive


def test_a_click_on_a_preview_of_other_facts_does_nothing(held: Store) -> None:
    app = choose(page("review", unit=UNIT, clause="12A"), "认定", Verdict.ACCEPTED)
    write(write(app, "认定理由", "附页已核对"), "经办人", "李审")
    held.rule(replace(ruling("1A", "rejected", DAY), unit=UNIT))
    button(app, "记入认定").click().run()
    assert [one.clause for one in held.rulings(2023)] == ["1A"]


def test_every_clause_of_a_unit_can_be_gone_through(held: Store, rules: Rulebook) -> None:
    shown = Shown(html(page("review", part="unit", unit=UNIT)))
    codes = {row[0].split()[0] for row in shown.rows[1:]}
    assert codes >= {clause.code for clause, _ in rules.terms_of[UNIT]}
    assert sum("clause=" in link for link in shown.links) == len(shown.rows) - 1


def test_a_ruling_that_does_not_count_can_be_taken_back(held: Store, rules: Rulebook, data: Path) -> None:
    late = held.rule(ruling("1A", "rejected", DAY + timedelta(days=20)))
    early = held.rule(ruling("7A", "rejected", date(2023, 6, 1)))
    put(held, rules, ledger(data / "c.xlsx", ROWS, sent="2023年6月9日"))
    for one, why in ((late, "晚于截至日期"), (early, "以新台账为准")):
        app = page("review", unit=UNIT, clause=one.clause, ruling=str(one.number))
        shown = Shown(html(app)).text
        assert f"第{one.number}号认定" in shown
        assert why in shown
        press(write(write(app, "撤回理由", "日期写错"), "经办人", "李审"), "撤回认定")
    assert held.rulings(2023) == ()
    assert any("ruling=1" in link for link in Shown(html(page("review", part="records"))).links)


def test_an_award_that_was_ruled_on_shows_what_the_ledger_says_beneath(held: Store) -> None:
    item = held.facts(2023).incentives[0]
    award = ruling(str(item.task), "accepted", DAY, item=item.key[1], points=Decimal("0.30"))
    held.rule(award)
    shown = Shown(html(page("review", unit=UNIT, clause=str(item.task), item=item.key[1]))).text
    assert "系统原判" in shown
    assert "没有认定分值，待认定" in shown


def test_the_past_can_be_looked_at_and_not_ruled_on(held: Store) -> None:
    app = page("review", unit=UNIT, clause="12A", known_at="2023-07-07")
    assert "只能按现在的情况办理" in html(app)
    assert not app.text_area


def test_a_count_that_is_not_accepted_may_carry_the_number_found(held: Store, rules: Rulebook) -> None:
    code = next(c.code for c, t in rules.terms_of[UNIT] if t.method == "shortfall")
    app = opened("review", as_of="2023-12-31", unit=UNIT, clause=code)
    choose(app, "认定", Verdict.ACCEPTED)
    assert not app.number_input
    choose(app, "认定", Verdict.REJECTED)
    field = next(found for found in app.number_input if found.label.startswith("查实数量"))
    assert (field.min, field.max, field.value) == (0, 3, None)
    field.set_value(1).run()
    press(write(write(app, "认定理由", "现场只有一家"), "经办人", "李审"), "记入认定")
    kept = held.rulings(2023)[-1]
    assert (kept.clause, kept.number_found) == (code, 1)
    shown = html(opened("review", as_of="2023-12-31", unit=UNIT, clause=code))
    assert "不认可，查实数量1" in shown
    assert "-0.40" in shown or "−0.40" in shown


def test_a_clause_that_is_no_count_asks_for_no_number(held: Store) -> None:
    app = choose(page("review", unit=UNIT, clause="12A"), "认定", Verdict.REJECTED)
    assert not app.number_input


def test_words_that_are_not_listed_are_shown_on_demand(held: Store) -> None:
    shown = rows(page("review", part="words"))
    assert any("详见附页" in row[0] and "看不懂" in row[1] for row in shown[1:])

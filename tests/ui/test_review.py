"""审核认定 under AppTest: the queue's numbers, the preview before it counts, the ruling on top, and taking it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlsplit

import pytest

from scoring.analysis.open_matters import Part, counted, open_matters
from scoring.analysis.open_matters_sentences import TITLES, parts_said
from scoring.analysis.position import Position
from scoring.analysis.ruling_queue import matters
from scoring.calendar.clock import day_of
from scoring.judging.rank import make_board
from scoring.model.facts import Verdict
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from scoring.store import Store
from tests.browser.ledgers import ROWS, UNREADABLE_ROW
from tests.builders import ruling
from tests.ui.opening import html, opened
from tests.ui.reading import Shown
from tests.ui.stored import DAY, OTHER, UNIT, button, fill, ledger, page, press, put, write
from ui.show.text import points, signed


@pytest.fixture
def held(data: Path, rulebook: Rulebook) -> Store:
    return fill(data, rulebook)


def rows(app) -> list[list[str]]:  # type: ignore[no-untyped-def]
    return Shown(html(app)).rows


def test_the_queue_shows_what_the_library_finds_in_its_order(held: Store, rulebook: Rulebook) -> None:
    received = {upload.upload: day_of(upload.received_at) for upload in held.uploads()}
    found = matters(Position(held.facts(2023), rulebook, DAY, Policy()), received)
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


def rule_on(app, label: str, reason: str = "附页已核对", name: str = "李审"):  # type: ignore[no-untyped-def]
    """Give the reason and the name, then the verdict."""
    return press(write(write(app, "另写理由", reason), "经办人", name), label)


def test_a_verdict_shows_what_it_would_do_then_counts_and_its_withdrawal_restores(
    held: Store, rulebook: Rulebook
) -> None:
    before = make_board(held.facts(2023), rulebook, DAY, Policy()).card[UNIT]
    app = page("review", unit=UNIT, clause="12A")
    shown = Shown(html(app)).text
    assert held.rulings(2023) == ()
    assert button(app, "认可").disabled
    assert "先填经办人姓名，再作认定。" in shown, "a button that is off says why beside it"
    app = rule_on(app, "认可")
    kept = held.rulings(2023)[0]
    assert (kept.unit, kept.clause, kept.verdict) == (UNIT, "12A", Verdict.ACCEPTED)
    assert (kept.reason, kept.reviewer, kept.day) == ("附页已核对", "李审", DAY)
    after = make_board(held.facts(2023), rulebook, DAY, Policy()).card[UNIT]
    assert after.score > before.score
    assert f"{points(before.score)}→{points(after.score)}" in shown, "what was shown is what came"
    assert "已记入第1号认定" in app.success[0].value

    app = page("review", unit=UNIT, clause="12A")
    assert "系统原判" in Shown(html(app)).text
    press(write(write(app, "撤回理由", "看错了附页"), "经办人", "李审"), "撤回认定")
    assert held.rulings(2023) == ()
    assert make_board(held.facts(2023), rulebook, DAY, Policy()).card[UNIT] == before
    assert held.ruling_records(2023)[0].withdrawn is not None
    assert any("看错了附页" in cell for row in rows(page("review", part="records")) for cell in row)


def test_every_page_that_counts_open_things_counts_them_from_the_account(held: Store, rulebook: Rulebook) -> None:
    received = {upload.upload: day_of(upload.received_at) for upload in held.uploads()}
    position = Position(held.facts(2023), rulebook, DAY, Policy())
    account = open_matters(position, matters(position, received))
    kind = {card.unit: card.kind for card in position.board.cards}
    counties = [one for one in account if one.unit and kind[one.unit] == "county"]
    due = [one for one in counties if one.part in (Part.NOT_DUE, Part.LEDGER)]
    ledgers = [one for one in account if one.quarter == 2]
    ruled = [one for one in account if one.matter]
    for address, said, narrowed in (
        (page("deadlines"), "；".join(f"{TITLES[part]}{n}件" for part, n in counted(due).items()), "whose=county"),
        (page("deadlines"), f"{len([one for one in ledgers if one in counties])}个未到", ""),
        (page("history", part="remind"), f"台账未到{counted(account)[Part.LEDGER]}件", "open=ledger"),
        (page("review"), f"待认定{len(ruled)}件：{parts_said(ruled)}", "open=ruled"),
    ):
        shown = Shown(html(address))
        assert said in shown.text
        to = [dict(parse_qsl(urlsplit(link).query)) for link in shown.links if "part=open" in link and narrowed in link]
        assert to
        for query in to:  # the list behind a number is as long as the number says
            listed = Shown(html(opened("review", **query)))
            assert f"{len(listed.rows) - 1}件" in shown.text, query


def way() -> list[dict[str, str]]:
    """What the URL says of each matter of the queue, in its order."""
    links = [link for link in Shown(html(page("review"))).links if "clause=" in link]
    return [dict(parse_qsl(urlsplit(link).query)) for link in links]


def here(app) -> str:  # type: ignore[no-untyped-def]
    said = app.query_params["clause"]
    return str(said if isinstance(said, str) else said[0])


def test_a_ruling_leads_to_the_next_matter_and_is_undone_by_one_press(held: Store) -> None:
    queue = way()
    app = opened("review", **queue[0])
    assert f"第1件，还有{len(queue)}件待认定，本次已办0件" in Shown(html(app)).text
    rule_on(app, "不认可")
    assert here(app) == queue[1]["clause"]
    assert f"还有{len(queue) - 1}件待认定，本次已办1件" in Shown(html(app)).text
    press(app, "撤销刚才的")
    assert held.rulings(2023) == ()
    assert held.ruling_records(2023)[0].withdrawn.reason == "撤销：刚才记错"
    assert here(app) == queue[0]["clause"]


def test_skipping_and_going_back_store_nothing_and_go_round_the_queue(held: Store) -> None:
    queue = way()
    app, seen, count = opened("review", **queue[0]), [], len(held.history())
    for _ in queue:
        press(app, "跳过")
        seen.append(here(app))
    codes = [one["clause"] for one in queue]
    assert seen == [*codes[1:], codes[0]]
    press(app, "上一件")
    assert here(app) == codes[-1]
    assert len(held.history()) == count


def test_reasons_used_before_are_offered_the_last_one_first(held: Store) -> None:
    held.rule(replace(ruling("12A", "accepted", DAY, unit=OTHER), reason="附页齐全"))
    app = page("review", unit=UNIT, clause="12A")
    offered = next(one for one in app.selectbox if one.label == "认可的理由")
    assert offered.options[0] == offered.value == "附页齐全"
    assert "附页齐全" in Shown(html(app)).text, "how the clause was ruled on elsewhere"
    press(write(app, "经办人", "李审"), "认可")
    assert [one.reason for one in held.rulings(2023)] == ["附页齐全", "附页齐全"]


def test_like_matters_are_ruled_on_together_after_a_look_at_the_board_and_undone_together(
    held: Store, rulebook: Rulebook, data: Path
) -> None:
    third = "官渡区"
    put(held, rulebook, ledger(data / "d.xlsx", [*ROWS, UNREADABLE_ROW], unit=third))
    app = write(page("review", unit=UNIT, clause="12A", by_clause="12A"), "经办人", "李审")
    press(app, "全部选中")
    count = len(held.history())
    press(app, "认可")
    shown = Shown(html(app)).text
    assert len(held.history()) == count, "nothing is stored before the joint effect was seen"
    assert "预览：2件一起认可，影响" in shown
    press(app, "记入2件：认可")
    kept = held.rulings(2023)
    assert [(one.unit, one.clause, one.verdict) for one in kept] == [
        (u, "12A", Verdict.ACCEPTED) for u in (UNIT, third)
    ]
    press(app, "撤销刚才的")
    assert held.rulings(2023) == ()


def test_an_incentive_item_gets_the_points_that_the_reviewer_writes(held: Store, rulebook: Rulebook) -> None:
    item = held.facts(2023).incentives[0]
    app = page("review", unit=UNIT, clause=str(item.task), item="获省级通报表扬")
    write(write(write(app, "认定分值", "三分"), "另写理由", "查有文件"), "经办人", "李审")
    assert button(app, "认可").disabled, "no number of points"
    assert "先填认定分值" in Shown(html(app)).text
    press(write(app, "认定分值", "0.3"), "认可")
    card = make_board(held.facts(2023), rulebook, DAY, Policy()).card[UNIT]
    assert card.incentive == Decimal("0.3")
    assert held.rulings(2023)[0].points == card.incentive


def test_a_press_on_a_matter_of_other_facts_does_nothing(held: Store) -> None:
    app = write(page("review", unit=UNIT, clause="12A"), "经办人", "李审").run()
    held.rule(replace(ruling("1A", "rejected", DAY), unit=UNIT))
    button(app, "认可").click().run()
    assert [one.clause for one in held.rulings(2023)] == ["1A"]


def test_the_queue_is_narrowed_by_unit_clause_and_kind_of_doubt(held: Store) -> None:
    every = rows(page("review"))[1:]
    for name, value, column, word in (
        ("by_why", "award", 2, "加分待认定"), ("by_clause", "12A", 1, "12A"), ("by_unit", UNIT, 0, UNIT),
    ):  # fmt: skip
        shown = rows(page("review", **{name: value}))[1:]
        assert shown == [row for row in every if word in row[column]] != []
    assert all(
        f"by_unit={quote(UNIT)}" in link
        for link in Shown(html(page("review", by_unit=UNIT))).links
        if "clause=" in link
    )


def test_everything_that_is_open_is_listed_with_who_acts_by_when(held: Store, rulebook: Rulebook) -> None:
    position = Position(held.facts(2023), rulebook, DAY, Policy())
    received = {upload.upload: day_of(upload.received_at) for upload in held.uploads()}
    account = open_matters(position, matters(position, received))
    shown = Shown(html(page("review", part="open")))
    assert len(shown.rows) - 1 == len(account)
    assert f"共{len(account)}件：{parts_said(account)}" in shown.text
    silent = rows(page("review", part="open", open="ledger"))[1:]
    assert len(silent) == counted(account)[Part.LEDGER]
    assert {(row[2].split(" · ")[0], row[3]) for row in silent} == {("台账未到", "单位")}
    assert any("没有报送第一季度台账" in row[2] for row in silent)


def test_every_clause_of_a_unit_can_be_gone_through(held: Store, rulebook: Rulebook) -> None:
    shown = Shown(html(page("review", part="unit", unit=UNIT)))
    codes = {row[0].split()[0] for row in shown.rows[1:]}
    assert codes >= {clause.code for clause, _ in rulebook.terms_of[UNIT]}
    assert sum("clause=" in link for link in shown.links) == len(shown.rows) - 1


def test_a_ruling_that_does_not_count_can_be_taken_back(held: Store, rulebook: Rulebook, data: Path) -> None:
    late = held.rule(ruling("1A", "rejected", DAY + timedelta(days=20)))
    early = held.rule(ruling("7A", "rejected", date(2023, 6, 1)))
    put(held, rulebook, ledger(data / "c.xlsx", ROWS, sent="2023年6月9日"))
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


def test_a_count_that_is_not_accepted_may_carry_the_number_found(held: Store, rulebook: Rulebook) -> None:
    code = next(c.code for c, t in rulebook.terms_of[UNIT] if t.method == "shortfall")
    app = opened("review", as_of="2023-12-31", unit=UNIT, clause=code)
    field = next(found for found in app.number_input if found.label.startswith("查实数量"))
    assert (field.min, field.max, field.value) == (0, 3, None)
    field.set_value(1).run()
    rule_on(app, "不认可", "现场只有一家")
    kept = held.rulings(2023)[-1]
    assert (kept.clause, kept.number_found) == (code, 1)
    shown = html(opened("review", as_of="2023-12-31", unit=UNIT, clause=code))
    assert "不认可，查实数量1" in shown
    assert "-0.40" in shown or "−0.40" in shown


def test_a_clause_that_is_no_count_asks_for_no_number(held: Store) -> None:
    assert not page("review", unit=UNIT, clause="12A").number_input


def test_words_that_are_not_listed_are_shown_on_demand(held: Store) -> None:
    shown = rows(page("review", part="words"))
    assert any("详见附页" in row[0] and "待人工确认" in row[1] for row in shown[1:])

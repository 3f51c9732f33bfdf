"""The list of rulings to verify is the one that trying each ruling on the whole board gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings

from scoring.analysis import verification_sentences
from scoring.analysis.position import Position
from scoring.analysis.verification import checks
from scoring.board.red_black import ends
from scoring.model.facts import Facts, Ruling, Verdict
from scoring.model.policy import Policy
from tests.analysis.worlds import FIVE, GUANDU, PANLONG, WUHUA, XISHAN, only, positions, world
from tests.builders import incentive, ledger


def tried(position: Position) -> dict[tuple[str, str, str], tuple[Decimal, int, object]]:
    """Put every ruling on what was sent on the board, one at a time: those that change an end, with score, rank and ends."""
    before, found = ends(position.board, position.rulebook.kinds["county"]), {}
    for unit in position.units("county"):
        sent = {f.clause for f in position.board.card[unit].findings if f.sources or f.ruling}
        for clause, _ in position.rulebook.terms_of[unit]:
            for verdict in Verdict if clause.code in sent else ():
                ruling = Ruling(unit, 2023, clause.code, verdict, "试", "试", position.as_of, number=10**9 + 1)
                rulings = (*position.facts.rulings, ruling)
                board = position.with_facts(replace(position.facts, rulings=rulings)).board
                if ends(board, position.rulebook.kinds["county"]) != before:
                    card = board.card[unit]
                    found[unit, clause.code, verdict.value] = (
                        card.score,
                        card.rank,
                        ends(board, position.rulebook.kinds["county"]),
                    )
    return found


@settings(max_examples=3, deadline=None)
@given(positions(most=10))
def test_the_list_is_what_trying_every_ruling_gives(position: Position) -> None:
    position = replace(position, facts=replace(position.facts, incentives=()))
    found = checks(position, position.rulebook.kinds["county"])
    listed = {(c.unit, c.clause, v.value): (c.score, c.rank, c.after) for c in found for v in c.verdicts}
    assert listed == tried(position)
    assert [c.moved for c in found] == sorted((c.moved for c in found), reverse=True)
    assert all(c.moved for c in found)
    assert verification_sentences.sentence(position, found, position.rulebook.kinds["county"])
    assert len({len(row) for row in verification_sentences.rows(position, found)}) == 1


def test_of_a_kind_without_lists_nothing_is_first_to_verify() -> None:
    position = world("市园林绿化局:4A=open", units=("市园林绿化局", "市交警支队", "市水务局", "市住房城乡建设局"))
    department, county = position.rulebook.kinds["department"], position.rulebook.kinds["county"]
    assert checks(position, department) == ()
    assert "红黑榜" not in verification_sentences.sentence(position, (), department)
    listed = checks(position, replace(department, listed=1))
    assert {check.unit for check in listed} <= set(position.units("department"))
    assert listed
    assert checks(position, county) == ()


def test_an_incentive_item_without_points_is_tried_with_its_claim() -> None:
    claimed = replace(incentive(awarded="", at=ledger(GUANDU, 3)), claimed=Decimal("0.30"))
    text = "五华区:29=0.3;盘龙区:29=0.2;西山区:29=0.2;呈贡区:4A=open"
    position = world(text, facts=Facts(incentives=(claimed,)))
    found = {(c.unit, c.item): c for c in checks(position, position.rulebook.kinds["county"])}
    check = found[GUANDU, "获省级通报表扬"]
    assert check.verdicts == (Verdict.ACCEPTED,)
    assert (check.score, check.rank_before, check.rank) == (Decimal("96.30"), 4, 1)
    assert (check.enter_first, check.leave_first) == ((GUANDU,), ())
    assert "第三名出现并列" in verification_sentences.rows(position, (check,))[1][-1]


def test_where_nothing_is_near_the_cut_it_says_so() -> None:
    """Every clause is worth a hundredth of what it is, and incentive items keep the units a point apart."""
    whole = only(*FIVE)
    clauses = tuple(replace(c, terms=tuple(replace(t, points=t.points / 100) for t in c.terms)) for c in whole.clauses)
    text = ";".join(f"{unit}:29={points}" for points, unit in enumerate(FIVE[1:], 1))
    position = world(text, rulebook=replace(whole, clauses=clauses))
    assert [check for check in checks(position, position.rulebook.kinds["county"]) if not check.item] == []
    assert [check for check in checks(position, position.rulebook.kinds["county"]) if check.item]
    assert (
        verification_sentences.sentence(position, (), position.rulebook.kinds["county"])
        == "前三名和后三名不会因任何一项审核认定而改变"
    )


def test_the_worst_comes_first() -> None:
    position = world("五华区:4A=open;盘龙区:4A=open,27A=open;西山区:22A=open", as_of=date(2023, 12, 31))
    found = checks(position, position.rulebook.kinds["county"])
    assert found[0].moved == max(c.moved for c in found)
    assert {WUHUA, PANLONG, XISHAN} & {c.unit for c in found}


def test_a_ruling_that_moves_only_the_clause_hanging_on_its_own_is_found() -> None:
    """Under ``exclusive`` 豁免 of 8B takes no points of its own, but 8A is no longer asked."""
    position = world("五华区:8A=open;盘龙区:4A=open", policy=Policy(shared_hall="exclusive"))
    found = {(c.unit, c.clause): c for c in checks(position, position.rulebook.kinds["county"])}
    assert Verdict.EXEMPT in found[WUHUA, "8B"].verdicts
    assert found[WUHUA, "8B"].score - found[WUHUA, "8B"].score_before == Decimal("0.6")


def test_what_was_never_sent_is_nothing_to_verify() -> None:
    """Each county has one clause of which no row came, and one row that says 未完成: only the row can be verified."""
    position = world()
    said = tuple(s for s in position.facts.statements if s.clause != "4A" or s.ledger.unit != WUHUA)
    gone = position.with_facts(replace(position.facts, statements=said))
    finding = next(f for f in gone.board.card[WUHUA].findings if f.clause == "4A")
    assert (finding.points < 0, finding.sources) == (True, ())
    listed = {(check.unit, check.clause) for check in checks(gone, gone.rulebook.kinds["county"])}
    assert listed
    assert (WUHUA, "4A") not in listed
    told = world("五华区:4A=open")
    assert (WUHUA, "4A") in {(c.unit, c.clause) for c in checks(told, told.rulebook.kinds["county"])}

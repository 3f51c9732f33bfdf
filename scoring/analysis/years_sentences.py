"""Two years side by side in sentences: who got better by own work, and what only the rules did."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from scoring.analysis.years import ClauseYears, UnitYears, YearComparison
from scoring.board.wording import names, points, signed
from scoring.words.phrasing import day_name

SHOWN = 4
AT_CAPS, OF_FRAME = "案例分和总分封顶", "基础分、每项任务加分和各项上限"


def comparison(compared: YearComparison, kind: str) -> str:
    """Say who of a kind got better, who worse, and how many scores the rules moved."""
    units = compared.of_kind(kind)
    if not units:
        return f"{compared.before.year}年没有可比的单位"
    better = sorted((unit for unit in units if unit.doing > 0), key=lambda unit: -unit.doing)
    worse = sorted((unit for unit in units if unit.doing < 0), key=lambda unit: unit.doing)
    same = len(units) - len(better) - len(worse)
    parts = [
        _listed(compared, better, "进步"),
        _listed(compared, worse, "退步"),
        f"{same}个单位没有变化" if same else "",
    ]
    by_rules = [unit.rules for unit in units if unit.rules]
    if by_rules:
        least, most = signed(min(by_rules)), signed(max(by_rules))
        width = f"{least}分" if least == most else f"{least}至{most}分"
        parts.append(f"细则和口径变化使{len(by_rules)}个单位的得分变动（{width}），不算进步或退步")
    return "；".join(part for part in parts if part)


def _listed(compared: YearComparison, units: Sequence[UnitYears], word: str) -> str:
    if not units:
        return ""
    shorts = compared.matched.after.unit
    shown = names(f"{shorts[unit.unit].short}{points(abs(unit.doing))}分" for unit in units[:SHOWN])
    return f"{len(units)}个单位{word}（{shown}{'等' if len(units) > SHOWN else ''}）"


def changes_of_units(compared: YearComparison, kind: str) -> str:
    """Say which names changed and which units joined or left; empty where none did."""
    renamed = [f"{was}改称{now}" for was, now in compared.renamed if compared.after.card[now].kind == kind]
    joined = [unit for unit in compared.joined if compared.after.card[unit].kind == kind]
    left = [unit for unit in compared.left if compared.before.card[unit].kind == kind]
    parts = [names(renamed)]
    parts.append(f"{names(joined)}是{compared.after.year}年新列入考评的" if joined else "")
    parts.append(f"{names(left)}不再考评" if left else "")
    return "；".join(part for part in parts if part)


def days(compared: YearComparison) -> str:
    """Say which days are compared, and by what."""
    before, after = compared.before, compared.after
    return (
        f"{day_name(before.as_of)}与{day_name(after.as_of)}比；“工作变化”是{after.year}年的台账按{before.year}年的可比条款"
        "算出的变化，其余是细则和口径的变化"
    )


def unit(years: UnitYears, then: int, now: int) -> str:
    """Say how one unit's score changed, and whose doing it is."""
    scores = f"{then}年{points(years.before.score)}分，{now}年{points(years.after.score)}分"
    if not years.doing and not years.rules:
        return f"{scores}，没有变化"
    if not years.doing:
        return f"{scores}，{signed(years.rules)}分全部是细则和口径的变化，不算{'进步' if years.rules > 0 else '退步'}"
    word = "进步" if years.doing > 0 else "退步"
    by_rules = f"，细则和口径的变化{signed(years.rules)}分" if years.rules else "，细则和口径没有影响"
    return f"{scores}：工作{word}{points(abs(years.doing))}分{by_rules}"


def clause_title(compared: YearComparison, clause: ClauseYears) -> str:
    """Name a clause as the newer of its rules does: its title, an incentive task's goal."""
    books = compared.matched.after, compared.matched.before
    for book, code in zip(books, (clause.clause, clause.earlier), strict=True):
        if code in book.clause:
            return book.clause[code].title
        if code.isdecimal() and int(code) in book.task:
            return book.task[int(code)].goal
    return ""


def why(compared: YearComparison, unit: UnitYears, clause: ClauseYears) -> str:
    """Say what the rules changed about a clause; empty where they changed nothing that is seen."""
    then, now = compared.before.year, compared.after.year
    if clause.then is None:
        return f"{now}年新增，不与{then}年比"
    if clause.now is None:
        return f"{now}年取消"
    parts = [f"{then}年编号{clause.earlier}"] if clause.earlier != clause.clause else []
    quotes = _quote(compared, unit, clause)
    if quotes is not None and quotes[0] != quotes[1]:
        parts.append(f"原文由“{quotes[0]}”改为“{quotes[1]}”")
    elif clause.rules:
        parts.append("时限、上限或口径有变化")
    return "；".join(parts)


def _quote(compared: YearComparison, unit: UnitYears, clause: ClauseYears) -> tuple[str, str] | None:
    before, after = compared.matched.before, compared.matched.after
    if clause.clause not in after.clause or clause.earlier not in before.clause:
        return None
    old, new = before.clause[clause.earlier].term_for(unit.was), after.clause[clause.clause].term_for(unit.unit)
    return (old.quote, new.quote) if old and new else None


def is_shown(clause: ClauseYears) -> bool:
    """Tell whether some point was moved by a clause in either year."""
    return any(part not in (None, Decimal(0)) for part in (clause.then, clause.between, clause.now))

"""What two rule files differ in, as Chinese sentences: nothing that moves a point is left unsaid."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

from scoring.model.rules import (
    Assessment,
    Clause,
    PolicyRule,
    ProjectClass,
    Reading,
    Rulebook,
    Task,
    Term,
    Treatment,
    Unit,
    UnitKind,
)
from scoring.model.traits import MethodTraits
from scoring.words.phrasing import day_name, number, quarter_name

WORDS: Mapping[StrEnum, str] = {
    Treatment.SCORED: "计分",
    Treatment.ROUTINE: "日常掌握",
    Treatment.REPORTING: "报送要求",
    Treatment.INCENTIVE: "激励加分",
}
LABELS: Mapping[type, Mapping[str, str]] = {
    Assessment: {
        "title": "名称", "year": "年度", "closes": "截止日", "due_quarters": "按季度条款的应报季度",
        "score_cap": "总分上限", "due_soon_days": "临近的天数",
        "receipt_days": "报送日期早于收到日期的天数",
    },
    UnitKind: {
        "name": "代号", "title": "名称", "noun": "简称", "base": "基础分", "column": "表中的栏", "by_task": "按任务点名",
        "responsibility": "每项具体负责任务加分", "case_cap": "案例分上限", "listed": "红黑榜各列几名",
    },
    Unit: {
        "short": "简称", "kind": "类别", "code": "代码", "aliases": "别名", "assessed": "列入考评",
        "left_out": "本年度不考评", "tile": "示意图位置",
    },
    Task: {
        "section": "部分", "goal": "工作目标", "work": "工作任务", "requirement": "工作要求", "time_limit": "完成时限一栏",
        "columns": "评分标准", "evidence": "查验方法", "treatment": "处理方式",
        "deadline": "时限", "departments": "责任部门",
    },
    Clause: {
        "task": "所属任务", "title": "名称", "deadline": "完成时限", "on_time": "写明“未按时”", "words": "其他写法",
        "all_of": "须含的词", "none_of": "不得含的词", "continues": "接续的条款",
    },
    Term: {
        "traits": "评分办法", "points": "分值", "quote": "原文", "units": "适用单位", "of": "应有个数", "cap": "加分上限",
        "asked_after": "先看的条款", "joint_cap": "合计扣分上限", "compared_with": "对照的条款",
    },
    ProjectClass: {
        "project_type": "项目类型", "names": "写法", "external_line": "是否有外线", "limit": "时限（工作日）", "quote": "原文",
    },
    PolicyRule: {"title": "名称", "default": "默认读法", "quote": "原文", "question": "疑点"},
    Reading: {"title": "名称", "meaning": "含义"},
}  # fmt: skip
SAYINGS: tuple[tuple[type, Callable[[Any], str]], ...] = (  # Any: each is handed its own type; bool is an int too
    (bool, lambda value: "是" if value else "否"),
    (int, str),
    (date, day_name),
    (Decimal, number),
    (Treatment, WORDS.__getitem__),
    (MethodTraits, lambda traits: traits.title),
)
SHOWN_TEXT = 40
T = TypeVar("T")
Titles = Mapping[str, str]  # the name of a kind of unit -> what it is called
NO_TITLES: Titles = {}


def differences(before: Rulebook, after: Rulebook) -> tuple[str, ...]:
    """Return what differs, one sentence each: the frame, units, tasks, clauses, limits, policies, notes.

    Everything that a rulebook holds is compared, but for its hash; equal rulebooks have no differences.
    """
    names = renamed(before, after)
    titles = {name: kind.title for name, kind in {**before.kinds, **after.kinds}.items()}
    under_new_names = [replace(clause, code=names.get(clause.code, clause.code)) for clause in before.clauses]
    return (
        *_frame(before.assessment, after.assessment),
        *_listed("类别", tuple(before.kinds.values()), tuple(after.kinds.values()), lambda k: k.title, _plain),
        *_listed("考评对象", before.units, after.units, lambda u: u.name, _plain),
        *_listed("任务", before.tasks, after.tasks, lambda t: str(t.no), partial(_fields, titles=titles)),
        *(f"条款{old}改称{new}" for old, new in names.items()),
        *_listed(
            "条款",
            under_new_names,
            after.clauses,
            lambda c: c.code,
            partial(_clause, titles),
            novelty=partial(_novelty, titles),
        ),
        *_listed("项目类型", before.project_classes, after.project_classes, lambda c: c.name, _plain),
        *_listed("口径", before.policies, after.policies, lambda p: p.name, _policy, _titled),
        *_notes(before.notes, after.notes),
    )


def renamed(before: Rulebook, after: Rulebook) -> dict[str, str]:
    """Return old code -> new code of the clauses that have another code and are the same in all else."""
    gone = [clause for clause in before.clauses if clause.code not in after.clause]
    come = [clause for clause in after.clauses if clause.code not in before.clause]
    twins = [
        (old.code, new.code)
        for old in gone
        for new in come
        if replace(old, code=new.code, continues=new.continues) == new
    ]
    return {old: new for old, new in twins if [o for o, _ in twins].count(old) == [n for _, n in twins].count(new) == 1}


def _frame(before: Assessment, after: Assessment) -> Iterator[str]:
    yield from _fields("考评：", before, after)
    for quarter in sorted({*before.cut_offs, *after.cut_offs}):
        old, new = before.cut_offs.get(quarter), after.cut_offs.get(quarter)
        if old != new:
            yield f"考评：{quarter_name(quarter)}台账截止日由{_say(old)}改为{_say(new)}"


def _listed(
    what: str,
    before: Sequence[T],
    after: Sequence[T],
    name: Callable[[T], str],
    differ: Callable[[str, T, T], Iterator[str]],
    title: Callable[[T], str] | None = None,
    novelty: Callable[[T], str] = lambda _: "",
) -> Iterator[str]:
    """Compare two lists by name: what is new, what is gone, what differs, and the order. ``title`` is what to call one."""
    called = title or name
    old, new = {name(item): item for item in before}, {name(item): item for item in after}
    yield from (f"取消{what}{called(item)}" for key, item in old.items() if key not in new)
    yield from (f"新增{what}{called(item)}{novelty(item)}" for key, item in new.items() if key not in old)
    for key, item in old.items():
        if key in new:
            yield from differ(f"{what}{called(item)}：", item, new[key])
    if [key for key in old if key in new] != [key for key in new if key in old]:
        yield f"{what}的顺序改变"


def _novelty(titles: Titles, item: Clause) -> str:
    terms = "，".join(titles.get(term.kind, term.kind) + _points(term.points) for term in item.terms)
    return f"（{item.title}，{'没有时限' if item.deadline is None else day_name(item.deadline) + '到期'}，{terms}）"


def _plain(where: str, before: object, after: object) -> Iterator[str]:
    yield from _fields(where, before, after)


def _fields(where: str, before: object, after: object, titles: Titles = NO_TITLES) -> Iterator[str]:
    """Compare the labelled fields of two values of one class; what is told by kind of unit is compared kind by kind."""
    for field, label in LABELS[type(before)].items():
        old, new = getattr(before, field), getattr(after, field)
        if isinstance(old, Mapping):
            yield from (
                f"{where}对{titles.get(kind, kind)}的{label}由{_say(old.get(kind))}改为{_say(new.get(kind))}"
                for kind in {**old, **new}
                if old.get(kind) != new.get(kind)
            )
        elif old != new:
            yield f"{where}{label}由{_say(old)}改为{_say(new)}"


def _clause(titles: Titles, where: str, before: Clause, after: Clause) -> Iterator[str]:
    yield from _fields(where, before, after)
    old, new = _terms(before), _terms(after)
    yield from (f"{where}对{titles.get(term.kind, term.kind)}不再计分" for key, term in old.items() if key not in new)
    yield from (
        f"{where}新增对{titles.get(t.kind, t.kind)}计分，{_points(t.points)}"
        for key, t in new.items()
        if key not in old
    )
    for key, term in old.items():
        if key in new:
            yield from _term(where, titles.get(term.kind, term.kind), term, new[key])
    if [key for key in old if key in new] != [key for key in new if key in old]:
        yield f"{where}计分对象的顺序改变"


def _terms(clause: Clause) -> dict[tuple[str, int], Term]:
    """Look the terms of a clause up by kind and place within it."""
    numbered: dict[tuple[str, int], Term] = {}
    for term in clause.terms:
        place = sum(kind == term.kind for kind, _ in numbered)
        numbered[term.kind, place] = term
    return numbered


def _term(where: str, name: str, before: Term, after: Term) -> Iterator[str]:
    if before.points != after.points:
        yield f"{where}对{name}由{_points(before.points)}改为{_points(after.points)}"
    for field, label in LABELS[Term].items():
        old, new = getattr(before, field), getattr(after, field)
        if old != new and field not in ("points", "units"):
            yield f"{where}对{name}的{label}由{_say(old)}改为{_say(new)}"
    gone = [unit for unit in before.units if unit not in after.units]
    come = [unit for unit in after.units if unit not in before.units]
    if gone:
        yield f"{where}不再对{'、'.join(gone)}计分"
    if come:
        yield f"{where}新增对{'、'.join(come)}计分"
    if before.units != after.units and not gone and not come:
        yield f"{where}适用单位的顺序改变"


def _points(points: Decimal) -> str:
    return f"{'加' if points > 0 else '扣'}{number(abs(points))}分"


def _policy(where: str, before: PolicyRule, after: PolicyRule) -> Iterator[str]:
    titles = {reading.name: reading.title for reading in (*before.readings, *after.readings)}
    for sentence in _fields(where, before, after):
        for name, title in titles.items():
            sentence = sentence.replace(f"“{name}”", f"“{title}”")  # noqa: PLW2901 - the reader knows titles, not names
        yield sentence
    yield from _listed(f"{where}读法", before.readings, after.readings, lambda reading: reading.name, _plain, _titled)


def _titled(item: PolicyRule | Reading) -> str:
    return f"“{item.title}”"


def _notes(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    yield from (f"取消说明“{_short(note)}”" for note in before if note not in after)
    yield from (f"新增说明“{_short(note)}”" for note in after if note not in before)
    if before != after and sorted(before) == sorted(after):
        yield "说明的顺序改变"


def _say(value: object) -> str:
    """Say a value of the rules."""
    if value is None or value in ("", ()):
        return "无"
    if isinstance(value, tuple):
        return "、".join(str(part) for part in value)
    told = next((say(value) for kind, say in SAYINGS if isinstance(value, kind)), None)
    return f"“{_short(str(value))}”" if told is None else told


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHOWN_TEXT else text[: SHOWN_TEXT - 1] + "…"

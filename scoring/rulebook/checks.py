"""What must hold between the parts of a rule file. Each check adds its mistakes; none stops the others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable
from datetime import date
from typing import get_args, get_type_hints

from scoring.model.policy import BEFORE_NAMED, Policy
from scoring.model.rules import Clause, Rulebook, Term, Treatment, UnitKind
from scoring.rulebook.toml_table import Mistake

# a clause of another year: 2023:4A
CONTINUES = re.compile(r"([0-9]{4}):([0-9]+[A-Z])")


def check_rulebook(rulebook: Rulebook, mistakes: list[Mistake]) -> None:
    """Add every contradiction between units, tasks, clauses and policies to ``mistakes``."""
    if not rulebook.kinds:
        mistakes.append(Mistake("kind", "没有写考评对象的类别"))
        return
    mistakes += _frame(rulebook)
    mistakes += _names(rulebook)
    mistakes += _tasks(rulebook)
    for number, clause in enumerate(rulebook.clauses):
        mistakes += _clause(rulebook, clause, f"clause[{number}]")
    mistakes += _continued(rulebook)
    mistakes += _classes(rulebook)
    mistakes += _policies(rulebook)


def _repeated(values: Iterable[Hashable]) -> list[Hashable]:
    return [value for value, count in Counter(values).items() if count > 1 and value]


def _frame(rulebook: Rulebook) -> list[Mistake]:
    assessment = rulebook.assessment
    mistakes: list[Mistake] = []
    days = [assessment.cut_offs[quarter] for quarter in sorted(assessment.cut_offs)]
    if date.min in (assessment.closes, *days):
        return mistakes  # a day is missing, which is said already
    if days != sorted(set(days)):
        mistakes.append(Mistake("assessment.cut_offs", "各季度的截止日应一个比一个晚"))
    if any(quarter not in assessment.cut_offs for quarter in assessment.due_quarters) or not assessment.due_quarters:
        mistakes.append(Mistake("assessment.due_quarters", "应是 1 至 4 之间的季度"))
    if assessment.closes < days[-1]:
        mistakes.append(
            Mistake("assessment.closes", f"是 {assessment.closes}，不应早于最后一个季度的截止日 {days[-1]}")
        )
    return mistakes


def _names(rulebook: Rulebook) -> list[Mistake]:
    mistakes = [Mistake("kind", f"“{kind.column}”一栏写给了两个类别") for kind in _sharing_a_column(rulebook)]
    mistakes += [
        Mistake("kind", f"简称“{noun}”写给了两个类别") for noun in _repeated(k.noun for k in rulebook.kinds.values())
    ]
    mistakes += [Mistake("unit", f"名称“{name}”写了两次") for name in _repeated(unit.name for unit in rulebook.units)]
    spellings = [text for unit in rulebook.units for text in {unit.name, unit.short, *unit.aliases}]
    mistakes += [Mistake("unit", f"“{name}”指向两个考评对象") for name in _repeated(spellings)]
    mistakes += [Mistake("task", f"任务 {no} 写了两次") for no in _repeated(task.no for task in rulebook.tasks)]
    mistakes += [Mistake("clause", f"条款 {code} 写了两次") for code in _repeated(c.code for c in rulebook.clauses)]
    return mistakes


def _sharing_a_column(rulebook: Rulebook) -> list[UnitKind]:
    columns = Counter(kind.column for kind in rulebook.kinds.values())
    return [kind for kind in rulebook.kinds.values() if columns[kind.column] > 1]


def _tasks(rulebook: Rulebook) -> list[Mistake]:
    mistakes, departments = [], {unit.name for unit in rulebook.units if rulebook.kind_of(unit.name).by_task}
    judged = {clause.task for clause in rulebook.clauses}
    for number, task in enumerate(rulebook.tasks):
        path = f"task[{number}]"
        if (task.no in judged) != (task.treatment is Treatment.SCORED):
            mistakes.append(
                Mistake(f"{path}.treatment", f"任务 {task.no} 写的是 {task.treatment}，与它有无评分条款不符")
            )
        for name in task.departments:
            if name not in departments:
                mistakes.append(Mistake(f"{path}.departments", f"考评对象里没有部门“{name}”"))
            elif name not in task.columns[rulebook.unit[name].kind]:
                mistakes.append(Mistake(f"{path}.departments", f"市级责任部门一栏没有写“{name}”"))
    return mistakes


def _clause(rulebook: Rulebook, clause: Clause, path: str) -> list[Mistake]:
    mistakes: list[Mistake] = []
    # a code is its task and a letter: 4A
    if not re.fullmatch(rf"{clause.task}[A-Z]", clause.code):
        mistakes.append(Mistake(f"{path}.code", f"编号“{clause.code}”应是任务序号加一个大写字母"))
    if clause.task not in rulebook.task:
        mistakes.append(Mistake(f"{path}.task", f"没有任务 {clause.task}"))
    seen: list[str] = []
    for number, term in enumerate(clause.terms):
        mistakes += _term(rulebook, clause, term, f"{path}.term[{number}]")
        seen += term.units
    mistakes += [Mistake(f"{path}.term", f"对“{name}”写了两次") for name in _repeated(seen)]
    return mistakes


def _continued(rulebook: Rulebook) -> list[Mistake]:
    """Hold what clauses continue against its form; whether the other year has the clause is told with both files."""
    mistakes, year = [], rulebook.assessment.year
    twice = _repeated(clause.continues for clause in rulebook.clauses)
    for number, clause in enumerate(rulebook.clauses):
        path, continues = f"clause[{number}].continues", clause.continues
        if not continues:
            continue
        form = CONTINUES.fullmatch(continues)
        if form is None:
            mistakes.append(Mistake(path, f"“{continues}”应写成年度、冒号、条款，如“{year - 1}:4A”"))
        elif int(form[1]) >= year:
            mistakes.append(Mistake(path, f"“{continues}”应是 {year} 年以前的年度"))
        elif continues in twice:
            mistakes.append(Mistake(path, f"“{continues}”有两个条款接续"))
    return mistakes


def _term(rulebook: Rulebook, clause: Clause, term: Term, path: str) -> list[Mistake]:
    mistakes, task = [], rulebook.task.get(clause.task)
    column = "" if task is None else task.columns[term.kind]
    if task is not None and term.quote and term.quote not in column:
        mistakes.append(Mistake(f"{path}.quote", f"任务 {clause.task} 的评分标准里没有“{term.quote}”这句话"))
    bonus = term.traits.is_bonus
    if (term.points > 0) != bonus or not term.points:
        mistakes.append(Mistake(f"{path}.points", "加分项应大于 0，扣分项应小于 0"))
    if (clause.deadline is None) != bonus:
        mistakes.append(Mistake(f"{path}.method", "扣分条款要有完成时限，加分条款没有完成时限"))
    if rulebook.kinds[term.kind].by_task and task is not None:
        mistakes += [
            Mistake(f"{path}.units", f"任务 {task.no} 的市级责任部门没有“{name}”")
            for name in term.units
            if name not in task.departments
        ]
    if term.asked_after and term.joint_cap is None:
        mistakes.append(Mistake(f"{path}.joint_cap", "与另一条款合并考核，要写明合计至多扣几分"))
    for field, lacking in term.traits.needs:
        if getattr(term, field) is None:
            mistakes.append(Mistake(f"{path}.{field}", lacking))
    for key in ("asked_after", "compared_with"):
        if (other := getattr(term, key)) and other not in rulebook.clause:
            mistakes.append(Mistake(f"{path}.{key}", f"没有条款 {other}"))
    return mistakes


def _classes(rulebook: Rulebook) -> list[Mistake]:
    lines = {True: "有外线", False: "无外线", None: ""}
    types = [f"“{c.project_type}”{lines[c.external_line]}" for c in rulebook.project_classes]
    mistakes = [Mistake("project_class", f"{one}写了两次") for one in _repeated(types)]
    for number, project_class in enumerate(rulebook.project_classes):
        if not any(project_class.quote in task.work for task in rulebook.tasks):
            mistakes.append(Mistake(f"project_class[{number}].quote", f"工作任务里没有“{project_class.quote}”这句话"))
    return mistakes


def _policies(rulebook: Rulebook) -> list[Mistake]:
    expected = {name: get_args(hint) for name, hint in get_type_hints(Policy).items()}
    mistakes = [
        Mistake("policy", f"缺少口径 {name}")
        for name in expected
        if name not in {p.name for p in rulebook.policies} | BEFORE_NAMED.keys()  # rules kept from before stay readable
    ]
    text = "\n".join([*rulebook.notes, *("\n".join((t.requirement, *t.columns.values())) for t in rulebook.tasks)])
    for policy in rulebook.policies:
        path = f"policy.{policy.name}"
        if policy.name not in expected:
            mistakes.append(Mistake(path, "程序不认识这项口径"))
            continue
        names = tuple(reading.name for reading in policy.readings)
        if sorted(names) != sorted(expected[policy.name]):
            mistakes.append(Mistake(f"{path}.reading", f"应恰好有 {'、'.join(expected[policy.name])}"))
        if policy.default not in names:
            mistakes.append(Mistake(f"{path}.default", f"“{policy.default}”不是其中一种读法"))
        if policy.quote not in text:
            mistakes.append(Mistake(f"{path}.quote", f"原文里没有“{policy.quote}”这句话"))
    return mistakes

"""What is said of a single change in each field of the rules, word for word, on a rulebook of one of everything."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from scoring.methods import METHODS
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
from scoring.rulebook.difference import differences
from tests.analysis.test_rule_changes import variants

ONE = Decimal(1)
TOLD = """
assessment.title  考评：名称由“考评”改为“考评改”
assessment.year  考评：年度由2023改为2024
assessment.closes  考评：截止日由2024年1月31日改为2024年2月1日
assessment.cut_offs  考评：第一季度台账截止日由2023年3月10日改为2023年3月11日；考评：第二季度台账截止日由2023年6月10日改为2023年6月11日
assessment.due_quarters  考评：按季度条款的应报季度由2改为无
assessment.score_cap  考评：总分上限由100改为101
assessment.due_soon_days  考评：临近的天数由30改为31
assessment.receipt_days  考评：报送日期早于收到日期的天数由7改为8
kinds[county].name  类别各县：代号由“county”改为“county改”
kinds[county].title  取消类别各县；新增类别各县改
kinds[county].noun  类别各县：简称由“县”改为“县改”
kinds[county].base  类别各县：基础分由96改为97
kinds[county].column  类别各县：表中的栏由“county”改为“county改”
kinds[county].by_task  类别各县：按任务点名由否改为是
kinds[county].responsibility  类别各县：每项具体负责任务加分由0.2改为1.2
kinds[county].case_cap  类别各县：案例分上限由4改为5
kinds[county].listed  类别各县：红黑榜各列几名由3改为4
units[0].name  取消考评对象甲县；新增考评对象甲县改
units[0].short  考评对象甲县：简称由“甲”改为“甲改”
units[0].kind  考评对象甲县：类别由“county”改为“county改”
units[0].code  考评对象甲县：代码由“530101”改为“530101改”
units[0].aliases  考评对象甲县：别名由甲改为无
units[0].assessed  考评对象甲县：列入考评由是改为否
units[0].left_out  考评对象甲县：本年度不考评由否改为是
units[0].tile  考评对象甲县：示意图位置由1、2改为1
units[-1]  取消考评对象甲县
tasks[0].no  取消任务1；新增任务2
tasks[0].section  任务1：部分由“一”改为“一改”
tasks[0].goal  任务1：工作目标由“目标”改为“目标改”
tasks[0].work  任务1：工作任务由“任务”改为“任务改”
tasks[0].requirement  任务1：工作要求由“要求”改为“要求改”
tasks[0].time_limit  任务1：完成时限一栏由“6月底”改为“6月底改”
tasks[0].columns  任务1：对各县的评分标准由“缺一个扣1分”改为“缺一个扣1分改”
tasks[0].evidence  任务1：查验方法由“照片”改为“照片改”
tasks[0].treatment  任务1：处理方式由计分改为日常掌握
tasks[0].deadline  任务1：时限由2023年6月30日改为2023年7月1日
tasks[0].departments  任务1：责任部门由乙局改为无
tasks[-1]  取消任务1
clauses[0].code  条款1A改称1A改
clauses[0].task  条款1A：所属任务由1改为2
clauses[0].title  条款1A：名称由“办指南”改为“办指南改”
clauses[0].deadline  条款1A：完成时限由2023年6月30日改为2023年7月1日
clauses[0].on_time  条款1A：写明“未按时”由否改为是
clauses[0].words  条款1A：其他写法由指南改为无
clauses[0].terms[0].kind  条款1A：对各县不再计分；条款1A：新增对county改计分，扣1分
clauses[0].terms[0].points  条款1A：对各县由扣1分改为扣0分
clauses[0].terms[0].quote  条款1A：对各县的原文由“缺一个扣1分”改为“缺一个扣1分改”
clauses[0].terms[0].units  条款1A：不再对甲县计分
clauses[0].terms[0].of  条款1A：对各县的应有个数由3改为4
clauses[0].terms[0].cap  条款1A：对各县的加分上限由无改为“新”
clauses[0].terms[0].asked_after  条款1A：对各县的先看的条款由“2A”改为“2A改”
clauses[0].terms[0].joint_cap  条款1A：对各县的合计扣分上限由1改为2
clauses[0].terms[0].compared_with  条款1A：对各县的对照的条款由无改为“新”
clauses[0].terms[-1]  条款1A：对各县不再计分
clauses[0].all_of  条款1A：须含的词由公布改为无
clauses[0].none_of  条款1A：不得含的词由计划改为无
clauses[0].continues  条款1A：接续的条款由无改为“改”
clauses[1].code  条款2A改称2A改
clauses[1].task  条款2A：所属任务由1改为2
clauses[1].title  条款2A：名称由“办文件”改为“办文件改”
clauses[1].deadline  条款2A：完成时限由2023年6月30日改为2023年7月1日
clauses[1].on_time  条款2A：写明“未按时”由否改为是
clauses[1].words  条款2A：其他写法由无改为新
clauses[1].terms[0].kind  条款2A：对各县不再计分；条款2A：新增对county改计分，扣1分
clauses[1].terms[0].points  条款2A：对各县由扣1分改为扣0分
clauses[1].terms[0].quote  条款2A：对各县的原文由“缺一个扣1分”改为“缺一个扣1分改”
clauses[1].terms[0].units  条款2A：不再对甲县计分
clauses[1].terms[0].of  条款2A：对各县的应有个数由无改为“新”
clauses[1].terms[0].cap  条款2A：对各县的加分上限由无改为“新”
clauses[1].terms[0].asked_after  条款2A：对各县的先看的条款由无改为“新”
clauses[1].terms[0].joint_cap  条款2A：对各县的合计扣分上限由无改为“新”
clauses[1].terms[0].compared_with  条款2A：对各县的对照的条款由无改为“新”
clauses[1].terms[-1]  条款2A：对各县不再计分
clauses[1].all_of  条款2A：须含的词由无改为新
clauses[1].none_of  条款2A：不得含的词由无改为新
clauses[1].continues  条款2A：接续的条款由无改为“改”
clauses[-1]  取消条款2A
clauses reversed  条款的顺序改变
project_classes[0].name  取消项目类型一般（无外线）；新增项目类型一般（无外线）改
project_classes[0].project_type  项目类型一般（无外线）：项目类型由“一般”改为“一般改”
project_classes[0].names  项目类型一般（无外线）：写法由一般改为无
project_classes[0].external_line  项目类型一般（无外线）：是否有外线由否改为是
project_classes[0].limit  项目类型一般（无外线）：时限（工作日）由3改为4
project_classes[0].quote  项目类型一般（无外线）：原文由“三天办结”改为“三天办结改”
project_classes[-1]  取消项目类型一般（无外线）
policies[0].name  取消口径“逾期”；新增口径“逾期”
policies[0].title  口径“逾期”：名称由“逾期”改为“逾期改”
policies[0].default  口径“逾期”：默认读法由“照扣”改为“strict改”
policies[0].readings[0].name  取消口径“逾期”：读法“照扣”；新增口径“逾期”：读法“照扣”
policies[0].readings[0].title  口径“逾期”：读法“照扣”：名称由“照扣”改为“照扣改”
policies[0].readings[0].meaning  口径“逾期”：读法“照扣”：含义由“一律扣”改为“一律扣改”
policies[0].readings[-1]  取消口径“逾期”：读法“照扣”
policies[0].quote  口径“逾期”：原文由“未按时”改为“未按时改”
policies[0].question  口径“逾期”：疑点由“晚了怎么办？”改为“晚了怎么办？改”
policies[-1]  取消口径“逾期”
notes  取消说明“说明二”
"""


def small() -> Rulebook:
    term = Term("county", METHODS["shortfall"].traits, -ONE, "缺一个扣1分", ("甲县",), 3, None, "2A", ONE, None)
    other = replace(term, traits=METHODS["milestone"].traits, asked_after=None, joint_cap=None, of=None)
    task = Task(
        1,
        "一",
        "目标",
        "任务",
        "要求",
        "6月底",
        {"county": "缺一个扣1分"},
        "照片",
        Treatment.SCORED,
        date(2023, 6, 30),
        ("乙局",),
    )
    return Rulebook(
        Assessment(
            "考评", 2023, date(2024, 1, 31), {1: date(2023, 3, 10), 2: date(2023, 6, 10)}, (2,), ONE * 100, 30, 7
        ),
        {"county": UnitKind("county", "各县", "县", ONE * 96, "county", False, Decimal("0.2"), ONE * 4, 3)},
        (Unit("甲县", "甲", "county", "530101", ("甲",), True, False, (1, 2)),),
        (task,),
        (
            Clause("1A", 1, "办指南", date(2023, 6, 30), False, ("指南",), (term,), ("公布",), ("计划",), ""),
            Clause("2A", 1, "办文件", date(2023, 6, 30), False, (), (other,), (), (), ""),
        ),
        (ProjectClass("一般（无外线）", "一般", ("一般",), False, ONE * 3, "三天办结"),),
        (PolicyRule("late", "逾期", "strict", (Reading("strict", "照扣", "一律扣"),), "未按时", "晚了怎么办？"),),
        ("说明一", "说明二"),
        "0" * 64,
    )  # fmt: skip


def told(rulebook: Rulebook) -> str:
    """One line for each single change: what is changed, and all that is said of it."""
    lines = [f"{path}  {'；'.join(differences(rulebook, changed))}" for path, changed in variants(rulebook)]
    return "\n".join(dict.fromkeys(line for line in lines if ".traits" not in line))


def test_each_change_is_said_in_these_words() -> None:
    assert told(small()) == TOLD.strip()


def clause(rulebook: Rulebook, place: int = 0, **changes: object) -> Rulebook:
    made = replace(rulebook.clauses[place], **changes)  # type: ignore[arg-type]
    return replace(rulebook, clauses=(*rulebook.clauses[:place], made, *rulebook.clauses[place + 1 :]))


def term(rulebook: Rulebook, **changes: object) -> Rulebook:
    return clause(rulebook, terms=(replace(rulebook.clauses[0].terms[0], **changes),))  # type: ignore[arg-type]


SMALL = small()
FIRST, SECOND = SMALL.clauses
TERM = FIRST.terms[0]
OF_ANOTHER = replace(TERM, kind="department", points=ONE / 2, units=("乙局",))
LONG = "很长" * 30
CHANGES = {
    "a term more": (SMALL, clause(SMALL, terms=(TERM, OF_ANOTHER)), ["条款1A：新增对department计分，加0.5分"]),
    "a term less": (clause(SMALL, terms=(TERM, OF_ANOTHER)), SMALL, ["条款1A：对department不再计分"]),
    "a second term of a kind": (SMALL, clause(SMALL, terms=(TERM, TERM)), ["条款1A：新增对各县计分，扣1分"]),
    "terms in another order": (
        clause(SMALL, terms=(TERM, OF_ANOTHER)), clause(SMALL, terms=(OF_ANOTHER, TERM)), ["条款1A：计分对象的顺序改变"],
    ),
    "a term more in front": (SMALL, clause(SMALL, terms=(OF_ANOTHER, TERM)), ["条款1A：新增对department计分，加0.5分"]),
    "a unit more": (SMALL, term(SMALL, units=("甲县", "丙县", "丁县")), ["条款1A：新增对丙县、丁县计分"]),
    "a unit for another": (SMALL, term(SMALL, units=("丙县",)), ["条款1A：不再对甲县计分", "条款1A：新增对丙县计分"]),
    "units in another order": (
        term(SMALL, units=("甲县", "丙县")), term(SMALL, units=("丙县", "甲县")), ["条款1A：适用单位的顺序改变"],
    ),
    "another method": (
        SMALL, term(SMALL, traits=METHODS["milestone"].traits),
        [f"条款1A：对各县的评分办法由{METHODS['shortfall'].traits.title}改为{METHODS['milestone'].traits.title}"],
    ),
    "another code": (SMALL, clause(SMALL, code="1B"), ["条款1A改称1B"]),
    "another code and sentence": (
        SMALL, clause(SMALL, code="1B", title="办事"), ["取消条款1A", "新增条款1B（办事，2023年6月30日到期，各县扣1分）"],
    ),
    "a new clause without a day": (
        SMALL, replace(SMALL, clauses=(FIRST, SECOND, replace(FIRST, code="3A", title="新", deadline=None, terms=(TERM, OF_ANOTHER)))),
        ["新增条款3A（新，没有时限，各县扣1分，department加0.5分）"],
    ),
    "two twins of one clause": (
        replace(SMALL, clauses=(FIRST,)), replace(SMALL, clauses=(replace(FIRST, code="1B"), replace(FIRST, code="1C"))),
        ["取消条款1A", "新增条款1B（办指南，2023年6月30日到期，各县扣1分）", "新增条款1C（办指南，2023年6月30日到期，各县扣1分）"],
    ),
    "two of one twin": (
        replace(SMALL, clauses=(FIRST, replace(FIRST, code="1C"))), replace(SMALL, clauses=(replace(FIRST, code="1B"),)),
        ["取消条款1A", "取消条款1C", "新增条款1B（办指南，2023年6月30日到期，各县扣1分）"],
    ),
    "clauses in another order": (SMALL, replace(SMALL, clauses=(SECOND, FIRST)), ["条款的顺序改变"]),
    "a clause in front": (replace(SMALL, clauses=(SECOND,)), SMALL, ["新增条款1A（办指南，2023年6月30日到期，各县扣1分）"]),
    "a clause gone in front": (SMALL, replace(SMALL, clauses=(SECOND,)), ["取消条款1A"]),
    "a note for another": (SMALL, replace(SMALL, notes=("说明一", "说明三")), ["取消说明“说明二”", "新增说明“说明三”"]),
    "notes in another order": (SMALL, replace(SMALL, notes=("说明二", "说明一")), ["说明的顺序改变"]),
    "a long note": (SMALL, replace(SMALL, notes=(*SMALL.notes, LONG)), [f"新增说明“{LONG[:39]}…”"]),
    "a note of the most that is shown": (SMALL, replace(SMALL, notes=(*SMALL.notes, LONG[:40])), [f"新增说明“{LONG[:40]}”"]),
    "a note in two lines": (SMALL, replace(SMALL, notes=(*SMALL.notes, "一\n 二")), ["新增说明“一 二”"]),
    "a quarter more": (
        SMALL, replace(SMALL, assessment=replace(SMALL.assessment, cut_offs={**SMALL.assessment.cut_offs, 3: date(2023, 9, 10)})),
        ["考评：第三季度台账截止日由无改为2023年9月10日"],
    ),
    "a quarter less": (
        SMALL, replace(SMALL, assessment=replace(SMALL.assessment, cut_offs={1: date(2023, 3, 10)})),
        ["考评：第二季度台账截止日由2023年6月10日改为无"],
    ),
    "a column more": (
        SMALL, replace(SMALL, tasks=(replace(SMALL.tasks[0], columns={**SMALL.tasks[0].columns, "department": "无"}),)),
        ["任务1：对department的评分标准由无改为“无”"],
    ),
    "a reading more": (
        SMALL, replace(SMALL, policies=(replace(SMALL.policies[0], default="mild", readings=(
            *SMALL.policies[0].readings, Reading("mild", "不扣", "不扣分"))),)),
        ["口径“逾期”：默认读法由“照扣”改为“不扣”", "新增口径“逾期”：读法“不扣”"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_what_comes_goes_or_moves_is_said_in_these_words(name: str) -> None:
    before, after, says = CHANGES[name]
    assert list(differences(before, after)) == says

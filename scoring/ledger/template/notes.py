"""What the sheet 填报说明 of the blank ledger says: for the people who fill it in."""

from __future__ import annotations

from scoring.model.rules import Clause, Rulebook, Term
from scoring.model.traits import ReadFrom
from scoring.words.phrasing import day_name, number, quarter_name

Note = tuple[str, str]


def filling_notes(rulebook: Rulebook, unit: str, quarter: int) -> tuple[tuple[str, tuple[Note, ...]], ...]:
    """Return heading -> (subject, what to do), in the order in which a clerk needs them.

    No note reads like a label with its value (字段后跟冒号): the sheet must never be taken for data.
    """
    parts = [("怎样报送", _sending(rulebook, quarter)), ("“工作落实”怎样填", _statements(rulebook, unit))]
    parts.append(("“工作案例”和“政策宣传”怎样填", _cases(rulebook, earns=rulebook.reads(unit, ReadFrom.CASES))))
    if rulebook.reads(unit, ReadFrom.ROSTER):
        parts.append(("“企业全量名单”怎样填", _roster(rulebook)))
    parts.append(("“激励加分”怎样填", _incentives()))
    return tuple(parts)


def _sending(rulebook: Rulebook, quarter: int) -> tuple[Note, ...]:
    cut_off = day_name(rulebook.assessment.cut_offs[quarter])
    return (
        ("什么时候报", f"{quarter_name(quarter)}台账在{cut_off}前报送，当天算按时；之后报送的标注迟报。"),
        ("先填哪里", "“工作落实”右上方浅黄色的一格填报送当天的日期，各表只填这一处。"),
        ("填哪些格", "灰底的格已经填好，不用改；白底的格由本单位填写。没有内容的行空着即可。"),
        ("报错了怎么办", "改好后整本重新报送，以后报的为准；先前报的会留档。"),
        ("不要做的事", "不要改表头和编号，不要在格子里插批注、画删除线，不要隐藏行，数字和日期不要用公式。"),
    )


def _statements(rulebook: Rulebook, unit: str) -> tuple[Note, ...]:
    notes = [
        ("完成与否", "从下拉列表里选“已完成”或“未完成”。空着等于没有填报；确实不涉及的填“不涉及”，由市级审核认定。"),
        (
            "完成的日期",
            f"写成 {rulebook.assessment.year}-06-30 这样的日期，按实际完成那天填。填“已完成”就要填日期，不能晚于报送日。",
        ),
        (
            "佐证",
            "截图、照片可以直接贴在格子上；随附的文件写清文件名，例如“门户网站公示截图.jpg”；也可以写文号。填“已完成”必须有佐证，写“无”“待补”不算。",
        ),
        ("各季度都填", "每个季度都把所有评分项填一遍，已完成的照填原来的日期；同一评分项以最近一次填报为准。"),
    ]
    asked = (_count_note(clause, term) for clause, term in rulebook.terms_of[unit])
    return (*notes, *(note for note in asked if note))


def _count_note(clause: Clause, term: Term) -> Note | None:
    """Say what the number of a counted clause counts; None where nothing need be said."""
    said = term.traits.number_note.format(of=term.of)
    return (f"{clause.code} {clause.title}", said) if said else None


def _cases(rulebook: Rulebook, *, earns: bool) -> tuple[Note, ...]:
    tasks = [
        clause.task for clause in rulebook.clauses for term in clause.terms if term.traits.read_from is ReadFrom.CASES
    ]
    task_numbers = "、".join(f"第{no}项" for no in tasks)
    points = next((t.points for c in rulebook.clauses for t in c.terms if t.traits.read_from is ReadFrom.CASES), None)
    notes = [("政策宣传", "一条宣传一行，级别从下拉列表里选，写明发布媒体和链接。")]
    if earns and points is not None:
        notes.insert(
            0,
            (
                "案例加分",
                f"{task_numbers}任务的案例各加{number(points)}分，每项只计一次，要有佐证；其他任务的案例可以申报激励加分。",
            ),
        )
    return (("工作案例", "一个案例一行，任务序号填 1 至 30 的数字。"), *notes)


def _roster(rulebook: Rulebook) -> tuple[Note, ...]:
    limits = "；".join(f"{kind.name} {number(kind.limit)} 个工作日" for kind in rulebook.project_classes)
    return (
        ("累计填报", "每季度累计上一季度数据：前几个季度报过的企业照样保留在名单里，再往下添。"),
        ("类型和外线", "都从下拉列表里选；一般项目要注明有没有外线工程，两类的时限不同。"),
        ("两个日期", "受理和通水都填年月日。还没有通水的，通水那一格空着。"),
        ("办理时长", f"由系统按法定工作日计算，当天办结算 0。中位数的要求是：{limits}。"),
        ("扣除的天数", "因用户原因暂停的工作日数，没有就空着。"),
        ("不要填的内容", "不要添联系人、电话等个人信息。"),
    )


def _incentives() -> tuple[Note, ...]:
    return (
        ("申报", "按市营商办考核办法申报，一个事项一行，写清依据文件和文号。没有申报的空着。"),
        ("认定", "认定分值由市级填写，县（市）区和部门不填；没有认定的暂不计分。"),
    )

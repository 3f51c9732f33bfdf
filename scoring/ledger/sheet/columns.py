"""The kinds of sheet and the names of their columns, as ledger-format 2 lists them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from scoring.words.statuses import fold

UNIT, QUARTER, SUBMITTED = "unit", "quarter", "submitted"
SHARED: Mapping[str, str] = {
    UNIT: "填报单位 单位 县区 县(市)区 县(市、区) 县市区 责任部门 报送单位",
    QUARTER: "季度 报送季度 所属季度",
    SUBMITTED: "报送日期 填报日期 填报时间 上报时间",
}


@dataclass(frozen=True)
class SheetKind:
    """One kind of sheet: its names, its columns (canonical name first), and which of them tell it from any other list.

    ``telling`` are column names that an everyday list does not have; a sheet with a strange name needs one of them, or
    all of the columns ``together`` (each with its alternatives), whatever they are called.
    ``needed`` are the columns without which no row can be read, each with its alternatives.
    ``anchor`` are the columns by which a row is seen to be data; ``dated`` True: the anchor is a day, which no sum or
    note has. ``alone`` are the columns of which a single filled cell still makes a row; else it is a group's name.
    ``parts`` are words by which a column is known inside a longer name (本季度完成情况).
    """

    name: str
    names: tuple[str, ...]
    columns: Mapping[str, str]
    telling: frozenset[str]
    together: tuple[tuple[str, ...], ...]
    needed: tuple[tuple[str, ...], ...]
    anchor: tuple[str, ...]
    alone: tuple[str, ...]
    dated: bool = False
    parts: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    field_of: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        """Index the columns by each of their names; a kind's own column goes before a shared one."""
        index = {name: key for key, names in SHARED.items() for name in names.split()}
        index |= {name: key for key, names in self.columns.items() for name in names.split()}
        object.__setattr__(self, "field_of", index)

    def title(self, column: str) -> str:
        """Return a column's canonical name."""
        return ({**SHARED, **self.columns})[column].split()[0]


# a longer name speaks of something else, a plan, a demand, another time, a number of pages: 计划完成日期, 佐证页数
OTHER_THAN_ASKED = re.compile(
    "计划|(?<![对供相响反适])应|要求|目标|时限|上季度|上一季度|上年|去年|上月|下季度|下一|预计|拟|说明|描述|备注|原因|页数|份数|编号"
)
# a longer name with 佐证 in it that holds no evidence, but a demand, a number or a remark: 佐证材料份数, 未附佐证原因
OTHER_THAN_SHOWN = re.compile(
    "计划|(?<![对供相响反适])应|要求|目标|时限|上季度|上一季度|上年|去年|下季度|备注|原因|页数|份数|数量|是否|有无|[未无待]"
)
# a remark that makes a column one of something else: 完成时间（计划）, 完成情况（上年）
OTHER_REMARK = re.compile(
    r"[(\[【](?:按?计划|预计|预期|应|要求|目标|时限|上季度|上年|去年|上年度)(?:完成|日期|时间|情况)?[)\]】]$"
)
# words above a group of columns that tell of a plan: 计划完成情况, 目标
OTHER_GROUP = re.compile(r"(?:计划|预计|目标|要求|时限|应完成)(?:完成)?(?:情况|安排|时间|日期)?")
# words above a group of columns that tell of another time: 上季度完成情况, 去年
PAST_GROUP = re.compile(r"(?:上季度|上一季度|上年度?|去年|往年|以前年度)(?:完成|落实)?(?:情况)?")
# evidence in a longer column name: 相关佐证及说明, 附件名称, 证明资料清单
EVIDENCE_PART = re.compile("佐证|证明材料|证明资料|附件|台账资料|支撑材料|印证材料")
# what may hold evidence under a name that is not known: 现场照片, 截图, 材料清单
MAY_SHOW = re.compile("证|附件|资料|材料|照片|图片|截图|影像|链接|网址")

WORK = SheetKind(
    "工作落实",
    ("工作落实", "工作台账", "落实情况", "台账"),
    {
        "code": "评分项编号 评分项 编号 条款 条款编号",
        "task": "任务序号 序号 任务编号",
        "goal": "具体目标 目标 任务 重点工作 工作目标",
        "requirement": "评分要求 考核要求 评分标准 工作内容",
        "status": "完成情况 是否完成 落实情况 完成状态 进展情况 进展",
        "done_on": "完成日期 完成时间 办结日期 落实时间",
        "quantity": "数量 次数 个数 部门数",
        "evidence": "佐证材料 佐证 证明材料 附件 台账资料 佐证资料",
        "remark": "备注 说明",
    },
    frozenset(
        [
            "评分项编号",
            "评分项",
            "条款",
            "条款编号",
            "任务序号",
            "任务编号",
            "具体目标",
            "完成情况",
            "是否完成",
            "落实情况",
            "完成状态",
        ]
    ),
    (("code", "task"), ("goal", "requirement"), ("status",), ("done_on", "evidence")),
    (("code", "task", "goal", "requirement"), ("status", "quantity")),
    ("status", "quantity"),
    ("code", "task", "status", "quantity"),
    parts={
        # within a longer name: 任务完成情况
        "status": re.compile("完成情况|落实情况|完成状态"),
        "evidence": EVIDENCE_PART,
        # within a longer name: 实际完成日期
        "done_on": re.compile("完成(?:日期|时间)|办结日期|落实时间"),
    },
)
CASES = SheetKind(
    "工作案例",
    ("工作案例", "案例"),
    {
        "task": "任务序号 任务编号 对应任务 序号",
        "title": "案例名称 案例 名称 标题",
        "day": "日期 发生日期 时间 办理日期",
        "summary": "简介 内容 案例简介",
        "evidence": "佐证材料 佐证 证明材料 附件 台账资料 佐证资料",
    },
    frozenset(["案例名称", "案例", "案例简介"]),
    (("task",), ("title",), ("day", "evidence"), ("summary",)),
    (("title",),),
    ("title",),
    ("title",),
    # within a longer name: 优秀案例名称
    parts={"evidence": EVIDENCE_PART, "title": re.compile("案例名称")},
)
PUBLICITY = SheetKind(
    "政策宣传",
    ("政策宣传", "宣传"),
    {
        "title": "标题 名称 宣传内容",
        "media": "媒体 平台 渠道 发布媒体",
        "level": "级别",
        "day": "日期 发布日期 时间",
        "link": "链接 网址 佐证材料",
    },
    frozenset(["宣传内容", "媒体", "平台", "渠道", "发布媒体", "级别", "发布日期", "链接", "网址"]),
    (("title",), ("media",), ("day", "link")),
    (("title",),),
    ("title",),
    ("title",),
)
ROSTER = SheetKind(
    "企业全量名单",
    ("企业全量名单", "全量名单", "报装名单", "企业名单"),
    {
        "enterprise": "企业名称 用户名称 单位名称 申请单位 报装单位 户名 项目名称",
        "credit_code": "统一社会信用代码 信用代码 证件号码",
        "project_type": "项目类型 类型 报装类型",
        "external_line": "是否有外线 外线 外线工程",
        "accepted": "受理日期 申请日期 报装日期 受理时间",
        "connected": "通水日期 通水时间 验收通水日期 办结日期",
        "deducted": "扣除工作日 扣除时长",
        "stated_days": "办理工作日 办理时长 用时",
        "steps": "环节数",
        "materials": "材料数",
        "fee": "费用",
    },
    frozenset(
        [
            "报装单位",
            "报装类型",
            "是否有外线",
            "外线",
            "外线工程",
            "受理日期",
            "报装日期",
            "受理时间",
            "通水日期",
            "通水时间",
            "验收通水日期",
            "扣除工作日",
            "办理工作日",
        ]
    ),
    (("enterprise",), ("accepted",), ("connected",), ("project_type", "external_line")),
    (("enterprise",), ("accepted",)),
    ("accepted",),
    ("enterprise", "accepted"),
    dated=True,
    parts={
        # within a longer name: 用水报装受理日期
        "accepted": re.compile("受理(?:日期|时间)"),
        # within a longer name: 实际通水时间
        "connected": re.compile("通水(?:日期|时间)"),
        # within a longer name: 报装企业名称
        "enterprise": re.compile("企业名称"),
        # within a longer name: 新装项目类型
        "project_type": re.compile("项目类型|报装类型"),
        # within a longer name: 有外线工程
        "external_line": re.compile("有外线"),
    },
)
INCENTIVES = SheetKind(
    "激励加分",
    ("激励加分", "加分"),
    {
        "category": "类别",
        "title": "事项 名称",
        "claimed": "申报分值 申报分",
        "awarded": "认定分值 认定分",
        "basis": "依据 依据文件 文号",
    },
    frozenset(["申报分值", "申报分", "认定分值", "认定分", "依据文件", "文号"]),
    (("category",), ("title",), ("awarded", "claimed")),
    (("category",), ("title",), ("awarded", "claimed")),
    ("title",),
    ("title",),
)
KINDS = (ROSTER, CASES, PUBLICITY, INCENTIVES, WORK)  # the more particular names first: 政策宣传台账 is about 宣传
REPORTS = frozenset({ROSTER.name, CASES.name, PUBLICITY.name, WORK.name})  # 激励加分 alone is no report
# names of sheets that are no ledger: 填报说明, 封面, 下拉选项
NO_LEDGER = re.compile(r"填报说明|填表说明|填写说明|填报须知|封面|目录|字典|下拉|选项|审核意见|问题清单")

OPEN, CLOSE = r"(\[【\u3014{<〈", r")\]】\u3015}>〉"
# a bracketed remark at the end of a column name: 完成日期（年月日）, 佐证材料【附件】
REMARK = re.compile(rf"[{OPEN}](?:[^{OPEN}{CLOSE}]|[{OPEN}][^{OPEN}{CLOSE}]*[{CLOSE}])*[{CLOSE}]$")


@lru_cache(maxsize=4096)
def header_name(text: str) -> str:
    r"""Fold a header cell: no white space, half-width, without a trailing colon, star or bracketed remark.

    >>> header_name("完 成 日 期\\n（年月日）*："), header_name("县（市）区")
    ('完成日期', '县(市)区')
    """
    name, before = fold(text).strip("*:"), None
    if OTHER_REMARK.search(name):
        return name  # 完成日期（计划） is another column than 完成日期
    while name != before:
        before = name
        name = REMARK.sub("", name).rstrip("*:")
    return name or before or ""


def kind_by_name(sheet: str) -> tuple[SheetKind | None, bool]:
    """Return the kind that a sheet's name tells, and whether the name is one of the kind's own (not only holds one)."""
    name = header_name(sheet)
    if NO_LEDGER.search(name):
        return None, False
    for kind in KINDS:
        if name in kind.names:
            return kind, True
    for kind in KINDS:
        if any(known in name for known in kind.names):
            return kind, False
    return None, False

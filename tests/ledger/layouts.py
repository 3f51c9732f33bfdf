"""The same facts, written as a workbook in a layout drawn at random.

``Row`` and ``Installation`` say what a clerk means; ``Layout`` says how they happen to write it down.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from hypothesis import strategies as st

from scoring.files.cells import Merge, Sheet, Workbook
from scoring.model.rules import Rulebook

COLUMN_NAMES = {
    "code": ("评分项编号", "评 分 项 编 号", "评分项", "条款", "评分项编号*"),
    "goal": ("具体目标", "重点工作", "目标"),
    "status": ("完成情况", "是否完成", "落实情况（是/否）", "完 成 状 态", "进展情况：", "进展"),
    "done_on": ("完成日期", "完成时间", "办结日期（年月日）", "落 实 时 间"),
    "quantity": ("数量", "次数", "个 数", "部门数*"),
    "evidence": ("佐证材料", "佐证", "证明材料：", "台账资料"),
    "remark": ("备注", "说明"),
}
CASE_NAMES = {
    "task": ("任务序号", "任务编号"),
    "title": ("案例名称", "案例"),
    "day": ("日期", "发生日期", "办理日期"),
    "evidence": ("佐证材料", "佐 证 材 料"),
}
ROSTER_NAMES = {
    "enterprise": ("企业名称", "用户名称", "申请单位", "户 名"),
    "kind": ("项目类型", "报装类型"),
    "line": ("是否有外线", "外线"),
    "accepted": ("受理日期", "申请日期", "受理时间："),
    "connected": ("通水日期", "通水时间", "验收通水日期"),
}
DONE = ("已完成", "是", "√", "已 完 成", "■ 已完成 □ 未完成", "完成", "按时完成", 1.0)
NOT_DONE = ("未完成", "否", "×", "□ 已完成 ■ 未完成", "正在推进", "尚未开展", 0.0)
YES, NO = ("是", "有", "√", "有外线"), ("否", "无", "×", "无外线")
SHEET_NAMES = ("工作落实", "工作台账", "落实情况", "1.工作落实", "Sheet1")
CASE_SHEETS = ("工作案例", "案例", "工作案例（二季度）")
ROSTER_SHEETS = ("企业全量名单", "报装名单", "全量名单")


@dataclass(frozen=True)
class Row:
    """What one row of 工作落实 means. ``done`` None: only the quantity is stated."""

    code: str
    done: bool | None
    done_on: date | None
    quantity: int | None
    evidence: str


@dataclass(frozen=True)
class Installation:
    """What one row of the roster means."""

    enterprise: str
    kind: str
    line: bool
    accepted: date
    connected: date


@dataclass(frozen=True)
class Meaning:
    """What one unit's ledger for one quarter means."""

    unit: str
    quarter: int
    submitted: date
    rows: tuple[Row, ...]
    cases: tuple[tuple[int, str, date, str], ...]
    installations: tuple[Installation, ...]


def meanings(rulebook: Rulebook) -> st.SearchStrategy[Meaning]:
    """Draw what a county's ledger may mean."""
    county = next(unit for unit in rulebook.units if unit.assessed)
    stated = [clause.code for clause, term in rulebook.terms_of[county.name] if term.method not in ("case", "median")]
    days = st.dates(date(2023, 4, 1), date(2023, 6, 8))
    row = st.builds(
        Row,
        st.sampled_from(stated),
        st.booleans(),
        st.none() | days,
        st.none() | st.integers(0, 3),
        st.sampled_from(["", "公示截图.jpg", "附件1"]),
    )
    case = st.tuples(
        st.sampled_from([4, 5, 6, 10, 7]), st.sampled_from(["甲案", "乙案"]), days, st.sampled_from(["", "照片"])
    )
    installation = st.builds(
        Installation,
        st.sampled_from(["甲公司", "乙（昆明）公司", "丙厂"]),
        st.sampled_from(["一般项目", "社会投资低风险项目", "具备安装条件"]),
        st.booleans(),
        st.dates(date(2023, 4, 1), date(2023, 5, 1)),
        st.dates(date(2023, 5, 2), date(2023, 6, 1)),
    )
    return st.builds(
        Meaning,
        st.just(county.name),
        st.just(2),
        st.dates(date(2023, 6, 1), date(2023, 6, 14)),
        st.lists(row, min_size=1, max_size=8).map(tuple),
        st.lists(case, max_size=2).map(tuple),
        st.lists(installation, max_size=4).map(tuple),
    )


class Layout:
    """One clerk's way of writing, drawn from a seed; every choice is form and none is meaning."""

    def __init__(self, seed: int) -> None:
        self.draw = Random(seed)
        self.labels_on = self.draw.choice(("sheet", "cover", "columns", "file"))

    def pick(self, choices: tuple[object, ...]) -> object:
        return self.draw.choice(choices)

    def workbook(self, meaning: Meaning) -> Workbook:
        """Write the meaning down."""
        sheets = [self._work(meaning)]
        if meaning.cases:
            sheets.append(self._cases(meaning))
        if meaning.installations:
            sheets.append(self._roster(meaning))
        if self.labels_on == "cover":
            sheets.append(Sheet("封面", 0, self._labels(meaning)))
        if self.draw.random() < 0.3:
            sheets.append(Sheet("通讯录", 0, [["姓名", "科室"], ["张三", "供水科"]]))
        numbered = [Sheet(s.name, n, s.rows, s.merges, hidden_rows=s.hidden_rows) for n, s in enumerate(sheets)]
        name = f"{meaning.unit}2023年第{meaning.quarter}季度台账.xlsx" if self.labels_on == "file" else "台账.xlsx"
        return Workbook(name, tuple(numbered))

    # ------------------------------------------------------------------------------------ values
    def day(self, day: date | None) -> object:
        if day is None:
            return ""
        return self.pick(
            (
                day,
                datetime(day.year, day.month, day.day, 9, 30),  # noqa: DTZ001 - spreadsheets know no zones
                day.isoformat(),
                f"{day.year}/{day.month}/{day.day}",
                f"{day.year}.{day.month}.{day.day}",
                f"{day:%Y%m%d}",
                float(f"{day:%Y%m%d}"),
                f"{day.year}年{day.month}月{day.day}日",
                f"{day.month}月{day.day}日",
                f"{day.isoformat()} 10:20:30",
                float(day.toordinal() - date(1899, 12, 30).toordinal()),
            )
        )

    def _status(self, done: bool | None) -> object:
        return "" if done is None else self.pick(DONE if done else NOT_DONE)

    def _quantity(self, quantity: int | None) -> object:
        return (
            ""
            if quantity is None
            else self.pick((float(quantity), quantity, str(quantity), f"{quantity}个", f" {quantity} 次"))
        )

    def _code(self, code: str) -> object:
        return self.pick((code, code.lower(), f" {code} ", "".join(chr(ord(ch) + 0xFEE0) for ch in code)))

    def _evidence(self, evidence: str) -> object:
        return evidence or self.pick(("", "无", "—", "暂无", "待补"))

    # ------------------------------------------------------------------------------------ sheets
    def _labels(self, meaning: Meaning) -> list[list[object]]:
        unit = self.pick((meaning.unit, f"昆明市{meaning.unit}", f"{meaning.unit}水务局"))
        quarter = self.pick(("2023年第二季度", "二季度", "Q2", "2季度", "4—6月"))
        day = meaning.submitted
        written = f"{day.year}年{day.month}月{day.day}日"
        forms: tuple[list[list[object]], ...] = (
            [[f"填报单位：{unit}"], [quarter], [f"报送日期：{written}"]],
            [[f"填报单位（盖章）：{unit}   季度：{quarter}   填报日期：{written}"]],
            [["填 报 单 位：", unit, "", "季度", quarter], ["上报时间", "", day]],
            [[f"{meaning.unit}2023年第二季度获得用水工作台账"], ["附件1：", f"填报时间：{written}"]],
        )
        return list(self.draw.choice(forms))

    def _work(self, meaning: Meaning) -> Sheet:
        records = [
            {
                "code": self._code(row.code), "status": self._status(row.done), "done_on": self.day(row.done_on),
                "quantity": self._quantity(row.quantity), "evidence": self._evidence(row.evidence),
                "goal": "", "remark": "",
            }
            for row in meaning.rows
        ]  # fmt: skip
        return self._sheet(self.pick(SHEET_NAMES), COLUMN_NAMES, records, meaning, groups=True)

    def _cases(self, meaning: Meaning) -> Sheet:
        records = [
            {
                "task": self.pick((float(task), str(task), task)),
                "title": title,
                "day": self.day(day),
                "evidence": self._evidence(evidence),
            }
            for task, title, day, evidence in meaning.cases
        ]
        return self._sheet(self.pick(CASE_SHEETS), CASE_NAMES, records, meaning)

    def _roster(self, meaning: Meaning) -> Sheet:
        records = [
            {
                "enterprise": row.enterprise, "kind": row.kind, "line": self.pick(YES if row.line else NO),
                "accepted": self.day(row.accepted), "connected": self.day(row.connected),
            }
            for row in meaning.installations
        ]  # fmt: skip
        return self._sheet(self.pick(ROSTER_SHEETS), ROSTER_NAMES, records, meaning)

    def _sheet(
        self,
        name: object,
        names: dict[str, tuple[str, ...]],
        records: list[dict[str, object]],
        meaning: Meaning,
        *,
        groups: bool = False,
    ) -> Sheet:
        """Lay the records out: titles, header of one or two rows, columns in some order with others between, a tail."""
        fields = list(names)
        self.draw.shuffle(fields)
        heads = {field: self.pick(names[field]) for field in fields}
        own = self.labels_on == "columns"
        unit_names = (meaning.unit, f"{meaning.unit}水务局")
        before: list[object] = ["县区", "所属季度", "报送日期"] if own else []
        rows: list[list[object]] = []
        if self.draw.random() < 0.5:
            rows += [["附件1："], ["昆明市获得用水指标考评资料"], []]
        if self.labels_on == "sheet":
            rows += self._labels(meaning)
        if self.labels_on == "file":
            rows += [[f"报送日期：{meaning.submitted.isoformat()}"]]
        gap = self.draw.randrange(3)
        head = [*before, *([""] * gap), *(heads[field] for field in fields), "其他"]
        merges: tuple[Merge, ...] = ()
        if self.draw.random() < 0.3:
            above = [*before, *([""] * gap), *["填报内容", *([""] * (len(fields) - 1))], "其他"]
            left = len(before) + gap
            merges = (Merge(len(rows), left, len(rows), left + len(fields) - 1),)
            rows.append(above)
        rows.append(head)
        for number, record in enumerate(records):
            if groups and self.draw.random() < 0.2:
                rows.append(["（一）打造便利高效的获得用水环境"] if not own else [])
            if number and self.draw.random() < 0.1:
                rows.append(list(head))
            lead = [self.pick(unit_names), self.pick(("二季度", "Q2", 2.0)), self.day(meaning.submitted)] if own else []
            rows.append([*lead, *([""] * gap), *(record[field] for field in fields), "别的"])
        if self.draw.random() < 0.5:
            rows += [[], ["填表人：张三"], ["说明：以上情况属实"]]
        hidden = frozenset({len(rows) - 1}) if self.draw.random() < 0.2 else frozenset()
        return Sheet(str(name), 0, rows, merges, hidden_rows=hidden)

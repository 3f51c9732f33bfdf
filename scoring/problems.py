"""The catalogue of everything that can be wrong with a workbook: a code, a severity, a title, a message, what to do.

A problem is a value: it is collected, never raised. ``docs/problems.md`` is generated from this catalogue.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scoring.model.evidence import CellRef

SHOWN_VALUE = 60


class Severity(StrEnum):
    """An error keeps its row (or sheet, or file) out; a warning does not, unless its text says so."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and where. ``sheet`` and ``cell`` are ``""`` where it concerns the file or the sheet.

    ``value`` is the offending text, shortened; ``message`` says in Chinese what is wrong and how to mend it.
    """

    severity: Severity
    code: str
    workbook: str
    sheet: str
    cell: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """What all problems of one code share. ``template`` is the message, with ``{value}`` and further named fields."""

    code: str
    severity: Severity
    title: str
    template: str
    advice: str

    def at(self, place: CellRef, value: object = "", **fields: object) -> Problem:
        """Report this kind of problem at a place (empty ``sheet`` and ``cell`` for the whole file)."""
        shown = shorten(value)
        message = self.template.format(value=shown, **{name: shorten(text) for name, text in fields.items()})
        return Problem(self.severity, self.code, place.workbook, place.sheet, place.cell, shown, message)


def shorten(value: object) -> str:
    """Make a value fit for a message: one line, no control characters, at most ``SHOWN_VALUE`` characters."""
    text = str(value)[: SHOWN_VALUE * 4]
    if len(text) <= SHOWN_VALUE and text.isprintable() and "  " not in text:
        return text.strip()
    text = " ".join("".join(ch if ch.isprintable() or ch.isspace() else "�" for ch in text).split())
    return text if len(text) <= SHOWN_VALUE else text[: SHOWN_VALUE - 1] + "…"


CATALOGUE: dict[str, ProblemKind] = {}


def _kind(code: str, severity: Severity, title: str, template: str, advice: str) -> ProblemKind:
    """Enter a kind of problem into the catalogue."""
    CATALOGUE[code] = ProblemKind(code, severity, title, template, advice)
    return CATALOGUE[code]


ERROR, WARNING = Severity.ERROR, Severity.WARNING

# --- the file (scoring.ledger.gate, scoring.ledger.workbook)
_RESAVE = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后重新报送"
_kind("file-empty", ERROR, "空文件", "文件是空的，没有任何内容，请检查后重新报送", "检查文件是否传完整，重新报送")
_kind(
    "file-too-large",
    ERROR,
    "文件过大",
    "文件超过 {detail}，请分成几个文件报送",
    "图片多的，压缩图片，或把图片作为单独的佐证文件一起报送",
)
_kind("file-not-workbook", ERROR, "不是工作簿", "这不是 Excel 工作簿，看起来是{detail}。" + _RESAVE, _RESAVE)
_kind(
    "file-is-document",
    ERROR,
    "不是工作簿",
    "这是{detail}，不是 Excel 工作簿，不能当台账读。请报送 Excel 台账；它是佐证材料的，和台账打成一个 .zip 包一起报送",
    "报送 Excel 台账，佐证材料和台账打成一个 .zip 包",
)
_kind(
    "file-packed",
    ERROR,
    "没有解压",
    "这是{detail}，不能直接读。请先解压，再报送里面的工作簿；或改用 .zip 打包",
    "解压后报送里面的工作簿，或改用 .zip 打包",
)
_kind("file-broken", ERROR, "文件损坏", "文件已损坏，读不出来。" + _RESAVE, _RESAVE)
_kind(
    "file-unreadable-safely",
    ERROR,
    "无法安全读取",
    "读取这个文件时出现异常（占用过多内存、时间过长或内容不合规范），为保护系统已停止读取，其他文件不受影响。"
    + _RESAVE,
    "用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后重新报送；仍不行的，新建工作簿，只复制台账",
)
_kind(
    "file-encrypted",
    ERROR,
    "文件加密",
    "文件有密码保护（设了打开密码），读不出来，请取消密码后重新报送",
    "在“文件—信息—保护工作簿”里取消打开密码",
)
_kind(
    "package-too-large",
    ERROR,
    "压缩包太大",
    "压缩包（或解开以后）超过 {detail}，没有读取。请分成几个压缩包，每个单位一个",
    "分成几个压缩包，每个单位一个",
)
_kind(
    "package-too-many-files",
    ERROR,
    "压缩包里文件太多",
    "压缩包里有 {detail} 个文件，超过 2000 个，没有读取。请分成几个压缩包",
    "分成几个压缩包，每个单位一个",
)
_kind(
    "package-member-refused",
    ERROR,
    "包里的文件不能读",
    "“{value}”没有读取：{detail}",
    "按说明改好这个文件，连同其他文件重新打包；或单独报送",
)
_kind(
    "package-within",
    ERROR,
    "压缩包里还有压缩包",
    "这是压缩包里的压缩包。请先把它解压，里面的工作簿直接放进外面的压缩包，再报送；或单独报送它",
    "解压后重新打包，或单独报送里面的压缩包",
)
_kind(
    "package-name-twice",
    ERROR,
    "压缩包里有重名的文件",
    "压缩包里还有一个同名的文件，只读了前面的一个。请改名后重新打包",
    "改名后重新打包",
)
_kind(
    "package-misnamed",
    ERROR,
    "压缩包的文件名不对",
    "这是压缩包，不是 Excel 工作簿。里面有台账的，请把文件名改成以 .zip 结尾，再报送；或解压后报送里面的工作簿",
    "文件名改成以 .zip 结尾，或解压后报送",
)
_kind("file-dtd", ERROR, "文件含外部定义", "文件里有正常台账不会有的内容（DTD），为安全起见不读取。" + _RESAVE, _RESAVE)
_kind("file-no-sheet", ERROR, "没有工作表", "工作簿里没有可以读的工作表，请检查后重新报送", "检查是否选错了文件")
_kind(
    "file-too-complex",
    ERROR,
    "文件过于复杂",
    "文件{detail}，超出台账的正常范围，请只保留台账后重新报送",
    "新建工作簿，只复制台账",
)
_kind(
    "file-too-large-inside",
    ERROR,
    "展开后过大",
    "文件展开后的内容超过限度（{detail}），请只保留台账后重新报送",
    "新建工作簿，只复制台账",
)
_kind(
    "file-too-many-cells",
    ERROR,
    "单元格过多",
    "工作表的单元格超过 {detail} 个，请删去多余的行后重新报送",
    "选中数据以下的行，整行删除后保存",
)
_kind(
    "file-too-wide",
    ERROR,
    "表格范围过大",
    "工作表里有离数据很远的零星单元格，请整行整列删去数据以外的部分后重新报送",
    "按 Ctrl+End 找到最后一格，删去多余的行和列",
)
_kind("file-address-impossible", ERROR, "单元格地址错误", "文件里有不存在的单元格地址。" + _RESAVE, _RESAVE)
_kind(
    "file-merged-too-large",
    ERROR,
    "合并范围过大",
    "工作表里有过大的合并单元格，请取消合并后重新报送",
    "取消整表或整列的合并",
)
_kind("file-has-macros", WARNING, "含宏", "工作簿含有宏，已忽略，不会运行", "报送时另存为不含宏的 .xlsx")
_kind(
    "file-has-external-links",
    WARNING,
    "引用其他工作簿",
    "工作簿引用了其他工作簿，按保存时的结果读取，请核对",
    "把引用的内容粘贴为数值",
)
_kind(
    "file-styles-unreadable",
    WARNING,
    "样式坏了",
    "工作簿里管格式的部件坏了：划掉的文字、符号字体的勾和日期格式都认不出，按存着的内容读取，请对照原表核对",
    _RESAVE,
)
_kind(
    "cell-given-twice",
    ERROR,
    "一格两个值",
    "这一格在文件里存了两个不同的值，读出来的不一定是您看到的。" + _RESAVE,
    _RESAVE,
)

# --- the sheet and its labels (scoring.ledger.layout)
_kind(
    "not-a-ledger",
    ERROR,
    "不是台账",
    "没有找到台账的工作表（工作落实、工作案例、政策宣传、企业全量名单、激励加分），请用台账模板填写后重新报送",
    "下载空白台账模板填写",
)
_kind(
    "header-missing",
    ERROR,
    "没有表头",
    "“{sheet}”里没有找到表头，整张表没有读取，请保留模板的表头一行",
    "照模板补上表头",
)
_kind(
    "column-missing",
    ERROR,
    "缺少列",
    "表头里没有“{value}”一列，{effect}；没有认出的列名：{unknown}，请照模板写列名",
    "照模板改列名，或补上这一列",
)
_kind("column-absent", WARNING, "缺少列", "表头里没有“{value}”一列，{effect}，请照模板补上", "照模板补上这一列")
_MORE = "另有 {value} 个问题没有逐条列出（错误 {errors} 个，提醒 {warnings} 个），请先改正列出的问题，再检查一次"
_kind("more-errors", ERROR, "其余的问题", _MORE, "先改正列出的问题")
_kind("more-warnings", WARNING, "其余的提醒", _MORE, "先核对列出的提醒")
_kind(
    "column-twice",
    WARNING,
    "列名重复",
    "“{value}”与{other}说的是同一件事，{taken}，请只留一列",
    "只留一列",
)
_kind(
    "column-hidden",
    WARNING,
    "隐藏的重复列",
    "隐藏的“{value}”与看得见的{other}说的是同一件事，取看得见的一列，请核对",
    "删去隐藏的一列",
)
_kind(
    "columns-contradict",
    ERROR,
    "两列不一致",
    "{cell} 写“{value}”，{other} 写“{said}”，说的是同一件事，{effect}，请只留一列，或由审核人指定以哪一列为准",
    "改成一致，或只留一列",
)
_kind(
    "quarter-column-missing",
    WARNING,
    "没有本季度的列",
    "表头只有{held}的“{value}”，没有{own}的，这几列没有读取，请核对",
    "补上本季度的列，或改正季度",
)
_kind(
    "unit-contradicted",
    ERROR,
    "单位说法不一",
    "{where}写“{value}”，{others}，看不出是哪个单位的，整张表没有读取，请改成一致，或由审核人指定",
    "改成一致",
)
_kind(
    "quarter-contradicted",
    ERROR,
    "季度说法不一",
    "{where}写“{value}”，{others}，看不出是哪个季度的，整张表没有读取，请改成一致，或由审核人指定",
    "改成一致",
)
_kind(
    "sheets-contradict",
    ERROR,
    "两处填报不一致",
    "{clause} 这里填“{value}”，{other} 填“{said}”，两处都没有采用，待人工确认，请删去不用的一处，或由审核人指定",
    "删去不用的一处（如复制的工作表）",
)
_kind(
    "row-contradicts",
    WARNING,
    "同一项填了两次",
    "{clause} 在 {cell} 填“{value}”，上面 {other} 填“{said}”，以下面的为准，请核对",
    "只留一行",
)
_kind(
    "roster-row-twice",
    WARNING,
    "同一户两处不同",
    "“{value}”等 {rows} 户在另一处（{other}）的内容不同，以后面的为准，请核对",
    "只留一份名单",
)
_kind("row-example", WARNING, "示例行", "“{value}”是填写示例，这一行不算填报", "报送前删去示例行")
_kind("unit-missing", ERROR, "没有填报单位", "看不出是哪个单位的台账，请在表头上方写明“填报单位：…”", "补上填报单位")
_kind("unit-unknown", ERROR, "单位不认识", "考评对象里没有“{value}”，请写单位的通用名称，如“五华区”", "核对单位名称")
_kind(
    "unit-not-assessed",
    WARNING,
    "单位不考评",
    "“{value}”本年度不列入考评，它的内容不计分",
    "不需要报送；如填错单位，请改正",
)
_kind(
    "quarter-missing",
    ERROR,
    "没有季度",
    "看不出是哪个季度的台账，也没有报送日期，请写明是哪一年的第几季度",
    "补上季度或报送日期",
)
_kind("quarter-unreadable", ERROR, "季度看不懂", "看不懂的季度“{value}”，请写成“第二季度”", "改成第一至第四季度")
_kind(
    "year-wrong",
    ERROR,
    "年度不对",
    "“{value}”不是{year}年度考评的台账，没有这个年度的细则，请核对年度",
    "核对年度，改正后重新报送",
)
_kind(
    "other-year",
    WARNING,
    "其他年度的台账",
    "“{value}”是{year}年度的台账，这里考评的是{asked}年度，没有计入",
    "无需改正；要看这份台账，请换到它的年度",
)
_kind(
    "submitted-unreadable",
    ERROR,
    "报送日期看不懂",
    "看不懂的报送日期“{value}”，先按该季度的截止日计，请写成 2023-06-08 这样的日期",
    "改成 2023-06-08 这样的日期",
)
_kind(
    "submitted-missing",
    WARNING,
    "没有报送日期",
    "没有报送日期，先按第{quarter}季度的截止日{cut_off}计，待审核人核对，请补上“报送日期：…”",
    "补上报送日期",
)
_kind(
    "submitted-twice",
    WARNING,
    "报送日期写了几个",
    "报送日期写了几个，不一样：{value}、{other}；先按{value}计，请核对",
    "只留一个报送日期",
)
_kind(
    "submitted-backdated",
    WARNING,
    "补填日期",
    "报送日期“{value}”比收到这份文件的{received}早 {days} 天，照填报计，待审核人核对",
    "核对报送日期",
)
_kind(
    "ledger-late",
    WARNING,
    "迟报",
    "报送日期“{value}”晚于第{quarter}季度的截止日{cut_off}，标注迟报",
    "按时报送；如日期填错，请改正",
)
_kind(
    "sheet-hidden", WARNING, "隐藏的工作表", "这张工作表是隐藏的，内容照样读取，请核对", "取消隐藏，或删去不用的工作表"
)
_kind(
    "row-hidden", WARNING, "隐藏的行", "从这里起有 {value} 行是隐藏的，内容照样读取，请核对", "取消隐藏，或删去不用的行"
)

# --- the cells (scoring.ledger.fields, scoring.ledger.parse)
_kind("cell-marked", WARNING, "有批注", "这一格有{mark}，内容照样读取，请核对", "确认无误后去掉批注")
_kind(
    "cell-struck",
    WARNING,
    "有删除线",
    "这一格里画了删除线的内容没有读取，整格画了删除线的按空白计，请核对",
    "删掉作废的文字，要保留的去掉删除线",
)
_kind(
    "cell-error",
    ERROR,
    "错误值",
    "“{column}”一格是错误值“{value}”，{effect}，请改成正确的内容",
    "改正公式，或直接填写内容",
)
_kind(
    "formula-without-result",
    ERROR,
    "公式没有结果",
    "“{column}”一格的公式没有保存结果，{effect}，请用 Excel 或 WPS 打开、保存后再报送",
    "打开文件重新计算并保存，或直接填写内容",
)
_kind(
    "code-unknown", ERROR, "评分项编号不存在", "细则里没有评分项“{value}”，这一行没有计入，请核对编号", "照细则改正编号"
)
_kind(
    "task-unknown",
    ERROR,
    "任务序号不存在",
    "任务序号“{value}”不是 {first}—{last} 之间的数，这一行没有计入，请核对",
    "照细则改正任务序号",
)
_kind("task-missing", ERROR, "没有任务序号", "没有写明对应哪一项任务，这一行没有计入，请补上任务序号", "补上任务序号")
_kind(
    "clause-unclear",
    ERROR,
    "对应多个评分项",
    "“{value}”与 {clauses} 一样符合，无法确定是哪一项，这一行没有计入，请填写评分项编号",
    "补上评分项编号",
)
_kind(
    "clause-unknown",
    ERROR,
    "找不到评分项",
    "“{value}”对不上细则的任何一项，这一行没有计入，请填写评分项编号",
    "补上评分项编号",
)
_kind(
    "clause-missing",
    ERROR,
    "没有写明评分项",
    "填了“{value}”，但没有写是哪一个评分项，这一行没有计入，请补上评分项编号",
    "补上评分项编号",
)
_kind(
    "number-contradicted",
    WARNING,
    "序号与文字不符",
    "序号“{value}”与本行文字不符，按文字认定为 {clauses}，请核对",
    "改正任务序号，或填写评分项编号",
)
_kind(
    "clause-not-scored",
    WARNING,
    "不考评的评分项",
    "“{value}”对{unit}不计分，这一行没有计入",
    "删去这一行；如填错，请改正编号",
)
_kind(
    "case-in-work",
    WARNING,
    "案例应填在工作案例",
    "“{value}”是案例加分，在工作落实里不计分，请填到“工作案例”表",
    "把案例填到“工作案例”表",
)
_kind(
    "status-unreadable",
    ERROR,
    "完成情况看不懂",
    "看不懂的完成情况“{value}”，先记为待人工确认，请写“已完成”或“未完成”",
    "改成“已完成”或“未完成”",
)
_kind(
    "status-undecided",
    WARNING,
    "完成情况待定",
    "完成情况填“{value}”，等于没有填报，由审核人员认定",
    "能确定的，改成“已完成”或“未完成”",
)
_kind(
    "status-blank",
    WARNING,
    "完成情况空白",
    "这一行填了“{value}”，但完成情况是空的，等于没有填报，请补上",
    "补上“已完成”或“未完成”",
)
_kind(
    "date-unreadable",
    ERROR,
    "日期看不懂",
    "看不懂的{column}“{value}”，{effect}，请写成 2023-06-30 这样的日期",
    "改成 2023-06-30 这样的日期",
)
_kind("date-missing", WARNING, "没有完成日期", "填了完成，没有完成日期，先按报送日期计，请补上", "补上完成日期")
_kind("date-month-only", WARNING, "日期只到月份", "“{value}”只写到月份，按当月最后一天计，请写明哪一天", "写明哪一天")
_kind(
    "date-after-submission",
    WARNING,
    "完成日期晚于报送日期",
    "完成日期“{value}”晚于报送日期{submitted}，请核对",
    "核对两个日期",
)
_kind(
    "date-old",
    WARNING,
    "完成日期过早",
    "完成日期“{value}”比{year}年早一年以上，照此计，待审核人核对",
    "核对年份",
)
_kind(
    "done-contradicted",
    WARNING,
    "前后矛盾",
    "{clause} 的完成日期是“{value}”，但{day}报送的台账（{workbook} › {sheet} › {cell}）还填“{said}”，照填报计，待审核人核对",
    "核对完成日期，说明情况",
)
_kind(
    "evidence-missing",
    WARNING,
    "没有佐证材料",
    "没有佐证材料，按细则不能认定，请补上：可以粘贴截图、插入文件，或写明材料名称",
    "在佐证材料一格粘贴截图、插入文件，或写明材料名称",
)
_kind(
    "evidence-error-value",
    WARNING,
    "佐证材料是错误值",
    "佐证材料一格是错误值“{value}”，读不出内容，不能作为佐证；如果这里放的是图片，请改为浮动图片后重新粘贴",
    "重新粘贴截图，或写明材料名称",
)
_kind(
    "evidence-contradicted",
    WARNING,
    "文字与图片不符",
    "佐证材料写的是“{value}”，这一格上却有图片或附件，先按图片或附件计，请核对",
    "核对后改正文字，或移走图片",
)
_kind(
    "evidence-elsewhere",
    WARNING,
    "佐证不在佐证材料一格",
    "“{value}”放在这一行的其他位置，先按本行的{column}计，请移到佐证材料一格",
    "把图片或附件移到佐证材料一格",
)
_kind(
    "evidence-elsewhere-denied",
    WARNING,
    "写无而旁边有图",
    "佐证材料写的是“{value}”，这一行的其他位置却有图片或附件，没有计作佐证，请核对",
    "是佐证的，移到佐证材料一格",
)
_kind(
    "evidence-drawing-unread",
    WARNING,
    "图片层损坏",
    "这张工作表的图片层已损坏，上面的图片读不出来，请用 Excel 或 WPS 打开、保存后重新报送",
    "打开文件，另存后重新报送",
)
_kind(
    "evidence-picture-tall",
    WARNING,
    "图片高过一行",
    "图片“{value}”比一行半还高，按它上边所在的一行计，请核对",
    "缩小图片，让它落在一行之内",
)
_kind(
    "evidence-picture-unshown",
    WARNING,
    "图片显示不了",
    "图片“{value}”显示不了（{detail}），先按佐证计，请审核人员看原件，或换成 PNG、JPG 图片",
    "另存为 PNG 或 JPG 后重新粘贴",
)
_kind(
    "evidence-picture-missing",
    WARNING,
    "图片不在文件里",
    "这里有放图片的位置，但图片“{value}”不在文件里，不能作为佐证，请重新粘贴",
    "重新粘贴图片",
)
_kind(
    "evidence-picture-hidden",
    WARNING,
    "图片被隐藏",
    "图片“{value}”设为隐藏，看不见，不能作为佐证，请取消隐藏或重新粘贴",
    "在“选择窗格”里取消隐藏",
)
_kind(
    "evidence-linked",
    WARNING,
    "只有链接没有内容",
    "“{value}”只是链接到文件之外（{detail}），内容不在文件里，不能作为佐证，请把图片或文件插入台账",
    "插入时不要选“链接到文件”",
)
_kind(
    "evidence-object-missing",
    WARNING,
    "附件读不出来",
    "插入的文件“{value}”不在台账里，或已损坏，不能作为佐证，请重新插入",
    "重新插入文件",
)
_kind(
    "evidence-unmatched",
    WARNING,
    "文件没有归属",
    "“{value}”没有对上任何一行：{detail}，不计作佐证",
    "在佐证材料一格写明文件名，或把文件名写成“单位-评分项编号”",
)
_kind(
    "evidence-file-unshown",
    WARNING,
    "佐证文件显示不了",
    "“{value}”显示不了（{detail}），原件照样保存，请审核人员看原件，或重新报送",
    "检查文件能否打开，重新报送",
)
_kind(
    "evidence-file-empty",
    WARNING,
    "佐证文件是空的",
    "“{value}”是空文件，没有任何内容，不计作佐证，请重新报送",
    "检查文件是否传完整",
)
_kind(
    "evidence-too-many",
    WARNING,
    "佐证过多",
    "图片、附件和链接超过 {detail} 个，其余的没有读取，请分成几个文件报送",
    "分成几个文件报送",
)
_kind(
    "quantity-unreadable",
    ERROR,
    "数量看不懂",
    "看不懂的数量“{value}”，这一行没有计入，请写 0 或正整数，如 3",
    "改成整数",
)
_kind("quantity-over", ERROR, "数量超出", "数量“{value}”超过应有的 {of} 个，这一行没有计入，请核对", "核对数量")
_kind(
    "points-unreadable",
    ERROR,
    "分值看不懂",
    "看不懂的{column}“{value}”，这一行没有计入，请写最多两位小数的数，如 0.5",
    "改成最多两位小数的数",
)
_kind("points-pending", WARNING, "没有认定分值", "没有认定分值，记为待认定，不加分", "由市级认定后补上")
_kind(
    "category-unknown",
    ERROR,
    "类别看不懂",
    "看不懂的类别“{value}”，这一行没有计入，请写“工作案例”或“政策宣传”",
    "改成“工作案例”或“政策宣传”",
)
_kind("title-missing", ERROR, "没有名称", "这一行没有“{column}”，没有计入，请补上", "补上名称")
_kind(
    "case-without-points",
    WARNING,
    "不计案例分的任务",
    "第{value}项任务没有案例分，案例照样留存，可申报激励加分",
    "如任务序号填错，请改正；可另行申报激励加分",
)
_kind("accepted-missing", ERROR, "没有受理日期", "没有受理日期，这一行没有计入，请补上", "补上受理日期")
_kind("connected-missing", WARNING, "没有通水日期", "没有通水日期，这一户不计时", "通水后补上通水日期")
_kind(
    "connected-before-accepted",
    WARNING,
    "通水早于受理",
    "通水日期“{value}”早于受理日期{accepted}，这一户不计时，请核对",
    "核对两个日期",
)
_kind(
    "project-type-unreadable",
    ERROR,
    "项目类型看不懂",
    "看不懂的项目类型“{value}”，这一行没有计入，请写{names}",
    "照模板的下拉选项填写",
)
_kind("project-type-missing", WARNING, "没有项目类型", "没有项目类型，这一户不归入任何一类，请补上", "补上项目类型")
_kind(
    "external-line-unreadable",
    ERROR,
    "是否有外线看不懂",
    "看不懂的是否有外线“{value}”，这一行没有计入，请写“是”或“否”",
    "改成“是”或“否”",
)
_kind(
    "external-line-missing",
    WARNING,
    "没有写是否有外线",
    "“{project_type}”没有写是否有外线，这一户不归入任何一类，请补上",
    "补上“是”或“否”",
)
_kind(
    "deducted-unreadable",
    ERROR,
    "扣除工作日看不懂",
    "看不懂的扣除工作日“{value}”，这一行没有计入，请写数字",
    "改成数字",
)
_kind(
    "stated-days-unreadable",
    ERROR,
    "办理工作日看不懂",
    "看不懂的办理工作日“{value}”，按受理和通水日期计算",
    "改成数字",
)
_kind(
    "stated-days-differ",
    WARNING,
    "办理工作日不一致",
    "填报的办理工作日是“{value}”，按日期计算是 {computed}，以计算为准，请核对",
    "核对日期和办理工作日",
)
_kind(
    "roster-not-cumulative",
    WARNING,
    "名单未累计",
    "第{quarter}季度的名单少了上一季度报过的 {value} 户（{names}），名单应逐季累计，请核对",
    "把以前季度的企业补进名单",
)

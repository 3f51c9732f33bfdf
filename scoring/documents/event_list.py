"""全部记录: the history as a workbook, and how its events are worded."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from scoring.board.wording import names
from scoring.documents.book import Field
from scoring.documents.lists import list_xlsx
from scoring.model.doors import Doors, read_doors
from scoring.model.events import Event, EventKind, hashed_text
from scoring.model.notices import FIELD_NAMES
from scoring.model.rules import Rulebook
from scoring.words.phrasing import quarter_name

EVENT_NAMES = {
    EventKind.UPLOAD: "台账入库",
    EventKind.WITHDRAW_UPLOAD: "撤回台账",
    EventKind.RESTORE_UPLOAD: "恢复台账",
    EventKind.RULING: "审核认定",
    EventKind.WITHDRAW_RULING: "撤回认定",
    EventKind.POLICY: "正式口径",
    EventKind.RULES: "细则生效",
    EventKind.PUBLICATION: "定稿",
    EventKind.OBJECTION: "申诉",
    EventKind.ANSWER: "申诉答复",
    EventKind.SETTING: "设置",
    EventKind.SENDING: "单位报送",
    EventKind.TAKE_IN: "收下报送",
    EventKind.SEND_BACK: "退回报送",
    EventKind.REPLY: "再申诉",
    EventKind.ORIGINAL: "只留原件",
    EventKind.PLACING: "放入佐证",
    EventKind.WITHDRAW_PLACING: "撤回放入佐证",
    EventKind.TIE: "并列决定",
    EventKind.WITHDRAW_TIE: "撤销并列决定",
    EventKind.MINUTE: "会议决定",
}
SETTINGS = {
    "reviewer": "经办人",
    "holidays": "节假日",
    "examples": "示例数据",
    "doors": "报送单位的门",
    "letterhead": "公文要素",
    "accepted": "确认数据库",
    "restored": "恢复备份",
    "rules": "细则草稿",
}
STATES = {"upheld": "采纳", "dismissed": "不采纳"}
FIELDS = (
    Field("序号", 7, "whole"), Field("时间", 18), Field("经办人", 14), Field("事项", 12), Field("对象", 34),
    Field("理由", 40), Field("依据的校验值", 40), Field("内容", 60), Field("上一条校验值", 40),
    Field("校验所用原文", 60), Field("本条校验值", 40),
)  # fmt: skip


def file_names(found: Sequence[Event]) -> dict[str, str]:
    """Return the file name of each stored workbook by its hash."""
    uploads = [event for event in found if event.kind is EventKind.UPLOAD]
    return {event.subject: str(json.loads(event.details)["file_name"]) for event in uploads}


def subject(event: Event, files: Mapping[str, str], rulebook: Rulebook) -> str:
    """Say in words what an event is about."""
    given = json.loads(event.details)
    given.pop("year", None)
    match event.kind:
        case EventKind.UPLOAD | EventKind.ORIGINAL:
            ledgers = [_ledger(rulebook, *whose) for whose in given.get("ledgers", ())]
            words = f"{given['file_name']}{f'（{names(ledgers)}）' if ledgers else ''}"
        case EventKind.WITHDRAW_UPLOAD | EventKind.RESTORE_UPLOAD:
            words = files.get(event.subject, event.subject[:12])
        case EventKind.RULING:
            words = f"第{event.subject}号：{rulebook.short(given['unit'])}{given['clause']}{given['item'] or ''}"
        case EventKind.WITHDRAW_RULING | EventKind.OBJECTION | EventKind.ANSWER:
            state = STATES.get(given.get("state", ""), "")
            words = f"第{event.subject}号" + (f"：{state}" if state else _line(given, rulebook))
        case EventKind.POLICY | EventKind.RULES:
            words = _readings(given, rulebook) if event.kind is EventKind.POLICY else f"细则版本 {event.subject[:8]}"
        case EventKind.SENDING:
            words = f"第{event.subject}号：{names(rulebook.short(unit) for unit in given['units'])}"
        case EventKind.PLACING | EventKind.TIE:
            words = f"第{event.subject}号：{_by_hand(given, rulebook)}"
        case (
            EventKind.TAKE_IN
            | EventKind.SEND_BACK
            | EventKind.REPLY
            | EventKind.WITHDRAW_PLACING
            | EventKind.WITHDRAW_TIE
            | EventKind.MINUTE
        ):
            words = rulebook.short(event.subject) if event.kind is EventKind.MINUTE else f"第{event.subject}号"
        case EventKind.SETTING:
            words = _setting(event.subject.split("_")[0], given["value"])
        case _:
            words = f"定稿 {event.subject}：{given['title']}"
    return words


def _by_hand(given: Mapping[str, Any], rulebook: Rulebook) -> str:
    """Say what things were put where, or what was decided about a tie."""
    if "decision" in given:
        return _decided(given["decision"], rulebook)
    return names(dict.fromkeys(_move(move, rulebook) for move in given["moves"]))


def _decided(given: Mapping[str, Sequence[str]], rulebook: Rulebook) -> str:
    """Say who of the tied units is listed."""
    tied, listed = (names(rulebook.short(unit) for unit in given[which]) for which in ("tied", "listed"))
    return f"{tied}并列，列入{'红榜' if given['end'] == 'first' else '黑榜'}的：{listed or '无'}"


def _setting(key: str, value: str) -> str:
    """Say what was set; the fields of a 公文 by their names."""
    if key == "letterhead":
        given = json.loads(value)
        value = names(f"{title}“{given[name]}”" for name, title in FIELD_NAMES.items() if given[name]) or "都没有填"
    elif key == "doors":
        value = _doors(read_doors(value))
    return f"{SETTINGS.get(key, '其他')}：{value}"


def _doors(doors: Doors) -> str:
    """Say what units see, and when they may object."""
    first = f"初评申诉{doors.first_from}至{doors.first_to}" if doors.first_from and doors.first_to else "不开放初评申诉"
    final = "随时" if doors.final_days is None else f"{doors.final_days}个工作日内"
    return f"认定{'作出一项就看到一项' if doors.verdicts_at_once else '定稿以后才看到'}，{first}，定稿后{final}可以申诉"


def _ledger(rulebook: Rulebook, unit: str, *when: int) -> str:
    """Name a ledger by unit, year and quarter; before years were kept an event tells no year."""
    *year, quarter = when
    return f"{rulebook.short(unit)}{''.join(f'{one}年' for one in year)}{quarter_name(quarter)}"


def _move(given: Mapping[str, str], rulebook: Rulebook) -> str:
    """Say where a thing was put, or what it was taken off."""
    where = f"{rulebook.short(given['unit'])}{given['clause']}{given.get('item', '')}" if "unit" in given else "未对上"
    return f"{given['name']}{'→' if given['counts'] else '不算'}{where}"


def _line(given: Mapping[str, str], rulebook: Rulebook) -> str:
    return (
        f"：{given['publication']} {rulebook.short(given['unit'])}{given['clause']}{given.get('item', '')}"
        if "unit" in given
        else ""
    )


def _readings(given: Mapping[str, str], rulebook: Rulebook) -> str:
    """Name the readings that are not the default."""
    other = [
        f"{rule.title}＝{reading.title}"
        for rule in rulebook.policies
        for reading in rule.readings
        if reading.name == given.get(rule.name) != rule.default
    ]
    return names(other) or "全部默认"


def events_xlsx(found: Sequence[Event], rulebook: Rulebook, day: date) -> bytes:
    """Return the whole history as ``.xlsx``, in order, with all hashes and what they are made of, to be checked elsewhere."""
    files = file_names(found)
    rows = [
        (
            event.number, event.at.isoformat(), event.actor, EVENT_NAMES[event.kind], subject(event, files, rulebook),
            event.reason, event.rests_on, event.details, event.previous, hashed_text(event), event.chain,
        )
        for event in found
    ]  # fmt: skip
    return list_xlsx("全部记录", "只增不改；每条的校验值包含上一条的校验值", day, FIELDS, rows)

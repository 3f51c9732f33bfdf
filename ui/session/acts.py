"""Which role may do which act: all of it stands here, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """What somebody is in the assessment, as ``[access.roles]`` writes it."""

    NOBODY = "未授权"
    UNIT = "报送单位"  # bound to units: sees what is theirs, and of others what was published
    READER = "领导"
    REVIEWER = "审核"
    MANAGER = "管理"


class Act(StrEnum):
    """What can be done; the value says it in a sentence."""

    ENTER = "打开页面"
    READ_ALL = "查看全部单位"
    UPLOAD = "上传文件"
    SEND = "报送台账"
    TAKE_IN = "入库、退回、撤回和恢复台账，放入佐证"
    RULE = "审核认定"
    OBJECT = "提出申诉"
    ANSWER = "答复申诉"
    PUBLISH = "定稿"
    NOTE_MINUTE = "记会议决定"
    SET_POLICY = "定正式口径"
    SET_RULES = "编制细则、让细则生效"
    SET_HOLIDAYS = "填写节假日"
    SET_DOORS = "设定报送单位看到什么、什么时候可以申诉"
    SET_LETTERHEAD = "填写公文要素"
    OPERATE = "备份、查看运行情况"


_OFFICE = (Role.REVIEWER, Role.MANAGER)
_ALL = (Role.UNIT, Role.READER, *_OFFICE)

# The first role of each act is the one that a refusal names.
MAY: Mapping[Act, tuple[Role, ...]] = MappingProxyType(
    {
        Act.ENTER: _ALL,
        Act.READ_ALL: (Role.READER, *_OFFICE),
        Act.UPLOAD: (*_OFFICE, Role.UNIT),
        Act.SEND: (Role.UNIT,),
        Act.TAKE_IN: _OFFICE,
        Act.RULE: _OFFICE,
        Act.OBJECT: (*_OFFICE, Role.UNIT),
        Act.ANSWER: (Role.MANAGER,),
        Act.PUBLISH: (Role.MANAGER,),
        Act.NOTE_MINUTE: _OFFICE,
        Act.SET_POLICY: (Role.MANAGER,),
        Act.SET_RULES: (Role.MANAGER,),
        Act.SET_HOLIDAYS: (Role.MANAGER,),
        Act.SET_DOORS: (Role.MANAGER,),
        Act.SET_LETTERHEAD: _OFFICE,
        Act.OPERATE: (Role.MANAGER,),
    }
)


def can(role: Role, act: Act) -> bool:
    """Tell whether a role may do an act."""
    return role in MAY[act]


def needed(act: Act) -> Role:
    """Name the role that an act needs, the one with least rights in the office."""
    return MAY[act][0]

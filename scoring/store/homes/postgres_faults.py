"""What PostgreSQL's own errors mean for an office, in a Chinese sentence."""

from __future__ import annotations

import logging

import psycopg
from psycopg_pool import PoolTimeout, TooManyRequests

from scoring.store.homes.duckdb_faults import UNFORESEEN, without_quotes

LOG = logging.getLogger(__name__)

LOST = "与数据库服务器的连接断了。请稍后重试，并先看看刚才的操作有没有保存。"
UNREACHABLE = "连接不上数据库服务器。请检查服务器是否在运行、地址和端口是否正确。"
BUSY = "数据库很忙，没有空闲的连接，本次操作没有保存。请稍后再试。"

# The beginning of an error's code (SQLSTATE) -> what it means, and what to do.
MEANINGS = (
    ("28", "数据库服务器不接受用户名或密码。请检查 KUNMING_ASSESSMENT_DATABASE。"),
    ("3D000", "数据库服务器上没有这个数据库。请先建立它（编码 UTF8）。"),
    ("42501", "数据库账号的权限不够，没有保存任何内容。请让管理员授权。"),
    ("25006", "数据库是只读的，没有保存任何内容。请改正设置后再试。"),
    ("53100", "数据库服务器的磁盘已满，没有保存任何内容。请清出空间后再试，已有的数据没有受损。"),
    ("53", BUSY),
    ("55P03", "别人正在保存，等了很久还没有结束，本次操作没有保存。请稍后再试。"),
    ("XX00", "数据库的数据已损坏。请停止使用，用最近的备份恢复（python -m scoring restore）。"),
    ("57P03", "数据库服务器正在启动，请稍后再试。"),
    ("57P", LOST),
    ("08", LOST),
)


def meaning(error: psycopg.Error, address: str) -> str:
    """Return what an engine's error means for the database at an address."""
    if isinstance(error, PoolTimeout | TooManyRequests):
        return f"数据库 {address}：{BUSY}"
    for code, says in MEANINGS:
        if (error.sqlstate or "").startswith(code):
            return f"数据库 {address}：{says}"
    if isinstance(error, psycopg.OperationalError) and error.sqlstate is None:
        return f"数据库 {address}：{LOST}"
    LOG.error(
        "the database engine failed: %s %s: %s",
        type(error).__name__, error.sqlstate, without_quotes(error.diag.message_primary or str(error)),
    )  # fmt: skip
    return f"数据库 {address}：{UNFORESEEN}"

"""What DuckDB's own errors mean for an office: which of the machine's faults is behind one, in a Chinese sentence."""

from __future__ import annotations

import logging
import re
from pathlib import Path

LOG = logging.getLogger(__name__)

# What the engine or the system under it says (lower case) -> what it means, and what to do.
MEANINGS = (
    (("no space left", "not enough space", "disk full", "out of disk", "quota exceeded"),
     "磁盘已满，没有保存任何内容。请清出空间后再试，已有的数据没有受损。"),
    (("file too large",),
     "文件大小到了系统允许的上限，没有保存任何内容。请放宽限额，或把数据文件夹移到能放大文件的磁盘，已有的数据没有受损。"),
    (("read-only file system", "permission denied", "access is denied", "access denied"),
     "数据文件夹不能写入（只读，或本程序没有写入权限）。请改正文件夹的权限后再试，已有的数据没有受损。"),
    (("replaying wal", "wal file"),
     "数据库的日志文件（.wal）已损坏。请停用这个文件，用最近的备份恢复（python -m scoring restore）。"),
    (("corrupt", "checksum"),
     "数据库文件已损坏：有一段内容与它的校验值不符。请停用这个文件，用最近的备份恢复（python -m scoring restore）。"),
    (("could not read enough bytes", "could not read all bytes"),
     "数据库文件不完整：后面缺了一段，可能没有复制完。请换回完整的文件，或用最近的备份恢复（python -m scoring restore）。"),
    (("not a valid duckdb database", "is a directory"),
     "数据库文件打不开：它不是数据库文件。请换回原来的文件，或用备份恢复。"),
    (("with version number",), "数据库文件由更新版本的程序建立，请升级程序。"),
    (("encrypt",), "数据库文件加了密码，打不开。请换回原来的文件，或用备份恢复。"),
    (("already attached", "file handle conflict"), "这个文件在本程序里已经打开，不能再打开一次。"),
    (("out of memory", "failed to allocate", "could not allocate"),
     "内存不够，没有保存任何内容。请关闭别的程序后再试，已有的数据没有受损。"),
    (("too many open files",), "打开的文件太多，没有保存任何内容。请重新启动本系统后再试，已有的数据没有受损。"),
    (("name too long",), "数据库文件的名字或路径太长，请换短一些的。"),
    (("no such file", "cannot find the", "symbolic links"), "文件或它所在的文件夹不在。请检查路径。"),
    (("has been invalidated",), "数据库在上一次严重错误后已经停止工作，请重新启动本系统；已经保存的内容不受影响。"),
    (("input/output error", "i/o error"), "磁盘读写出错，硬盘可能有故障。请先备份数据，再检查硬盘。"),
)  # fmt: skip


UNFORESEEN = "数据库出了没有料到的错，没有保存任何内容。请重新启动本系统后再试；仍然这样，请把运行记录交给维护人员，已有的数据不要动。"
# what may be somebody's data in an engine's message: "...", '...'
QUOTED = re.compile(r"\"[^\"]*\"?|'[^']*'?")


def meaning(error: BaseException, path: Path) -> str:
    """Return what an engine's error means for the database at a path.

    What the engine said itself goes to the log, without what it quotes: that may be what a cell says.
    """
    text = str(error).lower()
    for words, says in MEANINGS:
        if any(word in text for word in words):
            return f"{path.name}：{says}"
    LOG.error("the database engine failed: %s: %s", type(error).__name__, without_quotes(str(error)))
    return f"{path.name}：{UNFORESEEN}"


def without_quotes(text: str) -> str:
    """Return the first line of a message without what it quotes."""
    return QUOTED.sub("…", text.partition("\n")[0])

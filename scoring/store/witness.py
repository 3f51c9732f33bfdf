"""A note of the newest event, kept outside the database: a lost ``.wal`` or a file that was set back does not pass unseen."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from scoring.store.errors import LostWorkError

ACCEPT = "由管理员执行 python -m scoring accept-database 并写明理由。"
FILE = (
    "可能丢了 .wal 文件，或换成了旧的数据库文件",
    f"请停用这个文件，找回原来的文件（连同旁边的 .wal），或用最近的备份恢复（python -m scoring restore）；确认就用现在这份的，{ACCEPT}",
)
SERVER = (
    "服务器上的数据库可能被退回到旧的状态，或者连到了另一个数据库",
    (
        "请检查 KUNMING_ASSESSMENT_DATABASE 是不是原来的数据库，或把备份恢复到一个空的数据库（python -m scoring restore）；"
        f"确认就用现在这份的，{ACCEPT}"
    ),
)


@dataclass(frozen=True, slots=True)
class Noted:
    """The newest event as it was noted: its number and its hash."""

    number: int
    chain: str


class Witness:
    """Keep the note in a file. It has no state but that file, so several processes may share it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def noted(self) -> Noted | None:
        """Return what was noted; None where nothing was, or where the note cannot be read."""
        try:
            told = json.loads(self._path.read_text(encoding="utf-8"))
            return Noted(int(told["number"]), str(told["chain"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def note(self, number: int, chain: str) -> None:
        """Note the newest event. The act itself is kept already, so a disk that takes no note undoes nothing."""
        draft = self._path.with_name(f"{self._path.name}.{uuid4().hex}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with draft.open("w", encoding="utf-8") as file:
                json.dump({"number": number, "chain": chain}, file)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self._path)
        except OSError:
            with suppress(OSError):
                draft.unlink(missing_ok=True)

    def missing(self, path: Path) -> None:
        """Raise where a database file that is not there has held something.

        Raises:
            LostWorkError: something was noted of it.
        """
        if noted := self.noted():
            raise LostWorkError(
                f"数据库文件 {path} 不见了，以前保存到了第 {noted.number} 条记录；没有另建空的。请找回原来的文件（连同旁边的 .wal），"
                f"或用最近的备份恢复（python -m scoring restore）；确认从头开始的，{ACCEPT}"
            )

    def check(self, newest: int, chain_there: str | None, *, on_server: bool) -> None:
        """Compare the note with the database: its newest event's number, and the hash of the event that was noted.

        Raises:
            LostWorkError: the database lacks what was kept, or holds another event in its place.
        """
        noted = self.noted()
        if noted is None:
            return
        maybe, what_to_do = SERVER if on_server else FILE
        if newest < noted.number:
            raise LostWorkError(
                f"数据库里最新的是第 {newest} 条记录，而以前保存到了第 {noted.number} 条：后面的 {noted.number - newest} "
                f"条不见了，{maybe}。{what_to_do}"
            )
        if chain_there != noted.chain:
            raise LostWorkError(
                f"数据库的第 {noted.number} 条记录与以前保存的不是同一条：数据库可能被退回到旧的状态后又继续使用。{what_to_do}"
            )

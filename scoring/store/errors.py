"""What can go wrong with the store. Every message is a Chinese sentence that can be shown as it is."""

from __future__ import annotations

from pathlib import Path

from scoring.model.events import Event


class StoreError(Exception):
    """The store did not do what was asked; nothing of it was kept."""


class StoreBusyError(StoreError):
    """Another process holds the database. ``process`` is its id, None where the system does not tell."""

    def __init__(self, path: Path, process: int | None) -> None:
        self.path = path
        self.process = process
        who = "另一个程序" if process is None else f"另一个程序（进程号 {process}）"
        super().__init__(f"数据库 {path.name} 正被{who}使用，同一时间只能有一个程序打开它。请先关闭那个程序再试。")


class StoreBrokenError(StoreError):
    """The database cannot be opened, read or written, or holds something else than was put in."""


class LostWorkError(StoreBrokenError):
    """The database lacks work that was kept: a log was lost, or an older file took its place."""


class RefusedError(StoreError):
    """What was asked makes no sense for what is stored: an unknown number, a missing reason, a refused workbook."""


class ChangedError(RefusedError):
    """Something that the act rests on has changed since its author looked. ``events`` are what has happened."""

    def __init__(self, events: tuple[Event, ...]) -> None:
        self.events = events
        last = events[-1]
        super().__init__(
            f"您看过以后又有变化（最近一次：{last.actor}，{last.at:%m-%d %H:%M}），没有保存。请看过现在的情况再办。"
        )


class StaleBoardError(RefusedError):
    """The facts have changed since the board was computed, so it cannot be made final."""

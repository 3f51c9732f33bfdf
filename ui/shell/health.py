"""``/healthz``: whether database, workers and disk serve; details only for whoever may see them."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from starlette.requests import Request
from starlette.responses import JSONResponse

from scoring.files.room.room import room
from scoring.store import StoreError, locations
from ui.session import access, cache
from ui.session.acts import Act
from ui.shell import visitor

PATIENCE = 2  # seconds; a database that is away says so after ten, when whoever asks has given up
LEAST_FREE = 200 * 1024 * 1024  # bytes: a few packages and a backup


_pool = ThreadPoolExecutor(3, thread_name_prefix="health")
_under_way: dict[str, Future[str]] = {}  # at most one look at each: however often somebody asks, none piles up


async def healthz(request: Request) -> JSONResponse:
    """Answer 200 where all serves, else 503, within ``PATIENCE``; strangers learn only which of the two."""
    looks = {name: asyncio.wrap_future(_look(name, check)) for name, check in CHECKS.items()}
    await asyncio.wait(looks.values(), timeout=PATIENCE)
    checks = {name: look.result() if look.done() else f"{PATIENCE} 秒内没有回答" for name, look in looks.items()}
    serves = all(text == "ok" for text in checks.values())
    answer = {"status": "ok" if serves else "failing"}
    if visitor.may(request, Act.OPERATE) or not access.has_login():
        answer |= checks
    return JSONResponse(answer, 200 if serves else 503, headers={"cache-control": "no-store"})


def _look(name: str, check: Callable[[], None]) -> Future[str]:
    if name not in _under_way or _under_way[name].done():
        _under_way[name] = _pool.submit(_said, check)
    return _under_way[name]


def _said(check: Callable[[], None]) -> str:
    try:
        check()
    except (StoreError, OSError) as error:
        return str(error) or type(error).__name__
    return "ok"


def _database() -> None:
    store = cache.store(examples=False)
    store.setting("health")
    if why := store.gone():
        raise OSError(why)


def _workers() -> None:
    if not room().serves():
        raise OSError("读文件的进程启动不了")


def _disk() -> None:
    for name, folder in (("数据", locations.data_folder()), ("备份", locations.backup_folder())):
        if name == "备份" and not folder.exists():
            continue  # it is made with the first backup
        if not os.access(folder, os.W_OK):
            raise PermissionError(f"{name}文件夹不能写入")
        if shutil.disk_usage(folder).free < LEAST_FREE:
            raise OSError(f"{name}文件夹所在的磁盘快满了")


CHECKS = {"database": _database, "workers": _workers, "disk": _disk}

"""``/healthz``: whether database, workers and disk serve; details only for whoever may see them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse

from scoring.files.room.room import room
from scoring.store import StoreError, locations
from ui.session import access, cache
from ui.session.acts import Act
from ui.shell import visitor

LEAST_FREE = 200 * 1024 * 1024  # bytes: a few packages and a backup


async def healthz(request: Request) -> JSONResponse:
    """Answer 200 where all serves, else 503; strangers learn only which of the two."""
    checks = await run_in_threadpool(_look)
    serves = all(text == "ok" for text in checks.values())
    answer = {"status": "ok" if serves else "failing"}
    if visitor.may(request, Act.OPERATE) or not access.has_login():
        answer |= checks
    return JSONResponse(answer, 200 if serves else 503, headers={"cache-control": "no-store"})


def _look() -> dict[str, str]:
    return {"database": _said(_database), "workers": _said(_workers), "disk": _said(_disk)}


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

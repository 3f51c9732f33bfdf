"""``/healthz``: what serves, and what does not, by name."""

from __future__ import annotations

import os
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from scoring.files.room.room import Room
from ui.session import cache
from ui.shell import health

CLIENT = TestClient(Starlette(routes=[Route("/healthz", health.healthz)]))


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUNMING_ASSESSMENT_DATA", str(tmp_path))
    monkeypatch.setattr(health, "PATIENCE", 60)  # a busy machine is no fault


def test_all_serves() -> None:
    answer = CLIENT.get("/healthz")
    assert answer.json() == {"status": "ok", "database": "ok", "workers": "ok", "disk": "ok"}
    assert answer.status_code == 200
    cache.store(examples=False).close()


def test_each_that_does_not_serve_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.store(examples=False).close()
    ended = Room(1)
    ended.close()
    monkeypatch.setattr(health, "room", lambda: ended)
    monkeypatch.setattr(health, "LEAST_FREE", 1 << 62)
    answer = CLIENT.get("/healthz")
    told = answer.json()
    assert (answer.status_code, told["status"]) == (503, "failing")
    assert "已经关闭" in told["database"]
    assert "进程" in told["workers"]
    assert "磁盘" in told["disk"]


def test_a_worker_that_died_is_replaced() -> None:
    small = Room(1)
    assert small.serves()
    (worker,) = small._all
    worker.end()
    assert small.serves()
    assert small._all != [worker]
    small.close()
    assert not small.serves()


def test_a_database_server_that_is_away_is_said_to_be_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUNMING_ASSESSMENT_DATABASE", "postgresql://u:geheim@127.0.0.1:1/x")
    told = CLIENT.get("/healthz").json()
    assert "连接不上" in told["database"]
    assert "geheim" not in told["database"]


def test_a_database_server_that_says_nothing_keeps_no_answer_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, ThreadPoolExecutor(1) as pool:
        monkeypatch.setenv("KUNMING_ASSESSMENT_DATABASE", f"postgresql://u@127.0.0.1:{silent.getsockname()[1]}/x")
        monkeypatch.setattr(health, "PATIENCE", 0.2)
        monkeypatch.setattr(health, "_pool", pool)
        monkeypatch.setattr(health, "_under_way", {})
        looks = set()
        for _ in range(3):
            answer = CLIENT.get("/healthz")
            assert answer.status_code == 503
            assert answer.json()["database"] == "0.2 秒内没有回答"
            looks.add(health._under_way["database"])
        assert len(looks) == 1  # one look goes on, none was added
        silent.accept()[0].close()


@pytest.mark.parametrize("kept", ["data", "backup"])
def test_the_folder_that_takes_nothing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: str) -> None:
    monkeypatch.setenv("KUNMING_ASSESSMENT_BACKUP", str(tmp_path / "backup"))
    (tmp_path / "backup").mkdir()
    wrong = tmp_path if kept == "data" else tmp_path / "backup"
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != wrong and allowed(path, mode))
    answer = CLIENT.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["disk"] == {"data": "数据文件夹不能写入", "backup": "备份文件夹不能写入"}[kept]
    cache.store(examples=False).close()

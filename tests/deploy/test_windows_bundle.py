"""The package for Windows: the program in it runs, nothing of an office's is in it, and no wheel is lacking."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from deploy.windows_bundle import NAME, lacking, program_files, write


def wheel(folder: Path, name: str, *needs: str) -> None:
    metadata = "\n".join([f"Name: {name}", *(f"Requires-Dist: {need}" for need in needs)])
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as package:
        package.writestr(f"{name}-1.0.dist-info/METADATA", metadata)


def test_what_only_windows_needs_is_asked_for(tmp_path: Path) -> None:
    wheel(tmp_path, "click", 'colorama>=0.4; sys_platform == "win32"', 'uvloop; sys_platform == "linux"', "my_lib")
    wheel(tmp_path, "my.lib", 'extra_thing; extra == "all"', 'old; python_version < "3.9"')
    assert lacking(tmp_path, "3.11") == {"colorama>=0.4"}
    wheel(tmp_path, "colorama")
    assert lacking(tmp_path, "3.11") == set()


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    wheel(wheels, "click")
    write(tmp_path / "bundle.zip", wheels, "3.12")
    with zipfile.ZipFile(tmp_path / "bundle.zip") as package:
        package.extractall(tmp_path)
    return tmp_path / NAME


def test_the_program_in_the_package_scores_the_examples(unpacked: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "scoring", "score", "data/examples", "--as-of", "2023-12-31"], cwd=unpacked,
        env={key: value for key, value in os.environ.items() if key != "PYTHONPATH"},
        capture_output=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    assert "五华区" in ended.stdout, ended.stderr


def test_the_start_file_can_be_read_by_a_chinese_windows(unpacked: Path) -> None:
    content = (unpacked / "启动.bat").read_bytes()
    text = content.decode("gbk")
    assert "py -3.12 -m venv" in text
    assert text.count("\r\n") == text.count("\n")
    for label in ("run", "end", "nopython", "failed"):
        assert f"\n:{label}\r" in text


def test_nothing_of_an_office_is_in_the_package() -> None:
    names = [path.name for path in program_files()]
    assert "app.py" in names
    assert not [name for name in names if name.endswith((".duckdb", ".wal", ".pyc")) or name == "secrets.toml"]

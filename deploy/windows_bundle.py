"""Make the package for Windows machines without internet: ``python deploy/windows_bundle.py``.

It holds the program, the wheels of the pinned versions for one version of Python, and a file that sets both up on the
first start. Python itself is installed on the machine beforehand.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = ("app.py", "rules.toml", "requirements.txt", "README.md", "CHANGELOG.md", "data/make_examples.py")
FOLDERS = ("pages", "scoring", "ui", "rules", "docs", ".streamlit", "data/examples", "data/example_year")
LEFT_OUT = ("__pycache__", "secrets.toml", "screenshots")
NAME = "昆明市获得用水考评系统"
START = """@echo off
cd /d "%~dp0"
if exist .venv\\ready goto run
echo 第一次启动，正在安装，需要一两分钟……
py -{python} -m venv .venv || goto nopython
.venv\\Scripts\\python -m pip install --quiet --no-index --find-links wheels -r requirements.txt || goto failed
echo ok> .venv\\ready
:run
.venv\\Scripts\\python -m streamlit run app.py
goto end
:nopython
echo 请先安装 Python {python}（64 位），再双击“启动.bat”。
goto end
:failed
echo 安装没有完成，请把上面的文字发给维护人员。
:end
pause
"""


def main(arguments: list[str] | None = None) -> None:
    """Download the wheels and write the package."""
    parser = argparse.ArgumentParser(description="Make the offline package for Windows.")
    parser.add_argument("--python", default="3.11", help="the version of Python on the machines (3.11)")
    parser.add_argument("-o", "--output", type=Path, default=Path(f"{NAME}_Windows离线包.zip"))
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        download(Path(folder), chosen.python)
        write(chosen.output, Path(folder), chosen.python)
    sys.stderr.write(f"{chosen.output}\n")


def download(wheels: Path, python: str) -> None:
    """Fetch the wheels of the pinned versions for Windows, and of what they need there only.

    pip asks for what the machine needs on which it runs, so what only Windows needs is asked for by name.

    Raises:
        subprocess.CalledProcessError: one has no wheel for Windows, or the index cannot be reached.
    """
    wanted = ["-r", str(ROOT / "requirements.txt")]
    while wanted:
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--dest", str(wheels), "--only-binary=:all:",
             "--platform", "win_amd64", "--python-version", python, "--implementation", "cp", *wanted],
            check=True,
        )  # fmt: skip
        wanted = sorted(lacking(wheels, python))


def lacking(wheels: Path, python: str) -> set[str]:
    """Return what the wheels in a folder need on Windows and is not among them."""
    there = {canonicalize_name(path.name.split("-")[0]) for path in wheels.glob("*.whl")}
    windows = {
        "sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64",
        "python_version": python, "python_full_version": f"{python}.0", "extra": "",
    }  # fmt: skip
    needed = {
        requirement
        for path in wheels.glob("*.whl")
        for requirement in map(Requirement, requirements_of(path))
        if requirement.marker is None or requirement.marker.evaluate(windows)
    }
    return {f"{one.name}{one.specifier}" for one in needed if canonicalize_name(one.name) not in there}


def requirements_of(wheel: Path) -> list[str]:
    """Return what a wheel says that it needs."""
    with zipfile.ZipFile(wheel) as package:
        name = next(name for name in package.namelist() if name.endswith(".dist-info/METADATA"))
        return message_from_bytes(package.read(name)).get_all("Requires-Dist", [])


def write(output: Path, wheels: Path, python: str) -> None:
    """Write program, wheels and start file into one package; the start file is in the encoding of Chinese Windows."""
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as package:
        for path in program_files():
            package.write(path, f"{NAME}/{path.relative_to(ROOT).as_posix()}")
        for path in sorted(wheels.iterdir()):
            package.write(path, f"{NAME}/wheels/{path.name}", zipfile.ZIP_STORED)
        package.writestr(f"{NAME}/启动.bat", START.format(python=python).replace("\n", "\r\n").encode("gbk"))


def program_files() -> Iterator[Path]:
    """List the files that the program needs to run; never a database or a secret."""
    for name in PROGRAM:
        yield ROOT / name
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and not any(part in LEFT_OUT for part in path.parts):
                yield path


if __name__ == "__main__":
    main()

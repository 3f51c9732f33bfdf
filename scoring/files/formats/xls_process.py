"""Read the cells of an Excel 97–2003 workbook in a process of its own.

A damaged ``.xls`` can make the library ask for a terabyte of memory, which ends the process that reads it: the app for
everyone, or a whole folder's check. Here it ends a child, and the file is refused like any other broken one.
"""

from __future__ import annotations

import io
import pickle
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineWorkbook, SheetTypeEnum

from scoring.files import limits
from scoring.files.gate import RefusedError

ROOT = Path(__file__).resolve().parents[3]
Corner = tuple[int, int]


@dataclass(frozen=True, slots=True)
class OldSheet:
    """One worksheet's cells from A1 on, and its merged ranges as (top, left), (bottom, right) counted from 0."""

    name: str
    rows: list[list[object]]
    merges: list[tuple[Corner, Corner]]


def read_old_sheets(data: bytes) -> list[OldSheet]:
    """Return the worksheets of an ``.xls`` in order.

    Raises:
        RefusedError: the child process failed, ran out of memory or took too long.
    """
    command = [sys.executable, "-m", __name__]
    try:
        done = subprocess.run(  # noqa: S603  our own module, no word of the sender's
            command, input=data, capture_output=True, cwd=ROOT, timeout=limits.APART_SECONDS, check=True
        )
    except subprocess.SubprocessError as error:
        raise RefusedError("file-broken") from error
    return [OldSheet(*sheet) for sheet in pickle.loads(done.stdout)]  # noqa: S301  written by our own child


def _sheets(data: bytes) -> Iterator[tuple[object, ...]]:
    """Yield the name, rows and merged ranges of each worksheet: plain values, which the parent knows."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for meta in book.sheets_metadata:
        if meta.typ is SheetTypeEnum.WorkSheet:
            sheet = book.get_sheet_by_name(meta.name)
            yield meta.name, sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or []


def _limit_memory() -> None:
    """Let the child fail before it takes the computer's memory; Windows has no such limit for one process."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  there is none on Windows

        resource.setrlimit(resource.RLIMIT_AS, (limits.APART_BYTES, limits.APART_BYTES))


def main() -> None:
    """Read a workbook from standard input and write its sheets to standard output."""
    _limit_memory()
    sys.stdout.buffer.write(pickle.dumps(list(_sheets(sys.stdin.buffer.read())), pickle.HIGHEST_PROTOCOL))


if __name__ == "__main__":
    main()

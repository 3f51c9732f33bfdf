"""The backups of a store: made and checked, kept for a week, a month and a year, and put back into an empty place."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from scoring.calendar.clock import from_column, now, to_column
from scoring.store.errors import RefusedError, StoreBrokenError, StoreError
from scoring.store.homes.database import Address
from scoring.store.homes.duckdb_file import DuckdbFile
from scoring.store.homes.moving import move_tables
from scoring.store.homes.opening import address_of, open_database
from scoring.store.store import Store
from scoring.store.witness import Witness
from scoring.words.system import why

# the name of a backup: assessment_20231231_020000.duckdb
NAME = re.compile(r"assessment_(\d{8}_\d{6})\.duckdb", re.ASCII)
MOMENT = "%Y%m%d_%H%M%S"
DAYS, WEEKS, MONTHS = 7, 4, 12  # of how many days, weeks and months the newest backup is kept
ASKED, ANSWERED = "asked", "answered.json"  # files by which the command asks the running app
WAIT = 0.3  # seconds between two looks for the answer


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup: its file, when it was begun, its size in bytes."""

    path: Path
    made_at: datetime
    size: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check of a whole record found: how many events and workbooks it holds, and the faults in Chinese."""

    events: int
    workbooks: int
    faults: tuple[str, ...]


def list_backups(folder: Path) -> tuple[Backup, ...]:
    """List the backups in a folder, the newest first; none where there is no folder."""
    backups = []
    for path in folder.glob("assessment_*.duckdb") if folder.is_dir() else ():
        if match := NAME.fullmatch(path.name):
            moment = from_column(datetime.strptime(match[1], MOMENT))  # noqa: DTZ007  the name tells Beijing time
            backups.append(Backup(path, moment, path.stat().st_size))
    return tuple(sorted(backups, key=lambda one: one.made_at, reverse=True))


def newest_by(backups: Iterable[Backup], present: datetime) -> Backup | None:
    """Return the newest backup made up to now; one made while the clock was ahead tells nothing of what has come since."""
    return max((one for one in backups if one.made_at <= present), key=lambda one: one.made_at, default=None)


def surplus(backups: Iterable[Backup]) -> tuple[Backup, ...]:
    """Return the backups that are no more needed: not the newest of one of the last days, weeks and months that have any."""
    newest_first = sorted(backups, key=lambda one: one.made_at, reverse=True)
    kept: set[Path] = set()
    periods: tuple[tuple[int, Callable[[datetime], object]], ...] = (
        (DAYS, lambda moment: moment.date()),
        (WEEKS, lambda moment: moment.isocalendar()[:2]),
        (MONTHS, lambda moment: (moment.year, moment.month)),
    )
    for number, period in periods:
        seen: set[object] = set()
        for backup in newest_first:
            if (name := period(backup.made_at)) not in seen and len(seen) < number:
                seen.add(name)
                kept.add(backup.path)
    return tuple(backup for backup in newest_first if backup.path not in kept)


def back_up(store: Store, folder: Path, at: datetime | None = None) -> Backup:
    """Make a backup, check its whole record, and let go of those that are no more needed; ``at`` None is now.

    Raises:
        StoreError: the backup could not be made, or its record does not hold; then none is kept.
    """
    moment = (at or now()).replace(microsecond=0)
    target = folder / f"assessment_{to_column(moment):{MOMENT}}.duckdb"
    store.backup(target)
    checked = check_file(target)
    if checked.faults:
        target.unlink()
        raise StoreBrokenError(f"备份核对没有通过，没有留下备份：{checked.faults[0]}")
    for old in surplus(list_backups(folder)):
        old.path.unlink(missing_ok=True)
    return Backup(target, moment, target.stat().st_size)


def check_file(path: Path) -> Checked:
    """Open a database file that nobody uses and check its whole record.

    Raises:
        StoreError: it cannot be opened.
    """
    with closing(DuckdbFile(path)) as database:
        store = Store(database)
        return Checked(len(store.history()), len(store.uploads()), store.verify_history())


def restore(backup: Path, target: Address, note: Path, actor: str) -> tuple[Checked, int]:
    """Put a backup where no database is, or into an empty one on a server, once its whole record has been checked.

    Returns what the check found, and how many events that had been noted the backup lacks. The history says who
    restored it.

    Raises:
        RefusedError: there is a database already, no such backup, or nobody's name.
        StoreBrokenError: the backup's record does not hold, or it cannot be copied.
    """
    if not backup.is_file():
        raise RefusedError(f"没有备份文件 {backup}。")
    if not actor.strip():
        raise RefusedError("请写明恢复人的姓名。")
    folder = target.parent if isinstance(target, Path) else backup.parent
    if isinstance(target, Path):
        _refuse_present(target)
    draft = folder / f"restore_{uuid4().hex}.duckdb"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(backup, draft)
        checked = check_file(draft)
        if checked.faults:
            raise StoreBrokenError(f"{backup.name} 的记录核对没有通过，没有恢复：{checked.faults[0]}")
        if isinstance(target, Path):
            draft.replace(target)
        else:
            move_database(draft, target)
    except OSError as error:
        raise StoreBrokenError(f"恢复写不到 {folder}：{why(error)}。") from error
    finally:
        draft.unlink(missing_ok=True)
    noted = Witness(note).noted()
    lost = max(noted.number - checked.events, 0) if noted else 0
    _note_the_restore(target, note, backup.name, lost, actor)
    return checked, lost


def _refuse_present(target: Path) -> None:
    if there := [path for path in (target, target.with_name(f"{target.name}.wal")) if path.exists()]:
        raise RefusedError(f"{there[0]} 已经存在：先停下系统，把它移到别处，再恢复。")


def move_database(source: Address, target: Address) -> Checked:
    """Copy all that is kept from one home into an empty database of another and prove the two equal.

    Row counts and hashes of all tables are compared, and the whole record is checked where it lies now.

    Raises:
        StoreError: one of the two cannot be opened, the target is not empty, or the two are not equal; then the target
            is as empty as before.
    """
    if address_of(source) == address_of(target):
        raise RefusedError("写的两处是同一个数据库，没有搬。")
    with closing(open_database(source)) as old, closing(open_database(target)) as new:
        with old.reading() as there, new.writing() as here:
            move_tables(there, here)
        store = Store(new)
        return Checked(len(store.history()), len(store.uploads()), store.verify_history())


def accept(address: Address, note: Path, actor: str, reason: str) -> int:
    """Take a database as it is from now on, lost events and the clock included; return its newest event's number.

    Raises:
        StoreError: it cannot be opened, or name or reason is missing.
    """
    with closing(open_database(address)) as database:
        database.after_keeping = Witness(note).note
        return Store(database).accept(actor, reason).number


def _note_the_restore(target: Address, note: Path, name: str, lost: int, actor: str) -> None:
    with closing(open_database(target)) as database:
        database.after_keeping = Witness(note).note
        Store(database).set_setting("restored", name + (f"，少{lost}条记录" if lost else ""), actor)


def is_due(newest: Backup | None, last_event: datetime | None, present: datetime) -> bool:
    """Tell whether a backup is to be made by schedule: a new day has come, and something was kept since the newest one."""
    if last_event is None:
        return False
    return newest is None or (newest.made_at.date() < present.date() and last_event > newest.made_at)


def is_too_old(
    newest: Backup | None, first: datetime | None, last: datetime | None, present: datetime, days: int
) -> bool:
    """Tell whether work has gone without a backup for longer than ``days``; ``first`` and ``last`` event, None: none yet."""
    if first is None or last is None:
        return False
    since = newest.made_at if newest else first
    return (newest is None or last > since) and present - since > timedelta(days=days)


def ask(folder: Path, seconds: float) -> str:
    """Ask the app that holds the database for a backup and return the file's name.

    Raises:
        StoreError: it did not answer in time, or could not make one.
    """
    answer = folder / ANSWERED
    answer.unlink(missing_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ASKED).touch()
    end = time.monotonic() + seconds
    while not answer.exists():
        if time.monotonic() > end:
            (folder / ASKED).unlink(missing_ok=True)
            raise StoreBrokenError("正在运行的系统没有回应，没有备份。请在页面“报送与版本 › 系统状态”上备份。")
        time.sleep(WAIT)  # the app is another process, which answers by a file
    told = json.loads(answer.read_text(encoding="utf-8"))
    answer.unlink(missing_ok=True)
    if "fault" in told:
        raise StoreBrokenError(str(told["fault"]))
    return str(told["name"])


def answer(store: Store, folder: Path) -> Backup | None:
    """Make the backup that the command asked for, and tell it; None where nobody asked."""
    asked = folder / ASKED
    if not asked.exists():
        return None
    asked.unlink(missing_ok=True)
    made: Backup | None = None
    try:
        made = back_up(store, folder)
        told = {"name": made.path.name}
    except StoreError as error:
        told = {"fault": str(error)}
    draft = folder / f"{uuid4().hex}.json"
    draft.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    draft.replace(folder / ANSWERED)
    return made

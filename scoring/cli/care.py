"""The commands that look after what is kept: backup, restore, accept-database, move-database, verify. They work beside a running app."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import click

from scoring.cli.base import Command, stop

PATIENCE = 600.0  # seconds in which the running app answers; a large database takes minutes


@click.command(cls=Command)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="另存一份到哪个文件（默认只放进备份文件夹）")
def backup(output: Path | None) -> None:
    """备份数据库并核对；系统运行时也可以。"""
    from scoring.store import StoreBusyError, StoreError, locations, open_store  # noqa: PLC0415  duckdb is slow to load
    from scoring.store.backups import ask, back_up  # noqa: PLC0415

    database, folder = locations.real_database(), locations.backup_folder()
    if _never_was(database):
        stop(f"没有数据库 {database}，不用备份")
    if output and output.exists():
        stop(f"{output} 已经存在，请换一个文件名")
    try:
        try:
            with closing(open_store(database, locations.note_of_newest())) as store:
                written = back_up(store, folder).path
        except StoreBusyError:
            written = folder / ask(folder, PATIENCE)
        if output:
            shutil.copyfile(written, output)
    except StoreError as error:
        stop(str(error))
    except OSError as error:
        stop(f"写不了 {error.filename}，请看文件夹在不在、能不能写入")
    click.echo(f"已备份并核对：{output or written}", err=True)


@click.command(cls=Command)
@click.argument("backup", metavar="BACKUP", type=click.Path(path_type=Path))
@click.option("--by", "name", required=True, help="恢复人的姓名")
def restore(backup: Path, name: str) -> None:
    """用一份备份恢复数据库，恢复前核对全部记录；原来的数据库要先移走（BACKUP 是备份文件）。"""
    from scoring.store import StoreError, address_of, backups, locations  # noqa: PLC0415

    target = locations.real_database()
    try:
        checked, lost = backups.restore(backup, target, locations.note_of_newest(), name)
    except StoreError as error:
        stop(str(error))
    click.echo(
        f"已恢复到 {address_of(target)}：{checked.events} 条记录、{checked.workbooks} 份工作簿，核对通过", err=True
    )
    if lost:
        click.echo(f"备份之后的 {lost} 条记录不在这份备份里，需要重新办理", err=True)


@click.command(cls=Command)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
def verify(file: Path) -> None:
    """核对一份定稿包：在任何电脑上重算榜单和文件，不同的逐字节指出（FILE 是下载的定稿包）。"""
    from scoring.proof.verify import verify as check  # noqa: PLC0415  the papers' libraries are slow to load

    try:
        package = file.read_bytes()
    except OSError:
        stop(f"找不到 {file}")
    checked = check(package)
    _stop_at(checked.faults)
    click.echo(
        f"定稿 {checked.number}：榜单和 {checked.papers} 份文件重算后一个字节也不差，包的校验值 {sha256(package).hexdigest()}"
    )


@click.command("accept-database", cls=Command)
@click.option("--by", "name", required=True, help="管理员的姓名")
@click.option("--reason", required=True, help="为什么就用现在这份数据库")
def accept_database(name: str, reason: str) -> None:
    """确认就用现在这份数据库和本机时钟：记录少了、时钟跳过几年而启动不了时用，记入全部记录。"""
    from scoring.store import StoreError, backups, locations  # noqa: PLC0415

    database = locations.real_database()
    if _never_was(database):
        stop(f"没有数据库 {database}")
    try:
        number = backups.accept(database, locations.note_of_newest(), name, reason)
    except StoreError as error:
        stop(str(error))
    click.echo(f"已确认，记为第 {number} 条记录", err=True)


@click.command("move-database", cls=Command)
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
def move_database(source: str, target: str) -> None:
    """把数据库搬到另一处并证明两边相等（两处各是数据库文件或 postgresql:// 地址；后一处要是空的，前一处不变）。"""
    from scoring.store import StoreError, address_of, backups, is_absent  # noqa: PLC0415

    old, new = (one if "://" in one else Path(one) for one in (source, target))
    if is_absent(old):
        stop(f"没有数据库 {source}")
    try:
        moved = backups.move_database(old, new)
    except StoreError as error:
        stop(str(error))
    _stop_at(moved.faults)
    click.echo(
        f"已搬到 {address_of(new)}：{moved.events} 条记录、{moved.workbooks} 份工作簿，各表的行数和校验值与原来相等，"
        "全部记录核对通过",
        err=True,
    )


def _stop_at(faults: Sequence[str]) -> None:
    """Name what is not as it was, and end with 1; nothing: go on."""
    for fault in faults:
        click.echo(fault)
    if faults:
        sys.exit(1)


def _never_was(database: Path | str) -> bool:
    """Tell whether there is no database, and no note that there ever was one."""
    from scoring.store import is_absent, locations  # noqa: PLC0415
    from scoring.store.witness import Witness  # noqa: PLC0415

    return is_absent(database) and not Witness(locations.note_of_newest()).noted()

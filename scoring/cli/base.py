"""What every command rests on: help in Chinese throughout, and the end of wrong usage in one line."""

from __future__ import annotations

import sys
from typing import NoReturn

import click

USAGE = 2
HELP_WORDS = {
    "Usage: ": "用法：", "Options:": "选项：", "Commands:": "命令：", "Show this message and exit.": "显示这份说明",
    "[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]…", "  [required]": "  [必填]",
}  # fmt: skip


class Command(click.Command):
    """A command whose help is in Chinese throughout."""

    def get_help(self, ctx: click.Context) -> str:
        """Return the help with click's own words in Chinese."""
        return _in_chinese(super().get_help(ctx))


class Group(click.Group):
    """The commands together, with their help in Chinese."""

    command_class = Command

    def get_help(self, ctx: click.Context) -> str:
        """Return the help with click's own words in Chinese."""
        return _in_chinese(super().get_help(ctx))


def _in_chinese(text: str) -> str:
    for theirs, ours in HELP_WORDS.items():
        text = text.replace(theirs, ours)
    return text


def stop(message: str) -> NoReturn:
    """End with the exit status of wrong usage, said in one line."""
    click.echo(message, err=True)
    sys.exit(USAGE)

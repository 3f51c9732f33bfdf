"""What a method asks of a ledger and how it is spoken of: plain data, for those who must not know how it judges."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ReadFrom(StrEnum):
    """The sheet of a ledger that decides a clause."""

    WORK = "work"  # 工作落实
    ROSTER = "roster"  # 企业全量名单
    CASES = "cases"  # 工作案例


@dataclass(frozen=True, slots=True)
class MethodTraits:
    """The traits of one method; its record in ``scoring.methods`` holds them beside the judge.

    ``name`` stands in ``rules.toml`` and ``title`` in the sentences about two rule files. ``is_bonus`` True: it adds
    points and has no deadline. ``counts`` True: a 数量 by itself states something. ``zero_is_good`` True: the number is
    how many are missing. ``by_quarter`` True: every quarter is judged by itself. ``needs`` are the fields of a term that
    ``rules.toml`` must give (``of``, ``cap``), each with what to say where it is missing.

    ``read_from`` is the sheet that decides. ``has_own_row`` False: no row of 工作落实 states it. ``asks_evidence`` False: a
    row that says done needs no 佐证材料.

    ``number_prompt`` is what the blank ledger says at the 数量 cell (empty: there is none to fill in) and ``number_note``
    what its 填报说明 says; ``{of}`` stands for the term's number. ``number_limit`` is the most that may be entered where the
    term sets no ``of``. ``unit_word`` is what one of the number is called, ``each_fault`` what a fault costs for.
    """

    name: str
    title: str
    is_bonus: bool = False
    counts: bool = False
    zero_is_good: bool = False
    by_quarter: bool = False
    needs: tuple[tuple[str, str], ...] = ()
    read_from: ReadFrom = ReadFrom.WORK
    has_own_row: bool = True
    asks_evidence: bool = True
    number_prompt: str = ""
    number_note: str = ""
    number_limit: int | None = None
    unit_word: str = "个"
    each_fault: str = ""

    @property
    def answers_task_row(self) -> bool:
        """Tell whether a row for a whole task states it (not what is read off another sheet, nor a bonus)."""
        return self.read_from is ReadFrom.WORK and self.has_own_row and not self.is_bonus

    def claims(self, number: int) -> bool:
        """Tell whether a number claims something good, which needs evidence."""
        return self.counts and (number == 0 if self.zero_is_good else number > 0)

"""What is said of all files that were dropped together."""

from __future__ import annotations

from collections.abc import Sequence

from scoring.analysis.intake_lines import Fate, IntakeLine


def summary(lines: Sequence[IntakeLine]) -> str:
    """Say in a sentence what was dropped and what needs a person; what was stored before needs nobody.

    ``14份：2处错误，11份可以入库，2份没有可用内容，1份不能读``
    """
    count = {fate: sum(line.fate is fate for line in lines) for fate in Fate}
    new = [line for line in lines if line.fate is not Fate.KNOWN]
    errors = sum(line.errors for line in new)
    torn = sum(line.contradictions for line in new)
    parts = [
        f"{errors}处错误" if errors else "",
        f"{torn}处矛盾" if torn else "",
        f"{count[Fate.STORED]}份可以入库" if count[Fate.STORED] else "没有可以入库的",
        f"{idle}份没有可用内容" if (idle := count[Fate.NOTHING] + count[Fate.BLANK] + count[Fate.KEPT]) else "",
        f"{count[Fate.REFUSED]}份不能读" if count[Fate.REFUSED] else "",
        f"{count[Fate.KNOWN]}份以前已经入库" if count[Fate.KNOWN] else "",
    ]
    return f"{len(lines)}份文件：{'，'.join(filter(None, parts))}"

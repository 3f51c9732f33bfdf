"""Write ``docs/problems.md`` from the problem catalogue: ``python -m scoring.cli.problem_docs``."""

from __future__ import annotations

import string
from pathlib import Path

from scoring.problems import CATALOGUE, ProblemKind, Severity

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "problems.md"
SEVERITY_WORDS = {Severity.ERROR: "错误", Severity.WARNING: "提醒"}
HEAD = """# 台账问题一览

本页由 `python -m scoring.cli.problem_docs` 从程序里的问题目录生成，请勿手工修改。

- **错误**：这一行（或这张表、这个文件）不计入，其余照常读取。
- **提醒**：照常读取，请核对。

每个问题都带有文件名、工作表和单元格；编号固定不变，可供其他程序使用。
"""


def problems_document() -> str:
    """Return the page: one table for errors and one for warnings, in the order of the catalogue."""
    parts = [HEAD]
    for severity, word in SEVERITY_WORDS.items():
        kinds = [kind for kind in CATALOGUE.values() if kind.severity is severity]
        parts.append(f"\n## {word}（{len(kinds)} 种）\n\n| 编号 | 问题 | 提示的话 | 怎么办 |\n|---|---|---|---|\n")
        parts += [_row(kind) for kind in kinds]
    return "".join(parts)


def _row(kind: ProblemKind) -> str:
    cells = (f"`{kind.code}`", kind.title, _shown(kind.template), kind.advice)
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |\n"


def _shown(template: str) -> str:
    """Show a message with ``…`` where the workbook's own words stand."""
    return "".join(text + ("…" if name is not None else "") for text, name, _, _ in string.Formatter().parse(template))


if __name__ == "__main__":
    DOCUMENT.write_text(problems_document(), "utf-8", newline="\n")

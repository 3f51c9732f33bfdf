"""The machine interface, called as other programs call it: a process, its output, its exit status."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scoring.cli import commands
from scoring.ledger.template.blank import template_workbook
from scoring.rulebook.read import DEFAULT_RULES, load_rulebook

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "data" / "examples"
QUARTER = EXAMPLES / "2023年第三季度"  # where a quarter of the workbooks will do


def run(*arguments: object, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "scoring", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", cwd=cwd, env=environment, check=False
    )


def ended(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Run a command in this process; return its exit status and what it wrote to both streams."""
    with pytest.raises(SystemExit) as status:
        commands.run([str(argument) for argument in arguments])
    return int(status.value.code or 0), *capsys.readouterr()


@pytest.fixture(scope="module")
def board() -> dict[str, Any]:
    done = run("score", EXAMPLES, "--as-of", "2023-12-31", "--json")
    assert done.stderr == ""
    assert done.returncode == 1  # the examples hold three cells that cannot be read
    return dict(json.loads(done.stdout))


def test_the_object_has_the_parts_of_the_contract(board: dict[str, Any]) -> None:
    assert list(board) == ["year", "as_of", "policy", "units", "problems"]
    assert list(board["policy"]) == [
        "late",
        "quarterly",
        "shared_hall",
        "evidence",
        "late_ledger",
        "responsible",
        "median",
        "silence",
        "partners",
    ]
    assert len(board["units"]) == 20
    assert list(board["units"][0]) == [
        "unit", "kind", "reported", "base", "responsibility", "case_points", "incentive", "deductions", "raw", "score", "rank", "findings",
    ]  # fmt: skip
    finding = board["units"][0]["findings"][0]
    assert list(finding) == [
        "clause",
        "task",
        "outcome",
        "points",
        "deadline",
        "quote",
        "reason",
        "sources",
        "evidence",
    ]
    assert list(board["problems"][0]) == ["severity", "code", "workbook", "sheet", "cell", "value", "message"]


def test_points_are_strings_with_two_decimals_and_add_up(board: dict[str, Any]) -> None:
    for unit in board["units"]:
        figures = [
            unit[name] for name in ("base", "responsibility", "case_points", "incentive", "deductions", "raw", "score")
        ]
        assert all(re.fullmatch(r"\d+\.\d\d", text) for text in figures)
        cents = {
            name: int(unit[name].replace(".", ""))
            for name in ("base", "responsibility", "case_points", "incentive", "deductions", "raw")
        }
        total = (
            cents["base"] + cents["responsibility"] + cents["case_points"] + cents["incentive"] - cents["deductions"]
        )
        assert cents["raw"] == total
        assert (
            sum(int(f["points"].replace(".", "")) for f in unit["findings"] if f["points"][0] == "-")
            == -cents["deductions"]
        )


def test_a_workbook_is_named_by_its_path_below_the_folder(board: dict[str, Any]) -> None:
    named = {
        source["workbook"] for unit in board["units"] for finding in unit["findings"] for source in finding["sources"]
    }
    assert all((EXAMPLES / name).is_file() for name in named)


def test_two_runs_print_the_same(board: dict[str, Any]) -> None:
    assert json.loads(run("score", EXAMPLES, "--as-of", "2023-12-31", "--json").stdout) == board


def test_a_policy_is_switched_and_said() -> None:
    done = run("score", QUARTER, "--policy", "late=strict", "--policy", "quarterly=each", "--json")
    policy = json.loads(done.stdout)["policy"]
    assert (policy["late"], policy["quarterly"], policy["evidence"]) == ("strict", "each", "required")


def test_people_get_a_table_a_kind_and_the_problems() -> None:
    done = run("score", QUARTER, "--as-of", "2023-12-31")
    assert done.stdout.startswith("各县（市）区（2023年度，截至2023-12-31）")
    assert "市级责任部门" in done.stdout
    assert "看不懂的完成情况" in done.stdout


def test_a_template_reads_back_without_a_problem(tmp_path: Path) -> None:
    assert run("template", "石林", 2, "-o", tmp_path / "空白.xlsx").returncode == 0
    done = run("check", tmp_path / "空白.xlsx", "--json")
    assert (done.returncode, json.loads(done.stdout)) == (0, {"problems": []})


def test_hidden_and_open_files_of_a_folder_are_skipped(tmp_path: Path) -> None:
    blank = template_workbook(load_rulebook(), "五华区", 2)
    for name in ("五华区.xlsx", ".hidden.xlsx", "~$五华区.xlsx", ".git/五华区.xlsx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(blank if name == "五华区.xlsx" else b"no workbook")
    assert run("check", tmp_path).returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("score", "nowhere.xlsx"), ("score", EXAMPLES, "--as-of", "2023-13-01"), ("score", EXAMPLES, "--as-of", "31.12.2023"),
        ("score", EXAMPLES, "--as-of", "2023-W10-1"), ("score", EXAMPLES, "--as-of"), ("template", "五华区", 2, 3), ("template", "五华区", 2, "-o", "nowhere/a.xlsx"),
        ("score", EXAMPLES, "--json=1"),
        ("score", EXAMPLES, "--policy", "late=sometimes"), ("score", EXAMPLES, "--policy", "later=strict"),
        ("score", EXAMPLES, "--policy", "late"), ("score",), ("grade", EXAMPLES), ("template", "五华区", 5), ("template", "火星", 2),
        ("template", "高新区", 2), ("check", EXAMPLES, "--rules", "nowhere.toml"), (), ("score", EXAMPLES, "--fast"),
    ],
    ids=str,
)  # fmt: skip
def test_wrong_usage_ends_with_two_and_says_why_without_a_traceback(
    arguments: tuple[object, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    status, told, said = ended(capsys, *arguments)
    assert (status, told) == (2, "")
    assert "Traceback" not in said
    assert len(said.strip().splitlines()) == 1
    assert "scoring --help" not in said or not re.search(r"[A-Za-z]{2,} [a-z]{2,}", said.split("，用法见")[0])


def test_a_folder_without_a_ledger_is_said_and_scores_everyone_as_unreported(tmp_path: Path) -> None:
    done = run("score", tmp_path, "--json")
    assert (done.returncode, done.stderr.strip()) == (0, "给出的文件夹里没有台账")
    assert not any(unit["reported"] for unit in json.loads(done.stdout)["units"])


def test_a_rule_file_with_mistakes_is_not_started_on(tmp_path: Path) -> None:
    broken = tmp_path / "rules.toml"
    broken.write_text(
        DEFAULT_RULES.read_text("utf-8").replace("closes = ", "closed = ").replace('"4B"', '"4A"'), "utf-8"
    )
    done = run("score", EXAMPLES, "--rules", broken, "--json")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "assessment.closed" in done.stderr
    assert "条款 4A 写了两次" in done.stderr


@pytest.mark.parametrize("arguments", [("--help",), ("score", "-h"), ("check", "--help"), ("template", "--help")])
def test_the_help_is_in_chinese(arguments: tuple[object, ...], capsys: pytest.CaptureFixture[str]) -> None:
    status, told, _ = ended(capsys, *arguments)
    assert status == 0
    assert told.startswith("用法：python -m scoring")
    assert not re.search(r"[A-Z][a-z]{2,}|\[[a-z]+\]", told.replace("python -m scoring", ""))

"""佐证卷宗: every thing once under a readable name, and an index that says of each what it shows and how it was judged."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import pytest
from openpyxl import load_workbook

from scoring.documents.evidence_file import FIELDS, GONE, INDEX, evidence_file_zip
from scoring.documents.lists import HEAD
from scoring.judging.rank import make_board
from scoring.model.boards import Board
from scoring.model.evidence import Evidence, EvidenceKind, FoundBy
from scoring.model.facts import Facts
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from scoring.rulebook.read import load_rulebook
from tests.builders import case, ledger, statement
from tests.evidence.packages import digest, png

FILES = {digest(png(seed)): png(seed) for seed in range(1, 6)}
ONE, TWO, THREE, FOUR, LOST = (*list(FILES)[:4], "f" * 64)
AT = ledger("五华区", 2)
WINDOWS = re.compile(r'[\\:*?"<>|\x00-\x1f]')


def picture(sha: str, name: str = "image1.png", cell: str = "E7") -> Evidence:
    return Evidence(EvidenceKind.PICTURE, name, sha, "五华区台账.xlsx", "工作落实", cell)


WORDS = Evidence(EvidenceKind.TEXT, "=1+1 见附件", None, "五华区台账.xlsx", "工作落实", "E9")
PLACED = Evidence(EvidenceKind.FILE, '材料/a:b*?"<>|.PDF', THREE, found_by=FoundBy.REVIEWER)
FACTS = Facts(
    ledgers=(AT,),
    statements=(
        statement("1A", at=AT, row=7, evidence=(picture(ONE), picture(TWO))),
        statement("2A", at=AT, row=8, evidence=(picture(ONE),)),
        statement("4A", at=AT, row=9, evidence=(WORDS,)),
        statement("5A", at=AT, row=10, evidence=()),
        statement("7A", at=AT, row=11, evidence=(picture(LOST, "照片.jpg"),)),
        statement("10A", at=AT, row=12, evidence=(PLACED,)),
    ),
    cases=(case(4, at=AT, evidence=(picture(FOUR, "案例.jpg"),)),),
)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook()


@pytest.fixture(scope="module")
def board(rulebook: Rulebook) -> Board:
    return make_board(FACTS, rulebook, date(2023, 7, 7), Policy())


def zipped(board: Board, rulebook: Rulebook) -> bytes:
    return evidence_file_zip("五华区佐证卷宗", board.card["五华区"].findings, FACTS, board, rulebook, FILES.get)


def made(board: Board, rulebook: Rulebook) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(zipped(board, rulebook))) as held:
        assert held.testzip() is None
        return {name: held.read(name) for name in held.namelist()}


def index(files: dict[str, bytes]) -> list[dict[str, str]]:
    sheet = load_workbook(io.BytesIO(files[INDEX])).active
    rows = list(sheet.iter_rows(min_row=HEAD + 1, values_only=True))
    assert rows[0] == tuple(field.title for field in FIELDS)
    return [dict(zip(rows[0], (cell or "" for cell in row), strict=True)) for row in rows[1:]]


def test_every_thing_is_in_it_once_whole_and_under_the_name_that_the_index_gives(
    board: Board, rulebook: Rulebook
) -> None:
    files = made(board, rulebook)
    lines = index(files)
    assert sorted(digest(data) for name, data in files.items() if name != INDEX) == sorted([ONE, TWO, THREE, FOUR])
    for line in lines:
        if line["SHA-256"] and line["卷内文件"] != GONE:
            assert digest(files[line["卷内文件"]]) == line["SHA-256"]
    assert {line["评分项"] for line in lines if line["SHA-256"] == ONE} == {"1A", "2A"}
    assert next(line for line in lines if line["评分项"] == "7A")["卷内文件"] == GONE


def test_names_are_readable_and_fit_for_windows(board: Board, rulebook: Rulebook) -> None:
    names = [name for name in made(board, rulebook) if name != INDEX]
    assert "五华区/1A 按时公布办事指南/第二季度 image1.png" in names
    assert "五华区/1A 按时公布办事指南/第二季度 image1（2）.png" in names
    assert any(name.startswith("五华区/10A") and name.endswith(".pdf") for name in names)
    for name in names:
        assert not WINDOWS.search(name)
        assert all(part == part.strip(" .") and 0 < len(part) <= 70 for part in name.split("/"))
    assert len({name.casefold() for name in names}) == len(names)


def test_the_index_has_the_sentence_the_claim_the_cell_and_the_verdict_of_each_clause(
    board: Board, rulebook: Rulebook
) -> None:
    lines = index(made(board, rulebook))
    findings = {finding.clause: finding for finding in board.card["五华区"].findings}
    assert {line["评分项"] for line in lines} == set(findings)
    first = next(line for line in lines if line["评分项"] == "1A")
    assert first["评分标准（原文）"] == findings["1A"].quote
    assert first["工作簿 › 工作表 › 单元格"] == "五华区台账.xlsx › 工作落实 › E7"
    assert first["判定"] == "按时完成"
    told = {line["评分项"]: line["佐证"] for line in lines}
    assert (told["5A"], told["3A"], told["4A"]) == ("没有送来佐证", "没有填报", "文字：=1+1 见附件")
    assert next(line for line in lines if line["评分项"] == "10A")["怎样对上的"] == "由审核人放入"
    assert "案例" in told["4C"]


def test_the_same_file_again_is_the_same_bytes(board: Board, rulebook: Rulebook) -> None:
    assert zipped(board, rulebook) == zipped(board, rulebook)

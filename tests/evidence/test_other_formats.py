"""Things survive the way through other formats: what LibreOffice makes of a workbook is read as the workbook is."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
import xlsxwriter

from scoring.evidence.extract import take_thing
from scoring.evidence.old_excel import old_things
from scoring.files.cells import Sheet
from tests.evidence.packages import CLAUSES, HEAD, SHEET, brought, digest, parsed, png, shown
from tests.office import convert

PICTURES = [png(number, 80, 60) for number in range(4)]


def written() -> bytes:
    """A ledger written by XlsxWriter: floating pictures of two kinds, one in its cell, two links, one beside the cell."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet(SHEET)
    sheet.set_column(0, 3, 12)
    sheet.set_column(4, 4, 30)
    for number, row in enumerate((["填报单位：五华区"], ["2023年第二季度", "", "报送日期：2023年6月8日"], HEAD)):
        sheet.write_row(number, 0, row)
    for number, clause in enumerate(CLAUSES, 3):
        sheet.set_row(number, 60)
        sheet.write_row(number, 0, [clause, "", "已完成", "2023-05-10"])
    held = [{"image_data": io.BytesIO(picture)} for picture in PICTURES]
    sheet.insert_image(3, 4, "1.png", {**held[0], "x_offset": 10, "y_offset": 8})
    sheet.insert_image(4, 4, "2.png", {**held[1], "object_position": 3})
    sheet.embed_image(5, 4, "3.png", held[2])
    sheet.write_url(6, 4, "https://www.km.gov.cn/x", string="公示")
    sheet.insert_image(8, 5, "4.png", held[3])
    book.close()
    return target.getvalue()


def test_what_xlsxwriter_writes_is_found() -> None:
    found = parsed(written())
    assert brought(found) == {
        clause: [digest(picture)] for clause, picture in zip(("1A", "2A", "4A", "10A"), PICTURES, strict=True)
    }
    assert shown(found, "5B") == [("text", "公示", "E7"), ("link", "https://www.km.gov.cn/x", "E7")]


@pytest.mark.office
@pytest.mark.parametrize("ending", ["ods", "xls"])
def test_pictures_and_links_of_what_libreoffice_makes_of_it(ending: str, tmp_path: Path) -> None:
    """LibreOffice knows no pictures in cells, so that of 4A is lost on the way."""
    data = convert(written(), "xlsx", ending, tmp_path).read_bytes()
    found = parsed(data, f"五华区2023年第二季度台账.{ending}")
    assert brought(found) == {"1A": [digest(PICTURES[0])], "2A": [digest(PICTURES[1])], "10A": [digest(PICTURES[3])]}
    assert ("link", "https://www.km.gov.cn/x", "E7") in shown(found, "5B")
    for statement in found.facts.statements:
        for item in statement.evidence:
            assert item.sha256 is None or digest(take_thing(data, item.part, item.sha256) or b"") == item.sha256


@pytest.mark.office
def test_a_damaged_old_workbook_never_breaks_the_search(tmp_path: Path) -> None:
    data, dice = convert(written(), "xlsx", "xls", tmp_path).read_bytes(), random.Random(13)
    sheet = Sheet(SHEET, 0, [[""] * 6 for _ in range(9)])
    for _ in range(60):
        broken = bytearray(data)
        for _ in range(dice.randrange(1, 40)):
            broken[dice.randrange(512, len(broken))] = dice.randrange(256)
        for _, thing in old_things(bytes(broken[: dice.randrange(600, len(broken))]), [sheet]):
            assert thing.row >= 0

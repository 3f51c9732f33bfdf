"""The same workbook in any spelling of its XML says the same."""

from __future__ import annotations

import random
import re
import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.files.cells import Workbook
from scoring.files.formats.plain_spelling import plain_document, plain_sheet, plain_strings
from scoring.files.formats.sheet_spelling import SheetWriter
from scoring.files.formats.sheet_xml import vetted
from scoring.files.formats.spelling import COMPATIBILITY, MAIN, SPREADSHEET, rewritten
from scoring.files.reading import read_workbook
from scoring.files.refusal import RefusedError
from scoring.judging.rank import make_board
from scoring.ledger.parse import read_ledger
from scoring.model.policy import Policy
from scoring.rulebook.read import load_rulebook
from tests.ledger import raw_books as raw
from tests.ledger.ledger_files import office_ledger, open_ledger
from tests.ledger.spellings import Respelling, respelt

NAME = "五华区.xlsx"
RULEBOOK = load_rulebook()


BOOKS = {"xlsx": office_ledger, "ods": open_ledger}


@pytest.mark.parametrize("kind", BOOKS)
@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_any_spelling_gives_the_same_board_and_the_same_problems(kind: str, seed: int) -> None:
    plain, other = (read_ledger(data, NAME, RULEBOOK) for data in (BOOKS[kind](), respelt(BOOKS[kind](), seed)))
    assert other.problems == plain.problems
    assert other == plain
    boards = [make_board(book.facts, RULEBOOK, date(2023, 6, 30), Policy()) for book in (plain, other)]
    assert boards[0] == boards[1]


@pytest.mark.parametrize("kind", BOOKS)
def test_the_books_say_what_the_property_is_about(kind: str) -> None:
    read = read_ledger(BOOKS[kind](), NAME, RULEBOOK)
    assert not read.refused
    assert len(read.facts.statements) >= 3
    if kind == "xlsx":
        codes = {problem.code for problem in read.problems}
        assert {"cell-error", "formula-without-result", "row-hidden", "sheet-hidden", "cell-marked"} <= codes


@pytest.mark.parametrize("prefix", ["x", "ns0", "_", "a-b", "main.1", "中"])
def test_a_sheet_under_any_prefix_is_read(prefix: str) -> None:
    sheet = raw.xlsx_parts(raw.GOOD_ROWS)["xl/worksheets/sheet1.xml"]
    prefixed = re.sub(r"<(/?)(?=[a-zA-Z])", rf"<\1{prefix}:", str(sheet)).replace("xmlns=", f"xmlns:{prefix}=")
    found = read_workbook(raw.packed({**raw.xlsx_parts(), "xl/worksheets/sheet1.xml": prefixed}), NAME)
    plain = read_workbook(raw.book(), NAME)
    assert isinstance(found, Workbook)
    assert isinstance(plain, Workbook)
    assert found.sheets == plain.sheets


SHEET = f'<worksheet xmlns="{MAIN}"><sheetData>{{}}</sheetData></worksheet>'
PLAIN_ROW = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"/><c r="C1"><f>1+1</f><v>2</v></c></row>'


@pytest.mark.parametrize(
    "rows",
    [
        "<!-- --><row r='1'/>", "<row r='1'/>", '<row r="1" ><c r="A1"/></row>', '<row><c r="A1"/></row>', '<row r="1"><c/></row>',
        '<row r="1"><c r="A1"><v>&#49;</v></c></row>', '<row r="1"><c r="A1"><v><![CDATA[1]]></v></c></row>', '<row r="1">\n<c r="A1"/></row>',
        '<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>', '<row r="1" hidden="0" hidden="1"/>', '<row r="1"><c t="s" r="A1"><v>0</v></c></row>',
        '<row r="1"><c r="a1"><v>0</v></c></row>', '<row r="1"><c r="A1"><v>0</c></v></row>', '<row r="1"><c r="A1"><c r="A2"/></c></row>',
        '<row r="1" xmlns="x"/>', '<row r="1"><c r="A1"><v>\x01</v></c></row>', '<row r="1"><c r="A1"><v>1\r</v></c></row>', '<row r="01"/>',
    ],
)  # fmt: skip
def test_what_is_not_plain_is_never_taken_for_plain(rows: str) -> None:
    assert plain_sheet(SHEET.format(PLAIN_ROW).encode()) is not None
    assert plain_sheet(SHEET.format(PLAIN_ROW + rows).encode()) is None


def test_rows_that_only_seem_to_be_the_sheets_are_not_plain() -> None:
    row, part = PLAIN_ROW, SHEET.format(PLAIN_ROW)
    for other in (
        part.replace("<sheetData>", "<!-- <sheetData>").replace("</sheetData>", "</sheetData> -->"),
        part.replace(f'xmlns="{MAIN}"', 'xmlns="other"'),
        part.replace("<worksheet ", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet '),
        part.replace("<sheetData>", "<x><sheetData>").replace("</sheetData>", "</sheetData></x>"),
        part.replace("<sheetData>", f"<sheetData>{row}</sheetData><sheetData>"),
        part.replace("</worksheet>", ""),
    ):
        assert plain_sheet(other.encode()) is None, other


NUMBERS = st.one_of(
    st.sampled_from([9, 10, 38, 60, 65, 128, 159, 160, 0xD800, 0xFFFE, 0xFFFF, 0x20000, 0x110000]),
    st.integers(1, 0x1FFFF),
)


@settings(deadline=None)
@given(st.lists(NUMBERS, min_size=1, max_size=6), st.sampled_from(["&#{};", "&#x{:x};"]))
def test_characters_written_as_numbers_are_read_as_themselves(numbers: list[int], form: str) -> None:
    spelt = "".join(map(form.format, numbers))
    cells = f'<row r="1"><c r="A1" t="inlineStr"><is><t>五{spelt}</t></is></c><c r="B1" t="n"></c></row>'
    part = SHEET.format(cells).encode()
    try:
        expected = SheetWriter(SPREADSHEET).written(part)
    except RefusedError:
        with pytest.raises(RefusedError):
            vetted(part)
        return
    assert vetted(part) == expected


def test_a_sheet_as_openpyxl_writes_it_is_plain() -> None:
    numbered = '<c r="A1" t="inlineStr"><is><t>&#20116;&#21326;&#65288;1&#65289;</t></is></c><c r="B1" s="2" t="n"></c>'
    part = SHEET.format(f'<row r="1">{numbered}</row>').encode()
    found = plain_sheet(part)
    assert found is not None
    assert found[0] == SheetWriter(SPREADSHEET).written(part)
    assert plain_sheet(part.replace(b"</t>", b'"></c></t>')) is None
    texts = plain_strings(f'<sst xmlns="{MAIN}"><si><t>&#20116;&#21326;</t></si></sst>'.encode())
    assert texts is not None
    assert "<t>五华</t>" in texts.decode()


def test_texts_and_documents_are_proven_plain_or_not() -> None:
    texts = f'<sst xmlns="{MAIN}" uniqueCount="4294967295"><si><t>a&amp;b</t></si><si/><si><r><rPr><b/></rPr><t xml:space="preserve"> x</t></r></si></sst>'
    plain = plain_strings(texts.encode())
    assert plain is not None
    assert b"uniqueCount" not in plain
    assert plain_strings(texts.replace("a&amp;b", "a<!-- -->b").encode()) is None
    assert plain_strings(texts.replace("<si/>", "<si><si/></si>").encode()) is None
    document = f'<office:d {raw.ODS_SPACES}><table:table table:name="x">一</table:table></office:d>'
    assert plain_document(document.encode())
    for old, new in (
        ('xmlns:table="urn', 'xmlns:table="x'),
        ("一", '<a xmlns:table="y"/>'),
        ('"x"', "'x'"),
        ("一", "&#1;"),
        ("一", "<!-- -->"),
    ):
        assert not plain_document(document.replace(old, new).encode()), new


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32))
def test_writing_again_what_we_wrote_changes_nothing(seed: int) -> None:
    part = str(raw.xlsx_parts(raw.GOOD_ROWS)["xl/worksheets/sheet1.xml"]).encode()
    once = rewritten(Respelling(random.Random(seed)).written(part, "UTF-8"), SPREADSHEET)
    assert rewritten(once, SPREADSHEET) == once == rewritten(part, SPREADSHEET)


@pytest.mark.parametrize(
    "body",
    [
        "<c>" * 300_000, '<c r="A1">' * 100_000, "<row r='1'>" * 100_000, '<row r="1"><c r="A1"><v>' * 60_000, "<" * 500_000, "&" * 500_000,
        '<row r="1" a="' + "x" * 500_000, " " * 2_000_000, '<row r="1"' + ' a="b"' * 200_000 + "><", "<si><r><t>" * 100_000, "<![CDATA[" * 100_000,
    ],
    ids=range(11),
)  # fmt: skip
def test_no_text_makes_a_scan_slow(body: str) -> None:
    data = f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'.encode()
    start = time.process_time()
    for scan in (plain_sheet, plain_strings, plain_document):
        scan(data)
        scan(data.replace(b"sheetData", b"sst"))
    with pytest.raises(RefusedError):
        rewritten(data + b"<", SPREADSHEET)
    assert time.process_time() - start < 10  # one that goes back and forth takes hours


def test_a_spelling_beyond_the_encodings_that_are_known_is_refused() -> None:
    sheet = str(raw.xlsx_parts(raw.GOOD_ROWS)["xl/worksheets/sheet1.xml"])
    for encoding in ("zlib", "utf-7", "unicode_escape", "EBCDIC-CP-BE"):
        odd = re.sub(r"<\?xml[^>]*\?>", f'<?xml version="1.0" encoding="{encoding}"?>', sheet)
        found = read_workbook(raw.packed({**raw.xlsx_parts(), "xl/worksheets/sheet1.xml": odd}), NAME)
        assert not isinstance(found, Workbook)
        assert found.code == "file-broken"


def test_equal_books_differ_in_their_names_only() -> None:
    read = read_ledger(office_ledger(), NAME, RULEBOOK)
    assert replace(read, workbook="x") != read


KNOWN, UNKNOWN = MAIN, "urn:unknown"
ROW = f'<row xmlns="{MAIN}" r="1"><c r="A1"><v>{{}}</v></c></row>'


@pytest.mark.parametrize(
    ("alternatives", "value"),
    [
        ([("Choice", UNKNOWN, 1), ("Fallback", "", 2)], 2),
        ([("Choice", KNOWN, 1), ("Fallback", "", 2)], 1),
        ([("Choice", UNKNOWN, 1), ("Choice", KNOWN, 2), ("Choice", KNOWN, 3), ("Fallback", "", 4)], 2),
        ([("Choice", UNKNOWN, 1)], None),
    ],
)
def test_of_alternatives_the_first_that_is_known_is_read(
    alternatives: list[tuple[str, str, int]], value: int | None
) -> None:
    asked = {uri: f' Requires="q" xmlns:q="{uri}"' for uri in (KNOWN, UNKNOWN)} | {"": ""}
    held = "".join(f"<m:{way}{asked[uri]}>{ROW.format(number)}</m:{way}>" for way, uri, number in alternatives)
    sheet = f"<m:AlternateContent xmlns:m='{COMPATIBILITY}'>{held}</m:AlternateContent>"
    written = rewritten(f'<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData></worksheet>'.encode(), SPREADSHEET)
    assert re.findall(rb"<v>(\d)</v>", written) == ([] if value is None else [b"%d" % value])

"""Prove by one linear scan that a large part stands in our one spelling already, as Excel, WPS and LibreOffice write it.

The scans are grammars without a choice that is ever taken back (possessive), so that no text makes them slow. What they
do not recognise is no error: it is written again by ``spelling``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from scoring.files import limits
from scoring.files.formats.sheet_spelling import SheetWriter, StringsWriter
from scoring.files.formats.spelling import OPEN_DOCUMENT, SPREADSHEET, Dialect, spelt_out
from scoring.files.refusal import RefusedError

NAME = rb"[A-Za-z_][A-Za-z0-9_.:-]*+"
REFERENCE = rb"&(?:amp|lt|gt|quot|apos);"
VALUE = rb'"[^"<>&\x00-\x1f]*+(?:' + REFERENCE + rb'[^"<>&\x00-\x1f]*+)*+"'
TEXT = rb"[^<&\x00-\x08\x0b-\x1f]*+(?:" + REFERENCE + rb"[^<&\x00-\x08\x0b-\x1f]*+)*+"
ANY = rb"(?: " + NAME + rb"=" + VALUE + rb")*+"
STORED = rb"(?:<v>" + TEXT + rb"</v>)"
SPACE = rb'(?: xml:space="preserve")?+'
WRITTEN = rb"(?:<t" + SPACE + rb">" + TEXT + rb"</t>|<t/>)"
TYPE = rb'(?: t="(?:s|str|n|b|e|d|inlineStr)")?+'
CELL = (
    rb'<c r="%s"(?: s="\d{1,9}+")?+' + TYPE + rb'(?: cm="\d++")?+(?: vm="\d++")?+'
    rb"(?:/>|>(?:" + STORED + rb"|<f" + ANY + rb"(?:/>|>" + TEXT + rb"</f>)" + STORED + rb"?+|<is>" + WRITTEN + rb"</is>)</c>)"
)  # fmt: skip
# a cell that holds nothing and has an end tag: <c r="A1" s="1" t="n"></c>
ENDED = re.compile(rb'(<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]{1,9}")?+(?: t="[a-zA-Z]{1,9}")?+)></c>')
OTHER = rb"(?: (?!r=|hidden=|xmlns)" + NAME + rb"=" + VALUE + rb")*+"
ROW = rb'<row r="%s"' + OTHER + rb'(?: hidden="(?:0|1|true|false)")?+' + OTHER + rb"(?:/>|>(?:" + CELL + rb")*+</row>)"
ANY_ROW, ANY_ADDRESS = rb"[1-9]\d{0,6}+", rb"[A-Z]{1,3}+[1-9]\d{0,6}+"
RUN = rb"<r>(?:<rPr>(?:<[A-Za-z]++" + ANY + rb"/>)*+</rPr>)?+" + WRITTEN + rb"</r>"
ITEM = (
    rb"(?:<si>(?:" + WRITTEN + rb"|(?:" + RUN + rb")++)(?:<rPh" + ANY + rb">" + WRITTEN + rb"</rPh>)*+"
    rb"(?:<phoneticPr" + ANY + rb"/>)?+</si>|<si/>)"
)  # fmt: skip
# shared strings in the one spelling: <si><t>五华区</t></si><si/>
ITEMS = re.compile(rb"(?:" + ITEM + rb")*+")
# what may stand before the root: <?xml version="1.0" encoding="UTF-8"?>
START = re.compile(
    rb'(?:<\?xml version="1\.0"(?: encoding="(?:UTF-8|utf-8)")?(?: standalone="(?:yes|no)")?\s{0,4}\?>\s{0,4})?+(?=<[A-Za-z])'
)
# text and tags without comments, CDATA or a DTD: <cols><col min="1"/></cols>
TAGS = re.compile(rb"(?:" + TEXT + rb"<(?:/" + NAME + rb"|" + NAME + ANY + rb"/?+)>)*+\s*+")
# the start of the root: <worksheet xmlns="…"
ROOT = re.compile(rb"<" + NAME + ANY)
# a declared prefix and what it stands for: xmlns:r="…"
DECLARES = re.compile(rb' xmlns(?::([A-Za-z0-9_.-]++))?+="([^"]*+)"')
# the last column that a sheet claims, where it is a single letter: <dimension ref="A1:H40"
DIMENSION = re.compile(rb'<dimension ref="(?:[A-Z]{1,3}\d{1,7}:)?([A-Z])\d{1,7}"')
# the number of the last row: <row r="40"
LAST_ROW, LAST_ROW_AT = b'<row r="', re.compile(rb"(\d{1,7})\"")


def plain_sheet(part: bytes) -> tuple[bytes, bool] | None:
    """Return a worksheet in our spelling, if its rows stand in it already, and whether they are proven to fit in memory."""
    first, last = part.find(b"<sheetData>"), part.rfind(b"</sheetData>")
    if first < 0 or last < first or not _is_utf8(part) or not START.match(part):
        return None
    start = first + len(b"<sheetData>")
    part = _as_we_write(part, start, last)
    last = part.rfind(b"</sheetData>")
    bounded = _bounded(part)
    fits = bounded is not None and _is_all(bounded, part, start, last)
    if not fits and not _is_all(_rows(ANY_ROW, ANY_ADDRESS), part, start, last):
        return None
    frame = _frame(part[:first], b"<sheetData/>", part[last + len(b"</sheetData>") :], SheetWriter)
    if frame is None:
        return None
    before, _, after = frame.partition(b"<sheetData/>")
    return b"".join((before, b"<sheetData>", memoryview(part)[start:last], b"</sheetData>", after)), fits


def plain_strings(part: bytes) -> bytes | None:
    """Return the shared texts in our spelling, if they stand in it already."""
    first, last = part.find(b"<si"), part.rfind(b"</sst>")
    if 0 <= first < last:
        part = _as_we_write(part, first, last)
        last = part.rfind(b"</sst>")
    if (
        first < 0
        or last < first
        or not _is_utf8(part)
        or not START.match(part)
        or not _is_all(ITEMS, part, first, last)
    ):
        return None
    frame = _frame(part[:first], b"<si/>", part[last:], StringsWriter)
    if frame is None:
        return None
    before, _, after = frame.partition(b"<si/>")
    return b"".join((before, memoryview(part)[first:last], after))


def plain_document(part: bytes) -> bool:
    """Tell whether a content.xml stands in our spelling already; whether it is well formed is for the parser to say."""
    begins = START.match(part)
    if begins is None or not _is_utf8(part) or not _is_all(TAGS, part, begins.end(), len(part)):
        return False
    root = ROOT.match(part, begins.end())
    if root is None or part.find(b"xmlns", root.end()) >= 0:
        return False
    declared = {prefix.decode(): uri.decode() for prefix, uri in DECLARES.findall(root[0])}
    return _is_usual(declared, OPEN_DOCUMENT)


def _is_usual(declared: Mapping[str, str], dialect: Dialect) -> bool:
    """Tell whether our prefixes stand for our namespaces, and nothing else does."""
    ours = {prefix: uri for uri, prefix in dialect.prefixes.items()}
    return all(
        ours.get(prefix, uri) == uri and dialect.prefixes.get(uri, prefix) == prefix for prefix, uri in declared.items()
    )


def _as_we_write(part: bytes, start: int, end: int) -> bytes:
    """Write as we do what openpyxl writes otherwise: numbers of characters, and an end tag to a cell that holds nothing.

    That all of it is well formed is for a grammar to prove afterwards.
    """
    if part.find(b"&#", start, end) < 0 and part.find(b'"></c>', start, end) < 0:
        return part
    return part[:start] + ENDED.sub(rb"\1/>", spelt_out(part[start:end])) + part[end:]


def _is_utf8(part: bytes) -> bool:
    if part.isascii():
        return True
    try:
        part.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_all(grammar: re.Pattern[bytes], part: bytes, start: int, end: int) -> bool:
    found = grammar.match(part, start, end)
    return found is not None and found.end() == end


@cache
def _rows(row: bytes, address: bytes) -> re.Pattern[bytes]:
    # rows in the one spelling: <row r="1"><c r="A1" t="s"><v>0</v></c></row>
    return re.compile(rb"(?:" + ROW % (row, address) + rb")*+")


def _bounded(part: bytes) -> re.Pattern[bytes] | None:
    """Return a grammar that only rows and cells match which lie inside a box that fits in memory; None: no quick one.

    The box is that of the declared range and the last row, rounded up to what a short expression can hold.
    """
    told = LAST_ROW_AT.match(part, part.rfind(LAST_ROW) + len(LAST_ROW))
    declared = DIMENSION.search(part, 0, 4_000)
    column, digits = (declared[1] if declared else b"Z"), (told[1] if told else b"0")
    first, more = int(digits[:1]), len(digits) - 1
    if not first or (first + 1) * 10**more * (ord(column) - 64) > limits.BOX_CELLS:
        return None
    row = b"(?:[1-%d]\\d{0,%d}+|[1-9]\\d{0,%d}+)" % (first, more, more - 1) if more else b"[1-%d]" % first
    return _rows(row, b"[A-%s]" % column + row)


def _frame(head: bytes, place: bytes, tail: bytes, kind: type[SheetWriter] | type[StringsWriter]) -> bytes | None:
    """Write what stands around the bulk again; None where the bulk does not stand where it seems to."""
    writer = kind(SPREADSHEET)
    try:
        written = writer.written(head + place + tail)
    except RefusedError:
        return None  # whoever writes it all again will say why
    return written if writer.found == 1 and written.count(place) == 1 else None

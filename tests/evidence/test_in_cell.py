"""Pictures placed in cells, embedded files and links, in the ways of Excel and WPS."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import pytest

from tests.evidence.packages import (
    DRAWING_NAMESPACES,
    Book,
    brought,
    codes,
    corner,
    digest,
    ledger,
    parsed,
    pic,
    png,
    relations_xml,
    shown,
)

PICTURE, SECOND = png(), png(2)
RICH = "http://schemas.microsoft.com/office/spreadsheetml/2017/richdata"


def cell(address: str, inner: str, attributes: str = "") -> str:
    return f'<c r="{address}" {attributes}>{inner}</c>'


def with_wps(book: Book, names: tuple[str, ...] = ("ID_A",)) -> Book:
    images = "".join(
        f"<etc:cellImage>{pic(f'rId{n}').replace('图片', name)}</etc:cellImage>" for n, name in enumerate(names, 1)
    )
    book.parts["xl/cellimages.xml"] = (
        f'<etc:cellImages xmlns:etc="e" {DRAWING_NAMESPACES}>{images}</etc:cellImages>'.encode()
    )
    targets = {f"rId{n}": ("image", f"media/image{n}.png", False) for n in range(1, len(names) + 1)}
    book.parts["xl/_rels/cellimages.xml.rels"] = relations_xml(targets).encode()
    for n, picture in enumerate((PICTURE, SECOND)[: len(names)], 1):
        book.parts[f"xl/media/image{n}.png"] = picture
    return book


@pytest.mark.parametrize(
    "inner",
    [
        '<f>_xlfn.DISPIMG("ID_A",1)</f><v>=DISPIMG("ID_A",1)</v>',
        '<f>_xlfn.DISPIMG("ID_A",1)</f>',
        "<f>DISPIMG(&quot;ID_A&quot;,1)</f><v></v>",
    ],
)
def test_a_picture_placed_by_wps_counts_whatever_result_is_stored(inner: str) -> None:
    book = with_wps(ledger())
    book.rows[6]["E"] = cell("E6", inner, 't="str"')
    found = parsed(book.packed())
    assert brought(found) == {"4A": [digest(PICTURE)]}
    assert shown(found, "4A") == [("picture", "image1.png", "E6")]
    assert not [code for code, at in codes(found) if at == "E6"]


def test_a_picture_placed_by_wps_counts_after_excel_made_an_error_of_it() -> None:
    book = with_wps(ledger())
    book.rows[6]["E"] = cell("E6", '<f>_xlfn.DISPIMG("ID_A",1)</f><v>#NAME?</v>', 't="e"')
    assert brought(parsed(book.packed())) == {"4A": [digest(PICTURE)]}


def test_the_text_left_of_a_wps_formula_still_shows_its_picture_and_is_no_text() -> None:
    book = with_wps(ledger(c4A='=DISPIMG("ID_A",1)'))
    assert shown(parsed(book.packed()), "4A") == []
    book.parts["xl/sharedStrings.xml"] = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>=DISPIMG("ID_A",1)</t></si></sst>'
    )
    book.rows[6]["E"] = cell("E6", "<v>0</v>", 't="s"')
    assert brought(parsed(book.packed())) == {"4A": [digest(PICTURE)]}


def test_a_wps_formula_without_its_picture_is_no_evidence_and_the_row_stands() -> None:
    book = with_wps(ledger())
    book.rows[6]["E"] = cell("E6", '<f>_xlfn.DISPIMG("ID_B",1)</f><v>=DISPIMG("ID_B",1)</v>', 't="str"')
    found = parsed(book.packed())
    assert shown(found, "4A") == []
    assert ("evidence-picture-missing", "E6") in codes(found)
    assert not found.has_errors


def with_rich(book: Book, web: bool = False) -> Book:
    """Two pictures placed by Excel; ``vm`` 1 is the second picture, ``vm`` 2 the first."""
    blocks = "".join(f'<bk><extLst><ext uri="u"><xlrd:rvb i="{i}"/></ext></extLst></bk>' for i in (1, 0))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    book.parts["xl/metadata.xml"] = (
        f'<metadata xmlns="{main}" xmlns:xlrd="{RICH}"><metadataTypes><metadataType name="XLDAPR"/>'
        '<metadataType name="XLRICHVALUE"/></metadataTypes>'
        f'<futureMetadata name="XLRICHVALUE">{blocks}</futureMetadata>'
        '<valueMetadata><bk><rc t="2" v="0"/></bk><bk><rc t="2" v="1"/></bk></valueMetadata></metadata>'
    ).encode()
    key = "_rvRel:LocalImageIdentifier" if not web else "WebImageIdentifier"
    book.parts["xl/richData/rdrichvalue.xml"] = (
        f'<rvData xmlns="{RICH}"><rv s="0"><v>5</v><v>0</v></rv><rv s="0"><v>5</v><v>1</v></rv></rvData>'
    ).encode()
    book.parts["xl/richData/rdrichvaluestructure.xml"] = (
        f'<rvStructures xmlns="{RICH}"><s t="x"><k n="CalcOrigin" t="i"/><k n="{key}" t="i"/></s></rvStructures>'
    ).encode()
    r = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    targets = {"rId1": ("image", "../media/image1.png", False), "rId2": ("image", "../media/image2.png", False)}
    if web:
        held = "".join(f'<webImageSrd><address r:id="rId9"/><blip r:id="rId{n}"/></webImageSrd>' for n in (1, 2))
        book.parts["xl/richData/rdRichValueWebImage.xml"] = f"<webImagesSrd {r}>{held}</webImagesSrd>".encode()
        name = "rdRichValueWebImage"
    else:
        book.parts["xl/richData/richValueRel.xml"] = (
            f'<richValueRels {r}><rel r:id="rId1"/><rel r:id="rId2"/></richValueRels>'.encode()
        )
        name = "richValueRel"
    book.parts[f"xl/richData/_rels/{name}.xml.rels"] = relations_xml(targets).encode()
    book.parts["xl/media/image1.png"], book.parts["xl/media/image2.png"] = PICTURE, SECOND
    return book


@pytest.mark.parametrize("web", [False, True])
def test_pictures_placed_by_excel_are_found_through_their_metadata(web: bool) -> None:
    book = with_rich(ledger(), web)
    for row, number in ((5, 2), (7, 1)):
        book.rows[row]["E"] = cell(f"E{row}", "<v>#VALUE!</v>", f't="e" vm="{number}"')
    found = parsed(book.packed())
    assert brought(found) == {"2A": [digest(PICTURE)], "5B": [digest(SECOND)]}
    assert not found.has_errors


@pytest.mark.parametrize("value", ["#VALUE!", "#NAME?", "#N/A", "#REF!"])
def test_an_error_value_alone_is_no_evidence_and_voids_nothing(value: str) -> None:
    book = ledger(proof="公示截图")
    book.rows[6]["E"] = cell("E6", f"<v>{value}</v>", 't="e"')
    found = parsed(book.packed())
    assert shown(found, "4A") == []
    assert {("evidence-error-value", "E6"), ("evidence-missing", "E6")} <= codes(found)
    assert not found.has_errors


# --- embedded files
ANCHOR = f"<anchor {DRAWING_NAMESPACES}>{corner('from', 4, 5)}{corner('to', 4, 5, 90_000, 90_000)}</anchor>"
for _name in ("from", "to"):
    ANCHOR = ANCHOR.replace(f"xdr:{_name}>", f"{_name}>")


def ole(name: str, data: bytes) -> bytes:
    """A file packed by Windows: an old Office container with one stream, ``\\x01Ole10Native``."""
    label = name.encode("gb18030") + b"\0"
    body = struct.pack("<H", 2) + label + b"C:\\a\\" + label + struct.pack("<HHI", 0, 3, len(label)) + label
    body += struct.pack("<I", len(data)) + data
    stream = (struct.pack("<I", len(body)) + body).ljust(4096, b"\0")
    sectors = -(-len(stream) // 512)

    def entry(title: str, kind: int, start: int, size: int, below: int = 0xFFFFFFFF) -> bytes:
        wide = title.encode("utf-16-le")
        head = wide.ljust(64, b"\0") + struct.pack(
            "<HBBIII", len(wide) + 2 if title else 0, kind, 1, *[0xFFFFFFFF] * 2, below
        )
        return head + bytes(36) + struct.pack("<II", start, size) + bytes(4)

    directory = (
        entry("Root Entry", 5, 0xFFFFFFFE, 0, 1) + entry("\x01Ole10Native", 2, 2, len(stream)) + entry("", 0, 0, 0) * 2
    )
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + sectors), 0xFFFFFFFE]
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
        + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
        + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    )  # fmt: skip
    return header + struct.pack("<128I", *table, *[0xFFFFFFFF] * (128 - len(table))) + directory + stream


def test_an_embedded_file_is_named_and_hashed_as_the_file_itself() -> None:
    data, book = b"%PDF-1.4 a notice %%EOF", ledger()
    book.relations = {"rId1": ("oleObject", "../embeddings/oleObject1.bin", False)}
    book.parts["xl/embeddings/oleObject1.bin"] = ole("公示文件.pdf", data)
    book.sheet_after = f'<oleObjects><oleObject progId="Package" shapeId="1025" r:id="rId1"><objectPr>{ANCHOR}</objectPr></oleObject></oleObjects>'
    found = parsed(book.packed())
    assert shown(found, "4A") == [("attachment", "公示文件.pdf", "E6")]
    assert brought(found) == {"4A": [digest(data)]}


OLD_DRAWING = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<v:shape id="_x0000_s1025" type="#t"><x:ClientData ObjectType="Pict">'
    "<x:Anchor>4, 2, 6, 2, 4, 60, 6, 20</x:Anchor></x:ClientData></v:shape>"
    '<v:shape id="_x0000_s1026" type="#t"><x:ClientData ObjectType="Note">'
    "<x:Anchor>4, 2, 1, 2, 4, 60, 1, 20</x:Anchor></x:ClientData></v:shape></xml>"
)
OLD_SPELLINGS: dict[str, Callable[[str], bytes]] = {
    "as Excel writes it": str.encode,
    "a line's end left open": lambda text: text.replace('type="#t">', 'type="#t"><br>').encode(),
    "no sound XML": lambda text: text.replace('type="#t">', 'type="#t"><p>').encode(),
    "other prefixes": lambda text: (
        text.replace(":v=", ":ns0.1=").replace(":x=", ":é=").replace("v:", "ns0.1:").replace("x:", "é:").encode()
    ),
    "UTF-16": lambda text: f'<?xml version="1.0" encoding="UTF-16"?>{text}'.encode("utf-16"),
    "UTF-16 and a line's end left open": lambda text: text.replace('type="#t">', 'type="#t"><br>').encode("utf-16"),
    "references": lambda text: text.replace("_s1025", "_s&#49;025").replace(">4, 2, 6", ">&#x34;, 2, 6").encode(),
    "a section": lambda text: text.replace("4, 2, 6, 2, 4, 60, 6, 20", "<![CDATA[4, 2, 6, 2, 4, 60, 6, 20]]>").encode(),
    "a comment": lambda text: text.replace("<x:Anchor>", "<!-- <v:shape > --><x:Anchor >").encode(),
}


@pytest.mark.parametrize("spelling", OLD_SPELLINGS)
def test_an_embedded_document_whose_place_stands_in_the_old_drawing(spelling: str) -> None:
    data, book = b"PK\x03\x04 a document", ledger()
    book.relations = {
        "rId1": ("package", "../embeddings/Microsoft_Word_Document1.docx", False),
        "rId2": ("vmlDrawing", "../drawings/vmlDrawing1.vml", False),
    }
    book.parts["xl/embeddings/Microsoft_Word_Document1.docx"] = data
    book.parts["xl/drawings/vmlDrawing1.vml"] = OLD_SPELLINGS[spelling](OLD_DRAWING)
    book.sheet_after = (
        '<legacyDrawing r:id="rId2"/><oleObjects><oleObject progId="Word" shapeId="1025" r:id="rId1"/></oleObjects>'
    )
    assert brought(parsed(book.packed())) == {"5B": [digest(data)]}


@pytest.mark.parametrize("data", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 700])
def test_a_broken_object_does_not_break_the_reading(data: bytes) -> None:
    book = ledger()
    book.relations = {"rId1": ("oleObject", "../embeddings/oleObject1.bin", False)}
    if data:
        book.parts["xl/embeddings/oleObject1.bin"] = data
    book.sheet_after = (
        f'<oleObjects><oleObject shapeId="1" r:id="rId1"><objectPr>{ANCHOR}</objectPr></oleObject></oleObjects>'
    )
    found = parsed(book.packed())
    assert bool(brought(found)) is bool(data)
    assert (("evidence-object-missing", "E6") in codes(found)) is not bool(data)


# --- other spellings of the same XML
def in_utf16(part: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-16"?>{part}'.encode("utf-16")


def in_references(part: str) -> bytes:
    return part.replace("DISPIMG", "&#68;ISPIMG").replace("HYPERLINK", "H&#x59;PERLINK").encode()


def in_sections(part: str) -> bytes:
    return part.replace("DISPIMG(", "DISP<![CDATA[IMG(]]>").replace("HYPERLINK(", "HYPER<!-- -->LINK(").encode()


def respelt(data: bytes, spell: Callable[[str], bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            is_text = name.startswith("xl/worksheets/sheet") or "trings" in name
            new.writestr(name, spell(part.decode()) if is_text else part)
    return target.getvalue()


@pytest.mark.parametrize("spell", [in_utf16, in_references, in_sections])
def test_what_formulas_show_is_found_in_any_spelling(spell: Callable[[str], bytes]) -> None:
    book = with_wps(ledger())
    book.rows[6]["E"] = cell("E6", '<f>_xlfn.DISPIMG("ID_A",1)</f>', 't="str"')
    book.rows[7]["E"] = cell("E7", '<f>HYPERLINK("https://a.cn/x")</f>', 't="str"')
    found = parsed(respelt(book.packed(), spell))
    assert brought(found) == {"4A": [digest(PICTURE)]}
    assert shown(found, "5B") == [("link", "https://a.cn/x", "E7")]


@pytest.mark.parametrize("spell", [str.encode, in_utf16, in_references, in_sections])
def test_the_text_left_of_a_formula_is_found_in_any_spelling_and_part(spell: Callable[[str], bytes]) -> None:
    book = with_wps(ledger())
    strings = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>=DISPIMG("ID_A",1)</t></si></sst>'
    book.parts["xl/strings/allStrings.xml"] = strings.encode()
    book.parts["xl/_rels/workbook.xml.rels"] = relations_xml(
        {
            "rId1": ("worksheet", "worksheets/sheet1.xml", False),
            "rId2": ("sharedStrings", "strings/allStrings.xml", False),
        }
    ).encode()
    book.rows[6]["E"] = cell("E6", "<v>0</v>", 't="s"')
    assert brought(parsed(respelt(book.packed(), spell))) == {"4A": [digest(PICTURE)]}


# --- links
def linked(address: str, **proofs: str) -> Book:
    book = ledger(**proofs)
    book.relations = {"rId1": ("hyperlink", address, True)}
    book.sheet_after = '<hyperlinks><hyperlink ref="E6:E7" r:id="rId1"/></hyperlinks>'
    return book


def test_a_link_counts_without_any_text_on_all_cells_of_its_range() -> None:
    found = parsed(linked("https://www.km.gov.cn/a?b=1&c=2").packed())
    assert shown(found, "4A") == [("link", "https://www.km.gov.cn/a?b=1&c=2", "E6")]
    assert shown(found, "5B") == [("link", "https://www.km.gov.cn/a?b=1&c=2", "E7")]


def test_an_address_that_is_also_the_text_is_named_once() -> None:
    found = parsed(linked("https://www.km.gov.cn/a", c4A="https://www.km.gov.cn/a").packed())
    assert shown(found, "4A") == [("link", "https://www.km.gov.cn/a", "E6")]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///C:/a.png", "mailto:a@example.org", "附件/规范.pdf"]
)
def test_other_addresses_are_never_links(address: str) -> None:
    for words in ("", "公示截图"):
        found = shown(parsed(linked(address, c4A=words).packed()), "4A")
        assert {kind for kind, _, _ in found} <= {"text"}
        assert not words or ("text", words, "E6") in found


@pytest.mark.parametrize(
    ("formula", "stored", "expected"),
    [
        ('HYPERLINK("https://a.cn/x","公示")', "<v>公示</v>", [("text", "公示"), ("link", "https://a.cn/x")]),
        ('HYPERLINK("https://a.cn/x","公示")', "", [("link", "https://a.cn/x")]),
        ('HYPERLINK("https://a.cn/"&amp;"x")', "", [("link", "https://a.cn/x")]),
        ("HYPERLINK(F6,&quot;公示&quot;)", "", [("link", "https://a.cn/f")]),
        ('HYPERLINK("javascript:1","公示")', "<v>公示</v>", [("text", "公示")]),
    ],
)
def test_a_hyperlink_formula_counts_with_or_without_its_result(
    formula: str, stored: str, expected: list[tuple[str, str]]
) -> None:
    book = ledger()
    book.rows[6] |= {"E": cell("E6", f"<f>{formula}</f>{stored}", 't="str"'), "F": "https://a.cn/f"}
    found = parsed(book.packed())
    assert [(kind, name) for kind, name, _ in shown(found, "4A")] == expected
    assert not found.has_errors

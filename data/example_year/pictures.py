"""Put the pictures of the example year on their rows: over a cell, in it as WPS does, packed into the workbook, or beside it."""

from __future__ import annotations

import io
import struct
import tomllib
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.utils.units import pixels_to_EMU, points_to_pixels

from example_year.canonical import FIRST
from scoring.ledger.template import fields as fields

HERE = Path(__file__).resolve().parent
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
WPS = "http://www.wps.cn/officeDocument"
KINDS = {".png": "image/png", ".jpg": "image/jpeg"}
TITLES = [column.title for column in fields.SHEETS[fields.STATEMENTS]]
CODE, PROOF = TITLES.index("评分项编号") + 1, TITLES.index("佐证材料") + 1
BESIDE_WORDS = 0.55  # how far into the cell a picture lies: its words stay legible
SHEET = "xl/worksheets/sheet1.xml"


@dataclass(frozen=True, slots=True)
class Placed:
    """One picture on one row. ``clause`` is empty where its name says none."""

    file: str
    unit: str
    quarter: int
    clause: str
    way: str

    @property
    def data(self) -> bytes:
        """Return the picture's bytes."""
        return (HERE / "pictures" / self.file).read_bytes()

    @property
    def name(self) -> str:
        """Return the name by which a formula knows it."""
        return f"ID_{self.clause}{self.quarter:02d}EXAMPLE"


@cache
def all_placed() -> tuple[Placed, ...]:
    """Return all pictures with their places, in the order of the list."""
    listed = tomllib.loads((HERE / "pictures.toml").read_text(encoding="utf-8"))["picture"]
    return tuple(Placed(told["file"], **place) for told in listed for place in told["at"])


def placed(unit: str, quarter: int) -> tuple[Placed, ...]:
    """Return the pictures in a unit's workbook for a quarter."""
    return tuple(one for one in all_placed() if (one.unit, one.quarter) == (unit, quarter) and one.way != "packed")


def packages(quarter: int) -> dict[str, bytes]:
    """Return unit -> the package with the pictures that it sent beside its ledger for a quarter."""
    packed: dict[str, dict[str, bytes]] = {}
    for one in all_placed():
        if one.way == "packed" and one.quarter == quarter:
            packed.setdefault(one.unit, {})[one.file] = one.data
    return {unit: _zip(files) for unit, files in packed.items()}


def _zip(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in files.items():
            package.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


# --- while the workbook is open
def put_in(book: Workbook, pictures: Iterable[Placed]) -> None:
    """Let pictures float over their cells, and write the formula of those that lie in them."""
    for one in pictures:
        sheet = book[fields.STATEMENTS]
        row = _row(book, one.clause)
        if one.way == "cell":
            sheet.cell(row, PROOF).value = f'=_xlfn.DISPIMG("{one.name}",1)'
        elif one.way == "pasted":
            shot = Image(io.BytesIO(one.data))
            high = points_to_pixels(sheet.row_dimensions[row].height) - 6
            size = XDRPositiveSize2D(pixels_to_EMU(round(shot.width * high / shot.height)), pixels_to_EMU(high))
            letter = sheet.cell(row, PROOF).column_letter
            right = pixels_to_EMU(round(sheet.column_dimensions[letter].width * 7 * BESIDE_WORDS))
            corner = AnchorMarker(PROOF - 1, right, row - 1, pixels_to_EMU(3))
            shot.anchor = OneCellAnchor(_from=corner, ext=size)
            sheet.add_image(shot)


def _row(book: Workbook, clause: str) -> int:
    sheet = book[fields.STATEMENTS]
    return next(row for row in range(FIRST, sheet.max_row + 1) if sheet.cell(row, CODE).value == clause)


# --- once it is saved
def with_parts(book: Workbook, parts: dict[str, bytes], pictures: Iterable[Placed]) -> dict[str, bytes]:
    """Return a saved workbook's parts with what openpyxl cannot write: pictures in cells, files packed into it."""
    pictures = tuple(pictures)
    in_cells = [one for one in pictures if one.way == "cell"]
    saved = _with_cell_images(parts, in_cells) if in_cells else parts
    for one in pictures:
        if one.way == "attached":
            saved = _with_attached(saved, one, _row(book, one.clause))
    return saved


def _with_cell_images(parts: dict[str, bytes], pictures: list[Placed]) -> dict[str, bytes]:
    media = {f"media/cell{n}{Path(one.file).suffix}": one for n, one in enumerate(pictures, 1)}
    images = "".join(
        f'<etc:cellImage><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="{n}" name="{one.name}"/><xdr:cNvPicPr/></xdr:nvPicPr>'
        f'<xdr:blipFill><a:blip r:embed="rId{n}"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic></etc:cellImage>'
        for n, one in enumerate(pictures, 1)
    )
    spaces = f'xmlns:xdr="{DRAWING}/spreadsheetDrawing" xmlns:a="{DRAWING}/main" xmlns:r="{OFFICE}/relationships"'
    part = f'<etc:cellImages {spaces} xmlns:etc="{WPS}/2017/etCustomData">{images}</etc:cellImages>'
    targets = [(f"rId{n}", f"{OFFICE}/relationships/image", name) for n, name in enumerate(media, 1)]
    kinds = {Path(one.file).suffix: KINDS[Path(one.file).suffix] for one in pictures}
    book = ("rIdCellImages", f"{WPS}/2020/cellImage", "cellimages.xml")
    return {
        **parts,
        "[Content_Types].xml": _typed(
            parts["[Content_Types].xml"], kinds, {"/xl/cellimages.xml": "application/vnd.wps-officedocument.cellimage+xml"}
        ),
        "xl/_rels/workbook.xml.rels": _related(parts["xl/_rels/workbook.xml.rels"], [book]),
        "xl/cellimages.xml": _xml(part),
        "xl/_rels/cellimages.xml.rels": _related(b"", targets),
        **{f"xl/{name}": one.data for name, one in media.items()},
    }


def _with_attached(parts: dict[str, bytes], one: Placed, row: int) -> dict[str, bytes]:
    """Return parts with a file packed into the first sheet, shown by an icon on its evidence cell."""
    left, top, right, low = PROOF - 1, row - 1, PROOF - 1, row - 1
    begin = f"<xdr:col>{left}</xdr:col><xdr:colOff>1200000</xdr:colOff><xdr:row>{top}</xdr:row><xdr:rowOff>38100</xdr:rowOff>"
    end = f"<xdr:col>{right}</xdr:col><xdr:colOff>1500000</xdr:colOff><xdr:row>{low}</xdr:row><xdr:rowOff>300000</xdr:rowOff>"
    plain = '<oleObject progId="Package" shapeId="2049" r:id="rIdOle"/>'
    whole = (
        '<oleObject progId="Package" shapeId="2049" r:id="rIdOle"><objectPr defaultSize="0" r:id="rIdIcon">'
        f'<anchor moveWithCells="1"><from>{begin}</from><to>{end}</to></anchor></objectPr></oleObject>'
    )
    spaces = f'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:r="{OFFICE}/relationships"'
    choice = f'xmlns:xdr="{DRAWING}/spreadsheetDrawing" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
    objects = (
        f'<legacyDrawing xmlns:r="{OFFICE}/relationships" r:id="rIdVml"/><oleObjects {spaces}><mc:AlternateContent>'
        f'<mc:Choice Requires="x14" {choice}>{whole}</mc:Choice><mc:Fallback>{plain}</mc:Fallback>'
        "</mc:AlternateContent></oleObjects>"
    )
    relations = [
        ("rIdOle", f"{OFFICE}/relationships/oleObject", "../embeddings/oleObject1.bin"),
        ("rIdVml", f"{OFFICE}/relationships/vmlDrawing", "../drawings/vmlDrawing9.vml"),
        ("rIdIcon", f"{OFFICE}/relationships/image", "../media/icon.png"),
    ]
    kinds = {".bin": "application/vnd.openxmlformats-officedocument.oleObject", ".png": KINDS[".png"],
             ".vml": "application/vnd.openxmlformats-officedocument.vmlDrawing"}  # fmt: skip
    name = "xl/worksheets/_rels/sheet1.xml.rels"
    return {
        **parts,
        SHEET: _before_end(parts[SHEET], objects.encode()),
        name: _related(parts.get(name, b""), relations),
        "[Content_Types].xml": _typed(parts["[Content_Types].xml"], kinds, {}),
        "xl/embeddings/oleObject1.bin": packed(one.file, one.data),
        "xl/drawings/vmlDrawing9.vml": _vml(left, top),
        "xl/drawings/_rels/vmlDrawing9.vml.rels": _related(
            b"", [("rId1", f"{OFFICE}/relationships/image", "../media/icon.png")]
        ),
        "xl/media/icon.png": (HERE / "pictures" / "附件图标.png").read_bytes(),
    }


def _vml(column: int, row: int) -> bytes:
    return (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="2"/>'
        '</o:shapelayout><v:shapetype id="_x0000_t75" coordsize="21600,21600" o:spt="75" o:preferrelative="t" '
        'path="m@4@5l@4@11@9@11@9@5xe" filled="f" stroked="f"><v:stroke joinstyle="miter"/></v:shapetype>'
        '<v:shape id="_x0000_s2049" type="#_x0000_t75" style="position:absolute;width:24pt;height:20pt;z-index:1">'
        '<v:imagedata o:relid="rId1" o:title=""/><x:ClientData ObjectType="Pict"><x:SizeWithCells/>'
        f"<x:Anchor>{column}, 126, {row}, 4, {column}, 158, {row}, 32</x:Anchor><x:CF>Pict</x:CF><x:AutoPict/>"
        "</x:ClientData></v:shape></xml>"
    ).encode()


def packed(name: str, data: bytes) -> bytes:
    """Return a file packed as Windows does it: an old Office container with one stream."""
    label = name.encode("gb18030") + b"\0"
    body = struct.pack("<H", 2) + label + label + struct.pack("<HHI", 0, 3, len(label)) + label
    body += struct.pack("<I", len(data)) + data
    stream = (struct.pack("<I", len(body)) + body).ljust(4096, b"\0")
    sectors = -(-len(stream) // 512)
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + sectors), 0xFFFFFFFE]
    free = [0xFFFFFFFF] * (128 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    directory = b"".join(
        (_entry("Root Entry", 5, 0xFFFFFFFE, 0, 1), _entry("\x01Ole10Native", 2, 2, len(stream)), _entry("", 0, 0, 0) * 2)
    )
    return header + struct.pack("<128I", *table, *free) + directory + stream.ljust(sectors * 512, b"\0")


def _entry(title: str, kind: int, start: int, size: int, below: int = 0xFFFFFFFF) -> bytes:
    wide = title.encode("utf-16-le")
    length = len(wide) + 2 if title else 0
    head = wide.ljust(64, b"\0") + struct.pack("<HBBIII", length, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, below)
    return head + bytes(36) + struct.pack("<II", start, size) + bytes(4)


# --- parts of a package
def _xml(text: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}'.encode()


def _before_end(sheet: bytes, more: bytes) -> bytes:
    """Put elements where a sheet's schema wants objects: before its tables."""
    mark = next(mark for mark in (b"<tableParts", b"<extLst", b"</worksheet>") if mark in sheet)
    return sheet.replace(mark, more + mark, 1)


def _related(rels: bytes, more: Iterable[tuple[str, str, str]]) -> bytes:
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    listed = "".join(f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>' for key, kind, target in more)
    return (rels or empty).replace(b"</Relationships>", listed.encode() + b"</Relationships>")


def _typed(types: bytes, endings: Mapping[str, str], parts: Mapping[str, str]) -> bytes:
    told = "".join(_types(types, endings, parts))
    return types.replace(b"</Types>", told.encode() + b"</Types>")


def _types(types: bytes, endings: Mapping[str, str], parts: Mapping[str, str]) -> Iterator[str]:
    for ending, kind in endings.items():
        if f'Extension="{ending[1:]}"'.encode() not in types:
            yield f'<Default Extension="{ending[1:]}" ContentType="{kind}"/>'
    for name, kind in parts.items():
        yield f'<Override PartName="{name}" ContentType="{kind}"/>'

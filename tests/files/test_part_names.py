"""Where the parts of a package stand, and how their names are written, changes nothing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from scoring.files.cells import Workbook
from scoring.files.reading import read_workbook
from tests.ledger import raw_books as raw

ROWS = '<row r="1">' + raw.text_cell("A1", "已完成") + "</row>"


def renamed(change: Callable[[str], str], within: dict[bytes, bytes] | None = None) -> bytes:
    """Return a workbook whose parts have other names; ``within`` is replaced in every part."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw.book(ROWS))) as source, zipfile.ZipFile(target, "w") as archive:
        for entry in source.infolist():
            data = source.read(entry)
            for old, new in (within or {}).items():
                data = data.replace(old, new)
            info = zipfile.ZipInfo("x")
            info.filename = change(entry.filename)
            archive.writestr(info, data)
    return target.getvalue()


LAYOUTS = {
    "as Excel writes it": renamed(str),
    "backslashes": renamed(lambda name: name.replace("/", "\\")),
    "a dot in front": renamed(lambda name: f"./{name}"),
    "targets that begin with a dot": renamed(str, {b'Target="': b'Target="./'}),
    "targets with backslashes": renamed(str, {b'Target="worksheets/': b'Target="worksheets\\'}),
    "the workbook at the root": renamed(lambda name: name.removeprefix("xl/"), {b'Target="xl/': b'Target="'}),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_of_parts_is_read(layout: str) -> None:
    book = read_workbook(LAYOUTS[layout], "a.xlsx")
    assert isinstance(book, Workbook), book
    assert book.sheets[0].rows[0][0] == "已完成"

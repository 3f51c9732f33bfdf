"""Break workbooks by chance, but where it hurts: in their XML, their records, their zip directory.

Whatever comes out must be read, or refused with one problem; nothing may raise, and nothing in the room may fail in a way
that nobody foresaw. The tests run a short form. The long form, from the project's folder::

    python -m tests.ledger.fuzz --mutants 20000 --seed 1 [--keep FOLDER]

prints what was found and ends with 1 if a mutant was not answered as it should be; ``--keep`` saves such mutants.
"""

from __future__ import annotations

import argparse
import io
import logging
import random
import struct
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from scoring.ledger.marking.returned import marked_workbook
from scoring.ledger.parse import read_ledger
from scoring.problems import CATALOGUE
from scoring.rulebook.read import load_rulebook
from tests.files import test_binary_book
from tests.ledger import raw_books as raw
from tests.ledger.ledger_files import office_ledger, open_ledger
from tests.ledger.spellings import respelt

SECONDS = 8.0
NASTY = (
    "", " ", "²", "４", "-1", "0", "1", "00", "1.5", "1e400", "NaN", "INF", "true", "x", "s", "e", "str", "inlineStr", "d", "4294967295",
    "4294967296", "99999999999999999999", "2147483647", "1048576", "1048577", "A1", "XFD1048576", "XFE1", "A0", "ZZZZ9", "a1", "$A$1",
    "A1:XFD1048576", "B2:A1", "A1:", ":", "rId1", "rId999", "../../x", "/xl/workbook.xml", "xl\\workbook.xml", "worksheets/sheet1.xml",
    "\u202e", "\ufeff", "_x0000_", "=1+1", "2023-02-30", "0000-00-00", "9999-12-31T23:59:60", "PT99999999H", "Err:502", "#N/A", "长" * 40_000,
)  # fmt: skip
Chance = random.Random
Parts = dict[str, bytes]


def seeds() -> Mapping[str, bytes]:
    """Return the workbooks that are broken."""
    cells = raw.xls_text(0, 0, "填报单位：五华区") + raw.xls_text(3, 0, "评分项编号") + raw.xls_text(3, 1, "完成情况")
    return {
        "office.xlsx": office_ledger(),
        "raw.xlsx": raw.book(),
        "spelt.xlsx": respelt(office_ledger(), 7),
        "open.ods": open_ledger(),
        "binary.xlsb": test_binary_book.book(test_binary_book.SEEN, more=test_binary_book.looks()),
        "excel_95.xls": (Path(__file__).parents[1] / "files" / "real" / "excel_95.xls").read_bytes(),
        "old.xls": raw.xls(cells + raw.xls_text(4, 0, "1A") + raw.xls_text(4, 1, "已完成")),
    }


def mutant(name: str, data: bytes, chance: Chance) -> bytes:
    """Return a workbook with one to four things wrong."""
    for _ in range(chance.choice((1, 1, 2, 4))):
        breaks = BREAKS.get(Path(name).suffix, ZIP_BREAKS)
        data = chance.choice(breaks)(data, chance)
    return data


def _bytes(data: bytes, chance: Chance) -> bytes:
    """Overwrite, cut out or double a few bytes."""
    at, length = chance.randrange(len(data)), chance.choice((1, 2, 4, 60))
    new = chance.choice((chance.randbytes(length), b"", data[at : at + length] * 2, b"\xff" * length, b"\0" * length))
    return data[:at] + new + data[at + length :] or b"x"


def _cut(data: bytes, chance: Chance) -> bytes:
    return data[: chance.randrange(1, len(data) + 1)]


def _numbers(data: bytes, chance: Chance) -> bytes:
    """Write a number where a record or a directory may hold one."""
    at = chance.randrange(max(1, len(data) - 4))
    number = chance.choice((0, 1, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 0xFFFFFFFE, len(data)))
    form = chance.choice(("<H", "<I"))
    packed = struct.pack(form, number & (0xFFFF if form == "<H" else 0xFFFFFFFF))
    return data[:at] + packed + data[at + len(packed) :]


def _record(data: bytes, chance: Chance) -> bytes:
    """Put a record of chance content into the stream, or change the length that one claims."""
    kinds = (
        0x00FC,
        0x003C,
        0x00E5,
        0x0006,
        0x00BD,
        0x0085,
        0x0200,
        0x0208,
        0x0031,
        0x00E0,
        0x001C,
        0x0205,
        0x0809,
        0x0018,
        0x01B6,
    )
    body = chance.randbytes(chance.choice((0, 3, 8, 40)))
    at = data.find(raw.record(0x0204)[:2], 512) if chance.random() < 0.7 else chance.randrange(len(data))
    made = struct.pack("<HH", chance.choice(kinds), chance.choice((len(body), 0xFFFF, 8224, 0))) + body
    return data[:at] + made + data[at + len(made) :]


def _binary_parts(data: bytes, chance: Chance) -> bytes:
    """Break the records of one part of a binary workbook."""
    parts = _parts(data)
    names = [name for name in sorted(parts) if name.endswith(".bin") and parts[name]]
    if not names:
        return _bytes(data, chance)
    name = chance.choice(names)
    parts[name] = chance.choice((_bytes, _cut, _numbers, _numbers))(parts[name], chance)
    return _packed(parts)


def _members(data: bytes, chance: Chance) -> bytes:
    """Take a part away, give it another's content or name, or have it twice."""
    parts = _parts(data)
    if not parts:
        return _bytes(data, chance)
    name, other = chance.choice(sorted(parts)), chance.choice(sorted(parts))
    change = chance.randrange(5)
    if change == 0:
        del parts[name]
    elif change == 1:
        parts[name] = parts[other]
    elif change == 2:
        parts[chance.choice((name.upper(), name.replace("/", "\\"), "../" + name, other + "x", ""))] = parts.pop(name)
    elif change == 3:
        parts[name] = chance.choice(
            (b"", b"<", b"<a/>", parts[name][: len(parts[name]) // 2], b"\xff\xfe" + parts[name], parts[name] * 2)
        )
    else:
        parts[name.lower() + " "] = parts[name]
    return _packed(parts)


def _tree(data: bytes, chance: Chance) -> bytes:
    """Change elements and attributes of one part."""
    parts = _parts(data)
    names = [name for name in parts if name.endswith((".xml", ".rels"))]
    if not names:
        return _bytes(data, chance)
    name = chance.choice([*names, *(each for each in names if "sheet" in each or "content" in each)])
    try:
        root = ElementTree.fromstring(parts[name])  # noqa: S314  our own, broken by ourselves
    except (ElementTree.ParseError, LookupError, ValueError):
        return _bytes(data, chance)
    for _ in range(chance.choice((1, 2, 5))):
        _break_element(root, chance)
    try:
        parts[name] = ElementTree.tostring(root, chance.choice(("utf-8", "utf-16", "gb18030")), xml_declaration=True)
    except (ValueError, TypeError, LookupError):
        return _bytes(data, chance)
    return _packed(parts)


def _break_element(root: ElementTree.Element, chance: Chance) -> None:
    everywhere = list(root.iter())
    parent, donor = chance.choice(everywhere), chance.choice(everywhere)
    change = chance.randrange(8)
    if change <= 2 and parent.attrib:
        parent.set(chance.choice(sorted(parent.attrib)), chance.choice(NASTY))
    elif change == 3:
        parent.set(chance.choice((*donor.attrib, "r", "t", "s", "hidden", "ref", "count")), chance.choice(NASTY))
    elif change == 4:
        parent.text = chance.choice(NASTY)
    elif change == 5 and len(parent):
        parent.remove(parent[chance.randrange(len(parent))])
    elif change == 6 and len(donor) < 500:
        copies = [donor] if donor is not root and parent not in donor.iter() else []
        parent.extend(copies * chance.choice((1, 2, 50)))
    else:
        parent.tag = donor.tag if chance.random() < 0.8 else parent.tag.rpartition("}")[2]


def _text(data: bytes, chance: Chance) -> bytes:
    """Write something into one part's XML as text, wherever it falls."""
    parts = _parts(data)
    if not parts:
        return _bytes(data, chance)
    name = chance.choice(sorted(parts))
    part, at = parts[name], chance.randrange(len(parts[name]) + 1)
    put = chance.choice(
        (b"<!--", b"-->", b"<![CDATA[", b"]]>", b"&#x110000;", b"&#0;", b"&a;", b"<!DOCTYPE a>", b'<c r="A1">' * 20_000, b"<?x", b"'", b'"', b">", b"</c>", b"\0", b" " * 100_000)
    )  # fmt: skip
    parts[name] = part[:at] + put + part[at:]
    return _packed(parts)


RECORD_BREAKS: tuple[Callable[[bytes, Chance], bytes], ...] = (
    _bytes,
    _cut,
    _numbers,
    _numbers,
    _record,
    _record,
    _record,
)
ZIP_BREAKS: tuple[Callable[[bytes, Chance], bytes], ...] = (
    _bytes,
    _numbers,
    _members,
    _tree,
    _tree,
    _tree,
    _tree,
    _tree,
    _text,
    _text,
)


BREAKS = {".xls": RECORD_BREAKS, ".xlsb": (_bytes, _numbers, _members, *(_binary_parts,) * 6)}


def _parts(data: bytes) -> Parts:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except Exception:
        return {}


def _packed(parts: Parts) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name or "x", (2023, 1, 1, 0, 0, 0)), content)
    return target.getvalue()


@dataclass
class Found(logging.Handler):
    """What came of all mutants. It hears the room's log, where a failure that nobody foresaw is an error."""

    answers: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[str, int, str]] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(logging.ERROR)

    def __hash__(self) -> int:
        return id(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


def run(mutants: int, seed: int, keep: Path | None = None) -> Found:
    """Break and read; return what came of it."""
    found, log = Found(), logging.getLogger("scoring.files.room.room")
    log.addHandler(found)
    try:
        for name, number, data in _mutants(mutants, seed):
            fault = _fault(name, data, number, found)
            if fault:
                found.faults.append((name, number, fault))
                if keep is not None:
                    (keep / f"{number}_{name}").write_bytes(data)
    finally:
        log.removeHandler(found)
    return found


def _mutants(count: int, seed: int) -> Iterator[tuple[str, int, bytes]]:
    whole = sorted(seeds().items())
    for number in range(seed * 1_000_000, seed * 1_000_000 + count):
        chance = random.Random(number)
        name, data = whole[number % len(whole)]
        yield name, number, mutant(name, data, chance)


def _fault(name: str, data: bytes, number: int, found: Found) -> str:
    """Read a mutant; return what is wrong with the answer, or ``""``."""
    found.heard.clear()
    start = time.monotonic()
    try:
        read = read_ledger(data, name, RULEBOOK)
        if number % 7 == 0:
            marked_workbook(data, name, read.problems)
    except Exception as error:
        return f"raised {error!r}"
    found.answers[read.problems[0].code if read.refused else "read"] += 1
    if found.heard:
        return found.heard[0][-1500:]
    if read.refused and (len(read.problems) != 1 or read.problems[0].sheet or read.problems[0].cell):
        return "refused with more than one problem"
    if any(problem.code not in CATALOGUE for problem in read.problems):
        return "a problem that nobody knows"
    return f"took {time.monotonic() - start:.1f} s" if time.monotonic() - start > SECONDS else ""


RULEBOOK = load_rulebook()


def main() -> int:
    """Run the long form."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--mutants", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    if options.keep is not None:
        options.keep.mkdir(parents=True, exist_ok=True)
    found = run(options.mutants, options.seed, options.keep)
    for name, number, fault in found.faults:
        print(f"{name}, mutant {number}: {fault}")
    print(dict(found.answers.most_common()))
    print(f"{options.mutants} mutants, {len(found.faults)} not answered as they should be")
    return int(bool(found.faults))


if __name__ == "__main__":
    sys.exit(main())

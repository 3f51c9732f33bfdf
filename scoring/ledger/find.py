"""Find the ledgers and the files beside them that a command was given, and read them all into one set of facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath

from scoring.evidence.loose import SHOWN
from scoring.files.members import Member, is_junk
from scoring.files.naming import is_archive, name_of_bytes
from scoring.files.package_reading import open_package
from scoring.files.shared_out import read_shared_out
from scoring.ledger.every_year import read_every_year, read_first_year
from scoring.ledger.files_beside import BooksWithFiles, FileBeside, give_files, is_no_ledger
from scoring.ledger.parse import problems_over_time
from scoring.model.evidence import CellRef
from scoring.model.facts import Facts
from scoring.model.parsed import ParsedWorkbook
from scoring.model.rules import Rulebook
from scoring.problems import CATALOGUE, Problem

WORKBOOK_ENDINGS = frozenset(
    {".xlsx", ".xlsm", ".xlsb", ".xltx", ".xltm", ".xls", ".xlt", ".et", ".ett", ".ods", ".ots"}
)
PACKAGE_ENDING = ".zip"
ARCHIVE_ENDINGS = frozenset({".rar", ".7z", ".gz", ".tar", ".bz2"})
RULE_ENDINGS = frozenset({".toml", ".md"})
HEAD_BYTES = 16
OFFICE_PARTS = frozenset({"[Content_Types].xml", "content.xml"})  # a part that .xlsx has, or .ods
SENT_TOGETHER = "一起放入的文件"


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """A file that may be a ledger: a file on the disk, or bytes that came in a package.

    ``name`` is the path below the folder or package given, else the base name. ``origin`` numbers what was given on the
    command line: a file beside a ledger is evidence for ledgers of its own origin only. ``package`` names the package that
    it came in.
    """

    name: str
    origin: int
    path: Path | None = None
    data: bytes = b""
    package: str = ""

    def read(self) -> bytes:
        """Return the file's bytes.

        Raises:
            OSError: it cannot be read from the disk.
        """
        return self.data if self.path is None else self.path.read_bytes()


@dataclass(slots=True)
class Found:
    """What a command was given. ``loose`` are files that are no workbooks: they are offered as evidence.

    ``roots`` are the names of what was given, by origin. It is filled while looking.
    """

    ledgers: list[LedgerFile] = field(default_factory=list)
    loose: list[LedgerFile] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    roots: list[str] = field(default_factory=list)


def find_ledgers(paths: Iterable[Path]) -> Found:
    """Return the workbooks of files, folders and ``.zip`` packages, and the files beside them, in name order.

    In folders and packages, hidden files and what programs leave behind (``~$…``, ``.DS_Store``) are skipped, in folders
    also rule files and their notes (``.toml``, ``.md``): they show nothing of a ledger.

    Raises:
        OSError: a package cannot be read from the disk.
    """
    ledgers = Found()
    for origin, path in enumerate(paths):
        ledgers.roots.append(path.resolve().name)
        if path.is_dir():
            names = sorted(file.relative_to(path).as_posix() for file in path.rglob("*") if file.is_file())
            for name in names:
                if is_junk(name) or PurePosixPath(name).suffix.lower() in RULE_ENDINGS:
                    continue
                _place(ledgers, LedgerFile(name, origin, path / name))
        elif path.suffix.lower() == PACKAGE_ENDING:
            unpack(ledgers, path.name, path.read_bytes(), origin)
        else:
            ledgers.ledgers.append(LedgerFile(path.name, origin, path))
    return ledgers


def find_sent(files: Iterable[tuple[str, bytes]]) -> Found:
    """Return the workbooks among files that were sent together, and the files beside them; each package is one origin.

    Files that came without a package are evidence for the workbooks that came without one; where no workbook did, pictures
    and PDFs are evidence of what is stored, and each other file is taken for a workbook, so that it is said what it is.
    """
    ledgers, packages = Found(roots=[SENT_TOGETHER]), []
    for name, data in sorted(files):
        if PurePosixPath(name).suffix.lower() == PACKAGE_ENDING:
            packages.append((name, data))
        else:
            _place(ledgers, LedgerFile(name, 0, data=data))
    if not ledgers.ledgers:
        ledgers.ledgers = [file for file in ledgers.loose if not file.name.casefold().endswith(SHOWN)]
        ledgers.loose = [file for file in ledgers.loose if file.name.casefold().endswith(SHOWN)]
    for origin, (name, data) in enumerate(packages, 1):
        ledgers.roots.append(name)
        unpack(ledgers, name, data, origin)
    return ledgers


def unpack(found: Found, package: str, data: bytes, origin: int, folder: str = "") -> None:
    """Put the files of a package where they belong; ``folder`` is put before their paths."""
    members = open_package(data, package)
    if isinstance(members, Problem):
        found.problems.append(members)
        return
    if not members:
        found.problems.append(CATALOGUE["file-empty"].at(CellRef(folder + package, "", "")))
        return
    if OFFICE_PARTS & {member.path for member in members}:  # a workbook whose name says .zip
        found.ledgers.append(LedgerFile(folder + package, origin, data=data))
        return
    for member in members:
        if member.data is None:
            found.problems.append(_refused(package, member))
        elif PurePosixPath(member.path).suffix.lower() == PACKAGE_ENDING:
            found.problems.append(_refused(package, Member(member.path, None, "package-within")))
        else:
            _place(found, LedgerFile(folder + member.path, origin, data=member.data, package=package), package)


def _place(found: Found, file: LedgerFile, package: str = "") -> None:
    ending = PurePosixPath(file.name).suffix.lower()
    if ending in WORKBOOK_ENDINGS:
        found.ledgers.append(file)
    elif ending == PACKAGE_ENDING and file.path is not None:
        folder = file.name.removesuffix(file.path.name)
        unpack(found, file.name, file.read(), file.origin, folder)
    elif ending in ARCHIVE_ENDINGS:
        found.problems.append(_packed(file, package))
    else:
        found.loose.append(file)


def _packed(file: LedgerFile, package: str) -> Problem:
    """Say of an archive that is not opened here that it must be unpacked first."""
    data = file.read()
    kind = name_of_bytes(data[:HEAD_BYTES]) if is_archive(data) else "压缩包"
    if package:
        return _refused(package, Member(file.name, None, "file-packed", kind))
    return CATALOGUE["file-packed"].at(CellRef(file.name, "", ""), detail=kind)


def _refused(package: str, member: Member) -> Problem:
    kind = CATALOGUE.get(member.refused, CATALOGUE["file-broken"])
    message = kind.template.format(value="", detail=member.detail)
    return CATALOGUE["package-member-refused"].at(CellRef(package, "", ""), member.path, detail=message)


def read_ledgers(
    found: Found, rulebooks: Sequence[Rulebook], *, every_year: bool = False
) -> tuple[Facts, list[Problem]]:
    """Read all ledgers, in the order given, into one set of facts with all problems.

    They are read by the first of the rules, and ledgers of the years of the others set aside with a warning each; where
    ``every_year`` is True each is read by the rules of its own year.

    Raises:
        OSError: a file cannot be read from the disk.
    """
    read = partial(read_one, read_every_year if every_year else read_first_year, rulebooks)
    books = read_shared_out(read, list(enumerate(found.ledgers)))
    given = with_files_beside(found, books, rulebooks[0])
    facts = Facts.joined(book.facts for book in given.books)
    problems: Sequence[Problem] = [problem for book in given.books for problem in book.problems]
    return facts, [*found.problems, *problems, *given.problems, *problems_over_time(facts)]


def read_one(
    way: Callable[..., ParsedWorkbook], rulebooks: Sequence[Rulebook], numbered: tuple[int, LedgerFile]
) -> ParsedWorkbook:
    """Read one ledger; a function of its own, as other processes read too."""
    upload, file = numbered
    return way(file.read(), file.name, rulebooks, upload)


def with_files_beside(found: Found, books: Sequence[ParsedWorkbook], rulebook: Rulebook) -> BooksWithFiles:
    """Give the files beside the ledgers to their rows, origin by origin; ``books`` are the ledgers as read, in order.

    Raises:
        OSError: a file cannot be read from the disk.
    """
    kept: list[ParsedWorkbook] = []
    problems: list[Problem] = []
    things: dict[str, bytes] = {}
    for origin, root in enumerate(found.roots):
        read = [(file, book) for file, book in zip(found.ledgers, books, strict=True) if file.origin == origin]
        beside = [FileBeside(f.name, f.read(), f.package or root) for f in found.loose if f.origin == origin]
        strangers = {file.name: file.read() for file, book in read if file.name != root and is_no_ledger(book)}
        given = give_files([book for _, book in read], beside, strangers, rulebook)
        kept += given.books
        problems += given.problems
        things |= given.things
    return BooksWithFiles(tuple(kept), tuple(problems), things)

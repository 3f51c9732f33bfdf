"""Check a package on any machine: its parts are what its manifest says, and board and papers come out the same again."""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from io import BytesIO
from itertools import groupby
from zipfile import BadZipFile, ZipFile

from scoring.calendar.holidays import given_table
from scoring.calendar.workdays import forget_counts
from scoring.documents.archive import zipped
from scoring.documents.papers import PAPERS, all_papers
from scoring.judging.rank import make_board
from scoring.model.board_json import board_from_json, board_to_json
from scoring.model.facts import Facts, Ruling
from scoring.model.plain_json import from_json
from scoring.model.policy import policy_hash, recorded_policy
from scoring.model.publications import Publication
from scoring.proof import package
from scoring.proof.package import NoPackageError, manifest, unpack
from scoring.rulebook.read import RulebookError, parse_rulebook

MANY = 20  # stretches of differing bytes that are named for each part; the rest are counted


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: ``number`` of the final board (``""``: cannot be read), ``papers`` computed again, ``faults`` in Chinese."""

    number: str
    papers: int
    faults: tuple[str, ...]


def verify(data: bytes) -> Checked:
    """Check a package; it is sound where there are no faults."""
    try:
        entries = unpack(data)
    except NoPackageError:
        return Checked("", 0, ("不是定稿包，或者包的目录被改动过，打不开",))
    told = entries.pop(package.MANIFEST, b"")
    faults = list(_parts(entries, told, package.damaged(data)))
    again = zipped({package.MANIFEST: told, **entries})
    if again != data and not faults:
        faults += _compared("包本身（不在任何一部分里）", data, again)
    number, papers = "", 0
    computed: list[str] = []
    try:
        number, papers, computed = _computed(entries)
    except (KeyError, ValueError, TypeError, RulebookError) as error:
        faults.append(f"里面的内容读不出来，无法重算：{error}")
    return Checked(number, papers, (*faults, *computed))


def _parts(entries: Mapping[str, bytes], told: bytes, broken: Collection[str]) -> Iterator[str]:
    """Name the parts that are missing, too many, or not what the manifest says."""
    missing = [name for name in package.PARTS if name not in entries]
    known = {*package.PARTS}
    yield from (f"缺少 {name}" for name in missing)
    yield from (f"多出 {name}" for name in entries if name not in known and not name.startswith(package.PAPERS))
    right = manifest(entries)
    if right == told:
        return
    changed = [name for name, content in entries.items() if sha256(content).hexdigest().encode() not in told]
    if package.MANIFEST not in broken:
        yield from (f"{name} 与清单里的校验值不符，内容被改动过" for name in changed)
    if package.MANIFEST in broken or not changed:
        yield from _compared(package.MANIFEST, told, right)


def _computed(entries: Mapping[str, bytes]) -> tuple[str, int, list[str]]:
    """Compute board and papers again; return the final board's number, how many papers, and what differs.

    Papers that were made before receipts kept all that papers say (``notice``) cannot be made again.
    """
    receipt = from_json(entries[package.RECEIPT].decode(), Publication)
    facts = from_json(entries[package.FACTS].decode(), Facts)
    rulings = from_json(entries[package.RULINGS].decode(), tuple[Ruling, ...])
    rulebook = parse_rulebook(entries[package.RULES], lenient=True)
    policy = recorded_policy(_policy(entries[package.POLICY]))
    faults = []
    if sha256(entries[package.RULES]).hexdigest() != receipt.rules:
        faults.append(f"{package.RULES} 不是回执里写的细则")
    if policy_hash(policy) != receipt.policy:
        faults.append(f"{package.POLICY} 不是回执里写的口径")
    with given_table(entries[package.HOLIDAYS].decode()):
        forget_counts()
        decided = board_from_json(entries[package.BOARD].decode(), receipt.year).decisions  # people's, not computed
        board = make_board(facts + Facts(rulings=rulings), rulebook, receipt.as_of, policy)
        board = replace(board, decisions=decided)
        faults += _compared(package.BOARD, entries[package.BOARD], board_to_json(board).encode())
        papers = all_papers(board, rulebook, receipt) if receipt.notice else {}
    forget_counts()
    kept = {
        name.removeprefix(package.PAPERS): content
        for name, content in entries.items()
        if name.startswith(package.PAPERS)
    }
    for name, content in kept.items():
        if name in papers:
            faults += _paper(package.PAPERS + name, content, papers[name])
        elif papers or name not in PAPERS:
            faults.append(f"多出 {package.PAPERS}{name}")
    return receipt.number, len(kept) if papers else 0, faults


def _policy(text: bytes) -> dict[str, str]:
    return {str(name): str(reading) for name, reading in json.loads(text).items()}


def _paper(name: str, kept: bytes, made: bytes) -> list[str]:
    """Compare a paper with the one made again; another machine may compress the same contents otherwise."""
    if kept == made:
        return []
    try:
        with ZipFile(BytesIO(kept)) as old, ZipFile(BytesIO(made)) as new:
            inside = {part: (_read(old, part), _read(new, part)) for part in {*old.namelist(), *new.namelist()}}
    except (BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return _compared(name, kept, made)
    return [difference for part in sorted(inside) for difference in _compared(f"{name} 里的 {part}", *inside[part])]


def _read(file: ZipFile, part: str) -> bytes:
    return file.read(part) if part in file.namelist() else b""


def _compared(name: str, kept: bytes, right: bytes) -> list[str]:
    """Name every byte, counted from 1, in which something kept differs from what it should be."""
    if kept == right:
        return []
    places = [n for n, (one, other) in enumerate(zip(kept, right, strict=False), 1) if one != other]
    runs = [[n for _, n in run] for _, run in groupby(enumerate(places), lambda pair: pair[1] - pair[0])]
    named = [f"{run[0]}" if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    where = f"第{'、'.join(named[:MANY])}字节" if named else ""
    more = f"等{len(runs)}处" if len(runs) > MANY else ""
    long = f"，长{len(kept)}字节，应为{len(right)}字节" if len(kept) != len(right) else ""
    return [f"{name}：{where}{more}与重算的不同{long}" if where else f"{name}：与重算的不同{long}"]

"""Time what pictures cost, and measure what they take: ``python -m benchmarks.evidence``.

A ledger with 120 pictures (25 MB) beside the same without: its preview, the first look for doubts, a click on 单位 with 40
thumbnails, the bytes that the page gains, and the growth of the database over the bytes that were sent. Times are processor
times of the server and its workers, so that other work on the machine does not count.
"""

from __future__ import annotations

import io
import os
import random
import re
import statistics
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import psutil
from PIL import Image

from scoring.ledger.files_beside import FileBeside, give_files
from scoring.ledger.parse import read_ledger
from scoring.rulebook.read import load_rulebook
from scoring.store import Store, locations, open_store
from tests.evidence.packages import FIRST, NAME, Book, ledger, one_cell, pic, with_drawing
from tests.ui.opening import html, opened, started_as_the_server_does
from ui.session.looks import looks_of

PICTURES, THUMBNAILS, MEGABYTES = 120, 40, 25
PREVIEW_GOAL, CLICK_GOAL, PAGE_GOAL, GROWTH_GOAL = 2.0, 1.5, 60_000, 1.05
DAY, UNIT = date(2023, 7, 7), "五华区"
CLAUSES = (
    "1A",
    "2A",
    "3A",
    "4A",
    "4B",
    "5A",
    "5B",
    "6A",
    "6B",
    "7A",
    "10A",
    "10B",
    "12A",
    "12B",
    "17A",
    "18A",
    "20A",
    "21A",
)
MEGABYTE = 1_000_000
SAVES = (1, 6, 24)  # over which the pictures are spread


def photo(seed: int, size: int) -> bytes:
    """Return a JPEG of about so many bytes, another for each seed."""
    chance, side = random.Random(seed), 640
    shot = Image.effect_noise((side, side), 60).convert("RGB")
    for _ in range(12):
        box = [chance.randrange(side) for _ in range(2)]
        shot.paste((chance.randrange(256), chance.randrange(256), 90), (*box, box[0] + 160, box[1] + 120))
    out = io.BytesIO()
    shot.save(out, "JPEG", quality=90)
    return out.getvalue().ljust(size, b"\0")


def workbook(pictures: Sequence[bytes]) -> bytes:
    """Return a ledger with pictures spread over the evidence cells of its rows."""
    book: Book = ledger(CLAUSES, proof="公示截图")
    for number in range(len(CLAUSES)):
        book.rows[FIRST + number]["C"] = "未完成"  # so that the page proves each row, with pictures and without
    if not pictures:
        return book.packed()
    anchors = "".join(
        one_cell(
            pic(f"rId{number + 1}"), 4, 3 + number % len(CLAUSES), 100_000, 100_000, 9_525 * (number // len(CLAUSES))
        )
        for number in range(len(pictures))
    )
    return with_drawing(book, anchors, pictures).packed()


def busy() -> float:
    """Return the processor time of this process and of its workers, those that have ended too, in seconds."""
    times, workers = os.times(), psutil.Process().children(recursive=True)
    live = sum(one.cpu_times().user + one.cpu_times().system for one in workers)
    return live + times.user + times.system + times.children_user + times.children_system


def cost(action: Callable[[], object], runs: int = 5) -> float:
    """Return the median processor time of several runs in seconds, after one that does not count."""
    found = []
    for _ in range(runs + 1):
        start = busy()
        action()
        found.append(busy() - start)
    return statistics.median(found[1:])


def preview(data: bytes) -> float:
    """Measure how a dropped workbook is read."""
    rulebook = load_rulebook()
    return cost(lambda: read_ledger(data, NAME, rulebook, 0))


def kept(folder: Path, data: bytes) -> Store:
    """Store a workbook as the only one."""
    store = open_store(folder / "assessment.duckdb")
    store.save(data, read_ledger(data, NAME, load_rulebook(), 0), "张三")
    return store


class Page:
    """The unit's page over a database of its own, on which all its things are shown. It has state: the open page."""

    def __init__(self, folder: str, data: bytes) -> None:
        self.folder = folder
        kept(Path(folder), data)
        self._enter()
        self.app = opened("unit", as_of=DAY.isoformat(), unit=UNIT, part="lost")

    def _enter(self) -> None:
        os.environ[locations.DATA_VARIABLE] = self.folder

    def click(self) -> None:
        """Run the page again, as after a click that asks nothing new."""
        self._enter()
        self.app.run()

    @property
    def html(self) -> str:
        """Return what it shows."""
        return html(self.app)


def size_with(path: Path, beside: Sequence[FileBeside], saves: int) -> int:
    """Return the size of a database with so many workbooks, each with its share of files beside it, the first sent twice."""
    store, rulebook = open_store(path), load_rulebook()
    share = len(beside) // saves
    for number in (*range(saves), saves):
        book = ledger(CLAUSES)
        book.rows[FIRST]["D"] = f"2023-05-{number + 1:02}"
        data = book.packed()
        own = beside[number % saves * share :][:share]
        given = give_files([read_ledger(data, NAME, rulebook, 0)], own, {}, rulebook)
        store.save(data, given.books[0], "张三", things=given.things)
        store.fold()
    store.close()
    return path.stat().st_size


def growth(folder: Path, pictures: Sequence[bytes], saves: int) -> float:
    """Return how much larger a database is with files than without, over the bytes of the files; each save is folded in."""
    beside = [FileBeside(f"五华区-{CLAUSES[n % 18]}-{n}.jpg", data, "五华区.zip") for n, data in enumerate(pictures)]
    sizes = [size_with(folder / f"{saves}_{len(given)}.duckdb", given, saves) for given in (beside, ())]
    return (sizes[0] - sizes[1]) / sum(map(len, pictures))


def main() -> None:
    """Print the figures beside their goals."""
    pictures = [photo(seed, MEGABYTES * MEGABYTE // PICTURES) for seed in range(PICTURES)]
    plain, full, some = workbook(()), workbook(pictures), workbook(pictures[:THUMBNAILS])
    without, with_them = preview(plain), preview(full)
    print(
        f"preview {len(full) / MEGABYTE:.0f} MB: {with_them - without:.2f} s beyond {without:.2f} s; goal {PREVIEW_GOAL}"
    )
    with (
        tempfile.TemporaryDirectory() as one,
        tempfile.TemporaryDirectory() as two,
        tempfile.TemporaryDirectory() as three,
    ):
        store = kept(Path(three), full)
        start = busy()
        seen = looks_of(store, store.facts(2023))
        print(f"first look at {len(seen)} things: {busy() - start:.2f} s")
        bare, shown = Page(one, plain), Page(two, some)
        clicks = statistics.median(cost(shown.click, 7) / cost(bare.click, 7) for _ in range(3))
        images = sum(map(len, re.findall(r'src="(data:image[^"]*)"', shown.html)))
        more = len(shown.html.encode()) - len(bare.html.encode()) - images
        print(f"click with {shown.html.count('data:image')} thumbnails: {clicks:.2f} times; goal {CLICK_GOAL}")
        print(f"page beyond the thumbnails: {more} bytes; goal {PAGE_GOAL}")
        for saves in SAVES:
            print(f"database, {saves:2} saves: {growth(Path(one), pictures, saves):.3f} times; goal {GROWTH_GOAL}")


if __name__ == "__main__":
    with started_as_the_server_does():
        main()

"""From dropped files to stored ledgers: reading with progress, what is new, storing, the receipt."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import PurePosixPath

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from scoring.analysis.intake_lines import CONTRADICTED, Fate, Intake, IntakeLine, SentFile, fate_of, ledgers_of, lines
from scoring.analysis.upload_effect import changes
from scoring.calendar.clock import day_of, now
from scoring.evidence.loose import loose_file
from scoring.files.room.room import told_in_front
from scoring.ledger.find import Found, LedgerFile, find_sent, with_files_beside
from scoring.ledger.placing import brought_by, further_moves, said_of, with_choices
from scoring.model.boards import Board
from scoring.model.parsed import ParsedWorkbook
from scoring.model.placings import Move
from scoring.model.rules import Rulebook
from scoring.model.sendings import Sending
from scoring.problems import Problem, Severity
from scoring.store import Receipt, numbered
from ui.forms import commands, matching, placing, settling, signing, whats_new
from ui.session import cache, state
from ui.session.acts import Act
from ui.session.desk import Desk, Preview
from ui.show import effects, intake_table, problems, tables
from ui.show.text import md_escape, names, quarter_name, size, standing

NOT_STORED = 2**31  # stands for the number of a workbook that has none yet: later than all that are stored


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One dropped file as it was read.

    ``reading`` names its content as read, ``known``: the same bytes are stored already, ``kept``: as an original only.
    """

    sha: str
    reading: str
    name: str
    data: bytes
    book: ParsedWorkbook
    known: bool
    kept: bool = False

    @property
    def fate(self) -> Fate:
        """Tell what 入库 would do with it."""
        return fate_of(self.as_file())

    @property
    def counts(self) -> bool:
        """Tell whether it can be stored and brings something."""
        return self.fate is Fate.STORED

    def as_file(self) -> SentFile:
        """Return it without its bytes."""
        return SentFile(self.book, self.sha, self.known, self.kept)


@dataclass(frozen=True, slots=True)
class Dropped:
    """What was dropped: the workbooks, each content once, the problems of packages and of the files beside the workbooks.

    ``things`` are the bytes of the files beside the workbooks, by their SHA-256, ``files`` all that was dropped, by name,
    ``came`` the day of receipt. ``names`` are the paths of the files beside them by their SHA-256, ``further`` says what
    becomes of those that no new workbook brings.
    """

    sent: tuple[ReadFile, ...] = ()
    problems: tuple[Problem, ...] = ()
    things: Mapping[str, bytes] = field(default_factory=dict)
    files: tuple[tuple[str, bytes], ...] = ()
    came: date = date.min
    names: Mapping[str, str] = field(default_factory=dict)
    further: tuple[Move, ...] = ()


def drop(desk: Desk, waiting: Sending | None = None) -> Dropped:
    """Draw the field for files and read what was dropped in it, packages unpacked, in the order of the names.

    ``waiting`` is a unit's own sending that is looked at instead: its files are read as of the day on which it was sent.
    """
    if waiting:
        return _read(desk, desk.sent_files(waiting.number), waiting.day)
    files = st.file_uploader(
        "把台账工作簿拖到这里，可以一次放多份，佐证材料一起放（.xlsx .xlsm .xls .ods，或打成.zip）",
        accept_multiple_files=True,
        key=state.upload_key(),
    )
    return _read(desk, [(file.name, file.getvalue()) for file in files], day_of(now())) if files else Dropped()


def _read(desk: Desk, files: Sequence[tuple[str, bytes]], came: date) -> Dropped:
    """Read files that came on a day, each workbook with what came beside it."""
    stored = {one.sha256: day_of(one.received_at) for one in desk.uploads()}
    originals = {one.sha256 for one in desk.kept_originals()}
    package = find_sent(files)
    books: list[ParsedWorkbook] = []
    bar = st.progress(0.0)
    for number, file in enumerate(package.ledgers, 1):
        count = len(package.ledgers)
        say = partial(_progress, bar, number / count, f"第{number}份，共{count}份：{md_escape(file.name)}")
        say(0)
        sha = sha256(file.data).hexdigest()
        with told_in_front(say):
            by_hand = state.named_rows(sha), state.settled(sha)
            books.append(desk.parsed(file.data, file.name, by_hand, stored.get(sha) or came))
    given = with_files_beside(package, books, desk.rulebook)
    bar.empty()
    sent: dict[str, ReadFile] = {}
    kept = list(given.books)
    for file in package.ledgers:
        if kept and kept[0].workbook == file.name:  # else its name spoke for a row of another: it is evidence
            one = _sent(file, kept.pop(0), package, stored)
            sent.setdefault(one.sha, replace(one, kept=one.sha in originals))
    taken = {sha: replace(one, book=with_choices(one.book, state.placed())) for sha, one in sent.items()}
    dropped = Dropped(tuple(taken.values()), (*package.problems, *given.problems), given.things, tuple(files), came)
    return _with_further(dropped, package, desk)


def _with_further(dropped: Dropped, found: Found, desk: Desk) -> Dropped:
    """Say what becomes of the files beside the workbooks that none of them brings."""
    beside = [loose_file(one.name, one.data, one.package or found.roots[one.origin]) for one in found.loose]
    names = {file.sha256: file.path for file in beside}
    if desk.whose:
        return replace(dropped, names=names)
    brought = brought_by(one.book for one in dropped.sent if one.counts)
    rest = [file for file in beside if file.sha256 in dropped.things and file.sha256 not in brought]
    known = [one.book for one in dropped.sent if one.known]
    moves = further_moves(rest, known, desk.facts, desk.rulebook, state.placed())
    kept = brought_by([ParsedWorkbook("", desk.facts)]) if moves else set()
    kept |= {item.sha256 or "" for item in desk.loose_things()} if moves else set()
    new = tuple(move for move in moves if move.place or move.thing.sha256 not in kept)
    return replace(dropped, names=names, further=new)


def _sent(file: LedgerFile, book: ParsedWorkbook, found: Found, stored: Container[str]) -> ReadFile:
    """Name a workbook's content as read: its bytes, what was decided by hand, and the files that came beside it."""
    sha = sha256(file.data).hexdigest()
    beside = [(one.name, sha256(one.data).hexdigest()) for one in found.loose if one.origin == file.origin]
    by_hand = state.named_rows(sha), state.settled(sha), state.placed()
    read = sha256(repr((by_hand, beside)).encode()).hexdigest()
    return ReadFile(sha, f"{sha}{read}", file.name, file.data, book, sha in stored)


def show_beside(desk: Desk, dropped: Dropped) -> None:
    """Draw what became of packages and of the files beside the workbooks, and the reviewer's word over it."""
    unplaced = placing.without_placed(dropped.problems, dropped.names, dropped.further)
    if not (dropped.things or unplaced):
        return
    errors, warnings = problems.counts(unplaced)
    title = f"随附文件{len(dropped.things)}个：{errors}个错误，{warnings}个提醒"
    with st.expander(title, expanded=bool(unplaced or dropped.further), key="files_beside"):
        placing.draw_dropped(desk, [one.book for one in dropped.sent], dropped.further, dropped.names)
        if unplaced:
            st.html(problems.problem_tables(unplaced))
        if dropped.further:
            placing.offer_further(desk, dropped.further, dropped.things)


def _progress(bar: DeltaGenerator, share: float, which: str, in_front: int) -> None:
    """Say which file is being read, or how many others are read before it."""
    bar.progress(share, f"前面还有{in_front}份在读，请稍候。{which}" if in_front else f"正在读{which}")


def units_of(sent: Sequence[ReadFile], rulebook: Rulebook) -> list[str]:
    """Name the scored units that the files speak of, in the order of the rules."""
    spoken = {ledger.unit for one in sent for ledger in one.book.facts.ledgers}
    spoken |= {fact.ledger.unit for one in sent for fact in one.book.facts.incentives}
    return [unit.name for unit in rulebook.units if unit.name in spoken and unit.assessed]


def at_a_glance(dropped: Dropped, desk: Desk, preview: Preview) -> tuple[IntakeLine, ...]:
    """Return what each file's line says, those first that need a person."""
    newest: dict[tuple[str, int, int], int] = {}
    for version in desk.ledger_versions_of_all_years():
        key = version.unit, version.year, version.quarter
        newest[key] = max(newest.get(key, 0), version.version)
    finals = [(one.number, one.as_of) for one in desk.publications()]
    intake = Intake(desk.rulebook, desk.board(), preview.board, dropped.came, newest, finals, preview.problems)
    return lines([one.as_file() for one in dropped.sent], intake)


def show_errors(dropped: Dropped, desk: Desk, preview: Preview) -> None:
    """Draw the errors of all files before anything else, and what contradicts an earlier ledger; each opens on its rows."""
    data = {one.name: one.data for one in dropped.sent}
    told = [problem for one in dropped.sent if not one.known for problem in one.book.problems]
    wrong = [problem for problem in (*told, *dropped.problems) if problem.severity is Severity.ERROR]
    wrong += [problem for problem in preview.problems if problem.code == CONTRADICTED]
    if wrong:
        with_data = [(problem, data.get(problem.workbook)) for problem in wrong]
        shown = [(problem, desk.rows_around(problem, sent) if sent else ()) for problem, sent in with_data]
        st.html(intake_table.errors(shown))


def offer_originals(desk: Desk, dropped: Dropped) -> None:
    """Offer to keep files of which nothing counts as originals only: an act of its own, with its reason."""
    idle = [one for one in dropped.sent if one.fate in (Fate.NOTHING, Fate.BLANK)]
    if not idle or desk.whose:
        return
    with st.expander(f"{len(idle)}份没有可用内容的文件：只留原件", key="originals"):
        st.html(tables.note("只把文件存下来，记入全部记录；不算单位报送，不影响得分。同一份文件以后还可以入库。"))
        picked = st.multiselect(
            "哪些文件", [one.sha for one in idle], [one.sha for one in idle], key=signing.key("originals_picked"),
            format_func={one.sha: md_escape(one.name) for one in idle}.__getitem__, placeholder="选文件",
        )  # fmt: skip
        signed = signing.sign("originals", "为什么留")
        chosen = [(one.name, one.data) for one in idle if one.sha in picked]

        def act() -> str:
            return f"已只留原件{commands.keep_originals(chosen, signed.reason, signed.name, desk)}份。"

        lacking = signing.missing(signed, "先写明为什么留") if chosen else "先选文件"
        signing.finish("只留原件", "originals", lacking, act, Act.TAKE_IN)


def _news(one: ReadFile, desk: Desk) -> None:
    """Draw what is new in each ledger of a file, and what would differ from the final board."""
    facts = numbered(one.book.facts, NOT_STORED)
    versions = desk.ledger_versions()
    for ledger in ledgers_of(facts):
        own = facts.of_units({ledger.unit}).of_quarter(ledger.year, ledger.quarter)
        whats_new.draw(own, whats_new.before(versions, ledger.unit, ledger.year, ledger.quarter), desk)
        whats_new.draw_final(ledger.unit, {one.reading: one.book}, desk)


def show(one: ReadFile, desk: Desk, between: Sequence[Problem]) -> None:
    """Draw one file: its figures, its problems, the marked workbook, and how each row was understood.

    ``between`` are problems that only show beside other ledgers (a roster row that is gone from a later quarter).
    """
    rulebook = desk.rulebook
    own = (*one.book.problems, *(problem for problem in between if problem.workbook == one.book.workbook))
    errors, warnings = problems.counts(own)
    state_word = "已经入库过，内容相同" if one.known else f"{errors}个错误，{warnings}个提醒"
    torn = bool(one.book.contradictions)
    with st.expander(f"{md_escape(one.name)}：{state_word}", expanded=torn, key=f"file_{one.sha[:12]}"):
        st.html(tables.note(f"{problems.whose(one.book, rulebook)}；{size(len(one.data))}"))
        st.html(problems.summary(one.book, own))
        settling.draw(one.sha, one.book)
        if one.counts and st.toggle("看和以前报的有什么不同", key=f"news_{one.sha[:12]}"):
            _news(one, desk)
        if own:
            st.html(problems.problem_tables(own))
            st.download_button(
                "下载标注了问题的工作簿", lambda: cache.marked(one.sha, one.data, one.name, own),
                f"问题标注_{PurePosixPath(one.name).stem}.xlsx", on_click="ignore", key=f"marked_{one.sha[:12]}",
            )  # fmt: skip
        if st.toggle("看每一行是怎样认出来的", key=f"rows_{one.sha[:12]}"):
            matching.draw(one.sha, one.book, rulebook)


def show_changes(before: Board, after: Board, units: Sequence[str], rulebook: Rulebook, *, ranked: bool) -> None:
    """Draw what changes on each unit's clauses, of several units when asked, with its rank where all are seen."""
    for unit in units:
        changed = changes(before, after, unit)
        short = rulebook.short(unit)
        if not changed:
            st.html(tables.note(f"{short}：入库后没有评分项变化"))
            continue
        moved = f"，{standing(before, before.card[unit])}→{standing(after, after.card[unit])}" if ranked else ""
        title = f"{short}：{len(changed)}个评分项有变化{moved}"
        if len(units) == 1:
            st.html(tables.note(title))
        if len(units) == 1 or st.toggle(title, key=f"changes_{unit}"):
            st.html(effects.clause_table(before, changed, rulebook))


def offer(desk: Desk, dropped: Dropped, fresh: Sequence[ReadFile], waiting: Sending | None) -> None:
    """Ask who stores, and store what is new in what was dropped, or let go of it."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="store"):
        actor = signing.ask_name("入库人（只问一次）", "reviewer")
        pressed = st.button("入库", type="primary", key="store_now")
        if st.button("不入库，清空"):
            state.empty_uploader()
            state.put(sending=None)
            st.rerun()
    if pressed and actor:
        put_in(desk, fresh, dropped, actor, waiting)
        st.rerun()
    if pressed:
        st.warning("请先填入库人的姓名，再点“入库”。")


def put_in(desk: Desk, sent: Sequence[ReadFile], dropped: Dropped, actor: str, waiting: Sending | None = None) -> None:
    """Store the files (taking in what a unit sent with them), leave the receipts for the next run, and let go of the files.

    Where something stopped it, they stay.
    """
    brought = [(one, brought_by([one.book])) for one in sent]
    chosen = state.placed()
    books = tuple(
        (one.data, one.book, said_of({sha: place for sha, place in chosen.items() if sha in mine}, dropped.names))
        for one, mine in brought
    )
    receipts, failure = commands.put_in(books, dropped.things, waiting, actor, desk)
    state.leave("receipts", receipts)
    if failure:  # what was dropped, and what was said of it, stays
        state.leave("failed", failure)
        return
    state.put(sending=None)
    state.empty_uploader()


def show_receipts(left: object) -> None:
    """Draw what the last storing did, as read back from the database."""
    if isinstance(left, tuple) and left:
        st.success(f"已入库{len(left)}份工作簿。")
        st.html(tables.bullets(map(_receipt, left)))


def _receipt(receipt: Receipt) -> str:
    versions = names(
        f"{version.unit}{quarter_name(version.quarter)}（第{version.version}版）" for version in receipt.ledgers
    )
    again = "，与以前入库的一份完全相同，没有改动" if receipt.already else ""
    return f"{receipt.upload.file_name} → {versions}{again}；校验值 {receipt.upload.sha256[:12]}"

"""What can be done: each act is demanded of the person's role, then writes, then brings the tables for other tools up.

No other module of ``ui`` or ``pages`` calls a writing method of the store (a test holds that), and no ``st`` call stands
between two writes. Every act raises ``StoreError`` with a Chinese sentence; nothing is kept then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from hashlib import sha256

from scoring.calendar import holidays, workdays
from scoring.documents.papers import all_papers
from scoring.model.boards import Board
from scoring.model.doors import Doors, doors_key
from scoring.model.events import Event
from scoring.model.facts import Ruling
from scoring.model.findings import Finding
from scoring.model.notices import Letterhead, letterhead_key
from scoring.model.parsed import ParsedWorkbook
from scoring.model.placings import Move, Placing
from scoring.model.policy import Policy
from scoring.model.publications import Objection, ObjectionState, Publication
from scoring.model.sendings import Sending
from scoring.model.ties import TieDecision
from scoring.rulebook.begin import begin, confirm
from scoring.rulebook.read import parse_rulebook
from scoring.store import Complaint, PlacingRecord, Receipt, Seen, Store, StoreError, backups, locations
from scoring.store.backups import Backup
from scoring.store.staleness import DECISIONS, SETTINGS
from scoring.words.system import why
from ui.session import access, cache, data_folders, state, written
from ui.session.access import NotAllowedError
from ui.session.acts import Act
from ui.session.desk import Desk
from ui.session.opening import real_store
from ui.show import problems

DRAFT = "rules_draft"  # the setting that says what was done last with the draft of a new year's rules
HOLIDAYS = "holidays"  # the setting that says that a year's holidays were filled in


def put_in(
    books: Sequence[tuple[bytes, ParsedWorkbook, str]],
    things: Mapping[str, bytes],
    waiting: Sending | None,
    given: str,
    desk: Desk,
) -> tuple[tuple[Receipt, ...], StoreError | None]:
    """Store workbooks, each whole or not at all, with the files that came beside them by their SHA-256.

    With each workbook goes what is to be said for the record beside what was decided by hand in it (``""``: nothing).
    ``waiting`` is what a unit sent them with (None: nobody did); it is taken in when all are stored.
    It returns the receipts, and what stopped the rest (None: nothing).
    """
    receipts: list[Receipt] = []
    failure = None
    try:
        store, name = _begin(Act.TAKE_IN, given, desk)
        if waiting:
            store.refuse_newer(DECISIONS, str(waiting.number), desk.looked)
        for data, book, note in books:
            reason = "。".join(filter(None, (problems.by_hand(book), note)))
            seen = None if receipts else desk.looked  # what is stored here itself is no news
            receipts.append(store.save(data, book, name, reason, desk.rulebook.rules_hash, things=things, seen=seen))
        if waiting:
            store.take_in(waiting.number, name)
    except StoreError as error:
        failure = error
    if receipts:
        _end(desk)
    return tuple(receipts), failure


def send(units: Sequence[str], files: Sequence[tuple[str, bytes]], desk: Desk) -> Sending:
    """Send workbooks and evidence of the viewer's units to the bureau."""
    store, name = _begin(Act.SEND, "", desk)
    return store.send(desk.year, units, files, name)


def send_back(number: int, reason: str, given: str, desk: Desk) -> None:
    """Send back what a unit sent, with the reason."""
    store, name = _begin(Act.TAKE_IN, given, desk)
    store.send_back(number, name, reason, seen=desk.looked)


def keep_originals(files: Sequence[tuple[str, bytes]], reason: str, given: str, desk: Desk) -> int:
    """Keep files of which nothing counts as they came; return how many."""
    store, name = _begin(Act.TAKE_IN, given, desk)
    for file_name, data in files:
        store.keep_original(file_name, data, name, reason)
    return len(files)


def place(moves: Sequence[Move], things: Mapping[str, bytes], reason: str, given: str, desk: Desk) -> PlacingRecord:
    """Put things to clauses or take them off, in one event; ``things`` are the bytes of new ones by their SHA-256."""
    store, name = _begin(Act.TAKE_IN, given, desk)
    kept = store.place(Placing(0, desk.year, tuple(moves)), name, reason, things, seen=desk.looked)
    _end(desk)
    return kept


def withdraw_placing(number: int, reason: str, given: str, desk: Desk) -> None:
    """Take a placing back: things are where they were found."""
    store, name = _begin(Act.TAKE_IN, given, desk)
    store.withdraw_placing(number, name, reason, seen=desk.looked)
    _end(desk)


def withdraw_upload(sha: str, reason: str, given: str, desk: Desk) -> None:
    """Let a workbook count no longer."""
    store, name = _begin(Act.TAKE_IN, given, desk)
    store.withdraw_upload(sha, name, reason, seen=desk.looked)
    _end(desk)


def restore_upload(sha: str, reason: str, given: str, desk: Desk) -> None:
    """Let a withdrawn workbook count again."""
    store, name = _begin(Act.TAKE_IN, given, desk)
    store.restore_upload(sha, name, reason, seen=desk.looked)
    _end(desk)


def rule(rulings: Sequence[Ruling], given: str, desk: Desk) -> tuple[Ruling, ...]:
    """Enter rulings under the name of who gives them, all or none."""
    store, name = _begin(Act.RULE, given, desk)
    kept = store.rule_all([replace(ruling, reviewer=name) for ruling in rulings], name, seen=desk.looked)
    _end_later(desk)
    return kept


def withdraw_rulings(numbers: Sequence[int], reason: str, given: str, desk: Desk) -> None:
    """Take rulings back, all or none; the computed findings stand again."""
    store, name = _begin(Act.RULE, given, desk)
    store.withdraw_rulings(numbers, name, reason, seen=desk.looked)
    _end_later(desk)


def set_policy(policy: Policy, reason: str, given: str, desk: Desk) -> None:
    """Make readings the official ones."""
    store, name = _begin(Act.SET_POLICY, given, desk)
    store.set_policy(desk.year, policy, name, reason, seen=desk.looked)
    _end(desk)


def put_rules_in_force(text: bytes, reason: str, given: str, desk: Desk) -> None:
    """Put a changed rule file in force for the real ledgers."""
    store, name = _begin(Act.SET_RULES, given, desk, real=True)
    year = parse_rulebook(text).assessment.year
    store.record_rules(year, text, sha256(text).hexdigest(), name, reason, seen=Seen(desk.seen, year))
    cache.forget_rules()
    _end(desk)


def keep_holidays(year: int, off: Sequence[date], work: Sequence[date], given: str, desk: Desk) -> None:
    """Keep a year's holidays for everybody, and count working days by them from now on."""
    store, name = _begin(Act.SET_HOLIDAYS, given, desk, real=True)
    if not desk.examples:  # who looks at the examples has seen nothing of the real ledgers
        store.refuse_newer(SETTINGS, HOLIDAYS, desk.looked)
    try:
        holidays.write_year(year, off, work)
    except OSError as error:
        raise StoreError(f"节假日没有保存：{why(error)}。") from error
    except ValueError as error:
        raise StoreError(f"节假日没有保存：{error}") from error
    workdays.forget_counts()
    store.set_setting(HOLIDAYS, f"{year}年：放假{len(off)}天，上班{len(work)}天", name)
    cache.forget_boards()


def begin_year(year: int, rules_text: bytes, given: str, desk: Desk) -> None:
    """Write the draft of a year's rules after those of another year; a draft that lies there already stays."""
    store, name = _begin(Act.SET_RULES, given, desk, real=True)
    if data_folders.draft_of_rules(year).exists():
        raise StoreError(f"{year}年度的草稿已经有了。")
    _keep_draft(year, begin(rules_text.decode("utf-8-sig"), year))
    store.set_setting(DRAFT, f"开始{year}年度的细则草稿", name)


def replace_draft(year: int, text: str, given: str, desk: Desk) -> None:
    """Put an edited draft in the place of the one that lies there; what was changed in it is to be confirmed again."""
    store, name = _begin_draft(given, desk)
    _keep_draft(year, confirm(text, (), name)[0])
    store.set_setting(DRAFT, f"换上改好的{year}年度细则草稿", name)


def confirm_draft(year: int, paths: Sequence[str], given: str, desk: Desk) -> int:
    """Write down who confirmed which lines of a draft; return how many."""
    store, name = _begin_draft(given, desk)
    text, done = confirm(data_folders.draft_of_rules(year).read_text("utf-8"), paths, name)
    _keep_draft(year, text)
    store.set_setting(DRAFT, f"核对{year}年度细则草稿{done}处", name)
    return done


def _begin_draft(given: str, desk: Desk) -> tuple[Store, str]:
    """Begin an act on the draft of a year's rules: whoever confirms a line has seen it as it stands."""
    store, name = _begin(Act.SET_RULES, given, desk, real=True)
    store.refuse_newer(SETTINGS, DRAFT, desk.looked)
    return store, name


def _keep_draft(year: int, text: str) -> None:
    path = data_folders.draft_of_rules(year)
    beside = path.with_suffix(".new")
    try:
        beside.write_text(text, "utf-8")
        beside.replace(path)
    except OSError as error:
        raise StoreError(f"草稿没有保存：{why(error)}。") from error


def publish(receipt: Publication, board: Board, reason: str, desk: Desk) -> Publication:
    """Make a board final with its papers; ``receipt.actor`` is the name that the local user gave."""
    store, name = _begin(Act.PUBLISH, receipt.actor, desk)
    make = partial(all_papers, board, desk.rulebook)
    return store.publish(replace(receipt, actor=name), board, reason, papers=make, seen=desk.looked)


def decide_tie(decision: TieDecision, desk: Desk) -> TieDecision:
    """Enter who of the units tied at a cut is listed, under the name of who decides."""
    store, name = _begin(Act.PUBLISH, decision.by, desk)
    return store.decide_tie(replace(decision, by=name), seen=desk.looked)


def withdraw_tie(number: int, reason: str, given: str, desk: Desk) -> None:
    """Take such a decision back; the tie is open again."""
    store, name = _begin(Act.PUBLISH, given, desk)
    store.withdraw_tie(number, name, reason, seen=desk.looked)


def object_to(
    number: str, line: Finding, text: str, due: date, given: str, desk: Desk, files: Sequence[tuple[str, bytes]] = ()
) -> Objection:
    """Enter an objection to a line of a final board (``""``: of the board in view, after 初评), by the unit or for it."""
    store, name = _begin(Act.OBJECT, given, desk)
    about = (line.unit, line.clause, text, name, due, line.item)
    return store.file_objection(Complaint(number, *about, files, None if number else line, desk.year))


def reply(
    number: int, text: str, due: date, given: str, desk: Desk, files: Sequence[tuple[str, bytes]] = ()
) -> Objection:
    """Object once more, to the answer."""
    store, name = _begin(Act.OBJECT, given, desk)
    return store.reply_to_answer(number, text, name, due, files, seen=desk.looked)


def set_doors(doors: Doors, given: str, desk: Desk) -> None:
    """Set what units see and when they may object."""
    store, name = _begin(Act.SET_DOORS, given, desk)
    store.set_setting(doors_key(desk.year), doors.as_text(), name, seen=desk.looked)


def set_letterhead(letterhead: Letterhead, given: str, desk: Desk) -> None:
    """Keep what the next 通报 prints in the fields that only the office knows."""
    store, name = _begin(Act.SET_LETTERHEAD, given, desk)
    store.set_setting(letterhead_key(desk.year), letterhead.as_text(), name, seen=desk.looked)


def answer(number: int, decision: ObjectionState, text: str, given: str, desk: Desk) -> Objection:
    """Uphold or dismiss an objection."""
    store, name = _begin(Act.ANSWER, given, desk)
    return store.answer_objection(number, decision, text, name, seen=desk.looked)


def note_minute(about: str, decided: str, given: str, desk: Desk) -> Event:
    """Enter what a meeting decided."""
    store, name = _begin(Act.NOTE_MINUTE, given, desk)
    return store.note_minute(desk.year, about, decided, name)


def back_up() -> Backup:
    """Make a backup of the real ledgers, checked; nothing is entered into the history."""
    if not access.may(Act.OPERATE):
        raise NotAllowedError("备份需要“管理”身份。")
    return backups.back_up(real_store(), locations.backup_folder())


def _begin(act: Act, given: str, desk: Desk, *, real: bool = False) -> tuple[Store, str]:
    """Return the store to write to and the name to write under; the browser remembers the local user's name."""
    person, name = access.person(), access.demand(act, given)
    if desk.known_at is not None:
        raise StoreError("正在看过去某一时刻的情况，不能办理。请先回到现在。")
    state.look_anew()
    store = real_store() if real else desk.store
    if person.is_local:
        state.keep_own_name(name)
    return store, name


def _end(desk: Desk) -> None:
    """Write the official board where other tools read it. The act is kept by now, so a failure only adds a warning."""
    _end_later(desk)
    written.write(at_once=True)


def _end_later(desk: Desk) -> None:
    """Have that done by the server when acts rest: rulings come one after the other, and nobody waits between them."""
    written.note(desk)

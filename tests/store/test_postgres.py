"""The home on PostgreSQL: several servers at once, what it says when something is wrong, who may see what."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from scoring.cli.commands import main
from scoring.documents.papers import all_papers
from scoring.judging.rank import make_board
from scoring.model.boards import Board
from scoring.model.notices import Notice
from scoring.model.policy import Policy, policy_hash
from scoring.proof.package import Final, make_package
from scoring.proof.verify import verify
from scoring.rulebook.read import DEFAULT_RULES, load_rulebook
from scoring.store import LostWorkError, RefusedError, Store, StoreBrokenError, address_of, backups, open_store
from scoring.store.homes import postgres_server
from scoring.store.homes.database import Address
from scoring.store.homes.moving import tables
from scoring.store.homes.opening import open_database
from scoring.store.homes.postgres_dialect import from_columns, to_columns
from scoring.store.snapshot import VIEWS
from tests.builders import ruling
from tests.postgres import Server, stranger
from tests.store.test_history import steps
from tests.store.test_publications import receipt
from tests.store.workbooks import row_counts, workbook

DAY = date(2023, 7, 3)


@pytest.fixture
def url(server: Server) -> str:
    return server.new()


@pytest.fixture
def servers(url: str) -> Iterator[tuple[Store, Store]]:
    """Two stores on one database, as two processes have them: each with connections and memory of its own."""
    first, second = Store(open_database(url)), Store(open_database(url))
    yield first, second
    first.close()
    second.close()


def test_what_one_server_does_the_other_shows_at_once(servers: tuple[Store, Store], board: Board) -> None:
    one, other = servers
    assert one.fingerprint(2023) == other.fingerprint(2023)
    assert other.policy(2023) == Policy()
    one.save(b"one", workbook(), "张三")
    assert other.newest() == 1
    assert other.fingerprint(2023) == one.fingerprint(2023)
    assert len(other.facts(2023).statements) == 3
    one.set_policy(2023, Policy(late="strict"), "主任", "会议")
    assert other.policy(2023).late == "strict"
    other.rule(ruling("1A", "rejected", DAY))
    assert [given.number for given in one.rulings(2023)] == [1]
    assert one.fingerprint(2023) == other.fingerprint(2023)
    one.write_board(board)


def test_what_one_server_makes_final_the_other_hands_out_and_proves(servers: tuple[Store, Store]) -> None:
    one, other = servers
    rulebook = load_rulebook()
    one.save(b"one", workbook(), "张三")
    day = rulebook.assessment.closes
    board = make_board(one.facts(2023), rulebook, day, Policy())
    given = receipt(one, board, policy=policy_hash(Policy()), notice=Notice())
    kept = one.publish(given, board, papers=lambda made: all_papers(board, rulebook, made))
    other.save(b"two", workbook("盘龙区"), "李四")
    papers = other.published_papers(kept.number)
    assert papers == one.published_papers(kept.number) == all_papers(board, rulebook, kept)
    facts = other.facts(2023, kept.published_at)
    holidays = other.published_calendar(kept.number)
    made = Final(kept, other.published_board(kept.number), facts, DEFAULT_RULES.read_bytes(), papers, holidays)
    checked = verify(make_package(made))
    assert (checked.faults, checked.papers) == ((), len(papers))
    assert one.history()[-1].actor == "李四"
    assert one.verify_history() == ()


def test_servers_that_write_at_once_lose_nothing(servers: tuple[Store, Store]) -> None:
    def work(store: Store, name: str) -> None:
        for number in range(6):
            store.save(f"{name}{number}".encode(), workbook(rows=5), name)
            store.rule(ruling("1A", "rejected", DAY))

    threads = [threading.Thread(target=work, args=(store, name)) for store, name in zip(servers, "甲乙", strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    one, other = servers
    assert [event.number for event in one.history()] == list(range(1, 25))
    assert [version.version for version in other.ledger_versions(2023)] == list(range(1, 13))
    assert sorted(given.number for given in one.rulings(2023)) == list(range(1, 13))
    assert one.verify_history() == other.verify_history() == ()


def test_a_reader_sees_one_state_while_another_server_writes(servers: tuple[Store, Store]) -> None:
    one, other = servers
    one.save(b"one", workbook(), "张三")
    count = "SELECT count(*) FROM statements"
    with other._database.reading() as cursor:
        before = cursor.execute(count).fetchall()
        one.save(b"two", workbook("盘龙区"), "张三")
        assert cursor.execute(count).fetchall() == before
    with other._database.reading() as cursor:
        assert cursor.execute(count).fetchall() != before


def test_who_waits_too_long_for_another_writer_is_told(
    url: str, servers: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_server, "SETTINGS", ("SET lock_timeout = '200ms'",))
    with (
        closing(open_database(url)) as hurried,
        servers[0]._database.writing(),
        pytest.raises(StoreBrokenError, match="别人正在保存"),
    ):
        Store(hurried).set_setting("a", "b", "张三")
    servers[0].set_setting("a", "b", "张三")


def test_a_server_whose_connections_were_cut_goes_on(servers: tuple[Store, Store], url: str) -> None:
    one, _ = servers
    one.save(b"one", workbook(), "张三")
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
                      "AND pid <> pg_backend_pid()")  # fmt: skip
    assert len(one.uploads()) == 1
    with pytest.raises(StoreBrokenError, match="先看看刚才的操作有没有保存"), one._database.writing() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    one.save(b"two", workbook("盘龙区"), "张三")
    assert one.verify_history() == ()


def test_what_is_wrong_with_the_address_is_said_without_the_password(server: Server, url: str) -> None:
    for address, said in (
        ("postgresql://u:geheim@127.0.0.1:1/x", "连接不上"),
        (server.url("none"), "没有这个数据库"),
        ("postgresql://u:geheim@[", "不是 PostgreSQL 地址"),
    ):
        with pytest.raises(StoreBrokenError, match=said) as caught:
            open_store(address)
        assert "geheim" not in str(caught.value)
    assert address_of("postgresql://u:geheim@db:5432/water") == "postgresql://db:5432/water"


def test_a_database_of_something_else_and_a_newer_one_are_left_alone(server: Server, url: str) -> None:
    other = server.new("template1")
    with psycopg.connect(other, autocommit=True) as connection:
        connection.execute("CREATE TABLE mine (a integer)")
    with pytest.raises(StoreBrokenError, match="不是本系统建立的"):
        open_store(other)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("INSERT INTO schema_versions VALUES (999, 'x', now())")
    with pytest.raises(StoreBrokenError, match="请升级程序"):
        open_store(url)


def test_two_servers_that_start_at_once_build_the_schema_once(server: Server) -> None:
    empty = server.new("template1")
    made: list[Store] = []
    threads = [threading.Thread(target=lambda: made.append(Store(open_database(empty)))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 3
    for store in made:
        store.save(b"one", workbook(), "张三")
        store.close()


def test_rows_come_in_the_same_order_in_both_homes(url: str, tmp_path: Path) -> None:
    names = ["b", "B", "a", "Z", "呈贡区", "安宁市", "é", "_", "10", "9"]
    told = []
    for address in (url, tmp_path / "a.duckdb"):
        with closing(open_store(address)) as store:
            for name in names:
                store.save(name.encode(), workbook(name), "张三")
            told.append([version.unit for version in store.ledger_versions(2023)])
    assert told[0] == told[1] == sorted(names)


@given(st.lists(st.text(alphabet="\0\ue00001a", max_size=8), max_size=4))
def test_every_text_survives_being_written_for_postgresql(texts: list[str]) -> None:
    row = (1, None, b"\0", *texts, texts)
    written = tuple(to_columns(row))
    assert not any("\0" in text for text in written if isinstance(text, str))
    assert from_columns([written]) == [row]


def test_the_readers_role_sees_the_views_and_nothing_else(server: Server, board: Board) -> None:
    with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
        admin.execute("DO 'BEGIN CREATE ROLE assessment_reader LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END'")
    empty = server.new("template1")
    with closing(open_store(empty)) as store:
        for step in steps(store, board):
            step()
        store.write_board(board)
        with store._database.reading() as cursor:
            hidden = (*tables(cursor), "latest_scores", "rulings")
    name = psycopg.conninfo.conninfo_to_dict(empty)["dbname"]
    with psycopg.connect(server.url(str(name), "assessment_reader"), autocommit=True) as reader:
        for view in VIEWS:
            assert reader.execute(f"SELECT count(*) FROM {view}".encode()).fetchone() != (0,), view  # noqa: S608
        for table in hidden:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                reader.execute(f'SELECT 1 FROM "{table}"'.encode())  # noqa: S608


def test_a_database_moves_to_the_other_home_and_back_unchanged(
    url: str, server: Server, board: Board, tmp_path: Path
) -> None:
    file, back = tmp_path / "a.duckdb", server.new()
    with closing(open_store(url)) as store:
        for step in steps(store, board):
            step()
        store.save("零\0字符".encode(), workbook("带\0的单位", 3), "张三")
        store.write_board(board)
        told, counts, name = store.history(), row_counts(store), store.fingerprint(2023)
    homes: tuple[tuple[Address, Address], ...] = ((url, file), (file, back))
    for source, target in homes:
        assert backups.move_database(source, target).faults == ()
        with closing(open_store(target)) as store:
            assert (store.history(), row_counts(store), store.fingerprint(2023)) == (told, counts, name)
    with pytest.raises(StoreBrokenError, match="已经有数据"):
        backups.move_database(file, back)


def test_a_backup_is_made_and_restored_into_an_empty_database(url: str, server: Server, tmp_path: Path) -> None:
    with closing(open_store(url)) as store:
        store.save(b"one", workbook(), "张三")
        made = backups.back_up(store, tmp_path / "backup")
        told = store.history()
    target = server.new()
    checked, lost = backups.restore(made.path, target, tmp_path / "note.json", "李四")
    assert (checked.events, checked.faults, lost) == (1, (), 0)
    with closing(open_store(target)) as again:
        assert again.history()[:1] == told
        assert [event.actor for event in again.history()] == ["张三", "李四"]
    with pytest.raises(StoreBrokenError, match="已经有数据"):
        backups.restore(made.path, target, tmp_path / "note.json", "李四")


def test_other_tools_are_sent_to_the_server(servers: tuple[Store, Store], tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="只读账号"):
        servers[0].write_snapshot(tmp_path / "s.duckdb")
    assert (servers[0].log(), servers[0].fold()) == (None, False)
    assert servers[0].size() > 1_000_000


def test_a_closed_store_says_so(url: str) -> None:
    store = open_store(url)
    store.close()
    with pytest.raises(RefusedError, match="已经关闭"):
        store.uploads()


def test_a_history_of_many_events_is_asked_by_index(url: str) -> None:
    """Listing took 29 s at 11,400 workbooks while it scanned all events for each."""
    with closing(open_store(url)) as store:
        store.save(b"one", workbook(), "张三")
        with store._database.writing() as cursor:
            cursor.execute(
                "INSERT INTO events SELECT number + 1, 2023, TIMESTAMP '2023-01-01', 'a', 'upload', 's' || number, '', '', "
                "'{}', 'p' || number, 'c' || number FROM generate_series(1, 20000) AS all_of(number)"
            )
            cursor.execute("ANALYZE events")
        plan = _plan(store, "SELECT kind FROM events WHERE subject = 's7' ORDER BY number DESC LIMIT 1")
        assert "Seq Scan" not in plan, plan
        for sql in ("SELECT max(number) FROM events", "SELECT min(happened_at) FROM events",
                    "SELECT number FROM events WHERE kind IN ('ruling', 'policy') ORDER BY number"):  # fmt: skip
            assert "Seq Scan" not in (plan := _plan(store, sql)), plan


def _plan(store: Store, sql: str) -> str:
    with store._database.reading() as cursor:
        return "\n".join(line for (line,) in cursor.execute(f"EXPLAIN {sql}").fetchall())


def test_the_command_moves_a_database(url: str, tmp_path: Path) -> None:
    file = tmp_path / "a.duckdb"
    with closing(open_store(file)) as store:
        store.save(b"one", workbook(), "张三")
    done = CliRunner().invoke(main, ["move-database", str(file), url])
    assert done.exit_code == 0, done.output
    assert "1 条记录、1 份工作簿" in done.output
    assert CliRunner().invoke(main, ["move-database", str(file), url]).exit_code == 2
    assert CliRunner().invoke(main, ["move-database", str(tmp_path / "none.duckdb"), url]).exit_code == 2
    assert not (tmp_path / "none.duckdb").exists()


def test_a_server_that_goes_away_is_not_called_busy(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_server, "OPENING", 1)
    address = server.new()
    with closing(open_store(address)) as store, stranger(server.url("postgres")) as administrator:
        name = urlsplit(address).path[1:]
        administrator.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false".encode())
        administrator.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        with pytest.raises(StoreBrokenError, match="连接不上"):
            store.uploads()


def test_a_database_set_back_beneath_the_running_program_is_noticed(server: Server) -> None:
    address = server.new()
    with closing(open_store(address)) as store:
        store.save(b"one", workbook(), "张三")
        store.save(b"two", workbook(quarter=3), "张三")
        with stranger(address) as administrator:
            administrator.execute("SET session_replication_role = replica")
            administrator.execute("DELETE FROM events WHERE number = (SELECT max(number) FROM events)")
        with pytest.raises(LostWorkError, match="退回到旧的状态"):
            store.mark()
        with pytest.raises(LostWorkError, match="退回到旧的状态"):
            store.save(b"three", workbook(quarter=1), "张三")


@pytest.mark.parametrize("wrong", ["mysql://x/y", "localhost/water", "host=localhost dbname=water", ""])
def test_an_address_of_something_else_is_not_taken_for_a_file(wrong: str) -> None:
    with pytest.raises(StoreBrokenError, match="不是 PostgreSQL 地址"):
        open_store(wrong)


def test_a_database_is_not_moved_onto_itself(server: Server) -> None:
    address = server.new()
    with pytest.raises(RefusedError, match="同一个数据库"):
        backups.move_database(address, address)

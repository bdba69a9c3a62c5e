"""The two doors to the database: durable and fair for writers, a still picture for readers."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import closing
from fcntl import LOCK_EX, LOCK_NB, flock
from itertools import groupby
from pathlib import Path
from time import sleep

import pytest
from sqlalchemy import Column, Connection, ForeignKey, Integer, MetaData, Table, func, insert, select
from sqlalchemy.exc import IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from engine.records.counting import count_statements
from engine.records.database import AlreadyServing, Database, NestedWrite, UnusableDatabase, serve_lock

ROOT = Path(__file__).parents[4]

metadata = MetaData()
unit = Table("unit", metadata, Column("id", Integer, primary_key=True))
entry = Table("entry", metadata, Column("id", Integer, primary_key=True), Column("unit_id", ForeignKey("unit.id")))

ANOTHER_WRITER = """
import sys
from sqlalchemy import text
from engine.records.database import Database
database = Database(sys.argv[1])
print("ready", flush=True)
while True:
    with database.writing() as connection:
        connection.execute(text("INSERT INTO entry (unit_id) VALUES (2)"))
"""


@pytest.fixture
def database(tmp_path: Path) -> Generator[Database]:
    database = Database(f"sqlite:///{tmp_path}/alur.db")
    metadata.create_all(database.write)
    with database.writing() as connection:
        connection.execute(insert(unit), [{"id": 1}, {"id": 2}])
    yield database
    database.dispose()


def pragma(connection: Connection, name: str) -> object:
    return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def entries(database: Database) -> int:
    with database.reading() as connection:
        return connection.scalars(select(func.count()).select_from(entry)).one()


def add_entry(database: Database, unit_id: int = 1) -> None:
    with database.writing() as connection:
        connection.execute(insert(entry).values(unit_id=unit_id))


def test_commits_are_flushed_by_the_database_not_within_the_transaction(database: Database) -> None:
    with database.writing() as connection:
        settings = {name: pragma(connection, name) for name in ("synchronous", "journal_mode", "busy_timeout")}

    assert settings == {"synchronous": 1, "journal_mode": "wal", "busy_timeout": 30_000}


def test_the_file_is_for_its_owner_only(database: Database) -> None:
    assert database.path is not None
    assert database.path.stat().st_mode & 0o077 == 0


def test_a_row_cannot_point_to_nothing(database: Database) -> None:
    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        add_entry(database, unit_id=99)


def test_an_error_takes_the_whole_transaction_back_and_frees_the_lock(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.writing() as connection:
        connection.execute(insert(entry).values(unit_id=1))
        raise ZeroDivisionError

    add_entry(database)

    assert entries(database) == 1


def test_the_reading_door_refuses_to_write(database: Database) -> None:
    with pytest.raises(OperationalError, match="readonly"), database.reading() as connection:
        connection.execute(insert(entry).values(unit_id=1))

    assert entries(database) == 0


def test_a_reader_neither_waits_for_a_writer_nor_sees_half_of_his_work(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(insert(entry).values(unit_id=1))

        assert entries(database) == 0

    assert entries(database) == 1


def test_a_reader_sees_one_moment(database: Database) -> None:
    with database.reading() as connection:
        before = connection.scalars(select(func.count()).select_from(entry)).one()
        add_entry(database)
        after = connection.scalars(select(func.count()).select_from(entry)).one()

    assert (before, after) == (0, 0)


def test_a_write_transaction_shuts_other_programs_out_from_its_first_moment(database: Database) -> None:
    assert database.path is not None
    other = sqlite3.connect(database.path, timeout=0)
    with closing(other), database.writing(), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")


def test_a_thread_that_writes_already_is_told_so_instead_of_waiting_for_itself(database: Database) -> None:
    with pytest.raises(NestedWrite), database.writing(), database.writing():
        pass

    add_entry(database)


def test_a_session_bound_to_the_write_engine_takes_its_turn_too(database: Database) -> None:
    with Session(database.write) as session:
        session.execute(insert(entry).values(unit_id=1))
        with pytest.raises(NestedWrite), database.writing():
            pass
        session.commit()

    add_entry(database)
    assert entries(database) == 2


def queue_up(database: Database, order: list[int], number: int) -> threading.Thread:
    """Start a thread that wants to write, and wait until it stands in the queue of writers."""

    def write() -> None:
        with database.writing() as connection:
            connection.execute(insert(entry).values(unit_id=1))
            order.append(number)

    assert database._lock is not None
    waiting = database._lock._threads._waiting
    before = len(waiting)
    thread = threading.Thread(target=write)
    thread.start()
    while len(waiting) == before:
        sleep(0.001)
    return thread


def test_eight_threads_write_in_turns(database: Database) -> None:
    for _ in range(20):
        order = list[int]()
        with database.writing():
            threads = [queue_up(database, order, number) for number in range(8)]
        for thread in threads:
            thread.join()

        assert order == [0, 1, 2, 3, 4, 5, 6, 7]
    assert entries(database) == 160


def waits_at_the_turnstile(path: Path) -> bool:
    """Say whether a process stands in the turnstile of a database, which somebody else holds."""
    with path.with_name(f"{path.name}.queue").open("rb") as queue:
        try:
            flock(queue, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            return True
    return False


def test_two_processes_that_write_without_pause_share_the_file(database: Database) -> None:
    assert database.path is not None
    with subprocess.Popen(
        [sys.executable, "-c", ANOTHER_WRITER, str(database.url)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        for _ in range(40):
            with database.writing() as connection:
                connection.execute(insert(entry).values(unit_id=1))
                while not waits_at_the_turnstile(database.path):
                    assert other.poll() is None
                    sleep(0.001)
        other.kill()

    with database.reading() as connection:
        order = list(connection.scalars(select(entry.c.unit_id).order_by(entry.c.id)))
    turns = [who for who, _ in groupby(order)]
    assert order.count(1) == turns.count(1) == 40, "whoever waits is next, however often the other one asks"


def test_a_second_server_on_the_file_is_refused_and_told_which_process_is_the_first(tmp_path: Path) -> None:
    program = (
        "import sys, pathlib\nfrom engine.records.database import serve_lock\n"
        "with serve_lock(pathlib.Path(sys.argv[1])):\n    print('serving', flush=True)\n    sys.stdin.read()"
    )
    path = tmp_path / "alur.db"
    with subprocess.Popen(
        [sys.executable, "-c", program, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as server:
        assert server.stdout is not None
        server.stdout.readline()
        with pytest.raises(AlreadyServing, match=str(server.pid)), serve_lock(path):
            pass
        Database(f"sqlite:///{path}").dispose()
        server.kill()

    with serve_lock(path):
        pass


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "sqlite:////no/such/folder/alur.db"])
def test_an_address_without_a_file_is_refused(url: str) -> None:
    with pytest.raises(UnusableDatabase):
        Database(url)


@pytest.mark.parametrize(
    "url", ["mysql://u:rahasia@h/d", "oracle+cx_oracle://u:rahasia@h/d", "postgresql+asyncpg://h/d", "x"]
)
def test_a_database_of_another_kind_is_refused_without_showing_its_password(url: str) -> None:
    with pytest.raises(UnusableDatabase) as caught:
        Database(url)

    assert "rahasia" not in str(caught.value)


def test_the_text_of_an_error_shows_no_value_of_the_row(database: Database) -> None:
    with pytest.raises(SQLAlchemyError) as caught, database.writing() as connection:
        connection.exec_driver_sql("INSERT INTO no_such_table VALUES (?)", ("Budi Rahasia",))

    assert "Budi Rahasia" not in str(caught.value)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "alur.db").write_bytes(b"a letter, not a database" * 100)

    with pytest.raises(UnusableDatabase, match="not a database"):
        Database(f"sqlite:///{tmp_path}/alur.db")


def test_statements_are_counted_without_what_frames_them(database: Database) -> None:
    with count_statements(database) as statements:
        with database.writing() as connection, connection.begin_nested():
            connection.execute(insert(entry).values(unit_id=1))
        entries(database)

    assert [statement.split()[0] for statement in statements] == ["INSERT", "SELECT"]
    assert statements.commits == 1

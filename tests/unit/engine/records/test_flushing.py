"""Commits that share a flush of the disk: nobody is told before his own is safe, whatever the others do."""

import errno
import os
import shutil
import sqlite3
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event
from time import sleep

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select
from sqlalchemy.orm import Session

from engine.records.database import Database
from engine.records.flushing import DiskRefused, SharedFlush

metadata = MetaData()
paper = Table("paper", metadata, Column("number", Integer, primary_key=True))


@pytest.fixture
def database(tmp_path: Path) -> Generator[Database]:
    database = Database(f"sqlite:///{tmp_path}/alur.db")
    metadata.create_all(database.write)
    yield database
    database.dispose()


def write(database: Database, number: int) -> None:
    with database.writing() as connection:
        connection.execute(insert(paper).values(number=number))


def numbers(database: Database) -> set[int]:
    with database.reading() as connection:
        return set(connection.scalars(select(paper.c.number)))


def shared_flush(database: Database) -> SharedFlush:
    assert database.flush is not None
    return database.flush


class PowerCut:
    """Keeps what a power cut would leave: the files as they were when the disk was last asked to make them safe."""

    def __init__(self, database: Database, folder: Path) -> None:
        assert database.path is not None
        self._path = database.path
        self._folder = folder
        self.pictures = 0
        shared_flush(database).flush = self._take

    def _take(self, file: int) -> None:
        os.fdatasync(file)
        picture = self._folder / f"{self.pictures + 1}.db"
        for suffix in ("", "-wal"):
            shutil.copyfile(f"{self._path}{suffix}", f"{picture}{suffix}")
        self.pictures += 1

    def left(self, picture: int) -> set[int]:
        with closing(sqlite3.connect(self._folder / f"{picture}.db")) as file:
            return {number for (number,) in file.execute("SELECT number FROM paper")}


@pytest.fixture
def power(database: Database, tmp_path: Path) -> PowerCut:
    folder = tmp_path / "pictures"
    folder.mkdir()
    return PowerCut(database, folder)


def test_what_eight_threads_were_told_is_there_after_a_power_cut(database: Database, power: PowerCut) -> None:
    told: list[tuple[int, int]] = []

    def work(first: int) -> None:
        for number in range(first, first + 15):
            write(database, number)
            told.append((number, power.pictures))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(work, range(0, 800, 100)))

    left = {picture: power.left(picture) for picture in {picture for _, picture in told}}
    assert len(told) == 120
    assert [number for number, picture in told if number not in left[picture]] == []


def test_what_a_library_commits_is_safe_before_it_goes_on(database: Database, power: PowerCut) -> None:
    with Session(database.write) as session:
        session.execute(insert(paper).values(number=1))
        session.commit()

        assert power.left(power.pictures) == {1}


def test_a_log_that_was_made_anew_is_the_one_made_safe(database: Database, tmp_path: Path) -> None:
    flushed: list[int] = []
    shared_flush(database).flush = lambda file: flushed.append(os.fstat(file).st_ino)
    log = tmp_path / "alur.db-wal"
    write(database, 1)
    before = log.stat().st_ino
    (tmp_path / "another file").touch()  # so that the log that follows has another number
    database.renew()
    database.write.dispose()
    database.read.dispose()
    assert not log.exists()
    (tmp_path / "keeps the number").touch()

    write(database, 2)

    assert flushed == [before, log.stat().st_ino]
    assert log.stat().st_ino != before


def until(condition: Callable[[], bool]) -> None:
    """Wait for what must come; pytest-timeout ends it if it does not."""
    while not condition():
        sleep(0.001)


def test_whoever_commits_during_a_flush_shares_the_next_one(database: Database) -> None:
    begun, go_on, flushes = Event(), Event(), []
    told = shared_flush(database).commits

    def flush(file: int) -> None:
        flushes.append(numbers(database))
        if len(flushes) == 1:
            begun.set()
            go_on.wait()

    shared_flush(database).flush = flush
    with ThreadPoolExecutor(5) as threads:
        first = threads.submit(write, database, 1)
        begun.wait()
        others = [threads.submit(write, database, number) for number in range(2, 6)]
        until(lambda: shared_flush(database).commits == told + 5)
        told_too_early = [one for one in (first, *others) if one.done()]
        go_on.set()
        for one in (first, *others):
            one.result()

    assert told_too_early == []
    assert flushes == [{1}, {1, 2, 3, 4, 5}]


def test_a_disk_that_fails_is_said_and_nothing_more_is_written(database: Database) -> None:
    def fail(_file: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    shared_flush(database).flush = fail
    with pytest.raises(DiskRefused):
        write(database, 1)
    shared_flush(database).flush = os.fdatasync  # it says that all is well again
    before = numbers(database)

    with pytest.raises(DiskRefused, match="Input/output error"):
        write(database, 2)

    assert numbers(database) == before


def test_an_error_takes_nobody_elses_commit_along(database: Database) -> None:
    write(database, 1)
    with pytest.raises(ZeroDivisionError), database.writing() as connection:
        connection.execute(insert(paper).values(number=2))
        raise ZeroDivisionError

    write(database, 3)

    assert numbers(database) == {1, 3}


def test_connections_are_kept_between_transactions_and_let_go_when_asked(database: Database) -> None:
    def handles() -> list[int]:
        used = []
        for door in (database.writing, database.reading, database.writing, database.reading):
            with door() as connection:
                used.append(id(connection.connection.dbapi_connection))
        return used

    writer, reader, *again = handles()
    assert again == [writer, reader]

    with database.reading() as outer, database.reading() as inner:
        assert outer.connection.dbapi_connection is not inner.connection.dbapi_connection
    database.renew()
    assert numbers(database) == set()


def test_a_database_behind_a_link_is_made_safe_as_well(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "alur.db").symlink_to(tmp_path / "disk" / "alur.db")
    database = Database(f"sqlite:///{tmp_path}/alur.db")
    metadata.create_all(database.write)
    flushed: list[int] = []
    shared_flush(database).flush = lambda file: flushed.append(os.fstat(file).st_ino)

    write(database, 1)

    assert flushed == [(tmp_path / "disk" / "alur.db-wal").stat().st_ino]
    database.dispose()


def test_a_log_that_cannot_be_opened_for_once_ends_nothing(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> int:
        raise OSError(errno.EMFILE, "Too many open files")

    shared_flush(database).close()
    with monkeypatch.context() as patched:
        patched.setattr(os, "open", refuse)
        with pytest.raises(DiskRefused, match="Too many open files"):
            write(database, 1)

    write(database, 2)

    assert numbers(database) == {1, 2}


def test_a_checkpoint_takes_the_log_into_the_file(database: Database, tmp_path: Path) -> None:
    write(database, 1)

    database.checkpoint()

    shutil.copyfile(tmp_path / "alur.db", tmp_path / "alone.db")
    with closing(sqlite3.connect(tmp_path / "alone.db")) as file:
        assert file.execute("SELECT number FROM paper").fetchall() == [(1,)]

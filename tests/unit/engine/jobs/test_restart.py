"""A worker outlives its database: the server is stopped under it, and started again."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.jobs import JobRegistry, WorkerThread, defer, make_app
from engine.records.database import Database
from tests.postgresql import SETTINGS, initialise, make_tables, running
from tests.unit.engine.jobs.asking import statuses

tasks = JobRegistry()


@tasks.task("note")
def note(ran: list[int], *, number: int) -> None:
    ran.append(number)


@pytest.fixture
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The files of a server of this test alone; their path is short enough for a socket."""
    folder = tmp_path_factory.mktemp("pg")
    initialise(folder)
    yield folder


def add_job(database: Database, number: int) -> None:
    with database.writing() as connection:
        defer(connection, tasks, "note", {"number": number})


def said(words: str, caplog: pytest.LogCaptureFixture) -> bool:
    return any(words in message for message in caplog.messages)


def test_a_worker_goes_on_when_its_database_is_back(data: Path, caplog: pytest.LogCaptureFixture) -> None:
    settings, ran = {**SETTINGS, "unix_socket_directories": str(data)}, list[int]()
    with running(data, settings):
        make_tables(f"postgresql://postgres@/postgres?host={data}")
        database = Database(f"postgresql://postgres@/postgres?host={data}")
        worker = WorkerThread(make_app(database, tasks, ran))
        worker.start()
        add_job(database, 1)
        while statuses(make_app(database), "note") != ["succeeded"]:
            time.sleep(0.05)
    while not said("stopping worker", caplog):  # a server that is back before anybody has looked was never away
        time.sleep(0.05)

    with running(data, settings):
        add_job(database, 2)
        while ran != [1, 2]:
            time.sleep(0.05)
        assert worker.stop(240)
        database.dispose()

    assert said("starts again", caplog)

"""`alur copy`: a whole installation from its file to PostgreSQL, and nothing at all when it is broken off."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, text

from engine.engine import Engine
from engine.jobs import defer, run_until_idle
from engine.policy.actor import Actor, system_actor
from engine.records.case import open_task
from engine.records.copying import CopyDiffers, copy_tables, copying
from engine.records.database import Database
from engine.records.locks import serve_lock
from engine.records.superseding import mark_of
from engine.worker import TASKS
from plugins.manager import Cities
from processes.people.records import employee
from tests.functional.browser import Browser
from tests.functional.conftest import settings_of
from tests.functional.town import TEACHER, Moment
from tests.postgresql import PostgreSQL
from webapp.app import create_app
from webapp.cli import main
from webapp.migrations import make_tables, newest_step, prepare, step_of
from webapp.setup import load_demonstration
from webapp.wiring import Alur, build, make_home

COPY = [sys.executable, "-c", "from webapp.cli import main; main()", "copy"]
NO_TEXT = "x\x00y"


@pytest.fixture
def target(postgresql_server: PostgreSQL) -> Iterator[str]:
    """The address of an empty database."""
    with postgresql_server.empty() as address:
        yield address


@dataclass(frozen=True)
class Said:
    """How a command ended, and what it said."""

    returncode: int
    stdout: str
    stderr: str


Copy = Callable[[], Said]


@pytest.fixture
def copy(alur: Alur, target: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Copy:
    """Runs the command on the town's folder."""

    def run() -> Said:
        with monkeypatch.context() as told, pytest.raises(SystemExit) as ended:
            for name, value in _told(alur, target).items():
                told.setenv(name, value)
            main(["copy"])
        said = capsys.readouterr()
        return Said(int(ended.value.code or 0), said.out, said.err)

    make_home(alur.settings.home)
    return run


@pytest.fixture
def copy_apart(alur: Alur, target: str) -> Copy:
    """Runs the command on the town's folder in a process of its own, which holds no lock of ours."""

    def run() -> Said:
        told = {**os.environ, **_told(alur, target)}
        done = subprocess.run(COPY, env=told, capture_output=True, text=True, timeout=240, check=False)
        return Said(done.returncode, done.stdout, done.stderr)

    make_home(alur.settings.home)
    return run


def _told(alur: Alur, target: str) -> dict[str, str]:
    return {"ALUR_HOME": str(alur.settings.home), "ALUR_COPY_TO": target}


def tables_in(address: str) -> int:
    database = Database(address)
    with database.reading() as read:
        found = read.execute(text("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")).scalar_one()
    database.dispose()
    return int(found)


def test_what_was_in_the_file_is_served_from_postgresql(
    alur: Alur, target: str, moment: Moment, copy_apart: Copy
) -> None:
    with alur.database.writing() as connection:
        defer(connection, TASKS, "reconcile", {}, queueing_lock="once")

    said = copy_apart()

    assert said.returncode == 0, said.stderr
    assert "1 pekerjaan latar ikut disalin" in said.stdout
    there = build(replace(alur.settings, database_url=target), clock=moment)
    assert Browser(create_app(there)).sign_in(TEACHER).status_code == 200
    assert run_until_idle(there.jobs) == 1
    there.close()


def test_what_was_copied_is_an_archive_until_somebody_says_otherwise(
    alur: Alur, copy: Copy, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = alur.database.path
    assert path is not None
    assert copy().returncode == 0
    monkeypatch.setenv("ALUR_HOME", str(alur.settings.home))

    with pytest.raises(SystemExit) as refused:
        main(["worker", "--once"])
    said = capsys.readouterr().err
    mark_of(path).unlink()
    with pytest.raises(SystemExit) as done:
        main(["worker", "--once"])

    assert (refused.value.code, done.value.code) == (1, 0)
    assert "ALUR_DATABASE_URL" in said and str(mark_of(path)) in said


def test_every_table_is_compared_and_shown(alur: Alur, copy: Copy) -> None:
    said = copy()

    lines = [line.split() for line in said.stdout.splitlines() if line.count(" = ") == 2]
    shown = {line[0]: (line[1], line[3], line[4], line[6]) for line in lines}
    assert {"employee", "process_case", "audit", "unit"} <= shown.keys()
    assert [name for name, (rows, copied, was, now) in shown.items() if (rows, was) != (copied, now)] == []
    assert shown["employee"][0] == str(_employees(alur.engine))


def _employees(engine: Engine) -> int:
    with engine.database.reading() as read:
        return len(read.execute(select(employee.c.id)).all())


def test_a_target_with_tables_is_refused(alur: Alur, copy: Copy) -> None:
    assert alur.database.path is not None
    copy()
    mark_of(alur.database.path).unlink()

    said = copy()

    assert said.returncode == 1
    assert "sudah berisi tabel" in said.stderr
    assert not mark_of(alur.database.path).exists()


def test_a_file_that_is_served_is_refused(alur: Alur, target: str, copy_apart: Copy) -> None:
    assert alur.database.path is not None
    with serve_lock(alur.database.path):
        said = copy_apart()

    assert (said.returncode, tables_in(target)) == (1, 0)
    assert "sudah berjalan" in said.stderr


def test_a_copy_that_is_broken_off_leaves_nothing_behind(alur: Alur, target: str, copy: Copy) -> None:
    database = Database(target)
    with pytest.raises(KeyboardInterrupt), copying(alur.database, database) as (source, copy_of_it):
        make_tables(copy_of_it)
        for table in copy_tables(source, copy_of_it):
            if table.name == "employee":
                raise KeyboardInterrupt
    database.dispose()

    assert tables_in(target) == 0
    assert copy().returncode == 0


def test_what_postgresql_cannot_hold_is_named_and_nothing_is_kept(alur: Alur, target: str, copy: Copy) -> None:
    with alur.database.writing() as connection:
        connection.execute(employee.update().where(employee.c.id == TEACHER.id).values(name=NO_TEXT))

    said = copy()

    assert (said.returncode, tables_in(target)) == (1, 0)
    assert "tabel employee" in said.stderr
    assert NO_TEXT not in said.stderr


def test_a_copy_that_differs_is_refused(alur: Alur, target: str) -> None:
    database = Database(target)
    trigger = text(
        "CREATE FUNCTION spoil() RETURNS trigger AS $$ BEGIN NEW.name := 'other'; RETURN NEW; END $$ LANGUAGE plpgsql;"
        "CREATE TRIGGER spoil BEFORE INSERT ON employee FOR EACH ROW EXECUTE FUNCTION spoil()"
    )

    with pytest.raises(CopyDiffers, match="employee"), copying(alur.database, database) as (source, copy_of_it):
        make_tables(copy_of_it)
        copy_of_it.execute(trigger)
        list(copy_tables(source, copy_of_it))

    database.dispose()
    assert tables_in(target) == 0


def test_the_copy_stands_at_the_newest_step(target: str, copy: Copy) -> None:
    copy()

    database = Database(target)
    found = step_of(database)
    database.dispose()
    assert found == newest_step()


@pytest.mark.long
def test_a_city_of_the_demonstration_goes_on_where_it_was(target: str, tmp_path: Path) -> None:
    make_home(tmp_path)
    cities = Cities.installed(only=("serang",))
    city = build(settings_of(tmp_path), cities=cities)
    prepare(city.database)
    load_demonstration(city, lambda _line: None)

    told = {**os.environ, **_told(city, target)}
    said = subprocess.run(COPY, env=told, capture_output=True, text=True, timeout=240, check=False)

    there = build(replace(city.settings, database_url=target), cities=cities)
    counts = [installation.engine.read(waiting, system_actor("serang")) for installation in (city, there)]
    for installation in (city, there):
        installation.close()
    assert said.returncode == 0, said.stderr
    assert counts[0] == counts[1] > 300


def waiting(read: Connection, _actor: Actor) -> int:
    return len(read.execute(select(open_task.c.token)).all())

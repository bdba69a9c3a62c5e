"""PgBouncer between Alur and PostgreSQL: what holds in each of its modes, and what an operator is told."""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import psycopg
import pytest
from sqlalchemy import Connection, text
from sqlalchemy.engine import URL, make_url

from engine.jobs import JobRegistry, WorkerThread, defer, make_app
from engine.records.database import Database
from engine.records.pooler import NotDirect, PoolMode, StatementPooling, find_mode
from tests.operate.conftest import Run
from tests.pooler import pooler
from tests.postgresql import PostgreSQL, binary
from tests.unit.engine.jobs.asking import statuses
from webapp.commands.shell import at_any_step, installation
from webapp.migrations import prepare
from webapp.wiring import make_home
from webapp.wiring.examination import Finding, State
from webapp.wiring.examination.database import examine_database

pytestmark = pytest.mark.long

MODES = "transaction", "session", "statement"
LIMITS = "lock_timeout", "idle_in_transaction_session_timeout", "statement_timeout", "timezone"
LISTENERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND starts_with(query, 'LISTEN')"
PATIENCE = 240.0  # seconds; only a broken worker takes them
tasks = JobRegistry()
in_both_modes = pytest.mark.parametrize("mode", ["transaction", "session"])


@dataclass(frozen=True)
class Ways:
    """The addresses of one database: the server's own, and the pooler's by its mode."""

    direct: str
    by: Mapping[str, str]


@tasks.task("note")
def note(done: Event) -> None:
    done.set()


@pytest.fixture(scope="module")
def fronts(postgresql_server: PostgreSQL) -> Iterator[Mapping[str, URL]]:
    """A pooler of each mode before one server."""
    with ExitStack() as stack:
        yield {mode: stack.enter_context(pooler(postgresql_server.address, mode)) for mode in MODES}


@pytest.fixture
def ways_to(postgresql_server: PostgreSQL, fronts: Mapping[str, URL]) -> Callable[[str], Ways]:
    """Gives the ways to the database of an address."""

    def ways_to(address: str) -> Ways:
        name = str(make_url(address).database)
        poolers = {mode: front.set(database=name).render_as_string(False) for mode, front in fronts.items()}
        return Ways(postgresql_server.direct(name), poolers)

    return ways_to


@pytest.fixture
def ways(postgresql_server: PostgreSQL, ways_to: Callable[[str], Ways]) -> Iterator[Ways]:
    """A database with tables."""
    with postgresql_server.with_tables() as address:
        yield ways_to(address)


@pytest.fixture
def use(home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Points the command line to a database, by one or by two ways; PostgreSQL's own programs are there."""
    monkeypatch.setenv("PATH", f"{binary('pg_dump').parent}:{os.environ['PATH']}")
    make_home(home)

    def use(address: str, direct: str = "") -> None:
        monkeypatch.setenv("ALUR_DATABASE_URL", address)
        monkeypatch.setenv("ALUR_DATABASE_DIRECT_URL", direct)

    return use


def limits_of(connection: Connection) -> list[str]:
    return [str(connection.exec_driver_sql(f"SHOW {name}").scalar()) for name in LIMITS]


def limits_for_others(address: str) -> list[str]:
    with closing(psycopg.connect(address, autocommit=True)) as plain:
        return [str(row[0]) for name in LIMITS for row in plain.execute(b"SHOW " + name.encode())]


def way_found() -> Finding:
    """Return what the doctor says of the way to the server."""
    with installation(needs=at_any_step) as alur:
        return next(finding for finding in examine_database(alur) if finding.topic == "database.pooler")


@in_both_modes
def test_limits_hold_in_each_transaction_and_are_left_to_nobody(ways: Ways, mode: str) -> None:
    database = Database(ways.by[mode])

    with database.writing() as write, database.reading() as read:
        within = limits_of(write), limits_of(read)

    left = limits_for_others(ways.by[mode])  # the pooler serves them by the same process, for it is the last one used
    database.dispose()
    assert within == (["30s", "8s", "0", "UTC"], ["30s", "15min", "2min", "UTC"])
    assert (database.is_pooled, left) == (True, limits_for_others(ways.direct))


@in_both_modes
def test_what_is_asked_again_and_again_is_prepared_nowhere(ways: Ways, mode: str) -> None:
    database = Database(ways.by[mode])
    asked = text("SELECT count(*) FROM pg_prepared_statements WHERE from_sql OR :n > 0")

    with database.write.connect() as one, database.write.connect() as other:
        for connection in (one, other, other, one) * 5:
            assert connection.execute(asked, {"n": 1}).scalar_one() == 0
            connection.commit()

    database.dispose()


def wakes(database: Database, done: Event) -> bool:
    """Defer jobs until one is done; a wake-up that comes while the worker looks in vain is forgotten."""
    for _ in range(int(PATIENCE)):
        with database.writing() as connection:
            defer(connection, tasks, "note", {})
        if done.wait(1):
            return True
    return False


def test_with_a_direct_way_a_commit_wakes_the_worker(ways: Ways) -> None:
    database, done = Database(ways.by["transaction"], ways.direct), Event()
    app = make_app(database, tasks, done)
    app.worker_defaults["fetch_job_polling_interval"] = 3600.0  # so that only the wake-up remains
    worker = WorkerThread(app)
    worker.start()

    for _ in range(2):  # the first may be found because the worker has just begun
        done.clear()
        assert wakes(database, done)
        while set(statuses(make_app(database), "note")) != {"succeeded"}:
            time.sleep(0.05)

    assert worker.stop(PATIENCE)
    database.dispose()


@in_both_modes
def test_without_one_the_worker_looks_by_itself_and_listens_to_nobody(ways: Ways, mode: str) -> None:
    database, server, done = Database(ways.by[mode]), Database(ways.direct), Event()
    worker = WorkerThread(make_app(database, tasks, done))
    worker.start()

    for _ in range(2):
        done.clear()
        with database.writing() as connection:
            defer(connection, tasks, "note", {})
        assert done.wait(PATIENCE)

    with server.reading() as read:
        listeners = read.exec_driver_sql(LISTENERS).scalar_one()
    assert (worker.stop(PATIENCE), listeners) == (True, 0)
    database.dispose()
    server.dispose()


@in_both_modes
def test_the_mode_of_a_pooler_is_found_out(ways: Ways, mode: str) -> None:
    assert find_mode(make_url(ways.by[mode])) is PoolMode(mode)


def test_statement_pooling_is_refused_and_so_is_a_direct_way_that_is_none(
    ways: Ways, postgresql_server: PostgreSQL
) -> None:
    with pytest.raises(StatementPooling):
        Database(ways.by["statement"])
    with pytest.raises(NotDirect, match="a pooler as well"):
        Database(ways.by["transaction"], ways.by["session"])
    with postgresql_server.empty() as other, pytest.raises(NotDirect, match="another database"):
        Database(ways.by["transaction"], postgresql_server.direct(str(make_url(other).database)))


@pytest.mark.parametrize(
    ("mode", "has_direct", "state", "found", "advice"),
    [
        ("transaction", True, State.GOOD, "mode transaksi; pekerjaan latar dan cadangan langsung", ""),
        ("transaction", False, State.WARNING, "jalan langsung tidak diketahui", "Isi ALUR_DATABASE_DIRECT_URL"),
        ("session", True, State.WARNING, "mode sesi", "Setel pool_mode = transaction"),
        (None, False, State.GOOD, "langsung", ""),
    ],
)
def test_the_doctor_says_which_way_is_taken(
    ways: Ways,
    use: Callable[[str, str], None],
    mode: str | None,
    has_direct: bool,
    state: State,
    found: str,
    advice: str,
) -> None:
    use(ways.by[mode] if mode else ways.direct, ways.direct if has_direct else "")

    said = way_found()

    assert said.state is state
    assert found in said.found and advice in said.advice
    assert bool(said.advice) == (state is not State.GOOD)


def test_the_doctor_names_a_mode_that_cannot_work_and_what_to_set(
    ways: Ways, use: Callable[[str, str], None], run: Run
) -> None:
    use(ways.by["statement"], "")

    code, out, _ = run("doctor")

    assert code == 1
    assert "pool_mode = statement, yang menolak transaksi. Setel pool_mode = transaction" in out


def test_a_backup_is_made_and_restored_by_the_direct_way_alone(
    postgresql_server: PostgreSQL,
    ways_to: Callable[[str], Ways],
    use: Callable[[str, str], None],
    run: Run,
    home: Path,
    tmp_path: Path,
) -> None:
    with postgresql_server.empty() as here, postgresql_server.empty() as there:
        first, second = ways_to(here), ways_to(there)
        use(first.by["transaction"], "")
        with installation(needs=prepare):
            refused = run("backup", "alur.zip")
        use(first.by["transaction"], first.direct)
        made = run("backup", "alur.zip")
        home.rename(tmp_path / "before")
        use(second.by["transaction"], first.direct)
        misled = run("restore", "alur.zip")
        use(second.by["transaction"], second.direct)
        restored = run("restore", "alur.zip")
        found = run("doctor")[1]

    assert misled[0] == 1 and "basis data yang sama" in misled[2]
    assert "postgresql://" not in restored[1]  # the addresses, which may hold a password, are of the place
    assert refused[0] == 1 and "ALUR_DATABASE_DIRECT_URL" in refused[2]
    assert (made[0], restored[0]) == (0, 0), (made, restored)
    assert "lewat pooler, mode transaksi; pekerjaan latar dan cadangan langsung" in found

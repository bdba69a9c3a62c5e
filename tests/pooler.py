"""PgBouncer in front of a PostgreSQL of the tests, with the settings that operators are given."""

import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from configparser import ConfigParser
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy.engine import URL

from tests.children import PATIENCE, start_child

EXAMPLE = Path(__file__).parents[1] / "docs" / "examples" / "deploy" / "pgbouncer.ini"
USER = "postgres"
PORT = "6432"


@contextmanager
def pooler(
    server: URL, mode: str = "transaction", *, listens_on: str = "", inside: Sequence[str] = ()
) -> Iterator[URL]:
    """Give an address at which a pooler passes on to every database of the server, for as long as the block.

    :param server: one that listens in a folder.
    :param mode: when a process of the server is given back: `session`, `transaction` or `statement`.
    :param listens_on: where it is reached from other hosts; otherwise it is by a folder.
    :param inside: words of a command that runs it somewhere else, as in another network.
    """
    program = shutil.which("pgbouncer", path="/usr/sbin:/usr/bin")
    assert program is not None, "PgBouncer is missing: apt install pgbouncer"
    folder = Path(tempfile.mkdtemp(prefix="alur-pooler-"))
    try:
        settings = _write_settings(folder, str(server.query["host"]), mode, listens_on)
        process = start_child([program, "-q", str(settings)], folder / "log", ends_by="TERM", inside=inside)
        try:
            _await(folder)
            by_folder = server.update_query_dict({"host": str(folder), "port": PORT})
            yield server.set(host=listens_on, port=int(PORT), query={}) if listens_on else by_folder
        finally:
            process.terminate()
            process.wait(PATIENCE)
    finally:
        shutil.rmtree(folder)


def _write_settings(folder: Path, server: str, mode: str, listens_on: str) -> Path:
    """Take the example, and change where it listens, whom it lets in, and the mode."""
    settings = ConfigParser()
    settings.read_string(EXAMPLE.read_text())
    settings["databases"] = {"*": f"host={server}"}
    settings["pgbouncer"].update(
        listen_addr=listens_on,
        listen_port=PORT,
        unix_socket_dir=str(folder),
        auth_type="trust",
        admin_users=USER,
        auth_file=str(folder / "users.txt"),
        pool_mode=mode,
    )
    (folder / "users.txt").write_text(f'"{USER}" ""\n')
    with (folder / "pgbouncer.ini").open("w") as file:
        settings.write(file)
    return folder / "pgbouncer.ini"


def _await(folder: Path) -> None:
    """Wait until it answers at its own database, of which the server knows nothing."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg.connect(host=str(folder), port=PORT, user=USER, dbname="pgbouncer").close()
            return
        except psycopg.OperationalError as error:
            assert time.monotonic() < end, (folder / "log").read_text() or error
            time.sleep(0.02)

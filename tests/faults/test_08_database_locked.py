"""Fault 8: somebody else holds the database. Within the time limit it is said, nothing has changed, and it works after.

What people see then, with their words kept, is in tests/functional/test_outages.py.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from engine.errors import DatabaseBusy
from engine.records import database as records
from engine.records.database import Database
from engine.records.refusals import outage_of
from tests.faults.history import check_history
from tests.unit.engine.diagrams import diagram, end, path, start, user
from tests.unit.engine.world import World, open_world

ANN = 11


@contextmanager
def held(database: Database) -> Iterator[None]:
    """Let another program hold what every completion needs."""
    if database.path is not None:
        with closing(sqlite3.connect(database.path, isolation_level=None)) as file:
            file.execute("BEGIN IMMEDIATE")
            yield
        return
    with psycopg.connect(database.url.set(drivername="postgresql").render_as_string(hide_password=False)) as connection:
        connection.execute("LOCK TABLE journal IN ACCESS EXCLUSIVE MODE")
        yield


def hurry(world: World) -> None:
    """Have whoever waits for a lock give up soon."""
    if not world.engine.database.is_sqlite:
        limit = "SET LOCAL lock_timeout = 200"
        event.listen(world.engine.database.write, "begin", lambda begun: begun.exec_driver_sql(limit))


def test_a_locked_database_is_said_and_nothing_is_half_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(records.SQLITE_OPTIONS, "timeout", 0.2)
    with open_world(tmp_path) as world:
        hurry(world)
        ways = path("begin", "write", "read", "done")
        world.deploy(diagram(tmp_path, start(), user("write"), user("read"), end(), ways))
        world.start("test", person=ANN)
        row = world.tasks(ANN)[0]
        with held(world.engine.database), pytest.raises(OperationalError) as caught:
            world.complete(ANN, row)

        assert isinstance(outage_of(caught.value), DatabaseBusy)
        assert check_history(world).completions == 0
        world.complete(ANN, row)
        assert [found.element for found in world.tasks(ANN)] == ["read"]

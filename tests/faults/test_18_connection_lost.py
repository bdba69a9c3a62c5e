"""Fault 18: connections to PostgreSQL are lost in the middle of transactions. Each is tried again as a whole, once.

One transaction at a time, and two that wait for each other: tests/unit/engine/records/test_postgresql.py.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from engine.errors import Conflict, NotFound
from engine.records.database import Database
from engine.records.refusals import outage_of
from tests.faults.crowd import LENGTH, chain, together
from tests.faults.history import check_history
from tests.postgresql import ADDRESS_FILE, PostgreSQL
from tests.unit.engine import world as postgresql
from tests.unit.engine.world import World

PEOPLE = range(1, 5)
CUTS = 10
END_ALL = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.fixture
def lossy(postgresql_server: PostgreSQL, tmp_path: Path) -> Iterator[World]:
    """A world on PostgreSQL."""
    with postgresql_server.with_tables() as address:
        (tmp_path / ADDRESS_FILE).write_text(address)
        with postgresql.open_world(tmp_path) as world:
            world.deploy(chain(tmp_path))
            yield world


def work(world: World, person: int, half: Event) -> int:
    """Complete everything, trying again whatever the loss of a connection has stopped; return how often it was done."""
    done = 0
    while True:
        try:
            rows = world.tasks(person)
            if not rows:
                return done
            world.complete(person, rows[0])
        except DBAPIError as error:
            assert outage_of(error) is not None
        except (Conflict, NotFound):
            continue  # it was done by the try before, whose answer was lost
        done += 1
        half.set()


def cut(world: World, half: Event) -> int:
    """End every connection again and again while people work."""
    other = Database(world.engine.database.url.render_as_string(hide_password=False))
    half.wait()
    for _ in range(CUTS):
        with other.writing() as connection:
            connection.execute(END_ALL)
    other.dispose()
    return CUTS


def test_people_finish_although_every_connection_is_cut_ten_times(lossy: World) -> None:
    for person in PEOPLE:
        lossy.start("test", str(person), person=person)
    half = Event()

    answers = together([*(partial(work, lossy, person, half) for person in PEOPLE), partial(cut, lossy, half)])

    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert check_history(lossy).completions == len(PEOPLE) * LENGTH

"""Fault 9: the disk is full. It is said, the state is as it was, the file is whole, and it works when there is room.

On SQLite, whose file grows where Alur runs; a PostgreSQL server answers for its own disk, and says so in the same way.
"""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from sqlalchemy.exc import OperationalError

from engine.errors import DatabaseFull
from engine.records.refusals import outage_of
from tests.faults.crowd import chain
from tests.faults.history import check_history
from tests.unit.engine import world as sqlite
from tests.unit.engine.world import World

ANN = 11
#: Words of a person that no packing makes smaller.
ROOM = 40_000


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes; making one needs root, and a machine where nobody is fails here with what it says."""
    folder = tmp_path / "disk"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], check=True)
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def fill(world: World) -> Exception:
    """Let a person write until there is no room, and return what he was told."""
    random = Random(9)
    while True:
        row = world.tasks(ANN)[0]
        try:
            world.complete(ANN, row, note=random.randbytes(ROOM).hex())
        except OperationalError as error:
            return error


@pytest.mark.long
def test_a_full_disk_takes_nothing_back_and_lets_people_go_on_when_there_is_room(small_disk: Path) -> None:
    with sqlite.open_world(small_disk) as world:
        world.deploy(chain(small_disk, length=200))
        world.start("test", person=ANN)

        told = outage_of(fill(world))

        assert isinstance(told, DatabaseFull)
        before = check_history(world)
        row = world.tasks(ANN)[0]
        subprocess.run(["mount", "-o", "remount,size=16m", str(small_disk)], check=True)
        world.complete(ANN, row, note="there is room again")
        assert check_history(world).completions == before.completions + 1


def test_a_file_that_may_not_grow_takes_nothing_back(tmp_path: Path) -> None:
    with sqlite.open_world(tmp_path) as world:
        world.deploy(chain(tmp_path, length=200))
        world.start("test", person=ANN)
        with world.engine.database.writing() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 150")

        told = outage_of(fill(world))

        assert isinstance(told, DatabaseFull)
        done = check_history(world).completions
        with world.engine.database.writing() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 4294967294")
        world.complete(ANN, world.tasks(ANN)[0], note="there is room again")
        assert check_history(world).completions == done + 1

"""Fault 9, the other half: the disk does not say that what it took is safe. Then nobody is told that it is saved.

On SQLite; a PostgreSQL server answers for its own disk, and stops.
"""

import errno
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from time import sleep

import pytest

from engine.commands.complete_task import CompleteTask
from engine.policy.actor import Actor
from engine.records.flushing import DiskRefused, SharedFlush
from tests.faults.crowd import chain
from tests.unit.engine import world as sqlite
from tests.unit.engine.world import CITY, World

ANN = 11
KEY = bytes(range(16))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[World]:
    with sqlite.open_world(tmp_path) as world:
        world.deploy(chain(tmp_path, length=2))
        world.start("test", person=ANN)
        yield world


def disk(world: World) -> SharedFlush:
    flush = world.engine.database.flush
    assert flush is not None
    return flush


def complete(world: World, command: CompleteTask) -> bool:
    return world.engine.run(command, Actor(CITY, ANN), KEY).repeated


def first_task(world: World) -> CompleteTask:
    row = world.tasks(ANN)[0]
    return CompleteTask(row.case_id, row.token, {"note": "once"})


def test_a_request_is_never_called_done_that_the_disk_refused(office: World) -> None:
    def fail(_file: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    command = first_task(office)
    disk(office).flush = fail

    for _ in range(2):
        with pytest.raises(DiskRefused):
            complete(office, command)


def test_a_second_click_waits_until_the_first_is_safe(office: World) -> None:
    command, begun, go_on = first_task(office), Event(), Event()

    def hang(file: int) -> None:
        begun.set()
        go_on.wait()
        os.fdatasync(file)

    disk(office).flush = hang
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(complete, office, command)
        begun.wait()
        before = disk(office).commits
        second = threads.submit(complete, office, command)
        while disk(office).commits == before:  # it has found the request done, and waits in the queue of flushes
            sleep(0.001)
        told_too_early = [one for one in (first, second) if one.done()]
        go_on.set()

        assert (first.result(), second.result()) == (False, True)
    assert told_too_early == []

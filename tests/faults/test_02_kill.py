"""Fault 2: the process is killed at random times. Every case is whole, and nothing that was acknowledged is lost.

Twenty kills on each database: test_22_soak.py.
"""

import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import select

from engine.records.history import journal
from engine.records.wordbook import unpack_stored
from tests.faults.crowd import finish_all
from tests.faults.history import check_history
from tests.unit.engine.world import World

ROOT = Path(__file__).parents[2]
PEOPLE = 4


def kill_after(folder: Path, acknowledged: int) -> set[tuple[int, int]]:
    """Run the busy office until it has acknowledged so many tasks, kill it in the middle of more, and return them."""
    most = acknowledged + PEOPLE  # however late the kill comes
    command = [sys.executable, "-m", "tests.faults.busy_office", str(folder), str(PEOPLE), str(most)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as office:
        assert office.stdout is not None
        lines = [office.stdout.readline() for _ in range(acknowledged)]
        office.kill()
        lines += office.stdout.readlines()
    whole = [line.split() for line in lines if line.endswith("\n")]
    return {(int(case), int(token)) for case, token in whole}


def completed(world: World) -> set[tuple[int, int]]:
    """What the journal says was completed."""
    with world.engine.database.reading() as read:
        rows = read.execute(select(journal.c.case_id, journal.c.entry)).all()
        entries: list[tuple[int, Any]] = [(row.case_id, unpack_stored(read, row.entry)) for row in rows]
    return {(case, entry["token"]) for case, entry in entries if entry["kind"] == "complete"}


def test_after_a_kill_every_case_is_whole_and_nothing_acknowledged_is_lost(world: World, tmp_path: Path) -> None:
    for person in range(1, PEOPLE + 1):
        world.start("test", str(person), person=person)
    random, told = Random(7), set[tuple[int, int]]()

    for _ in range(3):
        told |= kill_after(tmp_path, random.randint(3, 20))
        found = completed(world)
        assert told <= found
        assert len(found - told) <= PEOPLE * 3, "each kill may leave one completion a person that nobody was told of"
        check_history(world)

    for person in range(1, PEOPLE + 1):
        finish_all(world, person)
    check_history(world)

"""Fault 14: a backup is made while people work. What is restored of it is one moment, whole, and goes on.

The command, its manifest and its refusals are in tests/operate/test_backup.py.
"""

from pathlib import Path
from threading import Thread

from engine.records.backup import copy_database
from tests.faults.crowd import LENGTH, chain, finish_all
from tests.faults.history import check_history
from tests.unit.engine import world as sqlite

PEOPLE = range(1, 5)


def test_a_copy_made_while_four_people_work_is_whole_and_goes_on(tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    with sqlite.open_world(tmp_path) as world:
        world.deploy(chain(tmp_path))
        for person in PEOPLE:
            world.start("test", str(person), person=person)
        people = [Thread(target=finish_all, args=(world, person)) for person in PEOPLE]
        for thread in people:
            thread.start()
        copy_database(world.engine.database, tmp_path / "copy" / "alur.db")
        for thread in people:
            thread.join()
        check_history(world)

    with sqlite.open_world(tmp_path / "copy") as restored:
        done = check_history(restored).completions
        left = sum(finish_all(restored, person) for person in PEOPLE)
        assert done + left == len(PEOPLE) * LENGTH
        check_history(restored)

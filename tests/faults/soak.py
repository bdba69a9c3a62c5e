"""Works, kills and checks for as long as one likes: python -m tests.faults.soak SECONDS [FOLDER]."""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from engine.commands.start_case import NewCase, StartCases
from engine.policy.actor import system_actor
from tests.faults.crowd import LENGTH, chain, finish_all
from tests.faults.history import check_history
from tests.faults.test_02_kill import PEOPLE, completed, kill_after
from tests.unit.engine.world import CITY, World, open_world

SEED = 22


def soak(world: World, folder: Path, cases: int, goes_on: Callable[[int], bool]) -> int:
    """Kill people's work again and again until all is done or it is enough; return how often.

    :param goes_on: asked after each kill with the number of kills.
    :raise AssertionError: something acknowledged was lost, or a case is not whole.
    """
    random, told, kills = Random(SEED), set[tuple[int, int]](), 0
    new = tuple(NewCase(str(number), 1, "Kasus", {"person": number % PEOPLE + 1}) for number in range(cases))
    world.engine.run(StartCases("test", new), system_actor(CITY))
    while goes_on(kills) and len(told) < cases * LENGTH - 50 * PEOPLE:
        told |= kill_after(folder, random.randint(3, 40))
        kills += 1
        assert told <= completed(world), "what was acknowledged is lost"
        check_history(world)
    for person in range(1, PEOPLE + 1):
        finish_all(world, person)
    assert check_history(world).completions == cases * LENGTH
    return kills


def main(seconds: float, folder: Path) -> None:
    """Soak a fresh office until the time is over, and say what was done."""
    end, rounds, kills = time.monotonic() + seconds, 0, 0
    while time.monotonic() < end:
        rounds += 1
        office = folder / str(rounds)
        office.mkdir()
        with open_world(office) as world:
            world.deploy(chain(office))
            kills += soak(world, office, 1000, lambda _: time.monotonic() < end)
        sys.stdout.write(f"{rounds * 1000} cases, {kills} kills, nothing lost, nothing twice\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(float(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp(prefix="alur-soak-")))

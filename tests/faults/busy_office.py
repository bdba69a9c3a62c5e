"""A process that completes tasks as fast as it can and says each one that was acknowledged; made to be killed."""

import sys
from pathlib import Path
from threading import Semaphore, Thread

from tests.unit.engine.world import World, open_world


def work(world: World, person: int, left: Semaphore) -> None:
    """Complete every task of a person, and say so after the engine has."""
    while rows := world.tasks(person):
        left.acquire()
        world.complete(person, rows[0])
        sys.stdout.write(f"{rows[0].case_id} {rows[0].token}\n")
        sys.stdout.flush()


def main(folder: Path, people: int, most: int) -> None:
    """Let several people work in the office of a folder.

    :param most: tasks that they begin; then they stand still.
    """
    left = Semaphore(most)
    with open_world(folder) as world:
        threads = [Thread(target=work, args=(world, person, left), daemon=True) for person in range(1, people + 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))

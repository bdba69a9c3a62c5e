"""A process that carries a run through until it stands in the middle of a batch; made to be killed there."""

import sys
from pathlib import Path

from sqlalchemy import Connection, event

from engine.commands.migrate_cases import MigrateCases
from engine.policy.actor import system_actor
from engine.queries.migration import view_run
from tests.unit.engine.world import CITY, World, open_world

BATCH = 3


def main(folder: Path, run: int, batches: int) -> None:
    """Move so many batches of the cases of the world of a folder, and stop before the next one is committed."""
    with open_world(folder) as world:
        for _ in range(batches):
            _move(world, run)
        event.listen(world.engine.database.write, "commit", _stand_still)
        _move(world, run)


def _move(world: World, run: int) -> None:
    actor = system_actor(CITY)
    reached = world.engine.read(view_run, actor, run).run.reached
    world.engine.run(MigrateCases(run, reached, BATCH), actor)


def _stand_still(_connection: Connection) -> None:
    sys.stdout.write("in the middle\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))

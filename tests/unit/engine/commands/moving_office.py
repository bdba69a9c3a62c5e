"""A process that carries a run through and says each batch that was committed; made to be killed."""

import sys
from pathlib import Path

from engine.commands.migrate_cases import MigrateCases
from engine.policy.actor import system_actor
from engine.queries.migration import view_run
from tests.unit.engine.world import CITY, open_world

BATCH = 3


def main(folder: Path, run: int) -> None:
    """Move the cases of the world of a folder, a few at a time."""
    actor = system_actor(CITY)
    with open_world(folder) as world:
        while (found := world.engine.read(view_run, actor, run).run).ended_at is None:
            world.engine.run(MigrateCases(run, found.reached, BATCH), actor)
            sys.stdout.write(f"{found.reached}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

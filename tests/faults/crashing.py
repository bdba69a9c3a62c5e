"""A process that completes one task and dies at a named point of it, as in a power cut: nothing is tidied up."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import event

from engine.commands.complete_task import CompleteTask
from engine.policy.actor import Actor
from engine.records.database import Database
from engine.services import Service, ServiceContext, ServiceResult
from tests.unit.engine.world import CITY, World, open_world

ANN = 11
KEY = bytes(range(16))
DIED = 9


def die(*_: Any, **__: Any) -> None:
    """End the process at once."""
    os._exit(DIED)


def at_statement(verb: str) -> Callable[[Database], None]:
    """Return what makes the process die right after the first statement that begins like this."""

    def arm(database: Database) -> None:
        @event.listens_for(database.write, "after_cursor_execute")
        def after(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            if statement.startswith(verb):
                die()

    return arm


def after_commit(database: Database) -> None:
    """Make the process die when the database has taken the completion, before anybody is told."""
    if database.flush is None:
        event.listen(database.write.pool, "reset", die)
    else:
        database.flush.flush = die


#: Where a process may die, in the order in which a completion comes there.
POINTS: dict[str, Callable[[Database], None]] = {
    "before it has read": lambda database: event.listen(database.read, "begin", die),
    "before it writes": lambda database: event.listen(database.write, "begin", die),
    "after the state": at_statement("UPDATE case_state"),
    "after the task": at_statement("DELETE FROM open_task"),
    "after the journal": at_statement("INSERT INTO journal"),
    "after the audit trail": at_statement("INSERT INTO audit"),
    "before the commit": lambda database: event.listen(database.write, "commit", die),
    "after the commit": after_commit,
}
IN_SERVICE = "in a service"


def rate(call: ServiceContext) -> ServiceResult:
    """Return a score."""
    return ServiceResult(7)


def crash(folder: Path, point: str) -> None:
    """Complete Ann's task and die."""
    service: Service = die if point == IN_SERVICE else rate  # type: ignore[assignment]  # it never returns
    with open_world(folder, {"rate": service}) as world:
        row = world.tasks(ANN)[0]
        if point in POINTS:
            world.engine.database.renew()
            POINTS[point](world.engine.database)
        complete(world, row.case_id, row.token)


def complete(world: World, case_id: int, token: int) -> None:
    """Complete the task as a client does that keeps its key for another try."""
    world.engine.run(CompleteTask(case_id, token, {"note": "once"}), Actor(CITY, ANN), KEY)


if __name__ == "__main__":
    crash(Path(sys.argv[1]), sys.argv[2])

"""Bodies of the jobs that look at cases, move them and take them back: one batch each, and then the job of the next.

A worker that is killed has done whole batches; its job comes again and goes on behind the last one.
"""

from engine.commands.look_at_cases import LookAtCases
from engine.engine import Engine
from engine.errors import NotFound
from engine.fleet import move_some, undo_some
from engine.moving.looks import find_look
from engine.moving.orders import carry_job, look_job, take_back_job
from engine.policy.actor import system_actor
from engine.queries.migration import read_run


def look_at_migration(engine: Engine, *, tenant: str, number: int) -> None:
    """Look at the next cases of a move that is considered; one that is no longer kept is left alone."""
    actor = system_actor(tenant)
    with engine.database.reading() as read:
        try:
            look = find_look(read, tenant, number)
        except NotFound:
            return
    if look.ended_at is None:
        engine.run(LookAtCases(number, look.reached), actor)
        engine.defer([look_job(tenant, number)])


def carry_migration(engine: Engine, *, tenant: str, number: int) -> None:
    """Move the next cases of a run."""
    actor = system_actor(tenant)
    run = engine.read(read_run, actor, number)
    if run.ended_at is None:
        move_some(engine, actor, number, run.reached)
        engine.defer([carry_job(tenant, number)])


def take_migration_back(engine: Engine, *, tenant: str, number: int, after: int = 0) -> None:
    """Take the next cases of a run back.

    :param after: the last case that had its turn.
    """
    taken = undo_some(engine, system_actor(tenant), number, after)
    if taken:
        engine.defer([take_back_job(tenant, number, taken[-1].case_id)])

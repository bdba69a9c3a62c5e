"""Counts again what a city gives in working days: a batch of running cases at a time, each the job of the next."""

from collections.abc import Iterable
from contextlib import suppress

from engine.batches import RECOUNT, recount_lock
from engine.command import Command, Job
from engine.commands.recount_deadlines import RecountDeadlines
from engine.commands.recount_start import RecountStart
from engine.deadlines import cases_with_working_days, recount_starts
from engine.engine import Engine
from engine.errors import CaseDamaged, Conflict
from engine.policy.actor import system_actor
from engine.waking import all_of_them

BATCH = 200  # cases of one job: a worker that is killed repeats no more


def recount_batch(engine: Engine, *, tenant: str, after: int = 0) -> None:
    """Count one batch again and ask for the next; one that is done twice moves nothing more.

    The first batch counts the processes that begin by themselves as well. Of what does not move nothing is written.

    :param after: the last case that had its turn.
    """
    with engine.database.reading() as read:
        cases = cases_with_working_days(read, engine.directory, tenant, after, BATCH)
        starts = [] if after else recount_starts(read, engine.directory, tenant, engine.clock())
    if len(cases) == BATCH:
        # First, so that one case that breaks this job does not end the order.
        engine.defer([Job(RECOUNT, {"tenant": tenant, "after": cases[-1]}, unique=recount_lock(tenant))])
    commands: Iterable[Command] = (
        *(RecountStart(start.process, start.element) for start in starts),
        *map(RecountDeadlines, cases),
    )
    with all_of_them() as attempt:
        for command in commands:
            # It has ended or begun meanwhile, or waits to be mended.
            with attempt(), suppress(Conflict, CaseDamaged):
                if engine.preview(command, system_actor(tenant)):
                    engine.run(command, system_actor(tenant))

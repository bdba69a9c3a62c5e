"""Counts the deadlines of a city's running cases again, a batch at a time, each batch the job of the next."""

from contextlib import suppress

from engine.batches import RECOUNT, recount_lock
from engine.command import Job
from engine.commands.recount_deadlines import RecountDeadlines
from engine.deadlines import cases_with_working_days
from engine.engine import Engine
from engine.errors import CaseDamaged, Conflict
from engine.policy.actor import system_actor
from engine.waking import all_of_them

BATCH = 200  # cases of one job: a worker that is killed repeats no more


def recount_batch(engine: Engine, *, tenant: str, after: int = 0) -> None:
    """Count one batch again and ask for the next; one that is done twice moves nothing more.

    :param after: the last case that had its turn.
    """
    with engine.database.reading() as read:
        cases = cases_with_working_days(read, engine.directory, tenant, after, BATCH)
    if len(cases) == BATCH:
        # First, so that one case that breaks this job does not end the order.
        engine.defer([Job(RECOUNT, {"tenant": tenant, "after": cases[-1]}, unique=recount_lock(tenant))])
    with all_of_them() as attempt:
        for case_id in cases:
            with attempt(), suppress(Conflict, CaseDamaged):  # it has ended meanwhile, or waits to be mended
                engine.run(RecountDeadlines(case_id), system_actor(tenant))

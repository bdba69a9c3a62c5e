"""Tries the incidents of one cause again, a batch at a time, each batch the job of the next."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select, tuple_

from engine.batches import RETRY_GROUP, retry_lock
from engine.command import Job
from engine.commands.retry_incident import RetryIncident
from engine.engine import Engine
from engine.errors import CaseDamaged, Conflict, NotFound
from engine.policy.actor import system_actor
from engine.records.case import case, incident
from engine.waking import all_of_them

BATCH = 100  # incidents of one job: a worker that is killed repeats no more

_next = (
    select(incident.c.case_id, incident.c.token)
    .join(case, case.c.id == incident.c.case_id)
    .where(
        incident.c.tenant == bindparam("tenant"),
        incident.c.cause == bindparam("cause"),
        case.c.process == bindparam("process"),
        # One that has failed anew meanwhile is younger, and had its turn.
        incident.c.opened_at <= bindparam("before"),
        tuple_(incident.c.case_id, incident.c.token) > tuple_(bindparam("after_case"), bindparam("after_token")),
    )
    .order_by(incident.c.case_id, incident.c.token)
    .limit(BATCH)
)


def retry_group(
    engine: Engine,
    *,
    tenant: str,
    process: str,
    cause: str,
    before: str,
    total: int,
    by: int | None = None,
    after: Sequence[int] = (0, 0),
) -> None:
    """Try one batch again and ask for the next; a batch that is done twice finds nothing more to do.

    :param before: the instant of the order: what was stuck then.
    :param total: how many there were, for the page that shows the progress.
    :param by: who ordered it.
    :param after: case and token of the last incident that had its turn.
    """
    group = {"tenant": tenant, "process": process, "cause": cause}
    place = {"before": datetime.fromisoformat(before), "after_case": after[0], "after_token": after[1]}
    with engine.database.reading() as read:
        rows = read.execute(_next, {**group, **place}).all()
    if len(rows) == BATCH:
        # First, so that one incident that breaks this job does not end the order.
        last = [rows[-1].case_id, rows[-1].token]
        order = {**group, "before": before, "total": total, "by": by, "after": last}
        engine.defer([Job(RETRY_GROUP, order, unique=retry_lock(**group))])
    _retry_all(engine, tenant, rows, by)


def _retry_all(engine: Engine, tenant: str, rows: Sequence[Row[*tuple[Any, ...]]], by: int | None) -> None:
    with all_of_them() as attempt:
        for row in rows:
            # Somebody works on that case, it is suspended or damaged: it stays on the list.
            with attempt(), suppress(Conflict, NotFound, CaseDamaged):
                engine.run(RetryIncident(row.case_id, row.token, by), system_actor(tenant))

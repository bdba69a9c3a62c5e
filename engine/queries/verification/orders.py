"""Names the work on many cases that has not come to its end, and that nothing goes on with."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection, select

from engine.moving.orders import carry_job, is_under_way, look_job
from engine.queries.verification.findings import Finding
from engine.records.history import audit
from engine.records.migration import migration, migration_look

_BEGUN: Final = tuple(
    (select(table.c.id, table.c.tenant).where(table.c.ended_at.is_(None)).order_by(table.c.id), job)
    for table, job in ((migration, carry_job), (migration_look, look_job))
)


_ordered_by_nobody = (
    select(migration.c.id)
    .outerjoin(
        audit,
        (audit.c.subject == migration.c.id)
        & (audit.c.tenant == migration.c.tenant)
        & (audit.c.at == migration.c.started_at)
        & (audit.c.command == "BeginMigration")
        & audit.c.actor.is_not_distinct_from(migration.c.started_by),
    )
    .where(audit.c.id.is_(None))
)


def check_orders(read: Connection) -> Iterator[Finding]:
    """Yield the moves to another release that nobody ordered, and those that wait for whoever ordered them.

    A timer, a message, a start or the opening of a quarter that has lost its job gets another one by a sweep.
    """
    for run in read.execute(_ordered_by_nobody).scalars():
        yield Finding("order_unexplained", params={"run": run})
    for statement, job in _BEGUN:
        for row in read.execute(statement).all():
            if not is_under_way(read, job(row.tenant, row.id)):
                yield Finding("order_stopped", params={"run": row.id})

"""A person's own results over the years, from the results ledger."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection, bindparam, select

from engine.policy.actor import Actor
from processes.people.city import Predicate, Rating
from processes.people.records import result

_mine = (
    select(result)
    .where(result.c.tenant == bindparam("tenant"), result.c.employee_id == bindparam("person"))
    .order_by(result.c.year.desc(), result.c.quarter.desc(), result.c.version.desc())
)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One locked result.

    :param case_id: None for a result that was imported from before.
    :param versions: how many there are of this quarter; this one, the newest, holds.
    """

    year: int
    quarter: int
    versions: int
    value: Decimal | None
    work: Rating
    behaviour: Rating
    predicate: Predicate
    case_id: int | None
    decided_at: datetime


def my_results(read: Connection, actor: Actor) -> tuple[LedgerRow, ...]:
    """Return the actor's own results that hold, newest quarter first."""
    newest: dict[tuple[int, int], LedgerRow] = {}
    for row in read.execute(_mine, {"tenant": actor.tenant, "person": actor.person}):
        newest.setdefault(
            (row.year, row.quarter),
            LedgerRow(
                row.year,
                row.quarter,
                row.version,
                row.value,
                Rating(row.work_result),
                Rating(row.behaviour),
                Predicate(row.predicate),
                row.case_id,
                row.decided_at,
            ),
        )
    return tuple(newest.values())

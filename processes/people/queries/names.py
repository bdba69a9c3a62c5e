"""Names of people for pages that show many of them."""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, select

from engine.policy.actor import Actor
from processes.people.records import employee

_names = select(employee.c.id, employee.c.name).where(
    employee.c.tenant == bindparam("tenant"), employee.c.id.in_(bindparam("people", expanding=True))
)


def names_of(read: Connection, actor: Actor, people: Iterable[int | None]) -> dict[int, str]:
    """Return the names of employees of the actor's city by key, in one statement; nobody and strangers are left out."""
    wanted = sorted({person for person in people if person is not None})
    if not wanted:
        return {}
    return {row.id: row.name for row in read.execute(_names, {"tenant": actor.tenant, "people": wanted})}

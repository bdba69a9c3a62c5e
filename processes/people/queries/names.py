"""Names of people for pages that show many of them."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, bindparam, literal, select, union_all

from engine.policy.actor import Actor
from processes.people.guests import guest
from processes.people.queries.on_day import TENANT
from processes.people.records import employee

_PEOPLE: Any = bindparam("people", expanding=True)
_names = union_all(
    select(employee.c.id, employee.c.name).where(employee.c.tenant == TENANT, employee.c.id.in_(_PEOPLE)),
    # As `Guest.full_name` has it: whoever reads the name sees that it is nobody of the city.
    select(guest.c.id, guest.c.name + literal(", ") + guest.c.institution).where(
        guest.c.tenant == TENANT, guest.c.id.in_(_PEOPLE)
    ),
)


def names_of(read: Connection, actor: Actor, people: Iterable[int | None]) -> dict[int, str]:
    """Return the names of the actor's city's employees and guests by key, in one statement; strangers are left out."""
    wanted = sorted({person for person in people if person is not None})
    if not wanted:
        return {}
    return {row.id: row.name for row in read.execute(_names, {"tenant": actor.tenant, "people": wanted})}

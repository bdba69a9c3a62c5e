"""Colleagues to choose from: by name, or everybody of one's own unit."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine.errors import NotFound
from engine.policy.actor import Actor
from processes.people.queries.on_day import TENANT, AnyRow, AnySelect, holds_on
from processes.people.queries.placed import PLACED, named
from processes.people.records import employee, placement

PAGE = 25
_PERSON: Any = bindparam("person")
_own_units = select(placement.c.unit_id).where(
    placement.c.tenant == TENANT, placement.c.employee_id == _PERSON, holds_on(placement)
)
_others: AnySelect = PLACED.where(employee.c.id != _PERSON).limit(PAGE)
_near = PLACED.where(employee.c.id != _PERSON, placement.c.unit_id.in_(_own_units)).limit(PAGE)
_one = PLACED.where(employee.c.id == bindparam("colleague"))


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the city in a unit and, mostly, a post on the day."""

    id: int
    name: str
    unit_id: int
    unit: str
    post: str


def choose_from(read: Connection, actor: Actor, day: date, text: str = "") -> tuple[Colleague, ...]:
    """Return the first people of the city whose name has a part, without the actor; without one, those of his unit."""
    params = {"tenant": actor.tenant, "person": actor.person, "day": day}
    statement = named(_others, text) if text else _near
    return tuple(_colleague(row) for row in read.execute(statement, params))


def find_colleague(read: Connection, tenant: str, day: date, person: int) -> Colleague:
    """Return somebody who works in the city on a day.

    :raise NotFound: nobody of that id does.
    """
    row = read.execute(_one, {"tenant": tenant, "day": day, "colleague": person}).first()
    if row is None:
        raise NotFound()
    return _colleague(row)


def _colleague(row: AnyRow) -> Colleague:
    return Colleague(row.id, row.name, row.unit_id, row.unit_name, row.post_name or "")

"""Whom one may give feedback: those one works with every day, and everybody else of the city by name or unit."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, or_, select

from engine.errors import NotFound
from engine.policy.actor import Actor
from processes.people.queries.on_day import TENANT, AnyRow, AnySelect, holds_on
from processes.people.queries.placed import PLACED, behind, named
from processes.people.queries.raters import appraiser_on
from processes.people.records import employee, placement, reporting_line

PAGE = 25
_PERSON: Any = bindparam("person")

_colleagues: AnySelect = PLACED.where(employee.c.id != _PERSON)
_own_units = select(placement.c.unit_id).where(
    placement.c.tenant == TENANT, placement.c.employee_id == _PERSON, holds_on(placement)
)
_appraised = select(reporting_line.c.employee_id).where(
    reporting_line.c.tenant == TENANT, reporting_line.c.appraiser_id == _PERSON, holds_on(reporting_line)
)
_near = _colleagues.where(or_(placement.c.unit_id.in_(_own_units), employee.c.id.in_(_appraised)))
_one = _colleagues.where(employee.c.id == bindparam("colleague"))


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the city in a unit and, mostly, a post on the day."""

    id: int
    name: str
    unit_id: int
    unit: str
    post: str


@dataclass(frozen=True, slots=True)
class Nearby:
    """Those with whom somebody works every day."""

    leader: Colleague | None
    subordinates: tuple[Colleague, ...]
    peers: tuple[Colleague, ...]


@dataclass(frozen=True, slots=True)
class ColleaguesPage:
    """A page of colleagues by name; the next one goes on behind the person `next`."""

    rows: tuple[Colleague, ...]
    next: int | None


def near_colleagues(read: Connection, actor: Actor, day: date) -> Nearby:
    """Return the actor's appraiser, the people the actor appraises, and the others of the actor's unit, by name."""
    key = {"tenant": actor.tenant, "person": actor.person, "day": day}
    below = set(read.execute(_appraised, key).scalars())
    rater = appraiser_on(read, actor.tenant, actor.person or 0, day)
    leader = _one_of(read, actor, day, rater.person) if rater is not None else None
    others = [_colleague(row) for row in read.execute(_near, key) if leader is None or row.id != leader.id]
    return Nearby(
        leader,
        tuple(one for one in others if one.id in below),
        tuple(one for one in others if one.id not in below),
    )


def find_colleagues(
    read: Connection, actor: Actor, day: date, *, text: str = "", unit_id: int | None = None, after: int | None = None
) -> ColleaguesPage:
    """Return the people of the actor's city on a day, without the actor, by name.

    :param text: part of the name.
    """
    statement = named(_colleagues.limit(PAGE + 1), text)
    if unit_id is not None:
        statement = statement.where(placement.c.unit_id == unit_id)
    found = read.execute(behind(statement, after), {"tenant": actor.tenant, "person": actor.person, "day": day}).all()
    rows = tuple(_colleague(row) for row in found[:PAGE])
    return ColleaguesPage(rows, rows[-1].id if len(found) > PAGE else None)


def find_colleague(read: Connection, actor: Actor, day: date, person: int) -> Colleague:
    """Return somebody of the actor's city, never the actor.

    :raise NotFound: nobody of that key works in the city on the day.
    """
    found = _one_of(read, actor, day, person)
    if found is None:
        raise NotFound()
    return found


def _one_of(read: Connection, actor: Actor, day: date, person: int) -> Colleague | None:
    key = {"tenant": actor.tenant, "person": actor.person, "day": day, "colleague": person}
    row = read.execute(_one, key).first()
    return _colleague(row) if row is not None else None


def _colleague(row: AnyRow) -> Colleague:
    return Colleague(row.id, row.name, row.unit_id, row.unit_name, row.post_name or "")

"""Written thanks of citizens: those of a unit, of a person, and of the whole city."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, bindparam, or_, select

from engine.errors import NotFound
from engine.policy.actor import Actor
from processes.people.queries import all_units
from processes.people.queries.on_day import TENANT, AnyRow, AnySelect, holds_on
from processes.people.records import employee, placement, unit
from processes.recognition.queries.pages import Paged, read_page
from processes.recognition.records import citizen_thanks

#: How many of them stand on somebody's own page, and on the wall of a unit.
MOST: Final = 25
_PERSON: Any = bindparam("person")
_thanks: AnySelect = (
    select(citizen_thanks, unit.c.name.label("unit_name"), employee.c.name.label("employee_name"))
    .select_from(citizen_thanks)
    .join(unit, unit.c.id == citizen_thanks.c.unit_id)
    .outerjoin(employee, employee.c.id == citizen_thanks.c.employee_id)
    .where(citizen_thanks.c.tenant == TENANT)
    .order_by(citizen_thanks.c.received_on.desc(), citizen_thanks.c.id.desc())
)
_one = _thanks.where(citizen_thanks.c.id == bindparam("thanks_id"))
_own_units = select(placement.c.unit_id).where(
    placement.c.tenant == TENANT, placement.c.employee_id == _PERSON, holds_on(placement)
)
_confirmed = _thanks.where(citizen_thanks.c.is_confirmed.is_(True)).limit(MOST)
_of_person = _confirmed.where(citizen_thanks.c.employee_id == _PERSON)
# Of a person the unit reads nothing: he was not asked.
_of_unit = _confirmed.where(citizen_thanks.c.employee_id.is_(None), citizen_thanks.c.unit_id.in_(_own_units))
_waiting = _thanks.where(
    citizen_thanks.c.is_confirmed.is_(None),
    citizen_thanks.c.unit_id.in_(bindparam("units", expanding=True)),
    or_(citizen_thanks.c.employee_id.is_(None), citizen_thanks.c.employee_id != _PERSON),
).limit(MOST)


@dataclass(frozen=True, slots=True)
class CitizenThanks:
    """Thanks of a citizen, for a unit or for somebody of it.

    :param person: None for the whole unit.
    :param is_confirmed: what the unit said of it; None while it has said nothing.
    """

    id: int
    tenant: str
    unit_id: int
    unit: str
    person: int | None
    name: str | None
    text: str
    source: str
    received_on: date
    recorded_by: int
    is_confirmed: bool | None


def find_citizen_thanks(read: Connection, tenant: str, thanks_id: int) -> CitizenThanks:
    """Return thanks of a citizen.

    :raise NotFound: there are none with that id in that city.
    """
    row = read.execute(_one, {"tenant": tenant, "thanks_id": thanks_id}).one_or_none()
    if row is None:
        raise NotFound()
    return _thanks_of(row)


def all_citizen_thanks(read: Connection, actor: Actor, page: int) -> Paged[CitizenThanks]:
    """Return a page of what was recorded in the actor's city, the newest first."""
    return read_page(read, _thanks, {"tenant": actor.tenant}, page, _thanks_of)


def own_citizen_thanks(read: Connection, actor: Actor) -> tuple[CitizenThanks, ...]:
    """Return what citizens thanked the actor for, as far as the unit has confirmed it."""
    return _all(read, _of_person, {"tenant": actor.tenant, "person": actor.person})


def unit_citizen_thanks(read: Connection, actor: Actor) -> tuple[CitizenThanks, ...]:
    """Return what citizens thanked the actor's whole unit for, as far as it was confirmed."""
    return _all(read, _of_unit, {"tenant": actor.tenant, "person": actor.person, "day": actor.day})


def waiting_citizen_thanks(read: Connection, actor: Actor, led: Iterable[int]) -> tuple[CitizenThanks, ...]:
    """Return what waits for somebody who heads units: of those units and all below, but nothing about himself."""
    units = set(led)
    if not units:
        return ()
    known = all_units(read, actor.tenant)
    while below := {one.id for one in known if one.parent_id in units} - units:
        units |= below
    return _all(read, _waiting, {"tenant": actor.tenant, "person": actor.person, "units": sorted(units)})


def _all(read: Connection, statement: AnySelect, params: dict[str, Any]) -> tuple[CitizenThanks, ...]:
    return tuple(_thanks_of(row) for row in read.execute(statement, params))


def _thanks_of(row: AnyRow) -> CitizenThanks:
    return CitizenThanks(
        row.id,
        row.tenant,
        row.unit_id,
        row.unit_name,
        row.employee_id,
        row.employee_name,
        row.text,
        row.source,
        row.received_on,
        row.recorded_by,
        row.is_confirmed,
    )

"""The people an HR officer looks after, each with the unit and the appraiser of the day, page by page."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, or_, select

from engine.policy.actor import Actor
from engine.records.schema import Day
from processes.people.queries.on_day import TENANT, AnySelect, holds_on, is_active
from processes.people.queries.units import Unit, all_units
from processes.people.records import Role, employee, placement, post, reporting_line, unit

PAGE = 50
_last = employee.alias("last_shown")
_DAY: Any = bindparam("day", type_=Day)

_appraiser: AnySelect = (
    select(reporting_line.c.appraiser_id)
    .where(
        reporting_line.c.tenant == TENANT, reporting_line.c.employee_id == employee.c.id, holds_on(reporting_line, _DAY)
    )
    .order_by(reporting_line.c.valid_from.desc())
    .limit(1)
    .correlate(employee)
)
_people: AnySelect = (
    select(
        employee.c.id,
        employee.c.name,
        unit.c.id.label("unit_id"),
        unit.c.name.label("unit_name"),
        post.c.name.label("post_name"),
        _appraiser.scalar_subquery().label("appraiser_id"),
    )
    .select_from(placement)
    .join(employee, employee.c.id == placement.c.employee_id)
    .join(unit, unit.c.id == placement.c.unit_id)
    .outerjoin(post, post.c.id == placement.c.post_id)
    .where(placement.c.tenant == TENANT, holds_on(placement, _DAY), is_active(_DAY))
    .order_by(employee.c.name, employee.c.id)
)


@dataclass(frozen=True, slots=True)
class OverseenPerson:
    """One person; `appraiser_id` is None where no line holds and a head appraises."""

    id: int
    name: str
    unit_id: int
    unit_name: str
    post_name: str
    appraiser_id: int | None


@dataclass(frozen=True, slots=True)
class OverseenPage:
    """A page of people by name; the next one goes on behind the person `next`: an address must not hold a name."""

    rows: tuple[OverseenPerson, ...]
    next: int | None


def overseen_units(read: Connection, actor: Actor) -> tuple[Unit, ...]:
    """Return the units the actor may see people of: all for the personnel agency, else those of a unit's HR officer.

    An HR officer of a unit looks after every unit below it as well.
    """
    units = all_units(read, actor.tenant)
    if actor.groups & {Role.HR_VERIFIER, Role.HR_HEAD, Role.INSPECTOR, Role.CITY_ADMIN}:
        return units
    seen = {item.id for item in units if f"{Role.UNIT_HR_OFFICER}:{item.id}" in actor.groups}
    for _ in units:
        below = {item.id for item in units if item.parent_id in seen} - seen
        if not below:
            break
        seen |= below
    return tuple(item for item in units if item.id in seen)


def overseen_people(
    read: Connection,
    actor: Actor,
    day: date,
    *,
    text: str = "",
    unit_id: int | None = None,
    appraised_by: int | None = None,
    after: int | None = None,
) -> OverseenPage:
    """Return the people of the actor's units on a day, by name.

    :param text: part of the name.
    """
    units = {item.id for item in overseen_units(read, actor)}
    chosen = units & {unit_id} if unit_id is not None else units
    statement = _people.where(placement.c.unit_id.in_(sorted(chosen))).limit(PAGE + 1)
    if text:
        statement = statement.where(employee.c.name.icontains(text, autoescape=True))
    if appraised_by is not None:
        statement = statement.where(_appraiser.scalar_subquery() == appraised_by)
    if after is not None:
        name = select(_last.c.name).where(_last.c.tenant == actor.tenant, _last.c.id == after).scalar_subquery()
        statement = statement.where(or_(employee.c.name > name, (employee.c.name == name) & (employee.c.id > after)))
    found = read.execute(statement, {"tenant": actor.tenant, "day": day}).all()
    rows = tuple(
        OverseenPerson(row.id, row.name, row.unit_id, row.unit_name, row.post_name or "", row.appraiser_id)
        for row in found[:PAGE]
    )
    return OverseenPage(rows, rows[-1].id if len(found) > PAGE else None)

"""The people an HR officer looks after, each with the unit and the appraiser of the day, page by page."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from engine.policy.actor import Actor
from processes.people.nip import DIGITS
from processes.people.queries.on_day import TENANT, AnySelect, holds_on
from processes.people.queries.placed import PLACED, behind, named
from processes.people.queries.sought import Sought
from processes.people.queries.units import Unit, all_units
from processes.people.records import Role, employee, placement, reporting_line

PAGE = 50
_appraiser: AnySelect = (
    select(reporting_line.c.appraiser_id)
    .where(reporting_line.c.tenant == TENANT, reporting_line.c.employee_id == employee.c.id, holds_on(reporting_line))
    .order_by(reporting_line.c.valid_from.desc())
    .limit(1)
    .correlate(employee)
)
_people: AnySelect = PLACED.add_columns(_appraiser.scalar_subquery().label("appraiser_id"))


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

    :param text: part of the name, or a whole NIP: the list does not show numbers, so part of one finds nobody.
    """
    units = {item.id for item in overseen_units(read, actor)}
    chosen = units & {unit_id} if unit_id is not None else units
    statement = _meant(_people.where(placement.c.unit_id.in_(sorted(chosen))).limit(PAGE + 1), text)
    if appraised_by is not None:
        statement = statement.where(_appraiser.scalar_subquery() == appraised_by)
    found = read.execute(behind(statement, after), {"tenant": actor.tenant, "day": day}).all()
    rows = tuple(
        OverseenPerson(row.id, row.name, row.unit_id, row.unit_name, row.post_name or "", row.appraiser_id)
        for row in found[:PAGE]
    )
    return OverseenPage(rows, rows[-1].id if len(found) > PAGE else None)


def _meant(statement: AnySelect, text: str) -> AnySelect:
    number = Sought.read(text).number
    return statement.where(employee.c.nip == number) if len(number) == DIGITS else named(statement, text)

"""What the criteria of an award ask about a person, read on the day on which they are checked."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from engine.records.schema import Day
from processes.people.careers import award, sanction
from processes.people.queries import Employee, find_employee, holders_on
from processes.people.queries.on_day import DAY, holds_on
from processes.people.records import Role, placement, result

_PERSON: Any = bindparam("person")
_TENANT: Any = bindparam("tenant")

_sanction = (
    select(sanction.c.id)
    .where(sanction.c.tenant == _TENANT, sanction.c.employee_id == _PERSON, holds_on(sanction))
    .limit(1)
)
_predicate = (
    select(result.c.predicate)
    .where(result.c.tenant == _TENANT, result.c.employee_id == _PERSON)
    .order_by(result.c.year.desc(), result.c.quarter.desc(), result.c.version.desc())
    .limit(1)
)
_first_day = select(func.min(placement.c.valid_from, type_=Day)).where(
    placement.c.tenant == _TENANT, placement.c.employee_id == _PERSON
)
_last_award = select(func.max(award.c.awarded_on, type_=Day)).where(
    award.c.tenant == _TENANT,
    award.c.employee_id == _PERSON,
    award.c.name == bindparam("name"),
    award.c.awarded_on <= DAY,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a nominee.

    :param predicate: of the last locked quarter; None if there is none.
    :param service_months: whole months in service, by the appointment or the first placement.
    :param months_since_award: since the same award was given last; None if it never was.
    """

    in_service: bool
    has_sanction: bool
    predicate: str | None
    service_months: int
    months_since_award: int | None


def facts_of(read: Connection, tenant: str, person: int, award_name: str, day: date) -> Facts:
    """Return the facts of an employee on a day.

    :raise NotFound: there is no such employee in the city.
    """
    found = find_employee(read, tenant, person)
    key = {"tenant": tenant, "person": person, "day": day}
    since = found.active_from or read.execute(_first_day, key).scalar_one()
    last = read.execute(_last_award, {**key, "name": award_name}).scalar_one()
    return Facts(
        _is_in_service(found, day),
        read.execute(_sanction, key).first() is not None,
        read.execute(_predicate, key).scalar_one_or_none(),
        months_between(since, day) if since is not None else 0,
        months_between(last, day) if last is not None else None,
    )


def office_for(read: Connection, tenant: str, person: int, day: date) -> str:
    """Return the group that carries a nomination: the verifiers, or their head for one of them."""
    is_verifier = person in holders_on(read, tenant, Role.HR_VERIFIER, day)
    return str(Role.HR_HEAD if is_verifier else Role.HR_VERIFIER)


def treasury_for(read: Connection, tenant: str, person: int, day: date) -> str:
    """Return the group that confirms the budget line: the treasurers, or the head of personnel for one of them."""
    is_treasurer = person in holders_on(read, tenant, Role.TREASURER, day)
    return str(Role.HR_HEAD if is_treasurer else Role.TREASURER)


def months_between(first: date, last: date) -> int:
    """Return how many whole months lie between two days; never fewer than none."""
    months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    return max(months, 0)


def _is_in_service(found: Employee, day: date) -> bool:
    has_begun = found.active_from is None or found.active_from <= day
    return has_begun and (found.active_to is None or found.active_to >= day)

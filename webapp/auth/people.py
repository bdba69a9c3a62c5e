"""Accounts as commands and the code page see them: whose, in which unit, with which roles."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine.command import Context
from engine.policy.actor import Actor
from processes.people.queries import ids_below, roles_on
from processes.people.queries.on_day import TENANT, holds_on, is_active
from processes.people.records import Role, employee, placement, role_grant, unit
from processes.people.subjects import employee_subject
from webapp.auth.records import account

_account = select(account.c.id).where(account.c.tenant == TENANT, account.c.employee_id == bindparam("person"))
_holds_a_role = select(role_grant.c.id).where(role_grant.c.employee_id == employee.c.id, holds_on(role_grant)).exists()
_listed = (
    select(
        employee.c.id,
        employee.c.name,
        unit.c.name.label("unit"),
        account.c.password.is_not(None).label("has_password"),
        account.c.code_until,
        account.c.active,
    )
    .select_from(employee)
    .outerjoin(placement, (placement.c.employee_id == employee.c.id) & holds_on(placement))
    .outerjoin(unit, unit.c.id == placement.c.unit_id)
    .outerjoin(account, account.c.employee_id == employee.c.id)
    .where(employee.c.tenant == TENANT, employee.c.id != bindparam("oneself"), is_active())
    .order_by(unit.c.name, employee.c.name, employee.c.id)
)


@dataclass(frozen=True, slots=True)
class AccountSubject:
    """An employee's account on a day; `account` is None where there is none yet."""

    tenant: str
    person: int
    unit_id: int | None
    day: date
    account: int | None
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the code page."""

    person: int
    name: str
    unit: str
    has_password: bool
    code_is_open: bool
    is_closed: bool


def account_subject(context: Context, person: int) -> AccountSubject:
    """Return the account of an employee of the actor's city.

    :raise NotFound: there is no such employee in that city.
    """
    about = employee_subject(context, person)
    key = context.read.execute(_account, {"tenant": about.tenant, "person": person}).scalar_one_or_none()
    roles = frozenset(grant.role for grant in roles_on(context.read, about.tenant, person, about.day))
    return AccountSubject(about.tenant, person, about.unit_id, about.day, key, roles)


def people_for_codes(
    read: Connection, actor: Actor, day: date, now: datetime, *, words: str = "", limit: int = 200
) -> list[Listed]:
    """Return the people to whom the actor may give codes, those of his units or of the whole city, by unit and name."""
    statement = _listed.limit(limit)
    params: dict[str, Any] = {"tenant": actor.tenant, "day": day, "oneself": actor.person or 0}
    if Role.CITY_ADMIN not in actor.groups:
        # What the rule table would refuse is not offered: people with a role get their code from the administrator.
        statement = statement.where(placement.c.unit_id.in_(_units_of(read, actor)), ~_holds_a_role)
    for word in words.split()[:5]:
        statement = statement.where(employee.c.name.icontains(word, autoescape=True))
    rows = read.execute(statement, params)
    return [
        Listed(
            person=row.id,
            name=row.name,
            unit=row.unit or "–",
            has_password=row.has_password,
            code_is_open=row.code_until is not None and row.code_until > now,
            is_closed=row.active is False,
        )
        for row in rows
    ]


def _units_of(read: Connection, actor: Actor) -> list[int]:
    """Return the units that the actor is HR officer of, and all below them."""
    prefix = f"{Role.UNIT_HR_OFFICER}:"
    own = [int(group.removeprefix(prefix)) for group in actor.groups if group.startswith(prefix)]
    return sorted({below for one in own for below in ids_below(read, actor.tenant, one)})

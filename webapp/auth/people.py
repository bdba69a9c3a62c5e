"""Accounts as commands see them: whose, in which unit, with which roles."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select

from engine.command import Context
from processes.people.queries import roles_on
from processes.people.queries.on_day import TENANT
from processes.people.records import Role
from processes.people.subjects import employee_subject
from webapp.auth.records import account

_account = select(account.c.id).where(account.c.tenant == TENANT, account.c.employee_id == bindparam("person"))


@dataclass(frozen=True, slots=True)
class AccountSubject:
    """An employee's account on a day; `account` is None where there is none yet."""

    tenant: str
    person: int
    unit_id: int | None
    day: date
    account: int | None
    roles: frozenset[Role]


def account_subject(context: Context, person: int) -> AccountSubject:
    """Return the account of an employee of the actor's city.

    :raise NotFound: there is no such employee in that city.
    """
    about = employee_subject(context, person)
    key = context.read.execute(_account, {"tenant": about.tenant, "person": person}).scalar_one_or_none()
    roles = frozenset(grant.role for grant in roles_on(context.read, about.tenant, person, about.day))
    return AccountSubject(about.tenant, person, about.unit_id, about.day, key, roles)

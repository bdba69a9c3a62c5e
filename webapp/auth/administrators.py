"""Which administrators of a city can sign in: whoever holds the role but cannot leads nobody back in."""

from datetime import date, datetime

from sqlalchemy import Connection, and_, bindparam, or_, select

from processes.people.queries.on_day import TENANT, holds_on, is_active
from processes.people.records import Role, employee, role_grant
from webapp.auth.codes import MOST_TRIES
from webapp.auth.records import account

_able = (
    select(account.c.id)
    .join(employee, employee.c.id == account.c.employee_id)
    .join(role_grant, role_grant.c.employee_id == employee.c.id)
    .where(
        account.c.tenant == TENANT,
        account.c.active,
        or_(
            account.c.password.is_not(None),
            and_(account.c.code_until > bindparam("now"), account.c.code_tries < MOST_TRIES),
        ),
        role_grant.c.tenant == TENANT,
        role_grant.c.role == Role.CITY_ADMIN.value,
        holds_on(role_grant),
        is_active(),
    )
    .limit(1)
)


def has_administrator(read: Connection, tenant: str, day: date, now: datetime) -> bool:
    """Say whether an administrator in service can sign in: by a password, or a code that still opens."""
    return read.execute(_able, {"tenant": tenant, "day": day, "now": now}).first() is not None

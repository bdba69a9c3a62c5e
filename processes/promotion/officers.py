"""Which group proposes a promotion: the HR officers nearest to the employee's unit who have no part in it."""

from datetime import date

from sqlalchemy import Connection, bindparam, select

from processes.people.conflicts import interest_in
from processes.people.queries import ids_above
from processes.people.queries.on_day import holds_on
from processes.people.records import Role, role_grant

_officers = select(role_grant.c.unit_id, role_grant.c.employee_id).where(
    role_grant.c.tenant == bindparam("tenant"),
    role_grant.c.role == str(Role.UNIT_HR_OFFICER),
    role_grant.c.unit_id.in_(bindparam("units", expanding=True)),
    holds_on(role_grant),
)


def proposing_group(read: Connection, tenant: str, employee: int, unit_id: int, day: date) -> str:
    """Return the group that proposes an employee: of his unit, of one above, or else the personnel agency."""
    units = list(ids_above(read, tenant, unit_id))
    found = read.execute(_officers, {"tenant": tenant, "units": units, "day": day}).all()
    free = {row.unit_id for row in found if interest_in(read, tenant, row.employee_id, employee, day) is None}
    nearest = next((unit for unit in units if unit in free), None)
    return str(Role.HR_VERIFIER) if nearest is None else f"{Role.UNIT_HR_OFFICER}:{nearest}"

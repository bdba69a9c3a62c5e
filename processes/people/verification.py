"""What the history checker is told of people's records: days that were changed, and roles that were granted."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from engine.queries.verification import Finding
from engine.records.history import audit
from processes.people.imports.holidays import HOLIDAYS
from processes.people.imports.runs import import_run
from processes.people.imports.units import UNITS
from processes.people.records import role_grant

_last_change = select(func.max(import_run.c.at)).where(
    import_run.c.tenant == bindparam("tenant"),
    # A unit says whether its week has five or six days.
    import_run.c.kind.in_((HOLIDAYS.name, UNITS.name)),
    import_run.c.new + import_run.c.changed > 0,
)

_held = select(role_grant.c.employee_id, func.count().label("times")).group_by(role_grant.c.employee_id)
#: The second one grants the first role of an installation.
_GRANTS = ("GrantRole", "AppointFirstAdministrator")
_granted = (
    select(audit.c.subject, func.count().label("times")).where(audit.c.command.in_(_GRANTS)).group_by(audit.c.subject)
)


def days_changed(read: Connection, tenant: str) -> datetime | None:
    """Return when an import changed the holidays or units of a city last; None if none did."""
    found: datetime | None = read.execute(_last_change, {"tenant": tenant}).scalar_one()
    return found


def check_roles(read: Connection) -> Iterator[Finding]:
    """Yield who has more roles than the audit trail says were granted; one that is revoked only ends."""
    granted = {row.subject: row.times for row in read.execute(_granted)}
    for row in read.execute(_held):
        if row.times > granted.get(row.employee_id, 0):
            params = {"person": row.employee_id, "found": row.times, "expected": granted.get(row.employee_id, 0)}
            yield Finding("role_without_audit", params=params)


#: Nothing is kept beside the cases.
CASE_CHECKS = ()
#: What `alur verify` proves of what belongs to no case.
WHOLE_CHECKS = (check_roles,)

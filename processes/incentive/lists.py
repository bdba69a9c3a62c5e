"""Who is on the list of a unit's month: nobody approves a list on which he alone is."""

from datetime import date

from sqlalchemy import Connection, bindparam, select

from processes.incentive.records import allowance_slip
from processes.people.queries.on_day import TENANT

_of_list = (
    select(allowance_slip.c.employee_id)
    .where(
        allowance_slip.c.tenant == TENANT,
        allowance_slip.c.unit_id == bindparam("unit_id"),
        allowance_slip.c.month == bindparam("month"),
        allowance_slip.c.is_void.is_(False),
    )
    .distinct()
    .limit(2)
)


def alone_on_list(read: Connection, tenant: str, unit_id: int, month: date) -> int | None:
    """Return the person who alone is on the list of a unit's month; None for none, or several."""
    found = read.execute(_of_list, {"tenant": tenant, "unit_id": unit_id, "month": month}).scalars().all()
    return int(found[0]) if len(found) == 1 else None

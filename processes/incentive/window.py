"""Until when a slip can be disputed."""

from datetime import date, tzinfo
from typing import Final

from sqlalchemy import Connection

from processes.incentive.months import read_run
from processes.people.queries import calendar_of_unit

#: Working days after the slips were published (dossier 3.5); the diagram's timer counts the same.
DISPUTE_DAYS: Final = 5


def last_day_to_dispute(read: Connection, tenant: str, unit_id: int, month: date, zone: tzinfo) -> date | None:
    """Return the last day on which slips of a unit's month are disputed; None before they are published."""
    run = read_run(read, tenant, unit_id, month)
    if run is None or run.published_at is None:
        return None
    published = run.published_at.astimezone(zone).date()
    return calendar_of_unit(read, tenant, unit_id).add_working_days(published, DISPUTE_DAYS)

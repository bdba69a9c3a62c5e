"""The working days of a unit: its week of 5 or 6 days without the city's holidays."""

from collections.abc import Iterable
from datetime import date
from hashlib import sha256

from sqlalchemy import Connection, bindparam, select

from engine.calendar import WorkCalendar
from engine.errors import NotFound
from processes.people.queries.on_day import TENANT
from processes.people.queries.units import all_units
from processes.people.records import holiday, unit

_days = (
    select(unit.c.week, holiday.c.day)
    .select_from(unit)
    .outerjoin(holiday, holiday.c.tenant == unit.c.tenant)
    .where(unit.c.tenant == TENANT, unit.c.id == bindparam("unit_id"))
)
_holidays = select(holiday.c.day, holiday.c.name).where(holiday.c.tenant == TENANT).order_by(holiday.c.day)


def calendar_of_unit(read: Connection, tenant: str, unit_id: int) -> WorkCalendar:
    """Return the working days of a unit.

    :raise NotFound: there is no such unit in that city.
    """
    rows = read.execute(_days, {"tenant": tenant, "unit_id": unit_id}).all()
    if not rows:
        raise NotFound()
    days = frozenset(row.day for row in rows if row.day is not None)
    return WorkCalendar(holiday_version(days), days, 6 if rows[0].week == 6 else 5)


def unit_calendars(read: Connection, tenant: str) -> dict[int, WorkCalendar]:
    """Return the working days of every unit of a city, in two statements."""
    days = frozenset(holidays_of(read, tenant))
    version = holiday_version(days)
    five, six = WorkCalendar(version, days, 5), WorkCalendar(version, days, 6)
    return {item.id: six if item.week == 6 else five for item in all_units(read, tenant)}


def holidays_of(read: Connection, tenant: str) -> dict[date, str]:
    """Return the names of a city's holidays by day."""
    return {row.day: row.name for row in read.execute(_holidays, {"tenant": tenant})}


def holiday_version(days: Iterable[date]) -> str:
    """Return the name of a holiday list: the same days always have the same one."""
    listed = "\n".join(day.isoformat() for day in sorted(days))
    return sha256(listed.encode()).hexdigest()[:16]

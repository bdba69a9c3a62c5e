"""Which month of a city is to be opened by itself: the one that has ended, on the day that the city has set."""

from datetime import date, timedelta
from typing import Final

from sqlalchemy import Connection, bindparam, select

from engine.records.schema import Day
from processes.incentive.opening import units_to_open
from processes.incentive.parameters import basis_on, numbers_on
from processes.incentive.records import allowance_run
from processes.people.city import City
from processes.people.queries.on_day import TENANT

#: `day`: on which day of the next month; 0 leaves it to people.
OPENING: Final = "incentive.opening"

_any_run = (
    select(allowance_run.c.id)
    .where(allowance_run.c.tenant == TENANT, allowance_run.c.month == bindparam("month", type_=Day))
    .limit(1)
)


def month_to_open(read: Connection, tenant: str, today: date, *, city: City) -> date | None:
    """Return the month that has ended and waits to be opened; None before its day, or if there is nothing to compute.

    A month that somebody has opened is left to him, and so is a city without amounts: it pays no allowances by Alur.
    """
    day = int(numbers_on(read, tenant, OPENING, today, city=city).get("day", 0))
    month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    if not 0 < day <= today.day or read.execute(_any_run, {"tenant": tenant, "month": month}).first() is not None:
        return None
    _, missing = basis_on(read, tenant, month, city=city)
    return month if not missing and units_to_open(read, tenant, month) else None

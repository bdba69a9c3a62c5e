"""With what the month of each unit starts, and the jobs that start those that are missing."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from sqlalchemy import Connection, bindparam, or_, select

from engine.command import Job
from engine.commands.start_case import NewCase
from engine.records.schema import Day
from processes.incentive.records import LOCKED_STATUSES, allowance_run
from processes.incentive.variables import month_key, month_variables
from processes.people.queries import Unit, all_units
from processes.people.queries.on_day import DAY, TENANT, holds_on
from processes.people.records import Role, employee, placement, role_grant

#: Units per job: one transaction each, so that a killed opening goes on where it stopped.
CHUNK = 25
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli"),
    *("Agustus", "September", "Oktober", "November", "Desember"),
)

_END = bindparam("last", type_=Day)
# Whoever was placed and in service on some day of the month.
_manned = (
    select(placement.c.unit_id)
    .join(employee, employee.c.id == placement.c.employee_id)
    .where(
        placement.c.tenant == TENANT,
        placement.c.valid_from <= _END,
        or_(placement.c.valid_to.is_(None), placement.c.valid_to >= DAY),
        or_(employee.c.active_from.is_(None), employee.c.active_from <= _END),
        or_(employee.c.active_to.is_(None), employee.c.active_to >= DAY),
    )
    .distinct()
)
# Each unit's people of those days, for units in which somebody works alone.
_people = _manned.with_only_columns(placement.c.unit_id, placement.c.employee_id)
_MONTH = bindparam("month", type_=Day)
_runs = select(allowance_run.c.unit_id).where(allowance_run.c.tenant == TENANT, allowance_run.c.month == _MONTH)
# A month is being worked on as long as some unit of it is not locked.
_months_open = (
    select(allowance_run.c.tenant, allowance_run.c.month)
    .where(allowance_run.c.status.not_in(LOCKED_STATUSES))
    .distinct()
)
_officers = select(role_grant.c.unit_id, role_grant.c.employee_id).where(
    role_grant.c.tenant == TENANT,
    role_grant.c.role == Role.UNIT_HR_OFFICER.value,
    role_grant.c.unit_id.is_not(None),
    holds_on(role_grant),
)


def last_of(month: date) -> date:
    """Return the last day of a month."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def month_title(month: date) -> str:
    """Return a month as titles of cases name it: `Maret 2026`."""
    return f"{MONTHS[month.month - 1]} {month.year}"


def units_to_open(read: Connection, tenant: str, month: date) -> tuple[int, ...]:
    """Return the units in which somebody worked in a month and that have no run of it yet."""
    manned = set(read.execute(_manned, {"tenant": tenant, "day": month, "last": last_of(month)}).scalars())
    opened = set(read.execute(_runs, {"tenant": tenant, "month": month}).scalars())
    return tuple(sorted(manned - opened))


def open_months(read: Connection) -> tuple[tuple[str, date], ...]:
    """Return the cities and months in which some unit is not locked yet."""
    return tuple((row.tenant, row.month) for row in read.execute(_months_open))


def month_cases(read: Connection, tenant: str, month: date, units: Iterable[int], today: date) -> tuple[NewCase, ...]:
    """Return the new cases of some units' month."""
    known = {item.id: item for item in all_units(read, tenant)}
    officers, people = _officers_on(read, tenant, today), _people_in(read, tenant, month)
    return tuple(
        _case(known[unit_id], month, officer_group(known, _others(officers, people, unit_id), unit_id))
        for unit_id in units
    )


def officer_group(units: Mapping[int, Unit], officers: frozenset[int], unit_id: int) -> str:
    """Return the group in whose queue a unit's steps wait: its HR officers, else those of the next unit above."""
    found: int | None = unit_id
    seen: set[int] = set()
    while found is not None and found not in officers and found not in seen:
        seen.add(found)
        found = units[found].parent_id if found in units else None
    return f"{Role.UNIT_HR_OFFICER}:{found if found in officers else unit_id}"


def group_of(read: Connection, tenant: str, unit_id: int, today: date) -> str:
    """Return the group whose queue the steps of one unit go to."""
    known = {item.id: item for item in all_units(read, tenant)}
    return officer_group(known, frozenset(_officers_on(read, tenant, today)), unit_id)


def _officers_on(read: Connection, tenant: str, day: date) -> dict[int, set[int]]:
    """Return the HR officers of each unit that has some."""
    found: dict[int, set[int]] = {}
    for row in read.execute(_officers, {"tenant": tenant, "day": day}):
        found.setdefault(row.unit_id, set()).add(row.employee_id)
    return found


def _people_in(read: Connection, tenant: str, month: date) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for row in read.execute(_people, {"tenant": tenant, "day": month, "last": last_of(month)}):
        found.setdefault(row.unit_id, set()).add(row.employee_id)
    return found


def _others(officers: Mapping[int, set[int]], people: Mapping[int, set[int]], unit_id: int) -> frozenset[int]:
    """Return the units with officers, without the unit itself if its only officer works there alone.

    He would have to check a list on which nobody but himself is, and its month would stand still.
    """
    is_about_himself = len(people.get(unit_id, ())) == 1 and officers.get(unit_id) == people[unit_id]
    return frozenset(officers) - ({unit_id} if is_about_himself else set())


def opening_jobs(tenant: str, month: date, units: Iterable[int]) -> Iterator[Job]:
    """Yield the jobs that start the cases of some units, chunk by chunk."""
    ids = sorted(units)
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        named = {"tenant": tenant, "year": month.year, "month": month.month, "first": chunk[0], "last": chunk[-1]}
        # One that waits already is not made twice.
        yield Job("open_allowances", named, unique=":".join(["open_allowances", *map(str, named.values())]))


def _case(unit: Unit, month: date, group: str) -> NewCase:
    title = f"{unit.name} · TPP {month_title(month)}"
    return NewCase(month_key(unit.id, month), unit.id, title, month_variables(unit.id, month, group))

"""With what each case of a quarter starts, and the jobs that start those that are missing."""

from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy import Connection

from engine.command import Job
from engine.commands.start_case import NewCase
from processes.appraisal.appraised import (
    appraised_staff,
    appraised_units,
    quarter_raters,
    schedules_of,
    subjects_of,
    without_case,
)
from processes.appraisal.schedule import Quarter, Schedule
from processes.appraisal.variables import UNIT_PROCESS, business_key, employee_variables, unit_variables
from processes.people.city import City, ScoreRule
from processes.people.queries import StaffMember, holders_on, units_with_heads
from processes.people.queries.heads import HeadedUnit
from processes.people.records import Role

#: Employees per job: one transaction each, so that a killed opening goes on where it stopped.
CHUNK = 200


def employee_cases(
    read: Connection, city: City, quarter: Quarter, after: int, last: int | None = None, *, today: date | None = None
) -> tuple[NewCase, ...]:
    """Return the new cases of the employees behind an id who have none yet.

    Somebody without any appraiser, not even a head above, gets no case; the page of the quarter shows the gap. Ids, not
    places in a list, bound a chunk: whoever leaves between two chunks does not shift the others.

    :param last: the highest id of the chunk; None for everybody behind.
    :param today: the day on which the cases start, if it is not that of the opening: from it their working days are
        counted, and whoever rates is somebody who is there then.
    """
    starts_on = today or quarter.opens_on
    staff = [item for item in appraised_staff(read, quarter) if after < item.id and (last is None or item.id <= last)]
    staff = list(without_case(read, quarter, staff))
    schedules = schedules_of(read, quarter, starts_on)
    raters = quarter_raters(read, quarter, [item.id for item in staff], starts_on)
    regional_heads = holders_on(read, quarter.tenant, Role.APPOINTING_AUTHORITY, starts_on)
    rule = city.rule(quarter.period.end)
    return tuple(
        _employee_case(
            quarter,
            item,
            schedules[item.unit_id],
            rule,
            rater=raters[item.id],
            # What the regional head evaluates is final: nobody stands above him (PermenPANRB 6/2022 Ps 23).
            is_final=raters[item.id] in regional_heads,
        )
        for item in staff
        if item.id in raters
    )


def unit_cases(read: Connection, quarter: Quarter, *, today: date | None = None) -> tuple[NewCase, ...]:
    """Return the new cases of the units in which somebody is appraised, of those that have none yet.

    A unit that nobody leads or oversees has a case too: it carries the last predicate over, and its people go on.

    :param today: the day on which the cases start, see `employee_cases`.
    """
    starts_on = today or quarter.opens_on
    missing = _units_without_case(read, quarter)
    schedules = schedules_of(read, quarter, starts_on)
    headed = units_with_heads(read, quarter.tenant, starts_on) if missing else ()
    return tuple(_unit_case(quarter, item, schedules[item.unit.id]) for item in headed if item.unit.id in missing)


def opening_jobs(quarter: Quarter, employees: Iterable[int]) -> Iterator[Job]:
    """Yield the jobs that start the cases of some employees, chunk by chunk of their ids.

    The last chunk has no upper end: whoever is imported before it runs belongs to it.
    """
    ids = sorted(employees)
    for start in range(0, len(ids), CHUNK):
        after = ids[start - 1] if start else 0
        last = ids[start + CHUNK - 1] if start + CHUNK < len(ids) else None
        yield _job("open_employees", quarter, after=after, last=last)


def units_job(quarter: Quarter) -> Job:
    """Return the job that starts the cases of all units."""
    return _job("open_units", quarter)


def missing_jobs(read: Connection, quarter: Quarter, today: date) -> tuple[Job, ...]:
    """Return the jobs that start what the opening of a quarter left out; none once its results should be reported.

    A job that gave up, an employee or unit that was imported later, a reporting line that came after the opening: each
    is found by what has no case yet.
    """
    days = schedules_of(read, quarter, quarter.opens_on).values()
    if today > max((item.report_due for item in days), default=quarter.opens_on):
        return ()
    staff = without_case(read, quarter, appraised_staff(read, quarter))
    raters = quarter_raters(read, quarter, [item.id for item in staff], today)
    units = (units_job(quarter),) if _units_without_case(read, quarter) else ()
    return (*units, *opening_jobs(quarter, raters))


def _job(name: str, quarter: Quarter, **more: int | None) -> Job:
    named = {"tenant": quarter.tenant, "year": quarter.year, "quarter": quarter.quarter, **more}
    # One that waits already is not made twice.
    return Job(name, named, unique=":".join([name, *(str(value) for value in named.values())]))


def _units_without_case(read: Connection, quarter: Quarter) -> frozenset[int]:
    return appraised_units(read, quarter) - subjects_of(read, quarter, UNIT_PROCESS)


def _employee_case(
    quarter: Quarter, member: StaffMember, days: Schedule, rule: ScoreRule, *, rater: int, is_final: bool
) -> NewCase:
    variables = employee_variables(
        employee=member.id,
        unit=member.unit_id,
        year=quarter.year,
        quarter=quarter.quarter,
        week=member.week,
        position=member.position,
        rule=rule,
        rater=rater,
        is_final=is_final,
        realisation_due=days.realisation_due,
        window_end=days.window_end,
    )
    key = business_key(member.id, quarter.year, quarter.quarter)
    return NewCase(key, member.id, f"{member.name} · {quarter.title}", variables)


def _unit_case(quarter: Quarter, headed: HeadedUnit, days: Schedule) -> NewCase:
    unit, setter = headed.unit, headed.setter
    variables = unit_variables(
        unit=unit.id,
        year=quarter.year,
        quarter=quarter.quarter,
        week=unit.week,
        head=headed.head or setter,
        head_superior=setter,
        deputy=headed.deputy or setter,
        org_due=days.org_due,
        window_end=days.window_end,
    )
    key = business_key(unit.id, quarter.year, quarter.quarter)
    return NewCase(key, unit.id, f"{unit.name} · {quarter.title}", variables)

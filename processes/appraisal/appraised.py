"""Who is appraised in a quarter and by whom, and who is not, with the reason."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, and_, bindparam, select

from engine.calendar import WorkCalendar
from engine.records.case import case
from engine.records.schema import Day
from processes.appraisal.schedule import USUAL_LENGTHS, Quarter, Schedule, schedule
from processes.appraisal.variables import EMPLOYEE_PROCESS
from processes.people.city import Period
from processes.people.leaves import LeaveKind
from processes.people.queries import (
    StaffMember,
    Unit,
    holders_on,
    raters_of,
    staff_on,
    unit_calendars,
    units_with_heads,
)
from processes.people.records import Role, leave

# Business keys are `2026-3:<subject>`; ';' follows ':' in every collation that compares bytes.
_subjects = select(case.c.subject).where(
    case.c.tenant == bindparam("tenant"),
    case.c.process == bindparam("process"),
    case.c.business_key >= bindparam("first"),
    case.c.business_key < bindparam("last"),
)
#: Leave without a plan (CLTN) that touches the days from `first` to `last`.
UNPAID: Any = and_(
    leave.c.tenant == bindparam("tenant"),
    leave.c.kind == LeaveKind.UNPAID.value,
    leave.c.first_day <= bindparam("last", type_=Day),
    leave.c.last_day >= bindparam("first", type_=Day),
)
_unpaid: Any = (
    select(leave.c.employee_id, leave.c.first_day, leave.c.last_day)
    .where(UNPAID)
    .order_by(leave.c.employee_id, leave.c.first_day)
)


def appraised_staff(read: Connection, quarter: Quarter) -> tuple[StaffMember, ...]:
    """Return who is appraised for a quarter, by id: everybody in service with a post on its last day who has a plan."""
    away = _on_unpaid_leave(read, quarter)
    return tuple(item for item in _with_post(read, quarter) if item.id not in away)


def on_unpaid_leave(read: Connection, quarter: Quarter) -> tuple[StaffMember, ...]:
    """Return who has a post but no plan, because he is on unpaid leave (CLTN) for the whole quarter.

    PermenPANRB 6/2022 annex II names those who make no SKP. Whoever works on one day of the quarter is appraised.
    """
    away = _on_unpaid_leave(read, quarter)
    return tuple(item for item in _with_post(read, quarter) if item.id in away) if away else ()


def rated_outside(read: Connection, quarter: Quarter) -> tuple[StaffMember, ...]:
    """Return who is evaluated outside of this system: the authorized official (the Sekda) whom nobody here rates.

    The regional head evaluates him (PermenPANRB 6/2022 Ps 23). A regional head who is entered with the role of the
    appointing authority rates him here like anybody else.
    """
    officials = holders_on(read, quarter.tenant, Role.AUTHORIZED_OFFICIAL, quarter.opens_on)
    outside = set(officials) - quarter_raters(read, quarter, officials, quarter.opens_on).keys()
    return tuple(item for item in appraised_staff(read, quarter) if item.id in outside) if outside else ()


def unopened_staff(read: Connection, quarter: Quarter) -> tuple[StaffMember, ...]:
    """Return who is appraised for a quarter but has no case, by name; those rated outside are none of them."""
    outside = {item.id for item in rated_outside(read, quarter)}
    staff = without_case(read, quarter, appraised_staff(read, quarter))
    return tuple(sorted((item for item in staff if item.id not in outside), key=lambda item: item.name))


def without_case(read: Connection, quarter: Quarter, staff: Iterable[StaffMember]) -> tuple[StaffMember, ...]:
    """Return those of some employees who have no case in a quarter yet, in their order."""
    opened = subjects_of(read, quarter, EMPLOYEE_PROCESS)
    return tuple(item for item in staff if item.id not in opened)


def subjects_of(read: Connection, quarter: Quarter, process: str) -> frozenset[int]:
    """Return the employees or units that have a case of a process in a quarter."""
    keys = {"first": f"{quarter.year}-{quarter.quarter}:", "last": f"{quarter.year}-{quarter.quarter};"}
    return frozenset(read.execute(_subjects, {"tenant": quarter.tenant, "process": process, **keys}).scalars())


def appraised_units(read: Connection, quarter: Quarter) -> frozenset[int]:
    """Return the ids of the units in which somebody is appraised."""
    return frozenset(item.unit_id for item in appraised_staff(read, quarter))


def unled_units(read: Connection, quarter: Quarter) -> tuple[Unit, ...]:
    """Return the units in which somebody is appraised but which nobody leads or oversees, by code.

    Their organisation predicate is carried over, for there is nobody to set it.
    """
    headed = units_with_heads(read, quarter.tenant, quarter.opens_on)
    unled = [item.unit for item in headed if item.setter is None]
    appraised = appraised_units(read, quarter) if unled else ()
    return tuple(unit for unit in unled if unit.id in appraised)


def quarter_raters(
    read: Connection, quarter: Quarter, employee_ids: Sequence[int], today: date, *, since: date | None = None
) -> dict[int, int]:
    """Return who evaluates the quarter of each employee, as things stand; those without anybody are left out.

    The opening, the night and an approved correction ask this one question, so that none undoes another's answer. The
    rater has to be there until the window of these cases ends and, when it is over, today: somebody who left in the
    meantime gets no task.

    :param since: the day on which the cases started, from which their window is counted; today if they have none yet.
    """
    starts_on = max(quarter.opens_on, since or today)
    ends = (days.window_end for days in schedules_of(read, quarter, starts_on).values())
    found = raters_of(
        read,
        quarter.tenant,
        employee_ids,
        quarter.period.end,
        window_first=quarter.evaluated_from,
        window_last=max((*ends, starts_on, today)),
    )
    return {employee_id: rater.person for employee_id, rater in found.items()}


def schedules_of(read: Connection, quarter: Quarter, starts_on: date) -> dict[int, Schedule]:
    """Count the window's days in every unit from a day on, once for each kind of week."""
    counted: dict[WorkCalendar, Schedule] = {}
    found = {}
    for unit_id, calendar in unit_calendars(read, quarter.tenant).items():
        if calendar not in counted:
            counted[calendar] = schedule(starts_on, USUAL_LENGTHS, calendar)
        found[unit_id] = counted[calendar]
    return found


def away_all(leaves: Iterable[Any], period: Period) -> frozenset[int]:
    """Return whom leave keeps away for a whole period, be it one leave or several without a day between them.

    :param leaves: rows of `leave` that touch the period, the leaves of each employee in their order.
    """
    at_work = dict[int, date]()  # the first day of the period that no leave read so far covers
    for row in leaves:
        day = at_work.setdefault(row.employee_id, period.start)
        if row.first_day <= day:
            at_work[row.employee_id] = max(day, row.last_day + timedelta(days=1))
    return frozenset(person for person, day in at_work.items() if day > period.end)


def _with_post(read: Connection, quarter: Quarter) -> list[StaffMember]:
    staff = staff_on(read, quarter.tenant, quarter.period.end)
    return sorted((item for item in staff if item.post_id), key=lambda item: item.id)


def _on_unpaid_leave(read: Connection, quarter: Quarter) -> frozenset[int]:
    period = quarter.period
    params = {"tenant": quarter.tenant, "first": period.start, "last": period.end}
    return away_all(read.execute(_unpaid, params), period)

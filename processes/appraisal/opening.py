"""Who is appraised in a quarter, by whom, and with what each case starts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from engine.calendar import WorkCalendar
from engine.commands.start_case import NewCase
from processes.appraisal.schedule import USUAL_LENGTHS, Schedule, schedule
from processes.appraisal.variables import business_key, employee_variables, unit_variables
from processes.people.city import City, Period, ScoreRule
from processes.people.queries import StaffMember, holders_on, raters_of, staff_on, unit_calendars, units_with_heads
from processes.people.queries.heads import HeadedUnit
from processes.people.records import Role

#: Employees per job: one transaction each, so that a killed opening goes on where it stopped.
CHUNK = 200


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter that is being opened in a city."""

    tenant: str
    year: int
    quarter: int
    opens_on: date

    @property
    def period(self) -> Period:
        """The quarter as the city's rules see it."""
        return Period.quarter(self.year, self.quarter)

    @property
    def title(self) -> str:
        """How the quarter is named in a case's title."""
        return f"TW {self.quarter} {self.year}"


def appraised_staff(read: Connection, tenant: str, period_end: date) -> tuple[StaffMember, ...]:
    """Return who is appraised for a period: everybody who is in service with a post on its last day, by id."""
    return tuple(
        sorted((item for item in staff_on(read, tenant, period_end) if item.post_id), key=lambda item: item.id)
    )


def appraised_units(read: Connection, tenant: str, period_end: date) -> frozenset[int]:
    """Return the ids of the units in which somebody is appraised."""
    return frozenset(item.unit_id for item in appraised_staff(read, tenant, period_end))


def default_opening(year: int, quarter: int) -> date:
    """Return the day after the quarter, on which its window opens unless the personnel agency says otherwise."""
    return Period.quarter(year, quarter).end + timedelta(days=1)


def employee_cases(read: Connection, city: City, quarter: Quarter, offset: int) -> tuple[NewCase, ...]:
    """Return the new cases of one chunk of employees.

    Somebody without any appraiser, not even a head above, gets no case; the page of the quarter shows the gap.
    """
    staff = appraised_staff(read, quarter.tenant, quarter.period.end)[offset : offset + CHUNK]
    schedules = _schedules(read, quarter)
    raters = quarter_raters(read, quarter, [item.id for item in staff])
    regional_heads = holders_on(read, quarter.tenant, Role.APPOINTING_AUTHORITY, quarter.opens_on)
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


def quarter_raters(read: Connection, quarter: Quarter, employee_ids: Sequence[int]) -> dict[int, int]:
    """Return who evaluates the quarter of each employee, as things stand; those without anybody are left out."""
    schedules = _schedules(read, quarter)
    found = raters_of(
        read,
        quarter.tenant,
        employee_ids,
        quarter.period.end,
        window_first=quarter.opens_on,
        window_last=max((days.window_end for days in schedules.values()), default=quarter.opens_on),
    )
    return {employee_id: rater.person for employee_id, rater in found.items()}


def _schedules(read: Connection, quarter: Quarter) -> dict[int, Schedule]:
    """Count the window's days in every unit, once for each kind of week."""
    counted: dict[WorkCalendar, Schedule] = {}
    found = {}
    for unit_id, calendar in unit_calendars(read, quarter.tenant).items():
        if calendar not in counted:
            counted[calendar] = schedule(quarter.opens_on, USUAL_LENGTHS, calendar)
        found[unit_id] = counted[calendar]
    return found


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


def unit_cases(read: Connection, quarter: Quarter) -> tuple[NewCase, ...]:
    """Return the new cases of all units in which somebody is appraised and somebody stands above."""
    return tuple(_unit_cases(read, quarter))


def _unit_cases(read: Connection, quarter: Quarter) -> Iterator[NewCase]:
    appraised = appraised_units(read, quarter.tenant, quarter.period.end)
    schedules = _schedules(read, quarter)
    for headed in units_with_heads(read, quarter.tenant, quarter.opens_on):
        setter = headed.superior or headed.head
        if headed.unit.id in appraised and setter is not None:
            yield _unit_case(quarter, headed, schedules[headed.unit.id], setter)


def _unit_case(quarter: Quarter, headed: HeadedUnit, days: Schedule, setter: int) -> NewCase:
    unit = headed.unit
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

"""Whom a rater leads today although no evaluation of the newest quarter was opened for them, with the reason."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine.policy.actor import Actor
from engine.records.case import case
from processes.appraisal.appraised import appraised_staff, on_unpaid_leave, quarter_raters, schedules_of
from processes.appraisal.queries.cases import pending_openings
from processes.appraisal.records import period
from processes.appraisal.schedule import Quarter
from processes.appraisal.variables import EMPLOYEE_PROCESS
from processes.people.queries.on_day import holds_on, is_active
from processes.people.records import employee, reporting_line

_opens_on = select(period.c.opens_on).where(
    *(period.c[name] == bindparam(name) for name in ("tenant", "year", "quarter"))
)
_case_of_quarter = select(case.c.id).where(
    case.c.tenant == bindparam("tenant"),
    case.c.process == EMPLOYEE_PROCESS,
    case.c.subject == employee.c.id,
    case.c.business_key.startswith(bindparam("quarter_key")),
)
_led: Any = (
    select(employee.c.id, employee.c.name)
    .distinct()
    .join(reporting_line, reporting_line.c.employee_id == employee.c.id)
    .where(
        reporting_line.c.tenant == bindparam("tenant"),
        reporting_line.c.appraiser_id == bindparam("person"),
        holds_on(reporting_line),
        is_active(),
        ~_case_of_quarter.correlate(employee).exists(),
    )
    .order_by(employee.c.name, employee.c.id)
)


class NoCase(StrEnum):
    """Why somebody has no case."""

    UNPAID_LEAVE = "unpaid_leave"
    NOT_IN_SERVICE = "not_in_service"
    NOT_MINE = "not_mine"
    OPENING = "opening"
    COMING = "coming"
    TOO_LATE = "too_late"


@dataclass(frozen=True, slots=True)
class UnopenedPerson:
    """Somebody whom the rater leads, and why the quarter has no case of him."""

    employee_id: int
    name: str
    reason: NoCase


def unopened_people(read: Connection, actor: Actor, year: int, quarter: int, day: date) -> tuple[UnopenedPerson, ...]:
    """Return those who have no case in a quarter and whose reporting line leads to the actor on a day, by name."""
    key = {"tenant": actor.tenant, "year": year, "quarter": quarter}
    params = {"tenant": actor.tenant, "person": actor.person, "day": day, "quarter_key": f"{year}-{quarter}:"}
    rows = read.execute(_led, params).all()
    if not rows:
        return ()
    opened = Quarter(actor.tenant, year, quarter, read.execute(_opens_on, key).scalar_one())
    reasons = _reasons(read, actor, opened, [row.id for row in rows], day)
    return tuple(UnopenedPerson(row.id, row.name, reasons[row.id]) for row in rows)


def _reasons(read: Connection, actor: Actor, quarter: Quarter, people: list[int], day: date) -> dict[int, NoCase]:
    away = {item.id for item in on_unpaid_leave(read, quarter)}
    appraised = {item.id for item in appraised_staff(read, quarter)}
    raters = quarter_raters(read, quarter, people, day)
    own = _what_comes(read, actor, quarter, day)

    def reason(person: int) -> NoCase:
        if person in away:
            return NoCase.UNPAID_LEAVE
        if person not in appraised:
            return NoCase.NOT_IN_SERVICE
        return own if raters.get(person) == actor.person else NoCase.NOT_MINE

    return {person: reason(person) for person in people}


def _what_comes(read: Connection, actor: Actor, quarter: Quarter, day: date) -> NoCase:
    """Return what becomes of a case that is missing: every hour starts such, until the quarter should be reported."""
    if pending_openings(read, actor, quarter.year, quarter.quarter):
        return NoCase.OPENING
    last = max((days.report_due for days in schedules_of(read, quarter, quarter.opens_on).values()), default=day)
    return NoCase.COMING if day <= last else NoCase.TOO_LATE

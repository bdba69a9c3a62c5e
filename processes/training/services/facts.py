"""Services that look up what a nomination answers, and whether there is another session."""

from datetime import date
from typing import Any

from sqlalchemy import bindparam, select

from engine.services import ServiceContext, ServiceFailed, ServiceResult
from processes.people.city import CityError
from processes.people.queries import find_employee
from processes.people.queries.competencies import competency_gaps
from processes.people.records import EmployeeKind
from processes.training.parameters import PRIORITY, parameters_on
from processes.training.queries.catalogue import Course, coming_sessions, courses, find_session
from processes.training.queries.hours import hours_in, records_of
from processes.training.queries.performance import LastResult, last_result
from processes.training.records import NeedKind, training_nomination
from processes.training.variables import session_id_of, session_variable

_nominated_for = select(training_nomination.c.session_id).where(
    training_nomination.c.tenant == bindparam("tenant"), training_nomination.c.employee_id == bindparam("employee_id")
)


def gather_facts(call: ServiceContext) -> ServiceResult:
    """Return what the eligibility table asks, and what the ranking will ask: gaps, hours, the last result.

    The competency gap is the widest one in what the course teaches (TB-09); what nobody has assessed is no gap.
    """
    day, employee = _today(call), int(call.variables["employee"])
    session = find_session(call.read, call.tenant, session_id_of(call.variables))
    course = courses(call.read, call.tenant)[session.course]
    records = records_of(call.read, call.tenant, employee)
    hours = hours_in(records, day.year)
    competency, gap = widest_gap(call, employee, course, day)
    last = last_result(call.read, call.tenant, employee)
    facts = {
        "course": course.code,
        "hours": hours,
        "competency": competency,
        "gap": gap,
        "performance_gap": last.gap if last is not None else 0,
        "need": _need(call, course, gap, last).value,
        "is_open": day <= session.enrol_until,
        "has_taken": any(item.course == course.code and item.ended_on.year == day.year for item in records),
        "is_over_hours": _is_over_hours(call, employee, hours + course.hours, day),
        "is_for_all": course.is_open,
        "has_gap": gap > 0 or call.variables["need_id"] is not None or (last is not None and last.is_weak),
        "has_superior_reason": _is_by_superior(call) and bool(call.variables["reason"]),
    }
    return ServiceResult(facts)


def widest_gap(call: ServiceContext, employee: int, course: Course, day: date) -> tuple[str | None, int]:
    """Return the competency of a course in which somebody lacks most, and how many levels; None and 0 without a gap."""
    found = competency_gaps(call.read, call.tenant, employee, day=day)
    taught = [(item.gap, item.competency.code) for item in found if item.competency.code in course.targets]
    gap, competency = max(taught, default=(0, ""))
    return (competency, gap) if gap > 0 else (None, 0)


def find_next_session(call: ServiceContext) -> ServiceResult:
    """Return the next session of the course that is open, beside those that the employee is nominated for already.

    Without one the present session stays, and `is_found` says so.
    """
    day, employee = _today(call), int(call.variables["employee"])
    present = find_session(call.read, call.tenant, session_id_of(call.variables))
    known = set(call.read.execute(_nominated_for, {"tenant": call.tenant, "employee_id": employee}).scalars())
    found = next(
        (
            item
            for item in coming_sessions(call.read, call.tenant, day)
            if item.course == present.course and item.enrol_until >= day and item.id not in known | {present.id}
        ),
        None,
    )
    return ServiceResult(session_variable(found or present, employee, is_found=found is not None))


def _need(call: ServiceContext, course: Course, gap: int, last: LastResult | None) -> NeedKind:
    if call.variables["need_id"] is not None:
        return NeedKind.APPRAISAL
    if gap > 0:
        return NeedKind.COMPETENCY
    if last is not None and last.is_weak:
        return NeedKind.PERFORMANCE
    return NeedKind.OPEN if course.is_open and not _is_by_superior(call) else NeedKind.SUPERIOR


def _is_by_superior(call: ServiceContext) -> bool:
    proposer = call.variables["proposed_by"]
    return proposer is not None and proposer == call.variables["superior"]


def _is_over_hours(call: ServiceContext, employee: int, hours: int, day: date) -> bool:
    """Say whether a PPPK would have more hours in the year than PerLAN 15/2020 allows."""
    if find_employee(call.read, call.tenant, employee).kind is not EmployeeKind.PPPK:
        return False
    try:
        values = parameters_on(call.read, call.tenant, PRIORITY, day, city=call.city).values
    except CityError as error:
        raise ServiceFailed(str(error)) from error
    most: Any = values.get("most_hours_pppk")
    return most is not None and hours > most


def _today(call: ServiceContext) -> date:
    return call.now.astimezone(call.zone).date()

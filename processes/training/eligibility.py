"""Whether a nomination is eligible: what its table asks, read from the records, for cases and for pages alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection

from engine.casework import find_release
from engine.feel import Environment
from engine.records.release import latest_release
from processes.people.city import City
from processes.people.queries import find_employee
from processes.people.queries.competencies import competency_gaps
from processes.people.records import EmployeeKind
from processes.training.parameters import PRIORITY, parameters_on
from processes.training.queries.catalogue import Course, Session, courses
from processes.training.queries.hours import hours_in, records_of
from processes.training.queries.performance import LastResult, last_result
from processes.training.records import NeedKind
from processes.training.variables import NOMINATION

TABLE: Final = "training_eligibility"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a nomination asks for.

    :param need_id: the draft of an appraisal's result that it answers.
    :param is_by_superior: the superior nominates.
    """

    employee: int
    session: Session
    need_id: int | None = None
    is_by_superior: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Eligibility:
    """What the table says of a nomination, with the facts that it asks.

    :param reason: a code of the table, also where somebody is eligible.
    """

    facts: Mapping[str, Any]
    is_eligible: bool
    reason: str


def facts_of(read: Connection, tenant: str, asked: Asked, day: date, city: City) -> dict[str, Any]:
    """Return what the eligibility table asks, and what the ranking will ask: gaps, hours, the last result.

    The competency gap is the widest one in what the course teaches (TB-09); what nobody has assessed is no gap.

    :raise CityError: the city's plugin does not answer.
    """
    employee, session = asked.employee, asked.session
    course = courses(read, tenant)[session.course]
    records = records_of(read, tenant, employee)
    hours = hours_in(records, day.year)
    competency, gap = _widest_gap(read, tenant, employee, course, day)
    last = last_result(read, tenant, employee)
    most = _most_hours(read, tenant, employee, day, city)
    return {
        "course": course.code,
        "hours": hours,
        "competency": competency,
        "gap": gap,
        "performance_gap": last.gap if last is not None else 0,
        "need": _need(asked, course, gap, last).value,
        "is_open": day <= session.enrol_until,
        "has_taken": any(item.course == course.code and item.ended_on.year == day.year for item in records),
        "is_over_hours": most is not None and hours + course.hours > most,
        "is_for_all": course.is_open,
        "has_gap": gap > 0 or asked.need_id is not None or (last is not None and last.is_weak),
        "has_superior_reason": asked.is_by_superior and bool(asked.reason),
    }


def eligibility_of(read: Connection, tenant: str, asked: Asked, now: datetime, city: City) -> Eligibility | None:
    """Return what the table in force would say of a nomination; None where no release has the table.

    :param now: an instant in the city's zone.
    :raise CityError: the city's plugin does not answer.
    """
    row = read.execute(latest_release, {"tenant": tenant, "process": NOMINATION}).one_or_none()
    table = find_release(read, row.id, row.digest).decisions.get(TABLE) if row is not None else None
    if table is None:
        return None
    facts = facts_of(read, tenant, asked, now.date(), city)
    found = table.decide({"facts": facts}, Environment(now)).value
    if not isinstance(found, dict):
        return None
    return Eligibility(facts, bool(found.get("is_eligible")), str(found.get("reason") or ""))


def _widest_gap(read: Connection, tenant: str, employee: int, course: Course, day: date) -> tuple[str | None, int]:
    """Return the competency of a course in which somebody lacks most, and how many levels; None and 0 without a gap."""
    found = competency_gaps(read, tenant, employee, day=day)
    taught = [(item.gap, item.competency.code) for item in found if item.competency.code in course.targets]
    gap, competency = max(taught, default=(0, ""))
    return (competency, gap) if gap > 0 else (None, 0)


def _need(asked: Asked, course: Course, gap: int, last: LastResult | None) -> NeedKind:
    if asked.need_id is not None:
        return NeedKind.APPRAISAL
    if gap > 0:
        return NeedKind.COMPETENCY
    if last is not None and last.is_weak:
        return NeedKind.PERFORMANCE
    return NeedKind.OPEN if course.is_open and not asked.is_by_superior else NeedKind.SUPERIOR


def _most_hours(read: Connection, tenant: str, employee: int, day: date, city: City) -> int | None:
    """Return how many hours a year PerLAN 15/2020 allows a PPPK; None for whoever has no such limit."""
    if find_employee(read, tenant, employee).kind is not EmployeeKind.PPPK:
        return None
    most: Any = parameters_on(read, tenant, PRIORITY, day, city=city).values.get("most_hours_pppk")
    return None if most is None else int(most)

"""Services after a training: the certificate with its hours, the competency, and the evaluations."""

from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import bindparam, func, select

from engine.records.changes import Write, write
from engine.services import Notice, ServiceContext, ServiceFailed, ServiceResult
from processes.people.careers import competency_level
from processes.people.city import CityError
from processes.people.queries import appraiser_on, find_employee, placement_on, unit_head_on
from processes.people.queries.competencies import levels_of
from processes.people.queries.on_day import DAY, TENANT, holds_on
from processes.people.queries.placed import PLACED
from processes.people.records import reporting_line
from processes.training.parameters import EVALUATION, parameters_on
from processes.training.queries.catalogue import Course, Session, courses, find_session
from processes.training.records import NominationStatus, training_evaluation, training_record
from processes.training.services.evaluating import evaluation_row, measured_columns
from processes.training.services.nominating import change_status
from processes.training.variables import session_id_of

_issued = select(func.count()).where(
    training_record.c.tenant == TENANT, training_record.c.certificate.like(bindparam("pattern"))
)
_CERTIFICATE: Final = "SERT-{number:05}/{year}"
_colleagues = PLACED.where(
    PLACED.selected_columns.unit_id == bindparam("unit_id"),
    PLACED.selected_columns.id.in_(
        select(reporting_line.c.employee_id).where(
            reporting_line.c.tenant == TENANT,
            reporting_line.c.appraiser_id == bindparam("superior"),
            holds_on(reporting_line, DAY),
        )
    ),
)


def certify(call: ServiceContext) -> ServiceResult:
    """Keep the completed training with its hours, and the competencies that were passed (level 2).

    A level that somebody has already is not lowered by a course. The value is what the evaluation afterwards knows.
    """
    employee, day = int(call.variables["employee"]), call.now.astimezone(call.zone).date()
    session = find_session(call.read, call.tenant, session_id_of(call.variables))
    course = courses(call.read, call.tenant)[session.course]
    number = call.variables["attendance"].get("certificate") or _next_number(call, session.last_day.year)
    record = write(training_record.insert(), **_record(call, course, session, number))
    levels = _levels(call, employee, course, number) if call.variables["outcome"]["is_passed"] else ()
    done = change_status(call, NominationStatus.COMPLETED, call.variables["outcome"]["reason"])
    told = Notice(employee, "training.certified", {"course": course.name_id, "hours": course.hours})
    value = {
        **_dates(call, session),
        "key": f"nomination:{call.case_id}",
        "nomination": call.case_id,
        "employee": employee,
        "unit": int(call.variables["unit"]),
        "title": f"{find_employee(call.read, call.tenant, employee).name} · {course.name_id}",
        "certificate": number,
        "competencies": [row["competency"] for row in levels],
        "head": _head(call, employee),
        "completed_on": day,
    }
    written = (Write(competency_level.insert(), list(levels)),) if levels else ()
    return ServiceResult(value, (record, done, *written), (told,))


def record_reaction(call: ServiceContext) -> ServiceResult:
    """Keep what the participant thinks of the training (level 1): the mean of three marks from 1 to 5."""
    given = call.variables.get("reaction")
    if not given:
        return ServiceResult()
    marks = [Decimal(given[name]) for name in ("material", "trainer", "organisation")]
    row = evaluation_row(call, call.case_id, 1, "alumni", call.variables["employee"])
    row |= {"score": sum(marks) / len(marks), "note": given.get("note")}
    return ServiceResult(writes=(Write(training_evaluation.insert(), (row,)),))


def find_evaluators(call: ServiceContext) -> ServiceResult:
    """Return who is asked whether what was learnt is applied: the alumnus, the superior, a colleague (level 3).

    The colleague has the same superior and unit, and is the first by number: nobody chooses who is asked. Where there
    is none, two are asked.
    """
    training, day = call.variables["training"], call.now.astimezone(call.zone).date()
    employee = int(training["employee"])
    superior = appraiser_on(call.read, call.tenant, employee, day)
    place = placement_on(call.read, call.tenant, employee, day)
    found = [{"role": "alumni", "person": employee}]
    if superior is not None:
        found.append({"role": "superior", "person": superior.person})
    if superior is not None and place is not None:
        params = {"tenant": call.tenant, "day": day, "unit_id": place.unit_id, "superior": superior.person}
        others = (row.id for row in call.read.execute(_colleagues, params))
        colleague = min((person for person in others if person not in (employee, superior.person)), default=None)
        if colleague is not None:
            found.append({"role": "colleague", "person": colleague})
    return ServiceResult(found)


def record_behaviour(call: ServiceContext) -> ServiceResult:
    """Keep the answers of level 3, and whether what was learnt is applied."""
    nomination, is_applied = int(call.variables["training"]["nomination"]), call.variables["applied"]["is_applied"]
    rows = []
    for item in call.variables["answers"]:
        given = (item or {}).get("answer")
        if given:
            row = evaluation_row(call, nomination, 3, item["role"], item["person"])
            rows.append(row | measured_columns(given) | {"score": Decimal(given["rating"]), "is_applied": is_applied})
    employee = int(call.variables["training"]["employee"])
    code = "training.applied" if is_applied else "training.not_applied"
    told = Notice(employee, code, {"certificate": call.variables["training"]["certificate"]})
    return ServiceResult(writes=(Write(training_evaluation.insert(), rows),) if rows else (), notices=(told,))


def _record(call: ServiceContext, course: Course, session: Session, number: str) -> dict[str, Any]:
    return {
        "id": call.new_id(),
        "tenant": call.tenant,
        "employee_id": int(call.variables["employee"]),
        "name": course.name_id,
        "course": course.code,
        "field": course.field,
        "hours": course.hours,
        "ended_on": session.last_day,
        "provider": course.provider or None,
        "certificate": number,
        "case_id": call.case_id,
    }


def _levels(call: ServiceContext, employee: int, course: Course, number: str) -> tuple[dict[str, Any], ...]:
    day = call.now.astimezone(call.zone).date()
    held = levels_of(call.read, call.tenant, employee, day)
    return tuple(
        {
            "tenant": call.tenant,
            "employee_id": employee,
            "competency": code,
            "assessed_on": day,
            "level": level,
            "source": f"{course.name_id[:80]} ({number})"[:120],
            "case_id": call.case_id,
        }
        for code, level in course.targets.items()
        # What was assessed on this very day stands: two findings of one day would be one row.
        if code not in held or (held[code].level < level and held[code].assessed_on < day)
    )


def _next_number(call: ServiceContext, year: int) -> str:
    given = call.read.execute(_issued, {"tenant": call.tenant, "pattern": f"SERT-%/{year}"}).scalar_one()
    return _CERTIFICATE.format(number=int(given) + 1, year=year)


def _dates(call: ServiceContext, session: Session) -> dict[str, Any]:
    try:
        values = parameters_on(call.read, call.tenant, EVALUATION, session.last_day, city=call.city).values
    except CityError as error:
        raise ServiceFailed(str(error)) from error
    return {
        "behaviour_on": session.last_day + timedelta(days=int(values["behaviour_after"])),
        "impact_on": session.last_day + timedelta(days=int(values["impact_after"])),
    }


def _head(call: ServiceContext, employee: int) -> int | None:
    """Return who heads the unit and measures the impact; nobody measures his own training's."""
    day = call.now.astimezone(call.zone).date()
    head = unit_head_on(call.read, call.tenant, int(call.variables["unit"]), day)
    return head.person if head is not None and head.person != employee else None

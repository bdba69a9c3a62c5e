"""Services that look up what a nomination answers, and whether there is another session."""

from datetime import date

from sqlalchemy import bindparam, select

from engine.services import ServiceContext, ServiceFailed, ServiceResult
from processes.people.city import CityError
from processes.training.eligibility import Asked, facts_of
from processes.training.queries.catalogue import coming_sessions, find_session
from processes.training.records import training_nomination
from processes.training.variables import session_id_of, session_variable

_nominated_for = select(training_nomination.c.session_id).where(
    training_nomination.c.tenant == bindparam("tenant"), training_nomination.c.employee_id == bindparam("employee_id")
)


def gather_facts(call: ServiceContext) -> ServiceResult:
    """Return what the eligibility table asks, and what the ranking will ask: gaps, hours, the last result."""
    asked = Asked(
        int(call.variables["employee"]),
        find_session(call.read, call.tenant, session_id_of(call.variables)),
        call.variables["need_id"],
        _is_by_superior(call),
        call.variables["reason"],
    )
    try:
        return ServiceResult(facts_of(call.read, call.tenant, asked, _today(call), call.city))
    except CityError as error:
        raise ServiceFailed(str(error)) from error


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


def _is_by_superior(call: ServiceContext) -> bool:
    proposer = call.variables["proposed_by"]
    return proposer is not None and proposer == call.variables["superior"]


def _today(call: ServiceContext) -> date:
    return call.now.astimezone(call.zone).date()

"""Services of a dispute: the unit's answer, who decides, where the month stands, and what the employee is told."""

from engine.services import Notice, ServiceContext, ServiceFailed, ServiceResult
from processes.incentive.months import read_run
from processes.incentive.records import LOCKED_STATUSES
from processes.incentive.variables import read_dispute
from processes.people.queries import holders_on
from processes.people.records import Role


def record_answer(call: ServiceContext) -> ServiceResult:
    """Return who answered for the unit, or that nobody did in time."""
    answer = call.variables.get("answer")
    return ServiceResult({"person": call.actor if answer else None, "is_answered": bool(answer)})


def escalate_dispute(call: ServiceContext) -> ServiceResult:
    """Tell the head of the agency that a dispute was not decided in time and now waits for him."""
    case = read_dispute(call.variables)
    day = call.now.astimezone(call.zone).date()
    people = sorted(holders_on(call.read, call.tenant, Role.HR_HEAD, day))
    notices = tuple(Notice(person, "incentive.dispute_escalated", case.named) for person in people)
    return ServiceResult({"is_escalated": True}, notices=notices)


def find_standing(call: ServiceContext) -> ServiceResult:
    """Return whether the month is locked: then what was won is paid with a later month.

    :raise ServiceFailed: there is no such month of the unit.
    """
    case = read_dispute(call.variables)
    run = read_run(call.read, call.tenant, case.unit, case.month)
    if run is None:
        raise ServiceFailed(f"Unit {case.unit} has no month {case.month:%Y-%m}.")
    return ServiceResult({"is_locked": run.status in LOCKED_STATUSES})


def tell_decision(call: ServiceContext) -> ServiceResult:
    """Tell the employee how the dispute was decided, and that a granted one changed nothing where that is so.

    The reason stands on the case's page.
    """
    case = read_dispute(call.variables)
    is_granted = call.variables["decision"]["outcome"] != "deny"
    outcome = call.variables.get("outcome") or {}
    changes = is_granted and bool(outcome.get("changes_amount", outcome.get("is_changed")))
    granted = "incentive.dispute_granted" if changes else "incentive.dispute_unchanged"
    code = granted if is_granted else "incentive.dispute_denied"
    value = {"is_granted": is_granted, "changes_amount": changes}
    return ServiceResult(value, notices=(Notice(case.employee, code, case.named),))

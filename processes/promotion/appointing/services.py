"""Services of the shared ending: the number of the decree, the inauguration, or that it did not come to one."""

from datetime import date

from sqlalchemy import bindparam, func, select

from engine.records.changes import write
from engine.services import Notice, ServiceContext, ServiceResult
from processes.promotion.appointing.records import post_decree
from processes.promotion.appointing.variables import held_from, read_appointment
from processes.promotion.posts.holding import find_post

_last_number = select(func.coalesce(func.max(post_decree.c.number), 0)).where(
    post_decree.c.tenant == bindparam("tenant"), post_decree.c.year == bindparam("year")
)
_of_case = post_decree.update().where(post_decree.c.case_id == bindparam("of_case_id"))
_inaugurate = _of_case.values(inaugurated_on=bindparam("new_inaugurated_on"), holds_from=bindparam("new_holds_from"))
_cancel = _of_case.values(cancelled=bindparam("new_cancelled"))


def post_decree_name(number: int, year: int) -> str:
    """Return how a decree is cited, such as `821.2/0007/2026`: 821.2 is for appointments in the filing code."""
    return f"821.2/{number:04}/{year}"


def issue_post_decree(call: ServiceContext) -> ServiceResult:
    """Give the decree the next number of its year and keep it; return its name.

    Two that are issued at the same moment would take the same number: the later one is refused by the records, waits
    as an incident, and takes the next one when it is tried again.
    """
    about, answers = read_appointment(call.variables), call.variables["decree_answers"]
    approval = call.variables.get("approval") or {}
    decreed_on: date = answers["decreed_on"]
    number = call.read.execute(_last_number, {"tenant": call.tenant, "year": decreed_on.year}).scalar_one() + 1
    row = write(
        post_decree.insert(),
        case_id=call.case_id,
        tenant=call.tenant,
        year=decreed_on.year,
        number=number,
        employee_id=about.employee,
        post_id=about.post,
        kind=str(about.kind),
        decreed_on=decreed_on,
        effective_on=answers["effective_on"],
        approval_number=approval.get("number"),
        approval_on=approval.get("approved_on"),
        issued_at=call.now,
        issued_by=call.actor,
    )
    told = Notice(about.employee, "appointment.decreed", {"post": _post_name(call)})
    return ServiceResult(post_decree_name(number, decreed_on.year), (row,), (told,))


def record_inauguration(call: ServiceContext) -> ServiceResult:
    """Keep when somebody was inaugurated and from when the post is held; return that day.

    The records of posts follow by a job (`FollowAppointments`), for commands alone write them.
    """
    first = held_from(call.variables)
    inaugurated_on = call.variables["inauguration"]["inaugurated_on"]
    change = write(
        _inaugurate, expect=1, of_case_id=call.case_id, new_inaugurated_on=inaugurated_on, new_holds_from=first
    )
    person = read_appointment(call.variables).employee
    told = Notice(person, "appointment.effective", {"post": _post_name(call)})
    return ServiceResult(first, (change,), (told,))


def cancel_post_decree(call: ServiceContext) -> ServiceResult:
    """Keep why there was no inauguration: the decree has no effect, and its number is not given again."""
    reason = str(call.variables["inauguration"]["reason"])
    change = write(_cancel, expect=1, of_case_id=call.case_id, new_cancelled=reason)
    person = read_appointment(call.variables).employee
    told = Notice(person, "appointment.cancelled", {"post": _post_name(call)})
    return ServiceResult(writes=(change,), notices=(told,))


def _post_name(call: ServiceContext) -> str:
    return find_post(call.read, call.tenant, read_appointment(call.variables).post).name


APPOINTING_SERVICES = {
    "promotion.issue_post_decree": issue_post_decree,
    "promotion.record_inauguration": record_inauguration,
    "promotion.cancel_post_decree": cancel_post_decree,
}

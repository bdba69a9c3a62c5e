"""Services around the decision: who may decide, who is reminded, and what a refusal says."""

from engine.services import Notice, ServiceContext, ServiceResult
from processes.people.conflicts import interest_in
from processes.people.queries import holders_on
from processes.people.records import Role
from processes.promotion.variables import read_case


def find_deciders(call: ServiceContext) -> ServiceResult:
    """Return whether an authorized official is there who may decide about the employee.

    Where all of them are the employee, his family or those whom he appraises, the appointing authority decides.
    """
    case = read_case(call.variables)
    day = call.now.astimezone(call.zone).date()
    officials = holders_on(call.read, call.tenant, Role.AUTHORIZED_OFFICIAL, day)
    free = [person for person in officials if interest_in(call.read, call.tenant, person, case.employee, day) is None]
    return ServiceResult({"official": bool(free)})


def remind_agency(call: ServiceContext) -> ServiceResult:
    """Tell the heads of the personnel agency that a verification has waited too long."""
    day = call.now.astimezone(call.zone).date()
    heads = holders_on(call.read, call.tenant, Role.HR_HEAD, day)
    code = read_case(call.variables).period.code
    return ServiceResult(notices=tuple(Notice(head, "promotion.waiting", {"period": code}) for head in heads))


def report_refusal(call: ServiceContext) -> ServiceResult:
    """Tell the employee that the proposal was refused; the reason stands in the case, which he may read."""
    case = read_case(call.variables)
    return ServiceResult(notices=(Notice(case.employee, "promotion.refused", {"period": case.period.code}),))

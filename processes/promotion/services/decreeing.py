"""Services from the decree on: its number, and the rank that begins to count."""

from datetime import date

from sqlalchemy import bindparam, func, select

from engine.records.changes import write
from engine.services import Notice, ServiceContext, ServiceResult
from processes.people.careers import rank
from processes.promotion.records import promotion_decree
from processes.promotion.variables import read_case

#: Who signs: the appointing authority, or the authorized official in its name.
SIGNED_BY_HEAD, SIGNED_FOR_HEAD = "head", "for_head"
_DELEGATED = "OFFICIAL"

_last_number = select(func.coalesce(func.max(promotion_decree.c.number), 0)).where(
    promotion_decree.c.tenant == bindparam("tenant"), promotion_decree.c.year == bindparam("year")
)


def decree_name(number: int, year: int) -> str:
    """Return how a decree is cited, such as `823/0007/2026`: 823 stands for rank promotions in the filing code."""
    return f"823/{number:04}/{year}"


def issue_decree(call: ServiceContext) -> ServiceResult:
    """Give the decree the next number of its year and keep it; return its name.

    Two that are issued at the same moment would take the same number: the later one is refused by the records, waits
    as an incident, and takes the next one when it is tried again.
    """
    case, facts = read_case(call.variables), call.variables["facts"]
    decreed_on: date = call.variables["issue_answers"]["decreed_on"]
    approval = call.variables["approval"]
    params = {"tenant": call.tenant, "year": decreed_on.year}
    number = call.read.execute(_last_number, params).scalar_one() + 1
    months = facts.get("months_of_service")
    row = write(
        promotion_decree.insert(),
        case_id=call.case_id,
        tenant=call.tenant,
        year=decreed_on.year,
        number=number,
        batch=case.period.code,
        employee_id=case.employee,
        unit_id=case.unit,
        route=facts["route"],
        from_grade=facts["grade"],
        to_grade=facts["next_grade"],
        effective_on=case.period.effective_on,
        decreed_on=decreed_on,
        signed_by=SIGNED_FOR_HEAD if call.variables["authority"] == _DELEGATED else SIGNED_BY_HEAD,
        service_months=None if months is None else int(months),
        approval_number=approval["number"],
        approval_on=approval["approved_on"],
        issued_at=call.now,
        issued_by=call.actor,
    )
    name = decree_name(number, decreed_on.year)
    told = Notice(case.employee, "promotion.decreed", {"grade": facts["next_grade"], "period": case.period.code})
    return ServiceResult(name, (row,), (told,))


def apply_rank(call: ServiceContext) -> ServiceResult:
    """Write the new rank into the history, from the day of effect on; the employee's present grade follows by a job."""
    case, facts = read_case(call.variables), call.variables["facts"]
    history = write(
        rank.insert(),
        id=call.new_id(),
        tenant=call.tenant,
        employee_id=case.employee,
        grade=facts["next_grade"],
        valid_from=case.period.effective_on,
        decree=call.variables["decree"],
        case_id=call.case_id,
    )
    told = Notice(case.employee, "promotion.effective", {"grade": facts["next_grade"]})
    return ServiceResult(writes=(history,), notices=(told,))

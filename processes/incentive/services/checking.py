"""Services of the unit's own part: compute, check, remind, and what is decided about the ceiling."""

from datetime import date

from engine.records.changes import Write
from engine.services import Notice, ServiceContext, ServiceFailed, ServiceResult
from processes.incentive import months
from processes.incentive.services.runs import new_run
from processes.incentive.variables import MonthCase, read_month
from processes.people.city import CityError
from processes.people.queries import heads_above, holders_on, superior_head
from processes.people.records import Role


def compute_month(call: ServiceContext) -> ServiceResult:
    """Compute everybody's slip of the unit and return the totals the way the diagram asks about them.

    The same facts give the same slips: a rerun without news writes no new version.
    """
    case = read_month(call.variables)
    run = months.read_run(call.read, call.tenant, case.unit, case.month)
    opened: tuple[Write, ...] = ()
    if run is None:
        opened, run = new_run(call, case)
    try:
        computed = months.compute_month(call.read, call.tenant, case.unit, case.month, city=call.city)
        writes = months.month_writes(call.read, computed, run, actor=call.actor, now=call.now, new_id=call.new_id)
    except (CityError, ValueError) as error:
        raise ServiceFailed(str(error)) from error
    told = {
        "people": computed.people,
        "gross": computed.gross,
        "net": computed.net,
        "ceiling": computed.ceiling,
        "blocking": len(computed.blocking),
        "findings": len(computed.findings),
        "needs_decision": computed.ceiling is None or computed.is_over_ceiling,
    }
    return ServiceResult(told, (*opened, *writes))


def record_check(call: ServiceContext) -> ServiceResult:
    """Return who checked the month for the unit: no one of the later steps may be his."""
    return ServiceResult({"person": call.actor, "note": (call.variables.get("check") or {}).get("note")})


def record_ceiling(call: ServiceContext) -> ServiceResult:
    """Return who decided about the ceiling and why; a refusal sends the month back to the unit."""
    case, decision = read_month(call.variables), call.variables["ceiling_decision"]
    value = {"person": call.actor, "outcome": decision["outcome"], "reason": decision["reason"]}
    notices = () if decision["outcome"] == "allow" else tell_officer(call, case, "incentive.over_ceiling")
    return ServiceResult(value, notices=notices)


def tell_officer(call: ServiceContext, case: MonthCase, code: str) -> tuple[Notice, ...]:
    """Return the notice to whoever checked the month."""
    checked = call.variables.get("checked") or {}
    person = checked.get("person")
    return () if person is None else (Notice(int(person), code, case.named),)


def remind(call: ServiceContext) -> ServiceResult:
    """Tell whoever stands above a late step: the head of the unit, the head's superior, or the agency's head."""
    case = read_month(call.variables)
    day = call.now.astimezone(call.zone).date()
    people = _whom_to_remind(call, case, day)
    return ServiceResult(notices=tuple(Notice(person, "incentive.late", case.named) for person in people))


def _whom_to_remind(call: ServiceContext, case: MonthCase, day: date) -> tuple[int, ...]:
    step = call.inputs["step"]
    if step == "verify":
        return tuple(sorted(holders_on(call.read, call.tenant, Role.HR_HEAD, day)))
    if step == "sign":
        above = superior_head(call.read, call.tenant, case.unit, day)
        return () if above is None else (above,)
    return tuple(head.person for head in heads_above(call.read, call.tenant, case.unit, day)[:1])

"""Services from the payment request to the payment: slips, lock, payment order."""

from engine.records.changes import write
from engine.services import Notice, ServiceContext, ServiceResult
from processes.incentive import months
from processes.incentive.records import RunStatus, allowance_payment
from processes.incentive.services.checking import tell_officer
from processes.incentive.services.runs import run_of
from processes.incentive.slips import slips_of_unit
from processes.incentive.variables import MonthCase, as_day, read_month

_insert_payment = allowance_payment.insert()
FROM_CASE = "case"


def record_order(call: ServiceContext) -> ServiceResult:
    """Keep the payment request, or tell the unit that its list came back; the run moves on with the slips."""
    case, order = read_month(call.variables), call.variables["order"]
    value = {"person": call.actor, "outcome": order["outcome"], "number": order.get("number")}
    is_returned = order["outcome"] != "approve"
    return ServiceResult(value, notices=tell_officer(call, case, "incentive.returned") if is_returned else ())


def publish_slips(call: ServiceContext) -> ServiceResult:
    """Let everybody of the unit read the own slip and tell them so: the time to dispute begins."""
    case = read_month(call.variables)
    people = _people(call, case)
    moved = months.status_write(run_of(call, case), RunStatus.PUBLISHED, now=call.now)
    notices = tuple(Notice(person, "incentive.published", case.named) for person in people)
    return ServiceResult({"people": len(people)}, (moved,), notices)


def lock_month(call: ServiceContext) -> ServiceResult:
    """Lock the month: from here on its slips stay as they are."""
    run = run_of(call, read_month(call.variables))
    value = {"digest": run.digest, "gross": run.gross, "net": run.net}
    return ServiceResult(value, (months.status_write(run, RunStatus.LOCKED, now=call.now),))


def record_payment(call: ServiceContext) -> ServiceResult:
    """Keep the payment order and tell everybody whom it pays."""
    case, payment = read_month(call.variables), call.variables["payment"]
    run = run_of(call, case)
    paid = write(
        _insert_payment,
        tenant=call.tenant,
        unit_id=case.unit,
        month=case.month,
        number=payment["number"],
        paid_on=as_day(payment["paid_on"]),
        amount=run.net,
        source=FROM_CASE,
        case_id=call.case_id,
    )
    notices = tuple(Notice(person, "incentive.paid", case.named) for person in _people(call, case))
    moved = months.status_write(run, RunStatus.PAID, now=call.now)
    return ServiceResult({"person": call.actor, "number": payment["number"]}, (paid, moved), notices)


def _people(call: ServiceContext, case: MonthCase) -> tuple[int, ...]:
    slips = slips_of_unit(call.read, call.tenant, case.unit, case.month)
    return tuple(sorted(slip.employee_id for slip in slips if not slip.is_void))

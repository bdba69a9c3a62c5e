"""Services of the statement of responsibility and of the agency's verification."""

from engine.services import Notice, ServiceContext, ServiceFailed, ServiceResult
from processes.incentive import months
from processes.incentive.lists import alone_on_list
from processes.incentive.records import RunStatus
from processes.incentive.services.checking import tell_officer
from processes.incentive.services.runs import run_of
from processes.incentive.variables import acted_in_other_steps, read_month
from processes.people.queries import heads_above


def find_signer(call: ServiceContext) -> ServiceResult:
    """Return who signs: the head of the unit who is there (acting before definitive), else the next one above.

    Whoever has done another step of this month, or is alone on its list, does not sign it: the next one above does.

    :raise ServiceFailed: nobody leads the unit or stands above; it waits until somebody is entered.
    """
    case = read_month(call.variables)
    day = call.now.astimezone(call.zone).date()
    alone = alone_on_list(call.read, call.tenant, case.unit, case.month)
    barred = {*acted_in_other_steps(call.variables, "sign"), alone}
    heads = heads_above(call.read, call.tenant, case.unit, day)
    person = next((head.person for head in heads if head.person not in barred), None)
    if person is None:
        raise ServiceFailed(f"Nobody heads unit {case.unit} or stands above it to sign; enter the head of the unit.")
    return ServiceResult({"person": person}, notices=(Notice(person, "incentive.to_sign", case.named),))


def record_statement(call: ServiceContext) -> ServiceResult:
    """Keep that the head took absolute responsibility for the list as it stands."""
    run = run_of(call, read_month(call.variables))
    value = {"person": call.actor, "digest": run.digest, "note": call.variables["statement"].get("note")}
    return ServiceResult(value, (months.status_write(run, RunStatus.STATED, now=call.now),))


def record_verification(call: ServiceContext) -> ServiceResult:
    """Keep what the agency found; a list that is returned is computed and checked anew, and signed anew."""
    case, outcome = read_month(call.variables), call.variables["verification"]["outcome"]
    value = {"person": call.actor, "outcome": outcome}
    if outcome == "approve":
        write = months.status_write(run_of(call, case), RunStatus.VERIFIED, now=call.now)
        return ServiceResult(value, (write,))
    return ServiceResult(value, notices=tell_officer(call, case, "incentive.returned"))

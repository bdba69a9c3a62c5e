"""Services of a won dispute: the slip computed again before the lock, a signed adjustment after it."""

from collections.abc import Mapping
from typing import Any

from engine.records.changes import Write
from engine.records.files import StoredFile
from engine.services import ServiceContext, ServiceFailed, ServiceResult
from processes.incentive.adjusting import adjustment_write
from processes.incentive.disputed_slips import slip_writes
from processes.incentive.gathering import Overlay
from processes.incentive.granting import granted_writes
from processes.incentive.months import compute_month, read_run
from processes.incentive.records import AttendanceKind
from processes.incentive.rules.attendance import Day
from processes.incentive.slips import slip_of
from processes.incentive.variables import DisputeCase, answered_by, as_day, read_dispute
from processes.people.city import CityError


def recompute_slip(call: ServiceContext) -> ServiceResult:
    """Correct the day that was wrong and compute the slip again, by the parameters its month was computed by.

    :raise ServiceFailed: the month is gone, or its person can get no slip as the records are.
    """
    case = read_dispute(call.variables)
    run = read_run(call.read, call.tenant, case.unit, case.month)
    if run is None:
        raise ServiceFailed(f"Unit {case.unit} has no month {case.month:%Y-%m}.")
    corrected, overlay = _corrections(call, case)
    try:
        computed = compute_month(
            call.read, call.tenant, case.unit, case.month, city=call.city, basis=run.basis, overlay=overlay
        )
        rows = slip_writes(
            call.read, computed, run, case.employee, case_id=call.case_id, now=call.now, new_id=call.new_id
        )
    except (CityError, LookupError) as error:
        raise ServiceFailed(f"The slip cannot be computed again: {error}") from error
    value = {"is_changed": bool(rows), "changes_amount": _changes_amount(call, case, rows), "is_adjusted": False}
    return ServiceResult(value, (*corrected, *rows))


def adjust_slip(call: ServiceContext) -> ServiceResult:
    """Correct the day that was wrong, and let a later month pay what the locked one should have."""
    case = read_dispute(call.variables)
    corrected, overlay = _corrections(call, case)
    try:
        row = adjustment_write(
            call.read,
            call.tenant,
            employee_id=case.employee,
            unit_id=case.unit,
            of_month=case.month,
            city=call.city,
            reason=_decision(call)["reason"],
            signed_by=_decider(call),
            case_id=call.case_id,
            now=call.now,
            new_id=call.new_id,
            overlay=overlay,
        )
    except (CityError, LookupError) as error:
        raise ServiceFailed(f"The adjustment cannot be computed: {error}") from error
    rows = () if row is None else (row,)
    done = dict.fromkeys(("is_changed", "changes_amount", "is_adjusted"), bool(rows))
    return ServiceResult(done, (*corrected, *rows))


def _changes_amount(call: ServiceContext, case: DisputeCase, rows: tuple[Write, ...]) -> bool:
    """Say whether a new version pays another amount: other facts may come to the same rupiah."""
    if not rows:
        return False
    slips = slip_of(call.read, call.tenant, case.employee, case.month)
    before, after = next(slip for slip in slips if slip.unit_id == case.unit), rows[0].rows[0]
    return bool((before.gross, before.net) != (after["gross"], after["net"]))


def _corrections(call: ServiceContext, case: DisputeCase) -> tuple[tuple[Write, ...], Overlay]:
    """Return what is written about the day that was wrong, and the same for computing with it at once."""
    found = _corrected(call)
    if found is None:
        return (), {}
    days = {as_day(found["day"]): _day(found)}
    writes = granted_writes(
        call.read,
        call.tenant,
        employee_id=case.employee,
        unit_id=case.unit,
        days=days,
        reason=_decision(call)["reason"],
        file=_file(found["evidence"][0]),
        proposed_by=answered_by(call.variables),
        decided_by=call.actor,
        case_id=call.case_id,
        now=call.now,
        new_id=call.new_id,
    )
    return writes, {case.employee: days}


def _day(answers: Mapping[str, Any]) -> Day:
    """Return the day that the answers of a form name; whoever was not present was neither late nor early."""
    is_present = answers["kind"] == AttendanceKind.PRESENT.value
    late, early = (int(answers.get(name) or 0) if is_present else 0 for name in ("late", "early"))
    return Day(answers["kind"], late, early, no_check_in=False, no_check_out=False, assembly_missed=False)


def _file(named: Mapping[str, Any]) -> StoredFile:
    return StoredFile(**{name: named[name] for name in ("sha256", "size", "media_type", "filename")})


def _corrected(call: ServiceContext) -> Mapping[str, Any] | None:
    """Return the answers that name the day: the unit's, or the decider's own; None where other data were mended."""
    outcome = _decision(call)["outcome"]
    if outcome == "as_answered":
        answer: Mapping[str, Any] = call.variables["answer"]
        return answer if answer.get("outcome") == "wrong" else None
    return _decision(call) if outcome == "other" else None


def _decision(call: ServiceContext) -> Mapping[str, Any]:
    decision: Mapping[str, Any] = call.variables["decision"]
    return decision


def _decider(call: ServiceContext) -> int:
    if call.actor is None:
        raise ServiceFailed("Nobody has decided the dispute.")
    return call.actor

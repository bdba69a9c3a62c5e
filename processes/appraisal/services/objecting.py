"""Services of the objection: who decides it, and what the decision changes."""

from typing import Any

from engine.records.changes import write
from engine.services import Notice, ServiceContext, ServiceFailed, ServiceResult
from processes.appraisal.services import statements
from processes.appraisal.superiors import deciders
from processes.appraisal.variables import EmployeeCase, read_case


def assign_decider(call: ServiceContext) -> ServiceResult:
    """Name who decides the objection: the superior of the rater, or of the one who has not decided in time.

    Nobody decides about his own rating: where appraiser and superior are one person it goes one level up
    (PermenPANRB 6/2022 annex V). The last one in the line, `is_last`, keeps the task without any limit.

    :raise ServiceFailed: whoever could decide has left since the result was handed over; it waits for a new one.
    """
    case = read_case(call.variables)
    before = call.variables.get("decided_by")
    below = int(before["person"]) if before else case.rated_by
    day = call.now.astimezone(call.zone).date()
    line = deciders(call.read, call.tenant, case.employee, day, below=below, raters=case.raters)
    person = next(line, None)
    if person is None and before:
        return ServiceResult({"person": below, "is_last": True})
    if person is None:
        raise ServiceFailed("Nobody stands above the appraiser to decide the objection; enter the reporting line.")
    notice = Notice(person, "appraisal.objection", {"year": case.year, "quarter": case.quarter})
    return ServiceResult({"person": person, "is_last": next(line, None) is None}, notices=(notice,))


def record_decision(call: ServiceContext) -> ServiceResult:
    """Keep the decision with version 1; changed ratings become version 2, the first stays as it was."""
    case = read_case(call.variables)
    decision = call.variables["decision"]
    if call.variables["predicate"] is None:
        raise ServiceFailed("The quadrant table gives no predicate for the changed ratings.")
    decider = call.actor or int(call.variables["decided_by"]["person"])
    decided = write(
        statements.decide_evaluation,
        expect=1,
        of_case=call.case_id,
        of_version=1,
        **statements.new_values(
            decision=decision["outcome"],
            decision_note=decision["reason"],
            decided_by=decider,
            decided_at=call.now,
        ),
    )
    writes = [decided]
    if decision["outcome"] == "change":
        writes.append(write(statements.insert_evaluation, **_second_version(call, case, decider)))
    notice = Notice(case.employee, f"appraisal.decided_{decision['outcome']}", {"quarter": case.quarter})
    return ServiceResult(writes=tuple(writes), notices=(notice,))


def _second_version(call: ServiceContext, case: EmployeeCase, decider: int) -> dict[str, Any]:
    decision = call.variables["decision"]
    return {
        "case_id": call.case_id,
        "version": 2,
        "tenant": call.tenant,
        **case.key,
        "unit_id": case.unit,
        "work_result": decision["work"],
        "behaviour": decision["behaviour"],
        "predicate": call.variables["predicate"],
        "rater_id": decider,
        "is_final": True,
        "signed_at": call.now,
        "handed_over_at": call.now,
        "response": "final",
    }

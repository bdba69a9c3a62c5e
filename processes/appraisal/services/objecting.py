"""Services of the objection: who decides it, and what the decision changes."""

from typing import Any

from sqlalchemy import Row, bindparam, select

from engine.records.changes import write
from engine.services import Notice, ServiceContext, ServiceFailed, ServiceResult
from processes.appraisal.records import evaluation
from processes.appraisal.services import statements
from processes.appraisal.variables import read_case
from processes.people.queries import appraiser_superior

# The appraised quarter and what the rule recommended hold for every version; the explanation stays with the first.
_KEPT = (
    "case_id",
    "tenant",
    "employee_id",
    "unit_id",
    "year",
    "quarter",
    "value",
    "recommended_work",
    "recommended_behaviour",
)
_first = select(evaluation).where(evaluation.c.case_id == bindparam("case_id"), evaluation.c.version == 1)


def assign_decider(call: ServiceContext) -> ServiceResult:
    """Name who decides the objection: the superior of the rater, or of the one who has not decided in time.

    Nobody decides about his own rating: where appraiser and superior are one person it goes one level up
    (PermenPANRB 6/2022 annex V). The last one in the line keeps the task.
    """
    case = read_case(call.variables)
    before = call.variables.get("decided_by")
    below = int(before["person"]) if before else case.rated_by
    day = call.now.astimezone(call.zone).date()
    above = appraiser_superior(call.read, call.tenant, case.employee, day, below)
    person = below if above is None or above.person == case.rated_by else above.person
    if person == case.rated_by:
        raise ServiceFailed("Nobody stands above the appraiser to decide the objection; enter the reporting line.")
    notice = Notice(person, "appraisal.objection", {"year": str(case.year), "quarter": str(case.quarter)})
    return ServiceResult({"person": person}, notices=(notice,))


def record_decision(call: ServiceContext) -> ServiceResult:
    """Keep the decision with version 1; changed ratings become version 2, the first stays as it was."""
    case = read_case(call.variables)
    decision = call.variables["decision"]
    if call.variables["predicate"] is None:
        raise ServiceFailed("The quadrant table gives no predicate for the changed ratings.")
    first = call.read.execute(_first, {"case_id": call.case_id}).one()
    decided = write(
        statements.decide_evaluation,
        expect=1,
        of_case=call.case_id,
        of_version=1,
        **statements.new_values(
            decision=decision["outcome"],
            decision_note=decision["reason"],
            decided_by=int(call.variables["decided_by"]["person"]),
            decided_at=call.now,
        ),
    )
    writes = [decided]
    if decision["outcome"] == "change":
        writes.append(write(statements.insert_evaluation, **_second_version(call, first)))
    notice = Notice(case.employee, f"appraisal.decided_{decision['outcome']}", {"quarter": str(case.quarter)})
    return ServiceResult(writes=tuple(writes), notices=(notice,))


def _second_version(call: ServiceContext, first: Row[*tuple[Any, ...]]) -> dict[str, Any]:
    decision = call.variables["decision"]
    return {
        **{name: getattr(first, name) for name in _KEPT},
        "version": 2,
        "work_result": decision["work"],
        "behaviour": decision["behaviour"],
        "predicate": call.variables["predicate"],
        "rater_id": int(call.variables["decided_by"]["person"]),
        "is_final": True,
        "signed_at": call.now,
        "handed_over_at": call.now,
        "response": "final",
    }

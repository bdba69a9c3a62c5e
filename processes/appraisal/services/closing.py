"""Services after the signature: hand-over, the employee's answer, the locked result."""

from sqlalchemy import bindparam, func, select

from engine.records.changes import write
from engine.services import Notice, ServiceContext, ServiceResult
from processes.appraisal.records import evaluation
from processes.appraisal.services import statements
from processes.appraisal.variables import EmployeeCase, read_case
from processes.people.records import result

_latest = (
    select(evaluation)
    .where(evaluation.c.case_id == bindparam("case_id"))
    .order_by(evaluation.c.version.desc())
    .limit(1)
)

_known_version = select(func.coalesce(func.max(result.c.version), 0)).where(
    *(result.c[name] == bindparam(name) for name in ("tenant", "employee_id", "year", "quarter"))
)


def record_hand_over(call: ServiceContext) -> ServiceResult:
    """Keep when and how the result reached the employee; without a dialogue in time it is delivered electronically."""
    case = read_case(call.variables)
    dialogue = call.variables.get("dialogue") or {}
    row = write(
        statements.hand_over_evaluation,
        expect=1,
        of_case=call.case_id,
        of_version=1,
        **statements.new_values(
            handed_over_at=call.now, dialogue_on=dialogue.get("dialogue_on"), dialogue_note=dialogue.get("note")
        ),
    )
    return ServiceResult(writes=(row,), notices=(_notice(case, case.employee, "appraisal.handed_over"),))


def record_response(call: ServiceContext) -> ServiceResult:
    """Keep the employee's answer and return it as `accepted`, `objected` or `silent`.

    Silence until the limit has passed means acceptance: PermenPANRB 6/2022 gives the objection 14 working days from
    receipt, after which the result stands. A final result (rated by the appraiser's superior) takes no objection.
    """
    case = read_case(call.variables)
    given = call.variables.get("response") or {}
    answer = "silent"
    if given:
        answer = "objected" if given.get("answer") == "object" and not case.is_final else "accepted"
    row = write(
        statements.respond_evaluation,
        expect=1,
        of_case=call.case_id,
        of_version=1,
        **statements.new_values(
            responded_at=call.now,
            response=answer,
            objection=given.get("reason") if answer == "objected" else None,
        ),
    )
    return ServiceResult(answer, (row,), (_notice(case, case.rated_by, f"appraisal.{answer}"),))


def lock_result(call: ServiceContext) -> ServiceResult:
    """Report the newest version of the evaluation to the results ledger and lock it.

    Where the ledger holds a result of the quarter already, imported from elsewhere, this one is its next version.
    """
    case = read_case(call.variables)
    latest = call.read.execute(_latest, {"case_id": call.case_id}).one()
    decided = call.variables.get("predicate")
    version = 2 if _was_changed(call) else latest.version
    known = int(call.read.execute(_known_version, {"tenant": call.tenant, **case.key}).scalar_one())
    lock = write(
        statements.lock_evaluation,
        expect=1,
        of_case=call.case_id,
        of_version=version,
        **statements.new_values(locked_at=call.now),
    )
    ledger = write(
        statements.insert_result,
        tenant=call.tenant,
        **case.key,
        version=max(version, known + 1),
        unit_id=case.unit,
        value=latest.value,
        work_result=call.variables["ratings"]["work"],
        behaviour=call.variables["ratings"]["behaviour"],
        predicate=decided,
        appraiser_id=case.rated_by,
        case_id=call.case_id,
        decided_at=call.now,
        source="case",
    )
    # Whoever has just been told of the decision on his objection is told the lock with it.
    told = "appraisal.record_decision" in call.step
    notices = () if told else (_notice(case, case.employee, "appraisal.locked"),)
    return ServiceResult(writes=(lock, ledger), notices=notices)


def _was_changed(call: ServiceContext) -> bool:
    """Say whether an objection changed the ratings: its version 2 is written in the same step, so not yet readable."""
    decision = call.variables.get("decision") or {}
    return bool(decision.get("outcome") == "change")


def _notice(case: EmployeeCase, person: int, code: str) -> Notice:
    return Notice(person, code, {"year": str(case.year), "quarter": str(case.quarter)})

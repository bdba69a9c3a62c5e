"""Services after the signature: hand-over, the employee's answer, the locked result."""

from sqlalchemy import bindparam, func, select

from engine.records.changes import write
from engine.services import Notice, ServiceContext, ServiceResult
from processes.appraisal.records import evaluation, recommendation
from processes.appraisal.scores import read_score
from processes.appraisal.services import statements
from processes.appraisal.superiors import deciders
from processes.appraisal.variables import EmployeeCase, read_case
from processes.people.records import result

_latest = (
    select(evaluation.c.version, recommendation.c.explanation)
    .join_from(evaluation, recommendation, recommendation.c.case_id == evaluation.c.case_id)
    .where(evaluation.c.case_id == bindparam("case_id"))
    .order_by(evaluation.c.version.desc())
    .limit(1)
)

_known_version = select(func.coalesce(func.max(result.c.version), 0)).where(
    *(result.c[name] == bindparam(name) for name in ("tenant", "employee_id", "year", "quarter"))
)


def record_hand_over(call: ServiceContext) -> ServiceResult:
    """Keep when and how the result reached the employee; without a dialogue in time it is delivered electronically.

    The value is `rating_by`: where nobody is left by now to decide an objection, the result is final, and the employee
    is told so instead of being asked for an objection that would wait for good.
    """
    case = read_case(call.variables)
    day = call.now.astimezone(call.zone).date()
    line = deciders(call.read, call.tenant, case.employee, day, below=case.rated_by, raters=case.raters)
    is_final = case.is_final or next(line, None) is None
    dialogue = call.variables.get("dialogue") or {}
    row = write(
        statements.hand_over_evaluation,
        expect=1,
        of_case=call.case_id,
        of_version=1,
        **statements.new_values(
            handed_over_at=call.now,
            dialogue_on=dialogue.get("dialogue_on"),
            dialogue_note=dialogue.get("note"),
            is_final=is_final,
        ),
    )
    told = "appraisal.handed_over_final" if is_final else "appraisal.handed_over"
    standing = {**call.variables["rating_by"], "is_final": is_final}
    return ServiceResult(standing, (row,), (_notice(case, case.employee, told),))


def record_response(call: ServiceContext) -> ServiceResult:
    """Keep the employee's answer and return it as `accepted`, `objected` or `silent`.

    Silence until the limit has passed means acceptance: PermenPANRB 6/2022 gives the objection 14 working days from
    receipt, after which the result stands. A final result takes no objection.
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
    score = read_score(call.read, latest.explanation)
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
        value=score.value if score else None,
        work_result=call.variables["ratings"]["work"],
        behaviour=call.variables["ratings"]["behaviour"],
        predicate=decided,
        appraiser_id=_signer(call, case),
        case_id=call.case_id,
        decided_at=call.now,
        source="case",
    )
    # Whoever has just been told of the decision on his objection is told the lock with it.
    told = "appraisal.record_decision" in call.step
    notices = () if told else (_notice(case, case.employee, "appraisal.locked"),)
    return ServiceResult(writes=(lock, ledger), notices=notices)


def _signer(call: ServiceContext, case: EmployeeCase) -> int:
    """Return who signed; cases that were signed before that was kept name who was to sign."""
    signed = call.variables.get("signed_by")
    return int(signed["person"]) if signed else case.rated_by


def _was_changed(call: ServiceContext) -> bool:
    """Say whether an objection changed the ratings: its version 2 is written in the same step, so not yet readable."""
    decision = call.variables.get("decision") or {}
    return bool(decision.get("outcome") == "change")


def _notice(case: EmployeeCase, person: int, code: str) -> Notice:
    return Notice(person, code, {"year": case.year, "quarter": case.quarter})

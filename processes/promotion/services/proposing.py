"""Services up to the verification: what is known of the career, the documents, and credit from results."""

from sqlalchemy import bindparam, select

from engine.records.changes import Write
from engine.services import ServiceContext, ServiceFailed, ServiceResult
from processes.people.queries import placement_on
from processes.promotion.career_facts import CareerFacts
from processes.promotion.career_reading import Numbers, facts_of
from processes.promotion.credit import CreditKind, as_decimal
from processes.promotion.records import credit_score, promotion_document
from processes.promotion.variables import read_case

PROPOSED = "propose"
FROM_CASE = "case"

_known = select(promotion_document.c.sha256).where(promotion_document.c.case_id == bindparam("case_id"))


def gather_facts(call: ServiceContext) -> ServiceResult:
    """Return what the decision tables ask of the employee's career, read from the records now."""
    return ServiceResult(_facts_now(call).plain())


def record_proposal(call: ServiceContext) -> ServiceResult:
    """Keep the documents of the proposal and return whether there is one.

    A file that was handed in before, with a proposal that came back, is kept once.
    """
    case, answers = read_case(call.variables), call.variables.get("proposal") or {}
    known = set(call.read.execute(_known, {"case_id": call.case_id}).scalars())
    found = {file["sha256"]: file for file in answers.get("documents") or () if file["sha256"] not in known}
    rows = [
        {
            "case_id": call.case_id,
            "sha256": file["sha256"],
            "tenant": call.tenant,
            "employee_id": case.employee,
            "filename": file["filename"],
            "media_type": file["media_type"],
            "size": int(file["size"]),
            "added_at": call.now,
            "added_by": call.actor,
        }
        for file in found.values()
    ]
    return ServiceResult(answers.get("outcome") == PROPOSED, (Write(promotion_document.insert(), rows),))


def record_credit(call: ServiceContext) -> ServiceResult:
    """Keep the credit of years and of a diploma that nobody has recorded as credit yet; unrounded, with how it came.

    Only functional posts have credit; for all others nothing is written.
    """
    facts = _facts_now(call)
    rows = [
        {
            "id": call.new_id(),
            "tenant": call.tenant,
            "employee_id": facts.member.id,
            "kind": str(entry.credit.kind),
            "level": str(entry.credit.level),
            "first_day": entry.first,
            "last_day": entry.last,
            "predicate": str(entry.predicate),
            "months": entry.credit.months,
            "percent": entry.credit.percent,
            "coefficient": entry.credit.coefficient if entry.credit.kind is CreditKind.CONVERSION else None,
            "credit": as_decimal(entry.credit.exact),
            "source": FROM_CASE,
            "case_id": call.case_id,
        }
        for entry in facts.credits
        if not entry.is_kept
    ]
    return ServiceResult(len(rows), (Write(credit_score.insert(), rows),))


def _facts_now(call: ServiceContext) -> CareerFacts:
    case = read_case(call.variables)
    day = call.now.astimezone(call.zone).date()
    member = placement_on(call.read, call.tenant, case.employee, day)
    if member is None:
        raise ServiceFailed(f"Employee {case.employee} has no placement on {day}.", employee=case.employee)
    numbers = Numbers.on(call.read, call.tenant, case.period.effective_on, call.city)
    return facts_of(call.read, call.tenant, [member], case.period, numbers)[member.id]

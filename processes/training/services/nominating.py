"""Services that move a nomination on: recorded, declined, queued, waiting, chosen, withdrawn, lapsed."""

from decimal import Decimal
from typing import Any, Final

from sqlalchemy import bindparam, func, select

from engine.records.changes import Write, write
from engine.services import Notice, ServiceContext, ServiceResult
from processes.people.queries.on_day import TENANT
from processes.training.queries.catalogue import courses, find_session
from processes.training.records import NominationStatus, training_nomination
from processes.training.services import statements
from processes.training.variables import session_id_of

_letters = select(func.count()).where(
    training_nomination.c.tenant == TENANT, training_nomination.c.letter.like(bindparam("pattern"))
)
#: Number and year of a letter of assignment; the count begins anew each year.
_LETTER: Final = "ST-{number:04}/BKPSDM/{year}"


def record_nomination(call: ServiceContext) -> ServiceResult:
    """Keep the nomination with what it answers; one that is not eligible is kept with the reason, and told."""
    facts, eligibility = call.variables["facts"], call.variables["eligibility"]
    is_eligible = bool(eligibility["is_eligible"])
    status = NominationStatus.PROPOSED if is_eligible else NominationStatus.REFUSED
    row = write(
        training_nomination.insert(),
        case_id=call.case_id,
        tenant=call.tenant,
        employee_id=int(call.variables["employee"]),
        unit_id=int(call.variables["unit"]),
        session_id=session_id_of(call.variables),
        course=facts["course"],
        need=facts["need"],
        need_id=call.variables["need_id"],
        competency=facts["competency"],
        gap=int(facts["gap"]),
        performance_gap=Decimal(facts["performance_gap"]),
        reason=call.variables["reason"] or None,
        proposed_by=call.variables["proposed_by"],
        proposed_at=call.now,
        status=status.value,
        status_reason=eligibility["reason"],
        letter=None,
        changed_at=call.now,
    )
    notices = () if is_eligible else (_tell(call, "training.refused"),)
    return ServiceResult(writes=(row,), notices=notices)


def decline(call: ServiceContext) -> ServiceResult:
    """Record that the superior or the unit's officer declined; the reason stays with the case."""
    by = "officer" if (call.variables.get("review") or {}).get("decision") == "decline" else "superior"
    change = change_status(call, NominationStatus.DECLINED, by)
    return ServiceResult(writes=(change,), notices=(_tell(call, "training.declined"),))


def queue(call: ServiceContext) -> ServiceResult:
    """Let the nomination take part in the ranking of its session, which may be a later one by now."""
    change = write(
        statements.change_session,
        expect=1,
        of_case_id=call.case_id,
        new_status=NominationStatus.QUEUED.value,
        new_status_reason=None,
        new_session_id=session_id_of(call.variables),
        new_changed_at=call.now,
    )
    return ServiceResult(writes=(change,))


def put_on_list(call: ServiceContext) -> ServiceResult:
    """Record that the seats did not reach as far: a seat that becomes free goes to the first on the list."""
    place = int(call.variables["choice"]["place"])
    change = change_status(call, NominationStatus.WAITING, None)
    return ServiceResult(writes=(change,), notices=(_tell(call, "training.waiting", place=place),))


def lapse(call: ServiceContext) -> ServiceResult:
    """Record that no session had a seat in half a year."""
    change = change_status(call, NominationStatus.LAPSED, None)
    return ServiceResult(writes=(change,), notices=(_tell(call, "training.lapsed"),))


def assign(call: ServiceContext) -> ServiceResult:
    """Give the letter of assignment its number, and tell the participant; the value is the number."""
    year = call.now.astimezone(call.zone).year
    pattern = f"ST-%/{year}"
    given = int(call.read.execute(_letters, {"tenant": call.tenant, "pattern": pattern}).scalar_one())
    letter = _LETTER.format(number=given + 1, year=year)
    change = write(
        statements.change_letter,
        expect=1,
        of_case_id=call.case_id,
        new_status=NominationStatus.CHOSEN.value,
        new_status_reason=None,
        new_letter=letter,
        new_changed_at=call.now,
    )
    return ServiceResult(letter, (change,), (_tell(call, "training.chosen", letter=letter),))


def withdraw(call: ServiceContext) -> ServiceResult:
    """Record that the participant cannot come; the seat is free."""
    return ServiceResult(writes=(change_status(call, NominationStatus.WITHDRAWN, None),))


def note_absence(call: ServiceContext) -> ServiceResult:
    """Record that the participant was not there long enough for a certificate."""
    change = change_status(call, NominationStatus.ABSENT, call.variables["outcome"]["reason"])
    return ServiceResult(writes=(change,), notices=(_tell(call, "training.absent"),))


def change_status(call: ServiceContext, status: NominationStatus, reason: str | None) -> Write:
    """Return the change of a nomination's status."""
    return write(
        statements.change_status,
        expect=1,
        of_case_id=call.case_id,
        new_status=status.value,
        new_status_reason=reason,
        new_changed_at=call.now,
    )


def _tell(call: ServiceContext, code: str, **params: Any) -> Notice:
    session = find_session(call.read, call.tenant, session_id_of(call.variables))
    name = courses(call.read, call.tenant)[session.course].name_id
    return Notice(int(call.variables["employee"]), code, {"course": name, **params})

"""Services of an award for a unit: who decides, and what it leaves behind."""

from typing import Any

from engine.records.changes import Write, write
from engine.services import Notice, ServiceContext, ServiceFailed, ServiceResult
from processes.people.queries import officials_on, unit_head_on
from processes.recognition.records import Outcome, unit_award_outcome
from processes.recognition.services.deciding import decider_of
from processes.recognition.unit_awards.interest import is_interested
from processes.recognition.unit_awards.variables import Proposed, read_proposed

insert_outcome = unit_award_outcome.insert()


def find_unit_authority(call: ServiceContext) -> ServiceResult:
    """Name who decides: the regional head, else the regional secretary; after a limit that passed, the next one.

    :raise ServiceFailed: there is nobody without an interest of his own.
    """
    about, day = read_proposed(call.variables), call.now.astimezone(call.zone).date()
    officials = reversed(officials_on(call.read, call.tenant, day))
    fit = [one for one in officials if not is_interested(call.read, call.tenant, one, about, day)]
    if not fit:
        raise ServiceFailed("Nobody without a conflict of interest may decide; enter a regional head or secretary.")
    before = call.variables.get("authority")
    behind = fit[fit.index(before["person"]) + 1 :] if before and before["person"] in fit else fit
    person = behind[0] if behind else fit[-1]
    told = Notice(person, "award.unit_to_decide", _params(about))
    return ServiceResult({"person": person, "is_last": len(behind) <= 1}, notices=(told,))


def record_unit_declined(call: ServiceContext) -> ServiceResult:
    """Keep that the authority did not give the award, with its grounds."""
    row = _outcome(call, Outcome.DECLINED, decree=None, decree_on=None)
    return ServiceResult(writes=(row,), notices=_to_proposer(call, "award.unit_ended"))


def record_unit_award(call: ServiceContext) -> ServiceResult:
    """Keep the award with its decree; the head of the unit is told, and everybody may read it."""
    about, decree = read_proposed(call.variables), call.variables["decree"]
    row = _outcome(call, Outcome.AWARDED, decree=decree["number"], decree_on=decree["decree_on"])
    head = unit_head_on(call.read, call.tenant, about.unit, call.now.astimezone(call.zone).date())
    told = (Notice(head.person, "award.unit_awarded", _params(about)),) if head is not None else ()
    return ServiceResult(writes=(row,), notices=(*told, *_to_proposer(call, "award.unit_given")))


def _outcome(call: ServiceContext, outcome: Outcome, **more: Any) -> Write:
    return write(
        insert_outcome,
        case_id=call.case_id,
        tenant=call.tenant,
        unit_id=read_proposed(call.variables).unit,
        outcome=str(outcome),
        reason=call.variables["decision"]["reason"],
        decided_by=decider_of(call),
        decided_at=call.now,
        **more,
    )


def _to_proposer(call: ServiceContext, code: str) -> tuple[Notice, ...]:
    about = read_proposed(call.variables)
    return () if about.proposer is None else (Notice(about.proposer, code, _params(about)),)


def _params(about: Proposed) -> dict[str, str]:
    return {"award": about.name, "unit": about.unit_name}

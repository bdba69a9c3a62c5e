"""Services of the decision: who takes it, and what it leaves behind."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from engine.casework import read_entry
from engine.records.changes import Write, write
from engine.records.history import journal_of_case
from engine.services import Notice, ServiceContext, ServiceFailed, ServiceResult
from processes.people.conflicts import kin_of
from processes.people.queries import officials_on
from processes.recognition.records import Outcome, Reward
from processes.recognition.services import statements
from processes.recognition.variables import Nominated, is_decision, read_nominated

#: A panel's value is kept with so many decimals; inside it is never rounded.
_KEPT = Decimal("0.000001")


def find_authority(call: ServiceContext) -> ServiceResult:
    """Name who decides: the regional head, else the regional secretary; after a limit that passed, the next one.

    Nobody decides about himself, about whom he nominated, or about kin.

    :raise ServiceFailed: there is nobody without a conflict.
    """
    about = read_nominated(call.variables)
    barred = about.parties | kin_of(call.read, call.tenant, about.parties)
    day = call.now.astimezone(call.zone).date()
    fit = [one for one in reversed(officials_on(call.read, call.tenant, day)) if one not in barred]
    if not fit:
        raise ServiceFailed("Nobody without a conflict of interest may decide; enter a regional head or secretary.")
    before = call.variables.get("authority")
    behind = fit[fit.index(before["person"]) + 1 :] if before and before["person"] in fit else fit
    person = behind[0] if behind else fit[-1]
    value = {"person": person, "is_last": len(behind) <= 1}
    return ServiceResult(value, notices=(Notice(person, "award.to_decide", {"award": about.name}),))


def record_ineligible(call: ServiceContext) -> ServiceResult:
    """Keep that the criteria were not met; whoever nominated is told that it ended, and never why."""
    return _refuse(call, Outcome.NOT_ELIGIBLE, {})


def record_declined(call: ServiceContext) -> ServiceResult:
    """Keep that the authority did not give the award, with its grounds."""
    decision = call.variables["decision"]
    more = {"reason": decision["reason"], "decided_by": decider_of(call), **_panel_value(call)}
    return _refuse(call, Outcome.DECLINED, more)


def record_award(call: ServiceContext) -> ServiceResult:
    """Keep the award in the person's career, with its decree, and how the nomination ended."""
    about, decree = read_nominated(call.variables), call.variables["decree"]
    career = write(
        statements.insert_award,
        id=call.new_id(),
        tenant=call.tenant,
        employee_id=about.employee,
        name=about.name,
        awarded_on=decree["decree_on"],
        decree=decree["number"],
        case_id=call.case_id,
    )
    row = _outcome(call, Outcome.AWARDED, **_panel_value(call), **_given(call, about))
    notices = [Notice(about.employee, "award.awarded", {"award": about.name})]
    return ServiceResult(writes=(career, row), notices=(*notices, *_to_nominator(about, "award.nominee_awarded")))


def record_consent(call: ServiceContext) -> ServiceResult:
    """Keep whether the person agreed to publication; silence is no consent."""
    is_public = (call.variables.get("consent") or {}).get("answer") == "yes"
    row = write(statements.publish_outcome, expect=1, of_case_id=call.case_id, new_is_public=is_public)
    return ServiceResult(writes=(row,))


def _given(call: ServiceContext, about: Nominated) -> dict[str, Any]:
    decree, kind = call.variables["decree"], call.variables["reward"]["kind"]
    is_money = kind == Reward.MONEY
    return {
        "reason": call.variables["decision"]["reason"],
        "decided_by": decider_of(call),
        "decree": decree["number"],
        "decree_on": decree["decree_on"],
        "reward": kind,
        "amount": about.amount if is_money else None,
        "dpa_code": about.dpa_code if is_money else None,
    }


def _panel_value(call: ServiceContext) -> dict[str, Any]:
    found = call.variables["panel_score"]
    return {"score": found["value"].quantize(_KEPT, ROUND_HALF_UP), "voices": int(found["voices"])}


def decider_of(call: ServiceContext) -> int:
    """Return who decided: the authority that was asked, or the deputy to whom it had given the task.

    The journal says it of an earlier step; what this step begins with stands in no journal yet.
    """
    rows = reversed(call.read.execute(journal_of_case, {"case_id": call.case_id}).all())
    done = (row.actor for row in rows if is_decision(read_entry(call.read, row.entry)))
    return int(next(done, call.actor) or call.variables["authority"]["person"])


def _refuse(call: ServiceContext, outcome: Outcome, more: dict[str, Any]) -> ServiceResult:
    about = read_nominated(call.variables)
    told = _to_nominator(about, "award.ended")
    return ServiceResult(writes=(_outcome(call, outcome, **more),), notices=told)


_NOTHING = dict.fromkeys(
    ("score", "voices", "reason", "decided_by", "decree", "decree_on", "reward", "amount", "dpa_code", "is_public")
)


def _outcome(call: ServiceContext, outcome: Outcome, **more: Any) -> Write:
    about = read_nominated(call.variables)
    key: dict[str, Any] = {"case_id": call.case_id, "tenant": call.tenant, "employee_id": about.employee}
    row: dict[str, Any] = {**_NOTHING, **key, "outcome": str(outcome), "decided_at": call.now, **more}
    return write(statements.insert_outcome, **row)


def _to_nominator(about: Nominated, code: str) -> tuple[Notice, ...]:
    return () if about.nominator is None else (Notice(about.nominator, code, {"award": about.name}),)

"""Services of the decision: the conditions on that day, what was decided and why, or that nobody is chosen."""

from typing import Any, Final

from engine.records.changes import Write, write
from engine.services import Notice, ServiceContext, ServiceFailed, ServiceResult
from processes.people.queries import placement_on
from processes.promotion.board.candidates import consider
from processes.promotion.board.records import Outcome, board_outcome
from processes.promotion.board.variables import read_filling
from processes.promotion.posts.holding import find_post

#: The shortest reason for not choosing the first: a sentence.
SHORTEST_REASON: Final = 20


def check_choice(call: ServiceContext) -> ServiceResult:
    """Return who was chosen by whom, and whether that stands: one of those proposed, with a reason unless the first."""
    choice = call.variables["choice"]
    named = (item for item in call.variables["shortlist"] if str(item["employee"]) == choice.get("candidate"))
    found = next(named, {"employee": None, "place": None})
    has_reason = len((choice.get("reason") or "").strip()) >= SHORTEST_REASON
    is_valid = found["place"] == 1 or (found["place"] is not None and has_reason)
    value = {"employee": found["employee"], "place": found["place"], "is_valid": is_valid, "by": call.actor}
    return ServiceResult(value)


def gather_chosen(call: ServiceContext) -> ServiceResult:
    """Return what the table of conditions asks about the chosen candidate, read again on the day of the decision.

    :raise ServiceFailed: he works nowhere any more.
    """
    person, day = int(call.variables["chosen"]["employee"]), call.now.astimezone(call.zone).date()
    member = placement_on(call.read, call.tenant, person, day)
    if member is None:
        raise ServiceFailed("The chosen candidate has no placement; enter it, or let the decision be made again.")
    filling = read_filling(call.variables)
    (found,) = consider(call.read, call.tenant, [member], filling, day=day, city=call.city)
    return ServiceResult(found.plain())


def record_choice(call: ServiceContext) -> ServiceResult:
    """Keep who was chosen and why; return him. Everybody whom the board proposed is told that it is decided."""
    chosen, choice = call.variables["chosen"], call.variables["choice"]
    person = int(chosen["employee"])
    found = {"employee_id": person, "place": int(chosen["place"]), "reason": choice.get("reason") or None}
    row = _outcome(call, Outcome.CHOSEN, chosen["by"], **found)
    post = _post_name(call)
    people = [int(item["employee"]) for item in call.variables["shortlist"]]
    told = (Notice(one, "board.chosen" if one == person else "board.decided", {"post": post}) for one in people)
    return ServiceResult(person, (row,), tuple(told))


def close_filling(call: ServiceContext) -> ServiceResult:
    """Keep that nobody is chosen, and why."""
    return ServiceResult(writes=(_outcome(call, Outcome.CLOSED, call.actor, reason=str(call.inputs["reason"])),))


def _outcome(call: ServiceContext, outcome: Outcome, decided_by: int | None, **more: Any) -> Write:
    minutes = call.variables.get("minutes") or {}
    row: dict[str, Any] = {"employee_id": None, "place": None, "reason": None, **more}
    return write(
        board_outcome.insert(),
        case_id=call.case_id,
        tenant=call.tenant,
        outcome=str(outcome),
        decided_by=decided_by,
        decided_at=call.now,
        minutes=minutes.get("number"),
        minutes_on=minutes.get("held_on"),
        **row,
    )


def _post_name(call: ServiceContext) -> str:
    return find_post(call.read, call.tenant, read_filling(call.variables).post).name

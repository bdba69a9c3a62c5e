"""Services of the choice: who may choose, whether the choice is one, and what it leaves behind."""

from collections.abc import Mapping
from typing import Any

from engine.records.changes import write
from engine.services import Notice, ServiceContext, ServiceFailed, ServiceResult
from processes.people.queries import holders_on
from processes.people.records import Role
from processes.promotion.selection.reading import candidates_of, interested
from processes.promotion.selection.records import Outcome, selection_outcome
from processes.promotion.selection.services.announcing import post_name, today
from processes.promotion.selection.variables import read_case

#: The fewest letters of a reason for another than the first: a sentence.
SHORTEST_REASON = 20


def find_chooser(call: ServiceContext) -> ServiceResult:
    """Return the group that chooses: the appointing authority, the authorized official where it has an interest.

    :raise ServiceFailed: nobody without an interest of his own is there.
    """
    day, post = today(call), read_case(call.variables).post
    candidates = [item.employee for item in candidates_of(call.read, call.tenant, call.case_id)]
    for role in (Role.APPOINTING_AUTHORITY, Role.AUTHORIZED_OFFICIAL):
        holders = holders_on(call.read, call.tenant, role, day)
        free = sorted(set(holders) - interested(call.read, call.tenant, holders, candidates, post=post, day=day))
        if free:
            told = tuple(Notice(person, "selection.choose", {"post": post_name(call)}) for person in free)
            return ServiceResult(str(role), notices=told)
    raise ServiceFailed("Nobody without a conflict of interest may choose; enter a regional head or secretary.")


def check_choice(call: ServiceContext) -> ServiceResult:
    """Return whether the choice is one: a name of the list that has not withdrawn, with a reason if not the first."""
    choice = call.variables["choice"]
    if choice["outcome"] == "close":
        return ServiceResult({"is_valid": True, "problem": None})
    row = _chosen(call.variables)
    still = {item.employee for item in candidates_of(call.read, call.tenant, call.case_id)}
    return ServiceResult(_judged(row, still, str(choice.get("reason") or "")))


def record_choice(call: ServiceContext) -> ServiceResult:
    """Keep who was chosen, from which place and why; return that person. Every candidate of the list is told."""
    row, choice = _chosen(call.variables), call.variables["choice"]
    assert row is not None, "the choice was checked"
    person = int(row["employee"])
    change = write(
        selection_outcome.insert(),
        case_id=call.case_id,
        tenant=call.tenant,
        outcome=str(Outcome.CHOSEN),
        employee_id=person,
        place=int(row["place"]),
        reason=choice.get("reason"),
        decided_by=call.actor,
        decided_at=call.now,
        minutes=call.variables["minutes"]["number"],
        recommendation=call.variables["approval"]["number"],
    )
    return ServiceResult(person, (change,), _told(call, person))


def _chosen(variables: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the ranked row of the chosen candidate; None for a number that is not on the list."""
    rows: list[Mapping[str, Any]] = variables["ranking"]["rows"]
    wanted = str(variables["choice"].get("candidate"))
    return next((row for row in rows if row["is_named"] and str(int(row["number"])) == wanted), None)


def _judged(row: Mapping[str, Any] | None, still: set[int], reason: str) -> dict[str, Any]:
    if row is None or int(row["employee"]) not in still:
        return {"is_valid": False, "problem": "not_on_list"}
    if int(row["place"]) != 1 and len(reason.strip()) < SHORTEST_REASON:
        return {"is_valid": False, "problem": "no_reason"}
    return {"is_valid": True, "problem": None}


def _told(call: ServiceContext, chosen: int) -> tuple[Notice, ...]:
    post = post_name(call)
    others = (int(row["employee"]) for row in call.variables["ranking"]["rows"])
    return tuple(
        Notice(person, "selection.chosen" if person == chosen else "selection.not_chosen", {"post": post})
        for person in others
    )

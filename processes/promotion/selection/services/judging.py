"""Services around the panel: who must keep away, whether those who are left may score, and whether all have."""

from typing import Any

from engine.services import Notice, ServiceContext, ServiceResult
from processes.promotion.parameters import SELECTION_PANEL, numbers_on
from processes.promotion.selection.panel import panel_problem
from processes.promotion.selection.ranking import Stage
from processes.promotion.selection.reading import candidates_of, interested, seats_of
from processes.promotion.selection.services.announcing import post_name, today
from processes.promotion.selection.variables import NO_INTEREST, read_case, scores_of


def compose_panel(call: ServiceContext) -> ServiceResult:
    """Return who of the named members must keep away by the records, and who still has to declare his interests.

    Nothing is known of members from outside: they declare, and only that counts.
    """
    seats = seats_of(call.read, call.tenant, call.case_id)
    people = {int(item["employee"]) for item in _remaining(call)}
    internal = [seat.person for seat in seats if seat.is_internal]
    barred = interested(call.read, call.tenant, internal, people, post=read_case(call.variables).post, day=today(call))
    answered = {int(item["member"]) for item in call.variables["declared"]}
    away = barred | answered | set(_silent(call))
    declare = [seat.person for seat in seats if seat.person not in away]
    told = tuple(Notice(person, "selection.declare", {"post": post_name(call)}) for person in declare)
    return ServiceResult({"barred": sorted(barred), "declare": declare}, notices=told)


def settle_panel(call: ServiceContext) -> ServiceResult:
    """Return the panel of this stage: its members, whether it is one, who still has to score and whom.

    Whoever declared an interest, did not declare, or did not score in time is no member any more.
    """
    stage = Stage(call.variables["scoring"]["stage"])
    free = {int(item["member"]) for item in call.variables["declared"] if item["interest"] == NO_INTEREST}
    away = {int(person) for person in call.variables["panel"]["barred"]} | set(_silent(call))
    seats = [
        seat
        for seat in seats_of(call.read, call.tenant, call.case_id)
        if seat.person in free and seat.person not in away
    ]
    rules = numbers_on(call.read, call.tenant, SELECTION_PANEL, today(call), call.city)
    problem = panel_problem([seat.is_internal for seat in seats], rules)
    given = {int(item["member"]) for item in scores_of(call.variables, stage)}
    scorers = [seat.person for seat in seats if seat.person not in given] if problem is None else []
    value = {
        "members": [seat.person for seat in seats],
        "problem": str(problem) if problem is not None else None,
        "scorers": scorers,
        "candidates": _remaining(call),
    }
    told = tuple(Notice(person, "selection.score", {"post": post_name(call)}) for person in scorers)
    return ServiceResult(value, notices=told)


def remind_member(call: ServiceContext) -> ServiceResult:
    """Tell a member that his scores are awaited."""
    return ServiceResult(
        notices=(Notice(int(call.variables["member"]), "selection.remind", {"post": post_name(call)}),)
    )


def check_scoring(call: ServiceContext) -> ServiceResult:
    """Return whether all members have scored in this stage, and who has been silent in any of them."""
    stage = Stage(call.variables["scoring"]["stage"])
    given = {int(item["member"]) for item in scores_of(call.variables, stage)}
    silent = [person for person in map(int, call.variables["jury"]["members"]) if person not in given]
    return ServiceResult({"stage": str(stage), "silent": sorted({*_silent(call), *silent}), "is_complete": not silent})


def _remaining(call: ServiceContext) -> list[dict[str, Any]]:
    """Return the candidates who have passed and not withdrawn since."""
    still = {item.employee for item in candidates_of(call.read, call.tenant, call.case_id)}
    passed = call.variables["admitted"]["passed"]
    return [
        {"employee": int(item["employee"]), "number": int(item["number"])}
        for item in passed
        if int(item["employee"]) in still
    ]


def _silent(call: ServiceContext) -> list[int]:
    return [int(person) for person in call.variables["scoring"]["silent"]]

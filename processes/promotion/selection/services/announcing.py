"""Services of the announcement: which stage has come, a longer time to apply, and the end without a result."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from engine.records.changes import write
from engine.services import Notice, ServiceContext, ServiceResult
from processes.people.queries import calendar_of_unit
from processes.promotion.parameters import SELECTION_PANEL, numbers_on
from processes.promotion.posts.holding import find_post
from processes.promotion.selection.reading import candidates_of
from processes.promotion.selection.records import Outcome, Step, selection_outcome, selection_stage
from processes.promotion.selection.variables import read_case


def enter_stage(call: ServiceContext) -> ServiceResult:
    """Keep that a stage has come, for everybody who follows the selection; return it with its number.

    The announcement lasts until a day that everybody knows.
    """
    stage = Step(call.inputs["stage"])
    number = int(call.variables["stage_now"]["number"]) + 1
    until = call.variables["window"]["closes_on"] if stage is Step.RECEIVING else None
    row = write(
        selection_stage.insert(),
        tenant=call.tenant,
        case_id=call.case_id,
        number=number,
        stage=str(stage),
        began_at=call.now,
        until=until,
    )
    return ServiceResult({"stage": str(stage), "number": number, "until": until}, (row,))


def extend_selection(call: ServiceContext) -> ServiceResult:
    """Return the announcement's new last day: as many working days from today as the regulation asks for."""
    day, case = today(call), read_case(call.variables)
    rules = numbers_on(call.read, call.tenant, SELECTION_PANEL, day, call.city)
    calendar = calendar_of_unit(call.read, call.tenant, case.unit)
    closes_on = calendar.add_working_days(day, int(rules.values["least_days"]))
    return ServiceResult({"closes_on": closes_on, "is_extended": True})


def close_selection(call: ServiceContext) -> ServiceResult:
    """Keep that the selection ended without a result, with the reason; everybody who applied is told."""
    answers = _closing(call.variables)
    row = write(
        selection_outcome.insert(),
        case_id=call.case_id,
        tenant=call.tenant,
        outcome=str(Outcome.CLOSED),
        employee_id=None,
        place=None,
        reason=answers.get("reason"),
        decided_by=call.actor,
        decided_at=call.now,
        minutes=None,
        recommendation=None,
    )
    post = post_name(call)
    applied = candidates_of(call.read, call.tenant, call.case_id)
    told = tuple(Notice(item.employee, "selection.closed", {"post": post}) for item in applied)
    return ServiceResult(writes=(row,), notices=told)


def today(call: ServiceContext) -> date:
    """Return the day in the city."""
    now: datetime = call.now.astimezone(call.zone)
    return now.date()


def post_name(call: ServiceContext) -> str:
    """Return what the post is called that is filled."""
    return find_post(call.read, call.tenant, read_case(call.variables).post).name


def _closing(variables: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the answers that ended the selection, the last step first; nothing where nobody was left."""
    choice, shortage = variables.get("choice") or {}, variables.get("shortage") or {}
    if choice.get("outcome") == "close":
        return choice
    if variables.get("closing"):
        return dict(variables["closing"])
    return shortage if shortage.get("outcome") == "close" else {}

"""Services of a session's case: the ranking, the choice, who took part and for how long."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import bindparam, func, select

from engine.records.changes import Write, write
from engine.services import ServiceContext, ServiceFailed, ServiceResult
from processes.people.city import CityError
from processes.training.parameters import EVALUATION, parameters_on, weights_on
from processes.training.queries.catalogue import find_session
from processes.training.queries.hours import hours_of_all
from processes.training.queries.nominations import RANKED, Nomination, candidates_of, nominations_of_session
from processes.training.records import (
    NominationStatus,
    training_attendance,
    training_choice,
    training_round,
)
from processes.training.rules import Choice, choose, rank
from processes.training.variables import nomination_key

#: What the form of the choice says of somebody who gets a seat.
SEAT: Final = "seat"
_last_round = select(func.coalesce(func.max(training_round.c.round), 0)).where(
    training_round.c.case_id == bindparam("case_id")
)


def rank_nominations(call: ServiceContext) -> ServiceResult:
    """Return the places of all who wait for a seat of the session, with the seed that broke the last ties."""
    day = call.now.astimezone(call.zone).date()
    session = find_session(call.read, call.tenant, int(call.variables["session"]))
    everybody = nominations_of_session(call.read, call.tenant, session.id)
    waiting = {item.id: item for item in everybody if item.status in RANKED}
    seats = session.seats(sum(item.takes_seat for item in everybody))
    seed = str(call.new_id())
    try:
        weights = weights_on(call.read, call.tenant, day, city=call.city)
    except CityError as error:
        raise ServiceFailed(str(error)) from error
    hours = hours_of_all(call.read, call.tenant, day.year)
    ranked = rank(candidates_of(call.read, call.tenant, waiting.values(), hours), weights, seed)
    rows = [_row(item, waiting[item.scored.candidate.id]) for item in choose(ranked, seats)]
    return ServiceResult({"seed": seed, "free": seats.free, "rows": rows})


def record_choice(call: ServiceContext) -> ServiceResult:
    """Keep who got a seat, by whom and why where it leaves the ranking; the value is what each nomination is told."""
    ranking, chosen = call.variables["ranking"], call.variables.get("chosen") or {}
    number = int(call.read.execute(_last_round, {"case_id": call.case_id}).scalar_one()) + 1
    seated = _seated(ranking, chosen)
    session = int(call.variables["session"])
    opened = write(
        training_round.insert(),
        case_id=call.case_id,
        round=number,
        tenant=call.tenant,
        session_id=session,
        seed=ranking["seed"],
        decided_by=call.actor if chosen else None,
        decided_at=call.now,
        reason=chosen.get("reason"),
    )
    rows = [_choice(call, session, number, row, row["nomination"] in seated) for row in ranking["rows"]]
    told = [
        {"key": row["key"], "place": row["place"], "is_chosen": row["nomination"] in seated} for row in ranking["rows"]
    ]
    return ServiceResult(told, (opened, *([Write(training_choice.insert(), rows)] if rows else ())))


def list_participants(call: ServiceContext) -> ServiceResult:
    """Return those who have a seat when the session is over."""
    found = nominations_of_session(call.read, call.tenant, int(call.variables["session"]))
    seated = [item for item in found if item.status is NominationStatus.CHOSEN]
    return ServiceResult([{"nomination": item.id, "employee": item.employee} for item in seated])


def record_attendance(call: ServiceContext) -> ServiceResult:
    """Keep how long each was there, with the tests; the value is what each nomination is told."""
    session = int(call.variables["session"])
    day = call.now.astimezone(call.zone).date()
    try:
        limits = parameters_on(call.read, call.tenant, EVALUATION, day, city=call.city).values
    except CityError as error:
        raise ServiceFailed(str(error)) from error
    # The form lists the participants in their order.
    pairs = list(zip(call.variables["participants"], call.variables["presence"]["rows"], strict=True))
    rows = [_presence(call, session, int(one["nomination"]), entered) for one, entered in pairs]
    told = [_told(session, int(one["employee"]), row, limits) for (one, _), row in zip(pairs, rows, strict=True)]
    return ServiceResult(told, (Write(training_attendance.insert(), rows),) if rows else ())


def _row(item: Choice, nomination: Nomination) -> dict[str, Any]:
    one = item.scored
    return {
        "nomination": nomination.id,
        "employee": nomination.employee,
        "key": nomination_key(nomination.session_id, nomination.employee),
        "place": item.place,
        "gap": one.candidate.gap,
        "performance_gap": one.candidate.performance_gap,
        "hours": one.candidate.hours,
        "score": one.score,
        "is_chosen": item.is_chosen,
    }


def _seated(ranking: Mapping[str, Any], chosen: Mapping[str, Any]) -> frozenset[int]:
    """Return the nominations that got a seat: as somebody chose, else as they are ranked."""
    if not chosen:
        return frozenset(int(row["nomination"]) for row in ranking["rows"] if row["is_chosen"])
    pairs = zip(ranking["rows"], chosen["rows"], strict=True)
    return frozenset(int(row["nomination"]) for row, answer in pairs if answer["seat"] == SEAT)


def _choice(call: ServiceContext, session: int, number: int, row: Mapping[str, Any], is_chosen: bool) -> dict[str, Any]:
    return {
        "nomination_id": int(row["nomination"]),
        "session_id": session,
        "round": number,
        "tenant": call.tenant,
        "place": int(row["place"]),
        "gap": int(row["gap"]),
        "performance_gap": Decimal(row["performance_gap"]),
        "hours": int(row["hours"]),
        "score": Decimal(row["score"]),
        "is_ranked_in": bool(row["is_chosen"]),
        "is_chosen": is_chosen,
    }


def _presence(call: ServiceContext, session: int, nomination: int, entered: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "nomination_id": nomination,
        "session_id": session,
        "tenant": call.tenant,
        "share": _number(entered.get("share")) or Decimal(0),
        "pre_test": _number(entered.get("pre_test")),
        "post_test": _number(entered.get("post_test")),
        "certificate": entered.get("certificate") or None,
        "recorded_by": call.actor,
        "recorded_at": call.now,
    }


def _told(session: int, employee: int, row: Mapping[str, Any], limits: Mapping[str, Decimal]) -> dict[str, Any]:
    names: Iterable[str] = ("share", "pre_test", "post_test", "certificate")
    least = {name: limits[name] for name in ("least_share", "least_post_test")}
    return {"key": nomination_key(session, employee), **{name: row[name] for name in names}, **least}


def _number(value: Any) -> Decimal | None:
    return Decimal(value) if value is not None else None

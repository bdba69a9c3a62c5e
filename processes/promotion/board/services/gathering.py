"""The service that looks for candidates: everybody who may come to the post, with conditions and figures."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from engine.records.changes import Write
from engine.services import ServiceContext, ServiceResult
from processes.promotion.board.candidates import Considered, consider, pool_for
from processes.promotion.board.conditions import conditions_table, misses_of
from processes.promotion.board.ranking import Weights, performance_of, value_of
from processes.promotion.board.records import board_candidate
from processes.promotion.board.variables import read_filling, round_of
from processes.promotion.parameters import BOARD, numbers_on


def gather_candidates(call: ServiceContext) -> ServiceResult:
    """Keep who was considered in a new round, each with the conditions not met or with his figures.

    Returns the number of the round, how many were considered, and who meets every condition.
    """
    filling, now = read_filling(call.variables), call.now.astimezone(call.zone)
    day, this_round = now.date(), round_of(call.variables) + 1
    points = numbers_on(call.read, call.tenant, BOARD, day, call.city).values
    table = conditions_table(call.read, call.tenant)
    members = pool_for(call.read, call.tenant, filling, day)
    found = consider(call.read, call.tenant, members, filling, day=day, city=call.city)
    key = {"tenant": call.tenant, "case_id": call.case_id, "round": this_round}
    weights = _weights(call.variables)
    rows = [{**key, **_row(one, misses_of(table, one, now), weights, points)} for one in found]
    people = [row["employee_id"] for row in rows if not row["misses"]]
    value = {"round": this_round, "considered": len(rows), "eligible": len(people), "people": people}
    return ServiceResult(value, (Write(board_candidate.insert(), rows),) if rows else ())


def _row(one: Considered, misses: tuple[str, ...], weights: Weights, points: Mapping[str, Decimal]) -> dict[str, Any]:
    performance = performance_of(one.predicates, points) if one.predicates else None
    total = None
    if not misses and performance is not None and one.fit is not None:
        total = value_of(performance, one.fit, weights)
    return {
        "employee_id": one.person,
        "misses": " ".join(misses),
        "predicates": " ".join(f"{year.year}:{year.predicate or ''}" for year in one.years),
        "performance": performance,
        "levels_asked": one.asked,
        "levels_had": one.had or 0,
        "competency": one.fit,
        "total": total,
    }


def _weights(variables: Mapping[str, Any]) -> Weights:
    return Weights(variables["criteria"]["performance"], variables["criteria"]["competency"])

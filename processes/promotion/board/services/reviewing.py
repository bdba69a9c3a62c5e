"""Services of the board: who of it has no interest of his own, and the ranking once it has looked at the figures."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select

from engine.records.changes import Write
from engine.services import Notice, ServiceContext, ServiceResult
from processes.people.queries import holders_on
from processes.people.records import Role
from processes.promotion.board.interests import interest_in_filling
from processes.promotion.board.ranking import Placed, proposed, rank
from processes.promotion.board.records import Answer, board_candidate, board_place, board_voice
from processes.promotion.board.variables import read_filling, round_of
from processes.promotion.parameters import BOARD, numbers_on
from processes.promotion.posts.holding import find_post

_valued = select(board_candidate).where(
    board_candidate.c.tenant == bindparam("tenant"),
    board_candidate.c.case_id == bindparam("case_id"),
    board_candidate.c.round == bindparam("round"),
    board_candidate.c.misses == "",
)


def compose_board(call: ServiceContext) -> ServiceResult:
    """Return who of the board is asked: those without an interest of their own who have not answered in this round.

    Who has answered already counts towards the quorum.
    """
    day = call.now.astimezone(call.zone).date()
    interests = _interests(call, day)
    answered = _answered(call.variables)
    members = [person for person, interest in interests.items() if interest is None and person not in answered]
    heard = sum(item["answer"] != Answer.CONFLICT for item in answered.values())
    needed = int(numbers_on(call.read, call.tenant, BOARD, day, call.city).values["quorum"])
    left_out = [{"member": person, "interest": interest} for person, interest in interests.items() if interest]
    is_enough = bool(members) and len(members) + heard >= needed
    value = {"members": members, "left_out": left_out, "needed": needed, "is_enough": is_enough}
    post = find_post(call.read, call.tenant, read_filling(call.variables).post).name
    told = members if is_enough else []
    return ServiceResult(value, notices=tuple(Notice(one, "board.to_review", {"post": post}) for one in told))


def rank_candidates(call: ServiceContext) -> ServiceResult:
    """Keep the board's voices and every candidate's place; return whom it proposes, the best first."""
    params = {"tenant": call.tenant, "case_id": call.case_id, "round": round_of(call.variables)}
    rows = {row.employee_id: row for row in call.read.execute(_valued, params)}
    places = rank({person: row.total for person, row in rows.items()})
    writes = (
        Write(board_place.insert(), [{**params, **_place_row(item)} for item in places]),
        Write(board_voice.insert(), [{**params, **row} for row in voice_rows(call.variables)]),
    )
    value = [
        {
            "employee": item.person,
            "place": item.place,
            "total": item.value,
            "performance": rows[item.person].performance,
            "competency": rows[item.person].competency,
        }
        for item in proposed(places)
    ]
    return ServiceResult(value, tuple(item for item in writes if item.rows))


def _interests(call: ServiceContext, day: date) -> dict[int, str | None]:
    post, people = read_filling(call.variables).post, frozenset(call.variables["pool"]["people"])
    members = sorted(holders_on(call.read, call.tenant, Role.PROMOTION_BOARD, day))
    found = {one: interest_in_filling(call.read, call.tenant, one, post, candidates=people, day=day) for one in members}
    return {person: str(interest) if interest is not None else None for person, interest in found.items()}


def _answered(variables: Mapping[str, Any]) -> dict[int, Mapping[str, Any]]:
    this_round = round_of(variables)
    return {int(item["member"]): item for item in variables.get("given") or () if int(item["round"]) == this_round}


def _place_row(item: Placed) -> dict[str, Any]:
    return {"employee_id": item.person, "place": item.place, "is_shared": item.is_shared}


def voice_rows(variables: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return a row for each member of the board: who answered, who was asked and did not, who was left out."""
    answered, board = _answered(variables), variables["board"]
    said = [_voice(person, item["answer"], note=item.get("note")) for person, item in answered.items()]
    silent = [_voice(int(one), Answer.SILENT) for one in board["members"] if int(one) not in answered]
    out = [_voice(int(one["member"]), Answer.LEFT_OUT, interest=one["interest"]) for one in board["left_out"]]
    return [*said, *silent, *out]


def _voice(person: int, answer: str, *, interest: str | None = None, note: str | None = None) -> dict[str, Any]:
    return {"employee_id": person, "answer": str(answer), "interest": interest, "note": note}

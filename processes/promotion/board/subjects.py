"""What the rules see of a filling: the post, the day, and who is a candidate."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, select

from engine.errors import NotFound
from engine.records.case import case
from processes.promotion.board.interests import candidates_of
from processes.promotion.board.records import board_candidate
from processes.promotion.board.variables import BOARD_PROCESS

_filling = select(case.c.subject).where(
    case.c.tenant == bindparam("tenant"), case.c.id == bindparam("case_id"), case.c.process == BOARD_PROCESS
)
_considered = (
    select(board_candidate.c.employee_id)
    .where(
        board_candidate.c.tenant == bindparam("tenant"),
        board_candidate.c.case_id == bindparam("case_id"),
        board_candidate.c.employee_id == bindparam("person"),
    )
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class FillingSubject:
    """The filling of a post as the rules see it on a day.

    :param candidates: who meets every condition, as last looked for.
    """

    tenant: str
    case_id: int
    post_id: int
    day: date
    candidates: frozenset[int]


def filling_subject(read: Connection, tenant: str, case_id: int, day: date) -> FillingSubject:
    """Return a filling of a city as the subject of a rule.

    :raise NotFound: there is no such filling in that city.
    """
    post = read.execute(_filling, {"tenant": tenant, "case_id": case_id}).scalar_one_or_none()
    if post is None:
        raise NotFound()
    return FillingSubject(tenant, case_id, int(post), day, candidates_of(read, tenant, case_id))


def was_considered(read: Connection, tenant: str, case_id: int, person: int) -> bool:
    """Say whether somebody was looked at for a post, whether he met its conditions or not."""
    params = {"tenant": tenant, "case_id": case_id, "person": person}
    return read.execute(_considered, params).first() is not None

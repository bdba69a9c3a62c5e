"""Who has an interest of his own in the filling of a post: in a candidate, or in the post itself."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from processes.people.conflicts import Interest, interest_in_post, kin_of
from processes.people.queries import appraiser_on, ids_above, placement_on
from processes.promotion.board.records import board_candidate
from processes.promotion.posts.holding import unit_headed_from

_CASE: Any = bindparam("case_id")
_newest = (
    select(func.max(board_candidate.c.round))
    .where(board_candidate.c.tenant == bindparam("tenant"), board_candidate.c.case_id == _CASE)
    .scalar_subquery()
)
_eligible = select(board_candidate.c.employee_id).where(
    board_candidate.c.tenant == bindparam("tenant"),
    board_candidate.c.case_id == _CASE,
    board_candidate.c.round == _newest,
    board_candidate.c.misses == "",
)


def candidates_of(read: Connection, tenant: str, case_id: int) -> frozenset[int]:
    """Return who meets every condition in the newest round of a filling; nobody before the first."""
    return frozenset(read.execute(_eligible, {"tenant": tenant, "case_id": case_id}).scalars())


def interest_in_filling(
    read: Connection, tenant: str, person: int, post: int, *, candidates: Collection[int], day: date
) -> Interest | None:
    """Return why somebody must have no part in the filling of a post; None if he may.

    He is a candidate, or family of one, or one of them appraises him; or the post is his, his family's or his
    superior's, also while it is vacant: the unit in which he works is headed from it.
    """
    if person in candidates:
        return Interest.ONESELF
    if kin_of(read, tenant, (person,)) & frozenset(candidates):
        return Interest.FAMILY
    rater = appraiser_on(read, tenant, person, day)
    if rater is not None and rater.person in candidates:
        return Interest.OWN_SUPERIOR
    return interest_in_post(read, tenant, person, post, day) or _works_below(read, tenant, person, post, day)


def _works_below(read: Connection, tenant: str, person: int, post: int, day: date) -> Interest | None:
    headed, place = unit_headed_from(read, tenant, post, day), placement_on(read, tenant, person, day)
    is_below = headed is not None and place is not None and headed in ids_above(read, tenant, place.unit_id)
    return Interest.OWN_SUPERIOR if is_below else None

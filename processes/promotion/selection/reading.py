"""Reads what a selection has in the records: who sits on its panel, and who is a candidate."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select

from processes.people.conflicts import interest_in_post, kin_of
from processes.people.queries import appraiser_on
from processes.people.queries.on_day import TENANT, AnySelect
from processes.promotion.selection.records import selection_candidate, selection_member

_CASE: Final[Any] = bindparam("case_id")
_members: AnySelect = (
    select(selection_member.c.person, selection_member.c.is_internal)
    .where(selection_member.c.tenant == TENANT, selection_member.c.case_id == _CASE)
    .order_by(selection_member.c.added_at, selection_member.c.person)
)
_candidates: AnySelect = (
    select(selection_candidate.c.employee_id, selection_candidate.c.number)
    .where(
        selection_candidate.c.tenant == TENANT,
        selection_candidate.c.case_id == _CASE,
        selection_candidate.c.withdrawn_at.is_(None),
    )
    .order_by(selection_candidate.c.number)
)
_applied = select(selection_candidate.c.employee_id).where(
    selection_candidate.c.tenant == TENANT, selection_candidate.c.case_id == _CASE
)


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who was named for the panel; `is_internal` is an employee of the city."""

    person: int
    is_internal: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who applied and has not withdrawn, with the number under which the paper is read."""

    employee: int
    number: int


def seats_of(read: Connection, tenant: str, case_id: int) -> tuple[Seat, ...]:
    """Return who was named for the panel, in the order of naming."""
    rows = read.execute(_members, {"tenant": tenant, "case_id": case_id})
    return tuple(Seat(row.person, bool(row.is_internal)) for row in rows)


def candidates_of(read: Connection, tenant: str, case_id: int) -> tuple[Candidate, ...]:
    """Return the candidates who have not withdrawn, by their numbers."""
    rows = read.execute(_candidates, {"tenant": tenant, "case_id": case_id})
    return tuple(Candidate(row.employee_id, row.number) for row in rows)


def applicants_of(read: Connection, tenant: str, case_id: int) -> frozenset[int]:
    """Return everybody who ever applied, withdrawn or not."""
    return frozenset(read.execute(_applied, {"tenant": tenant, "case_id": case_id}).scalars())


def interested(
    read: Connection, tenant: str, people: Iterable[int], candidates: Collection[int], *, post: int, day: date
) -> frozenset[int]:
    """Return those of some people who may decide nothing: candidates, their family, whom they appraise.

    Whoever holds the post, is family of its holder or is appraised by him is among them.
    """
    family = kin_of(read, tenant, candidates)
    return frozenset(
        person
        for person in people
        if person in candidates
        or person in family
        or _is_appraised_by(read, tenant, person, candidates, day)
        or interest_in_post(read, tenant, person, post, day) is not None
    )


def _is_appraised_by(read: Connection, tenant: str, person: int, candidates: Collection[int], day: date) -> bool:
    # Asked of the person, not of each candidate: the statements do not grow with those who apply.
    rater = appraiser_on(read, tenant, person, day)
    return rater is not None and rater.person in candidates

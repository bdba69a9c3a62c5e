"""Who must not decide about whom: oneself, one's family, one's own superior or his post.

Governors decide without conflicts of interest (UU 30/2014 Ps 42-45); rooms put these questions into their `LIMITS`.
"""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection, bindparam, or_, select

from processes.people.careers import kinship
from processes.people.queries.on_day import TENANT, holds_on
from processes.people.queries.raters import leads
from processes.people.records import placement


class Interest(StrEnum):
    """Why somebody has an interest of his own in a decision."""

    ONESELF = "oneself"
    FAMILY = "family"
    OWN_SUPERIOR = "own_superior"


_of_people = select(kinship.c.employee_id, kinship.c.relative_id).where(
    kinship.c.tenant == bindparam("tenant"),
    or_(
        kinship.c.employee_id.in_(bindparam("people", expanding=True)),
        kinship.c.relative_id.in_(bindparam("people", expanding=True)),
    ),
)
_holders = select(placement.c.employee_id).where(
    placement.c.tenant == TENANT, placement.c.post_id == bindparam("post"), holds_on(placement)
)


def kin_of(read: Connection, tenant: str, people: Collection[int]) -> frozenset[int]:
    """Return the relatives of some people among the city's employees."""
    rows = read.execute(_of_people, {"tenant": tenant, "people": sorted(people)})
    return frozenset(person for row in rows for person in row) - frozenset(people)


def interest_in(read: Connection, tenant: str, person: int, about: int, day: date) -> Interest | None:
    """Return why a person has an interest of his own in what is decided about an employee; None if he has none."""
    if person == about:
        return Interest.ONESELF
    if person in kin_of(read, tenant, (about,)):
        return Interest.FAMILY
    return Interest.OWN_SUPERIOR if leads(read, tenant, about, person, day) else None


def interest_in_post(read: Connection, tenant: str, person: int, post: int, day: date) -> Interest | None:
    """Return why a person has an interest of his own in who gets a post: it is his, or of family, or his superior's."""
    holders = read.execute(_holders, {"tenant": tenant, "post": post, "day": day}).scalars().all()
    found = (interest_in(read, tenant, person, holder, day) for holder in holders)
    return next((interest for interest in found if interest is not None), None)

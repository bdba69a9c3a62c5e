"""The position map of a city on a day: every post with its holders, who acts, its need, what is missing, how long."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from sqlalchemy import Connection

from processes.people.city import City
from processes.people.queries import StaffMember, staff_on
from processes.people.queries.competencies import standards
from processes.promotion.parameters import numbers_on
from processes.promotion.posts.ageing import ACTING_LIMIT, Acting, Vacancy, acting_of, vacancy_of
from processes.promotion.posts.holding import Analysis, Post, acting_terms, all_posts, analyses, ends_of
from processes.promotion.posts.need import Need, gap_of

#: Key of the parameter set with the effective hours of one person in a year.
WORKLOAD: Final = "promotion.workload"


@dataclass(frozen=True, slots=True)
class MappedPost:
    """A post as the map shows it.

    :param vacancy: None while somebody holds the post.
    :param asks: how many competencies its standard (SKJ) names.
    """

    post: Post
    holders: tuple[StaffMember, ...]
    acting: Acting | None
    need: int | None
    vacancy: Vacancy | None
    asks: int

    @property
    def gap(self) -> int | None:
        """How many people are missing; below zero are too many, None while the need is not known."""
        return gap_of(self.need, len(self.holders))


@dataclass(frozen=True, slots=True)
class Totals:
    """What a part of the map adds up to.

    :param need: of the posts whose need is known; for the others as many as hold them.
    :param unknown: posts whose need is not known.
    """

    posts: int
    holders: int
    need: int
    missing: int
    surplus: int
    vacant: int
    acting: int
    unknown: int


def read_map(
    read: Connection, tenant: str, day: date, *, city: City, units: Collection[int] | None = None
) -> tuple[MappedPost, ...]:
    """Return the posts of a city with all that the map says of them, the highest class first.

    :param units: of these units alone.
    :raise CityError: the city's plugin does not answer.
    """
    posts = [item for item in all_posts(read, tenant) if units is None or item.unit_id in units]
    holders = holders_on(read, tenant, day)
    empty = [item.id for item in posts if item.id not in holders]
    ends = ends_of(read, tenant, empty, day) if empty else {}
    acting, found, asked = acting_terms(read, tenant, day), analyses(read, tenant, day.year), standards(read, tenant)
    limits = numbers_on(read, tenant, ACTING_LIMIT, day, city).values
    hours = numbers_on(read, tenant, WORKLOAD, day, city).values["effective_hours"]
    return tuple(
        MappedPost(
            item,
            holders.get(item.id, ()),
            acting_of(acting.get(item.id, ()), day, limits),
            need_by(found.get(item.id), hours).people,
            vacancy_of(ends[item.id], day) if item.id in ends else None,
            len(asked.get(item.id, {})),
        )
        for item in posts
    )


def holders_on(read: Connection, tenant: str, day: date) -> dict[int, tuple[StaffMember, ...]]:
    """Return who holds each post on a day, by post."""
    found: dict[int, tuple[StaffMember, ...]] = {}
    for member in staff_on(read, tenant, day):
        if member.post_id is not None:
            found[member.post_id] = (*found.get(member.post_id, ()), member)
    return found


def need_by(analysis: Analysis | None, hours: Decimal) -> Need:
    """Return the need that follows from what is recorded of a post."""
    if analysis is None:
        return Need((), (), hours)
    return Need(analysis.duties, analysis.factors, hours, analysis.approved, analysis.decree)


def total_of(posts: Collection[MappedPost]) -> Totals:
    """Return what some posts add up to."""
    gaps = [item.gap or 0 for item in posts]
    return Totals(
        posts=len(posts),
        holders=sum(len(item.holders) for item in posts),
        need=sum(len(item.holders) if item.need is None else item.need for item in posts),
        missing=sum(gap for gap in gaps if gap > 0),
        surplus=-sum(gap for gap in gaps if gap < 0),
        vacant=sum(1 for item in posts if item.vacancy is not None),
        acting=sum(1 for item in posts if item.acting is not None),
        unknown=sum(1 for item in posts if item.need is None),
    )


def by_unit(posts: Collection[MappedPost]) -> Mapping[int, list[MappedPost]]:
    """Return posts by the unit they belong to."""
    found: dict[int, list[MappedPost]] = {}
    for item in posts:
        found.setdefault(item.post.unit_id, []).append(item)
    return found

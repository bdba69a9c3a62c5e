"""Everything that the page of one post tells: its need, what it asks for, who held it, and who comes closest to it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from sqlalchemy import Connection, bindparam, select

from processes.people.city import City, ParameterSet, Predicate
from processes.people.queries import StaffMember, Unit, find_unit, staff_on
from processes.people.queries.competencies import (
    CompetencyGap,
    all_levels,
    competencies,
    gaps_between,
    standard_of,
)
from processes.people.records import result
from processes.promotion.parameters import numbers_on
from processes.promotion.posts.holding import Analysis, Post, Tenure, analyses, find_post, tenures_of
from processes.promotion.posts.mapping import WORKLOAD, MappedPost, need_by, read_map
from processes.promotion.posts.need import Need

#: How many of those who come closest are shown.
MOST_NEAREST: Final = 10
#: The highest class of a post.
MOST_CLASSES: Final = 17
_results = (
    select(result.c.employee_id, result.c.year, result.c.quarter, result.c.predicate)
    .where(result.c.tenant == bindparam("tenant"), result.c.employee_id.in_(bindparam("people", expanding=True)))
    .order_by(result.c.year, result.c.quarter, result.c.version)
)


@dataclass(frozen=True, slots=True)
class LastResult:
    """The newest locked predicate of somebody."""

    year: int
    quarter: int
    predicate: Predicate


@dataclass(frozen=True, slots=True)
class Nearest:
    """Somebody who comes close to what the post asks for.

    :param fit: percent of the asked levels that he was found to have.
    """

    member: StaffMember
    fit: Decimal
    gaps: tuple[CompetencyGap, ...]

    @property
    def short(self) -> int:
        """How many competencies are below the standard."""
        return sum(1 for gap in self.gaps if gap.gap)

    @property
    def unassessed(self) -> int:
        """How many nobody has assessed; they count as nothing in the fit."""
        return sum(1 for gap in self.gaps if not gap.is_assessed)


@dataclass(frozen=True, slots=True)
class PostDetail:
    """One post with all that is recorded of it.

    :param standard: what it asks for, beside nobody's levels.
    :param results: the newest predicate of each present holder, for those who may read it.
    """

    mapped: MappedPost
    unit: Unit
    analysis: Analysis | None
    need: Need
    workload: ParameterSet
    standard: tuple[CompetencyGap, ...]
    tenures: tuple[Tenure, ...]
    results: Mapping[int, LastResult]
    nearest: tuple[Nearest, ...]

    @property
    def post(self) -> Post:
        """The post itself."""
        return self.mapped.post


def read_detail(
    read: Connection,
    tenant: str,
    post_id: int,
    day: date,
    *,
    city: City,
    is_named: bool,
    candidates: Collection[int] = (),
) -> PostDetail:
    """Return a post with all that is recorded of it.

    :param is_named: whether the reader may see results of the holders by name.
    :param candidates: units whose people are looked through for those who come closest to the standard.
    :raise NotFound: there is no such post in that city.
    """
    post = find_post(read, tenant, post_id)
    mapped = next(
        item for item in read_map(read, tenant, day, city=city, units={post.unit_id}) if item.post.id == post_id
    )
    found = analyses(read, tenant, day.year, post_id).get(post_id)
    workload = numbers_on(read, tenant, WORKLOAD, day, city)
    asked = standard_of(read, tenant, post_id)
    holders = [member.id for member in mapped.holders]
    return PostDetail(
        mapped,
        find_unit(read, tenant, post.unit_id),
        found,
        need_by(found, workload.values["effective_hours"]),
        workload,
        gaps_between(competencies(read, tenant), asked, {}),
        tenures_of(read, tenant, post_id, day),
        last_results(read, tenant, holders) if is_named else {},
        _nearest(read, tenant, day, post=post, asked=asked, units=candidates, holders=holders),
    )


def last_results(read: Connection, tenant: str, people: Collection[int]) -> dict[int, LastResult]:
    """Return the newest locked predicate of some people."""
    rows = read.execute(_results, {"tenant": tenant, "people": sorted(people)})
    return {row.employee_id: LastResult(row.year, row.quarter, Predicate(row.predicate)) for row in rows}


def fit_of(gaps: Collection[CompetencyGap]) -> Decimal:
    """Return which percent of the asked levels somebody was found to have; more than is asked does not make up."""
    asked = sum(gap.standard for gap in gaps)
    had = sum(min(gap.standard, gap.level or 0) for gap in gaps)
    return Decimal(100) * had / asked if asked else Decimal(0)


def _nearest(
    read: Connection,
    tenant: str,
    day: date,
    *,
    post: Post,
    asked: Mapping[str, int],
    units: Collection[int],
    holders: Collection[int],
) -> tuple[Nearest, ...]:
    if not asked or not units:
        return ()
    known, held = competencies(read, tenant), all_levels(read, tenant, day)
    found: list[Nearest] = []
    for member in staff_on(read, tenant, day):
        # A post of a lower class than one's own is no aim.
        is_aim = (member.job_class or 0) <= (post.job_class or MOST_CLASSES)
        if is_aim and member.unit_id in units and member.id in held and member.id not in holders:
            gaps = gaps_between(known, asked, held[member.id])
            found.append(Nearest(member, fit_of(gaps), gaps))
    return tuple(sorted(found, key=lambda item: (-item.fit, item.member.name, item.member.id))[:MOST_NEAREST])

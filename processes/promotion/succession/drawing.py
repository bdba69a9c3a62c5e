"""Who could follow in a key post: from the talent box, with the gap to the post's standard and how ready he is."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from sqlalchemy import Connection

from processes.people.career_values import Weight
from processes.people.city import ParameterSet, PositionLevel
from processes.people.conflicts import kin_of
from processes.people.queries import StaffMember, holders_on, staff_on
from processes.people.queries.competencies import (
    CompetencyGap,
    all_levels,
    competencies,
    gaps_between,
    standard_of,
)
from processes.people.records import Role
from processes.promotion.career_facts import CareerFacts, functional_level
from processes.promotion.credit import Level
from processes.promotion.grades import grade_number
from processes.promotion.parameters import SUCCESSION, numbers_on
from processes.promotion.posts.detail import MOST_CLASSES, fit_of
from processes.promotion.posts.holding import Post
from processes.promotion.posts.retirement import months_later
from processes.promotion.queries.coming import Surroundings
from processes.promotion.queries.talents import Talent, talents

#: Posts for which a list is kept, with the levels from which people come (PP 11/2017 Ps 54 and 107).
FEEDERS: Final[Mapping[PositionLevel, tuple[PositionLevel, ...]]] = {
    PositionLevel.HIGH_LEADERSHIP_POST: (PositionLevel.HIGH_LEADERSHIP_POST, PositionLevel.ADMINISTRATOR),
    PositionLevel.ADMINISTRATOR: (PositionLevel.ADMINISTRATOR, PositionLevel.SUPERVISOR),
}
#: Functional posts from which people come as well.
_FUNCTIONAL: Final[Mapping[PositionLevel, tuple[Level, ...]]] = {
    PositionLevel.HIGH_LEADERSHIP_POST: (Level.AHLI_MADYA, Level.AHLI_UTAMA),
    PositionLevel.ADMINISTRATOR: (Level.AHLI_MUDA, Level.AHLI_MADYA, Level.AHLI_UTAMA),
}


class Readiness(StrEnum):
    """How soon somebody could take the post; the sooner first."""

    NOW = "now"
    SOON = "soon"  # in one or two years


class Exclusion(StrEnum):
    """Why somebody whose box and gap would do is left out."""

    CONFLICT = "conflict"
    SANCTION = "sanction"
    RETIRING = "retiring"


@dataclass(frozen=True, slots=True)
class Successor:
    """Somebody on a list, with a place, or with the reason why he has none.

    :param fit: percent of the asked levels that he was found to have.
    :param short: competencies below the standard; `levels` is by how many levels in all.
    """

    person: int
    box: int
    value: Decimal
    fit: Decimal
    short: int
    levels: int
    unassessed: int
    readiness: Readiness | None
    excluded: Exclusion | None = None
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a list would be today."""

    rules: ParameterSet
    names: tuple[Successor, ...]


def draw(read: Connection, tenant: str, around: Surroundings, post: Post, *, drawn_by: int | None) -> Drawn | None:
    """Return who could follow in a post today; None while the post has no standard to be measured by.

    :param drawn_by: who draws the list: he and his family have no place on it, as those who approve it have none.
    """
    asked = standard_of(read, tenant, post.id)
    if not asked:
        return None
    rules = numbers_on(read, tenant, SUCCESSION, around.today, around.city)
    people = [member for member in staff_on(read, tenant, around.today) if may_follow(member, post)]
    boxed = [(talent, talent.box.number) for talent in talents(read, tenant, around, people) if talent.box is not None]
    grouped = [(talent, number) for talent, number in boxed if number >= rules.values["box.from"]]
    known = competencies(read, tenant)
    held = all_levels(read, tenant, around.today, [talent.member.id for talent, _number in grouped])
    kept_away = _interested(read, tenant, around.today, drawn_by)
    found: list[Successor] = []
    for talent, number in grouped:
        one = measure(talent, number, gaps_between(known, asked, held.get(talent.member.id, {})))
        reason = exclusion_of(talent.facts, around.today, rules, is_interested=one.person in kept_away)
        found.append(replace(one, readiness=readiness_of(one, rules), excluded=reason))
    return Drawn(rules, placed(found, int(rules.values["list.most_names"])))


def may_follow(member: StaffMember, post: Post) -> bool:
    """Say whether a post is an aim for somebody: from its level or the one below, not his own, of no lower class."""
    if member.post_id == post.id or grade_number(member.grade) is None:
        return False
    if (member.job_class or 0) > (post.job_class or MOST_CLASSES):
        return False
    if member.level is PositionLevel.FUNCTIONAL_POSITION:
        return functional_level(member.post_name, member.grade) in _FUNCTIONAL.get(post.level, ())
    return member.level in FEEDERS.get(post.level, ())


def measure(talent: Talent, box: int, gaps: Collection[CompetencyGap]) -> Successor:
    """Return somebody with box, value and what he lacks of a standard; how ready that makes him is still open."""
    missing = [gap.gap for gap in gaps if gap.gap]
    unassessed = sum(1 for gap in gaps if not gap.is_assessed)
    value = talent.value or Decimal(0)
    return Successor(talent.member.id, box, value, fit_of(gaps), len(missing), sum(missing), unassessed, None)


def readiness_of(one: Successor, rules: ParameterSet) -> Readiness | None:
    """Return how ready somebody is: a competency that nobody has assessed is a level to be shown; None for too far."""
    missing = one.levels + one.unassessed
    if not missing:
        return Readiness.NOW
    return Readiness.SOON if missing <= rules.values["soon.most_levels"] else None


def exclusion_of(facts: CareerFacts, day: date, rules: ParameterSet, *, is_interested: bool) -> Exclusion | None:
    """Return why somebody has no place: an interest of those who decide, a sanction in force, too little time left."""
    if is_interested:
        return Exclusion.CONFLICT
    if facts.heaviest in (Weight.MODERATE, Weight.SEVERE):
        return Exclusion.SANCTION
    last = months_later(day, int(rules.values["service.least_months"]))
    return Exclusion.RETIRING if facts.retires_on is not None and facts.retires_on <= last else None


def placed(found: Iterable[Successor], most: int) -> tuple[Successor, ...]:
    """Return those who are ready or soon will be by place, then those who were left out with the reason.

    Readiness goes before the box, the box before the fit and the fit before the value; who is equal shares a place.
    """
    near = [one for one in found if one.readiness is not None]
    ranked = sorted((one for one in near if one.excluded is None), key=_order)
    keys = [_order(one) for one in ranked]
    listed = [replace(one, place=keys.index(_order(one)) + 1) for one in ranked]
    out = sorted((one for one in near if one.excluded is not None), key=_order)
    return (*(one for one in listed if one.place is not None and one.place <= most), *out)


def _order(one: Successor) -> tuple[int, int, Decimal, Decimal]:
    return list(Readiness).index(one.readiness or Readiness.SOON), -one.box, -one.fit, -one.value


def _interested(read: Connection, tenant: str, day: date, drawn_by: int | None) -> frozenset[int]:
    deciders = set(holders_on(read, tenant, Role.APPOINTING_AUTHORITY, day)) | ({drawn_by} - {None})
    people = {person for person in deciders if person is not None}
    return frozenset(people) | kin_of(read, tenant, people) if people else frozenset()

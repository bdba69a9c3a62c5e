"""Reads the competency map: the heat map of units and fields, people with their gaps, and one person's levels."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from engine.errors import NotFound
from engine.policy.actor import Actor
from processes.people.careers import CompetencyKind
from processes.people.city import ParameterSet
from processes.people.queries import StaffMember, Unit, find_employee, ids_above, people_led_by, placement_on
from processes.people.queries.competencies import (
    Competency,
    CompetencyGap,
    HeldLevel,
    competencies,
    competency_gaps,
    history_of,
    standards,
)
from processes.people.subjects import EmployeeSubject
from processes.promotion.parameters import numbers_on
from processes.promotion.posts.competence import (
    Cell,
    PersonGaps,
    PersonSkills,
    fields_of,
    gaps_of,
    heat_map,
    read_skills,
    total_cells,
)
from processes.promotion.posts.detail import fit_of
from processes.promotion.posts.holding import Post, all_posts, find_post
from processes.promotion.posts.register import REGISTER
from processes.promotion.posts.visible import units_with_levels, units_with_posts
from webapp.promotion.post_reading import all_below, path_to
from webapp.wiring import Alur

PAGE: Final = 25
MOST_POSTS: Final = 60
_SHARED: Final = frozenset(kind.value for kind in CompetencyKind)


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A unit in the heat map, with everything below it."""

    unit: Unit
    cells: Mapping[str, Cell]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class SkillsPage:
    """The competency map as its reader may see it.

    :param fields: of the heat map; empty for whoever sees no unit, only people he appraises.
    :param people: of one page, those with gaps first.
    :param columns: the competencies that posts of these people ask for.
    """

    path: tuple[Unit, ...]
    units: tuple[Unit, ...]
    fields: tuple[str, ...]
    heat: tuple[HeatRow, ...]
    limits: ParameterSet
    people: tuple[PersonGaps, ...]
    columns: tuple[Competency, ...]
    found: int
    page: int
    pages: int
    has_catalogue: bool

    @property
    def shared(self) -> tuple[str, ...]:
        """The fields that all posts share, a column each."""
        return tuple(field for field in self.fields if field in _SHARED)

    @property
    def technical(self) -> tuple[str, ...]:
        """The technical fields; each unit has but a few of them."""
        return tuple(field for field in self.fields if field not in _SHARED)


@dataclass(frozen=True, slots=True)
class Aim:
    """A post with what it asks for beside what the person has.

    :param fit: percent of the asked levels that were found.
    """

    post: Post | None
    gaps: tuple[CompetencyGap, ...]
    fit: Decimal


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person's competencies.

    :param aim: another post that the reader compares with.
    :param others: what was found beside what the present post asks for.
    """

    person: int
    name: str
    is_own: bool
    place: StaffMember | None
    present: Aim
    aim: Aim | None
    others: tuple[tuple[Competency, HeldLevel], ...]
    history: tuple[tuple[Competency, tuple[HeldLevel, ...]], ...]
    choices: tuple[Post, ...]


def read_skills_page(read: Any, actor: Actor, alur: Alur, unit_id: int | None, page: int) -> SkillsPage:
    """Return the competency map of what the reader sees.

    :raise NotFound: he sees nobody's competencies and no unit's, or not that unit.
    """
    tenant, day = actor.tenant, alur.now_in(actor.tenant).date()
    units = {unit.id: unit for unit in units_with_posts(read, actor)}
    named = {unit.id for unit in units_with_levels(read, actor)}
    led = set(people_led_by(read, tenant, actor.person, day)) if actor.person is not None else set[int]()
    if not units and not led:
        raise NotFound()
    shown = _shown(units, unit_id)
    skills = read_skills(read, tenant, day)
    inside = units.keys() if shown is None else all_below(units, shown)
    # A unit that has people of its own is looked at by itself; the city as a whole by those who have gaps.
    near = [item for item in skills.people if _is_listed(item, shown, named, led)]
    near.sort(key=lambda item: (-item.short, item.member.name, item.member.id))
    pages = max(1, -(-len(near) // PAGE))
    page = min(max(page, 1), pages)
    members = [item.member for item in near[(page - 1) * PAGE : page * PAGE]]
    listed = gaps_of(read, tenant, day, members, skills.catalogue)
    heat = heat_map(item for item in skills.people if item.member.unit_id in inside)
    fields = tuple(name for name in fields_of(skills.catalogue) if any(name in row for row in heat.values()))
    city = alur.directory.city(tenant)
    asked = {gap.competency.code for item in listed for gap in item.gaps}
    return SkillsPage(
        path_to(units, shown),
        tuple(units.values()),
        fields if units else (),
        _heat_rows(units, shown, heat),
        numbers_on(read, tenant, REGISTER, day, city),
        listed,
        tuple(item for code, item in skills.catalogue.items() if code in asked),
        len(near),
        page,
        pages,
        bool(skills.catalogue),
    )


def read_person(read: Any, actor: Actor, alur: Alur, person: int, post_id: int | None) -> PersonPage:
    """Return what somebody was found to have beside what his post, and one that he aims at, asks for.

    :raise NotFound: there is nobody of that kind for this reader, or no such post in his city.
    """
    tenant, day = actor.tenant, alur.now_in(actor.tenant).date()
    employee, place = find_employee(read, tenant, person), placement_on(read, tenant, person, day)
    subject = EmployeeSubject(tenant, person, place.unit_id if place is not None else None, day)
    alur.engine.policy.require(actor, "competency:view", subject, read)
    gaps = competency_gaps(read, tenant, person, day=day)
    known, history = competencies(read, tenant), history_of(read, tenant, person, day)
    asked = {gap.competency.code for gap in gaps}
    return PersonPage(
        person,
        employee.name,
        actor.person == person,
        place,
        Aim(None, gaps, fit_of(gaps)),
        _aim(read, tenant, person, post_id, day),
        tuple((item, history[code][0]) for code, item in known.items() if code in history and code not in asked),
        tuple((item, history[code]) for code, item in known.items() if code in history),
        _choices(read, tenant, place, post_id),
    )


def _shown(units: Mapping[int, Unit], unit_id: int | None) -> int | None:
    if unit_id is not None and unit_id not in units:
        raise NotFound()
    tops = [unit.id for unit in units.values() if unit.parent_id not in units]
    return unit_id if unit_id is not None else (tops[0] if len(tops) == 1 else None)


def _is_listed(item: PersonSkills, shown: int | None, named: set[int], led: set[int]) -> bool:
    if shown is None:
        return item.member.id in led or item.member.unit_id in named
    return item.member.unit_id == shown and (shown in named or item.member.id in led)


def _heat_rows(
    units: Mapping[int, Unit], shown: int | None, heat: Mapping[int, Mapping[str, Cell]]
) -> tuple[HeatRow, ...]:
    children = [
        unit
        for unit in units.values()
        if (unit.parent_id == shown if shown is not None else unit.parent_id not in units)
    ]
    rows: list[HeatRow] = []
    if shown is not None:
        rows.append(HeatRow(units[shown], heat.get(shown, {}), is_whole=False))
    for unit in children:
        below = total_cells(heat.get(unit_id, {}) for unit_id in all_below(units, unit.id))
        rows.append(HeatRow(unit, below, is_whole=True))
    return tuple(row for row in rows if row.cells)


def _aim(read: Any, tenant: str, person: int, post_id: int | None, day: Any) -> Aim | None:
    if post_id is None:
        return None
    gaps = competency_gaps(read, tenant, person, find_post(read, tenant, post_id).id, day=day)
    return Aim(find_post(read, tenant, post_id), gaps, fit_of(gaps))


def _choices(read: Any, tenant: str, place: StaffMember | None, asked: int | None) -> tuple[Post, ...]:
    """Return the posts that come next for somebody: of his unit and those above it, with a standard, no lower class."""
    if place is None:
        return ()
    above, known = set(ids_above(read, tenant, place.unit_id)), standards(read, tenant)
    found = [
        post
        for post in all_posts(read, tenant)
        if post.id in known
        and post.id != place.post_id
        and (post.id == asked or (post.unit_id in above and (post.job_class or 0) >= (place.job_class or 0)))
    ]
    return tuple(sorted(found, key=lambda post: (post.job_class or 0, post.name))[:MOST_POSTS])

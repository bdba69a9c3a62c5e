"""Reads the plan of needs: five years by job family, the need by field, and the indicators of areas behind them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection, bindparam, select, union

from processes.people.careers import CompetencyKind
from processes.people.city import City, ParameterSet
from processes.people.queries import Unit, all_units, staff_on
from processes.people.queries.competencies import competencies, standards
from processes.people.queries.on_day import TENANT
from processes.promotion.parameters import numbers_on
from processes.promotion.posts.competence import (
    Cell,
    PersonSkills,
    field_of,
    fields_of,
    heat_map,
    read_skills,
    total_cells,
)
from processes.promotion.posts.competence_plan import PlannedField, people_short, plan_field
from processes.promotion.posts.fields import ALWAYS_NAMED
from processes.promotion.posts.mapping import MappedPost, Totals, read_map, total_of
from processes.promotion.posts.plan import PlannedFamily, group_of, plan_family
from processes.promotion.posts.register import REGISTER, retirement_on
from processes.promotion.posts.retirement import AGES
from processes.promotion.records import ContextTopic, competency_plan, context_figure, need_plan

_revisions = union(
    select(need_plan.c.made_in).where(need_plan.c.tenant == TENANT),
    select(competency_plan.c.made_in).where(competency_plan.c.tenant == TENANT),
)
_plan = select(need_plan).where(need_plan.c.tenant == TENANT, need_plan.c.made_in == bindparam("made_in"))
_competencies = select(competency_plan).where(
    competency_plan.c.tenant == TENANT, competency_plan.c.made_in == bindparam("made_in")
)
_figures = (
    select(context_figure)
    .where(context_figure.c.tenant == TENANT)
    .order_by(context_figure.c.year, context_figure.c.name)
)


@dataclass(frozen=True, slots=True)
class FieldNeed:
    """What a field has and lacks: posts that ask for a competency of it, their people, and the people's skills."""

    field: str
    totals: Totals
    skills: Cell


@dataclass(frozen=True, slots=True)
class AreaFigure:
    """An indicator of an area in the newest year that is recorded of it."""

    unit: Unit
    name: str
    topic: ContextTopic
    year: int
    value: Decimal
    measure: str
    source: str


@dataclass(frozen=True, slots=True)
class NeedsPage:
    """The plan of needs as one page shows it.

    :param made_in: year of the plan that is shown; None as long as there is none.
    :param revisions: the years of all plans, the newest first.
    :param competencies: the plan of competencies of the same year.
    """

    made_in: int | None
    revisions: tuple[int, ...]
    families: tuple[PlannedFamily, ...]
    competencies: tuple[PlannedField, ...]
    fields: tuple[FieldNeed, ...]
    figures: tuple[AreaFigure, ...]
    limits: ParameterSet


def read_needs(read: Connection, tenant: str, day: date, *, city: City, made_in: int | None = None) -> NeedsPage:
    """Return the plan of needs of a city, by default its newest one.

    :raise CityError: the city's plugin does not answer.
    """
    revisions = tuple(sorted(read.execute(_revisions, {"tenant": tenant}).scalars(), reverse=True))
    shown = made_in if made_in in revisions else next(iter(revisions), None)
    people = read_skills(read, tenant, day).people
    return NeedsPage(
        shown,
        revisions,
        _families(read, tenant, day, city, shown),
        _planned_fields(read, tenant, people, made_in=shown, first_year=shown or day.year),
        _fields(read, tenant, day, city, people),
        _area_figures(read, tenant),
        numbers_on(read, tenant, REGISTER, day, city),
    )


def _families(read: Connection, tenant: str, day: date, city: City, made_in: int | None) -> tuple[PlannedFamily, ...]:
    ages = numbers_on(read, tenant, AGES, day, city)
    ends: dict[str, list[date | None]] = {}
    for member in staff_on(read, tenant, day):
        found = retirement_on(member, ages)
        ends.setdefault(group_of(member.family, member.level), []).append(found.day if found is not None else None)
    planned: dict[str, dict[int, tuple[int, str]]] = {}
    for row in read.execute(_plan, {"tenant": tenant, "made_in": made_in}) if made_in is not None else ():
        planned.setdefault(row.family, {})[row.year] = (row.need, row.reason)
    first = made_in or day.year
    return tuple(
        plan_family(family, ends.get(family, ()), planned.get(family, {}), first)
        for family in sorted(ends.keys() | planned.keys())
    )


def _planned_fields(
    read: Connection, tenant: str, people: Collection[PersonSkills], *, made_in: int | None, first_year: int
) -> tuple[PlannedField, ...]:
    planned: dict[str, dict[int, tuple[int, str]]] = {}
    for row in read.execute(_competencies, {"tenant": tenant, "made_in": made_in}) if made_in is not None else ():
        planned.setdefault(row.field, {})[row.year] = (row.people, row.reason)
    counted = people_short(people)
    return tuple(
        plan_field(field, counted.get(field, (0, 0)), planned.get(field, {}), first_year)
        for field in sorted(counted.keys() | planned.keys())
    )


def _fields(
    read: Connection, tenant: str, day: date, city: City, people: Collection[PersonSkills]
) -> tuple[FieldNeed, ...]:
    known, asked = competencies(read, tenant), standards(read, tenant)
    posts = {item.post.id: item for item in read_map(read, tenant, day, city=city)}
    skills = total_cells(heat_map(people).values())
    shared = {kind.value for kind in CompetencyKind}
    named = [field for field in fields_of(known, ALWAYS_NAMED) if field not in shared]
    of_field: dict[str, list[MappedPost]] = {field: [] for field in named}
    for post_id, levels in asked.items():
        if post_id in posts:
            for field in {field_of(known[code]) for code in levels if code in known} & of_field.keys():
                of_field[field].append(posts[post_id])
    ordered = sorted(named, key=lambda field: ALWAYS_NAMED.index(field) if field in ALWAYS_NAMED else len(named))
    return tuple(FieldNeed(field, total_of(of_field[field]), skills.get(field, Cell())) for field in ordered)


def _area_figures(read: Connection, tenant: str) -> tuple[AreaFigure, ...]:
    units = {unit.id: unit for unit in all_units(read, tenant)}
    newest = {
        (row.unit_id, row.name): AreaFigure(
            units[row.unit_id], row.name, ContextTopic(row.topic), row.year, row.value, row.measure, row.source
        )
        for row in read.execute(_figures, {"tenant": tenant})
    }
    return tuple(sorted(newest.values(), key=lambda item: (item.unit.name, item.topic, item.name)))

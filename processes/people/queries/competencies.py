"""What people are able to do, what posts ask for, and what is missing: the competency map of a city."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select

from processes.people.careers import CompetencyKind, competency, competency_level, post_standard
from processes.people.queries.on_day import DAY, TENANT, AnyRow, AnySelect, holds_on
from processes.people.records import placement

_ORDER: Final = {kind: number for number, kind in enumerate(CompetencyKind)}


@dataclass(frozen=True, slots=True)
class Competency:
    """A competency of the city's catalogue; `field` groups technical ones, such as health or infrastructure."""

    code: str
    name_id: str
    name_en: str
    kind: CompetencyKind
    field: str | None

    def name(self, language: str) -> str:
        """Return what it is called in a language, `id` or `en`."""
        return self.name_en if language == "en" else self.name_id


@dataclass(frozen=True, slots=True)
class HeldLevel:
    """What somebody was found to have: a level from 1 to 5, on which day, and where that comes from."""

    level: int
    assessed_on: date
    source: str
    case_id: int | None


@dataclass(frozen=True, slots=True)
class CompetencyGap:
    """What a post asks for in one competency beside what somebody has.

    :param standard: the level from 1 to 5 that the post asks for (SKJ).
    :param held: None as long as nobody has assessed it.
    """

    competency: Competency
    standard: int
    held: HeldLevel | None

    @property
    def level(self) -> int | None:
        """The level that was found; None as long as nobody has assessed it."""
        return self.held.level if self.held is not None else None

    @property
    def gap(self) -> int:
        """How many levels are missing, 0 to 4; 0 while unassessed: a gap is what was found, not what is unknown."""
        return max(0, self.standard - self.held.level) if self.held is not None else 0

    @property
    def is_assessed(self) -> bool:
        """Whether anybody has found a level."""
        return self.held is not None


_catalogue = select(competency).where(competency.c.tenant == TENANT)
_levels: AnySelect = (
    select(competency_level)
    .where(competency_level.c.tenant == TENANT, competency_level.c.assessed_on <= DAY)
    .order_by(competency_level.c.employee_id, competency_level.c.competency, competency_level.c.assessed_on)
)
_levels_of_some = _levels.where(competency_level.c.employee_id.in_(bindparam("people", expanding=True)))
# Of a whole city these are many rows: nothing is read that nobody counts with.
_plain_levels: AnySelect = (
    select(competency_level.c.employee_id, competency_level.c.competency, competency_level.c.level)
    .where(competency_level.c.tenant == TENANT, competency_level.c.assessed_on <= DAY)
    .order_by(competency_level.c.employee_id, competency_level.c.competency, competency_level.c.assessed_on)
)
_plain_levels_of_some = _plain_levels.where(competency_level.c.employee_id.in_(bindparam("people", expanding=True)))
_own_levels = _levels.where(competency_level.c.employee_id == bindparam("employee_id"))
_standards: AnySelect = select(post_standard.c.post_id, post_standard.c.competency, post_standard.c.level).where(
    post_standard.c.tenant == TENANT
)
_standard = _standards.where(post_standard.c.post_id == bindparam("post_id"))
_present_post = (
    select(placement.c.post_id)
    .where(placement.c.tenant == TENANT, placement.c.employee_id == bindparam("employee_id"), holds_on(placement))
    .order_by(placement.c.valid_from.desc())
    .limit(1)
)


def competency_gaps(
    read: Connection, tenant: str, employee: int, post: int | None = None, *, day: date
) -> tuple[CompetencyGap, ...]:
    """Return what a post asks for beside what an employee has on a day, in the order of the catalogue.

    Every competency of the post's standard is there, also those without a gap. It is empty for a post without a
    standard, and for an employee who holds no post that day.

    :param post: a post that somebody aims at; by default the one that he holds on the day.
    """
    if post is None:
        post = read.execute(_present_post, {"tenant": tenant, "employee_id": employee, "day": day}).scalar()
    if post is None:
        return ()
    known, held = competencies(read, tenant), levels_of(read, tenant, employee, day)
    return gaps_between(known, standard_of(read, tenant, post), held)


def gaps_between(
    known: Mapping[str, Competency], standard: Mapping[str, int], held: Mapping[str, HeldLevel]
) -> tuple[CompetencyGap, ...]:
    """Return a standard beside levels that somebody has, in the order of the catalogue."""
    return tuple(
        CompetencyGap(item, standard[code], held.get(code)) for code, item in known.items() if code in standard
    )


def competencies(read: Connection, tenant: str) -> dict[str, Competency]:
    """Return the city's catalogue by code: managerial, socio-cultural, then technical by field."""
    rows = sorted((_competency_of(row) for row in read.execute(_catalogue, {"tenant": tenant})), key=_place)
    return {item.code: item for item in rows}


def standard_of(read: Connection, tenant: str, post: int) -> dict[str, int]:
    """Return the level that a post asks for in each competency of its standard (SKJ)."""
    rows = read.execute(_standard, {"tenant": tenant, "post_id": post})
    return {row.competency: row.level for row in rows}


def standards(read: Connection, tenant: str) -> dict[int, dict[str, int]]:
    """Return the standards of all posts that have one."""
    found: dict[int, dict[str, int]] = {}
    for row in read.execute(_standards, {"tenant": tenant}):
        found.setdefault(row.post_id, {})[row.competency] = row.level
    return found


def levels_of(read: Connection, tenant: str, employee: int, day: date) -> dict[str, HeldLevel]:
    """Return what an employee was last found to have in each competency, up to a day."""
    rows = read.execute(_own_levels, {"tenant": tenant, "employee_id": employee, "day": day})
    return {row.competency: _held_of(row) for row in rows}


def all_levels(
    read: Connection, tenant: str, day: date, people: Collection[int] | None = None
) -> dict[int, dict[str, HeldLevel]]:
    """Return what everybody was last found to have, by employee and competency, up to a day.

    :param people: of these alone, as many as a page shows.
    """
    found: dict[int, dict[str, HeldLevel]] = {}
    for row in _read_levels(read, tenant, day, people, (_levels, _levels_of_some)):
        found.setdefault(row.employee_id, {})[row.competency] = _held_of(row)
    return found


def plain_levels(
    read: Connection, tenant: str, day: date, people: Collection[int] | None = None
) -> dict[int, dict[str, int]]:
    """Return the levels that everybody was last found to have, without where they come from: to count a whole city.

    :param people: of these alone, as many as a page shows.
    """
    found: dict[int, dict[str, int]] = {}
    for employee, code, level in _read_levels(read, tenant, day, people, (_plain_levels, _plain_levels_of_some)):
        found.setdefault(employee, {})[code] = level
    return found


def history_of(read: Connection, tenant: str, employee: int, day: date) -> dict[str, tuple[HeldLevel, ...]]:
    """Return all assessments of an employee by competency, up to a day, the newest first."""
    found: dict[str, tuple[HeldLevel, ...]] = {}
    for row in read.execute(_own_levels, {"tenant": tenant, "employee_id": employee, "day": day}):
        found[row.competency] = (_held_of(row), *found.get(row.competency, ()))
    return found


def _read_levels(
    read: Connection, tenant: str, day: date, people: Collection[int] | None, statements: tuple[AnySelect, AnySelect]
) -> Iterable[AnyRow]:
    everybody, some = statements
    # All at once: taking rows one by one costs as much as reading them.
    if people is None:
        return read.execute(everybody, {"tenant": tenant, "day": day}).all()
    return read.execute(some, {"tenant": tenant, "day": day, "people": sorted(people)}).all() if people else ()


def _place(item: Competency) -> tuple[Any, ...]:
    return _ORDER[item.kind], item.field or "", item.code


def _competency_of(row: AnyRow) -> Competency:
    return Competency(row.code, row.name, row.name_en or row.name, CompetencyKind(row.kind), row.field)


def _held_of(row: AnyRow) -> HeldLevel:
    return HeldLevel(row.level, row.assessed_on, row.source, row.case_id)

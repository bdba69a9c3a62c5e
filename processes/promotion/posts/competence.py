"""Where skills are missing: competency gaps of people, added up by unit and field (the heat map)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from sqlalchemy import Connection

from processes.people.careers import CompetencyKind
from processes.people.queries import StaffMember, staff_on
from processes.people.queries.competencies import (
    Competency,
    CompetencyGap,
    HeldLevel,
    all_levels,
    competencies,
    gaps_between,
    plain_levels,
    standards,
)

_HUNDRED: Final = Decimal(100)


class Heat(StrEnum):
    """How much is missing in a cell of the heat map, said in a word so that no colour is needed."""

    UNKNOWN = "unknown"
    NONE = "none"
    FEW = "few"
    SOME = "some"
    MANY = "many"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a unit's people have of what their posts ask in one field.

    :param asked: how many times a post of one of them asks for a competency of the field.
    :param assessed: how many of these somebody has assessed.
    :param short: how many of the assessed ones are below the standard.
    :param levels: how many levels they are short in all.
    """

    asked: int = 0
    assessed: int = 0
    short: int = 0
    levels: int = 0

    def __add__(self, other: "Cell") -> "Cell":
        """Return both together."""
        return Cell(
            self.asked + other.asked,
            self.assessed + other.assessed,
            self.short + other.short,
            self.levels + other.levels,
        )

    @property
    def percent(self) -> Decimal | None:
        """Which part of what was assessed is below the standard; None while nothing is assessed."""
        return _HUNDRED * self.short / self.assessed if self.assessed else None

    def heat(self, limits: Mapping[str, Decimal]) -> Heat:
        """Return how much is missing.

        :param limits: percent up to which it is `few`, and from which it is `many`.
        """
        if self.percent is None:
            return Heat.UNKNOWN
        if self.short == 0:
            return Heat.NONE
        if self.percent < limits["few"]:
            return Heat.FEW
        return Heat.MANY if self.percent >= limits["many"] else Heat.SOME


@dataclass(frozen=True, slots=True)
class PersonSkills:
    """Somebody with what his post asks beside what he has, counted by field."""

    member: StaffMember
    cells: Mapping[str, Cell]

    @property
    def short(self) -> int:
        """How many competencies are below the standard."""
        return sum(cell.short for cell in self.cells.values())


@dataclass(frozen=True, slots=True)
class PersonGaps:
    """Somebody with what his post asks beside what he has, one by one."""

    member: StaffMember
    gaps: tuple[CompetencyGap, ...]

    @property
    def asked(self) -> int:
        """How many competencies the post asks for."""
        return len(self.gaps)

    @property
    def short(self) -> tuple[CompetencyGap, ...]:
        """Those in which he is below the standard, the furthest first."""
        return tuple(sorted((gap for gap in self.gaps if gap.gap), key=lambda gap: -gap.gap))

    @property
    def unassessed(self) -> int:
        """How many nobody has assessed."""
        return sum(1 for gap in self.gaps if not gap.is_assessed)


@dataclass(frozen=True, slots=True)
class Skills:
    """The catalogue of a city, and its people with what they lack."""

    catalogue: Mapping[str, Competency]
    people: tuple[PersonSkills, ...]


def read_skills(read: Connection, tenant: str, day: date) -> Skills:
    """Return the people of a city beside what their posts ask for on a day, counted by field."""
    known, held = competencies(read, tenant), plain_levels(read, tenant, day)
    asked = {
        post: tuple((code, field_of(known[code]), level) for code, level in standard.items() if code in known)
        for post, standard in standards(read, tenant).items()
    }
    nothing: Mapping[str, int] = {}
    people = (
        PersonSkills(member, _cells(asked.get(member.post_id or 0, ()), held.get(member.id, nothing)))
        for member in staff_on(read, tenant, day)
    )
    return Skills(known, tuple(people))


def gaps_of(
    read: Connection, tenant: str, day: date, people: Collection[StaffMember], catalogue: Mapping[str, Competency]
) -> tuple[PersonGaps, ...]:
    """Return some people, as many as a page shows, with each competency that their posts ask for."""
    asked, held = standards(read, tenant), all_levels(read, tenant, day, [member.id for member in people])
    nothing: Mapping[str, HeldLevel] = {}
    return tuple(
        PersonGaps(member, gaps_between(catalogue, asked.get(member.post_id or 0, {}), held.get(member.id, nothing)))
        for member in people
    )


def field_of(competency: Competency) -> str:
    """Return the field a competency counts to: its own, or its kind for those that all posts share."""
    return competency.field or competency.kind.value


def fields_of(catalogue: Mapping[str, Competency], always: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the fields of a catalogue: managerial and socio-cultural first, then the technical ones."""
    technical = {field_of(item) for item in catalogue.values() if item.kind is CompetencyKind.TECHNICAL}
    shared = (kind.value for kind in CompetencyKind if kind is not CompetencyKind.TECHNICAL)
    named = [field for field in always if field not in technical]
    return tuple(dict.fromkeys((*shared, *sorted(technical), *named)))


def heat_map(people: Iterable[PersonSkills]) -> dict[int, dict[str, Cell]]:
    """Return the cells of the heat map by unit and field."""
    found: dict[int, list[Mapping[str, Cell]]] = {}
    for person in people:
        found.setdefault(person.member.unit_id, []).append(person.cells)
    return {unit: total_cells(rows) for unit, rows in found.items()}


def total_cells(rows: Iterable[Mapping[str, Cell]]) -> dict[str, Cell]:
    """Return what several rows of the heat map add up to, by field."""
    total: dict[str, Cell] = {}
    for row in rows:
        for name, cell in row.items():
            total[name] = total.get(name, Cell()) + cell
    return total


def _cells(asked: Iterable[tuple[str, str, int]], held: Mapping[str, int]) -> dict[str, Cell]:
    """Return the cells of one person.

    :param asked: code, field and level of each competency of the post's standard.
    """
    counts: dict[str, list[int]] = {}
    for code, field, level in asked:
        found = counts.setdefault(field, [0, 0, 0, 0])
        found[0] += 1
        if code in held:
            gap = max(0, level - held[code])
            found[1:] = [found[1] + 1, found[2] + (gap > 0), found[3] + gap]
    return {field: Cell(*found) for field, found in counts.items()}

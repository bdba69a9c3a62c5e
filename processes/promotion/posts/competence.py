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
class PersonGaps:
    """Somebody with what his post asks beside what he has."""

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
    """The catalogue of a city, and its people with their gaps."""

    catalogue: Mapping[str, Competency]
    people: tuple[PersonGaps, ...]


def read_skills(read: Connection, tenant: str, day: date, units: Collection[int] | None = None) -> Skills:
    """Return the people of some units, or of the city, beside what their posts ask for on a day."""
    known, asked, held = competencies(read, tenant), standards(read, tenant), all_levels(read, tenant, day)
    nothing: Mapping[str, HeldLevel] = {}
    people = (
        PersonGaps(member, gaps_between(known, asked.get(member.post_id or 0, {}), held.get(member.id, nothing)))
        for member in staff_on(read, tenant, day)
        if units is None or member.unit_id in units
    )
    return Skills(known, tuple(people))


def field_of(competency: Competency) -> str:
    """Return the field a competency counts to: its own, or its kind for those that all posts share."""
    return competency.field or competency.kind.value


def fields_of(catalogue: Mapping[str, Competency], always: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the fields of a catalogue: managerial and socio-cultural first, then the technical ones."""
    technical = {field_of(item) for item in catalogue.values() if item.kind is CompetencyKind.TECHNICAL}
    shared = (kind.value for kind in CompetencyKind if kind is not CompetencyKind.TECHNICAL)
    named = [field for field in always if field not in technical]
    return tuple(dict.fromkeys((*shared, *sorted(technical), *named)))


def heat_map(people: Iterable[PersonGaps]) -> dict[int, dict[str, Cell]]:
    """Return the cells of the heat map by unit and field."""
    found: dict[int, dict[str, Cell]] = {}
    for person in people:
        row = found.setdefault(person.member.unit_id, {})
        for gap in person.gaps:
            name = field_of(gap.competency)
            row[name] = row.get(name, Cell()) + _cell_of(gap)
    return found


def total_cells(rows: Iterable[Mapping[str, Cell]]) -> dict[str, Cell]:
    """Return what several rows of the heat map add up to, by field."""
    total: dict[str, Cell] = {}
    for row in rows:
        for name, cell in row.items():
            total[name] = total.get(name, Cell()) + cell
    return total


def _cell_of(gap: CompetencyGap) -> Cell:
    return Cell(1, int(gap.is_assessed), int(gap.gap > 0), gap.gap)

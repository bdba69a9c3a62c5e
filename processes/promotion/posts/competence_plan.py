"""The plan of competencies: how many people are to reach the standard of a field in each of five years."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from processes.promotion.posts.competence import PersonSkills
from processes.promotion.posts.plan import YEARS_OF_A_PLAN


@dataclass(frozen=True, slots=True)
class CompetenceYear:
    """One year of a field.

    :param people: how many are to reach the standard; None where the plan says nothing.
    :param rest: how many of those who are below it today still will be at the end of the year.
    """

    year: int
    people: int | None
    reason: str
    rest: int


@dataclass(frozen=True, slots=True)
class PlannedField:
    """The five years of a field, beside how many people are below its standard and how many nobody has assessed."""

    field: str
    short: int
    unassessed: int
    years: tuple[CompetenceYear, ...]


def people_short(people: Iterable[PersonSkills]) -> dict[str, tuple[int, int]]:
    """Return by field how many people are below the standard of their posts, and how many are not assessed in it."""
    found: dict[str, tuple[int, int]] = {}
    for person in people:
        for name, cell in person.cells.items():
            short, unassessed = found.get(name, (0, 0))
            is_unknown = not cell.short and cell.assessed < cell.asked
            found[name] = (short + (cell.short > 0), unassessed + is_unknown)
    return {name: counted for name, counted in found.items() if any(counted)}


def plan_field(
    field: str, counted: tuple[int, int], planned: Mapping[int, tuple[int, str]], first_year: int
) -> PlannedField:
    """Return the five years of a field.

    :param counted: people below the standard today, and people whom nobody has assessed in it.
    :param planned: people and reason by year.
    """
    rest = counted[0]
    years: list[CompetenceYear] = []
    for year in range(first_year, first_year + YEARS_OF_A_PLAN):
        people, reason = planned.get(year, (None, ""))
        rest = max(0, rest - (people or 0))
        years.append(CompetenceYear(year, people, reason, rest))
    return PlannedField(field, *counted, tuple(years))

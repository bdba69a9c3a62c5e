"""The plan of needs: five years ahead, revised each year, beside those who will still be there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from processes.people.city import PositionLevel
from processes.people.imports.posts import GENERAL_FAMILY

#: PP 11/2017 Ps 5-7: the need for people is planned for five years, with each year by itself.
YEARS_OF_A_PLAN: Final = 5


def group_of(family: str, level: PositionLevel) -> str:
    """Return by what people are counted in the plan: their job family, or the level of those of no special one."""
    return family if family != GENERAL_FAMILY else level.value


@dataclass(frozen=True, slots=True)
class PlannedYear:
    """One year of a family: what is planned, and how many of today's people will be there on its last day.

    :param need: None where the plan says nothing.
    """

    year: int
    need: int | None
    reason: str
    staying: int
    leaving: int

    @property
    def gap(self) -> int | None:
        """How many are missing at the end of the year if nobody new comes; below zero are too many."""
        return None if self.need is None else self.need - self.staying


@dataclass(frozen=True, slots=True)
class PlannedFamily:
    """The five years of a job family."""

    family: str
    holders: int
    years: tuple[PlannedYear, ...]


def plan_family(
    family: str, retirements: Iterable[date | None], planned: Mapping[int, tuple[int, str]], first_year: int
) -> PlannedFamily:
    """Return the five years of a family.

    :param retirements: the day from which each of today's people is retired; None where it is not known.
    :param planned: need and reason by year.
    """
    days = list(retirements)
    years = (
        _year(year, days, planned.get(year, (None, ""))) for year in range(first_year, first_year + YEARS_OF_A_PLAN)
    )
    return PlannedFamily(family, len(days), tuple(years))


def _year(year: int, days: list[date | None], planned: tuple[int | None, str]) -> PlannedYear:
    end = date(year, 12, 31)
    staying = sum(1 for day in days if day is None or day > end)
    leaving = sum(1 for day in days if day is not None and date(year, 1, 1) <= day <= end)
    return PlannedYear(year, planned[0], planned[1], staying, leaving)

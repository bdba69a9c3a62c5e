"""The service of units by their satisfaction index: who is best, with answers and trend, units alone (TS-31, MT-37)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from sqlalchemy import Connection

from processes.people.queries import Unit, all_units
from processes.reports.quarters import Quarter
from processes.reports.queries.figures import Figures, Index, indices
from processes.reports.ranking import shared_places
from processes.reports.sample import least_answers

#: Quarters that the trend looks back, this one among them.
TREND: Final = 4


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A unit in a quarter.

    :param place: in the ranking; None without enough answers.
    :param needed: how many answers it needs to be compared.
    :param trend: the indices of the last four quarters, the earliest first; None where there is none.
    """

    unit: Unit
    place: int | None
    index: Index
    needed: int
    trend: tuple[Decimal | None, ...]

    @property
    def change(self) -> Decimal | None:
        """How far the published index moved since the quarter before; None where that has none."""
        before = self.trend[-2]
        return self.index.shown - before if before is not None else None


def service_ranking(
    read: Connection, tenant: str, quarter: Quarter, numbers: Mapping[str, Decimal]
) -> tuple[ServiceRow, ...]:
    """Return the units with an index, the best first; those with too few answers follow without a place."""
    found = indices(read, tenant, quarter.shifted(1 - TREND), quarter)
    rows = [
        (unit, index, least_answers(index.users, numbers))
        for unit in all_units(read, tenant)
        if (index := found.get((unit.id, quarter))) is not None
    ]
    enough = [(unit, index, needed) for unit, index, needed in rows if index.answers >= needed]
    places = shared_places([index.shown for _, index, _ in enough])
    ranked = [
        _row(found, unit, quarter, index=index, needed=needed, place=place)
        for (unit, index, needed), place in zip(enough, places, strict=True)
    ]
    others = [
        _row(found, unit, quarter, index=index, needed=needed, place=None)
        for unit, index, needed in rows
        if index.answers < needed
    ]
    return (*sorted(ranked, key=lambda row: (row.place, row.unit.code)), *others)


def _row(found: Figures, unit: Unit, quarter: Quarter, *, index: Index, needed: int, place: int | None) -> ServiceRow:
    quarters = [quarter.shifted(back) for back in range(1 - TREND, 1)]
    trend = [one.shown if (one := found.get((unit.id, at))) is not None else None for at in quarters]
    return ServiceRow(unit, place, index, needed, tuple(trend))

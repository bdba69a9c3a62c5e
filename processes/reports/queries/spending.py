"""Spending on allowances beside the satisfaction index, agency by agency (TB-28)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select

from engine.mining.few import hidden_cells
from engine.records.schema import Day
from processes.incentive.records import RunStatus, allowance_run
from processes.people.queries import Unit, all_units
from processes.people.queries.on_day import TENANT
from processes.reports.quarters import Quarter, quarter_of
from processes.reports.queries.figures import Figures, Index, agencies, indices, joined
from processes.reports.ranking import spearman

#: Months that count: slips are out.
PUBLISHED: Final = (RunStatus.PUBLISHED.value, RunStatus.LOCKED.value, RunStatus.PAID.value)
_FIRST: Any = bindparam("first", type_=Day)
_LAST: Any = bindparam("last", type_=Day)
_runs = select(allowance_run.c.unit_id, allowance_run.c.month, allowance_run.c.people, allowance_run.c.gross).where(
    allowance_run.c.tenant == TENANT,
    allowance_run.c.month.between(_FIRST, _LAST),
    allowance_run.c.status.in_(PUBLISHED),
)


_newest = (
    select(allowance_run.c.month)
    .where(allowance_run.c.tenant == TENANT, allowance_run.c.status.in_(PUBLISHED))
    .order_by(allowance_run.c.month.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Spent:
    """What was paid in a quarter; `person_months` counts each person once a month."""

    gross: Decimal
    person_months: int
    people: int

    @property
    def a_month(self) -> Decimal | None:
        """The mean for a person and month, unrounded."""
        return self.gross / self.person_months if self.person_months else None


@dataclass(frozen=True, slots=True)
class SpendingRow:
    """An agency.

    :param spent: None where too few people work there to show it, or nothing was paid.
    :param is_hidden: there is something that is not shown.
    """

    unit: Unit
    spent: Spent | None
    is_hidden: bool
    index: Index | None
    spent_before: Spent | None
    index_before: Index | None


@dataclass(frozen=True, slots=True)
class SpendingReport:
    """Agencies by code, with the sum of the city.

    :param relation: how far pay and index go together over the agencies; None for fewer than ten of them.
    """

    rows: tuple[SpendingRow, ...]
    gross: Decimal
    people: int
    months: int
    relation: Decimal | None
    compared: int


def spending_report(read: Connection, tenant: str, quarter: Quarter, numbers: Mapping[str, Decimal]) -> SpendingReport:
    """Return the agencies of a city with what was spent and how satisfied citizens were, with the quarter before."""
    before = quarter.shifted(-1)
    units = all_units(read, tenant)
    agency, found = agencies(units), indices(read, tenant, before, quarter)
    runs = read.execute(_runs, {"tenant": tenant, "first": before.first_day, "last": quarter.last_month}).all()
    spent = _spent(agency, (row for row in runs if row.month >= quarter.first_day))
    earlier = _spent(agency, (row for row in runs if row.month < quarter.first_day))
    heads = sorted(set(agency.values()), key=lambda unit: unit.code)
    flags = hidden_cells([spent[unit.id].people if unit.id in spent else 0 for unit in heads], _least(numbers))
    rows = [
        SpendingRow(
            unit,
            None if is_hidden else spent.get(unit.id),
            is_hidden,
            _index_of(unit, quarter, agency, found),
            None if is_hidden else earlier.get(unit.id),
            _index_of(unit, before, agency, found),
        )
        for unit, is_hidden in zip(heads, flags, strict=True)
    ]
    seen = tuple(row for row in rows if row.spent is not None or row.index is not None or row.is_hidden)
    pairs = [pair for row in seen if (pair := _pair(row)) is not None]
    months: set[date] = {row.month for row in runs if row.month >= quarter.first_day}
    return SpendingReport(
        seen,
        sum((one.gross for one in spent.values()), Decimal(0)),
        sum(one.people for one in spent.values()),
        len(months),
        spearman(pairs) if len(pairs) >= numbers["least_unit"] else None,
        len(pairs),
    )


def newest_quarter(read: Connection, tenant: str) -> Quarter | None:
    """Return the quarter of the newest month whose slips are out; None before there was one."""
    month = read.execute(_newest, {"tenant": tenant}).scalar_one_or_none()
    return quarter_of(month) if month is not None else None


def _least(numbers: Mapping[str, Decimal]) -> int:
    return int(numbers["least_people"])


def _spent(agency: Mapping[int, Unit], runs: Iterable[Any]) -> dict[int, Spent]:
    found: dict[int, list[Any]] = {}
    for row in runs:
        found.setdefault(agency[row.unit_id].id, []).append(row)
    return {unit_id: _sum(rows) for unit_id, rows in found.items()}


def _sum(rows: list[Any]) -> Spent:
    people: dict[date, int] = {}
    for row in rows:
        people[row.month] = people.get(row.month, 0) + row.people
    gross = sum((row.gross for row in rows), Decimal(0))
    return Spent(gross, sum(people.values()), people[max(people)])


def _index_of(unit: Unit, quarter: Quarter, agency: Mapping[int, Unit], found: Figures) -> Index | None:
    """Return the agency's own index, else that of the units below it together."""
    own = found.get((unit.id, quarter))
    below = (found[key] for key in found if key[1] == quarter and agency[key[0]].id == unit.id)
    return own if own is not None else joined(below)


def _pair(row: SpendingRow) -> tuple[Decimal, Decimal] | None:
    a_month = row.spent.a_month if row.spent is not None else None
    return (a_month, row.index.value) if a_month is not None and row.index is not None else None

"""Units' satisfaction index (IKM) by quarter, and the agency that each unit belongs to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from sqlalchemy import Connection, bindparam, select

from processes.appraisal.rules.survey import ServiceGrade, published, service_grade
from processes.people.figures import unit_figure
from processes.people.queries import Unit
from processes.people.queries.on_day import TENANT
from processes.people.queries.units import MAX_DEPTH
from processes.reports.quarters import Quarter

#: The index, the answers behind it, and how many people use the service in all.
NAMES: Final = ("ikm", "n", "users")
_figures = select(
    unit_figure.c.unit_id, unit_figure.c.year, unit_figure.c.quarter, unit_figure.c.name, unit_figure.c.value
).where(
    unit_figure.c.tenant == TENANT,
    unit_figure.c.name.in_(NAMES),
    unit_figure.c.year.between(bindparam("first"), bindparam("last")),
)

Figures = Mapping[tuple[int, Quarter], "Index"]


@dataclass(frozen=True, slots=True)
class Index:
    """The satisfaction index of a unit in a quarter.

    :param value: unrounded.
    :param answers: behind it; 0 where nobody said.
    :param users: of the service; None where nobody said.
    """

    value: Decimal
    answers: int
    users: Decimal | None = None

    @property
    def shown(self) -> Decimal:
        """The index as it is published, with two decimals."""
        return published(self.value)

    @property
    def grade(self) -> ServiceGrade:
        """A to D (PermenPANRB 14/2017)."""
        return service_grade(self.value)


def indices(read: Connection, tenant: str, first: Quarter, last: Quarter) -> Figures:
    """Return the index of every unit that has one, by unit and quarter."""
    params = {"tenant": tenant, "first": first.year, "last": last.year}
    found: dict[tuple[int, Quarter], dict[str, Decimal]] = {}
    for row in read.execute(_figures, params):
        at = Quarter(row.year, row.quarter)
        if first <= at <= last:
            found.setdefault((row.unit_id, at), {})[row.name] = row.value
    return {key: _index(given) for key, given in found.items() if "ikm" in given}


def agencies(units: Iterable[Unit]) -> dict[int, Unit]:
    """Return the agency (OPD) of each unit: the unit itself at the top or right below it, else the one above there."""
    known = {unit.id: unit for unit in units}
    return {unit_id: _agency(known, unit) for unit_id, unit in known.items()}


def joined(found: Iterable[Index]) -> Index | None:
    """Return several indices as one, each weighing by its answers; None where nobody answered."""
    given = [one for one in found if one.answers]
    answers = sum(one.answers for one in given)
    if not answers:
        return None
    return Index(sum((one.value * one.answers for one in given), Decimal(0)) / answers, answers)


def _index(given: Mapping[str, Decimal]) -> Index:
    return Index(given["ikm"], int(given.get("n", 0)), given.get("users"))


def _agency(known: Mapping[int, Unit], unit: Unit) -> Unit:
    for _step in range(MAX_DEPTH):
        above = known.get(unit.parent_id or 0)
        if above is None or above.parent_id is None:
            return unit
        unit = above
    return unit

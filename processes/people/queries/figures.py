"""What units' figures were in the quarters of which they are known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from sqlalchemy import Connection, bindparam, select

from processes.people.figures import unit_figure
from processes.people.queries.on_day import TENANT

#: The figure that says how many answers or events the others rest on.
SAMPLE: Final = "n"

_columns = (unit_figure.c.unit_id, unit_figure.c.year, unit_figure.c.quarter, unit_figure.c.name, unit_figure.c.value)
_named = select(*_columns, unit_figure.c.source).where(
    unit_figure.c.tenant == TENANT,
    unit_figure.c.name.in_(bindparam("names", expanding=True)),
    unit_figure.c.unit_id.in_(bindparam("units", expanding=True)),
)


@dataclass(frozen=True, slots=True)
class QuarterFigure:
    """A figure of a unit in a quarter, with how many answers it rests on, if that is known, and the file it came by."""

    value: Decimal
    sample: int | None
    source: str


#: Year and quarter.
Quarter = tuple[int, int]


def figures_by_quarter(
    read: Connection, tenant: str, units: Iterable[int], name: str
) -> Mapping[int, Mapping[Quarter, QuarterFigure]]:
    """Return a figure of some units in every quarter of which it is known, by unit."""
    params = {"tenant": tenant, "units": list(units), "names": [name, SAMPLE]}
    rows = list(read.execute(_named, params))
    samples = {(row.unit_id, row.year, row.quarter): int(row.value) for row in rows if row.name == SAMPLE}
    found: dict[int, dict[Quarter, QuarterFigure]] = {}
    for row in rows:
        if row.name == name:
            figure = QuarterFigure(row.value, samples.get((row.unit_id, row.year, row.quarter)), row.source)
            found.setdefault(row.unit_id, {})[row.year, row.quarter] = figure
    return found

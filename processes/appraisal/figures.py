"""A unit's figures of a quarter, each with where it came from: as they are, and as a score used them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, bindparam, select

from processes.appraisal.origins import Origin
from processes.people.figures import unit_figure
from processes.people.imports.runs import import_run

KIND = "unit-figures"
_KEYS = ("tenant", "unit_id", "year", "quarter")
_figures = select(unit_figure).where(*(unit_figure.c[name] == bindparam(name) for name in _KEYS))
_runs = select(import_run.c.source, import_run.c.by, import_run.c.at).where(
    import_run.c.tenant == bindparam("tenant"),
    import_run.c.kind == KIND,
    import_run.c.at.in_(bindparam("instants", expanding=True)),
)
_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class UnitFigure:
    """One figure and the file that brought it."""

    value: Decimal
    origin: Origin


def figures_of(read: Connection, tenant: str, unit_id: int, year: int, quarter: int) -> dict[str, UnitFigure]:
    """Return the figures of a unit in a quarter by name, as they are now."""
    rows = read.execute(_figures, dict(zip(_KEYS, (tenant, unit_id, year, quarter), strict=True)))
    return {row.name: UnitFigure(row.value, Origin(row.source, row.entered_by, row.entered_at)) for row in rows}


def figures_to_plain(figures: Mapping[str, UnitFigure]) -> list[list[Any]]:
    """Return figures as they are kept beside a score: those of one import together, with its instant.

    Every case of the unit keeps them, so they are short: the file and the person stand in the list of imports.
    """
    by_instant: dict[int, dict[str, Decimal]] = {}
    for name, item in figures.items():
        by_instant.setdefault((item.origin.at - _EPOCH) // _MICROSECOND, {})[name] = item.value
    return [[instant, values] for instant, values in by_instant.items()]


def figures_from_plain(read: Connection, tenant: str, kept: Any) -> dict[str, UnitFigure]:
    """Return the figures that a score used; the reverse of `figures_to_plain`."""
    instants = [_EPOCH + instant * _MICROSECOND for instant, _ in kept]
    rows = read.execute(_runs, {"tenant": tenant, "instants": instants}) if instants else ()
    origins = {row.at: Origin(row.source, row.by, row.at) for row in rows}
    return {
        name: UnitFigure(value, origins.get(at, Origin("import", None, at)))
        for at, (_, values) in zip(instants, kept, strict=True)
        for name, value in values.items()
    }

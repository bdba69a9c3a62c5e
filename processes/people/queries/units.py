"""Units as a tree: one unit, those below it, those above it."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, literal, select

from engine.errors import NotFound
from processes.people.city import UnitKind
from processes.people.queries.on_day import TENANT, AnyRow
from processes.people.records import unit

#: No organisation is deeper; a circle that got into the data by other ways ends here.
MAX_DEPTH = 12


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of a city; `week` is 5 or 6 working days."""

    id: int
    tenant: str
    code: str
    name: str
    parent_id: int | None
    kind: UnitKind
    week: int


_top = (
    select(unit.c.id, literal(0).label("depth"))
    .where(unit.c.tenant == TENANT, unit.c.id == bindparam("unit_id"))
    .cte("units_below", recursive=True)
)
#: The unit `unit_id` and every unit below it.
units_below = _top.union_all(
    select(unit.c.id, _top.c.depth + 1).where(unit.c.parent_id == _top.c.id, _top.c.depth < MAX_DEPTH)
)

_start = (
    select(unit.c.id, unit.c.parent_id, literal(0).label("depth"))
    .where(unit.c.tenant == TENANT, unit.c.id == bindparam("unit_id"))
    .cte("units_above", recursive=True)
)
#: The unit `unit_id` (depth 0) and every unit above it.
units_above = _start.union_all(
    select(unit.c.id, unit.c.parent_id, _start.c.depth + 1).where(
        unit.c.id == _start.c.parent_id, _start.c.depth < MAX_DEPTH
    )
)

_columns = (unit.c.id, unit.c.tenant, unit.c.code, unit.c.name, unit.c.parent_id, unit.c.kind, unit.c.week)
_by_id = select(*_columns).where(unit.c.tenant == TENANT, unit.c.id == bindparam("unit_id"))
_all = select(*_columns).where(unit.c.tenant == TENANT).order_by(unit.c.code)
_above = select(units_above.c.id).order_by(units_above.c.depth)
_below = select(units_below.c.id).order_by(units_below.c.depth)


def find_unit(read: Connection, tenant: str, unit_id: int) -> Unit:
    """Return a unit of a city.

    :raise NotFound: there is none with that id in that city.
    """
    row = read.execute(_by_id, {"tenant": tenant, "unit_id": unit_id}).one_or_none()
    if row is None:
        raise NotFound()
    return _unit_of(row)


def all_units(read: Connection, tenant: str) -> tuple[Unit, ...]:
    """Return the units of a city by code."""
    return tuple(_unit_of(row) for row in read.execute(_all, {"tenant": tenant}))


def ids_above(read: Connection, tenant: str, unit_id: int) -> tuple[int, ...]:
    """Return the unit and those above it, nearest first; empty if there is no such unit."""
    return tuple(read.execute(_above, {"tenant": tenant, "unit_id": unit_id}).scalars())


def ids_below(read: Connection, tenant: str, unit_id: int) -> tuple[int, ...]:
    """Return the unit and those below it, nearest first; empty if there is no such unit."""
    return tuple(read.execute(_below, {"tenant": tenant, "unit_id": unit_id}).scalars())


def _unit_of(row: AnyRow) -> Unit:
    return Unit(row.id, row.tenant, row.code, row.name, row.parent_id, UnitKind(row.kind), row.week)

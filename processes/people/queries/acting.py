"""Who acts as head of a unit (Plt, Plh) on a day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, select

from processes.people.queries.on_day import TENANT, AnySelect, holds_on
from processes.people.records import HeadKind, employee, unit, unit_head

_acting: AnySelect = (
    select(
        unit_head.c.id,
        unit_head.c.kind,
        unit_head.c.valid_from,
        unit_head.c.valid_to,
        unit_head.c.unit_id,
        unit.c.name.label("unit_name"),
        employee.c.name,
    )
    .join(unit, unit.c.id == unit_head.c.unit_id)
    .join(employee, employee.c.id == unit_head.c.employee_id)
    .where(
        unit_head.c.tenant == TENANT,
        unit_head.c.unit_id.in_(bindparam("units", expanding=True)),
        unit_head.c.kind != HeadKind.DEFINITIVE.value,
        holds_on(unit_head),
    )
    .order_by(unit.c.name, unit_head.c.id)
)


@dataclass(frozen=True, slots=True)
class ActingHead:
    """An acting appointment in force; without a last day until further notice."""

    id: int
    name: str
    kind: HeadKind
    unit_id: int
    unit_name: str
    first: date
    last: date | None


def acting_heads(read: Connection, tenant: str, units: Collection[int], day: date) -> tuple[ActingHead, ...]:
    """Return who acts as head of some units on a day, by the unit's name."""
    rows = read.execute(_acting, {"tenant": tenant, "units": list(units), "day": day})
    return tuple(
        ActingHead(row.id, row.name, HeadKind(row.kind), row.unit_id, row.unit_name, row.valid_from, row.valid_to)
        for row in rows
    )

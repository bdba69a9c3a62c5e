"""Decrees of promotions: which there are, by batch, and one batch in full for the printer and for SIASN."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from processes.people.records import employee, unit
from processes.promotion.records import promotion_decree

_TENANT: Any = bindparam("tenant")
_batches = (
    select(
        promotion_decree.c.batch,
        func.count().label("decrees"),
        func.min(promotion_decree.c.decreed_on).label("first"),
        func.max(promotion_decree.c.decreed_on).label("last"),
    )
    .where(promotion_decree.c.tenant == _TENANT)
    .group_by(promotion_decree.c.batch)
    .order_by(promotion_decree.c.batch.desc())
)
_of_batch = (
    select(promotion_decree, employee.c.name, employee.c.nip, unit.c.name.label("unit_name"))
    .join(employee, employee.c.id == promotion_decree.c.employee_id)
    .join(unit, unit.c.id == promotion_decree.c.unit_id)
    .where(promotion_decree.c.tenant == _TENANT, promotion_decree.c.batch == bindparam("batch"))
    .order_by(promotion_decree.c.year, promotion_decree.c.number)
)


@dataclass(frozen=True, slots=True)
class Batch:
    """The decrees of one period: how many, and from when to when they were issued."""

    code: str
    count: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Decree:
    """One decree, with what its text says."""

    year: int
    number: int
    batch: str
    name: str
    unit_name: str
    route: str
    from_grade: str
    to_grade: str
    effective_on: date
    decreed_on: date
    is_for_head: bool
    service_months: int | None
    approval_number: str
    approval_on: date
    case_id: int
    nip: str = field(repr=False)


def decree_batches(read: Connection, tenant: str) -> tuple[Batch, ...]:
    """Return the periods that have decrees, the newest first."""
    return tuple(
        Batch(row.batch, row.decrees, row.first, row.last) for row in read.execute(_batches, {"tenant": tenant})
    )


def decrees_of(read: Connection, tenant: str, batch: str) -> tuple[Decree, ...]:
    """Return the decrees of a period by their numbers."""
    return tuple(
        Decree(
            row.year,
            row.number,
            row.batch,
            row.name,
            row.unit_name,
            row.route,
            row.from_grade,
            row.to_grade,
            row.effective_on,
            row.decreed_on,
            row.signed_by == "for_head",
            row.service_months,
            row.approval_number,
            row.approval_on,
            row.case_id,
            row.nip,
        )
        for row in read.execute(_of_batch, {"tenant": tenant, "batch": batch})
    )

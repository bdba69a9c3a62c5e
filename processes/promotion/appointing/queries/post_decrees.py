"""Decrees of appointment of a year, for the page and for SIASN, and those of one person."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, bindparam, func, select

from processes.people.queries.on_day import TENANT, AnyRow, AnySelect
from processes.people.records import employee, post, unit
from processes.promotion.appointing.records import post_decree

_decrees: AnySelect = (
    select(
        post_decree,
        employee.c.name,
        employee.c.nip,
        post.c.name.label("post_name"),
        post.c.level,
        unit.c.name.label("unit_name"),
        unit.c.code.label("unit_code"),
    )
    .join(employee, employee.c.id == post_decree.c.employee_id)
    .join(post, post.c.id == post_decree.c.post_id)
    .join(unit, unit.c.id == post.c.unit_id)
    .where(post_decree.c.tenant == TENANT)
)
_of_year = _decrees.where(post_decree.c.year == bindparam("year")).order_by(post_decree.c.number)
_years = (
    select(post_decree.c.year, func.count().label("decrees"))
    .where(post_decree.c.tenant == TENANT)
    .group_by(post_decree.c.year)
    .order_by(post_decree.c.year.desc())
)


@dataclass(frozen=True, slots=True)
class PostDecree:
    """A decree of appointment with what its text and SIASN's file say.

    :param holds_from: from when the post is held; None before the inauguration.
    :param cancelled: why there was none; None if that has not happened.
    """

    case_id: int
    year: int
    number: int
    name: str
    post_name: str
    level: str
    unit_name: str
    unit_code: str
    decreed_on: date
    effective_on: date
    inaugurated_on: date | None
    holds_from: date | None
    cancelled: str | None
    nip: str = field(repr=False)


def post_decrees_of(read: Connection, tenant: str, year: int) -> tuple[PostDecree, ...]:
    """Return the decrees of a year by their numbers."""
    return tuple(_decree(row) for row in read.execute(_of_year, {"tenant": tenant, "year": year}))


def decree_years(read: Connection, tenant: str) -> tuple[tuple[int, int], ...]:
    """Return the years with decrees, the newest first, each with how many."""
    return tuple((row.year, row.decrees) for row in read.execute(_years, {"tenant": tenant}))


def _decree(row: AnyRow) -> PostDecree:
    return PostDecree(
        row.case_id,
        row.year,
        row.number,
        row.name,
        row.post_name,
        row.level,
        row.unit_name,
        row.unit_code,
        row.decreed_on,
        row.effective_on,
        row.inaugurated_on,
        row.holds_from,
        row.cancelled,
        row.nip,
    )

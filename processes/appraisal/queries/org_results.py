"""The organisation predicate of a unit in a quarter, and how the unit came to it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from engine.policy.actor import Actor
from processes.appraisal.records import OrgBasis, org_predicate
from processes.people.city import OrgPredicate
from processes.people.queries.on_day import TENANT
from processes.people.records import unit

_STAND_INS = (OrgBasis.DEPUTY.value, OrgBasis.CARRIED_OVER.value, OrgBasis.NEUTRAL.value)

_of_unit = select(org_predicate).where(
    *(org_predicate.c[name] == bindparam(name) for name in ("tenant", "unit_id", "year", "quarter"))
)
_stand_ins = (
    select(org_predicate, unit.c.name.label("unit_name"))
    .join(unit, unit.c.id == org_predicate.c.unit_id)
    .where(
        org_predicate.c.tenant == TENANT,
        org_predicate.c.year == bindparam("year"),
        org_predicate.c.quarter == bindparam("quarter"),
        org_predicate.c.basis.in_(_STAND_INS),
    )
    .order_by(unit.c.name)
)


@dataclass(frozen=True, slots=True)
class OrgResult:
    """The organisation predicate of a unit in a quarter.

    :param note: what the person wrote who set it; empty for a predicate that nobody set for this quarter.
    :param since: year and quarter that a predicate carried over is of.
    """

    predicate: OrgPredicate
    basis: OrgBasis
    note: str
    since: tuple[int, int] | None
    set_by: int | None
    set_at: datetime
    justification: str | None


def org_result(read: Connection, actor: Actor, *, unit_id: int, year: int, quarter: int) -> OrgResult | None:
    """Return the predicate of a unit in a quarter, or None while it is not set."""
    params = {"tenant": actor.tenant, "unit_id": unit_id, "year": year, "quarter": quarter}
    row = read.execute(_of_unit, params).one_or_none()
    return read_org(row) if row is not None else None


def stand_ins(read: Connection, actor: Actor, year: int, quarter: int) -> tuple[tuple[str, OrgResult], ...]:
    """Return the units whose predicate was not set by their superior, by name, each with that predicate."""
    rows = read.execute(_stand_ins, {"tenant": actor.tenant, "year": year, "quarter": quarter})
    return tuple((row.unit_name, read_org(row)) for row in rows)


def read_org(row: Row[Any]) -> OrgResult:
    """Return a row of `org_predicate` as pages show it."""
    basis = OrgBasis(row.basis)
    is_set = basis is not OrgBasis.CARRIED_OVER
    year, _dash, quarter = ("", "", "") if is_set else row.note.partition("-")
    return OrgResult(
        OrgPredicate(row.predicate),
        basis,
        row.note if is_set else "",
        (int(year), int(quarter)) if quarter else None,
        row.set_by,
        row.set_at,
        row.justification,
    )

"""The disputes of a slip, found by their cases."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, select

from engine.records.case import CaseStatus, case
from processes.incentive.variables import DISPUTE, DisputeCase, dispute_key
from processes.people.queries.on_day import TENANT

_by_key = select(case.c.id, case.c.status).where(
    case.c.tenant == TENANT, case.c.process == DISPUTE, case.c.business_key == bindparam("key")
)


@dataclass(frozen=True, slots=True)
class Dispute:
    """A dispute and how far its case is."""

    case_id: int
    status: CaseStatus


def disputes_of(read: Connection, tenant: str, employee_id: int, month: date, unit_id: int) -> tuple[Dispute, ...]:
    """Return the dispute of somebody's slip of a unit and month; empty if it was never disputed."""
    key = dispute_key(DisputeCase(employee_id, unit_id, month))
    rows = read.execute(_by_key, {"tenant": tenant, "key": key})
    return tuple(Dispute(row.id, CaseStatus(row.status)) for row in rows)

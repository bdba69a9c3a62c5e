"""The disputes of a slip, found by their cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine.casework import read_entry
from engine.records.case import CaseStatus, case
from engine.records.history import journal_of_case
from processes.incentive.variables import DISPUTE, DisputeCase, dispute_key
from processes.people.queries.on_day import TENANT

_by_key = select(case.c.id, case.c.status).where(
    case.c.tenant == TENANT, case.c.process == DISPUTE, case.c.business_key == bindparam("key")
)


@dataclass(frozen=True, slots=True)
class Dispute:
    """A dispute and how far its case is.

    :param is_granted: and `changes_amount` how it was decided; None before that.
    """

    case_id: int
    status: CaseStatus
    is_granted: bool | None = None
    changes_amount: bool | None = None


def disputes_of(read: Connection, tenant: str, employee_id: int, month: date, unit_id: int) -> tuple[Dispute, ...]:
    """Return the dispute of somebody's slip of a unit and month; empty if it was never disputed."""
    key = dispute_key(DisputeCase(employee_id, unit_id, month))
    rows = read.execute(_by_key, {"tenant": tenant, "key": key})
    return tuple(_dispute(read, row.id, CaseStatus(row.status)) for row in rows.all())


def _dispute(read: Connection, case_id: int, status: CaseStatus) -> Dispute:
    told = _told(read, case_id) if status is CaseStatus.FINISHED else {}
    return Dispute(case_id, status, told.get("is_granted"), told.get("changes_amount"))


def _told(read: Connection, case_id: int) -> Mapping[str, Any]:
    """Return what the employee was told: a case that has ended keeps nothing but its journal."""
    for row in reversed(read.execute(journal_of_case, {"case_id": case_id}).all()):
        for service, *value in read_entry(read, row.entry).get("results", ()):
            if service == "incentive.tell_decision" and value:
                return dict(value[0])
    return {}

"""What somebody says a locked slip is wrong by, until a second person agrees."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from engine.errors import NotFound
from processes.incentive.records import CorrectionStatus, adjustment_proposal, allowance_adjustment
from processes.people.queries.on_day import TENANT

insert_proposal = adjustment_proposal.insert()
# Only a proposal that still waits can be decided: the second of two deciders is told so.
decide_proposal = (
    adjustment_proposal.update()
    .where(
        adjustment_proposal.c.id == bindparam("of_id"),
        adjustment_proposal.c.tenant == bindparam("of_tenant"),
        adjustment_proposal.c.status == CorrectionStatus.PROPOSED.value,
    )
    .values(
        status=bindparam("new_status"),
        decided_by=bindparam("new_decided_by"),
        decided_at=bindparam("new_decided_at"),
        decision_note=bindparam("new_note"),
        adjustment_id=bindparam("new_adjustment"),
    )
)
_PERSON: Any = bindparam("person")
_MONTH: Any = bindparam("month")
_by_id = select(adjustment_proposal).where(
    adjustment_proposal.c.tenant == TENANT, adjustment_proposal.c.id == bindparam("one")
)
_waiting = (
    select(adjustment_proposal)
    .where(adjustment_proposal.c.tenant == TENANT, adjustment_proposal.c.status == CorrectionStatus.PROPOSED.value)
    .order_by(adjustment_proposal.c.proposed_at, adjustment_proposal.c.id)
    .limit(bindparam("most"))
)
_count = select(func.count()).where(
    adjustment_proposal.c.tenant == TENANT, adjustment_proposal.c.status == CorrectionStatus.PROPOSED.value
)
_of_slip = (
    select(adjustment_proposal)
    .where(
        adjustment_proposal.c.tenant == TENANT,
        adjustment_proposal.c.employee_id == _PERSON,
        adjustment_proposal.c.month == _MONTH,
    )
    .order_by(adjustment_proposal.c.id)
)
# The slip that was wrong, and the one that pays: both show the line.
_adjustments = (
    select(allowance_adjustment)
    .where(
        allowance_adjustment.c.tenant == TENANT,
        allowance_adjustment.c.employee_id == _PERSON,
        (allowance_adjustment.c.of_month == _MONTH) | (allowance_adjustment.c.paid_in == _MONTH),
    )
    .order_by(allowance_adjustment.c.id)
)


@dataclass(frozen=True, slots=True)
class AdjustmentProposal:
    """A locked slip of somebody, what it is wrong by, and why; `amount` takes back where it is negative."""

    id: int
    tenant: str
    employee_id: int
    unit_id: int
    month: date
    amount: Decimal
    reason: str
    status: CorrectionStatus
    proposed_by: int
    proposed_at: datetime
    decided_by: int | None
    decided_at: datetime | None
    decision_note: str | None
    adjustment_id: int | None


@dataclass(frozen=True, slots=True)
class SignedAdjustment:
    """A signed line: of which month and unit it is, in which it is paid, who signed for it."""

    id: int
    of_month: date
    of_unit_id: int
    paid_in: date
    unit_id: int
    amount: Decimal
    reason: str
    signed_by: int
    signed_at: datetime


def find_proposal(read: Connection, tenant: str, proposal_id: int) -> AdjustmentProposal:
    """Return a proposal of a city.

    :raise NotFound: there is none with that id in that city.
    """
    row = read.execute(_by_id, {"tenant": tenant, "one": proposal_id}).one_or_none()
    if row is None:
        raise NotFound()
    return _proposal(row)


def waiting_proposals(read: Connection, tenant: str, most: int) -> tuple[AdjustmentProposal, ...]:
    """Return the proposals of a city that wait for a second person, oldest first, so many at most."""
    return tuple(map(_proposal, read.execute(_waiting, {"tenant": tenant, "most": most})))


def count_waiting(read: Connection, tenant: str) -> int:
    """Return how many proposals of a city wait for a second person."""
    return int(read.execute(_count, {"tenant": tenant}).scalar_one())


def proposals_of(read: Connection, tenant: str, employee_id: int, month: date) -> tuple[AdjustmentProposal, ...]:
    """Return the proposals about somebody's slips of a month, whatever came of them."""
    return tuple(map(_proposal, read.execute(_of_slip, {"tenant": tenant, "person": employee_id, "month": month})))


def adjustments_of(read: Connection, tenant: str, employee_id: int, month: date) -> tuple[SignedAdjustment, ...]:
    """Return the signed lines that a month of somebody was wrong by, and those that are paid with it."""
    rows: Iterable[Any] = read.execute(_adjustments, {"tenant": tenant, "person": employee_id, "month": month})
    return tuple(
        SignedAdjustment(
            row.id,
            row.of_month,
            row.of_unit_id,
            row.paid_in,
            row.unit_id,
            row.amount,
            row.reason,
            row.signed_by,
            row.signed_at,
        )
        for row in rows
    )


def _proposal(row: Any) -> AdjustmentProposal:
    return AdjustmentProposal(
        row.id,
        row.tenant,
        row.employee_id,
        row.unit_id,
        row.month,
        row.amount,
        row.reason,
        CorrectionStatus(row.status),
        row.proposed_by,
        row.proposed_at,
        row.decided_by,
        row.decided_at,
        row.decision_note,
        row.adjustment_id,
    )

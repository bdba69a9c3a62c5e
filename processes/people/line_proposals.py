"""Corrections of reporting lines that wait for approval."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, ForeignKey, Index, Row, String, Table, Text, bindparam, select

from engine.errors import NotFound
from engine.records.proofs import PROVED, Proved
from engine.records.schema import Day, RowId, UtcDateTime, metadata


class ProposalStatus(StrEnum):
    """Where a proposed correction stands."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"


# The unit's HR officer proposes, BKPSDM's verifier decides: the two names are kept with the reasons.
line_proposal = Table(
    "line_proposal",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=False),
    Column("tenant", String(40), nullable=False),
    Column("employee_id", ForeignKey("employee.id"), nullable=False),
    Column("appraiser_id", ForeignKey("employee.id"), nullable=False),
    Column("valid_from", Day, nullable=False),
    Column("reason", Text, nullable=False),
    Column("status", String(12), nullable=False),
    Column("proposed_by", BigInteger),
    Column("proposed_at", UtcDateTime, nullable=False),
    Column("decided_by", BigInteger),
    Column("decided_at", UtcDateTime),
    Column("decision_note", Text),
    Index("ix_line_proposal_status", "tenant", "status", "proposed_at"),
    info={PROVED: Proved()},
)

insert_proposal = line_proposal.insert()
# Only a proposal that still waits can be decided: the second of two deciders is told so.
decide_proposal = (
    line_proposal.update()
    .where(
        line_proposal.c.id == bindparam("of_id"),
        line_proposal.c.tenant == bindparam("of_tenant"),
        line_proposal.c.status == ProposalStatus.PROPOSED.value,
    )
    .values(
        status=bindparam("new_status"),
        decided_by=bindparam("new_decided_by"),
        decided_at=bindparam("new_decided_at"),
        decision_note=bindparam("new_note"),
    )
)
_by_id = select(line_proposal).where(
    line_proposal.c.tenant == bindparam("tenant"), line_proposal.c.id == bindparam("proposal_id")
)
_waiting = (
    select(line_proposal)
    .where(line_proposal.c.tenant == bindparam("tenant"), line_proposal.c.status == ProposalStatus.PROPOSED.value)
    .order_by(line_proposal.c.proposed_at, line_proposal.c.id)
)


@dataclass(frozen=True, slots=True)
class LineProposal:
    """A correction: from `valid_from` on this appraiser appraises this employee."""

    id: int
    tenant: str
    employee_id: int
    appraiser_id: int
    valid_from: date
    reason: str
    status: ProposalStatus
    proposed_by: int | None


def find_proposal(read: Connection, tenant: str, proposal_id: int) -> LineProposal:
    """Return a proposal of a city.

    :raise NotFound: there is none with that id in that city.
    """
    row = read.execute(_by_id, {"tenant": tenant, "proposal_id": proposal_id}).one_or_none()
    if row is None:
        raise NotFound()
    return _proposal_of(row)


def waiting_proposals(read: Connection, tenant: str) -> tuple[LineProposal, ...]:
    """Return the proposals of a city that wait for a decision, oldest first."""
    return tuple(_proposal_of(row) for row in read.execute(_waiting, {"tenant": tenant}))


def _proposal_of(row: Row[*tuple[Any, ...]]) -> LineProposal:
    return LineProposal(
        row.id,
        row.tenant,
        row.employee_id,
        row.appraiser_id,
        row.valid_from,
        row.reason,
        ProposalStatus(row.status),
        row.proposed_by,
    )

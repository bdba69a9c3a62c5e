"""Training that people took elsewhere: what they have handed in, and what became of it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, func, select

from engine.errors import NotFound
from processes.people.queries.on_day import TENANT, AnyRow, AnySelect
from processes.people.records import employee
from processes.training.records import ClaimStatus, training_claim, training_record

#: A list shows so many at once; those that wait longest come first.
MOST_WAITING = 50


@dataclass(frozen=True, slots=True)
class Claim:
    """A training that somebody took elsewhere, with its certificate; `sha256` is the address of the file."""

    id: int
    tenant: str
    employee: int
    person_name: str
    name: str
    field: str
    hours: int
    ended_on: date
    provider: str
    certificate: str
    sha256: str
    filename: str
    media_type: str
    size: int
    status: ClaimStatus
    proposed_at: datetime
    decided_by: int | None
    decided_at: datetime | None
    decision_note: str

    @property
    def person(self) -> int:
        """Whose it is."""
        return self.employee


_claims: AnySelect = (
    select(training_claim, employee.c.name.label("person_name"))
    .join(employee, employee.c.id == training_claim.c.employee_id)
    .where(training_claim.c.tenant == TENANT)
)
_one = _claims.where(training_claim.c.id == bindparam("claim_id"))
_own = _claims.where(training_claim.c.employee_id == bindparam("employee_id")).order_by(
    training_claim.c.proposed_at.desc(), training_claim.c.id
)
_is_waiting = training_claim.c.status == ClaimStatus.PROPOSED.value
_waiting = (
    _claims.where(_is_waiting).order_by(training_claim.c.proposed_at, training_claim.c.id).limit(bindparam("most"))
)
_count = select(func.count()).where(training_claim.c.tenant == TENANT, _is_waiting)
_recorded = select(training_record.c.id).where(
    training_record.c.tenant == TENANT,
    training_record.c.employee_id == bindparam("employee_id"),
    training_record.c.certificate == bindparam("certificate"),
)
_claimed = select(training_claim.c.id).where(
    training_claim.c.tenant == TENANT,
    training_claim.c.employee_id == bindparam("employee_id"),
    training_claim.c.certificate == bindparam("certificate"),
    _is_waiting,
)


def find_claim(read: Connection, tenant: str, claim_id: int) -> Claim:
    """Return what somebody has handed in.

    :raise NotFound: there is none with that id in that city.
    """
    row = read.execute(_one, {"tenant": tenant, "claim_id": claim_id}).one_or_none()
    if row is None:
        raise NotFound()
    return _claim_of(row)


def claims_of(read: Connection, tenant: str, employee_id: int) -> tuple[Claim, ...]:
    """Return what somebody has handed in, the newest first."""
    return tuple(_claim_of(row) for row in read.execute(_own, {"tenant": tenant, "employee_id": employee_id}))


def waiting_claims(read: Connection, tenant: str) -> tuple[Claim, ...]:
    """Return what waits to be confirmed, the oldest first, as many as a page shows."""
    return tuple(_claim_of(row) for row in read.execute(_waiting, {"tenant": tenant, "most": MOST_WAITING}))


def count_waiting(read: Connection, tenant: str) -> int:
    """Return how many wait to be confirmed."""
    return int(read.execute(_count, {"tenant": tenant}).scalar_one())


def is_recorded(read: Connection, tenant: str, employee_id: int, certificate: str) -> bool:
    """Say whether a certificate of somebody counts already."""
    params = {"tenant": tenant, "employee_id": employee_id, "certificate": certificate}
    return read.execute(_recorded, params).first() is not None


def is_claimed(read: Connection, tenant: str, employee_id: int, certificate: str) -> bool:
    """Say whether a certificate of somebody waits to be confirmed."""
    params = {"tenant": tenant, "employee_id": employee_id, "certificate": certificate}
    return read.execute(_claimed, params).first() is not None


def _claim_of(row: AnyRow) -> Claim:
    return Claim(
        row.id,
        row.tenant,
        row.employee_id,
        row.person_name,
        row.name,
        row.field,
        row.hours,
        row.ended_on,
        row.provider,
        row.certificate,
        row.sha256,
        row.filename,
        row.media_type,
        row.size,
        ClaimStatus(row.status),
        row.proposed_at,
        row.decided_by,
        row.decided_at,
        row.decision_note or "",
    )

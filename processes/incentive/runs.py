"""Where the month of a unit stands: its run, from opened to paid, with the totals of its slips."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine.ids import IdSource
from engine.records.changes import Write, write
from engine.records.packing import unpack
from processes.incentive.records import LOCKED_STATUSES, RunStatus, allowance_run
from processes.incentive.rules.basis import Basis
from processes.incentive.rules.findings import MonthFinding
from processes.people.city import from_plain
from processes.people.queries.on_day import TENANT

_insert_run = allowance_run.insert()
_STAMPS = ("computed_at", "computed_by", "published_at", "locked_at")


def changing_run(*columns: str) -> Any:
    """Return the statement that changes columns of a run as long as it stands where it was read."""
    return (
        allowance_run.update()
        .where(
            allowance_run.c.id == bindparam("of_id"),
            allowance_run.c.tenant == bindparam("of_tenant"),
            allowance_run.c.status == bindparam("was_status"),
            allowance_run.c.version == bindparam("was_version"),
        )
        .values({name: bindparam(f"new_{name}") for name in columns})
    )


_moved = changing_run("status", "published_at", "locked_at")
_run = select(allowance_run).where(
    allowance_run.c.tenant == TENANT,
    allowance_run.c.unit_id == bindparam("unit"),
    allowance_run.c.month == bindparam("month"),
)
_runs_of = (
    select(allowance_run)
    .where(allowance_run.c.tenant == TENANT, allowance_run.c.month == bindparam("month"))
    .order_by(allowance_run.c.unit_id)
)


@dataclass(frozen=True, slots=True)
class RunState:
    """Where the month of a unit stands, with the totals of its slips.

    :param version: how often it was computed with another outcome.
    """

    id: int
    tenant: str
    unit_id: int
    month: date
    case_id: int | None
    status: RunStatus
    version: int
    people: int
    gross: Decimal
    deductions: Decimal
    net: Decimal
    ceiling: Decimal | None
    basis: Basis | None
    digest: str | None
    findings: tuple[MonthFinding, ...]
    computed_at: datetime | None
    computed_by: int | None
    published_at: datetime | None
    locked_at: datetime | None

    @property
    def is_locked(self) -> bool:
        """Whether nothing of the month changes any more."""
        return self.status.value in LOCKED_STATUSES

    @property
    def takes_corrections(self) -> bool:
        """Whether corrected attendance counts: before the list is signed, or as a line of a later month.

        In between the list stands as it was signed; a slip that is wrong is disputed.
        """
        return self.is_locked or self.status in (RunStatus.OPEN, RunStatus.COMPUTED, RunStatus.RETURNED)

    @property
    def is_over_ceiling(self) -> bool:
        """Whether the unit would spend more than it may."""
        return self.ceiling is not None and self.gross > self.ceiling


def open_run(*, tenant: str, unit_id: int, month: date, case_id: int | None, new_id: IdSource) -> Write:
    """Return the writing of a unit's month that nobody has computed yet; there is one a unit and month."""
    nothing = Decimal(0)
    return write(
        _insert_run,
        id=new_id(),
        tenant=tenant,
        unit_id=unit_id,
        month=month.replace(day=1),
        case_id=case_id,
        status=RunStatus.OPEN.value,
        version=0,
        people=0,
        gross=nothing,
        deductions=nothing,
        net=nothing,
        **dict.fromkeys(("ceiling", "basis", "digest", "findings", *_STAMPS)),
    )


def read_run(read: Connection, tenant: str, unit_id: int, month: date) -> RunState | None:
    """Return where a unit's month stands; None if it was never opened."""
    row = read.execute(_run, {"tenant": tenant, "unit": unit_id, "month": month.replace(day=1)}).one_or_none()
    return _state_of(row) if row is not None else None


def runs_of_month(read: Connection, tenant: str, month: date) -> tuple[RunState, ...]:
    """Return all units' runs of a month, by unit."""
    return tuple(_state_of(row) for row in read.execute(_runs_of, {"tenant": tenant, "month": month.replace(day=1)}))


def _state_of(row: Any) -> RunState:
    basis: Any = unpack(row.basis) if row.basis is not None else None
    findings: Any = unpack(row.findings) if row.findings is not None else []
    return RunState(
        row.id,
        row.tenant,
        row.unit_id,
        row.month,
        row.case_id,
        RunStatus(row.status),
        row.version,
        row.people,
        row.gross,
        row.deductions,
        row.net,
        row.ceiling,
        from_plain(Basis, basis) if basis is not None else None,
        row.digest,
        tuple(from_plain(MonthFinding, item) for item in findings),
        row.computed_at,
        row.computed_by,
        row.published_at,
        row.locked_at,
    )


def status_write(run: RunState, status: RunStatus, *, now: datetime) -> Write:
    """Return the writing that moves a run on; it must still stand where it was read."""
    return write(
        _moved,
        expect=1,
        **run_keys(run),
        new_status=status.value,
        new_published_at=now if status is RunStatus.PUBLISHED else run.published_at,
        new_locked_at=now if status is RunStatus.LOCKED else run.locked_at,
    )


def run_keys(run: RunState) -> dict[str, Any]:
    """Return by what `changing_run` finds a run as it was read."""
    return {"of_id": run.id, "of_tenant": run.tenant, "was_status": run.status.value, "was_version": run.version}

"""The new version of one slip whose dispute was won before the month is locked."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, bindparam

from engine.ids import IdSource
from engine.records.changes import Write, write
from processes.incentive.months import MonthComputed, RunState
from processes.incentive.records import allowance_run, allowance_slip
from processes.incentive.slips import StoredSlip, digest_of, packed, slips_of_unit

_insert_slip = allowance_slip.insert()
_retotal = (
    allowance_run.update()
    .where(
        allowance_run.c.id == bindparam("of_id"),
        allowance_run.c.tenant == bindparam("of_tenant"),
        allowance_run.c.status == bindparam("of_status"),
        allowance_run.c.version == bindparam("of_version"),
    )
    .values({name: bindparam(f"new_{name}") for name in ("version", "gross", "deductions", "net", "digest")})
)


def slip_writes(
    read: Connection,
    computed: MonthComputed,
    run: RunState,
    employee_id: int,
    *,
    case_id: int,
    now: datetime,
    new_id: IdSource,
) -> tuple[Write, ...]:
    """Return the writing of one person's new slip in a month that is out; empty if nothing changes.

    The others' slips stay as they are out: a dispute is about one. The run's sums and digest follow.

    :raise LookupError: the person has no slip, or can get none as the records are.
    """
    stored = {slip.employee_id: slip for slip in slips_of_unit(read, run.tenant, run.unit_id, run.month)}
    before = stored[employee_id]
    fresh = {slip.facts.employee: slip for slip in computed.slips}[employee_id]
    content, digest = packed(fresh)
    if digest == before.digest:
        return ()
    after = fresh.outcome
    row = write(
        _insert_slip,
        id=new_id(),
        tenant=run.tenant,
        employee_id=employee_id,
        unit_id=run.unit_id,
        month=run.month,
        version=before.version + 1,
        run_id=run.id,
        case_id=case_id,
        gross=after.gross,
        deductions=after.deductions,
        net=after.net,
        content=content,
        digest=digest,
        is_void=False,
        made_at=now,
    )
    others = [slip.digest for person, slip in stored.items() if person != employee_id and not slip.is_void]
    return row, _retotalled(run, before, after, digest_of([_basis(run), sorted([*others, digest])]))


def _basis(run: RunState) -> Any:
    return run.basis.to_plain() if run.basis is not None else None


def _retotalled(run: RunState, before: StoredSlip, after: Any, digest: str) -> Write:
    sums: dict[str, Decimal] = {
        name: getattr(run, name) - getattr(before, name) + getattr(after, name)
        for name in ("gross", "deductions", "net")
    }
    return write(
        _retotal,
        expect=1,
        of_id=run.id,
        of_tenant=run.tenant,
        of_status=run.status.value,
        of_version=run.version,
        new_version=run.version + 1,
        new_digest=digest,
        **{f"new_{name}": value for name, value in sums.items()},
    )

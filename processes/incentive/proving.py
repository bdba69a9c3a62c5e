"""Proves slips from what is kept with them: each comes out again by its facts and parameters, and all add up."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from engine.queries.verification import Finding
from engine.records.packing import Unreadable
from processes.incentive.months import RunState, month_digest, runs_of_month
from processes.incentive.records import allowance_run, allowance_slip, attendance_correction
from processes.incentive.replaying import slip_differences
from processes.incentive.slips import slips_of_unit

_months = (
    select(allowance_run.c.tenant, allowance_run.c.month)
    .distinct()
    .order_by(allowance_run.c.tenant, allowance_run.c.month)
)
_of_no_run = (
    select(allowance_slip.c.case_id)
    .outerjoin(
        allowance_run,
        (allowance_run.c.id == allowance_slip.c.run_id)
        & (allowance_run.c.tenant == allowance_slip.c.tenant)
        & (allowance_run.c.unit_id == allowance_slip.c.unit_id)
        & (allowance_run.c.month == allowance_slip.c.month),
    )
    .where(allowance_run.c.id.is_(None))
)

#: The files that rows name.
FILE_ROWS = (select(attendance_correction.c.sha256, attendance_correction.c.size),)


def check_slips(read: Connection) -> Iterator[Finding]:
    """Yield where a slip does not come out again to the rupiah, or a month's slips do not add up to its totals."""
    for tenant, month in list(read.execute(_months)):
        for run in _runs(read, tenant, month):
            yield from _check_run(read, run)
    for case_id in read.execute(_of_no_run).scalars():
        yield Finding("record_unexplained", case_id, {"table": allowance_slip.name})


def _runs(read: Connection, tenant: str, month: date) -> tuple[RunState, ...]:
    try:
        return runs_of_month(read, tenant, month)
    except (Unreadable, LookupError, TypeError, ValueError):
        return ()  # said with the other contents


def _check_run(read: Connection, run: RunState) -> Iterator[Finding]:
    kept = slips_of_unit(read, run.tenant, run.unit_id, run.month)
    for slip in kept:
        try:
            differs = any(slip_differences(slip, run))
        except (Unreadable, LookupError, TypeError, ValueError):
            differs = True
        if differs:
            yield _differs(run, allowance_slip.name, "content")
    sums: dict[str, Any] = {
        "people": sum(not slip.is_void for slip in kept),
        **{name: sum((getattr(slip, name) for slip in kept), Decimal(0)) for name in ("gross", "deductions", "net")},
    }
    for column, found in sums.items():
        if found != getattr(run, column):
            yield _differs(run, allowance_run.name, column)
    if (
        run.basis is not None
        and month_digest(run.basis, (slip.digest for slip in kept if not slip.is_void)) != run.digest
    ):
        yield _differs(run, allowance_run.name, "digest")


def _differs(run: RunState, table: str, column: str) -> Finding:
    return Finding("record_differs", run.case_id, {"table": table, "column": column})

"""The run of a case's month, which every step moves on."""

from decimal import Decimal

from engine.records.changes import Write
from engine.services import ServiceContext, ServiceFailed
from processes.incentive.months import RunState, open_run, read_run
from processes.incentive.records import RunStatus
from processes.incentive.variables import MonthCase


def run_of(call: ServiceContext, case: MonthCase) -> RunState:
    """Return the run of a unit's month.

    :raise ServiceFailed: the month was never opened.
    """
    run = read_run(call.read, call.tenant, case.unit, case.month)
    if run is None:
        raise ServiceFailed(f"Unit {case.unit} has no month {case.month:%Y-%m}; open it first.")
    return run


def new_run(call: ServiceContext, case: MonthCase) -> tuple[tuple[Write, ...], RunState]:
    """Return the writing that begins a case's run, and the run as it is then: a step cannot read what it writes."""
    row = open_run(tenant=call.tenant, unit_id=case.unit, month=case.month, case_id=call.case_id, new_id=call.new_id)
    nothing = Decimal(0)
    run = RunState(
        id=row.rows[0]["id"],
        tenant=call.tenant,
        unit_id=case.unit,
        month=case.month,
        case_id=call.case_id,
        status=RunStatus.OPEN,
        version=0,
        people=0,
        gross=nothing,
        deductions=nothing,
        net=nothing,
        ceiling=None,
        basis=None,
        digest=None,
        findings=(),
        computed_at=None,
        computed_by=None,
        published_at=None,
        locked_at=None,
    )
    return (row,), run

"""What a locked month was wrong by: a signed line that a later month pays, or takes back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Connection, bindparam, select

from engine.ids import IdSource
from engine.records.changes import Write, write
from processes.incentive.gathering import Overlay, span_of
from processes.incentive.months import MonthComputed, compute_month, read_run
from processes.incentive.records import RunStatus, allowance_adjustment
from processes.incentive.slips import Slip, StoredSlip, packed, slips_of_unit
from processes.people.city import City
from processes.people.queries.on_day import TENANT
from processes.people.queries.staff import placement_on
from processes.people.spans import ONE_DAY

insert_adjustment = allowance_adjustment.insert()
_all_of_month = select(allowance_adjustment.c.employee_id, allowance_adjustment.c.amount).where(
    allowance_adjustment.c.tenant == TENANT,
    allowance_adjustment.c.of_month == bindparam("month"),
    allowance_adjustment.c.of_unit_id == bindparam("unit"),
)
#: A month that stands here is computed once more before anybody signs for it.
_STILL_COMPUTED = frozenset({RunStatus.OPEN, RunStatus.RETURNED})
#: No month is paid later than this after the one it corrects.
_MOST_MONTHS = 120


@dataclass(frozen=True, slots=True)
class Difference:
    """What somebody's locked month should have been by the records of today.

    :param slip: as it should have been; None if nothing was due.
    :param amount: in whole rupiah; negative takes back.
    """

    employee_id: int
    slip: Slip | None
    paid: Decimal
    amount: Decimal


def differences(
    read: Connection, tenant: str, unit_id: int, month: date, *, city: City, overlay: Overlay | None = None
) -> Iterator[Difference]:
    """Yield, by the parameters of then and the records of today, what a unit's locked month is wrong by.

    What earlier adjustments have paid or taken back is taken into account.

    :param overlay: attendance that is about to be corrected.
    """
    computed = recomputed(read, tenant, unit_id, month, city=city, overlay=overlay)
    if computed is None:
        return
    settled = _settled(read, tenant, unit_id, month)
    now = {slip.facts.employee: slip for slip in computed.slips}
    blocked = {item.employee for item in computed.blocking}
    for stored in slips_of_unit(read, tenant, unit_id, month):
        found = _difference(stored, now.get(stored.employee_id), settled.get(stored.employee_id, Decimal(0)))
        # Facts that are missing now were there then: that is for a person to look at, not to take money back by.
        if found.amount and not blocked & {None, stored.employee_id}:
            yield found


def difference_of(
    read: Connection,
    tenant: str,
    unit_id: int,
    month: date,
    employee_id: int,
    *,
    city: City,
    overlay: Overlay | None = None,
) -> Difference | None:
    """Return what somebody's locked month is wrong by; None if it is right, or not locked."""
    wrong = differences(read, tenant, unit_id, month, city=city, overlay=overlay)
    return next((item for item in wrong if item.employee_id == employee_id), None)


def recomputed(
    read: Connection, tenant: str, unit_id: int, month: date, *, city: City, overlay: Overlay | None = None
) -> MonthComputed | None:
    """Return a locked month by the parameters of then and the records of today; None if it is not locked."""
    run = read_run(read, tenant, unit_id, month)
    if run is None or not run.is_locked or run.basis is None:
        return None
    return compute_month(read, tenant, unit_id, month, city=city, basis=run.basis, overlay=overlay)


def _settled(read: Connection, tenant: str, unit_id: int, month: date) -> dict[int, Decimal]:
    found: dict[int, Decimal] = {}
    for row in read.execute(_all_of_month, {"tenant": tenant, "month": month, "unit": unit_id}):
        found[row.employee_id] = found.get(row.employee_id, Decimal(0)) + row.amount
    return found


def _difference(stored: StoredSlip, slip: Slip | None, settled: Decimal) -> Difference:
    due = slip.outcome.gross if slip is not None else Decimal(0)
    paid = stored.gross + settled
    return Difference(stored.employee_id, slip, paid, due - paid)


def adjustment_write(
    read: Connection,
    tenant: str,
    *,
    employee_id: int,
    unit_id: int,
    of_month: date,
    city: City,
    reason: str,
    signed_by: int,
    now: datetime,
    new_id: IdSource,
    case_id: int | None = None,
    correction_id: int | None = None,
    overlay: Overlay | None = None,
) -> Write | None:
    """Return the writing of what somebody's locked month is wrong by; None if it is right, or not locked.

    It is paid in the first later month that is still to be computed, by the unit in which the person is then.

    :param overlay: attendance that is put right in the same step, and is not in the records yet.
    """
    first = of_month.replace(day=1)
    found = difference_of(read, tenant, unit_id, first, employee_id, city=city, overlay=overlay)
    if found is None:
        return None
    paid_in, paying = _paid_in(read, tenant, employee_id, unit_id, first)
    return write(
        insert_adjustment,
        id=new_id(),
        tenant=tenant,
        employee_id=employee_id,
        unit_id=paying,
        of_month=first,
        of_unit_id=unit_id,
        paid_in=paid_in,
        amount=found.amount,
        reason=reason,
        signed_by=signed_by,
        signed_at=now,
        case_id=case_id,
        correction_id=correction_id,
        content=packed(found.slip)[0] if found.slip is not None else None,
    )


def _paid_in(read: Connection, tenant: str, employee_id: int, unit_id: int, month: date) -> tuple[date, int]:
    """Return the first later month that is still to be computed, and the unit that pays."""
    day = month
    for _ in range(_MOST_MONTHS):
        day = span_of(day)[1] + ONE_DAY
        place = placement_on(read, tenant, employee_id, day)
        paying = place.unit_id if place is not None else unit_id
        run = read_run(read, tenant, paying, day)
        if run is None or run.status in _STILL_COMPUTED:
            return day, paying
    raise ValueError(f"no month after {month} is still to be computed")

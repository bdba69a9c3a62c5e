"""What the results ledger says about the need for training."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select

from processes.people.city import Predicate, Rating
from processes.people.queries.on_day import TENANT
from processes.people.records import result

_WEAK: Final = frozenset({Predicate.BUTUH_PERBAIKAN.value, Predicate.KURANG.value, Predicate.SANGAT_KURANG.value})
_HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class LastResult:
    """The newest result of somebody in the ledger.

    :param gap: what its value lacks to the target, in percent; 0 where it has no value.
    :param is_weak: Butuh Perbaikan or lower, or behaviour below the expectation (TT-17).
    """

    employee: int
    year: int
    quarter: int
    predicate: str
    behaviour: str
    gap: Decimal
    is_weak: bool
    decided_at: datetime


_newest = (
    select(result)
    .where(result.c.tenant == TENANT, result.c.employee_id == bindparam("employee_id"))
    .order_by(result.c.year.desc(), result.c.quarter.desc(), result.c.version.desc())
    .limit(1)
)
_of_all = (
    select(result)
    .where(result.c.tenant == TENANT)
    .order_by(result.c.employee_id, result.c.year, result.c.quarter, result.c.version)
)


def last_result(read: Connection, tenant: str, employee: int) -> LastResult | None:
    """Return somebody's newest result; None as long as there is none."""
    row = read.execute(_newest, {"tenant": tenant, "employee_id": employee}).mappings().one_or_none()
    return _result_of(row) if row is not None else None


def last_results(read: Connection, tenant: str) -> dict[int, LastResult]:
    """Return everybody's newest result."""
    rows = read.execute(_of_all, {"tenant": tenant}).mappings()
    return {row["employee_id"]: _result_of(row) for row in rows}


def _result_of(row: Mapping[str, Any] | Any) -> LastResult:
    value = row["value"]
    gap = max(Decimal(0), _HUNDRED - value) if value is not None else Decimal(0)
    is_weak = row["predicate"] in _WEAK or row["behaviour"] == Rating.DIBAWAH_EKSPEKTASI.value
    return LastResult(
        row["employee_id"],
        row["year"],
        row["quarter"],
        row["predicate"],
        row["behaviour"],
        gap,
        is_weak,
        row["decided_at"],
    )

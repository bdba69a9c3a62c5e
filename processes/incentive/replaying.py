"""Computes past months again: from the facts and parameters kept with them, and from the records as they are today."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection

from processes.incentive.adjusting import differences
from processes.incentive.months import RunState, runs_of_month
from processes.incentive.rules.basis import ParameterMissing
from processes.incentive.rules.lines import Line
from processes.incentive.slips import Slip, StoredSlip, packed, slips_of_unit
from processes.people.city import City


@dataclass(frozen=True, slots=True)
class LineDifference:
    """A line, or the slip as a whole (`line` is None), that does not come out as it was kept."""

    employee_id: int
    unit_id: int
    line: Line | None
    kept: Decimal
    computed: Decimal


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a month came to when it was computed again.

    :param gross: what the units spent by the slips, to be compared with their totals.
    """

    slips: int
    gross: Decimal
    differences: tuple[LineDifference, ...]


def replay(read: Connection, tenant: str, month: date, *, unit_id: int | None = None) -> Replayed:
    """Return the outcome of computing a month's locked slips again, from the facts and parameters kept with them.

    :param unit_id: of one unit only.
    """
    slips, gross, found = 0, Decimal(0), []
    for run in _locked_runs(read, tenant, month, unit_id):
        stored = slips_of_unit(read, tenant, run.unit_id, run.month)
        slips += len(stored)
        total = sum((slip.gross for slip in stored), Decimal(0))
        gross += total
        found += [item for slip in stored for item in slip_differences(slip, run)]
        if total != run.gross:
            found.append(LineDifference(0, run.unit_id, None, run.gross, total))
    return Replayed(slips, gross, tuple(found))


def drifted(
    read: Connection, tenant: str, month: date, *, city: City, unit_id: int | None = None
) -> Iterator[LineDifference]:
    """Yield what locked slips would be by the records of today: each is owed an adjustment, and no slip changes."""
    for run in _locked_runs(read, tenant, month, unit_id):
        for item in differences(read, tenant, run.unit_id, run.month, city=city):
            yield LineDifference(item.employee_id, run.unit_id, None, item.paid, item.paid + item.amount)


def _locked_runs(read: Connection, tenant: str, month: date, unit_id: int | None) -> Iterator[RunState]:
    return (
        run
        for run in runs_of_month(read, tenant, month)
        if run.is_locked and (unit_id is None or run.unit_id == unit_id)
    )


def slip_differences(stored: StoredSlip, run: RunState) -> Iterator[LineDifference]:
    """Yield the lines of a slip that do not come out again by its facts and the parameters of its month."""
    if stored.is_void:
        return
    if run.basis is None:
        yield LineDifference(stored.employee_id, stored.unit_id, None, stored.gross, Decimal(0))
        return
    try:
        again = Slip.of(stored.facts, run.basis)
    except ParameterMissing:
        yield LineDifference(stored.employee_id, stored.unit_id, None, stored.gross, Decimal(0))
        return
    if packed(again)[1] == stored.digest and again.outcome.gross == stored.gross and again.outcome.net == stored.net:
        return
    lines = list(_differing_lines(stored, again.outcome.lines))
    yield from lines or [LineDifference(stored.employee_id, stored.unit_id, None, stored.net, again.outcome.net)]


def _differing_lines(stored: StoredSlip, again: Iterable[Line]) -> Iterator[LineDifference]:
    kept, computed = _by_code(stored.lines), _by_code(again)
    for key in kept.keys() | computed.keys():
        before, after = _amount(kept.get(key)), _amount(computed.get(key))
        if before != after:
            yield LineDifference(stored.employee_id, stored.unit_id, kept.get(key) or computed[key], before, after)


def _amount(line: Line | None) -> Decimal:
    return line.amount if line is not None else Decimal(0)


def _by_code(lines: Iterable[Line]) -> Mapping[tuple[str, str], Line]:
    return {(line.code, line.of): line for line in lines}

"""Puts attendance beside leave and duty: what is held against each day, and where the two contradict each other."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from processes.incentive.gathering.stretches import Place, days_between
from processes.incentive.records import AttendanceKind
from processes.incentive.rules import basis as keys
from processes.incentive.rules.attendance import AWAY_ON_DUTY, Bounds, marks_of
from processes.incentive.rules.basis import Basis

_PRESENT, _ABSENT, _LEAVE = AttendanceKind.PRESENT.value, AttendanceKind.ABSENT.value, AttendanceKind.LEAVE.value


@dataclass(slots=True)
class Reconciled:
    """What a person's month comes to.

    :ivar marks: days of the month by what is held against them.
    :ivar unpaid: days of leave without pay.
    :ivar odd: days by the code of a finding.
    """

    marks: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    unpaid: set[date] = field(default_factory=set)
    odd: defaultdict[str, list[date]] = field(default_factory=lambda: defaultdict(list))


def leave_days(rows: Iterable[Any], first: date, last: date) -> dict[date, str]:
    """Return the kind of leave by day, within a span."""
    found: dict[date, str] = {}
    for row in rows:
        for day in days_between(max(row.first_day, first), min(row.last_day, last)):
            found[day] = row.kind
    return found


def reconcile(
    attended: Mapping[date, Any],
    leaves: Mapping[date, str],
    *,
    places: Iterable[Place],
    unit: int,
    working: Iterable[date],
    bounds: Bounds,
    basis: Basis,
) -> Reconciled:
    """Return what a month's days come to, whatever unit they were worked in; here every working day needs a record.

    :param working: working days of the unit.
    """
    found = Reconciled()
    kept = set(working)
    for place in places:
        for day in days_between(place.first, place.last):
            row, kind = attended.get(day), leaves.get(day)
            if place.unit == unit and day not in kept:
                continue
            if kind is not None:
                _on_leave(found, day, kind, row, basis)
            elif row is not None:
                _at_work(found, day, row, bounds)
            elif place.unit == unit:
                found.odd["attendance_missing"].append(day)
    return found


def _on_leave(found: Reconciled, day: date, kind: str, row: Any, basis: Basis) -> None:
    if row is not None and row.kind == _ABSENT:
        found.odd["absent_on_leave"].append(day)
    elif row is not None and (row.kind == _PRESENT or row.kind in AWAY_ON_DUTY):
        found.odd["present_on_leave"].append(day)
    if basis.number(keys.LEAVE, f"{kind}.unpaid"):
        found.unpaid.add(day)
    else:
        found.marks[f"leave.{kind}"].append(day.day)


def _at_work(found: Reconciled, day: date, row: Any, bounds: Bounds) -> None:
    if row.kind == _LEAVE:
        # Leave that nobody granted is no reason: it counts as absence until the grant is there.
        found.odd["leave_unproven"].append(day)
        found.marks["absent"].append(day.day)
        return
    for mark in marks_of(row, bounds):
        found.marks[mark].append(day.day)

"""Looks for signals in a unit's month."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, select

from processes.incentive.gathering import span_of
from processes.incentive.gathering.standing import quarter_before
from processes.incentive.gathering.statements import FIRST, LAST, PEOPLE, PREDICATES, UNIT
from processes.incentive.parameters import numbers_on
from processes.incentive.records import CorrectionStatus, attendance, attendance_correction
from processes.incentive.runs import read_run
from processes.incentive.signals import corrections, times
from processes.incentive.signals.signal import Signal
from processes.people.city import City, Predicate
from processes.people.queries.on_day import TENANT, AnySelect

#: From how many days or people on a pattern is worth a look; a pattern without a number is not looked for.
SIGNALS: Final = "incentive.signals"

_times: Final[AnySelect] = (
    select(attendance.c.employee_id, attendance.c.day, attendance.c.check_in, attendance.c.check_out)
    .where(
        attendance.c.tenant == TENANT,
        attendance.c.employee_id.in_(PEOPLE),
        attendance.c.day >= FIRST,
        attendance.c.day <= LAST,
        attendance.c.check_in.is_not(None),
        attendance.c.check_out.is_not(None),
        attendance.c.correction_id.is_(None),
    )
    .order_by(attendance.c.employee_id, attendance.c.day)
)
_corrected: Final[AnySelect] = select(
    attendance_correction.c.employee_id,
    attendance_correction.c.day,
    attendance_correction.c.sha256,
    attendance_correction.c.proposed_by,
    attendance_correction.c.decided_by,
    attendance_correction.c.decided_at,
).where(
    attendance_correction.c.tenant == TENANT,
    attendance_correction.c.unit_id == UNIT,
    attendance_correction.c.day >= FIRST,
    attendance_correction.c.day <= LAST,
    attendance_correction.c.status == CorrectionStatus.APPROVED.value,
)


def signals(read: Connection, tenant: str, unit_id: int, month: date, *, city: City) -> tuple[Signal, ...]:
    """Return the patterns of a unit's month; each is for somebody to look at, and changes nothing by itself."""
    first, last = span_of(month)
    least = {name: int(number) for name, number in numbers_on(read, tenant, SIGNALS, first, city=city).items()}
    if not least:
        return ()
    asked = {"tenant": tenant, "unit": unit_id, "first": first, "last": last}
    came, corrected = list(read.execute(_times, asked)), list(read.execute(_corrected, asked))
    run = read_run(read, tenant, unit_id, first) if corrected else None
    found: Mapping[str, Callable[[int], Iterator[Signal]]] = {
        "identical_days": lambda n: times.identical(came, n),
        "same_minute_days": lambda n: times.same_minute(came, n),
        "all_highest_people": lambda n: _all_highest(read, asked, n),
        "corrections": lambda n: corrections.many(corrected, n),
        "same_evidence": lambda n: corrections.same_evidence(corrected, n),
        "each_other": lambda n: corrections.each_other(corrected, n),
        "after_lock": lambda n: corrections.after_lock(corrected, run.locked_at if run is not None else None, n),
    }
    return tuple(signal for name, look in found.items() if name in least for signal in look(least[name]))


def _all_highest(read: Connection, asked: dict[str, Any], least: int) -> Iterator[Signal]:
    year, quarter = quarter_before(asked["first"])
    number = year * 4 + quarter
    newest: dict[int, str] = {}
    for row in read.execute(PREDICATES, {**asked, "newest": number, "oldest": number}):
        newest.setdefault(row.employee_id, row.predicate)
    if len(newest) >= least and set(newest.values()) == {Predicate.SANGAT_BAIK.value}:
        yield Signal("all_highest", (), (), len(newest), f"{year}-{quarter}", "unit")

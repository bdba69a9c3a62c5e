"""What a person's standing adds to a month: the predicate in force, subordinates not appraised, measures, acting."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection

from processes.incentive.gathering import statements
from processes.incentive.rules import basis as keys
from processes.incentive.rules.basis import Basis
from processes.incentive.rules.facts import Acting
from processes.people.career_values import Measure
from processes.people.spans import ONE_DAY

_QUARTERS = 4
_MONTHS = {
    Measure.ALLOWANCE_CUT_6_MONTHS.value: 6,
    Measure.ALLOWANCE_CUT_9_MONTHS.value: 9,
    Measure.ALLOWANCE_CUT_12_MONTHS.value: 12,
    Measure.DEMOTION.value: 12,
    Measure.RELEASE_FROM_POST.value: 12,
}


def quarter_before(day: date) -> tuple[int, int]:
    """Return the last quarter that had ended before a day."""
    running = (day.month - 1) // 3 + 1
    return (day.year, running - 1) if running > 1 else (day.year - 1, _QUARTERS)


def quarter_end(year: int, quarter: int) -> date:
    """Return the last day of a quarter."""
    after = date(year + 1, 1, 1) if quarter == _QUARTERS else date(year, quarter * 3 + 1, 1)
    return after - ONE_DAY


def predicates(read: Connection, asked: dict[str, Any], basis: Basis) -> dict[int, tuple[str, str]]:
    """Return the newest predicate of each person with its quarter; a result older than `quarters` counts no more."""
    year, quarter = quarter_before(asked["first"])
    newest = year * _QUARTERS + quarter
    oldest = newest - int(basis.number(keys.PREDICATE, "quarters")) + 1
    found: dict[int, tuple[str, str]] = {}
    for row in read.execute(statements.PREDICATES, {**asked, "newest": newest, "oldest": oldest}):
        found.setdefault(row.employee_id, (row.predicate, f"{row.year}-{row.quarter}"))
    return found


def not_appraised(read: Connection, asked: dict[str, Any], basis: Basis) -> tuple[str, dict[int, int]]:
    """Return a quarter, and how many subordinates each person has not appraised for it.

    It is the last quarter that ended `grace_days` before the month: by then results are signed, and an objection is
    decided. Nobody has appraised somebody without a result, and neither has he whose superior had to do it for him.
    """
    grace = int(basis.number(keys.PREDICATE, "grace_days"))
    year, quarter = quarter_before(date.fromordinal(asked["first"].toordinal() - grace))
    of_quarter = {"tenant": asked["tenant"], "year": year, "quarter": quarter}
    if read.execute(statements.ANY_RESULT, of_quarter).first() is None:
        return f"{year}-{quarter}", {}
    lines: defaultdict[tuple[int, int], list[Any]] = defaultdict(list)
    for row in read.execute(statements.APPRAISED, {**asked, **of_quarter, "quarter_end": quarter_end(year, quarter)}):
        lines[row.appraiser_id, row.employee_id].append(row)
    counts: defaultdict[int, int] = defaultdict(int)
    for (appraiser, _), rows in lines.items():
        counts[appraiser] += _left_undone(appraiser, rows)
    return f"{year}-{quarter}", {person: count for person, count in counts.items() if count}


def _left_undone(appraiser: int, rows: Sequence[Any]) -> bool:
    """Say whether an appraiser owes a result: there is none, or his own superior had to make it.

    An imported result names nobody, and one by somebody else was made in his place by a rule.
    """
    results = [row for row in rows if row.has_result]
    if any(row.by == appraiser for row in results):
        return False
    return not results or any(row.by is not None and row.by == row.over for row in results)


def measures(rows: Iterable[Any], first: date, basis: Basis) -> dict[int, str]:
    """Return the measure that cuts most, by person: in force on the first day of the month.

    A cut decided within a month begins with the next one, so that six months are six payments.
    """
    found: dict[int, str] = {}
    for row in rows:
        end = row.valid_to or _end_of(row.measure, row.valid_from)
        if end is not None and end < first:
            continue
        held = found.get(row.employee_id)
        if held is None or _weight(row.measure, basis) > _weight(held, basis):
            found[row.employee_id] = row.measure
    return found


def _weight(measure: str, basis: Basis) -> tuple[bool, Any]:
    return measure == Measure.DISMISSAL.value, basis.find(keys.SANCTION, measure) or 0


def _end_of(measure: str, start: date) -> date | None:
    months = _MONTHS.get(measure)
    if months is None:
        # A reprimand is over when it is given.
        return None if measure == Measure.DISMISSAL.value else start
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    after = date(year, month + 1, min(start.day, 28))
    return after - ONE_DAY


def acting_of(rows: Sequence[Any], paid: Collection[date], last: date, least: int) -> tuple[tuple[Acting, ...], bool]:
    """Return the one acting appointment that pays most, and whether there is one without a class.

    :param paid: the person's paid working days in the unit.
    :param least: calendar days that it must have lasted.
    """
    found: list[Acting] = []
    has_no_class = False
    for row in rows:
        end = min(row.valid_to or last, last)
        if (end - row.valid_from).days + 1 < least:
            continue
        if row.job_class is None:
            has_no_class = True
            continue
        days = sum(row.valid_from <= day <= end for day in paid)
        if days:
            found.append(Acting(unit=row.unit_id, job_class=row.job_class, days=days))
    best = max(found, key=lambda item: (item.job_class, item.days, -item.unit), default=None)
    return ((best,) if best is not None else ()), has_no_class

"""Reporting lines as data: reading a city's lines and looking for circles before a new one is written."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, select

from processes.people.records import reporting_line
from processes.people.spans import ONE_DAY, Span, Timeline

_lines = (
    select(
        reporting_line.c.id,
        reporting_line.c.employee_id,
        reporting_line.c.appraiser_id,
        reporting_line.c.valid_from,
        reporting_line.c.valid_to,
    )
    .where(reporting_line.c.tenant == bindparam("tenant"))
    .order_by(reporting_line.c.valid_from)
)

Lines = dict[int, Timeline]


@dataclass(frozen=True, slots=True)
class Correction:
    """What a corrected line does to the lines of an employee.

    :param after: the lines as they are then.
    :param ended: the line that ends the day before the corrected one begins, with that day; None if there is none.
    :param replaced: lines that hold on no day any more, oldest first.
    :param following: the next line, which is still to come and begins as planned.
    """

    after: Timeline
    ended: Span | None
    replaced: tuple[Span, ...]
    following: Span | None

    @property
    def changes_anything(self) -> bool:
        """Whether it makes a difference on any day."""
        return bool(self.replaced or any(span.is_changed for span in self.after.spans))


def plan_correction(before: Timeline, first: date, appraiser: int, today: date) -> Correction:
    """Return what a line from a day on would do, the lines that began since then being wrong; nothing is changed.

    Of a line of the same appraiser nothing is said: for him it goes on.
    """
    after = deepcopy(before)
    held, gone = before.on(first), after.correct(first, appraiser, today)
    if held is not None and held.first == first:
        gone, held = (held, *gone), None
    ends = held is not None and held.value != appraiser
    return Correction(
        after,
        replace(held, last=first - ONE_DAY) if held is not None and ends else None,
        tuple(span for span in gone if span.value != appraiser),
        next((span for span in after.spans if span.first > first), None),
    )


def read_lines(read: Connection, tenant: str) -> Lines:
    """Return all reporting lines of a city by employee; the value of a span is the appraiser."""
    lines: Lines = {}
    for row in read.execute(_lines, {"tenant": tenant}):
        span = Span(row.id, row.valid_from, row.valid_to, row.appraiser_id)
        lines.setdefault(row.employee_id, Timeline()).spans.append(span)
    return lines


def find_circle(lines: Mapping[int, Timeline], employee_id: int, span: Span) -> list[int]:
    """Return the people of a circle that a line closes on some day, from the employee on; empty if there is none."""
    seen: set[tuple[int, date, date | None]] = set()
    waiting: list[tuple[tuple[int, ...], date, date | None]] = [((employee_id, span.value), span.first, span.last)]
    while waiting:
        path, first, last = waiting.pop()
        if path[-1] == employee_id:
            return list(path)
        if (path[-1], first, last) in seen:
            continue
        seen.add((path[-1], first, last))
        for above in lines.get(path[-1], Timeline()).spans:
            both = _shared_days(first, last, above)
            if both is not None:
                waiting.append(((*path, above.value), *both))
    return []


def _shared_days(first: date, last: date | None, span: Span) -> tuple[date, date | None] | None:
    start = max(first, span.first)
    ends = [day for day in (last, span.last) if day is not None]
    end = min(ends) if ends else None
    return (start, end) if end is None or start <= end else None


def line_row(employee_id: int, span: Span) -> dict[str, Any]:
    """Return the columns of a line as they are stored, without tenant."""
    return {
        "id": span.id,
        "employee_id": employee_id,
        "appraiser_id": span.value,
        "valid_from": span.first,
        "valid_to": span.last,
    }

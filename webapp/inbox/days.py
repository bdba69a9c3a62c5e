"""How urgent a task is: the working days it has left, whether it is important, and whether it may wait."""

from datetime import date
from typing import Final

from engine.calendar import WorkCalendar

#: The priority, from 0 to 100 and usually 50, from which people are told that a task is important.
IMPORTANT: Final = 75


def days_left(calendar: WorkCalendar, today: date, due: date | None) -> int | None:
    """Return the working days until a task is due: 0 on its last day, negative when overdue, None without a due day.

    A due day that is no working day of this calendar is never called "today" on another day.
    """
    if due is None:
        return None
    days = calendar.working_days_between(today, due)
    if due < today:
        return min(days, -1)
    return max(days, 1) if due > today else 0


def is_important(priority: int) -> bool:
    """Say whether people are told that a task is important."""
    return priority >= IMPORTANT


def later_than(today: date, follow_up: date | None) -> date | None:
    """Return the day from which a task is to be looked at; None if it is to be looked at now."""
    return follow_up if follow_up is not None and follow_up > today else None

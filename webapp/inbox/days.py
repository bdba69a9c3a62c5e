"""How many working days a task has left."""

from datetime import date

from engine.calendar import WorkCalendar


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

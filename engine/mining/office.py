"""How many minutes of working time lie between two instants, by the calendar of a city."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import Final

from engine.bpmn.days import local_day
from engine.calendar import WorkCalendar

#: Civil servants work 37.5 hours a week, whatever the days, and begin at half past seven (Perpres 21/2023).
WEEK_MINUTES: Final = 2_250
BEGINS: Final = time(7, 30)
_DAY: Final = timedelta(days=1)
_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class OfficeTime:
    """The working time of a city.

    :param zone: in which it counts its days.
    """

    calendar: WorkCalendar
    zone: tzinfo

    @property
    def day_minutes(self) -> int:
        """How long a working day is: without the break, which nobody can tell from outside."""
        return WEEK_MINUTES // self.calendar.week

    def minutes_between(self, start: datetime, end: datetime) -> int:
        """Return the whole minutes of working time from one instant to a later one; 0 if it is not later."""
        if end <= start:
            return 0
        first, last = local_day(start, self.zone), local_day(end, self.zone)
        days = self.calendar.working_days_between(first - _DAY, last - _DAY)
        return max(0, days * self.day_minutes + self._into_day(end) - self._into_day(start))

    def _into_day(self, instant: datetime) -> int:
        """Return how many minutes of its day's working time are over at an instant."""
        here = instant.astimezone(self.zone)
        if not self.calendar.is_working_day(here.date()):
            return 0
        begun = here - datetime.combine(here.date(), BEGINS, self.zone)
        return min(max(begun // _MINUTE, 0), self.day_minutes)


def wall_minutes(start: datetime, end: datetime) -> int:
    """Return the whole minutes from one instant to a later one, day and night; 0 if it is not later."""
    return max(0, (end - start) // _MINUTE)

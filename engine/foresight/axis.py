"""The working time of a city as one line of minutes: the nights, weekends and holidays between are left out."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Final

from engine.mining.office import BEGINS, OfficeTime

_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True)
class WorkAxis:
    """Working days from a first one on, one behind the other.

    :param first: the day with which minute 0 begins, or the next working day.
    :param count: of the working days.
    """

    office: OfficeTime
    first: date
    count: int

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The working days."""
        calendar, day = self.office.calendar, self.first - timedelta(days=1)
        found = list[date]()
        for _ in range(self.count):
            day = calendar.add_working_days(day, 1)
            found.append(day)
        return tuple(found)

    @property
    def length(self) -> float:
        """How many minutes there are."""
        return float(self.count * self.office.day_minutes)

    def minute_of(self, instant: datetime) -> float:
        """Return how much working time has passed at an instant."""
        here = instant.astimezone(self.office.zone)
        place = bisect_left(self.days, here.date())
        if place == len(self.days) or self.days[place] != here.date():
            return float(place * self.office.day_minutes)
        begun = (here - datetime.combine(here.date(), BEGINS, self.office.zone)) / _MINUTE
        return place * self.office.day_minutes + min(max(begun, 0.0), float(self.office.day_minutes))

    def instant_of(self, minute: float) -> datetime:
        """Return when so much working time has passed."""
        place, rest = divmod(minute, self.office.day_minutes)
        day = self.days[min(int(place), self.count - 1)]
        return datetime.combine(day, BEGINS, self.office.zone) + rest * _MINUTE

    def end_of_days(self, minute: float, days: int) -> float:
        """Return the end of the working day that comes so many after the one of a minute."""
        return (int(minute // self.office.day_minutes) + days + 1) * float(self.office.day_minutes)

    def after(self, minute: float, duration: timedelta) -> float:
        """Return the working time behind a duration that runs day and night."""
        return max(minute, self.minute_of(self.instant_of(minute) + duration))

    def end_of(self, day: date) -> float:
        """Return the working time that has passed when a day is over."""
        return self.minute_of(datetime.combine(day + timedelta(days=1), time(), self.office.zone))

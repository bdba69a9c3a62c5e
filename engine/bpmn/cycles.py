"""Timers that come again and again: how a cycle is written, and when it comes next."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from engine.bpmn.durations import due_instant, read_date, read_duration
from engine.bpmn.model import Timer
from engine.errors import ElementFailed

_CYCLE = re.compile(r"R(?P<times>\d{0,4})/(?P<rest>.+)", re.DOTALL)
_STARTS_WITH_DATE = re.compile(r"\d{4}-\d\d-\d\d")
ENDLESS = 10_000  # noted as what is left of a cycle that names no number; one that does has four digits
_MOST_MISSED = 1_000  # times that are looked at one by one when nobody was there for them
_JUST_BEFORE = timedelta(microseconds=1)

#: Gives the value of an expression at an instant.
Evaluate = Callable[[str, datetime], object]


@dataclass(frozen=True, slots=True)
class Cycle:
    """A time cycle: `R3/P1D`, `R3/2026-10-05T08:00:00+07:00/P1D`, or with an expression, `R/working days after(...)`.

    :param times: how often it comes; `ENDLESS` for always.
    :param step: what lies between; None with an expression.
    :param start: when it comes first; None for a step after it begins to wait.
    :param says: the expression that gives the next time.
    """

    times: int
    step: timedelta | None = None
    start: datetime | None = None
    says: str | None = None


def read_cycle(text: str) -> Cycle | None:
    """Return the cycle that a text says; None if it is none."""
    found = _CYCLE.fullmatch(text.strip())
    times = int(found["times"] or ENDLESS) if found else 0
    if found is None or not times:
        return None
    first, slash, last = found["rest"].rpartition("/")
    start, step = read_date(first) if slash else None, read_duration(last)
    if step is None or (slash and not isinstance(start, datetime)):
        # A date that is misspelt would be a difference, and always null.
        is_date = _STARTS_WITH_DATE.match(found["rest"])
        return None if is_date else Cycle(times, says=found["rest"].strip())
    return Cycle(times, step, start if isinstance(start, datetime) else None) if step > timedelta(0) else None


def next_of_cycle(
    timer: Timer,
    evaluate: Evaluate,
    before: tuple[datetime | None, int | None],
    now: datetime,
    zone: tzinfo,
    *,
    begins: bool = False,
) -> tuple[datetime, int]:
    """Return when a cycle comes next, and how often after that. What was missed is not made up for.

    :param before: when it came last, and how often it was to come again.
    :param begins: a date is the beginning of that day, not its end.
    :raise ElementFailed: it is no cycle, or its expression gives no later time.
    """
    cycle, (last, left) = read_cycle(timer.expression), before
    if cycle is None:
        raise ElementFailed(f"Timer expression '{timer.expression}' is no cycle such as R3/P1D.")
    if cycle.step is not None:
        due = _by_steps(timer, cycle.step, cycle.start if last is None else None, (last, now), zone)
    else:
        due = _Saying(timer, cycle.says or "", evaluate, zone, begins).next(last, now)
    return due, ENDLESS if cycle.times == ENDLESS else (cycle.times if left is None else left) - 1


def _by_steps(
    timer: Timer, step: timedelta, start: datetime | None, times: tuple[datetime | None, datetime], zone: tzinfo
) -> datetime:
    last, now = times
    due = due_instant(timer, start or step, last or now, zone)
    return due + step * ((now - due) // step + 1) if due <= now else due


@dataclass(frozen=True, slots=True)
class _Saying:
    """A cycle whose expression gives the next time; `today()` in it is the day on which it came last."""

    timer: Timer
    says: str
    evaluate: Evaluate
    zone: tzinfo
    begins: bool

    def next(self, last: datetime | None, now: datetime) -> datetime:
        if last is None:
            return self._after(now, now)
        for _ in range(_MOST_MISSED):
            # A day has come when it is over: an instant before that it is still the day.
            due = self._after(last, last if self.begins else last - _JUST_BEFORE)
            if due <= last:
                raise ElementFailed(f"Timer expression '{self.timer.expression}' gives no later time than before.")
            if due > now:
                return due
            last = due
        return self._after(now, now)

    def _after(self, since: datetime, at: datetime) -> datetime:
        value = self.evaluate(self.says, at)
        if self.begins and isinstance(value, date) and not isinstance(value, datetime):
            value = datetime.combine(value, time(), self.zone)
        return due_instant(self.timer, value, since, self.zone)

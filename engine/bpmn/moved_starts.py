"""Counts the time again at which a process begins by itself, after the list of holidays has changed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.bpmn.evaluating import Then, When
from engine.bpmn.first_steps import Rounds, first_time, next_time
from engine.bpmn.model import Element
from engine.bpmn.recounting import earliest_day, says_working_days
from engine.bpmn.timers import ENDLESS, end_of_day
from engine.errors import ElementFailed

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class LastTime:
    """When a timer came last.

    :param due: the instant at which it was due, to the second.
    :param came_at: when it was let happen; what it had missed until then was not made up for.
    """

    due: datetime
    came_at: datetime


def is_cycle(start: Element) -> bool:
    """Say whether a start event begins cases again and again."""
    return start.timer is not None and start.timer.kind == "timeCycle"


def moved_start(start: Element, before: datetime, set_at: datetime, when: When) -> datetime | None:
    """Return when a start event begins its case by today's list of holidays; None if that is when it does anyway.

    A time that comes earlier than before leaves at least until the end of the next working day, as a deadline does; one
    that is over already stays.

    :param before: when it begins its case so far.
    :param set_at: when that was counted: its release came into force then.
    """
    return _moved(start, before, when, lambda: first_time(start, Then(when, set_at)))


def moved_cycle(
    start: Element, before: datetime, since: datetime, when: When, last: LastTime | None
) -> datetime | None:
    """Return when a cycle begins its next case by today's list of holidays, as `moved_start`.

    :param since: when it began to wait: its first time is counted from then.
    :param last: the time from which the next one is counted; None before the first.
    """
    if last is None:
        due = _moved(start, before, when, lambda: first_time(start, Then(when, since)))
    else:
        due = _moved(start, before, when, lambda: next_time(start, Then(when, last.came_at), (last.due, ENDLESS)))
    # When it came last is known to the second.
    return due if due is not None and abs(due - before) >= _SECOND else None


def _moved(
    start: Element,
    before: datetime,
    when: When,
    count: Callable[[], tuple[datetime | None, int | None] | Rounds | None],
) -> datetime | None:
    timer = start.timer
    if timer is None or not says_working_days(timer.expression) or before <= when.now:
        return None
    try:
        due = (count() or (None, None))[0]
        if due is not None and due < before:
            due = max(due, min(before, end_of_day(earliest_day(when, {}), when.zone)))
    except ElementFailed:
        return None  # it could be counted when it was set, and stays as it was
    return due if due != before else None

"""Counts the time again at which a process begins by itself, after the list of holidays has changed."""

from datetime import datetime

from engine.bpmn.evaluating import Then, When
from engine.bpmn.first_steps import first_time
from engine.bpmn.model import Element
from engine.bpmn.recounting import earliest_day, says_working_days
from engine.bpmn.timers import end_of_day
from engine.errors import ElementFailed


def counts_days_to_begin(start: Element) -> bool:
    """Say whether a start event begins its case at a time in working days; a cycle counts on by itself, each time."""
    timer = start.timer
    return timer is not None and timer.kind != "timeCycle" and says_working_days(timer.expression)


def moved_start(start: Element, before: datetime, set_at: datetime, when: When) -> datetime | None:
    """Return when a start event begins its case by today's list of holidays; None if that is when it does anyway.

    A time that comes earlier than before leaves at least until the end of the next working day, as a deadline does; one
    that is over already stays.

    :param before: when it begins its case so far.
    :param set_at: when that was counted: its release was deployed then.
    """
    if not counts_days_to_begin(start) or before <= when.now:
        return None
    try:
        found = first_time(start, Then(when, set_at))
        if found is None:
            return None
        due = found[0]
        if due < before:
            due = max(due, min(before, end_of_day(earliest_day(when, {}), when.zone)))
    except ElementFailed:
        return None  # it could be counted when it was deployed, and stays as it was
    return due if due != before else None

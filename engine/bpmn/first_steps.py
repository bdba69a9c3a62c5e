"""What a start event gives the case that it begins: when, about whom, under which title, with which variables."""

import logging
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from engine.bpmn.evaluating import Then, When, by_calendar_of, evaluate
from engine.bpmn.model import Element, Timer
from engine.bpmn.timers import due_instant, end_of_day, is_literal, literal_value, next_due
from engine.errors import ElementFailed

logger = logging.getLogger(__name__)

LONGEST_TITLE = 200
NOBODY = 0  # the subject of a case that is about nobody in particular
SUBJECTS_END = 2**63

Rounds = tuple[datetime, int | None]


def first_time(start: Element, when: When) -> Rounds | None:
    """Return when a timer begins its first case, and how often after that; None if that time has passed already.

    A date is the beginning of that day in the city's zone, and has passed when the day is over.

    :raise ElementFailed: its expression gives no time.
    """
    timer, when = _timer_of(start), by_calendar_of(start, when)
    if timer.kind == "timeCycle":
        return _next(start, when, (None, None))
    value = literal_value(timer) if is_literal(timer) else evaluate(timer.expression, {}, when)
    if isinstance(value, date) and not isinstance(value, datetime):
        begins = due_instant(timer, datetime.combine(value, time(), when.zone), when.now, when.zone)
        return (begins, None) if end_of_day(value, when.zone) > when.now else None
    due = due_instant(timer, value, when.now, when.zone)
    return (due, None) if due > when.now or isinstance(value, timedelta) else None


def next_time(start: Element, when: When, before: Rounds) -> tuple[datetime | None, int | None]:
    """Return when a timer begins its next case after one; None if that was the last."""
    if not before[1]:
        return None, None
    return _next(start, when, before)


def _next(start: Element, when: When, before: tuple[datetime | None, int | None]) -> Rounds:
    timer, when = _timer_of(start), by_calendar_of(start, when)
    due, rounds = next_due(
        timer, lambda text, at: evaluate(text, {}, Then(when, at)), before, when.now, when.zone, begins=True
    )
    return due.astimezone(UTC), rounds


def _timer_of(start: Element) -> Timer:
    if start.timer is None:
        raise ElementFailed(f"Element '{start.id}' is no timer.")
    return start.timer


def variables_of(start: Element, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return the variables with which a case begins: what was sent, under the event's result name if it has one."""
    result = start.event.result if start.event else None
    return {result: dict(payload)} if result else dict(payload)


def title_of(start: Element, variables: Mapping[str, Any], when: When, usual: str) -> str:
    """Return the title that a start event gives its case; the usual one if it gives none."""
    value = _said(start, start.title, variables, when)
    title = " ".join(value.split()) if isinstance(value, str) else ""
    return (title or usual)[:LONGEST_TITLE]


def subject_of(start: Element, variables: Mapping[str, Any], when: When) -> int:
    """Return whom or what the case is about; nobody if the start event does not say."""
    value = _said(start, start.subject, variables, when)
    is_key = isinstance(value, Decimal) and value.is_finite() and value == int(value)
    return int(value) if is_key and NOBODY < value < SUBJECTS_END else NOBODY


def _said(start: Element, expression: str | None, variables: Mapping[str, Any], when: When) -> Any:
    """Return what an expression gives, None if it fails: a case with a plain title is better than none."""
    if not expression:
        return None
    try:
        return evaluate(expression, variables, when)
    except ElementFailed:
        # Without the reason: it may quote what somebody wrote.
        logger.warning("Start event '%s' begins a case without what '%s' should give.", start.id, expression)
        return None

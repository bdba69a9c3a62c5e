"""Who is asked when a token comes to a person's task, until when, and how urgently."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from engine.bpmn.days import as_day
from engine.bpmn.evaluating import When, by_calendar_of, evaluate, evaluate_or_none
from engine.bpmn.model import Element
from engine.errors import ElementFailed
from engine.values import value

LONGEST_GROUP = 80  # characters of a candidate group, as its column holds
PERSONS_END = 2**63
LEAST_PRIORITY, USUAL_PRIORITY, MOST_PRIORITY = 0, 50, 100


@value(frozen=True, slots=True)
class OpenedTask:
    """A task that now waits for a person.

    :param follow_up: the day before which nobody needs to look at it.
    """

    token: int
    element: str
    assignee: int | None = None
    candidate: str | None = None
    due: date | None = None
    priority: int = USUAL_PRIORITY
    follow_up: date | None = None


def ask(token: int, element: Element, variables: Mapping[str, Any], when: When) -> OpenedTask:
    """Return a task for whoever is asked, with its days and its priority, by the variables of this moment.

    :raise ElementFailed: nobody is named, or a day or priority is none.
    """
    return OpenedTask(
        token,
        element.id,
        _person(element, variables, when),
        _group(element, variables, when),
        _day(element, "due date", element.due, variables, when),
        _priority(element, variables, when),
        _day(element, "follow-up date", element.follow_up, variables, when),
    )


def _person(element: Element, variables: Mapping[str, Any], when: When) -> int | None:
    if not element.assignee:
        return None
    value = evaluate(element.assignee, variables, when)
    if isinstance(value, Decimal) and value.is_finite() and value == int(value) and 0 < value < PERSONS_END:
        return int(value)
    raise ElementFailed(f"Nobody is named by '{element.assignee}' for task '{element.id}'.")


def is_absent(task: OpenedTask, element: Element) -> ElementFailed:
    """Return what is wrong with a task whose assignee is not there: nobody would ever see it."""
    named = f"Person {task.assignee}, whom '{element.assignee}' names for task '{element.id}', is not there"
    return ElementFailed(f"{named}: nobody of that number is in service in this city.", person=task.assignee)


def _group(element: Element, variables: Mapping[str, Any], when: When) -> str | None:
    if not element.candidate:
        return None
    value = evaluate(element.candidate, variables, when)
    if isinstance(value, str) and 0 < len(value) <= LONGEST_GROUP:
        return value
    raise ElementFailed(f"No group is named by '{element.candidate}' for task '{element.id}'.")


def _day(element: Element, what: str, expression: str | None, variables: Mapping[str, Any], when: When) -> date | None:
    if not expression:
        return None
    try:
        return as_day(evaluate_or_none(expression, variables, by_calendar_of(element, when)), when.zone)
    except TypeError as error:
        raise ElementFailed(f"The {what} '{expression}' of task '{element.id}' gives no date.") from error


def _priority(element: Element, variables: Mapping[str, Any], when: When) -> int:
    value = evaluate_or_none(element.priority, variables, when) if element.priority else None
    if value is None:
        return USUAL_PRIORITY
    is_whole = isinstance(value, Decimal) and value.is_finite() and value == int(value)
    if not (is_whole and LEAST_PRIORITY <= value <= MOST_PRIORITY):
        raise ElementFailed(
            f"The priority '{element.priority}' of task '{element.id}' gives no whole number "
            f"from {LEAST_PRIORITY} to {MOST_PRIORITY}."
        )
    return int(value)

"""Evaluates the FEEL expressions of a diagram at an instant, in a city."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Any, Final, Protocol

from engine.bpmn.model import Element
from engine.calendar import WEEKS, WorkCalendar
from engine.errors import ElementFailed
from engine.feel import Environment, Evaluation, FeelError, compile_expression

# Nothing is there to be said; any other reason is that what is there gives nothing.
_MISSING: Final = frozenset({"unknown_name", "unknown_key", "path_of_null"})


class When(Protocol):
    """What an expression may ask for beside variables: the instant, the city's zone and its working days."""

    @property
    def now(self) -> datetime:
        """The instant."""
        ...

    @property
    def zone(self) -> tzinfo:
        """The time zone in which the city counts its days."""
        ...

    def calendar(self, variables: Mapping[str, Any]) -> WorkCalendar:
        """Return the working days of a case."""
        ...


@dataclass(frozen=True, slots=True)
class Then:
    """Another instant with the working days of today's list."""

    when: When
    now: datetime

    @property
    def zone(self) -> tzinfo:
        """The zone in which the city counts its days."""
        return self.when.zone

    def calendar(self, variables: Mapping[str, Any]) -> WorkCalendar:
        """Return the working days by today's list."""
        return self.when.calendar(variables)


@dataclass(frozen=True, slots=True)
class _InWeek:
    """The same instant with the working days of a week that the diagram names."""

    when: When
    week: str

    @property
    def now(self) -> datetime:
        """The instant."""
        return self.when.now

    @property
    def zone(self) -> tzinfo:
        """The zone in which the city counts its days."""
        return self.when.zone

    def calendar(self, variables: Mapping[str, Any]) -> WorkCalendar:
        """Return the working days of that week."""
        try:
            return self.when.calendar(variables).in_week(self.week)
        except KeyError as error:
            raise ElementFailed(f"There is no calendar '{self.week}' (known: {', '.join(WEEKS)}).") from error


def by_calendar_of(element: Element, when: When) -> When:
    """Return an instant at which working days are those of the calendar that an element names, if it names one."""
    return _InWeek(when, element.calendar) if element.calendar else when


def evaluate(expression: str, variables: Mapping[str, Any], when: When) -> Any:
    """Return the value of an expression.

    :raise ElementFailed: it has none.
    """
    return _evaluation(expression, variables, when).value


def evaluate_or_none(expression: str, variables: Mapping[str, Any], when: When) -> Any:
    """Return the value of an expression that may say nothing: None if it is null, or names what is not there.

    :raise ElementFailed: it says something, and that has no value: the 30th of February is no date.
    """
    found = _evaluation(expression, variables, when)
    reasons = [note for note in found.notes if note.code not in _MISSING]
    if found.value is None and reasons:
        raise ElementFailed(
            f"Expression '{expression}' gives nothing: {reasons[-1].message('en')}", expression=expression
        )
    return found.value


def _evaluation(expression: str, variables: Mapping[str, Any], when: When) -> Evaluation:
    try:
        return compile_expression(expression).evaluate(variables, environment(expression, variables, when))
    except FeelError as error:
        raise ElementFailed(f"Expression '{expression}': {error.message('en')}", expression=expression) from error


def environment(expression: str, variables: Mapping[str, Any], when: When) -> Environment:
    """Return what an expression may ask for; the working days are looked up only if it does."""
    if "working" in expression:
        return Environment(now=when.now.astimezone(when.zone), calendar=when.calendar(variables))
    return _without_days(when.now, when.zone)


@lru_cache(maxsize=16)
def _without_days(now: datetime, zone: tzinfo) -> Environment:
    """Return what the expressions of a step share, which are all evaluated at one instant."""
    return Environment(now=now.astimezone(zone))

"""Evaluates the FEEL expressions of a diagram at an instant, in a city."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any, Protocol

from engine.calendar import WorkCalendar
from engine.errors import ElementFailed
from engine.feel import Environment, FeelError, compile_expression


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


def evaluate(expression: str, variables: Mapping[str, Any], when: When) -> Any:
    """Return the value of an expression.

    :raise ElementFailed: it has none.
    """
    try:
        return compile_expression(expression).evaluate(variables, environment(expression, variables, when)).value
    except FeelError as error:
        raise ElementFailed(f"Expression '{expression}': {error.message('en')}", expression=expression) from error


def environment(expression: str, variables: Mapping[str, Any], when: When) -> Environment:
    """Return what an expression may ask for; the working days are looked up only if it does."""
    calendar = when.calendar(variables) if "working" in expression else None
    return Environment(now=when.now.astimezone(when.zone), calendar=calendar)

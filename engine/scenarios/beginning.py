"""With what a case could begin of which no scenario is known: values of the kind that the diagram reads."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from engine.bpmn.model import Element, Outline
from engine.bpmn.release import Release
from engine.feel.comparing import Place, places_in
from engine.scenarios.compared import Values
from engine.scenarios.options import with_value
from engine.scenarios.script import Expectation, Scenario

_A_WHILE: Final = timedelta(days=14)


def guessed_scenario(release: Release, begins: datetime, compared: Values) -> Scenario:
    """Return a scenario without steps whose variables are guessed: persons, days and keys where such are read.

    :param compared: the values that matter for each path; the first one is taken.
    """
    given = _given(release.outline)
    guesses: dict[Place, Any] = {place: values[0] for place, values in compared.items()}
    for element in release.outline.elements.values():
        guesses |= dict(_guesses(element, begins))
    start: Mapping[str, Any] = {}
    for place, value in guesses.items():
        if place[0] not in given:
            start = with_value(start, place, value)
    return Scenario(release.process, {}, begins, start, (), Expectation())


def _given(outline: Outline) -> set[str]:
    """Return the variables that the diagram itself sets."""
    names: set[str | None] = set()
    for element in outline.elements.values():
        names |= {element.result, element.event.result if element.event else None, *element.outputs}
        names |= {element.loop.item, element.loop.output} if element.loop else set()
    return {name for name in names if name is not None}


def _guesses(element: Element, begins: datetime) -> Iterator[tuple[Place, Any]]:
    day = (begins + _A_WHILE).date()
    dates = [element.due, element.follow_up, element.timer.expression if element.timer else None]
    yield from ((place, day) for source in dates for place in places_in(source))
    yield from ((place, Decimal(1)) for place in places_in(element.assignee))
    yield from ((place, "KELOMPOK") for place in places_in(element.candidate))
    yield from ((place, "1") for place in places_in(element.event.key if element.event else None))
    yield from ((place, [Decimal(1)]) for place in places_in(element.loop.collection if element.loop else None))

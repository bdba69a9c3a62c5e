"""What a look ahead found, with all that it takes to tell it when the design has changed since."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version

from engine.bpmn.model import Element
from engine.foresight.fit import Fit
from engine.foresight.forecast import Forecast
from engine.foresight.inputs import Inputs, Origin
from engine.foresight.past import Past
from engine.foresight.trust import Check

#: What an element or lane is called, by language.
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FoundStep:
    """A step about which something was found.

    :param origin: where it is known from how long it takes.
    :param was: under which id it was measured.
    :param called: what it was called in the release in force, where it has another id there.
    """

    id: str
    names: Names
    lane: str
    origin: Origin
    was: str
    called: Names | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found.

    :param check: how far the simulated past is from the measured one; None without a release in force.
    :param fit: what was made to match; `shares` what was supposed of it, by lane.
    :param steps: of the design, and those that are only in the release in force.
    :param left_out: what the events are called that were not simulated.
    :param number: of the release in force; None if there was none.
    :param first: the first day looked at, `last` the last one; `begun` how many cases began then.
    :param version: of Alur, by which it was worked out.
    """

    forecast: Forecast
    check: Check | None
    fit: Fit
    shares: Mapping[str, float]
    steps: tuple[FoundStep, ...]
    lanes: Mapping[str, Names]
    left_out: tuple[Names, ...]
    day_minutes: int
    number: int | None
    first: date
    last: date
    begun: int
    version: str = field(default_factory=lambda: version("alur"))


def answer_of(past: Past, inputs: Inputs, forecast: Forecast, check: Check | None) -> Answer:
    """Return what was found of a design with these inputs."""
    return Answer(
        forecast,
        check,
        inputs.fit,
        {lane: pool.share for lane, pool in inputs.supposed.pools.items()},
        tuple(_steps(inputs, forecast)),
        _lanes(past),
        tuple(_named(element) for element in inputs.left_out()),
        past.axis.office.day_minutes,
        past.number,
        past.axis.first,
        past.until,
        len(past.history.begun),
    )


def _steps(inputs: Inputs, forecast: Forecast) -> Iterator[FoundStep]:
    drawn = inputs.drawn.elements if inputs.drawn is not None else {}
    before = forecast.before.steps if forecast.before is not None else {}
    known = {*inputs.outline.elements, *inputs.same.values()}
    gone = {name: one for name, one in drawn.items() if name not in known}
    for name, element in {**inputs.outline.elements, **gone}.items():
        was = inputs.known_as(name)
        if was in before or name in forecast.after.steps:
            called = _named(drawn[was]) if was != name else None
            yield FoundStep(name, _named(element), element.lane or "", inputs.origin(element), was, called)


def _lanes(past: Past) -> dict[str, Names]:
    outlines = (past.drawn, past.outline) if past.drawn is not None else (past.outline,)
    return {lane.id: dict(lane.names) for outline in outlines for lane in outline.lanes}


def _named(element: Element) -> Names:
    return {"id": element.id, **element.names}

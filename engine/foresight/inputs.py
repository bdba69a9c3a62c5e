"""Makes a model of a process from what was measured, what its diagram says, and what its owner supposes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from engine.bpmn.model import COMPOUND, Element, Kind, Outline, Trigger
from engine.foresight.axis import WorkAxis
from engine.foresight.chance import Assumed, Durations, Fixed, Measured
from engine.foresight.fit import NO_FIT, Fit
from engine.foresight.model import PLAIN, Delay, Model, Pool, Step
from engine.foresight.timing import delay_by, delay_of
from engine.mining.figures import Figures
from engine.mining.spread import quantile

#: How long a person works on a task of which nothing is said, in minutes.
EFFORT: Final = 20.0
#: How often an activity with a marker runs of which nothing is known.
INSTANCES: Final = 3.0
_DAYS: Final = (2.0, 5.0)
#: Working days after which a timer at the edge of something comes of which nothing is known.
_PATIENCE: Final = 10.0
_NONE: Final = Figures()


class Origin(StrEnum):
    """Where a number comes from."""

    MEASURED = "measured"
    DRAWN = "drawn"
    SUPPOSED = "supposed"


@dataclass(frozen=True, slots=True)
class Supposed:
    """What the owner of a process supposes where nothing was measured.

    :param stays: median and ninety per cent of how long something takes, in minutes of working time.
    :param efforts: how long somebody works on a task, in minutes.
    :param shares: of the ways at a choice.
    :param instances: how often an activity with a marker runs.
    :param pools: the people of each role, by lane; empty for steps in no lane.
    """

    stays: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    efforts: Mapping[str, float] = field(default_factory=dict)
    shares: Mapping[str, float] = field(default_factory=dict)
    instances: Mapping[str, float] = field(default_factory=dict)
    pools: Mapping[str, Pool] = field(default_factory=dict)


@dataclass(frozen=True)
class Inputs:
    """What a diagram needs to be simulated, with where it comes from.

    :param figures: what was measured, by element and flow; empty without history.
    :param drawn: the elements and flows of the release in which it was measured.
    :param same: the elements and flows that have another id there, by their id here.
    :param fit: what was made to match what was measured.
    """

    outline: Outline
    figures: Mapping[str, Figures]
    drawn: Outline | None
    supposed: Supposed
    axis: WorkAxis
    same: Mapping[str, str] = field(default_factory=dict)
    fit: Fit = NO_FIT

    def origin(self, element: Element) -> Origin:
        """Return where it is known from how long a task or something that is waited for takes."""
        if not element.is_human and self._drawn_delay(element) is not None:
            return Origin.DRAWN
        return Origin.MEASURED if self._of(element.id).working else Origin.SUPPOSED

    def stays_of(self, element: Element) -> tuple[float, float]:
        """Return median and ninety per cent of how long an element takes: measured, supposed, or as a similar one."""
        measured = _both(self._of(element.id))
        return measured or self.supposed.stays.get(element.id) or self._similar(element)

    def shares_of(self, element: Element) -> tuple[dict[str, float], Origin]:
        """Return how often each flow out of a choice is taken, and whether that was measured.

        A choice with a way that is new was not measured: the new ways are supposed to be as frequent as the average.
        """
        flows = element.outgoing
        counts = {flow: float(self._of(flow).left_count) for flow in flows}
        new = [flow for flow in flows if self.drawn is None or self.known_as(flow) not in self.drawn.flows]
        total = sum(counts.values())
        if total and not new:
            passes = self._of(element.id).left_count if element.kind is not Kind.EVENT_GATEWAY else 0
            whole = max(passes, *counts.values()) if self._is_independent(element) else total
            return {flow: count / whole for flow, count in counts.items()}, Origin.MEASURED
        old = 1 - len(new) / len(flows)
        guessed = {flow: 1 / len(flows) if flow in new or not total else old * counts[flow] / total for flow in flows}
        return {flow: self.supposed.shares.get(flow, share) for flow, share in guessed.items()}, Origin.SUPPOSED

    def instances_of(self, element: Element) -> tuple[float, Origin]:
        """Return how often an activity with a marker runs when it is reached, and whether that was measured."""
        reached = sum(self._of(flow).left_count for flow in element.incoming)
        run = self._of(element.id).entered
        if element.kind in COMPOUND:
            run = sum(self._of(start.id).left_count for start in self.outline.starts(self.outline.content(element)))
        if reached and run:
            return run / reached, Origin.MEASURED
        return self.supposed.instances.get(element.id, INSTANCES), Origin.SUPPOSED

    def effort_of(self, element: Element) -> float:
        """Return how many minutes somebody works on a task, as supposed; no longer than half of them were held."""
        held = quantile(self._of(element.id).handled, 0.5)
        proposed = EFFORT if held is None else min(EFFORT, max(held, 1.0))
        return self.supposed.efforts.get(element.id, proposed)

    def measured(self, element: Element) -> Figures:
        """Return what was measured of an element; empty if nothing was."""
        return self._of(element.id)

    def known_as(self, name: str) -> str:
        """Return the id under which an element or flow was measured."""
        return self.same.get(name, name)

    def choices(self) -> Iterator[Element]:
        """Yield the elements at which cases go different ways."""
        for element in self.outline.elements.values():
            if len(element.outgoing) > 1 and element.kind is not Kind.PARALLEL_GATEWAY and self._chooses(element):
                yield element

    def timed(self) -> Iterator[Element]:
        """Yield the tasks of people and what is waited for, whose duration has to be known."""
        for element in self.outline.elements.values():
            is_start = element.kind is Kind.START and element.container != self.outline.process
            is_timer = element.trigger is Trigger.TIMER and (element.kind is Kind.BOUNDARY or is_start)
            if element.is_human or is_timer or (element.waits and element.kind is not Kind.BOUNDARY):
                yield element

    def left_out(self) -> Iterator[Element]:
        """Yield the events that are not simulated: what they depend on is known from nowhere."""
        for element in self.outline.elements.values():
            is_edge = element.kind is Kind.BOUNDARY and element.trigger in (
                Trigger.MESSAGE,
                Trigger.SIGNAL,
                Trigger.CONDITION,
            )
            if element.trigger is Trigger.COMPENSATION or (is_edge and element.id not in self.edge_shares()):
                yield element

    def edge_shares(self) -> dict[str, float]:
        """Return how often each event at the edge of a task or service happened, where that was measured."""
        found = dict[str, float]()
        for host, boundaries in self.outline.boundaries.items():
            element, figures = self.outline.elements[host], self._of(host)
            times = figures.entered if element.is_human else sum(self._of(one).left_count for one in element.incoming)
            if times and element.kind not in COMPOUND:
                counted = {one.id: self._of(one.id).left_count for one in boundaries}
                found |= {name: min(count / times, 1.0) for name, count in counted.items() if count}
        return found

    def model(self) -> Model:
        """Return what is simulated."""
        shares = {flow: share for element in self.choices() for flow, share in self.shares_of(element)[0].items()}
        looped = [element for element in self.outline.elements.values() if element.loop is not None]
        edges = self.edge_shares()
        return Model(
            self.outline,
            {element.id: self._step(element) for element in self.timed() if element.is_human},
            dict(self._delays(edges)),
            shares | edges,
            {element.id: self.instances_of(element)[0] for element in looped},
            self._starts(),
            {lane: self.fit.pool(lane, pool) for lane, pool in self.supposed.pools.items()},
            self.same,
        )

    def _of(self, name: str) -> Figures:
        return self.figures.get(self.known_as(name), _NONE)

    def _step(self, element: Element) -> Step:
        lane = element.lane or ""
        effort, pool = self.effort_of(element), self.fit.pool(lane, self.supposed.pools.get(lane, Pool()))
        rests = Rest(self._durations(element), effort / pool.pace, self.fit.rest(self.known_as(element.id)))
        due = delay_of(element.due, self.axis, element.calendar)
        text = (element.priority or "").strip()
        return Step(rests, Fixed(effort), lane, int(text) if text.isdecimal() else PLAIN, due)

    def _durations(self, element: Element) -> Durations:
        spread = self._of(element.id).working
        return Measured(spread) if spread else Assumed(*self.stays_of(element))

    def _delays(self, edges: Mapping[str, float]) -> Iterator[tuple[str, Delay]]:
        for element in self.timed():
            if not element.is_human:
                yield element.id, self._drawn_delay(element) or delay_by(self._durations(element))
        for name in edges:
            event = self.outline.elements[name]
            host = self.outline.elements[event.attached_to or ""]
            if event.trigger is not Trigger.TIMER and host.is_human:
                yield name, delay_by(self._durations(host))

    def _drawn_delay(self, element: Element) -> Delay | None:
        timer = element.timer
        return delay_of(timer.expression, self.axis, element.calendar) if timer is not None else None

    def _similar(self, element: Element) -> tuple[float, float]:
        """Return how long an element with the same form takes, else one of the same role, else any; else some days."""
        if element.trigger is Trigger.TIMER and element.kind is not Kind.CATCH:
            patience = _PATIENCE * self.axis.office.day_minutes
            return patience, patience
        tests = (
            lambda other: bool(element.form) and other.form == element.form,
            lambda other: bool(element.lane) and other.lane == element.lane,
            lambda other: True,
        )
        for is_similar in tests:
            for other in (self.drawn or self.outline).elements.values():
                found = _both(self._of(other.id)) if other.is_human == element.is_human else None
                if found is not None and is_similar(other):
                    return found
        minutes = self.axis.office.day_minutes
        return _DAYS[0] * minutes, _DAYS[1] * minutes

    def _starts(self) -> dict[str, float]:
        starts = list(self.outline.starts(self.outline.process))
        counted = {start.id: float(self._of(start.id).left_count) for start in starts}
        if any(counted.values()):
            return counted
        has_plain = any(start.trigger is None for start in starts)
        return {} if has_plain else dict.fromkeys(counted, 1.0)

    def _chooses(self, element: Element) -> bool:
        flows = (self.outline.flows[flow] for flow in element.outgoing)
        return element.kind in _CHOICES or any(flow.condition or flow.is_default for flow in flows)

    def _is_independent(self, element: Element) -> bool:
        return element.kind not in (Kind.EXCLUSIVE_GATEWAY, Kind.EVENT_GATEWAY)


_CHOICES: Final = frozenset({Kind.EXCLUSIVE_GATEWAY, Kind.INCLUSIVE_GATEWAY, Kind.EVENT_GATEWAY})


@dataclass(frozen=True, slots=True)
class Rest:
    """What is left of how long a task takes, besides the work on it.

    :param part: how much of that is no waiting for somebody who is busy.
    """

    stays: Durations
    worked: float
    part: float = 1.0

    def at(self, share: float) -> float:
        """Return the minutes that a share of the durations does not exceed."""
        return self.part * max(0.0, self.stays.at(share) - self.worked)


def _both(figures: Figures) -> tuple[float, float] | None:
    median, ninety = quantile(figures.working, 0.5), quantile(figures.working, 0.9)
    return None if median is None or ninety is None else (median, ninety)

"""What comes out of many simulated years, of a design and of the release in force with the same chances."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from statistics import fmean, median, quantiles
from typing import Final

from engine.foresight.axis import WorkAxis
from engine.foresight.chance import uniform
from engine.foresight.model import Model
from engine.foresight.recording import Record, StepRecord
from engine.foresight.simulating import simulate

_ARRIVAL: Final = 7_919


@dataclass(frozen=True, slots=True)
class Range:
    """A middle with what lies around it: eight of ten are between low and high."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class StepOutcome:
    """What is expected at a human task in a year, in minutes of working time.

    :param queued: how long it waits on average because everybody is busy; `waiting` how many tasks wait so on average.
    :param on_time: the share done by the due date; None where the diagram names none that is known beforehand.
    """

    count: float
    stays: Range
    queued: float
    waiting: float
    on_time: float | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is expected of a process in a year.

    :param lasted: how long cases take, in minutes of working time; None if none ends.
    :param unfinished: how many cases of a year do not end within the simulated time, on average.
    :param loads: the share of their time for this process that the people of each role work, where it is known how
        many they are; over the simulated years.
    :param closed: how long those cases take that end within the span in which they begin, as they would be measured.
    """

    lasted: Range | None
    unfinished: float
    steps: Mapping[str, StepOutcome]
    loads: Mapping[str, Range]
    closed: Range | None = None

    @property
    def slowest(self) -> str | None:
        """The step at which cases stay longest altogether; None without steps."""
        return max(self.steps, key=lambda name: self.steps[name].count * self.steps[name].stays.middle, default=None)


@dataclass(frozen=True, slots=True)
class Forecast:
    """Two designs beside each other.

    :param before: of the release in force; None for a process that is new.
    :param change: by how much the median changes, over the simulated years; None without a before.
    :param years: how many were simulated.
    """

    before: Outcome | None
    after: Outcome
    change: Range | None
    years: int
    cases: int
    seed: int


@dataclass(frozen=True)
class Demand:
    """The cases of a span of time.

    :param begun: when they began, as measured or supposed.
    :param days: the working days from the first of the axis to the end of the span.
    :param since: the minute with which the span begins, by which loads are counted.
    """

    axis: WorkAxis
    begun: Sequence[datetime] = field(repr=False)
    days: int
    since: float = 0.0

    def latest(self, most: int) -> "Demand":
        """Return the last cases, so many at most, with the part of the span in which they began."""
        if len(self.begun) <= most:
            return self
        kept = self.begun[-most:]
        return replace(self, begun=kept, since=self.axis.minute_of(kept[0]))

    def arrivals(self, seed: int) -> list[float]:
        """Return the minutes at which cases begin: on the days on which they began, at hours drawn anew."""
        day = self.axis.office.day_minutes
        first = (int(self.axis.minute_of(instant) // day) for instant in self.begun)
        return sorted((place + uniform(seed, _ARRIVAL, number)) * day for number, place in enumerate(first))

    @property
    def until(self) -> float:
        """The minute with which the span ends."""
        return float(self.days * self.axis.office.day_minutes)

    @property
    def length(self) -> float:
        """The minutes of the span."""
        return max(self.until - self.since, 0.0)


def foresee(
    before: Model | None,
    after: Model,
    demand: Demand,
    *,
    seed: int,
    most: int,
    is_enough: Callable[[], bool],
    is_hopeless: Callable[[], bool],
) -> Forecast:
    """Return what is expected, from as many simulated years as there is time for; one at least.

    :param most: simulated years; as many are done unless `is_enough` says so after one of them.
    :raise TookTooLong: `is_hopeless` said so inside one of them.
    """
    tables = _Table(), _Table()
    for number in range(most):
        arrivals, chances = demand.arrivals(seed + number), seed + number
        if before is not None:
            tables[0].add(simulate(before, arrivals, demand.axis.length, chances, is_hopeless), arrivals, demand)
        tables[1].add(simulate(after, arrivals, demand.axis.length, chances, is_hopeless), arrivals, demand)
        if is_enough():
            break
    pairs = zip(tables[0].medians, tables[1].medians, strict=False)
    return Forecast(
        tables[0].outcome(before, demand) if before is not None else None,
        tables[1].outcome(after, demand),
        range_of([later - earlier for earlier, later in pairs if earlier is not None and later is not None]),
        tables[1].years,
        len(demand.begun),
        seed,
    )


def range_of(values: Iterable[float]) -> Range | None:
    """Return the middle of some numbers and what eight of ten lie between; None without numbers."""
    found = list(values)
    if len(found) < 2:
        return Range(found[0], found[0], found[0]) if found else None
    tenths = quantiles(found, n=10, method="inclusive")
    return Range(tenths[0], tenths[4], tenths[8])


class _Table:
    """What many years say together."""

    def __init__(self) -> None:
        self.years = 0
        self.medians = list[float | None]()
        self._lasted = list[float]()
        self._unfinished = 0
        self._steps: defaultdict[str, StepRecord] = defaultdict(StepRecord)
        self._busy: defaultdict[str, list[float]] = defaultdict(list)
        self._closed = list[float]()

    def add(self, record: Record, arrivals: Sequence[float], demand: Demand) -> None:
        self.years += 1
        self._closed += [
            lasted for number, lasted in record.lasted.items() if arrivals[number] + lasted <= demand.until
        ]
        self._lasted += record.lasted.values()
        self._unfinished += record.unfinished
        self.medians.append(median(record.lasted.values()) if record.lasted else None)
        for name, step in record.steps.items():
            known = self._steps[name]
            known.stays += step.stays
            known.queued += step.queued
            known.on_time += step.on_time
            known.late += step.late
        for pool, minutes in record.busy.items():
            self._busy[pool].append(minutes)

    def outcome(self, model: Model, demand: Demand) -> Outcome:
        span = self.years * demand.length
        return Outcome(
            range_of(self._lasted),
            self._unfinished / self.years,
            {name: outcome for name, step in self._steps.items() if (outcome := self._step(step, span)) is not None},
            {
                name: load
                for name, pool in model.pools.items()
                if pool.people and span
                for load in [range_of(self._loads(name, pool.people * demand.length))]
                if load is not None
            },
            range_of(self._closed),
        )

    def _loads(self, pool: str, time: float) -> list[float]:
        """Return the loads of all years; nobody is asked in a year that is not noted."""
        busy = self._busy[pool]
        return [minutes / time for minutes in [*busy, *[0.0] * (self.years - len(busy))]]

    def _step(self, step: StepRecord, span: float) -> StepOutcome | None:
        stays = range_of(step.stays)
        if stays is None:
            return None
        told = step.on_time + step.late
        return StepOutcome(
            len(step.stays) / self.years,
            stays,
            fmean(step.queued) if step.queued else 0.0,
            sum(step.queued) / span if span else 0.0,
            step.on_time / told if told else None,
        )

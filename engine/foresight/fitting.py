"""Fits what nobody has measured, the share of their time that people have, to how long their steps were seen to take.

Measured durations hold the waiting for people who are busy. Simulated waiting would come on top: so much is taken off
how long a step lies. Where the simulated waiting alone is longer than what was measured, people must have more time
than supposed: their share is the smallest with which it is not, to within a tenth, and with which they can do it all.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from statistics import fmean
from typing import Final

from engine.bpmn.model import Element
from engine.foresight.fit import Fit
from engine.foresight.forecast import Demand
from engine.foresight.inputs import Inputs
from engine.foresight.model import Pool
from engine.foresight.recording import Record
from engine.foresight.simulating import simulate
from engine.mining.figures import Figures
from engine.mining.spread import edges

#: Simulated runs at most; half of them find a share to within a tenth.
ROUNDS: Final = 10
#: The last cases are enough to see how long people are waited for.
SAMPLE: Final = 1_000
#: Who has more to do than this share of his time can hold will never be done: the sample may be too short to show it.
_FULL: Final = 0.9
_TOLERANCE: Final = 1.05
_NARROW: Final = 1.1
_SAME: Final = 0.05


def fit(
    inputs: Inputs, demand: Demand, seed: int, is_enough: Callable[[], bool], is_hopeless: Callable[[], bool]
) -> Fit:
    """Return what makes the release in force come out as measured; nothing where nobody can be waited for.

    :param inputs: of the release in force.
    :param is_enough: is asked after each run whether to leave it there.
    :raise TookTooLong: `is_hopeless` said so inside a run.
    """
    lanes = _lanes(inputs)
    if not lanes:
        return inputs.fit
    sample = demand.latest(SAMPLE)
    fitting = _Fitting(inputs, lanes, demand, len(sample.begun))
    for _ in range(ROUNDS):
        now = fitting.inputs
        record = simulate(now.model(), sample.arrivals(seed), sample.axis.length, seed, is_hopeless)
        if not fitting.learn(record) or is_enough():
            break
    return fitting.result


def _lanes(inputs: Inputs) -> dict[str, list[Element]]:
    """Return the measured steps of the roles of which it is known how many people there are."""
    found: dict[str, list[Element]] = {}
    for element in inputs.timed():
        pool = inputs.supposed.pools.get(element.lane or "")
        if element.is_human and pool is not None and pool.people and inputs.measured(element).working:
            found.setdefault(element.lane or "", []).append(element)
    return found


@dataclass(slots=True)
class _Bracket:
    """Between which shares the wanted one lies.

    :param low: people with it are waited for too long; `high` with that one they are not.
    """

    share: float
    low: float = 0.0
    high: float | None = None

    def move(self, *, is_too_long: bool) -> bool:
        """Try another share; say whether there is one."""
        if is_too_long:
            self.low = self.share
        else:
            self.high = self.share
        tried, self.share = self.share, self._next()
        return self.share != tried

    @property
    def is_beyond(self) -> bool:
        """With all their time people are still waited for too long."""
        return self.high is None and self.low >= 1.0

    def _next(self) -> float:
        if self.high is None:
            return min(2 * self.low, 1.0)
        if not self.low or self.high / self.low <= _NARROW:
            return self.high
        return (self.low + self.high) / 2


@dataclass(slots=True)
class _Fitting:
    """What is being fitted.

    :param demand: all cases, of which `sampled` are simulated.
    """

    inputs: Inputs
    lanes: Mapping[str, list[Element]]
    demand: Demand
    sampled: int
    _brackets: dict[str, _Bracket] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._brackets = {lane: _Bracket(self.inputs.supposed.pools[lane].share) for lane in self.lanes}

    @property
    def result(self) -> Fit:
        """What has been found: of each role the smallest share with which its people were not too busy."""
        shares = {lane: bracket.high or bracket.share for lane, bracket in self._brackets.items() if bracket.low}
        beyond = frozenset(lane for lane, bracket in self._brackets.items() if bracket.is_beyond)
        return replace(self.inputs.fit, shares=shares, too_busy=beyond)

    def learn(self, record: Record) -> bool:
        """Take a run in; say whether another one may find something better."""
        rests = dict(self.inputs.fit.rests)
        moved = [self._learn_lane(lane, steps, record, rests) for lane, steps in self.lanes.items()]
        changed = max(abs(part - self.inputs.fit.rest(name)) for name, part in rests.items())
        shares = {lane: bracket.share for lane, bracket in self._brackets.items()}
        self.inputs = replace(self.inputs, fit=Fit(shares, rests))
        return any(moved) or changed > _SAME

    def _learn_lane(self, lane: str, steps: list[Element], record: Record, rests: dict[str, float]) -> bool:
        bracket = self._brackets[lane]
        pool = self.inputs.fit.pool(lane, self.inputs.supposed.pools[lane])
        seen = [self._seen(element, record, pool.pace) for element in steps]
        rests |= {self.inputs.known_as(one.id): step.rest for one, step in zip(steps, seen, strict=True)}
        is_full = self._load(record.busy[lane], pool) > _FULL
        return bracket.move(is_too_long=is_full or _is_too_long(seen))

    def _load(self, busy: float, pool: Pool) -> float:
        """Return which share of the time of all people is taken up, over all cases."""
        time = (pool.people or 0) * self.demand.length
        return busy * len(self.demand.begun) / self.sampled / time if time else 0.0

    def _seen(self, element: Element, record: Record, pace: float) -> "_Seen":
        queued = record.steps[element.id].queued
        worked = self.inputs.effort_of(element) / pace
        return _Seen(len(queued), worked, fmean(queued) if queued else 0.0, self.inputs.measured(element))


@dataclass(frozen=True, slots=True)
class _Seen:
    """A step in a run.

    :param worked: how long the work on it takes; `queued` how long it waits for people who are busy.
    """

    count: int
    worked: float
    queued: float
    measured: Figures

    @property
    def rest(self) -> float:
        """The part of how long it lies about that is no waiting for people."""
        lies = _mean(self.measured.working, self.worked)
        return min(max((lies - self.queued) / lies, 0.0), 1.0) if lies else 1.0


def _is_too_long(seen: list[_Seen]) -> bool:
    """Say whether work and waiting are longer than measured: together, until taken, or from then on."""
    claimed = [one for one in seen if one.measured.queued]
    pairs = (
        [(one.count * (one.worked + one.queued), one.count * _mean(one.measured.working)) for one in seen],
        [(one.count * one.queued, one.count * _mean(one.measured.queued)) for one in claimed],
        [(one.count * one.worked, one.count * _mean(one.measured.handled)) for one in claimed],
    )
    sums = [tuple(map(sum, zip(*pair, strict=True))) for pair in pairs if pair]
    return any(simulated > _TOLERANCE * measured + len(seen) for simulated, measured in sums)


def _mean(spread: Mapping[int, int], less: float = 0.0) -> float:
    """Return the mean of what measured durations have more than so many minutes."""
    total = sum(spread.values())
    return sum(count * max(sum(edges(number)) / 2 - less, 0.0) for number, count in spread.items()) / total

"""What a look ahead says, in the reader's words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from engine.foresight.answer import Answer, FoundStep
from engine.foresight.forecast import Forecast, Outcome, Range, StepOutcome
from engine.foresight.inputs import Origin
from engine.foresight.trust import Check
from webapp.studio.foresight.asking import called
from webapp.studio.foresight.telling import FULL, Telling
from webapp.studio.watching.wording import percent
from webapp.texts import gettext as _
from webapp.texts import show_number

_WIDTH: Final = 100
_MINUTE: Final = 1.0


@dataclass(frozen=True, slots=True)
class Pair:
    """A figure now and with the design; empty where there is none."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class WholeLine:
    """A figure of whole cases.

    :param measured: what it was, of the cases that have ended in the months looked at; empty where that is not known.
    :param recounted: the same of the simulated cases that end in that time.
    :param told: of all simulated cases, those that end later too.
    """

    name: str
    measured: str
    recounted: str
    told: Pair


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step with what is expected there; empty where it does not exist or nobody comes.

    :param notes: where its duration comes from, and what it was called.
    :param measured: how long half of the tasks took; `off` by how much that is missed, where it is too much.
    :param spread: between what eight of ten lie, with the design.
    :param bars: how long its bars are, of 100.
    """

    name: str
    notes: str
    measured: str
    off: str
    median: Pair
    spread: str
    queued: Pair
    on_time: Pair
    bars: tuple[int, int]
    is_slowest: bool


@dataclass(frozen=True, slots=True)
class RoleLine:
    """The people of a role with how busy they are; empty where they do not exist.

    :param spread: over the simulated years, with the design.
    """

    name: str
    told: Pair
    spread: str
    bars: tuple[int, int]
    is_full: bool


@dataclass(frozen=True, slots=True)
class ForesightPage:
    """The results.

    :param trusted: tone, title and text about whether to rely on it.
    :param left_out: the events that are not simulated.
    """

    headline: str
    sentences: tuple[str, ...]
    trusted: tuple[str, str, str]
    fitted: tuple[str, ...]
    whole: tuple[WholeLine, ...]
    steps: tuple[StepLine, ...]
    roles: tuple[RoleLine, ...]
    left_out: tuple[str, ...]
    has_before: bool
    has_measured: bool
    has_due: bool


def foresight_page(answer: Answer) -> ForesightPage:
    """Return what is shown of an answer."""
    telling, check = Telling(answer), answer.check
    making = _Making(answer, telling)
    steps = tuple(making.steps())
    return ForesightPage(
        telling.headline(),
        tuple(telling.sentences()),
        telling.trusted(),
        tuple(telling.fitted()),
        tuple(making.whole()),
        steps,
        tuple(making.roles()),
        tuple(called(names, "") for names in answer.left_out),
        answer.forecast.before is not None,
        check is not None and check.measured is not None,
        any(line.on_time.before or line.on_time.after for line in steps),
    )


@dataclass(frozen=True, slots=True)
class _Making:
    answer: Answer
    telling: Telling

    @property
    def forecast(self) -> Forecast:
        return self.answer.forecast

    @property
    def check(self) -> Check | None:
        return self.answer.check

    def whole(self) -> Iterator[WholeLine]:
        measured = self.check.measured if self.check is not None else None
        recounted = self.check.simulated if self.check is not None and measured is not None else None
        lasted = self._before.lasted if self._before is not None else None
        ranges = measured, recounted, lasted, self.forecast.after.lasted
        shown = {
            _("Separuh kasus selesai dalam"): [self._time(one.middle if one else None) for one in ranges],
            _("90% kasus selesai dalam"): [self._time(one.high if one else None) for one in ranges],
            _("Delapan dari sepuluh kasus"): [self._spread(one) for one in ranges],
        }
        for name, (was, again, now, then) in shown.items():
            yield WholeLine(name, was, again, Pair(now, then))

    def steps(self) -> Iterator[StepLine]:
        before, after = self._steps(self._before), self._steps(self.forecast.after)
        for step in self.answer.steps:
            yield self._step(step, before.get(step.was), after.get(step.id))

    def roles(self) -> Iterator[RoleLine]:
        before = self._before.loads if self._before is not None else {}
        after = self.forecast.after.loads
        for lane in dict.fromkeys([*before, *after]):
            sides = before.get(lane), after.get(lane)
            shown = [percent(one.middle, 1) if one is not None else "" for one in sides]
            bars = [_bar(one.middle if one is not None else 0.0, 1.0) for one in sides]
            is_full = sides[1] is not None and sides[1].middle >= FULL
            yield RoleLine(self.telling.role(lane), Pair(*shown), _shares(sides[1]), (bars[0], bars[1]), is_full)

    @property
    def _before(self) -> Outcome | None:
        return self.forecast.before

    def _steps(self, outcome: Outcome | None) -> Mapping[str, StepOutcome]:
        return outcome.steps if outcome is not None else {}

    def _step(self, step: FoundStep, before: StepOutcome | None, after: StepOutcome | None) -> StepLine:
        gap = self.check.steps.get(step.was) if self.check is not None else None
        sides, most = (before, after), self._longest()
        bars = [_bar(one.stays.middle if one is not None else 0.0, most) for one in sides]
        return StepLine(
            called(step.names, step.id),
            _notes(step),
            self._time(gap.measured if gap is not None else None),
            self._off(step),
            Pair(*(self._time(one.stays.middle) if one is not None else "" for one in sides)),
            self._spread(after.stays if after is not None else None),
            Pair(*(self._queue(one) for one in sides)),
            Pair(*(_on_time(one) for one in sides)),
            (bars[0], bars[1]),
            step.id == self.forecast.after.slowest,
        )

    def _off(self, step: FoundStep) -> str:
        gap = self.check.off.get(step.was) if self.check is not None else None
        return _("hitungan meleset %(share)s", share=percent(abs(gap.share), 1)) if gap is not None else ""

    def _queue(self, step: StepOutcome | None) -> str:
        if step is None:
            return ""
        if step.queued < _MINUTE:
            return _("tidak")
        waiting = round(step.waiting)
        time = self._time(step.queued)
        return _("%(time)s, %(count)s antre", time=time, count=show_number(waiting)) if waiting else time

    def _longest(self) -> float:
        sides = self._steps(self._before), self._steps(self.forecast.after)
        return max((step.stays.middle for side in sides for step in side.values()), default=0.0)

    def _spread(self, spread: Range | None) -> str:
        if spread is None:
            return ""
        return _("%(low)s sampai %(high)s", low=self._time(spread.low), high=self._time(spread.high))

    def _time(self, minutes: float | None) -> str:
        return self.telling.time(minutes) if minutes is not None else ""


def _notes(step: FoundStep) -> str:
    said = _("diukur") if step.origin is Origin.MEASURED else _("diperkirakan")
    if step.called is None:
        return said
    named = _("dahulu “%(name)s”", name=called(step.called, step.was))
    return f"{said}, {named}"


def _on_time(step: StepOutcome | None) -> str:
    return percent(step.on_time, 1) if step is not None and step.on_time is not None else ""


def _shares(spread: Range | None) -> str:
    if spread is None:
        return ""
    low, high = percent(spread.low, 1), percent(spread.high, 1)
    return _("%(low)s sampai %(high)s", low=low, high=high) if low != high else ""


def _bar(value: float, most: float) -> int:
    return min(round(_WIDTH * value / most), _WIDTH) if most else 0

"""What a look ahead says, in the reader's words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from engine.foresight.forecast import Forecast, Outcome, Range, StepOutcome
from engine.foresight.inputs import Inputs, Origin
from webapp.studio.foresight.asking import lane_names, name_of
from webapp.studio.foresight.reading import Basis
from webapp.studio.watching.wording import percent, working_time
from webapp.texts import gettext as _
from webapp.texts import ngettext, show_number

#: From this share of their time on people have no slack, and heaps grow.
FULL: Final = 0.85
_WIDTH: Final = 100
_LATE_CASES: Final = 0.5


@dataclass(frozen=True, slots=True)
class Side:
    """A step before or after.

    :param bar: how long its bar is, of 100.
    """

    median: str
    ninety: str
    queued: str
    waiting: str
    on_time: str
    bar: int


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step with what is expected there; nothing where it does not exist or nobody comes."""

    name: str
    origin: str
    before: Side
    after: Side


_NOWHERE: Final = Side("", "", "", "", "", 0)


@dataclass(frozen=True, slots=True)
class RoleLine:
    """The people of a role with how busy they are; empty where they do not exist."""

    name: str
    before: str
    after: str
    bars: tuple[int, int]


@dataclass(frozen=True, slots=True)
class ForesightPage:
    """The results.

    :param sentences: what they say, the most important first.
    :param left_out: the events that are not simulated.
    """

    sentences: tuple[str, ...]
    steps: tuple[StepLine, ...]
    roles: tuple[RoleLine, ...]
    left_out: tuple[str, ...]
    has_before: bool
    years: int
    seed: int


def foresight_page(basis: Basis, inputs: Inputs, forecast: Forecast) -> ForesightPage:
    """Return what is shown of a look ahead."""
    making = _Making(basis, inputs, forecast)
    return ForesightPage(
        tuple(making.sentences()),
        tuple(making.steps()),
        tuple(making.roles()),
        tuple(name_of(element) for element in inputs.left_out()),
        forecast.before is not None,
        forecast.years,
        forecast.seed,
    )


@dataclass(frozen=True, slots=True)
class _Making:
    basis: Basis
    inputs: Inputs
    forecast: Forecast

    def sentences(self) -> Iterator[str]:
        before, after = self.forecast.before, self.forecast.after
        if after.lasted is None:
            yield _("Tidak satu pun kasus selesai dengan rancangan ini. Periksa lama dan bagian yang diperkirakan.")
        elif before is None or before.lasted is None or self.forecast.change is None:
            yield _("Dengan rancangan ini separuh kasus selesai dalam %(time)s.", time=self._time(after.lasted.middle))
        else:
            yield self._changed(before.lasted, after.lasted, self.forecast.change)
        if after.lasted is not None:
            low, high = self._time(after.lasted.low), self._time(after.lasted.high)
            yield _("Delapan dari sepuluh kasus selesai dalam %(low)s sampai %(high)s.", low=low, high=high)
        yield from self._bottleneck(after)
        if after.unfinished >= _LATE_CASES:
            count = round(after.unfinished)
            yield ngettext(
                "Dari satu masa, %(count)s kasus tidak selesai dalam waktu yang disimulasikan.",
                "Dari satu masa, %(count)s kasus tidak selesai dalam waktu yang disimulasikan.",
                count,
            )

    def steps(self) -> Iterator[StepLine]:
        before = self.forecast.before.steps if self.forecast.before is not None else {}
        after, most = self.forecast.after.steps, self._longest()
        drawn = self.basis.drawn.elements if self.basis.drawn is not None else {}
        for name, element in {**drawn, **self.inputs.outline.elements}.items():
            if name in before or name in after:
                is_measured = self.inputs.origin(element) is Origin.MEASURED
                yield StepLine(
                    name_of(element),
                    _("diukur") if is_measured else _("diperkirakan"),
                    self._side(before.get(name), most),
                    self._side(after.get(name), most),
                )

    def roles(self) -> Iterator[RoleLine]:
        before = self.forecast.before.loads if self.forecast.before is not None else {}
        after, names = self.forecast.after.loads, lane_names(self.basis)
        for lane in dict.fromkeys([*before, *after]):
            loads = before.get(lane), after.get(lane)
            shown = tuple(percent(load, 1) if load is not None else "" for load in loads)
            bars = (_bar(loads[0] or 0.0, 1.0), _bar(loads[1] or 0.0, 1.0))
            yield RoleLine(names.get(lane, lane), shown[0], shown[1], bars)

    def _changed(self, before: Range, after: Range, change: Range) -> str:
        told = {"before": self._time(before.middle), "after": self._time(after.middle)}
        spread = {"low": self._time(abs(change.low)), "high": self._time(abs(change.high))}
        if change.high < 0:
            spread = {"low": spread["high"], "high": spread["low"]}
            return _(
                "Lebih cepat: separuh kasus kini selesai dalam %(before)s, dengan rancangan ini dalam %(after)s "
                "(kisaran selisih %(low)s sampai %(high)s lebih cepat).",
                **told,
                **spread,
            )
        if change.low > 0:
            return _(
                "Lebih lama: separuh kasus kini selesai dalam %(before)s, dengan rancangan ini dalam %(after)s "
                "(kisaran selisih %(low)s sampai %(high)s lebih lama).",
                **told,
                **spread,
            )
        return _(
            "Tidak ada perbedaan yang jelas: separuh kasus kini selesai dalam %(before)s, dengan rancangan ini dalam "
            "%(after)s.",
            **told,
        )

    def _bottleneck(self, after: Outcome) -> Iterator[str]:
        slowest = after.slowest
        if slowest is not None:
            name = name_of(self.inputs.outline.elements[slowest])
            yield _("Kasus paling banyak menunggu di langkah “%(name)s”.", name=name)
        names = lane_names(self.basis)
        for lane, load in after.loads.items():
            if load >= FULL:
                role, share = names.get(lane, lane), percent(load, 1)
                yield _(
                    "%(role)s terpakai %(share)s dari waktunya: pekerjaan akan menumpuk di sini.",
                    role=role,
                    share=share,
                )

    def _side(self, step: StepOutcome | None, most: float) -> Side:
        if step is None:
            return _NOWHERE
        return Side(
            self._time(step.stays.middle),
            self._time(step.stays.high),
            self._time(step.queued),
            show_number(round(step.waiting)),
            percent(step.on_time, 1) if step.on_time is not None else "–",
            _bar(step.stays.middle, most),
        )

    def _longest(self) -> float:
        sides = [self.forecast.after, *([self.forecast.before] if self.forecast.before is not None else [])]
        return max((step.stays.middle for side in sides for step in side.steps.values()), default=0.0)

    def _time(self, minutes: float) -> str:
        return working_time(minutes, self.basis.axis.office.day_minutes)


def _bar(value: float, most: float) -> int:
    return min(round(_WIDTH * value / most), _WIDTH) if most else 0

"""What is known of a process before anything is supposed: its diagrams, and what was measured of its cases."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from engine.bpmn.model import Outline
from engine.foresight.axis import WorkAxis
from engine.foresight.fit import NO_FIT, Fit
from engine.foresight.forecast import Demand
from engine.foresight.inputs import Inputs, Supposed
from engine.foresight.likeness import likely_same
from engine.mining.figures import Figures


@dataclass(frozen=True, slots=True)
class History:
    """What is known of the cases of a process over some months.

    :param figures: by element and flow. How long few people's cases took, or few people for a task, is left out; beside
        a single such element also of the smallest other one, for from the whole the one could be told by the rest.
    :param hidden: the elements of which it is left out.
    :param begun: when cases began, in order, the last ones where they are very many.
    :param is_cut: there were more.
    :param ended: of those cases that are finished, from when to when they ran; empty for cases about few people.
    :param doers: who did the tasks of each element or was asked to, in the last of those cases.
    """

    figures: Mapping[str, Figures]
    hidden: frozenset[str]
    begun: tuple[datetime, ...] = field(repr=False)
    is_cut: bool
    ended: tuple[tuple[datetime, datetime], ...] = field(default=(), repr=False)
    doers: Mapping[str, frozenset[int]] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Past:
    """What a look ahead at a design begins with.

    :param outline: of the design.
    :param drawn: the diagram of the release in force, `number` its number; None for a process that is new.
    :param axis: the working days from the first one looked at, with those behind on which late cases may end.
    :param until: the last day looked at; `days` how many working days that makes.
    """

    outline: Outline
    drawn: Outline | None
    number: int | None
    history: History
    axis: WorkAxis
    until: date
    days: int

    def inputs(self, supposed: Supposed, fit: Fit = NO_FIT, chosen: Mapping[str, str | None] | None = None) -> Inputs:
        """Return what the design is simulated with.

        :param chosen: which step of the release in force new steps are; None for one that is really new.
        """
        same = likely_same(self.drawn, self.outline, chosen) if self.drawn is not None else {}
        return Inputs(self.outline, self.history.figures, self.drawn, supposed, self.axis, same, fit)

    def inputs_before(self, supposed: Supposed, fit: Fit = NO_FIT) -> Inputs | None:
        """Return what the release in force is simulated with; None if there is none."""
        if self.drawn is None:
            return None
        return Inputs(self.drawn, self.history.figures, self.drawn, supposed, self.axis, fit=fit)

    def demand(self, months: int, monthly: int) -> Demand:
        """Return the cases that are simulated: those that began, else so many a month."""
        begun = self.history.begun or tuple(self._supposed(months * monthly))
        return Demand(self.axis, begun, self.days)

    def lasted(self, since: datetime) -> list[float]:
        """Return how long the cases took that have begun since then and ended, in minutes of working time."""
        ended = (span for span in self.history.ended if span[0] >= since)
        return [float(self.axis.office.minutes_between(*span)) for span in ended]

    def _supposed(self, cases: int) -> list[datetime]:
        length = self.days * self.axis.office.day_minutes
        return [self.axis.instant_of(length * number / cases) for number in range(cases)]

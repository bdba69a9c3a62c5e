"""Reads what a look ahead at a design begins with: its diagram, the release in force, and what was measured."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from engine.bpmn.model import Outline
from engine.casework import find_release
from engine.designs.finding import Design
from engine.foresight.axis import WorkAxis
from engine.foresight.fit import NO_FIT, Fit
from engine.foresight.forecast import Demand
from engine.foresight.inputs import Inputs, Supposed
from engine.foresight.likeness import likely_same
from engine.mining.office import OfficeTime
from engine.policy.actor import Actor
from engine.queries.designs import releases_in_force
from engine.queries.foresight import History, read_history
from webapp.studio.foresight.staffing import Register, Staff, human_tasks_by_lane
from webapp.studio.play.ground import ground_of
from webapp.studio.reading import read_design
from webapp.wiring import Alur

_MONTH: Final = timedelta(days=365) / 12
#: Working days that are simulated behind the months looked at, so that late cases can end.
_BEHIND: Final = 750
_NO_HISTORY: Final = History({}, frozenset(), (), is_cut=False)


@dataclass(frozen=True)
class Basis:
    """What is known before anything is supposed.

    :param outline: of the design; None while it cannot run.
    :param drawn: the diagram of the release in force, `number` its number; None for a process that is new.
    :param may_look: the reader may see how cases went; without that nothing is simulated for him.
    :param staff: the people of each role, by lane.
    """

    design: Design
    outline: Outline | None
    drawn: Outline | None
    number: int | None
    history: History
    axis: WorkAxis
    days: int
    may_look: bool
    staff: Mapping[str, Staff] = field(default_factory=dict)

    def inputs(self, supposed: Supposed, fit: Fit = NO_FIT, chosen: Mapping[str, str | None] | None = None) -> Inputs:
        """Return what the design is simulated with.

        :param chosen: which step of the release in force new steps are; None for one that is really new.
        """
        assert self.outline is not None, "only what can run is simulated"
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


def read_basis(read: Any, actor: Actor, alur: Alur, design_id: int, months: int) -> Basis:
    """Return what is known of a design and of the cases that its process had in the last months.

    :raise NotFound: the design does not exist, or is not for this reader.
    """
    design = read_design(read, actor, alur, design_id)
    may_look = alur.engine.policy.allows(actor, "mining:view", actor, read)
    now = alur.now_in(actor.tenant)
    since = now - months * _MONTH
    in_force = next((found for found in releases_in_force(read, actor) if found.process == design.process), None)
    release = ground_of(design.files, alur.catalogue).release
    outline = release.outline if release is not None else None
    drawn = find_release(read, in_force.id, in_force.digest).outline if in_force is not None else None
    office = OfficeTime(alur.directory.calendar(read, actor.tenant, {}), alur.zone(actor.tenant))
    days = max(office.calendar.working_days_between(since.date(), now.date()), 1)
    history = read_history(read, actor, design.process, since, now) if may_look else _NO_HISTORY
    register = Register(read, actor.tenant, office.calendar, (since.date(), now.date()))
    return Basis(
        design,
        outline,
        drawn,
        in_force.number if in_force is not None else None,
        history,
        WorkAxis(office, since.date(), days + _BEHIND),
        days,
        may_look,
        register.staff(human_tasks_by_lane(outline, drawn), history) if may_look else {},
    )

"""Reads the figures of a process with the diagram on which they are shown, for whoever may see them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engine.bpmn.release import Release
from engine.calendar import WorkCalendar
from engine.casework import find_release
from engine.errors import NotFound
from engine.mining.figures import MOST_PEOPLE
from engine.mining.office import OfficeTime
from engine.moving.runs import NumberedRelease
from engine.policy.actor import Actor
from engine.queries.designs import InForce, releases_in_force
from engine.queries.incidents import IncidentGroup, incident_groups
from engine.queries.mining import Watch, holders_of, read_watch, release_by_number
from webapp.wiring import Alur


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a process is to be shown.

    :param month: its first day; None for all months.
    :param number: of a release; None for all releases.
    """

    month: date | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Watched:
    """A process with its figures.

    :param release: whose diagram is drawn: the one that was asked for, else the one in force, unless only others have
        figures: then the newest of those.
    :param number: of that release.
    :param holders: who holds tasks now, at the steps that few people have done and where cases stand.
    :param stuck: what is stuck in it now, by cause; nothing for whoever may not try it again.
    """

    process: str
    watch: Watch
    release: Release
    number: int
    office: OfficeTime
    today: date
    stuck: tuple[IncidentGroup, ...] = ()
    holders: Mapping[str, frozenset[int]] = field(default_factory=dict)

    @property
    def calendar(self) -> WorkCalendar:
        """The working days of the city."""
        return self.office.calendar


def read_watched(read: Any, actor: Actor, alur: Alur, process: str, asked: Asked) -> Watched:
    """Return the figures of a process.

    :raise NotFound: there is no such process or release, or it is not for this reader.
    """
    in_force, wanted = _releases(read, actor, alur, process, asked)
    watch = read_watch(
        read, actor, process, first=asked.month, last=asked.month, release_id=wanted.id if wanted else None
    )
    drawn = wanted or _drawn(watch, in_force)
    zone, shown = alur.zone(actor.tenant), find_release(read, drawn.id, drawn.digest)
    return Watched(
        process,
        watch,
        shown,
        drawn.number,
        OfficeTime(alur.directory.calendar(read, actor.tenant, {}), zone),
        alur.now_in(actor.tenant).date(),
        _stuck(read, actor, alur, process),
        holders_of(read, actor, process, _held_by_few(watch, shown)),
    )


def _held_by_few(watch: Watch, shown: Release) -> list[str]:
    """Return the steps for people where cases stand and that few have done."""
    elements = (element for element in shown.outline.elements.values() if element.is_human)
    totals = {element.id: watch.elements[element.id] for element in elements if element.id in watch.elements}
    return [name for name, one in totals.items() if one.standing and len(one.figures.doers) < MOST_PEOPLE]


def _stuck(read: Any, actor: Actor, alur: Alur, process: str) -> tuple[IncidentGroup, ...]:
    if not alur.engine.policy.allows(actor, "incident:retry_group", actor, read):
        return ()
    return tuple(group for group in incident_groups(read, actor) if group.process == process)


def _drawn(watch: Watch, in_force: InForce) -> InForce | NumberedRelease:
    """Return the release in force, unless there are figures of others alone: then the newest of those."""
    if any(known.id == in_force.id for known in watch.releases):
        return in_force
    return next(iter(watch.releases), in_force)


def read_drawing(read: Any, actor: Actor, alur: Alur, process: str, asked: Asked) -> bytes:
    """Return the BPMN file of the release that was asked for, else of the one in force.

    :raise NotFound: there is no such release, or it is not for this reader.
    """
    in_force, wanted = _releases(read, actor, alur, process, asked)
    drawn = wanted or in_force
    return find_release(read, drawn.id, drawn.digest).diagram


def _releases(
    read: Any, actor: Actor, alur: Alur, process: str, asked: Asked
) -> tuple[InForce, NumberedRelease | None]:
    """Return the release in force, and the one that was asked for."""
    alur.engine.policy.require(actor, "mining:view", actor, read)
    in_force = next((found for found in releases_in_force(read, actor) if found.process == process), None)
    if in_force is None:
        raise NotFound()
    if asked.number is None:
        return in_force, None
    return in_force, release_by_number(read, actor, process, asked.number)

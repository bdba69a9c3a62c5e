"""The designs of a city, and its processes with the release in force."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from engine.bpmn.release import Release
from engine.casework import find_release
from engine.moving.runs import release_by_id
from engine.policy.actor import Actor
from engine.records.case import RUNNING, case, incident
from engine.records.design import DesignStatus, design, design_invitation
from engine.records.release import enactment, last_turns, release

_in_force = (
    select(release.c.process, release.c.id, release.c.number, release.c.digest, enactment.c.enacted_at)
    .join_from(enactment, release)
    .join(
        last_turns,
        (enactment.c.tenant == last_turns.c.tenant)
        & (enactment.c.process == last_turns.c.process)
        & (enactment.c.turn == last_turns.c.turn),
    )
    .order_by(release.c.process)
)
_lines = select(
    design.c.id, design.c.process, design.c.status, design.c.begun_by, design.c.saved_by, design.c.saved_at
).order_by(design.c.saved_at.desc(), design.c.id)
_CLOSED = (DesignStatus.RELEASED, DesignStatus.DISCARDED)
_turns = (
    select(
        enactment.c.turn,
        release.c.id,
        release.c.number,
        enactment.c.enacted_at,
        enactment.c.enacted_by,
        enactment.c.reason,
    )
    .join_from(enactment, release)
    .order_by(enactment.c.turn.desc())
)
_stuck = (
    select(case.c.process, func.count())
    .join(incident, incident.c.case_id == case.c.id)
    .group_by(case.c.process)
    .where(case.c.tenant == bindparam("tenant"), incident.c.tenant == bindparam("tenant"))
)


@dataclass(frozen=True, slots=True)
class InForce:
    """The release of a process by which cases begin now."""

    process: str
    id: int
    number: int
    digest: str
    since: datetime


@dataclass(frozen=True, slots=True)
class DesignLine:
    """A design in a list."""

    id: int
    process: str
    status: DesignStatus
    begun_by: int | None
    saved_by: int | None
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Turn:
    """One time that a release came into force.

    :param id: of the release.
    :param reason: why, where one had to be given.
    """

    turn: int
    id: int
    number: int
    at: datetime
    by: int | None
    reason: str | None


def releases_in_force(read: Connection, actor: Actor) -> tuple[InForce, ...]:
    """Return the release in force of each process of the actor's city, by process."""
    rows = read.execute(_in_force.where(enactment.c.tenant == actor.tenant))
    return tuple(InForce(*row) for row in rows)


def designs_in(read: Connection, actor: Actor, process: str | None = None) -> tuple[DesignLine, ...]:
    """Return the designs of the actor's city that are worked on, the latest first.

    :param process: only those of this process, closed ones too.
    """
    statement = _lines.where(design.c.tenant == actor.tenant)
    if process is None:
        statement = statement.where(design.c.status.not_in(_CLOSED))
    else:
        statement = statement.where(design.c.process == process)
    return tuple(_line(row) for row in read.execute(statement))


def designs_to_look_at(read: Connection, actor: Actor, *, is_reviewer: bool) -> tuple[DesignLine, ...]:
    """Return the open designs on which the actor's opinion is wanted, the latest first.

    :param is_reviewer: with those that wait for their review.
    """
    invited = design.c.id.in_(select(design_invitation.c.design_id).where(design_invitation.c.person == actor.person))
    is_asked = design.c.status == DesignStatus.ASKED
    statement = _lines.where(design.c.tenant == actor.tenant, design.c.status.not_in(_CLOSED))
    rows = read.execute(statement.where(invited | is_asked if is_reviewer else invited))
    return tuple(_line(row) for row in rows)


def turns_of(read: Connection, actor: Actor, process: str) -> tuple[Turn, ...]:
    """Return which releases of a process were in force, the one that is first."""
    rows = read.execute(_turns.where(enactment.c.tenant == actor.tenant, enactment.c.process == process))
    return tuple(Turn(*row) for row in rows)


def stuck_in(read: Connection, actor: Actor) -> dict[str, int]:
    """Return how many incidents the cases of each process of the actor's city have."""
    return {row[0]: row[1] for row in read.execute(_stuck, {"tenant": actor.tenant})}


def release_in_city(read: Connection, actor: Actor, release_id: int) -> Release:
    """Return a release of the actor's city.

    :raise NotFound: there is none with that number there.
    """
    found = release_by_id(read, actor.tenant, release_id)
    return find_release(read, found.id, found.digest)


def running_on(read: Connection, releases: Iterable[int]) -> dict[int, int]:
    """Return how many cases run on each of some releases."""
    rows = select(case.c.release_id, func.count()).where(
        case.c.release_id.in_(list(releases)), case.c.status.in_(RUNNING)
    )
    return {row[0]: row[1] for row in read.execute(rows.group_by(case.c.release_id))}


def _line(row: Row[*tuple[Any, ...]]) -> DesignLine:
    return DesignLine(row.id, row.process, DesignStatus(row.status), row.begun_by, row.saved_by, row.saved_at)

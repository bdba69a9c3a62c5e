"""Reads what the catalogue and a session show, as far as the reader may know it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.command import TenantSubject
from engine.policy.actor import Actor
from processes.people.queries import placement_on
from processes.people.queries.competencies import Competency, competencies, competency_gaps
from processes.people.queries.names import names_of
from processes.training.queries.catalogue import (
    Course,
    Session,
    coming_sessions,
    courses,
    find_session,
    newest_sessions,
)
from processes.training.queries.nominations import (
    Nomination,
    Place,
    Presence,
    Round,
    counts_by_session,
    nominations_of,
    nominations_of_session,
    places_of,
    presences_of,
    rounds_of,
)
from processes.training.records import NominationStatus
from webapp.texts import language
from webapp.wiring import Alur

_SEATED = (NominationStatus.CHOSEN, NominationStatus.COMPLETED, NominationStatus.ABSENT)


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session in a list; `waiting` counts those who have asked for a seat and have none yet."""

    session: Session
    course: Course
    seated: int
    waiting: int
    is_open: bool
    is_for_me: bool
    mine: Nomination | None


@dataclass(frozen=True, slots=True)
class CataloguePage:
    """What *Katalog pelatihan* is made of."""

    sessions: tuple[SessionRow, ...]
    fields: tuple[str, ...]
    mine: tuple[Nomination, ...]
    without_session: tuple[Course, ...]
    names: Mapping[str, Course]
    may_oversee: bool
    may_arrange: bool


@dataclass(frozen=True, slots=True)
class SessionPage:
    """What the page of a session is made of; the nominations are empty for whoever does not run the training."""

    row: SessionRow
    targets: tuple[tuple[str, int], ...]
    nominations: tuple[Nomination, ...]
    places: Mapping[int, Place]
    rounds: tuple[Round, ...]
    presences: Mapping[int, Presence]
    names: Mapping[int, str]
    may_oversee: bool
    may_arrange: bool


def read_catalogue(read: Any, actor: Actor, alur: Alur, day: date, field: str) -> CataloguePage:
    """Return the sessions to come, in one field if one is chosen, and what is nominated for the reader."""
    known = courses(read, actor.tenant)
    own = nominations_of(read, actor.tenant, [actor.person] if actor.person is not None else [])
    rows = _rows(read, actor, day, coming_sessions(read, actor.tenant, day), own)
    planned = {row.course.code for row in rows}
    city = TenantSubject(actor.tenant)
    return CataloguePage(
        tuple(row for row in rows if not field or row.course.field == field),
        tuple(sorted({item.field for item in known.values()})),
        own,
        tuple(item for item in known.values() if item.code not in planned and (not field or item.field == field)),
        known,
        alur.engine.policy.allows(actor, "training:oversee", city, read),
        alur.engine.policy.allows(actor, "training:arrange", city, read),
    )


def read_session(read: Any, actor: Actor, alur: Alur, day: date, session_id: int) -> SessionPage:
    """Return a session, with its nominations for whoever runs the training.

    :raise NotFound: there is no such session in the city.
    """
    session = find_session(read, actor.tenant, session_id)
    own = nominations_of(read, actor.tenant, [actor.person] if actor.person is not None else [])
    (row,) = _rows(read, actor, day, (session,), own)
    known = competencies(read, actor.tenant)
    may_oversee = alur.engine.policy.allows(actor, "training:oversee", TenantSubject(actor.tenant), read)
    rounds = rounds_of(read, actor.tenant, session_id) if may_oversee else ()
    return SessionPage(
        row,
        tuple((_name_of(known.get(code), code), level) for code, level in row.course.targets.items()),
        nominations_of_session(read, actor.tenant, session_id) if may_oversee else (),
        places_of(read, actor.tenant, session_id) if may_oversee else {},
        rounds,
        presences_of(read, actor.tenant, session_id) if may_oversee else {},
        names_of(read, actor, (item.decided_by for item in rounds)),
        may_oversee,
        alur.engine.policy.allows(actor, "training:arrange", TenantSubject(actor.tenant), read),
    )


def sessions_of_all(read: Any, actor: Actor, day: date) -> tuple[SessionRow, ...]:
    """Return the latest sessions of the city, the last first."""
    return _rows(read, actor, day, newest_sessions(read, actor.tenant), ())


def _rows(
    read: Any, actor: Actor, day: date, sessions: tuple[Session, ...], own: tuple[Nomination, ...]
) -> tuple[SessionRow, ...]:
    known, counts = courses(read, actor.tenant), counts_by_session(read, actor.tenant)
    mine = {item.session_id: item for item in own}
    place = placement_on(read, actor.tenant, actor.person or 0, day)
    lacking = {
        item.competency.code for item in competency_gaps(read, actor.tenant, actor.person or 0, day=day) if item.gap
    }
    found = []
    for item in sessions:
        course, count = known[item.course], counts.get(item.id, {})
        is_for_me = not lacking.isdisjoint(course.targets) or (place is not None and course.suits(place))
        waiting = sum(count.get(status, 0) for status in (NominationStatus.QUEUED, NominationStatus.WAITING))
        waiting += count.get(NominationStatus.PROPOSED, 0)
        seated = sum(count.get(status, 0) for status in _SEATED)
        found.append(SessionRow(item, course, seated, waiting, day <= item.enrol_until, is_for_me, mine.get(item.id)))
    return tuple(found)


def _name_of(item: Competency | None, code: str) -> str:
    return item.name(language()) if item is not None else code

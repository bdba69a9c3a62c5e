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
from processes.training.eligibility import Asked, Eligibility, eligibility_of
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
    """A session in a list; `waiting` counts those who have asked for a seat and have none yet.

    :param answers_gap: it teaches what the reader lacks.
    :param suits_post: the city suggests it to the reader's post.
    """

    session: Session
    course: Course
    seated: int
    waiting: int
    is_open: bool
    answers_gap: bool
    suits_post: bool
    mine: Nomination | None


@dataclass(frozen=True, slots=True)
class CataloguePage:
    """What *Katalog pelatihan* is made of.

    :param calendar: the month on which the calendar opens, as a day of it.
    """

    sessions: tuple[SessionRow, ...]
    fields: tuple[str, ...]
    mine: tuple[Nomination, ...]
    without_session: tuple[Course, ...]
    names: Mapping[str, Course]
    calendar: date
    may_oversee: bool
    may_arrange: bool


@dataclass(frozen=True, slots=True)
class SessionPage:
    """What the page of a session is made of; the nominations are empty for whoever does not run the training.

    :param eligibility: what would become of the reader's own nomination; None where he cannot make one now.
    :param lacking: what the competency is called in which he lacks most.
    :param is_placed: the reader works in a unit.
    """

    row: SessionRow
    eligibility: Eligibility | None
    lacking: str
    is_placed: bool
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
        max(day, min((row.session.first_day for row in rows), default=day)),
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
    eligibility = _eligibility(read, actor, alur, row)
    lacking = eligibility.facts["competency"] if eligibility is not None else None
    return SessionPage(
        row,
        eligibility,
        _name_of(known.get(lacking), lacking) if lacking else "",
        placement_on(read, actor.tenant, actor.person or 0, day) is not None,
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
        answers_gap = not lacking.isdisjoint(course.targets)
        suits_post = place is not None and course.suits(place)
        waiting = sum(count.get(status, 0) for status in (NominationStatus.QUEUED, NominationStatus.WAITING))
        waiting += count.get(NominationStatus.PROPOSED, 0)
        seated = sum(count.get(status, 0) for status in _SEATED)
        is_open, nominated = day <= item.enrol_until, mine.get(item.id)
        found.append(SessionRow(item, course, seated, waiting, is_open, answers_gap, suits_post, nominated))
    return tuple(found)


def _eligibility(read: Any, actor: Actor, alur: Alur, row: SessionRow) -> Eligibility | None:
    if actor.person is None or row.mine is not None or not row.is_open:
        return None
    asked, now = Asked(actor.person, row.session), alur.now_in(actor.tenant)
    return eligibility_of(read, actor.tenant, asked, now, alur.directory.city(actor.tenant))


def _name_of(item: Competency | None, code: str) -> str:
    return item.name(language()) if item is not None else code

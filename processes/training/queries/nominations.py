"""Nominations: those of a person, those of a session, and who got a seat in which round."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Connection, bindparam, func, select

from engine.errors import NotFound
from engine.records.schema import UtcDateTime
from processes.people.queries.on_day import TENANT, AnyRow, AnySelect
from processes.people.records import employee, unit
from processes.training.records import (
    NeedKind,
    NominationStatus,
    training_attendance,
    training_choice,
    training_nomination,
    training_record,
    training_round,
    training_session,
)
from processes.training.rules import Candidate


@dataclass(frozen=True, slots=True)
class Nomination:
    """Somebody who is nominated for a session."""

    id: int
    tenant: str
    employee: int
    name: str
    unit_id: int
    unit: str
    session_id: int
    course: str
    need: NeedKind
    competency: str | None
    gap: int
    performance_gap: Decimal
    reason: str
    proposed_by: int | None
    proposed_at: datetime
    status: NominationStatus
    status_reason: str
    letter: str | None
    first_day: date
    last_day: date

    @property
    def person(self) -> int:
        """Whom it is about."""
        return self.employee

    @property
    def is_open(self) -> bool:
        """It still leads somewhere."""
        return self.status in OPEN

    @property
    def takes_seat(self) -> bool:
        """A seat of the session is taken by it."""
        return self.status in SEATED


OPEN = frozenset(
    {NominationStatus.PROPOSED, NominationStatus.QUEUED, NominationStatus.WAITING, NominationStatus.CHOSEN}
)
SEATED = frozenset({NominationStatus.CHOSEN, NominationStatus.ABSENT, NominationStatus.COMPLETED})
#: Those among whom free seats are given out.
RANKED = frozenset({NominationStatus.QUEUED, NominationStatus.WAITING})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a nomination stood in the last round of its session, with what the score was made of."""

    nomination: int
    round: int
    place: int
    gap: int
    performance_gap: Decimal
    hours: int
    score: Decimal
    is_ranked_in: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Round:
    """A round in which seats were given out."""

    round: int
    seed: str
    decided_by: int | None
    decided_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Presence:
    """How long somebody was there, in percent, with the tests; the certificate that came of it."""

    nomination: int
    share: Decimal
    pre_test: Decimal | None
    post_test: Decimal | None
    certificate: str


_nominations: AnySelect = (
    select(
        training_nomination,
        employee.c.name,
        unit.c.name.label("unit_name"),
        training_session.c.first_day,
        training_session.c.last_day,
    )
    .select_from(training_nomination)
    .join(employee, employee.c.id == training_nomination.c.employee_id)
    .join(unit, unit.c.id == training_nomination.c.unit_id)
    .join(training_session, training_session.c.id == training_nomination.c.session_id)
    .where(training_nomination.c.tenant == TENANT)
)
_of_session = _nominations.where(training_nomination.c.session_id == bindparam("session_id")).order_by(
    employee.c.name, training_nomination.c.case_id
)
_of_people = _nominations.where(training_nomination.c.employee_id.in_(bindparam("people", expanding=True))).order_by(
    training_nomination.c.proposed_at.desc(), training_nomination.c.case_id
)
_since = select(training_nomination.c.employee_id, training_nomination.c.status).where(
    training_nomination.c.tenant == TENANT,
    training_nomination.c.proposed_at >= bindparam("since", type_=UtcDateTime),
)
_one = _nominations.where(training_nomination.c.case_id == bindparam("nomination_id"))
_counts = (
    select(training_nomination.c.session_id, training_nomination.c.status, func.count().label("count"))
    .where(training_nomination.c.tenant == TENANT)
    .group_by(training_nomination.c.session_id, training_nomination.c.status)
)
_last_training = (
    select(training_record.c.employee_id, func.max(training_record.c.ended_on).label("ended_on"))
    .where(training_record.c.tenant == TENANT)
    .group_by(training_record.c.employee_id)
)
_rounds = (
    select(training_round)
    .where(training_round.c.tenant == TENANT, training_round.c.session_id == bindparam("session_id"))
    .order_by(training_round.c.round)
)
_places = (
    select(training_choice)
    .where(training_choice.c.tenant == TENANT, training_choice.c.session_id == bindparam("session_id"))
    .order_by(training_choice.c.round, training_choice.c.place)
)
_presences = (
    select(training_attendance, training_record.c.certificate.label("issued"))
    .outerjoin(training_record, training_record.c.case_id == training_attendance.c.nomination_id)
    .where(training_attendance.c.tenant == TENANT, training_attendance.c.session_id == bindparam("session_id"))
)


def nominations_of_session(read: Connection, tenant: str, session_id: int) -> tuple[Nomination, ...]:
    """Return who is nominated for a session, by name."""
    rows = read.execute(_of_session, {"tenant": tenant, "session_id": session_id})
    return tuple(_nomination_of(row) for row in rows)


def nominations_of(read: Connection, tenant: str, people: Iterable[int]) -> tuple[Nomination, ...]:
    """Return the nominations of some people, the newest first."""
    rows = read.execute(_of_people, {"tenant": tenant, "people": sorted(people)})
    return tuple(_nomination_of(row) for row in rows)


def nominated_since(read: Connection, tenant: str, since: datetime) -> tuple[set[int], set[int]]:
    """Return who was nominated since an instant, and who of them got a seat."""
    rows = list(read.execute(_since, {"tenant": tenant, "since": since}))
    seated = {row.employee_id for row in rows if NominationStatus(row.status) in SEATED}
    return {row.employee_id for row in rows}, seated


def find_nomination(read: Connection, tenant: str, nomination_id: int) -> Nomination:
    """Return a nomination of a city.

    :raise NotFound: there is none with that id in that city.
    """
    row = read.execute(_one, {"tenant": tenant, "nomination_id": nomination_id}).one_or_none()
    if row is None:
        raise NotFound()
    return _nomination_of(row)


def counts_by_session(read: Connection, tenant: str) -> dict[int, dict[NominationStatus, int]]:
    """Return how many nominations of each status every session has."""
    found: dict[int, dict[NominationStatus, int]] = {}
    for row in read.execute(_counts, {"tenant": tenant}).mappings():
        found.setdefault(row["session_id"], {})[NominationStatus(row["status"])] = int(row["count"])
    return found


def candidates_of(
    read: Connection, tenant: str, waiting: Iterable[Nomination], hours: dict[int, int]
) -> tuple[Candidate, ...]:
    """Return those who wait for a seat, as the ranking sees them.

    :param hours: JP of this year by employee.
    """
    ended = {row.employee_id: row.ended_on for row in read.execute(_last_training, {"tenant": tenant})}
    return tuple(
        Candidate(item.id, item.gap, item.performance_gap, hours.get(item.employee, 0), ended.get(item.employee))
        for item in waiting
    )


def rounds_of(read: Connection, tenant: str, session_id: int) -> tuple[Round, ...]:
    """Return the rounds in which seats of a session were given out, in their order."""
    rows = read.execute(_rounds, {"tenant": tenant, "session_id": session_id})
    return tuple(Round(row.round, row.seed, row.decided_by, row.decided_at, row.reason or "") for row in rows)


def places_of(read: Connection, tenant: str, session_id: int) -> dict[int, Place]:
    """Return the place of each nomination in the last round that it took part in."""
    rows = read.execute(_places, {"tenant": tenant, "session_id": session_id})
    return {
        row.nomination_id: Place(
            row.nomination_id,
            row.round,
            row.place,
            row.gap,
            row.performance_gap,
            row.hours,
            row.score,
            row.is_ranked_in,
            row.is_chosen,
        )
        for row in rows
    }


def presences_of(read: Connection, tenant: str, session_id: int) -> dict[int, Presence]:
    """Return who was there for how long, by nomination."""
    rows = read.execute(_presences, {"tenant": tenant, "session_id": session_id})
    return {
        row.nomination_id: Presence(row.nomination_id, row.share, row.pre_test, row.post_test, row.issued or "")
        for row in rows
    }


def _nomination_of(row: AnyRow) -> Nomination:
    return Nomination(
        row.case_id,
        row.tenant,
        row.employee_id,
        row.name,
        row.unit_id,
        row.unit_name,
        row.session_id,
        row.course,
        NeedKind(row.need),
        row.competency,
        row.gap,
        row.performance_gap,
        row.reason or "",
        row.proposed_by,
        row.proposed_at,
        NominationStatus(row.status),
        row.status_reason or "",
        row.letter,
        row.first_day,
        row.last_day,
    )

"""The catalogue: courses with what they teach, and their sessions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection, bindparam, select

from engine.errors import NotFound
from engine.records.schema import Day
from processes.people.queries import StaffMember
from processes.people.queries.on_day import DAY, TENANT, AnyRow
from processes.training.records import Method, training_course, training_session, training_target
from processes.training.rules import Seats

#: A page shows so many at once.
MOST_SESSIONS = 100


@dataclass(frozen=True, slots=True)
class Course:
    """A course of the city's catalogue.

    :param hours: JP.
    :param is_open: anybody may go without a gap.
    :param suggested_for: the posts that it is suggested to, such as `unit_kind:public_works`.
    :param targets: the level that it leads to, by competency.
    :param behaviour_figure: by which figure level 3 is measured, such as `S5`; `impact_figure` the same of level 4.
    """

    code: str
    name_id: str
    name_en: str
    field: str
    hours: int
    method: Method
    provider: str
    is_open: bool
    suggested_for: tuple[str, ...]
    behaviour_measure: str
    impact_measure: str
    targets: Mapping[str, int]
    behaviour_figure: str = ""
    impact_figure: str = ""

    def name(self, language: str) -> str:
        """Return what it is called in a language, `id` or `en`."""
        return self.name_en if language == "en" else self.name_id

    def suits(self, member: StaffMember) -> bool:
        """Say whether the city suggests it to somebody's post (TB-10, MT-19)."""
        own = (f"unit_kind:{member.unit_kind.value}", f"family:{member.family}", f"level:{member.level.value}")
        return not set(own).isdisjoint(self.suggested_for)


@dataclass(frozen=True, slots=True)
class Session:
    """One time that a course is given; money in rupiah."""

    id: int
    tenant: str
    code: str
    course: str
    first_day: date
    last_day: date
    enrol_until: date
    place: str
    quota: int
    seat_cost: Decimal
    budget: Decimal | None
    budget_line: str | None

    def seats(self, taken: int) -> Seats:
        """Return what it has to give when so many seats are taken."""
        return Seats(self.quota, self.seat_cost, self.budget, taken)


_courses = select(training_course).where(training_course.c.tenant == TENANT).order_by(training_course.c.name)
_targets = select(training_target).where(training_target.c.tenant == TENANT)
_sessions = select(training_session).where(training_session.c.tenant == TENANT)
_coming = _sessions.where(training_session.c.last_day >= DAY).order_by(
    training_session.c.first_day, training_session.c.id
)
_between = _sessions.where(
    training_session.c.first_day <= bindparam("last", type_=Day), training_session.c.last_day >= DAY
).order_by(training_session.c.first_day, training_session.c.id)
_newest = _sessions.order_by(training_session.c.first_day.desc(), training_session.c.id).limit(bindparam("most"))
_one_session = _sessions.where(training_session.c.id == bindparam("session_id"))


def courses(read: Connection, tenant: str) -> dict[str, Course]:
    """Return the courses of a city by code, in the order of their names."""
    targets: dict[str, dict[str, int]] = {}
    for row in read.execute(_targets, {"tenant": tenant}):
        targets.setdefault(row.course, {})[row.competency] = row.level
    return {row.code: _course_of(row, targets.get(row.code, {})) for row in read.execute(_courses, {"tenant": tenant})}


def coming_sessions(read: Connection, tenant: str, day: date) -> tuple[Session, ...]:
    """Return the sessions of a city that are not over on a day, the next first."""
    return tuple(_session_of(row) for row in read.execute(_coming, {"tenant": tenant, "day": day}))


def sessions_between(read: Connection, tenant: str, first: date, last: date) -> tuple[Session, ...]:
    """Return the sessions of a city that take place on one of some days, the first to begin first."""
    return tuple(_session_of(row) for row in read.execute(_between, {"tenant": tenant, "day": first, "last": last}))


def newest_sessions(read: Connection, tenant: str) -> tuple[Session, ...]:
    """Return the latest sessions of a city, the last first, as many as a page shows; the calendar has them all."""
    return tuple(_session_of(row) for row in read.execute(_newest, {"tenant": tenant, "most": MOST_SESSIONS}))


def find_session(read: Connection, tenant: str, session_id: int) -> Session:
    """Return a session of a city.

    :raise NotFound: there is none with that id in that city.
    """
    row = read.execute(_one_session, {"tenant": tenant, "session_id": session_id}).one_or_none()
    if row is None:
        raise NotFound()
    return _session_of(row)


def _course_of(row: AnyRow, targets: Mapping[str, int]) -> Course:
    return Course(
        row.code,
        row.name,
        row.name_en or row.name,
        row.field,
        row.hours,
        Method(row.method),
        row.provider or "",
        row.is_open,
        tuple((row.suggested_for or "").split()),
        row.behaviour_measure or "",
        row.impact_measure or "",
        targets,
        row.behaviour_figure or "",
        row.impact_figure or "",
    )


def _session_of(row: AnyRow) -> Session:
    return Session(
        row.id,
        row.tenant,
        row.code,
        row.course,
        row.first_day,
        row.last_day,
        row.enrol_until,
        row.place,
        row.quota,
        row.seat_cost,
        row.budget,
        row.budget_line,
    )

"""Reads what those who run the training need: who lacks what, sessions, letters, and who gets nominated."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from engine.command import TenantSubject
from engine.errors import NotFound
from engine.policy.actor import Actor
from processes.people.nip import InvalidNip, parse_nip
from processes.people.queries import StaffMember, find_employee, placement_on, staff_on
from processes.people.queries.competencies import competencies, plain_levels, standards
from processes.people.queries.names import names_of
from processes.people.subjects import EmployeeSubject
from processes.training.parameters import yearly_hours
from processes.training.queries.catalogue import Course, Session, courses, find_session
from processes.training.queries.claims import count_waiting
from processes.training.queries.exported import counts_by_quarter
from processes.training.queries.hours import hours_of_all
from processes.training.queries.nominations import Nomination, find_nomination, nominated_since
from processes.training.queries.plans import Draft, count_drafts, newest_drafts
from processes.training.records import NominationStatus
from webapp.texts import language
from webapp.training.catalogue_reading import SessionRow, sessions_of_all
from webapp.wiring import Alur

#: Groups of fewer people are not shown: one could tell who it is.
SMALLEST: Final = 5


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A competency that people lack: how many, how many levels in all, and the courses that teach it."""

    code: str
    name: str
    people: int
    levels: int
    courses: tuple[Course, ...]


@dataclass(frozen=True, slots=True)
class NeedPage:
    """What *Kebutuhan pelatihan* is made of; `without` counts those below the hours of the year.

    :param claims: how many trainings from elsewhere wait to be confirmed.
    :param completed: how many were completed in each quarter of this year and the last.
    """

    needs: tuple[NeedRow, ...]
    drafts: tuple[Draft, ...]
    drafts_waiting: int
    names: Mapping[int, str]
    sessions: tuple[SessionRow, ...]
    staff: int
    without: int
    wanted: int
    claims: int
    completed: Mapping[tuple[int, int], int]
    may_arrange: bool


@dataclass(frozen=True, slots=True)
class FairRow:
    """A group of people: how many there are, how many were nominated and chosen; None where too few to show."""

    label: str
    staff: int | None
    nominated: int | None
    chosen: int | None


@dataclass(frozen=True, slots=True)
class FairTable:
    """The groups of one way to look at it."""

    key: str
    rows: tuple[FairRow, ...]


@dataclass(frozen=True, slots=True)
class LetterPage:
    """What a letter of assignment says."""

    nomination: Nomination
    session: Session
    course: Course
    nip: str
    grade: str
    post: str


def require_oversight(read: Any, actor: Actor, alur: Alur, permission: str = "training:oversee") -> None:
    """Do nothing for whoever runs or audits the training.

    :raise NotFound: for everybody else.
    """
    alur.engine.policy.require(actor, permission, TenantSubject(actor.tenant), read)


def read_needs(read: Any, actor: Actor, alur: Alur, day: date) -> NeedPage:
    """Return what the city's people lack, most people first, with the sessions.

    :raise NotFound: the reader does not run the training.
    """
    require_oversight(read, actor, alur)
    staff, hours = staff_on(read, actor.tenant, day), hours_of_all(read, actor.tenant, day.year)
    wanted, drafts = yearly_hours(day), newest_drafts(read, actor.tenant)
    may_arrange = alur.engine.policy.allows(actor, "training:arrange", TenantSubject(actor.tenant), read)
    return NeedPage(
        _needs(read, actor.tenant, staff, day),
        drafts,
        count_drafts(read, actor.tenant),
        names_of(read, actor, (item.employee for item in drafts)),
        sessions_of_all(read, actor, day),
        len(staff),
        sum(hours.get(item.id, 0) < wanted for item in staff),
        wanted,
        count_waiting(read, actor.tenant),
        counts_by_quarter(read, actor.tenant, date(day.year - 1, 1, 1)),
        may_arrange,
    )


def read_fairness(read: Any, actor: Actor, alur: Alur, day: date) -> tuple[FairTable, ...]:
    """Return who was nominated and chosen this year by unit, sex, grade and age, without small groups.

    :raise NotFound: the reader does not run the training.
    """
    require_oversight(read, actor, alur)
    staff = staff_on(read, actor.tenant, day)
    begins = datetime(day.year, 1, 1, tzinfo=alur.zone(actor.tenant))
    nominated, chosen = nominated_since(read, actor.tenant, begins)
    told = {one.id: _told_by_nip(one, day) for one in staff}
    ways: Mapping[str, Callable[[StaffMember], str]] = {
        "unit": lambda one: one.unit_name,
        "sex": lambda one: told[one.id][0],
        "grade": lambda one: (one.grade or "").partition("/")[0],
        "age": lambda one: told[one.id][1],
    }
    return tuple(FairTable(key, _fair_rows(staff, way, nominated, chosen)) for key, way in ways.items())


def read_letter(read: Any, actor: Actor, alur: Alur, nomination_id: int) -> LetterPage:
    """Return the letter of assignment of a nomination that has one.

    :raise NotFound: there is none, or the reader may not see it.
    """
    nomination = find_nomination(read, actor.tenant, nomination_id)
    subject = EmployeeSubject(actor.tenant, nomination.employee, nomination.unit_id, nomination.first_day)
    alur.engine.policy.require(actor, "development:view", subject, read)
    if nomination.letter is None or nomination.status is NominationStatus.WITHDRAWN:
        raise NotFound()
    person = find_employee(read, actor.tenant, nomination.employee)
    place = placement_on(read, actor.tenant, person.id, nomination.first_day)
    session = find_session(read, actor.tenant, nomination.session_id)
    course = courses(read, actor.tenant)[nomination.course]
    return LetterPage(
        nomination, session, course, person.nip, person.grade or "", (place.post_name or "") if place else ""
    )


def _needs(read: Any, tenant: str, staff: Iterable[StaffMember], day: date) -> tuple[NeedRow, ...]:
    known, wanted, held = competencies(read, tenant), standards(read, tenant), plain_levels(read, tenant, day)
    offered = courses(read, tenant).values()
    people, levels = Counter[str](), Counter[str]()
    for member in staff:
        own = held.get(member.id, {})
        for code, standard in wanted.get(member.post_id or 0, {}).items():
            missing = standard - own.get(code, standard)  # what nobody has assessed is no gap
            if missing > 0 and code in known:
                people[code] += 1
                levels[code] += missing
    return tuple(
        NeedRow(
            code,
            known[code].name(language()),
            count,
            levels[code],
            tuple(one for one in offered if code in one.targets),
        )
        for code, count in people.most_common()
    )


def _fair_rows(
    staff: Iterable[StaffMember], way: Callable[[StaffMember], str], nominated: set[int], chosen: set[int]
) -> tuple[FairRow, ...]:
    groups: dict[str, list[int]] = {}
    for member in staff:
        groups.setdefault(way(member) or "–", []).append(member.id)
    return tuple(
        FairRow(label, len(ids), len(nominated.intersection(ids)), len(chosen.intersection(ids)))
        if len(ids) >= SMALLEST
        else FairRow(label, None, None, None)
        for label, ids in sorted(groups.items())
    )


def _told_by_nip(member: StaffMember, day: date) -> tuple[str, str]:
    """Return sex and age band as the employee's number tells them; empty where it cannot be read."""
    try:
        nip = parse_nip(member.nip, lenient=True)
    except InvalidNip:
        return "", ""
    born = nip.birth_date
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    low = max(20, age // 10 * 10)
    return str(nip.sex.value), f"{low}–{low + 9}"

"""Reads somebody's development plan: gaps, hours, drafts, goals, nominations and what was learnt."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.policy.actor import Actor
from processes.people.follow_ups import FollowUp, follow_ups_of
from processes.people.queries import find_employee, leads, people_led_by, placement_on
from processes.people.queries.competencies import CompetencyGap, competency_gaps
from processes.people.queries.names import names_of
from processes.people.subjects import EmployeeSubject
from processes.training.parameters import yearly_hours
from processes.training.queries.catalogue import Course, Session, coming_sessions, courses
from processes.training.queries.documents import Document, documents_of
from processes.training.queries.hours import TrainingRecord, hours_by_field, hours_in, hours_of_all, records_of
from processes.training.queries.nominations import Nomination, nominations_of
from processes.training.queries.plans import Draft, Goal, drafts_of, drafts_of_people, goals_of
from webapp.wiring import Alur


@dataclass(frozen=True, slots=True)
class GapRow:
    """A competency of the post beside what somebody has, and the courses that teach it."""

    gap: CompetencyGap
    courses: tuple[Course, ...]

    @property
    def is_met(self) -> bool:
        """Somebody has found the level that the post asks for."""
        return self.gap.is_assessed and not self.gap.gap


@dataclass(frozen=True, slots=True)
class PlanPage:
    """What *Rencana pengembangan* is made of.

    :param sessions: those that somebody can be nominated for today.
    :param suggested: courses that the city suggests to the post (TB-10, MT-19).
    :param follow_ups: what follows from the talent box and is still to be done.
    """

    person: int
    name: str
    post: str
    gaps: tuple[GapRow, ...]
    hours: int
    wanted: int
    fields: Mapping[str, int]
    records: tuple[TrainingRecord, ...]
    documents: Mapping[int, tuple[Document, ...]]
    nominations: tuple[Nomination, ...]
    drafts: tuple[Draft, ...]
    goals: tuple[Goal, ...]
    sessions: tuple[Session, ...]
    suggested: tuple[Course, ...]
    follow_ups: tuple[FollowUp, ...]
    courses: Mapping[str, Course]
    names: Mapping[int, str]
    is_own: bool
    is_led: bool
    may_nominate: bool
    may_plan: bool


@dataclass(frozen=True, slots=True)
class TeamRow:
    """One of the people whom the reader leads; `has_draft` says that a result asks for training."""

    person: int
    name: str
    hours: int
    has_draft: bool


def read_plan(read: Any, actor: Actor, alur: Alur, day: date, person: int) -> PlanPage:
    """Return somebody's plan.

    :raise NotFound: there is no such employee, or the reader may not see it.
    """
    employee = find_employee(read, actor.tenant, person)
    place = placement_on(read, actor.tenant, person, day)
    subject = EmployeeSubject(actor.tenant, person, place.unit_id if place is not None else None, day)
    policy = alur.engine.policy
    policy.require(actor, "development:view", subject, read)
    known, records = courses(read, actor.tenant), records_of(read, actor.tenant, person)
    nominations = nominations_of(read, actor.tenant, [person])
    goals = goals_of(read, actor.tenant, person, day.year)
    taken = {item.session_id for item in nominations}
    coming = coming_sessions(read, actor.tenant, day)
    return PlanPage(
        person,
        employee.name,
        (place.post_name or "") if place is not None else "",
        _gap_rows(competency_gaps(read, actor.tenant, person, day=day), known),
        hours_in(records, day.year),
        yearly_hours(day),
        hours_by_field(records, day.year, alur.directory.city(actor.tenant).info.training_fields),
        records,
        documents_of(read, actor.tenant, person),
        nominations,
        drafts_of(read, actor.tenant, person),
        goals,
        tuple(item for item in coming if item.enrol_until >= day and item.id not in taken),
        tuple(item for item in known.values() if place is not None and item.suits(place)),
        tuple(item for item in follow_ups_of(read, actor.tenant, person) if item.is_open),
        known,
        names_of(read, actor, (item.agreed_by or item.proposed_by for item in goals)),
        person == actor.person,
        actor.person is not None and leads(read, actor.tenant, actor.person, person, day),
        policy.allows(actor, "development:nominate", subject, read),
        policy.allows(actor, "development:plan", subject, read),
    )


def read_team(read: Any, actor: Actor, day: date) -> tuple[TeamRow, ...]:
    """Return the people whom the reader leads, by name, with their hours of the year and the drafts that wait."""
    people = people_led_by(read, actor.tenant, actor.person, day) if actor.person is not None else ()
    hours, names = hours_of_all(read, actor.tenant, day.year), names_of(read, actor, people)
    waiting = drafts_of_people(read, actor.tenant, people)
    rows = [
        TeamRow(person, names[person], hours.get(person, 0), person in waiting) for person in people if person in names
    ]
    return tuple(sorted(rows, key=lambda row: (row.name, row.person)))


def _gap_rows(gaps: tuple[CompetencyGap, ...], known: Mapping[str, Course]) -> tuple[GapRow, ...]:
    rows = (
        GapRow(item, tuple(course for course in known.values() if item.competency.code in course.targets))
        for item in gaps
    )
    return tuple(sorted(rows, key=lambda row: -row.gap.gap))

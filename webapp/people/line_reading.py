"""Reads the people an HR officer looks after, and the corrections of their lines that wait."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.errors import NotFound
from engine.policy.actor import Actor
from processes.appraisal.raters import RaterOutlook, rater_outlook
from processes.people.line_proposals import LineProposal, ProposalStatus, find_proposal, waiting_proposals
from processes.people.lines import Correction, plan_correction, read_lines
from processes.people.queries import StaffMember, Unit, appraiser_on, find_employee, placement_on
from processes.people.queries.names import names_of
from processes.people.queries.overseen import OverseenPage, overseen_people, overseen_units
from processes.people.spans import Span, Timeline
from processes.people.subjects import EmployeeSubject, ProposalSubject
from webapp.wiring import Alur

LONGEST_CHOICE = 20


@dataclass(frozen=True, slots=True)
class StaffPage:
    """A page of people, the units one can choose from, and the names of the appraisers."""

    page: OverseenPage
    units: tuple[Unit, ...]
    names: Mapping[int, str]
    waiting: int


def read_staff(
    read: Any, actor: Actor, alur: Alur, *, unit_id: int | None = None, text: str = "", after: int | None = None
) -> StaffPage:
    """Return the people of the reader's units.

    :raise NotFound: the reader looks after no unit.
    """
    units = overseen_units(read, actor)
    if not units:
        raise NotFound()
    day = alur.now_in(actor.tenant).date()
    page = overseen_people(read, actor, day, unit_id=unit_id, text=text, after=after)
    names = names_of(read, actor, (row.appraiser_id for row in page.rows))
    return StaffPage(page, units, names, len(_decidable(read, actor, alur)))


@dataclass(frozen=True, slots=True)
class LineOf:
    """An employee with the present appraiser, as the page of a correction shows it."""

    person: int
    name: str
    place: StaffMember | None
    appraiser_id: int | None
    appraiser: str


def read_line(read: Any, actor: Actor, alur: Alur, employee_id: int) -> LineOf:
    """Return an employee whose line the reader may propose to correct.

    :raise NotFound: there is no such employee for this reader.
    :raise Forbidden: the reader may see the employee but not propose.
    """
    day = alur.now_in(actor.tenant).date()
    employee, place = find_employee(read, actor.tenant, employee_id), placement_on(read, actor.tenant, employee_id, day)
    subject = EmployeeSubject(actor.tenant, employee.id, place.unit_id if place is not None else None, day)
    alur.engine.policy.require(actor, "line:propose", subject, read)
    rater = appraiser_on(read, actor.tenant, employee_id, day)
    person = rater.person if rater is not None else None
    return LineOf(employee.id, employee.name, place, person, names_of(read, actor, (person,)).get(person or 0, "–"))


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line that a correction touches, with the appraiser's name.

    :param last: the day on which it will end; None for one that holds no more at all, or is still to come.
    """

    name: str
    first: date
    last: date | None = None


@dataclass(frozen=True, slots=True)
class LineEffect:
    """What a correction does to the lines: which ends, which are replaced, and which one is still to come and stays."""

    ended: LineChange | None
    replaced: tuple[LineChange, ...]
    following: LineChange | None

    @property
    def reaches_further(self) -> bool:
        """Whether it does more than end the present line, or less than hold until further notice."""
        return bool(self.replaced or self.following)


def read_effect(read: Any, actor: Actor, alur: Alur, employee_id: int, *, appraiser_id: int, first: date) -> LineEffect:
    """Return what a correction would do, to somebody who may see the employee's line; nothing is changed."""
    today = alur.now_in(actor.tenant).date()
    line = read_lines(read, actor.tenant).get(employee_id, Timeline())
    return _effect(read, actor, line, plan_correction(line, first, appraiser_id, today))


def _effect(read: Any, actor: Actor, line: Timeline, planned: Correction) -> LineEffect:
    names = names_of(read, actor, (span.value for span in line.spans))

    def change(span: Span, last: date | None = None) -> LineChange:
        return LineChange(names.get(span.value, "–"), span.first, last)

    return LineEffect(
        change(planned.ended, planned.ended.last) if planned.ended is not None else None,
        tuple(change(span) for span in planned.replaced),
        change(planned.following) if planned.following is not None else None,
    )


@dataclass(frozen=True, slots=True)
class Approved:
    """A correction in force, and who rates the open evaluations of the employee from now on."""

    employee: str
    appraiser_id: int
    outlook: tuple[RaterOutlook, ...]
    names: Mapping[int, str]


def read_approved(read: Any, actor: Actor, alur: Alur, proposal_id: int) -> Approved:
    """Return what came of a correction that was approved.

    :raise NotFound: there is none for this reader, or it is not approved.
    """
    item, day = find_proposal(read, actor.tenant, proposal_id), alur.now_in(actor.tenant).date()
    alur.engine.policy.require(actor, "line:view", _subject(read, item, day), read)
    if item.status is not ProposalStatus.APPROVED:
        raise NotFound()
    outlook = rater_outlook(read, actor.tenant, item.employee_id, day, alur.zone(actor.tenant))
    names = names_of(read, actor, (item.employee_id, *(one.person for one in outlook)))
    return Approved(names.get(item.employee_id, "–"), item.appraiser_id, outlook, names)


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody who could appraise."""

    id: int
    name: str
    post: str
    unit: str


def find_choices(read: Any, actor: Actor, day: date, text: str) -> tuple[Choice, ...]:
    """Return people of the whole city whose name holds a text: an appraiser may sit in another unit."""
    everywhere = Actor(actor.tenant, actor.person, frozenset({"hr_verifier"}))
    rows = overseen_people(read, everywhere, day, text=text).rows[:LONGEST_CHOICE]
    return tuple(Choice(row.id, row.name, row.post_name, row.unit_name) for row in rows)


@dataclass(frozen=True, slots=True)
class WaitingProposal:
    """A proposed correction; `may_decide` is false for the reader's own."""

    id: int
    employee_id: int
    employee: str
    before: str
    after: str
    valid_from: date
    reason: str
    proposer: str
    may_decide: bool
    effect: LineEffect


def read_proposals(read: Any, actor: Actor, alur: Alur) -> tuple[WaitingProposal, ...]:
    """Return the corrections that wait, to those who may see them; oldest first."""
    return _decidable(read, actor, alur)


def _decidable(read: Any, actor: Actor, alur: Alur) -> tuple[WaitingProposal, ...]:
    day = alur.now_in(actor.tenant).date()
    found = [(item, _subject(read, item, day)) for item in waiting_proposals(read, actor.tenant)]
    policy = alur.engine.policy
    seen = [pair for pair in found if policy.allows(actor, "line:view", pair[1], read)]
    raters = {item.id: appraiser_on(read, item.tenant, item.employee_id, day) for item, _subject_of in seen}
    people: list[int | None] = [rater.person for rater in raters.values() if rater is not None]
    for item, _subject_of in seen:
        people += (item.employee_id, item.appraiser_id, item.proposed_by)
    names = names_of(read, actor, people)
    lines = read_lines(read, actor.tenant) if seen else {}
    return tuple(
        WaitingProposal(
            item.id,
            item.employee_id,
            names.get(item.employee_id, "–"),
            names.get(rater.person, "–") if (rater := raters[item.id]) is not None else "–",
            names.get(item.appraiser_id, "–"),
            item.valid_from,
            item.reason,
            names.get(item.proposed_by or 0, "–"),
            policy.allows(actor, "line:approve", subject, read),
            _effect_of(read, actor, lines.get(item.employee_id, Timeline()), item, day),
        )
        for item, subject in seen
    )


def _effect_of(read: Any, actor: Actor, line: Timeline, item: LineProposal, day: date) -> LineEffect:
    return _effect(read, actor, line, plan_correction(line, item.valid_from, item.appraiser_id, day))


def _subject(read: Any, item: LineProposal, day: date) -> ProposalSubject:
    place = placement_on(read, item.tenant, item.employee_id, day)
    return ProposalSubject(item.tenant, item.employee_id, place.unit_id if place is not None else None, day, item)

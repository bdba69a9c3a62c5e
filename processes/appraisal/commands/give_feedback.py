"""Give feedback about a colleague's work (umpan balik berkelanjutan, PermenPANRB 6/2022 Ps 18)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from sqlalchemy import Connection, bindparam, select

from engine.command import Changes, Context
from engine.errors import Invalid, NotFound
from engine.records.changes import Write, write
from engine.records.outbox import insert_notice, notice
from engine.records.packing import pack
from processes.appraisal.colleagues import (
    FEWEST_GIVERS,
    MOST_PER_COLLEAGUE,
    Quarter,
    counted_quarter,
    given_so_far,
    givers_of,
)
from processes.appraisal.records import feedback
from processes.people.days import local_day
from processes.people.queries import find_employee, leads, placement_on

MAX_TEXT = 2000
READABLE = "feedback.readable"

_told = (
    select(notice.c.id)
    .where(
        notice.c.person == bindparam("person"),
        notice.c.code == READABLE,
        notice.c.read_at.is_(None),
    )
    .limit(1)
)


class NoOpenQuarter(Invalid):
    """No quarter is open for feedback."""

    code = "feedback.no_quarter"


class EnoughFeedback(Invalid):
    """This person has given as much feedback about the colleague as a quarter allows."""

    code = "feedback.enough"


@dataclass(frozen=True, slots=True)
class FeedbackSubject:
    """The colleague whom the feedback is about, and the quarter it counts for.

    :param person: the colleague; `relation` is how the giver stands to him: leader, subordinate, peer or other.
    """

    tenant: str
    person: int
    relation: str
    quarter: Quarter


@dataclass(frozen=True, slots=True)
class GiveFeedback:
    """Add one feedback to a colleague's quarter; who gave it is shown to the appraiser line only.

    The receipt's value is the id of the feedback. The colleague is told once his colleagues' words are open to him,
    never by each of them: the minute of a notice would name the giver in a small office.

    :param is_positive: most of it is praise; otherwise `text` must say what happened, so that it can be checked.
    """

    employee_id: int
    is_positive: bool = field(repr=False)
    text: str = field(repr=False)
    permission: ClassVar[str] = "feedback:give"

    def subject(self, context: Context) -> FeedbackSubject:
        """Return the colleague and the quarter.

        :raise NotFound: there is no such colleague in the city.
        :raise NoOpenQuarter: no quarter is open.
        """
        tenant, giver = context.actor.tenant, context.actor.person
        if giver is None:
            raise NotFound()
        find_employee(context.read, tenant, self.employee_id)
        quarter = counted_quarter(context.read, tenant, self.employee_id)
        if quarter is None:
            raise NoOpenQuarter()
        return FeedbackSubject(tenant, self.employee_id, _relation(context, tenant, giver, self.employee_id), quarter)

    def execute(self, context: Context, subject: FeedbackSubject) -> Changes:
        """Add the row.

        :raise Invalid: the text is empty or too long.
        :raise EnoughFeedback: the giver has reached the limit of the quarter.
        """
        text, giver = checked_text(self.text), context.actor.person or 0
        given = given_so_far(context.read, subject.tenant, giver, subject.person, subject.quarter)
        if given >= MOST_PER_COLLEAGUE:
            raise EnoughFeedback(most=MOST_PER_COLLEAGUE)
        feedback_id = context.new_id()
        row = write(
            feedback.insert(),
            id=feedback_id,
            tenant=subject.tenant,
            employee_id=subject.person,
            year=subject.quarter.year,
            quarter=subject.quarter.quarter,
            giver_id=giver,
            relation=subject.relation,
            is_positive=self.is_positive,
            text=text,
            given_at=context.now,
        )
        return Changes((row, *_notices(context, subject, giver)), subject=subject.person, value=feedback_id)


def checked_text(text: str) -> str:
    """Return a text without the spaces around it.

    :raise Invalid: it is empty or too long.
    """
    if not text.strip() or len(text.strip()) > MAX_TEXT:
        raise Invalid(f"Feedback needs a text of at most {MAX_TEXT} characters.")
    return text.strip()


def _notices(context: Context, subject: FeedbackSubject, giver: int) -> Iterator[Write]:
    """Tell the colleague when this giver is the one who makes the words readable, and nothing of it waits unread."""
    before = givers_of(context.read, subject.tenant, subject.person, subject.quarter)
    if giver in before or len(before) + 1 != FEWEST_GIVERS or _is_told(context.read, subject):
        return
    yield write(
        insert_notice,
        id=context.new_id(),
        person=subject.person,
        code=READABLE,
        params=pack({"year": subject.quarter.year, "quarter": subject.quarter.quarter}),
        case_id=None,
        at=context.now,
        read_at=None,
    )


def _is_told(read: Connection, subject: FeedbackSubject) -> bool:
    return read.execute(_told, {"person": subject.person}).first() is not None


def _relation(context: Context, tenant: str, giver: int, about: int) -> str:
    day = local_day(context, tenant)
    if leads(context.read, tenant, giver, about, day):
        return "leader"
    if leads(context.read, tenant, about, giver, day):
        return "subordinate"
    units = [_unit(context.read, tenant, person, day) for person in (giver, about)]
    return "peer" if units[0] == units[1] else "other"


def _unit(read: Connection, tenant: str, person: int, day: date) -> int | None:
    place = placement_on(read, tenant, person, day)
    return place.unit_id if place is not None else None

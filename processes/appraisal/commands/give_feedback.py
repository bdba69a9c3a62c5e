"""Give feedback about a colleague's work in the open quarter (umpan balik, PermenPANRB 6/2022 Ps 18)."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sqlalchemy import Connection, bindparam, select

from engine.command import Changes, Context
from engine.errors import Invalid, NotFound
from engine.records.changes import write
from processes.appraisal.records import PeriodStatus, feedback, period
from processes.people.days import local_day
from processes.people.queries import find_employee, leads, placement_on

MAX_TEXT = 2000

_open_period = (
    select(period.c.year, period.c.quarter)
    .where(period.c.tenant == bindparam("tenant"), period.c.status == PeriodStatus.OPEN.value)
    .order_by(period.c.year.desc(), period.c.quarter.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class FeedbackSubject:
    """The colleague whom the feedback is about.

    :param person: the colleague; `relation` is how the giver stands to him: leader, subordinate, peer or other.
    """

    tenant: str
    person: int
    relation: str
    year: int
    quarter: int


@dataclass(frozen=True, slots=True)
class GiveFeedback:
    """Add one feedback to a colleague's quarter; who gave it is shown to the appraiser line only.

    :param is_positive: most of it is praise; otherwise `text` must say what happened, so that it can be checked.
    """

    employee_id: int
    is_positive: bool
    text: str
    permission: ClassVar[str] = "feedback:give"

    def subject(self, context: Context) -> FeedbackSubject:
        """Return the colleague and the open quarter.

        :raise NotFound: there is no such colleague in the city.
        :raise Invalid: no quarter is open.
        """
        tenant, giver = context.actor.tenant, context.actor.person
        if giver is None:
            raise NotFound()
        find_employee(context.read, tenant, self.employee_id)
        opened = context.read.execute(_open_period, {"tenant": tenant}).one_or_none()
        if opened is None:
            raise Invalid("No quarter is open for feedback.")
        relation = _relation(context, tenant, giver, self.employee_id)
        return FeedbackSubject(tenant, self.employee_id, relation, opened.year, opened.quarter)

    def execute(self, context: Context, subject: FeedbackSubject) -> Changes:
        """Add the row.

        :raise Invalid: the text is empty or too long.
        """
        text = self.text.strip()
        if not text or len(text) > MAX_TEXT:
            raise Invalid(f"Feedback needs a text of at most {MAX_TEXT} characters.")
        row = write(
            feedback.insert(),
            id=context.new_id(),
            tenant=subject.tenant,
            employee_id=subject.person,
            year=subject.year,
            quarter=subject.quarter,
            giver_id=context.actor.person,
            relation=subject.relation,
            is_positive=self.is_positive,
            text=text,
            given_at=context.now,
        )
        return Changes((row,), subject=subject.person)


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

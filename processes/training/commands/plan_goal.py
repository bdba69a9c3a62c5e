"""The development plan: what somebody is to learn this year, agreed between him and his superior."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import bindparam, select

from engine.command import Changes, Context
from engine.errors import Invalid, NotFound
from engine.records.changes import write
from processes.people.queries import leads
from processes.people.queries.on_day import TENANT
from processes.people.subjects import EmployeeSubject, employee_subject
from processes.training.records import training_plan

LONGEST_GOAL = 300

_one = select(training_plan).where(training_plan.c.tenant == TENANT, training_plan.c.id == bindparam("goal_id"))
_agree = (
    training_plan.update()
    .where(training_plan.c.id == bindparam("of_id"), training_plan.c.agreed_at.is_(None))
    .values(agreed_by=bindparam("new_agreed_by"), agreed_at=bindparam("new_agreed_at"))
)


class OwnPlan(Invalid):
    """Whoever proposed a goal for himself does not agree to it."""

    code = "training.own_plan"


class PastGoal(Invalid):
    """What is planned would have to be reached before today."""

    code = "training.goal_past"


@dataclass(frozen=True, slots=True)
class GoalSubject:
    """A goal of somebody's plan, as the rules see it."""

    tenant: str
    person: int
    unit_id: int | None
    day: date
    id: int
    agreed_at: datetime | None


@dataclass(frozen=True, slots=True)
class AddGoal:
    """Add a goal to somebody's plan of the year; what the superior adds is agreed by that."""

    employee_id: int
    goal: str = field(repr=False)
    due: date
    competency: str | None = None
    course: str | None = None
    permission: ClassVar[str] = "development:plan"

    def subject(self, context: Context) -> EmployeeSubject:
        """Return the employee.

        :raise NotFound: there is none in the city.
        """
        return employee_subject(context, self.employee_id)

    def execute(self, context: Context, subject: EmployeeSubject) -> Changes:
        """Write the goal.

        :raise Invalid: it is empty or too long.
        :raise PastGoal: its last day is over.
        """
        goal, actor = self.goal.strip(), context.actor.person or 0
        if not goal or len(goal) > LONGEST_GOAL:
            raise Invalid(f"A goal needs a text of at most {LONGEST_GOAL} characters.")
        if self.due < subject.day:
            raise PastGoal()
        is_agreed = leads(context.read, subject.tenant, actor, subject.person, subject.day)
        row: dict[str, Any] = {
            "id": context.new_id(),
            "tenant": subject.tenant,
            "employee_id": subject.person,
            "year": subject.day.year,
            "goal": goal,
            "competency": self.competency,
            "course": self.course,
            "due": self.due,
            "proposed_by": actor,
            "proposed_at": context.now,
            "agreed_by": actor if is_agreed else None,
            "agreed_at": context.now if is_agreed else None,
        }
        return Changes((write(training_plan.insert(), **row),), subject=subject.person, value=row["id"])


@dataclass(frozen=True, slots=True)
class AgreeGoal:
    """Agree to a goal that the employee has proposed."""

    goal_id: int
    permission: ClassVar[str] = "development:agree"

    def subject(self, context: Context) -> GoalSubject:
        """Return the goal.

        :raise NotFound: there is none of that number in the city.
        """
        row = context.read.execute(_one, {"tenant": context.actor.tenant, "goal_id": self.goal_id}).one_or_none()
        if row is None:
            raise NotFound()
        about = employee_subject(context, row.employee_id)
        return GoalSubject(about.tenant, about.person, about.unit_id, about.day, row.id, row.agreed_at)

    def execute(self, context: Context, subject: GoalSubject) -> Changes:
        """Write who agreed, and when.

        :raise OwnPlan: the actor is the employee.
        """
        if context.actor.person == subject.person:
            raise OwnPlan()
        change = {"of_id": subject.id, "new_agreed_by": context.actor.person, "new_agreed_at": context.now}
        return Changes((write(_agree, expect=1, **change),), subject=subject.person)

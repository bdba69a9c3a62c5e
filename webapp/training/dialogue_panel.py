"""The development plan beside the forms of the performance dialogue (TT-24): what both agreed that he is to learn."""

from dataclasses import dataclass

from engine.queries.task import TaskView
from processes.appraisal.variables import EMPLOYEE_PROCESS
from processes.people.queries import leads
from processes.people.queries.competencies import competency_gaps
from processes.training.parameters import yearly_hours
from processes.training.queries.catalogue import courses
from processes.training.queries.hours import hours_in, records_of
from processes.training.queries.plans import Goal, goals_of
from webapp.task_forms import FormContext


@dataclass(frozen=True, slots=True)
class GapFacts:
    """A competency that somebody lacks, by how many levels, and the courses that close it."""

    name: str
    gap: int
    courses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DialogueFacts:
    """What is talked about when a result is handed over.

    :param page: the person whose plan the reader may open; None where he may not.
    """

    goals: tuple[Goal, ...]
    gaps: tuple[GapFacts, ...]
    hours: int
    wanted: int
    page: int | None
    is_own: bool


def read_dialogue(context: FormContext, view: TaskView) -> DialogueFacts:
    """Return the plan of whom the case is about: goals of the year, gaps with their courses, hours."""
    read, tenant, day, person = context.read, context.tenant, context.today, view.task.case.subject
    known = courses(read, tenant).values()
    gaps = tuple(
        GapFacts(
            item.competency.name(context.language),
            item.gap,
            tuple(one.name(context.language) for one in known if item.competency.code in one.targets),
        )
        for item in competency_gaps(read, tenant, person, day=day)
        if item.gap
    )
    reader = context.actor.person
    is_own = reader == person
    may_open = is_own or (reader is not None and leads(read, tenant, reader, person, day))
    return DialogueFacts(
        goals_of(read, tenant, person, day.year),
        gaps,
        hours_in(records_of(read, tenant, person), day.year),
        yearly_hours(day),
        person if may_open else None,
        is_own,
    )


_PANEL = ("development_plan", read_dialogue)
#: Forms of the appraisal beside which the plan stands: of the dialogue, and of the answer to it.
BESIDE = {(EMPLOYEE_PROCESS, "hand_over"): _PANEL, (EMPLOYEE_PROCESS, "appraisal.respond"): _PANEL}

"""One task as its page needs it: read once for the form, once more for what stands beside it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engine.policy.actor import Actor
from engine.queries.operations import Suspension, suspension_of
from engine.queries.task import TaskView, view_task
from forms import AlurForm, Language
from processes.people.queries import find_employee
from webapp.inbox.days import days_left, is_important, later_than
from webapp.inbox.panels import Panel, panel_for, panels_beside
from webapp.task_forms import FormContext, task_form
from webapp.wiring import Alur


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task that the reader may see, with its form as sent, as kept in his draft, or as known.

    :param draft_at: when the draft was saved that the form shows.
    :param is_lost: whether it does not show it, as it is damaged.
    """

    view: TaskView
    form: AlurForm
    draft_at: datetime | None
    is_lost: bool = False


@dataclass(frozen=True, slots=True)
class TaskPage:
    """Everything the page of a task shows around its form.

    :param lane: who does the step, in the words of the diagram.
    :param days: working days left, by the week of the case's unit.
    :param later: the day from which it is to be looked at, if that is still to come.
    :param beside: what other processes have to say to it.
    :param delegates: who may take it over: id and name.
    :param suspension: why nothing moves the case for the time being.
    """

    case_id: int
    token: int
    title: str
    step: str
    lane: str
    help: str
    due: date | None
    days: int | None
    is_important: bool
    later: date | None
    panel: Panel | None
    beside: tuple[Panel, ...]
    may_complete: bool
    may_claim: bool
    may_unclaim: bool
    may_view_case: bool
    delegates: tuple[tuple[int, str], ...]
    suspension: Suspension | None


def open_task(
    read: Any, actor: Actor, alur: Alur, case_id: int, token: int, *, language: Language, sent: object = None
) -> OpenTask:
    """Return a task with its form.

    :param sent: what the browser sent; without it the reader's own draft is shown.
    :raise NotFound: there is no such task for this actor.
    :raise AlreadyDone: somebody completed it.
    """
    view = view_task(read, actor, case_id, token, with_draft=sent is None)
    alur.engine.policy.require(actor, "task:view", view.task, read)
    context = _context(read, actor, alur, view, language, is_sent=sent is not None)
    draft = view.draft if view.draft is not None and view.draft.person == actor.person else None
    kind = task_form(view.element.form, view.form_spec, context)
    is_lost = draft is not None and draft.is_damaged
    form = kind.fill(context, sent, dict(draft.content) if draft is not None and not is_lost else None)
    return OpenTask(view, form, draft.saved_at if draft is not None else None, is_lost)


def read_page(read: Any, actor: Actor, alur: Alur, view: TaskView, language: Language) -> TaskPage:
    """Return what stands around the form of a task that was opened."""
    task, element = view.task, view.element
    today = alur.now_in(actor.tenant).date()
    calendar = alur.directory.calendar(read, actor.tenant, view.variables)
    context = _context(read, actor, alur, view, language)
    return TaskPage(
        case_id=task.case.id,
        token=task.token,
        title=task.case.title,
        step=element.names.get(language) or element.names["id"],
        lane=view.lane_names.get(language) or view.lane_names.get("id", ""),
        help=element.documentation.get(language) or element.documentation.get("id", ""),
        due=task.due,
        days=days_left(calendar, today, task.due),
        is_important=is_important(task.priority),
        later=later_than(today, task.follow_up),
        panel=panel_for(context, view),
        beside=panels_beside(context, view),
        may_complete=_may(read, actor, alur, view, "task:complete"),
        may_claim=_may(read, actor, alur, view, "task:claim"),
        may_unclaim=_may(read, actor, alur, view, "task:unclaim"),
        may_view_case=alur.engine.policy.allows(actor, "case:view", task.case, read),
        delegates=_delegates(read, actor, alur, view),
        suspension=suspension_of(read, actor, task.case),
    )


def _context(
    read: Any, actor: Actor, alur: Alur, view: TaskView, language: Language, *, is_sent: bool = False
) -> FormContext:
    city, today = alur.directory.city(actor.tenant), alur.now_in(actor.tenant).date()
    return FormContext(actor, view.variables, city, read, today, language, is_sent)


def _may(read: Any, actor: Actor, alur: Alur, view: TaskView, permission: str) -> bool:
    return alur.engine.policy.allows(actor, permission, view.task, read)


def _delegates(read: Any, actor: Actor, alur: Alur, view: TaskView) -> tuple[tuple[int, str], ...]:
    """Return who may take the task over; nobody answers for somebody else in a case about himself.

    Whoever has an interest of his own in it, or has done a step that somebody else must do, is not offered.
    """
    if not _may(read, actor, alur, view, "task:delegate") or view.task.case.subject == actor.person:
        return ()
    found = alur.directory.delegates(read, actor.tenant, view.task, alur.clock())
    policy, day = alur.engine.policy, alur.now_in(actor.tenant).date()
    fit = (person for person in found if policy.may_be_asked(person, view.task, read, day))
    named = ((person, find_employee(read, actor.tenant, person).name) for person in fit)
    return tuple(sorted(named, key=lambda pair: pair[1]))

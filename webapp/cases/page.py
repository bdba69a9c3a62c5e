"""Everything the page of a case shows, in the reader's words."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engine.bpmn.model import HUMAN_TASKS, LINK
from engine.records.case import CaseStatus
from webapp.cases.counting import human_steps
from webapp.cases.reading import SeenCase
from webapp.cases.steps import (
    StepGroup,
    StuckStep,
    grouped_steps,
    lane_of,
    stuck_steps,
    text_steps,
    whom_it_awaits,
)
from webapp.cases.story import Event, name_of_element, tell_story
from webapp.current import current_alur, current_city
from webapp.texts import gettext as _
from webapp.texts import language, show_instant


@dataclass(frozen=True, slots=True)
class WaitingFor:
    """A task of the case that waits; `is_mine` opens it.

    :param lane: whose step it is by the diagram, as the steps in words say it.
    :param person: whom it waits for; a group by that word.
    """

    token: int
    name: str
    lane: str
    person: str
    due: date | None
    is_mine: bool


@dataclass(frozen=True, slots=True)
class SuspensionNote:
    """Who has suspended the case, when, and why."""

    who: str
    when: str
    reason: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """The page of a case.

    :param has_decisions: its diagram asks decision tables, and the reader, who is not judged by it, may see by which.
    :param marks: ids of elements and flows to be marked on the diagram.
    """

    id: int
    title: str
    process: str
    is_open: bool
    is_cancelled: bool
    suspension: SuspensionNote | None
    may_operate: bool
    has_result: bool
    has_decisions: bool
    is_own: bool
    may_retry: bool
    marks: dict[str, Any]
    steps: tuple[StepGroup, ...]
    story: tuple[Event, ...]
    waiting: tuple[WaitingFor, ...]
    stuck: tuple[StuckStep, ...]
    done: int
    total: int


def case_page(seen: SeenCase) -> CasePage:
    """Return the page of a case for its reader."""
    view = seen.view
    done, total = human_steps(seen)
    return CasePage(
        id=view.case.id,
        title=seen.title or _("Kasus yang tertahan"),
        process=view.outline.names[language()] or view.outline.names["id"],
        is_open=view.case.status.is_running,
        is_cancelled=view.case.status is CaseStatus.CANCELLED,
        suspension=_suspension(seen),
        may_operate=seen.may_operate and view.case.status.is_running,
        has_result=seen.has_result and seen.sees_person,
        has_decisions=seen.sees_person and not seen.is_own and _has_decisions(seen),
        is_own=seen.is_own,
        may_retry=seen.may_retry,
        marks=_marks(seen),
        steps=grouped_steps(text_steps(seen, show_here)),
        story=tell_story(seen, show_here),
        waiting=_waiting(seen),
        stuck=stuck_steps(seen, show_here),
        done=done,
        total=total,
    )


def _has_decisions(seen: SeenCase) -> bool:
    return any(element.decision for element in seen.view.outline.elements.values())


def show_here(instant: datetime) -> str:
    """Return an instant as the city's clocks show it."""
    city = current_city()
    return show_instant(instant, current_alur().zone(city.code), label=city.zone_label)


def _marks(seen: SeenCase) -> dict[str, Any]:
    view = seen.view
    return {
        "active": [task.element for task in view.waiting],
        "done": list(view.passed),
        "flows": [flow for flow in view.passed_flows if not flow.endswith(LINK)],  # what joins two links is not drawn
        "incident": [item.element for item in view.incidents],
    }


def _suspension(seen: SeenCase) -> SuspensionNote | None:
    found = seen.suspension
    if found is None:
        return None
    return SuspensionNote(seen.names.get(found.by or 0, _("Pengelola kasus")), show_here(found.at), found.reason)


def _waiting(seen: SeenCase) -> tuple[WaitingFor, ...]:
    elements = seen.view.outline.elements
    return tuple(
        WaitingFor(
            task.token,
            name_of_element(task.element, seen),
            lane_of(elements[task.element], seen),
            whom_it_awaits(task, seen),
            task.due,
            task.assignee is not None and task.assignee == seen.reader,
        )
        for task in seen.view.waiting
        if elements[task.element].kind in HUMAN_TASKS
    )

"""A task as its page shows it: the task, its form's key or specification, and the draft."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.bpmn.model import Element
from engine.casework import TaskSubject, find_task, release_of, variables_of
from engine.policy.actor import Actor
from engine.records.case import select_draft
from engine.records.packing import Unreadable, unpack


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed so far, and when it was saved.

    :param content: empty if it is damaged.
    :param is_damaged: what is stored cannot be read.
    """

    content: Mapping[str, Any]
    saved_at: datetime
    person: int
    is_damaged: bool = False


@dataclass(frozen=True, slots=True)
class TaskView:
    """Everything the task page needs.

    :param form_spec: the declarative form of the release; None if Python gives the form under `element.form`.
    """

    task: TaskSubject
    element: Element
    lane_names: Mapping[str, str]
    variables: Mapping[str, Any]
    form_spec: Mapping[str, Any] | None
    draft: Draft | None


def view_task(read: Connection, actor: Actor, case_id: int, token: int, *, with_draft: bool = True) -> TaskView:
    """Return a waiting task of the actor's city; the caller has checked that the actor may see it.

    :raise AlreadyDone: somebody completed it.
    :raise CaseDamaged: the stored state cannot be read.
    """
    task = find_task(read, actor, case_id, token)
    release = release_of(read, task.case)
    element = release.element(task.element)
    lane = next((lane.names for lane in release.outline.lanes if lane.id == element.lane), {})
    return TaskView(
        task,
        element,
        lane,
        variables_of(task.case),
        release.forms.get(element.form or ""),
        _draft(read, case_id, token) if with_draft else None,
    )


def _draft(read: Connection, case_id: int, token: int) -> Draft | None:
    row = read.execute(select_draft, {"case_id": case_id, "token": token}).one_or_none()
    if row is None:
        return None
    content = read_draft(row.content)
    return Draft(content or {}, row.saved_at, row.person, is_damaged=content is None)


def read_draft(content: bytes) -> Mapping[str, Any] | None:
    """Return what a draft holds; None if it is damaged: the task can be done all the same, and a new draft be kept."""
    try:
        found = unpack(content)
    except Unreadable:
        return None
    return found if isinstance(found, dict) else None

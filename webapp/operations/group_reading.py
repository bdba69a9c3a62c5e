"""What is stuck in the city, as its operator may see it."""

from dataclasses import dataclass
from typing import Any

from engine.casework import find_case
from engine.command import TenantSubject
from engine.policy.actor import Actor
from engine.queries.incidents import (
    IncidentGroup,
    RetryProgress,
    StuckCase,
    SuspendedCase,
    incident_group,
    incident_groups,
    retry_progress,
    stuck_cases,
    suspended_cases,
)
from processes.appraisal.permissions import FOLLOWING
from processes.people.queries.left_tasks import LeftTask, left_tasks
from webapp.operations.naming import title_of
from webapp.wiring import Alur


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that stands still.

    :param suspended: some of the suspended cases with their names, None where the reader may not know them.
    :param suspended_total: how many there are.
    :param left: tasks of those who have left, with the names of their cases.
    """

    groups: tuple[IncidentGroup, ...]
    suspended: tuple[tuple[SuspendedCase, str | None], ...]
    suspended_total: int
    left: tuple[tuple[LeftTask, str | None], ...] = ()


@dataclass(frozen=True, slots=True)
class GroupPage:
    """One cause with its cases.

    :param rows: with their names, None where the reader may not know them.
    """

    group: IncidentGroup
    rows: tuple[tuple[StuckCase, str | None], ...]
    next_after: tuple[int, int] | None
    progress: RetryProgress | None


def read_overview(read: Any, actor: Actor, alur: Alur) -> Overview:
    """Return what is stuck by cause, and the suspended cases.

    :raise NotFound: the reader operates nothing here.
    """
    alur.engine.policy.require(actor, "operations:view", TenantSubject(actor.tenant), read)
    suspended, total = suspended_cases(read, actor)
    named = ((item, _title(read, actor, alur, item.case_id)) for item in suspended)
    today = alur.now_in(actor.tenant).date()
    left = (
        (item, _title(read, actor, alur, item.case_id)) for item in left_tasks(read, actor.tenant, today, FOLLOWING)
    )
    return Overview(incident_groups(read, actor), tuple(named), total, tuple(left))


def read_group(
    read: Any, actor: Actor, alur: Alur, process: str, cause: str, *, after: tuple[int, int] = (0, 0)
) -> GroupPage:
    """Return one cause with a page of its cases.

    :raise NotFound: nothing is stuck for it, or the reader operates nothing here.
    """
    alur.engine.policy.require(actor, "operations:view", TenantSubject(actor.tenant), read)
    page = stuck_cases(read, actor, process, cause, after)
    return GroupPage(
        incident_group(read, actor, process, cause),
        tuple((row, _title(read, actor, alur, row.case_id)) for row in page.rows),
        page.next_after,
        retry_progress(read, actor, process, cause),
    )


def _title(read: Any, actor: Actor, alur: Alur, case_id: int) -> str | None:
    return title_of(read, actor, alur, find_case(read, actor.tenant, case_id))

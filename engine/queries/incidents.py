"""What is stuck in a city, by its cause: how much, since when, where in the diagram, and how far another try is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import BigInteger, Connection, Row, bindparam, func, literal_column, select, tuple_

from engine.batches import RETRY_GROUP, retry_lock
from engine.bpmn.model import Element
from engine.casework import find_release
from engine.causes import without_values
from engine.errors import NotFound
from engine.jobs.tables import jobs
from engine.policy.actor import Actor
from engine.records.case import CaseStatus, case, incident
from engine.records.release import release

MOST_GROUPS: Final = 100
PAGE: Final = 50

_IN_GROUP = (incident.c.tenant == bindparam("tenant"), incident.c.cause == bindparam("cause"))
_OF_PROCESS = case.c.process == bindparam("process")
_grouped = (
    select(
        case.c.process,
        incident.c.cause,
        func.count().label("size"),
        func.min(incident.c.opened_at).label("first_at"),
        func.max(incident.c.opened_at).label("last_at"),
        func.min(incident.c.element).label("element"),
        func.min(incident.c.code).label("code"),
        func.min(incident.c.text).label("text"),
        func.max(case.c.release_id).label("release_id"),
        func.count(case.c.release_id.distinct()).label("releases"),
    )
    .join(case, case.c.id == incident.c.case_id)
    .where(incident.c.tenant == bindparam("tenant"))
    .group_by(case.c.process, incident.c.cause)
)
_groups = _grouped.order_by(literal_column("size").desc(), literal_column("first_at")).limit(MOST_GROUPS)
_one_group = _grouped.where(_OF_PROCESS, incident.c.cause == bindparam("cause"))
_digest = select(release.c.digest).where(release.c.id == bindparam("release_id"))
_stuck_cases = (
    select(incident.c.case_id, incident.c.token, incident.c.text, incident.c.opened_at, case.c.title, case.c.status)
    .join(case, case.c.id == incident.c.case_id)
    .where(
        *_IN_GROUP,
        _OF_PROCESS,
        tuple_(incident.c.case_id, incident.c.token)
        > tuple_(bindparam("after_case", type_=BigInteger), bindparam("after_token", type_=BigInteger)),
    )
    .order_by(incident.c.case_id, incident.c.token)
    .limit(PAGE + 1)
)
_order = (
    select(jobs.c.args)
    .where(
        jobs.c.queueing_lock == bindparam("lock"),
        jobs.c.task_name == RETRY_GROUP,
        # Literals, for the queue's status is a type of its own on PostgreSQL.
        literal_column("status").in_((literal_column("'todo'"), literal_column("'doing'"))),
    )
    .order_by(jobs.c.id.desc())
    .limit(1)
)
_left = (
    select(func.count())
    .select_from(incident)
    .join(case, case.c.id == incident.c.case_id)
    .where(*_IN_GROUP, _OF_PROCESS, incident.c.opened_at <= bindparam("before"))
)
_suspended = (
    select(case.c.id, case.c.title, case.c.process, func.count().over().label("total"))
    .where(case.c.tenant == bindparam("tenant"), case.c.status == CaseStatus.SUSPENDED)
    .order_by(case.c.id)
    .limit(PAGE)
)


@dataclass(frozen=True, slots=True)
class IncidentGroup:
    """Incidents of one process and cause.

    :param element: where in the diagram; None if the case as a whole cannot be read.
    :param process_names: of the diagram, by language.
    :param text: what the system says, without any value.
    :param releases: in how many releases of the diagram it happens.
    """

    process: str
    cause: str
    size: int
    first_at: datetime
    last_at: datetime
    element: Element | None
    process_names: dict[str, str]
    code: str
    text: str
    releases: int


@dataclass(frozen=True, slots=True)
class StuckCase:
    """One incident of a group."""

    case_id: int
    token: int
    title: str
    text: str
    opened_at: datetime
    is_suspended: bool


@dataclass(frozen=True, slots=True)
class StuckPage:
    """Incidents of a group, by case.

    :param next_after: case and token after which the next page begins; None on the last one.
    """

    rows: tuple[StuckCase, ...]
    next_after: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class RetryProgress:
    """How far another try of a whole group is."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class SuspendedCase:
    """A case that somebody has suspended."""

    case_id: int
    title: str
    process: str


def incident_groups(read: Connection, actor: Actor) -> tuple[IncidentGroup, ...]:
    """Return what is stuck in the actor's city by cause, the most frequent first, at most `MOST_GROUPS`."""
    return tuple(_group(read, row) for row in read.execute(_groups, {"tenant": actor.tenant}))


def incident_group(read: Connection, actor: Actor, process: str, cause: str) -> IncidentGroup:
    """Return the incidents of one process and cause.

    :raise NotFound: nothing is stuck for it in the actor's city.
    """
    row = read.execute(_one_group, {"tenant": actor.tenant, "process": process, "cause": cause}).one_or_none()
    if row is None:
        raise NotFound()
    return _group(read, row)


def stuck_cases(read: Connection, actor: Actor, process: str, cause: str, after: tuple[int, int] = (0, 0)) -> StuckPage:
    """Return the incidents of a group, `PAGE` at a time."""
    params = {"tenant": actor.tenant, "process": process, "cause": cause}
    place = {"after_case": after[0], "after_token": after[1]}
    found = [_stuck(row) for row in read.execute(_stuck_cases, {**params, **place})]
    last = found[PAGE - 1] if len(found) > PAGE else None
    return StuckPage(tuple(found[:PAGE]), (last.case_id, last.token) if last is not None else None)


def retry_progress(read: Connection, actor: Actor, process: str, cause: str) -> RetryProgress | None:
    """Return how far the last order to try a group again is; None if none is under way."""
    group = {"tenant": actor.tenant, "process": process, "cause": cause}
    order: dict[str, Any] | None = read.execute(_order, {"lock": retry_lock(**group)}).scalar_one_or_none()
    if order is None:
        return None
    left = read.execute(_left, {**group, "before": datetime.fromisoformat(order["before"])}).scalar_one()
    return RetryProgress(max(0, order["total"] - left), order["total"])


def suspended_cases(read: Connection, actor: Actor) -> tuple[tuple[SuspendedCase, ...], int]:
    """Return suspended cases of the actor's city, at most `PAGE`, and how many there are in all."""
    rows = read.execute(_suspended, {"tenant": actor.tenant}).all()
    return tuple(SuspendedCase(row.id, row.title, row.process) for row in rows), rows[0].total if rows else 0


def _group(read: Connection, row: Row[*tuple[Any, ...]]) -> IncidentGroup:
    digest = read.execute(_digest, {"release_id": row.release_id}).scalar_one()
    outline = find_release(read, row.release_id, digest).outline
    return IncidentGroup(
        row.process,
        row.cause,
        row.size,
        row.first_at,
        row.last_at,
        outline.elements.get(row.element),
        dict(outline.names),
        row.code,
        without_values(row.text),
        row.releases,
    )


def _stuck(row: Row[*tuple[Any, ...]]) -> StuckCase:
    is_suspended = row.status == CaseStatus.SUSPENDED
    return StuckCase(row.case_id, row.token, row.title, row.text, row.opened_at, is_suspended)

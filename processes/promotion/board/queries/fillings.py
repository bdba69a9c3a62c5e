"""Fillings of posts as pages show them: all of a city page by page, those of one person, one in full."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from sqlalchemy import Connection, bindparam, func, select

from engine.errors import NotFound
from engine.records.case import CaseStatus, open_task
from engine.records.case import case as process_case
from processes.people.queries.on_day import TENANT, AnyRow, AnySelect
from processes.people.records import post, unit
from processes.promotion.board.records import board_candidate, board_criteria, board_outcome
from processes.promotion.board.variables import BOARD_PROCESS

#: Rows of a page.
PAGE: Final = 25
#: How many fillings a person's own page shows.
MOST_OWN: Final = 10

_step = (
    select(open_task.c.element)
    .where(open_task.c.case_id == process_case.c.id)
    .order_by(open_task.c.token)
    .limit(1)
    .scalar_subquery()
)
_fillings: AnySelect = (
    select(
        process_case.c.id,
        process_case.c.status,
        process_case.c.started_at,
        post.c.id.label("post_id"),
        post.c.name.label("post_name"),
        unit.c.name.label("unit_name"),
        board_outcome.c.outcome,
        board_outcome.c.place,
        board_outcome.c.reason,
        board_outcome.c.employee_id,
        board_outcome.c.decided_by,
        board_outcome.c.decided_at,
        board_outcome.c.minutes,
        board_outcome.c.minutes_on,
        board_criteria.c.performance,
        board_criteria.c.competency,
        board_criteria.c.signed_by,
        board_criteria.c.signed_at,
        _step.label("step"),
    )
    .select_from(process_case)
    .join(post, post.c.id == process_case.c.subject)
    .join(unit, unit.c.id == post.c.unit_id)
    .outerjoin(board_outcome, board_outcome.c.case_id == process_case.c.id)
    .outerjoin(board_criteria, board_criteria.c.case_id == process_case.c.id)
    .where(process_case.c.tenant == TENANT, process_case.c.process == BOARD_PROCESS)
)
_page = (
    _fillings.order_by(process_case.c.status, process_case.c.started_at.desc(), process_case.c.id.desc())
    .limit(PAGE)
    .offset(bindparam("offset"))
)
_one = _fillings.where(process_case.c.id == bindparam("case_id"))
_running = _fillings.where(
    process_case.c.subject == bindparam("post_id"),
    process_case.c.status.in_((CaseStatus.OPEN.value, CaseStatus.SUSPENDED.value)),
)
_count = (
    select(func.count())
    .select_from(process_case)
    .where(process_case.c.tenant == TENANT, process_case.c.process == BOARD_PROCESS)
)
_considering = (
    select(board_candidate.c.case_id)
    .where(board_candidate.c.tenant == TENANT, board_candidate.c.employee_id == bindparam("person"))
    .distinct()
    .scalar_subquery()
)
_of_person = _fillings.where(process_case.c.id.in_(_considering)).order_by(process_case.c.started_at.desc())


@dataclass(frozen=True, slots=True)
class Signed:
    """The weights of a filling, in percent, and who signed them before names were seen."""

    performance: Decimal
    competency: Decimal
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Ended:
    """How a filling was decided, and why."""

    outcome: str
    employee: int | None
    place: int | None
    reason: str | None
    by: int | None
    at: datetime
    minutes: str | None
    minutes_on: date | None


@dataclass(frozen=True, slots=True)
class FillingRow:
    """The filling of a post with where it stands.

    :param step: the step that waits; None when it is over, or stuck.
    """

    case_id: int
    post_id: int
    post_name: str
    unit_name: str
    status: CaseStatus
    started_at: datetime
    step: str | None
    signed: Signed | None
    ended: Ended | None


@dataclass(frozen=True, slots=True)
class FillingPage:
    """Some fillings of a city, the running ones first."""

    rows: tuple[FillingRow, ...]
    page: int
    pages: int


def fillings_page(read: Connection, tenant: str, page: int) -> FillingPage:
    """Return a page of the fillings of a city, the last one for a number behind it."""
    pages = max(1, -(-int(read.execute(_count, {"tenant": tenant}).scalar_one()) // PAGE))
    page = min(max(page, 1), pages)
    rows = read.execute(_page, {"tenant": tenant, "offset": (page - 1) * PAGE})
    return FillingPage(tuple(_row(row) for row in rows), page, pages)


def find_filling(read: Connection, tenant: str, case_id: int) -> FillingRow:
    """Return one filling.

    :raise NotFound: there is none with that id in that city.
    """
    row = read.execute(_one, {"tenant": tenant, "case_id": case_id}).one_or_none()
    if row is None:
        raise NotFound()
    return _row(row)


def running_filling(read: Connection, tenant: str, post_id: int) -> FillingRow | None:
    """Return the filling of a post that is under way; None if there is none."""
    row = read.execute(_running, {"tenant": tenant, "post_id": post_id}).first()
    return _row(row) if row is not None else None


def fillings_of(read: Connection, tenant: str, person: int) -> tuple[FillingRow, ...]:
    """Return the newest fillings in which somebody was considered."""
    rows = read.execute(_of_person.limit(MOST_OWN), {"tenant": tenant, "person": person})
    return tuple(_row(row) for row in rows)


def _row(row: AnyRow) -> FillingRow:
    signed = Signed(row.performance, row.competency, row.signed_by, row.signed_at) if row.signed_at else None
    names = ("outcome", "employee_id", "place", "reason", "decided_by", "decided_at", "minutes", "minutes_on")
    ended = Ended(*(getattr(row, name) for name in names)) if row.outcome is not None else None
    status = CaseStatus(row.status)
    place = (row.id, row.post_id, row.post_name, row.unit_name)
    return FillingRow(*place, status, row.started_at, row.step, signed, ended)

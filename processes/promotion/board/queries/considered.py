"""Who was considered in a filling, with places and reasons: page by page for the board, or one's own row."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, Integer, bindparam, cast, func, select

from processes.people.queries.on_day import TENANT, AnyRow, AnySelect
from processes.people.records import employee
from processes.promotion.board.queries.fillings import PAGE
from processes.promotion.board.records import board_candidate, board_place, board_voice

_CASE: Any = bindparam("case_id")
_newest = (
    select(func.max(board_candidate.c.round))
    .where(board_candidate.c.tenant == TENANT, board_candidate.c.case_id == _CASE)
    .scalar_subquery()
)
_is_placed = (
    (board_place.c.tenant == board_candidate.c.tenant)
    & (board_place.c.case_id == board_candidate.c.case_id)
    & (board_place.c.round == board_candidate.c.round)
    & (board_place.c.employee_id == board_candidate.c.employee_id)
)
_rows: AnySelect = (
    select(board_candidate, employee.c.name, board_place.c.place, board_place.c.is_shared)
    .join(employee, employee.c.id == board_candidate.c.employee_id)
    .outerjoin(board_place, _is_placed)
    .where(board_candidate.c.tenant == TENANT, board_candidate.c.case_id == _CASE, board_candidate.c.round == _newest)
)
_OFFSET: Any = bindparam("offset")
_unplaced_last = func.coalesce(board_place.c.place, 32767)
_eligible = (
    _rows.where(board_candidate.c.misses == "")
    .order_by(_unplaced_last, employee.c.name, employee.c.id)
    .limit(PAGE)
    .offset(_OFFSET)
)
_others = (
    _rows.where(board_candidate.c.misses != "").order_by(employee.c.name, employee.c.id).limit(PAGE).offset(_OFFSET)
)
_own = _rows.where(board_candidate.c.employee_id == bindparam("person"))
_counts = select(
    func.count().label("considered"),
    func.coalesce(func.sum(cast(board_candidate.c.misses == "", Integer)), 0).label("eligible"),
    func.max(board_candidate.c.round).label("round"),
).where(board_candidate.c.tenant == TENANT, board_candidate.c.case_id == _CASE, board_candidate.c.round == _newest)
_voices = (
    select(board_voice, employee.c.name)
    .join(employee, employee.c.id == board_voice.c.employee_id)
    .where(board_voice.c.tenant == TENANT, board_voice.c.case_id == _CASE)
    .order_by(board_voice.c.round.desc(), employee.c.name)
)
#: How many voices a page shows: of the newest rounds first.
MOST_VOICES: Final = 40


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who was considered, with what the ranking rests on.

    :param misses: codes of the conditions that are not met; none for a candidate.
    :param predicates: year and predicate of the two years; an empty predicate for a year without one.
    :param place: None before the ranking.
    """

    person: int
    name: str
    misses: tuple[str, ...]
    predicates: tuple[tuple[str, str], ...]
    performance: Decimal | None
    levels_asked: int
    levels_had: int
    competency: Decimal | None
    total: Decimal | None
    place: int | None
    is_shared: bool


@dataclass(frozen=True, slots=True)
class Voice:
    """What a member of the board said, or why he was left out."""

    name: str
    round: int
    answer: str
    interest: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were considered in the newest round, and how many of them meet every condition."""

    considered: int
    eligible: int
    round: int


def counts_of(read: Connection, tenant: str, case_id: int) -> Counts:
    """Return how many were considered; zeros before anybody was looked for."""
    row = read.execute(_counts, {"tenant": tenant, "case_id": case_id}).one()
    return Counts(int(row.considered), int(row.eligible), int(row.round or 0))


def candidates_page(
    read: Connection, tenant: str, case_id: int, *, page: int, is_eligible: bool
) -> tuple[Candidate, ...]:
    """Return a page of those who meet every condition, the best first; or of the others by name."""
    params = {"tenant": tenant, "case_id": case_id, "offset": (page - 1) * PAGE}
    return tuple(_candidate(row) for row in read.execute(_eligible if is_eligible else _others, params))


def own_row(read: Connection, tenant: str, case_id: int, person: int) -> Candidate | None:
    """Return what was found of somebody in the newest round; None if he was not considered in it."""
    row = read.execute(_own, {"tenant": tenant, "case_id": case_id, "person": person}).one_or_none()
    return _candidate(row) if row is not None else None


def voices_of(read: Connection, tenant: str, case_id: int) -> tuple[Voice, ...]:
    """Return what the board said, the newest round first."""
    rows = read.execute(_voices.limit(MOST_VOICES), {"tenant": tenant, "case_id": case_id})
    return tuple(Voice(row.name, row.round, row.answer, row.interest, row.note) for row in rows)


def _candidate(row: AnyRow) -> Candidate:
    predicates = (item.partition(":") for item in row.predicates.split())
    return Candidate(
        row.employee_id,
        row.name,
        tuple(row.misses.split()),
        tuple((year, predicate) for year, _colon, predicate in predicates),
        row.performance,
        row.levels_asked,
        row.levels_had,
        row.competency,
        row.total,
        row.place,
        bool(row.is_shared),
    )

"""Nominations as their pages show them: one with where it stands, those of an award, one's own, what is published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, bindparam, case, or_, select

from engine.errors import NotFound
from engine.policy.actor import Actor
from engine.records.case import CaseStatus, open_task
from engine.records.case import case as process_case
from processes.people.queries.on_day import TENANT, AnyRow, AnySelect
from processes.people.records import employee
from processes.recognition.queries.pages import Paged, read_page
from processes.recognition.records import award_nomination, award_outcome, award_panel, award_program

_PERSON: Any = bindparam("person")
#: The step that waits: a nomination has one at a time, the panel's many of the same.
_step = (
    select(open_task.c.element)
    .where(open_task.c.case_id == award_nomination.c.case_id)
    .order_by(open_task.c.token)
    .limit(1)
    .scalar_subquery()
)
_nominations: AnySelect = (
    select(
        award_nomination,
        employee.c.name.label("employee_name"),
        award_program.c.name.label("award_name"),
        award_outcome.c.outcome,
        award_outcome.c.score,
        award_outcome.c.voices,
        award_outcome.c.reason.label("grounds"),
        award_outcome.c.decided_by,
        award_outcome.c.decided_at,
        award_outcome.c.decree,
        award_outcome.c.decree_on,
        award_outcome.c.reward,
        award_outcome.c.amount,
        award_outcome.c.dpa_code,
        award_outcome.c.is_public,
        process_case.c.status,
        _step.label("step"),
    )
    .select_from(award_nomination)
    .join(employee, employee.c.id == award_nomination.c.employee_id)
    .join(award_program, award_program.c.id == award_nomination.c.program_id)
    .join(process_case, process_case.c.id == award_nomination.c.case_id)
    .outerjoin(award_outcome, award_outcome.c.case_id == award_nomination.c.case_id)
    .where(award_nomination.c.tenant == TENANT)
    .order_by(award_nomination.c.nominated_at.desc(), award_nomination.c.case_id.desc())
)
_one = _nominations.where(award_nomination.c.case_id == bindparam("case_id"))
# Whoever carries awards does not look over the shoulder of those who judge him.
_of_program = _nominations.where(
    award_nomination.c.program_id == bindparam("program_id"), award_nomination.c.employee_id != _PERSON
)
_mine = _nominations.where(
    or_(award_nomination.c.nominator_id == _PERSON, award_nomination.c.employee_id == _PERSON)
).limit(bindparam("most"))
_waits_for = (
    select(open_task.c.case_id).where(open_task.c.element == "score", open_task.c.assignee == _PERSON).scalar_subquery()
)
_to_score = _nominations.where(award_nomination.c.case_id.in_(_waits_for))
_published = _nominations.where(award_outcome.c.is_public.is_(True))
_decrees = (
    select(
        employee.c.nip,
        award_program.c.siasn_code,
        award_program.c.name.label("award_name"),
        award_outcome.c.decree,
        award_outcome.c.decree_on,
    )
    .select_from(award_outcome)
    .join(award_nomination, award_nomination.c.case_id == award_outcome.c.case_id)
    .join(award_program, award_program.c.id == award_nomination.c.program_id)
    .join(employee, employee.c.id == award_outcome.c.employee_id)
    .where(award_outcome.c.tenant == TENANT, award_outcome.c.decree_on.between(bindparam("first"), bindparam("last")))
    .order_by(award_outcome.c.decree_on, case((employee.c.nip.is_(None), 1), else_=0), employee.c.nip)
)
_members = select(award_panel.c.employee_id).where(
    award_panel.c.tenant == TENANT, award_panel.c.program_id == bindparam("program_id")
)
_scoring = select(open_task.c.assignee).where(
    open_task.c.case_id == bindparam("case_id"), open_task.c.element == "score"
)

#: How many of one's own nominations the page of awards shows.
MOST_OWN = 50


@dataclass(frozen=True, slots=True)
class Given:
    """How a nomination ended; what was given if it was."""

    outcome: str
    score: Decimal | None
    voices: int | None
    grounds: str | None
    decided_by: int | None
    decided_at: datetime
    decree: str | None
    decree_on: date | None
    reward: str | None
    amount: Decimal | None
    dpa_code: str | None
    is_public: bool | None


@dataclass(frozen=True, slots=True)
class Nomination:
    """A nomination with where it stands.

    :param members: the panel of its award, and whoever a score is asked of.
    :param step: the step that waits; None when it is over, or stuck.
    """

    case_id: int
    tenant: str
    program_id: int
    award: str
    employee: int
    name: str
    nominator: int | None
    source: str
    reason: str
    evidence: str
    nominated_at: datetime
    step: str | None
    is_cancelled: bool
    given: Given | None
    members: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Decree:
    """What SIASN is told of an award (rw-penghargaan)."""

    nip: str
    siasn_code: str | None
    award: str
    number: str
    day: date


def find_nomination(read: Connection, tenant: str, case_id: int) -> Nomination:
    """Return a nomination of a city with its panel.

    :raise NotFound: there is none with that case in that city.
    """
    row = read.execute(_one, {"tenant": tenant, "case_id": case_id}).one_or_none()
    if row is None:
        raise NotFound()
    members = set(read.execute(_members, {"tenant": tenant, "program_id": row.program_id}).scalars())
    members |= set(read.execute(_scoring, {"case_id": case_id}).scalars())
    return _nomination(row, frozenset(members))


def nominations_of(read: Connection, actor: Actor, program_id: int, page: int) -> Paged[Nomination]:
    """Return a page of the nominations for an award, the newest first, without one of the actor himself."""
    params = {"tenant": actor.tenant, "program_id": program_id, "person": actor.person}
    return read_page(read, _of_program, params, page, _nomination)


def my_nominations(read: Connection, actor: Actor) -> tuple[Nomination, ...]:
    """Return the newest nominations that the actor made, or that are about the actor."""
    return _all(read, _mine, {"tenant": actor.tenant, "person": actor.person, "most": MOST_OWN})


def waiting_for_score(read: Connection, actor: Actor) -> tuple[Nomination, ...]:
    """Return the nominations that wait for a score of the actor."""
    return _all(read, _to_score, {"tenant": actor.tenant, "person": actor.person})


def published_awards(read: Connection, actor: Actor, page: int) -> Paged[Nomination]:
    """Return a page of the awards whose holders agreed to publication, the newest first."""
    return read_page(read, _published, {"tenant": actor.tenant}, page, _nomination)


def decrees_of(read: Connection, actor: Actor, year: int) -> tuple[Decree, ...]:
    """Return the awards of the actor's city whose decree is of a year."""
    params = {"tenant": actor.tenant, "first": date(year, 1, 1), "last": date(year, 12, 31)}
    return tuple(
        Decree(row.nip, row.siasn_code, row.award_name, row.decree, row.decree_on)
        for row in read.execute(_decrees, params)
    )


def _all(read: Connection, statement: AnySelect, params: Mapping[str, Any]) -> tuple[Nomination, ...]:
    return tuple(_nomination(row) for row in read.execute(statement, params))


def _nomination(row: AnyRow, members: frozenset[int] = frozenset()) -> Nomination:
    return Nomination(
        row.case_id,
        row.tenant,
        row.program_id,
        row.award_name,
        row.employee_id,
        row.employee_name,
        row.nominator_id,
        row.source,
        row.reason,
        row.evidence,
        row.nominated_at,
        row.step,
        row.status == CaseStatus.CANCELLED,
        _given(row) if row.outcome is not None else None,
        members,
    )


def _given(row: AnyRow) -> Given:
    return Given(
        row.outcome,
        row.score,
        row.voices,
        row.grounds,
        row.decided_by,
        row.decided_at,
        row.decree,
        row.decree_on,
        row.reward,
        row.amount,
        row.dpa_code,
        row.is_public,
    )

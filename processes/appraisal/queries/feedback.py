"""Feedback among colleagues: what one has given, and what one may read about oneself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine.policy.actor import Actor
from processes.appraisal.colleagues import FEWEST_GIVERS, Quarter, is_counted, is_from_colleague, open_quarter
from processes.appraisal.entries import APPRAISER
from processes.appraisal.records import evaluation, feedback
from processes.people.queries.on_day import TENANT, AnyRow, AnySelect
from processes.people.records import employee

_PERSON: Any = bindparam("person")

_given: AnySelect = (
    select(feedback, employee.c.name, is_counted.label("is_counted"))
    .join_from(feedback, employee, employee.c.id == feedback.c.employee_id)
    # What an appraiser writes in his task belongs to that task.
    .where(feedback.c.tenant == TENANT, is_from_colleague)
)
_by_id = _given.where(feedback.c.id == bindparam("feedback_id"))
_by_giver = _given.where(feedback.c.giver_id == _PERSON, feedback.c.year >= bindparam("year")).order_by(
    feedback.c.given_at.desc(), feedback.c.id.desc()
)
# Sorted by their words: the order in which they came would help to guess who wrote them.
_about_me: AnySelect = (
    select(
        feedback.c.year,
        feedback.c.quarter,
        feedback.c.giver_id,
        feedback.c.relation,
        feedback.c.is_positive,
        feedback.c.text,
    )
    .where(feedback.c.tenant == TENANT, feedback.c.employee_id == _PERSON)
    .order_by(feedback.c.year.desc(), feedback.c.quarter.desc(), feedback.c.is_positive.desc(), feedback.c.text)
)
_handed_over = select(evaluation.c.year, evaluation.c.quarter).where(
    evaluation.c.tenant == TENANT, evaluation.c.employee_id == _PERSON, evaluation.c.handed_over_at.is_not(None)
)


@dataclass(frozen=True, slots=True)
class GivenFeedback:
    """Feedback as its giver sees it.

    :param person: the colleague whom it is about.
    :param is_changeable: no ratings have been recommended with it.
    """

    id: int
    tenant: str
    giver: int
    person: int
    name: str
    quarter: Quarter
    is_positive: bool
    text: str
    given_at: datetime
    is_changeable: bool


@dataclass(frozen=True, slots=True)
class Words:
    """One feedback as the employee reads it: without who gave it, and when."""

    is_positive: bool
    text: str


@dataclass(frozen=True, slots=True)
class ReceivedFeedback:
    """The feedback of a quarter about somebody; `words` is empty until he may read them."""

    quarter: Quarter
    is_readable: bool
    words: tuple[Words, ...]


def find_given(read: Connection, tenant: str, feedback_id: int) -> GivenFeedback | None:
    """Return the feedback of an id, whoever gave it, or None; for the rule table to decide about."""
    row = read.execute(_by_id, {"tenant": tenant, "feedback_id": feedback_id}).one_or_none()
    return _given_of(row) if row is not None else None


def my_given(read: Connection, actor: Actor) -> tuple[GivenFeedback, ...]:
    """Return what the actor has given for the open quarter and the next, newest first."""
    opened = open_quarter(read, actor.tenant)
    if opened is None:
        return ()
    rows = read.execute(_by_giver, {"tenant": actor.tenant, "person": actor.person, "year": opened.year})
    return tuple(given for given in map(_given_of, rows) if given.quarter >= opened)


def my_received(read: Connection, actor: Actor) -> tuple[ReceivedFeedback, ...]:
    """Return what the actor may read about himself, newest quarter first; see `colleagues` for the rule."""
    key = {"tenant": actor.tenant, "person": actor.person}
    released = {Quarter(row.year, row.quarter) for row in read.execute(_handed_over, key)}
    by_quarter = groupby(read.execute(_about_me, key), lambda row: Quarter(row.year, row.quarter))
    return tuple(_received(quarter, tuple(rows), quarter in released) for quarter, rows in by_quarter)


def _received(quarter: Quarter, rows: tuple[AnyRow, ...], is_released: bool) -> ReceivedFeedback:
    is_readable = is_released or len(_givers(rows)) >= FEWEST_GIVERS
    words = tuple(Words(row.is_positive, row.text) for row in rows) if is_readable else ()
    return ReceivedFeedback(quarter, is_readable, words)


def _givers(rows: Iterable[AnyRow]) -> set[int]:
    return {row.giver_id for row in rows if row.relation != APPRAISER}


def _given_of(row: AnyRow) -> GivenFeedback:
    return GivenFeedback(
        row.id,
        row.tenant,
        row.giver_id,
        row.employee_id,
        row.name,
        Quarter(row.year, row.quarter),
        row.is_positive,
        row.text,
        row.given_at,
        not row.is_counted,
    )

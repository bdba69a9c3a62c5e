"""*Orang Saya*: everybody whom a person rates in one quarter, one row each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, func, select, union_all

from engine.policy.actor import Actor
from engine.queries.task import read_draft
from engine.records.case import case, draft, open_task
from processes.appraisal.facts import is_voice
from processes.appraisal.queries.rated_quarters import RATED_ELEMENTS, RatedQuarters, rated_quarters
from processes.appraisal.records import evaluation, evidence, feedback, realisation, recommendation
from processes.appraisal.scores import read_score
from processes.appraisal.variables import EMPLOYEE_PROCESS
from processes.people.city import Predicate, Rating, ScoreResult
from processes.people.queries.on_day import holds_on
from processes.people.records import employee, placement, post, reporting_line, unit_head


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person of the rater.

    :param element: the task that waits for the rater at this person, or None.
    :param draft: what the rater typed but has not confirmed.
    """

    case_id: int
    employee_id: int
    name: str
    post: str
    element: str | None
    token: int | None
    has_realisation: bool
    evidence: int
    feedback: int
    positive: int
    score: ScoreResult | None
    work: Rating | None
    behaviour: Rating | None
    predicate: Predicate | None
    is_signed: bool
    draft: Mapping[str, Any] | None

    @property
    def value(self) -> Decimal | None:
        """The indicative value of the city's rule, in percent."""
        return self.score.value if self.score else None

    @property
    def recommended_work(self) -> Rating | None:
        """What the rule recommends for the work."""
        return self.score.result.rating if self.score else None

    @property
    def recommended_behaviour(self) -> Rating | None:
        """What the rule recommends for the behaviour."""
        return self.score.behaviour.rating if self.score else None


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """The rater's people in one quarter, and the quarters in which something is open for him."""

    quarters: RatedQuarters
    rows: tuple[PersonRow, ...]

    @property
    def year(self) -> int | None:
        """The year shown; None when no quarter was ever opened."""
        return self.quarters.shown.year if self.quarters.shown else None

    @property
    def quarter(self) -> int | None:
        """The quarter shown; None when none was ever opened."""
        return self.quarters.shown.quarter if self.quarters.shown else None

    @property
    def to_confirm(self) -> tuple[PersonRow, ...]:
        """Those whose ratings wait for the rater."""
        return tuple(row for row in self.rows if row.element == "confirm_ratings")

    @property
    def to_sign(self) -> tuple[PersonRow, ...]:
        """Those whose confirmed ratings wait for the signature."""
        return tuple(row for row in self.rows if row.element == "sign")

    @property
    def counts(self) -> dict[Predicate, int]:
        """How many have each predicate so far."""
        return {
            predicate: found
            for predicate in Predicate
            if (found := sum(row.predicate is predicate for row in self.rows))
        }


def _of_person(table: Any) -> Any:
    return and_(
        table.c.tenant == case.c.tenant,
        table.c.employee_id == case.c.subject,
        table.c.year == bindparam("year"),
        table.c.quarter == bindparam("quarter"),
    )


def _count(table: Any, *more: Any) -> Any:
    return select(func.count()).select_from(table).where(_of_person(table), *more).scalar_subquery()


# A person belongs to the rater's list while a task of the rater waits there, and after it by the evaluation's rater.
_mine = (
    select(
        case.c.id,
        case.c.subject,
        employee.c.name,
        select(post.c.name)
        .join_from(placement, post, placement.c.post_id == post.c.id)
        .where(placement.c.tenant == case.c.tenant, placement.c.employee_id == case.c.subject)
        .order_by(placement.c.valid_from.desc())
        .limit(1)
        .scalar_subquery()
        .label("post"),
        open_task.c.element,
        open_task.c.token,
        draft.c.content.label("draft"),
        _count(realisation).label("realised"),
        _count(evidence).label("evidence"),
        _count(feedback, is_voice).label("feedback"),
        _count(feedback, is_voice, feedback.c.is_positive).label("positive"),
        recommendation.c.explanation,
        evaluation.c.work_result,
        evaluation.c.behaviour,
        evaluation.c.predicate,
        evaluation.c.signed_at,
    )
    .select_from(case)
    .join(employee, employee.c.id == case.c.subject)
    .outerjoin(evaluation, and_(evaluation.c.case_id == case.c.id, evaluation.c.version == 1))
    .outerjoin(recommendation, recommendation.c.case_id == case.c.id)
    .outerjoin(
        open_task,
        and_(
            open_task.c.case_id == case.c.id,
            open_task.c.assignee == bindparam("person"),
            open_task.c.element.in_(RATED_ELEMENTS),
        ),
    )
    .outerjoin(draft, and_(draft.c.case_id == open_task.c.case_id, draft.c.token == open_task.c.token))
    .where(
        case.c.tenant == bindparam("tenant"),
        case.c.process == EMPLOYEE_PROCESS,
        # Only cases of the quarter shown: every count of a row is of the quarter of its case.
        case.c.business_key >= bindparam("first_key"),
        case.c.business_key < bindparam("last_key"),
        case.c.id.in_(
            select(open_task.c.case_id)
            .where(
                open_task.c.tenant == bindparam("tenant"),
                open_task.c.assignee == bindparam("person"),
                open_task.c.element.in_(RATED_ELEMENTS),
            )
            .union(
                select(evaluation.c.case_id).where(
                    evaluation.c.tenant == bindparam("tenant"),
                    evaluation.c.rater_id == bindparam("person"),
                    evaluation.c.year == bindparam("year"),
                    evaluation.c.quarter == bindparam("quarter"),
                )
            )
        ),
    )
    .order_by(employee.c.name, case.c.id)
)


_rates_somebody = union_all(
    select(open_task.c.case_id).where(
        open_task.c.tenant == bindparam("tenant"),
        open_task.c.assignee == bindparam("person"),
        open_task.c.element.in_(RATED_ELEMENTS),
    ),
    select(reporting_line.c.id).where(
        reporting_line.c.tenant == bindparam("tenant"),
        reporting_line.c.appraiser_id == bindparam("person"),
        holds_on(reporting_line),
    ),
    # Whoever heads a unit rates those whom no line leads to anybody, the acting head above all.
    select(unit_head.c.id).where(
        unit_head.c.tenant == bindparam("tenant"), unit_head.c.employee_id == bindparam("person"), holds_on(unit_head)
    ),
).limit(1)


def rates_somebody(read: Connection, actor: Actor, day: date) -> bool:
    """Say whether somebody's evaluation waits for the actor, or he leads people or a unit on a day."""
    params = {"tenant": actor.tenant, "person": actor.person, "day": day}
    return read.execute(_rates_somebody, params).first() is not None


def my_people(
    read: Connection,
    actor: Actor,
    day: date,
    asked: tuple[int, int] | None = None,
    *,
    waiting_at: tuple[str, ...] = RATED_ELEMENTS,
) -> PeoplePage:
    """Return the people whom the actor rates in one quarter, by name; `rated_quarters` says which.

    :param waiting_at: the tasks by which the quarter is chosen that has waited longest.
    """
    quarters = rated_quarters(read, actor, day, asked, elements=waiting_at)
    if quarters.shown is None:
        return PeoplePage(quarters, ())
    year, quarter = quarters.shown.key
    # Business keys are `2026-3:<subject>`; ';' follows ':' in every collation that compares bytes.
    keys = {"first_key": f"{year}-{quarter}:", "last_key": f"{year}-{quarter};"}
    params = {"tenant": actor.tenant, "person": actor.person, "year": year, "quarter": quarter, **keys}
    return PeoplePage(quarters, tuple(_row(read, row) for row in read.execute(_mine, params)))


def _row(read: Connection, row: Row[*tuple[Any, ...]]) -> PersonRow:
    return PersonRow(
        case_id=row.id,
        employee_id=row.subject,
        name=row.name,
        post=row.post or "",
        element=row.element,
        token=row.token,
        has_realisation=bool(row.realised),
        evidence=row.evidence,
        feedback=row.feedback,
        positive=row.positive,
        score=read_score(read, row.explanation),
        work=Rating(row.work_result) if row.work_result else None,
        behaviour=Rating(row.behaviour) if row.behaviour else None,
        predicate=Predicate(row.predicate) if row.predicate else None,
        is_signed=row.signed_at is not None,
        draft=read_draft(row.draft) if row.draft else None,
    )

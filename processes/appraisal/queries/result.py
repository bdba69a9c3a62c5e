"""Why this result: an employee's evaluation with every input, rule, rating and signature behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from engine.policy.actor import Actor
from processes.appraisal.facts import read_content
from processes.appraisal.figures import figures_of
from processes.appraisal.origins import Figure, Origin, origins_of
from processes.appraisal.queries.org_results import OrgResult, org_result
from processes.appraisal.records import (
    assessment,
    evaluation,
    evidence,
    feedback,
    realisation,
    recommendation,
)
from processes.appraisal.scores import read_score, used_figures
from processes.people.city import Predicate, Rating, ScoreResult
from processes.people.records import employee, unit

_versions = (
    select(
        evaluation,
        recommendation.c.explanation,
        employee.c.name.label("employee_name"),
        unit.c.name.label("unit_name"),
    )
    .join_from(evaluation, employee, evaluation.c.employee_id == employee.c.id)
    .join(unit, evaluation.c.unit_id == unit.c.id)
    .outerjoin(recommendation, recommendation.c.case_id == evaluation.c.case_id)
    .where(evaluation.c.tenant == bindparam("tenant"), evaluation.c.case_id == bindparam("case_id"))
    .order_by(evaluation.c.version)
)


def _of_quarter(table: Any, *columns: Any) -> Any:
    names = ("tenant", "employee_id", "year", "quarter")
    return select(*columns).where(*(table.c[name] == bindparam(name) for name in names))


_realisation = _of_quarter(realisation, realisation)
_assessment = _of_quarter(assessment, assessment)
_evidence = _of_quarter(evidence, evidence).order_by(evidence.c.added_at, evidence.c.id)
_feedback = _of_quarter(feedback, feedback).order_by(feedback.c.given_at)


@dataclass(frozen=True, slots=True)
class EvaluationVersion:
    """One version of an evaluation; only an objection that was granted makes a second."""

    version: int
    case_id: int
    employee_id: int
    employee_name: str
    unit_id: int
    unit_name: str
    year: int
    quarter: int
    score: ScoreResult | None
    work: Rating | None
    behaviour: Rating | None
    predicate: Predicate | None
    work_note: str | None
    behaviour_note: str | None
    justification: str | None
    rater_id: int | None
    is_final: bool
    signed_at: datetime | None
    handed_over_at: datetime | None
    dialogue_on: date | None
    dialogue_note: str | None
    responded_at: datetime | None
    response: str | None
    objection: str | None
    decision: str | None
    decision_note: str | None
    decided_by: int | None
    decided_at: datetime | None
    locked_at: datetime | None

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
class EvidenceFile:
    """A file that proves a result; `size` in bytes, `sha256` in hexadecimal is the address of its content."""

    id: int
    sha256: str
    filename: str
    media_type: str
    size: int
    added_at: datetime
    added_by: int | None


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """One feedback; who gave it is for the appraiser line."""

    relation: str
    is_positive: bool
    text: str
    given_at: datetime
    giver_id: int | None


@dataclass(frozen=True, slots=True)
class ResultView:
    """Everything behind one employee's quarter.

    :param versions: oldest first; empty until the recommendation has been computed.
    :param origins: where each figure of `realised` came from, by indicator code and field.
    :param assessed_by: who entered the rubric levels and behaviour marks of `assessed`.
    :param unit_figures: the unit's own figures of the quarter, such as `ikm`, as the score used them once there is one;
        `unit_origins`: where each came from.
    """

    versions: tuple[EvaluationVersion, ...]
    realised: dict[str, Any]
    assessed: dict[str, Any]
    origins: Mapping[Figure, Origin]
    assessed_by: int | None
    assessed_at: datetime | None
    unit_figures: Mapping[str, Decimal]
    unit_origins: Mapping[str, Origin]
    evidence: tuple[EvidenceFile, ...]
    feedback: tuple[FeedbackRow, ...]
    org: OrgResult | None

    @property
    def latest(self) -> EvaluationVersion | None:
        """The version that holds."""
        return self.versions[-1] if self.versions else None


def view_result(
    read: Connection, actor: Actor, case_id: int, *, employee_id: int, unit_id: int, year: int, quarter: int
) -> ResultView:
    """Return what is behind a case's result; the caller has checked that the actor may see the case."""
    key = {"tenant": actor.tenant, "employee_id": employee_id, "year": year, "quarter": quarter}
    entered = read.execute(_realisation, key).one_or_none()
    assessed = read.execute(_assessment, key).one_or_none()
    realised = read_content(read, entered.content if entered else None)
    rows = read.execute(_versions, {"tenant": actor.tenant, "case_id": case_id}).all()
    # What a score used stays with it: a correction that came later is not what this result came from.
    used = used_figures(read, actor.tenant, rows[0].explanation) if rows else None
    figures = figures_of(read, actor.tenant, unit_id, year, quarter) if used is None else used
    return ResultView(
        tuple(_version(read, row) for row in rows),
        realised,
        read_content(read, assessed.content if assessed else None),
        origins_of(realised, Origin(entered.source, entered.entered_by, entered.entered_at)) if entered else {},
        assessed.entered_by if assessed else None,
        assessed.entered_at if assessed else None,
        {name: item.value for name, item in figures.items()},
        {name: item.origin for name, item in figures.items()},
        tuple(
            EvidenceFile(row.id, row.sha256, row.filename, row.media_type, row.size, row.added_at, row.added_by)
            for row in read.execute(_evidence, key)
        ),
        tuple(
            FeedbackRow(row.relation, row.is_positive, row.text, row.given_at, row.giver_id)
            for row in read.execute(_feedback, key)
        ),
        org_result(read, actor, unit_id=unit_id, year=year, quarter=quarter),
    )


def _version(read: Connection, row: Row[Any]) -> EvaluationVersion:
    return EvaluationVersion(
        version=row.version,
        case_id=row.case_id,
        employee_id=row.employee_id,
        employee_name=row.employee_name,
        unit_id=row.unit_id,
        unit_name=row.unit_name,
        year=row.year,
        quarter=row.quarter,
        score=read_score(read, row.explanation),
        work=_rating(row.work_result),
        behaviour=_rating(row.behaviour),
        predicate=Predicate(row.predicate) if row.predicate else None,
        **{name: getattr(row, name) for name in _SAME},
    )


_SAME = (
    "work_note",
    "behaviour_note",
    "justification",
    "rater_id",
    "is_final",
    "signed_at",
    "handed_over_at",
    "dialogue_on",
    "dialogue_note",
    "responded_at",
    "response",
    "objection",
    "decision",
    "decision_note",
    "decided_by",
    "decided_at",
    "locked_at",
)


def _rating(name: str | None) -> Rating | None:
    return Rating(name) if name else None

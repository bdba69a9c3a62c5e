"""What stands beside the forms of training: what a nomination answers, and how the ranking came about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from engine.queries.task import TaskView
from processes.people.queries.competencies import competencies
from processes.people.queries.names import names_of
from processes.training.parameters import EVALUATION, parameters_on, yearly_hours
from processes.training.queries.catalogue import courses, find_session
from processes.training.variables import EVALUATION as EVALUATION_PROCESS
from processes.training.variables import NOMINATION, SESSION
from webapp.task_forms import FormContext
from webapp.training.dialogue_panel import BESIDE


@dataclass(frozen=True, slots=True)
class NominationFacts:
    """Who is nominated for what, and why.

    :param gap: levels missing in `competency`; 0 without a gap.
    """

    person: str
    course: str
    hours: int
    first_day: date
    last_day: date
    place: str
    competency: str
    gap: int
    performance_gap: Decimal
    hours_so_far: int
    wanted: int
    proposer: str
    reason: str


@dataclass(frozen=True, slots=True)
class RankedFacts:
    """One of the ranking, with what the score was made of."""

    place: int
    person: str
    gap: int
    performance_gap: Decimal
    hours: int
    score: Decimal


@dataclass(frozen=True, slots=True)
class RankingFacts:
    """A ranking that waits to be confirmed: the seats, and everybody's score."""

    course: str
    free: int
    seed: str
    rows: tuple[RankedFacts, ...]


@dataclass(frozen=True, slots=True)
class AttendanceFacts:
    """The session whose attendance is recorded, and what a certificate and a competency need."""

    session: int
    course: str
    least_share: Decimal
    least_post_test: Decimal


@dataclass(frozen=True, slots=True)
class ImpactFacts:
    """What is known of a training besides the figures of level 4.

    :param measure: of level 3, as it was taken over; empty where no figure was.
    """

    is_applied: bool
    measure: str
    before: Decimal
    after: Decimal


def read_nomination(context: FormContext, view: TaskView) -> NominationFacts:
    """Return what a nomination answers, as it was found when it was made."""
    del view
    given, facts = context.variables, context.variables["facts"]
    session = find_session(context.read, context.tenant, int(given["session"]["id"]))
    course = courses(context.read, context.tenant)[session.course]
    names = names_of(context.read, context.actor, (given["employee"], given["proposed_by"]))
    known = competencies(context.read, context.tenant).get(facts["competency"] or "")
    return NominationFacts(
        names.get(given["employee"], ""),
        course.name(context.language),
        course.hours,
        session.first_day,
        session.last_day,
        session.place,
        known.name(context.language) if known is not None else "",
        int(facts["gap"]),
        Decimal(facts["performance_gap"]),
        int(facts["hours"]),
        yearly_hours(context.today),
        names.get(given["proposed_by"], ""),
        given["reason"] or "",
    )


def read_ranking(context: FormContext, view: TaskView) -> RankingFacts:
    """Return the ranking of a session, place by place."""
    del view
    ranking: Mapping[str, Any] = context.variables["ranking"]
    session = find_session(context.read, context.tenant, int(context.variables["session"]))
    names = names_of(context.read, context.actor, (row["employee"] for row in ranking["rows"]))
    return RankingFacts(
        courses(context.read, context.tenant)[session.course].name(context.language),
        int(ranking["free"]),
        ranking["seed"],
        tuple(
            RankedFacts(
                int(row["place"]),
                names.get(row["employee"], ""),
                int(row["gap"]),
                Decimal(row["performance_gap"]),
                int(row["hours"]),
                Decimal(row["score"]),
            )
            for row in ranking["rows"]
        ),
    )


def read_attendance(context: FormContext, view: TaskView) -> AttendanceFacts:
    """Return the session, and the limits that hold for it."""
    del view
    session = find_session(context.read, context.tenant, int(context.variables["session"]))
    limits = parameters_on(context.read, context.tenant, EVALUATION, context.today, city=context.city).values
    course = courses(context.read, context.tenant)[session.course]
    return AttendanceFacts(session.id, course.name(context.language), limits["least_share"], limits["least_post_test"])


__all__ = ["BESIDE", "READERS"]


def read_impact(context: FormContext, view: TaskView) -> ImpactFacts:
    """Return whether what was learnt is applied, and the unit's figure of level 3."""
    del view
    taken = (context.variables.get("figures") or {}).get("behaviour") or {}
    numbers = (Decimal(taken.get(name) or 0) for name in ("before", "after"))
    return ImpactFacts(bool(context.variables["applied"]["is_applied"]), taken.get("measure", ""), *numbers)


#: What stands beside the forms of a nomination and of a session.
READERS = {
    (NOMINATION, "training_approval"): read_nomination,
    (NOMINATION, "training_review"): read_nomination,
    (NOMINATION, "training_confirm"): read_nomination,
    (SESSION, "training.choose"): read_ranking,
    (SESSION, "training.attendance"): read_attendance,
    (EVALUATION_PROCESS, "training.impact"): read_impact,
}

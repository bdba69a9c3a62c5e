"""What stands beside the forms of training: what a nomination answers, and how the ranking came about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from engine.queries.task import TaskView
from processes.people.queries.competencies import competencies
from processes.people.queries.names import names_of
from processes.training.parameters import yearly_hours
from processes.training.queries.catalogue import courses, find_session
from processes.training.variables import NOMINATION, SESSION
from webapp.task_forms import FormContext


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


#: What stands beside the forms of a nomination and of a session.
READERS = {
    (NOMINATION, "training_approval"): read_nomination,
    (NOMINATION, "training_review"): read_nomination,
    (NOMINATION, "training_confirm"): read_nomination,
    (SESSION, "training.choose"): read_ranking,
}

"""Reads all that stands behind an employee's result, in one snapshot."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engine.casework import CaseSubject, variables_of
from engine.errors import CaseDamaged, NotFound
from engine.policy.actor import Actor
from engine.queries.case import CaseView, HistoryStep, view_case
from processes.appraisal.facts import indicators_of
from processes.appraisal.queries.readers import sees_notes
from processes.appraisal.queries.result import ResultView, view_result
from processes.appraisal.variables import EMPLOYEE_PROCESS, EmployeeCase, read_case
from processes.people.city import City, CityError, Indicator
from processes.people.queries import find_employee, find_unit
from processes.people.queries.names import names_of
from webapp.case_files import CaseFile, case_files
from webapp.wiring import Alur


@dataclass(frozen=True, slots=True)
class SeenResult:
    """A result as one reader may see it.

    :param indicators: of the position by the rule the case is pinned to; empty where that rule is gone.
    :param names: of everybody named on the page, by key.
    :param rule_name: whose rule computed the value, such as the city's name; empty where it is the nation's.
    :param rated_by: who confirmed the ratings, and when in `rated_at`; None before.
    :param doers: who did a step of the case, by element, and on whose behalf in `behalf` where it was delegated.
    :param evidence: the files that prove results, as they are downloaded.
    :param is_taken_over: the superior rated in the place of an appraiser who let the time pass.
    :param sees_notes: the reader may read who gave which feedback.
    :param respond_token: the reader's own open task to accept or object, with its last day in `respond_due`.
    """

    case: CaseSubject
    facts: EmployeeCase
    employee: str
    nip: str
    unit: str
    result: ResultView
    indicators: tuple[Indicator, ...]
    names: Mapping[int, str]
    rule_name: str
    rated_by: int | None
    rated_at: datetime | None
    doers: Mapping[str, int]
    behalf: Mapping[str, int]
    is_taken_over: bool
    evidence: tuple[CaseFile, ...]
    sees_notes: bool
    is_own: bool
    respond_token: int | None
    respond_due: date | None

    @property
    def is_released(self) -> bool:
        """The result has reached the employee, or the reader is not the employee."""
        latest = self.result.latest
        return latest is not None and (not self.is_own or latest.handed_over_at is not None)


def read_result(read: Any, actor: Actor, alur: Alur, case_id: int) -> SeenResult:
    """Return what is behind the result of a case.

    :raise NotFound: the case does not exist, is not for this reader, or is no employee's evaluation.
    """
    view = view_case(read, actor, case_id)
    alur.engine.policy.require(actor, "result:view", view.case, read)
    if view.case.process != EMPLOYEE_PROCESS:
        raise NotFound()
    # The state of a case that has ended is gone; what it started with stands in its journal.
    facts = read_case(_begun_with(view))
    result = view_result(
        read, actor, case_id, employee_id=facts.employee, unit_id=facts.unit, year=facts.year, quarter=facts.quarter
    )
    city, employee = alur.directory.city(actor.tenant), find_employee(read, actor.tenant, facts.employee)
    rated = next((step for step in reversed(view.history) if _confirms_ratings(step)), None)
    doers, behalf = doers_of(view.history), principals_of(view.history)
    answer = next((task for task in view.waiting if task.element == "respond"), None)
    return SeenResult(
        case=view.case,
        facts=facts,
        employee=employee.name,
        nip=employee.nip,
        unit=find_unit(read, actor.tenant, facts.unit).name,
        result=result,
        indicators=_indicators(city, facts),
        names=names_of(read, actor, _people(result, view)),
        rule_name=city.info.name if facts.rule.id == city.info.code else "",
        rated_by=rated.actor if rated is not None else None,
        rated_at=rated.at if rated is not None else None,
        doers=doers,
        behalf=behalf,
        is_taken_over=_is_taken_over(facts, result, view, behalf),
        evidence=_evidence(result, view),
        sees_notes=sees_notes(read, actor, view.case),
        is_own=actor.person == facts.employee,
        respond_token=answer.token if answer is not None and answer.assignee == actor.person else None,
        respond_due=answer.due if answer is not None else None,
    )


def _begun_with(view: CaseView) -> Mapping[str, Any]:
    """Return what a case was started with; where that entry is damaged, what it knows now.

    :raise CaseDamaged: neither can be read.
    """
    begun = view.history[0].data.get("variables") if view.history else None
    if begun is None and view.case.state is None:
        raise CaseDamaged(case_id=view.case.id)
    return variables_of(view.case) if begun is None else begun


def doers_of(history: Sequence[HistoryStep]) -> dict[str, int]:
    """Return who completed each task, by element; of several times the last."""
    done = (step for step in history if step.kind == "complete")
    return {step.element: step.actor for step in done if step.element and step.actor is not None}


def principals_of(history: Sequence[HistoryStep]) -> dict[str, int]:
    """Return on whose behalf tasks were done, by element, where whoever was asked had delegated them.

    Who was given the task of somebody who has left, or rates by a corrected line, does it in his own name.
    """
    asked: dict[int | None, int] = {}
    found: dict[str, int | None] = {}
    for step in history:
        if step.kind == "delegate" and step.actor is not None:
            asked.setdefault(step.data["token"], step.data["from"])
        elif step.kind == "delegate":
            asked.pop(step.data["token"], None)
        elif step.kind == "reassign":
            asked.clear()
        elif step.kind == "complete" and step.element:
            found[step.element] = asked.get(step.token) if asked.get(step.token) != step.actor else None
    return {element: person for element, person in found.items() if person is not None}


def _is_taken_over(facts: EmployeeCase, result: ResultView, view: CaseView, behalf: Mapping[str, int]) -> bool:
    """Say whether a case went from its first appraiser to the superior: with nobody above it goes back to him."""
    signer = result.versions[0].rater_id if result.versions else None
    return "escalate_rater" in view.passed and behalf.get("sign", signer) != facts.rated_by


def _evidence(result: ResultView, view: CaseView) -> tuple[CaseFile, ...]:
    """Return the case's files that count as evidence: with a step may come others, such as to an objection."""
    counted = {(file.sha256, file.filename) for file in result.evidence}
    return tuple(file for file in case_files(view) if (file.sha256, file.filename) in counted)


def _confirms_ratings(step: HistoryStep) -> bool:
    return step.kind == "complete" and step.element == "confirm_ratings"


def _indicators(city: City, facts: EmployeeCase) -> tuple[Indicator, ...]:
    try:
        return indicators_of(city, facts)
    except CityError:
        # An old result must stay readable when its rule is not installed any more: its lines carry their names.
        return ()


def _people(result: ResultView, view: CaseView) -> Iterator[int | None]:
    for version in result.versions:
        yield from (version.rater_id, version.decided_by)
    yield from (origin.person for origin in (*result.origins.values(), *result.unit_origins.values()))
    yield result.assessed_by
    yield from (*doers_of(view.history).values(), *principals_of(view.history).values())
    yield from (file.added_by for file in result.evidence)
    yield from (feedback.giver_id for feedback in result.feedback)
    if result.org is not None:
        yield result.org.set_by
    yield from (task.assignee for task in view.waiting)

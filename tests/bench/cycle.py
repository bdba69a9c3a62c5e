"""An appraisal cycle of 22 elements in both languages: revision loop, assessors, decision table, objection, silence."""

from datetime import date
from decimal import Decimal
from typing import Any

from processes.appraisal.definitions import release_files
from processes.appraisal.variables import EMPLOYEE_PROCESS
from tests.bench.story import NOTE, Step, Story
from tests.bench.twins import (
    Twins,
    catch_message,
    catch_timer,
    decision,
    diagram,
    each,
    flow,
    path,
    same,
    script,
    user,
)
from tests.unit.engine import diagrams

PROCESS = "cycle"
TABLE = "performance_predicate"
ASSESSORS = 5
_RESULTS = {"assess": "assessment"}  # of a task that does not name its variable after itself


def write_cycle() -> Twins:
    """Return the diagram: 9 tasks of people, of which one is done by every assessor."""
    return diagram(PROCESS, *_elements(), *_flows())


def _elements() -> tuple[Twins, ...]:
    average = "sum(for one in assessments return one.score) / count(assessments)"
    return (
        same(diagrams.start("opened")),
        *(user(name) for name in ("plan", "review", "realisation", "self_review", "ratings", "sign", "handle", "file")),
        user("assess", "assessment", each("assessors", "assessor", "assessments", "assessment")),
        script("target", "target", "plan.target * 4", "plan['target'] * 4"),
        decision("predicate", TABLE),
        script("mean", "mean", average, "sum(x['score'] for x in assessments) / 5"),
        same(diagrams.gateway("exclusive", "is_agreed", "is_agreed-split")),
        *(same(diagrams.gateway("exclusive", name)) for name in ("again", "close")),
        *(same(diagrams.gateway("parallel", name)) for name in ("split", "join")),
        same('<bpmn:eventBasedGateway id="silence_or_not" />'),
        catch_message("objection"),
        catch_timer("silence", "P14D"),
        same(diagrams.end("closed")),
    )


def _flows() -> tuple[Twins, ...]:
    return (
        path("opened", "again", "plan", "review", "is_agreed", "split"),
        flow("is_agreed", "again", 'review.answer = "revise"', "review['answer'] == 'revise'"),
        path("split", "realisation", "target", "join"),
        path("split", "assess", "mean", "join"),
        path("split", "self_review", "join"),
        path("join", "ratings", "predicate", "sign", "silence_or_not", "objection", "handle", "close"),
        path("silence_or_not", "silence", "close", "file", "closed"),
    )


def decision_tables() -> tuple[str, str]:
    """Return the nine rules as Alur and as SpiffWorkflow read them."""
    ours = release_files(EMPLOYEE_PROCESS)[f"{TABLE}.dmn"].decode()
    return ours, ours.replace("ratings.work", "ratings['work']").replace("ratings.behaviour", "ratings['behaviour']")


def cycle_story() -> Story:
    """Return a cycle with one revision and an objection: 16 steps of people and one message."""
    review = {"answer": "revise", "note": NOTE}
    goals = {f"goal_{number}": NOTE for number in range(8)}
    assessment = {"score": Decimal(4), "note": NOTE}
    ratings = {"work": "SESUAI_EKSPEKTASI", "behaviour": "DIATAS_EKSPEKTASI", "note": NOTE}
    steps: list[tuple[str, dict[str, Any]]] = [
        ("plan", {"target": Decimal(90), **goals}),
        ("review", review),
        ("plan", {"target": Decimal(100), **goals}),
        ("review", {**review, "answer": "agree"}),
        ("realisation", {"value": Decimal(95), "note": NOTE}),
        ("self_review", {"note": NOTE}),
        *[("assess", assessment)] * ASSESSORS,
        ("ratings", ratings),
        ("sign", {"signed_on": date(2026, 12, 1), "note": NOTE}),
    ]
    people = tuple(Step(element, answers, _RESULTS.get(element, element)) for element, answers in steps)
    ending = (
        Step("objection", {"reason": NOTE}),
        Step("handle", {"outcome": "keep", "reason": NOTE}, "handle"),
        Step("file", {"shelf": "A-12"}, "file"),
    )
    variables = {"employee": 1, "year": 2026, "assessors": [11, 12, 13, 14, 15]}
    return Story(PROCESS, variables, (*people, *ending))

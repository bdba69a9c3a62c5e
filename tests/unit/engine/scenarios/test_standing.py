"""Where the case of a scenario stands: what it waits for, what it asks of services, how it came there."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from engine.scenarios import Complete, Happening, Pass, Scenario, Step, Waits, look
from tests.unit.engine.scenarios.ways import release_of, scenarios_of

UNIT, NOMINATION = "unit_evaluation", "training_nomination"


def unit(*steps: Step, **changed: Any) -> Scenario:
    """A unit's evaluation in which so much has happened."""
    return replace(scenarios_of(UNIT)["unit_set_in_time"], steps=steps, **changed)


def test_a_task_says_who_is_asked_until_when() -> None:
    standing = look(release_of(UNIT), unit())

    task, timer = standing.points
    assert (task.waits, task.element) == (Waits.TASK, "set_org_predicate")
    assert task.task is not None
    assert (task.task.assignee, task.task.due) == (31, date(2026, 10, 12))
    assert (timer.waits, timer.due) == (Waits.TIMER, datetime(2026, 10, 12, 17, tzinfo=UTC))
    assert standing.next_timer == timer.due


def test_a_service_without_an_answer_is_asked_for_with_what_it_is_given() -> None:
    standing = look(release_of(UNIT), unit(Complete("set_org_predicate", {"predicate": "BAIK"}), services={}))

    (point,) = standing.unanswered
    assert point.call is not None
    assert (point.element, point.call.service) == ("record_org_predicate", "appraisal.record_org_predicate")
    assert standing.expectation().failed == ("record_org_predicate",)


def test_a_failing_service_waits_for_mending_and_says_why() -> None:
    failing = {"appraisal.record_org_predicate": [{"fails": "no network"}]}
    done = Complete("set_org_predicate", {"predicate": "BAIK"})

    (point,) = look(release_of(UNIT), unit(done, services=failing)).points

    assert point.waits is Waits.MENDING
    assert "no network" in (point.reason or "")


def test_the_story_names_what_moved_the_case_and_what_it_would_have_sent() -> None:
    scenario = scenarios_of(UNIT)["unit_set_in_time"]
    standing = look(release_of(UNIT), scenario)

    assert [move.happening for move in standing.moves] == [Happening.BEGINS, Happening.COMPLETE, Happening.TIMER]
    assert [call.service for call in standing.moves[1].calls] == ["appraisal.record_org_predicate"]
    assert [message.message for message in standing.moves[1].sent] == ["org_predicate_set"]
    assert standing.has_ended
    assert standing.points == ()


def test_the_story_names_the_rules_that_applied() -> None:
    scenario = scenarios_of(NOMINATION)["no_gap"]

    decided = [one for move in look(release_of(NOMINATION), scenario).moves for one in move.decided]

    assert [(one.decision, one.answer.tables[0].fired) for one in decided] == [("training_eligibility", ("no_gap",))]


def test_a_step_that_the_case_does_not_offer_is_said_and_ends_the_play() -> None:
    standing = look(release_of(UNIT), unit(Complete("justify"), Complete("set_org_predicate")))

    assert standing.problem is not None
    assert standing.problem.element == "steps[0]"
    assert standing.waiting == ("set_org_predicate",)


def test_time_that_has_no_end_is_said() -> None:
    standing = look(release_of(UNIT), unit(Pass(lasts=timedelta(days=3_000_000))))

    assert standing.problem is not None
    assert standing.problem.code == "endless"


def test_chosen_variables_belong_to_what_is_expected() -> None:
    expected = look(release_of(UNIT), unit()).expectation(["head", "nothing"])

    assert expected.variables == {"head": Decimal(21)}
    assert (expected.ended, expected.at, expected.sent) == (False, ("set_org_predicate",), None)

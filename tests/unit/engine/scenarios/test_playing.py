"""A scenario is played by the real diagram, and says where it does not go as it is written."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, cast

import pytest

from engine.bpmn.check import Catalogue
from engine.bpmn.release import Release, compile_release
from engine.scenarios import (
    Expectation,
    GivenUp,
    Pass,
    Played,
    Scenario,
    ScenarioRefused,
    coverage_of,
    look,
    play,
    read_scenario,
    with_expectation,
)
from engine.scenarios.script import Hear
from processes.appraisal.definitions import catalogue, release_files
from tests.unit.engine.bpmn.drawings import DEFINED
from tests.unit.engine.diagrams import boundary_timer, catch, end, gateway, path, script, start, text, user

UNIT = "unit_evaluation"
SERVICES: dict[str, Any] = {
    "appraisal.record_org_predicate": [{"predicate": "BAIK"}],
    "appraisal.review_distribution": [{"warnings": []}],
}
START = {"head": 21, "head_superior": 31, "deputy": 32, "org_key": "5:2026-3"}
SET = {"complete": "set_org_predicate", "answers": {"predicate": "BAIK"}}


@pytest.fixture(scope="module")
def release() -> Release:
    return compile_release(release_files(UNIT), catalogue())


def written(*steps: dict[str, Any], services: dict[str, Any] = SERVICES, **expected: Any) -> dict[str, Any]:
    """A scenario of the unit's evaluation."""
    start = {**START, "org_due": date(2026, 10, 12), "window_end": date(2026, 10, 30)}
    at = "2026-10-05T08:00:00+07:00"
    return {"process": UNIT, "at": at, "start": start, "services": services, "steps": list(steps), "expect": expected}


def played(release: Release, content: dict[str, Any]) -> Played:
    return play(release, read_scenario(content))


def codes(release: Release, content: dict[str, Any]) -> list[tuple[str, str]]:
    return [(problem.element, problem.code) for problem in played(release, content).problems]


def test_a_case_goes_as_far_as_the_scenario_takes_it(release: Release) -> None:
    assert codes(release, written(at=["set_org_predicate"], ended=False)) == []
    assert codes(release, written(SET, at=["ratings_over"], sent=["org_predicate_set"])) == []


def test_timers_fire_when_their_time_comes(release: Release) -> None:
    assert codes(release, written({"wait": "P7D"}, at=["set_org_predicate"])) == []
    assert codes(release, written({"wait": "P8D"}, at=["set_by_deputy"])) == []
    assert codes(release, written(SET, {"until": "2026-12-01T08:00:00+07:00"}, ended=True)) == []


def test_what_is_not_as_expected_is_said_part_by_part(release: Release) -> None:
    found = codes(release, written(SET, ended=True, at=[], sent=[], variables={"head": 22}))

    assert found == [("ended", "differs"), ("at", "differs"), ("sent", "differs"), ("variables.head", "differs")]


def test_a_step_that_the_case_does_not_offer_ends_the_scenario(release: Release) -> None:
    (problem,) = played(release, written({"complete": "justify"}, ended=True)).problems

    assert (problem.element, problem.code) == ("steps[0]", "nothing_there")
    assert "set_org_predicate" in problem.message("id")


def test_nothing_happens_to_a_case_that_has_ended(release: Release) -> None:
    late = {"until": "2026-12-01T08:00:00+07:00"}

    assert codes(release, written(SET, late, {"message": "org_predicate_set"})) == [("steps[2]", "nothing_there")]


def test_a_service_without_an_answer_is_an_incident_that_nobody_expects(release: Release) -> None:
    (problem,) = played(release, written(SET, services={})).problems

    assert problem.code == "differs"
    assert "appraisal.record_org_predicate" in problem.message("en")
    (failed,) = cast(Sequence[tuple[str, str]], problem.params["failed"])
    assert failed[0] == "record_org_predicate"


def test_an_expected_failure_may_be_tried_again(release: Release) -> None:
    flaky = {**SERVICES, "appraisal.record_org_predicate": [{"fails": "no network"}, {"predicate": "BAIK"}]}

    assert codes(release, written(SET, services=flaky, failed=["record_org_predicate"])) == []
    assert codes(release, written(SET, {"retry": "record_org_predicate"}, services=flaky, at=["ratings_over"])) == []


def test_an_error_of_the_process_carries_whatever_names_its_payload_has(release: Release) -> None:
    thrown = {**SERVICES, "appraisal.record_org_predicate": [{"throws": "X", "payload": {"error_code": 1, "self": 2}}]}

    (problem,) = played(release, written(SET, services=thrown)).problems

    assert problem.code == "differs"


def test_everybody_who_waits_for_a_message_hears_it() -> None:
    ways = path("begin", "fork", "one", "join", "done") + path("fork", "two", "join")
    parts = start(), gateway("parallel", "fork"), catch("one", '"k"'), catch("two", '"k"'), gateway("parallel", "join")
    known = text(*parts, end(), ways).replace("<bpmn:process ", f"{DEFINED}<bpmn:process ", 1)
    release = compile_release({"test.bpmn": known.encode()}, Catalogue())

    standing = look(release, plain(Hear("news", "k", {})))

    assert standing.problem is None and standing.has_ended


def test_a_start_event_that_is_not_there_is_said(release: Release) -> None:
    assert ("start_event", "nothing_there") in codes(release, {**written(), "start_event": "nope"})


def test_a_play_with_too_many_rounds_is_stopped_and_says_so() -> None:
    again = '<bpmn:standardLoopCharacteristics loopMaximum="10000"><bpmn:loopCondition>true</bpmn:loopCondition>'
    looped = script("count", "n", "1").replace(
        "</bpmn:scriptTask>", f"{again}</bpmn:standardLoopCharacteristics></bpmn:scriptTask>"
    )
    release = compiled(start(), looped, end(), path("begin", "count", "done"))

    (problem,) = play(release, plain()).problems

    assert (problem.element, problem.code) == ("start", "too_long")
    assert "terlalu lama" in problem.texts["id"]
    assert "too long" in problem.texts["en"]
    with pytest.raises(GivenUp):
        with_expectation(release, plain())


def test_a_play_stops_when_the_time_for_it_is_over() -> None:
    ticks = boundary_timer("tick", "write", "R/PT1H", interrupting=False, kind="timeCycle")
    release = compiled(start(), user("write", "11"), ticks, end(), path("begin", "write", "done"), path("tick", "done"))
    days = plain(Pass(lasts=timedelta(days=2)))
    assert len(look(release, days).moves) == 49
    asked = iter([False] * 40)

    standing = look(release, days, lambda: next(asked, True))

    assert standing.problem is not None
    assert (standing.problem.element, standing.problem.code) == ("tick", "out_of_time")
    assert 1 < len(standing.moves) < 49
    assert [problem.code for problem in play(release, days, lambda: True).problems] == ["out_of_time"]


def compiled(*parts: str) -> Release:
    return compile_release({"test.bpmn": text(*parts).encode()}, Catalogue(frozenset(), frozenset({"any"})))


def plain(*steps: Pass | Hear) -> Scenario:
    return Scenario("test", {}, datetime(2026, 10, 5, tzinfo=UTC), {}, steps, Expectation())


def test_a_play_that_takes_its_time_is_stopped_and_the_next_one_goes_on(release: Release) -> None:
    scenario = read_scenario(written(at=["set_org_predicate"]))

    (problem,) = play(release, scenario, seconds=-1.0).problems

    assert (problem.element, problem.code) == ("start", "too_long")
    assert play(release, scenario).problems == ()


def test_working_days_are_counted_without_the_holidays_that_the_scenario_names() -> None:
    counted = script("count", "day", 'working days after(date("2026-08-14"), 1)')
    release = compiled(start(), counted, end(), path("begin", "count", "done"))

    days = {look(release, replace(plain(), holidays=known)).variables["day"] for known in ((), (date(2026, 8, 17),))}

    assert days == {date(2026, 8, 17), date(2026, 8, 18)}


def test_scenarios_add_up_to_what_they_walk(release: Release) -> None:
    in_time = played(release, written(SET)).walk
    late = played(release, written({"wait": "P8D"})).walk

    in_time.add(late)

    coverage = coverage_of(release, in_time)
    assert {"set_org_predicate", "set_late", "announce"} <= in_time.nodes
    assert "set_by_deputy" in coverage.nodes.missing
    assert "flow_set_late__set_by_deputy" in in_time.flows
    assert coverage.flows.walked == len(in_time.flows)
    assert 0 < coverage.share < 1


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"steps": [{"completes": "x"}]}, "steps[0]"),
        ({"steps": [{"complete": "x", "answer": {}}]}, "steps[0]"),
        ({"steps": [{"complete": "x", "place": -1}]}, "steps[0].place"),
        ({"steps": [{"wait": "a week"}]}, "steps[0].wait"),
        ({"steps": [{"until": "soon"}]}, "steps[0].until"),
        ({"steps": {}}, "steps"),
        ({"at": "yesterday"}, "at"),
        ({"holidays": ["soon"]}, "holidays"),
        ({"holidays": "2026-08-17"}, "holidays"),
        ({"holidays": ["2026-08-17"] * 1001}, "holidays"),
        ({"process": ""}, "process"),
        ({"expect": {"end": True}}, "expect"),
        ({"expect": {"ended": "yes"}}, "expect.ended"),
        ({"services": {"a.b": {}}}, "services.a.b"),
        ({"services": {"a.b": [1, {"throws": "X", "payload": 5}]}}, "services.a.b[1].payload"),
        ({"services": {"a.b": [{"throws": "X", "payload": None}]}}, "services.a.b[0].payload"),
        ({"at": "2026-01-05T08:00:00", "zone": "WIB"}, "zone"),
        ({"at": "2026-01-05T08:00:00", "zone": 7}, "zone"),
        ({"at": "2026-01-05T08:00:00", "zone": "../Jakarta"}, "zone"),
        ({"at": "0001-01-01T00:00:00+07:00"}, "at"),
        ({"at": "0001-01-01"}, "at"),
        ({"steps": [{"until": "9999-12-31T23:00:00-07:00"}]}, "steps[0].until"),
        ({"steps": [{"complete": "x", "place": Decimal("1E+999999999")}]}, "steps[0].place"),
        ({"steps": [{"message": "x", "key": {}}]}, "steps[0].key"),
        ({"expect": {"at": [1, "a"]}}, "expect.at"),
        ({"expect": {"failed": [None, "a"]}}, "expect.failed"),
        ({"expect": {"sent": [["a"]]}}, "expect.sent"),
        ({"start_event": ["begin"]}, "start_event"),
        ({"start": {"name": "\ud800"}}, ""),
        ({"start": {"share": float("nan")}}, ""),
        ({"start": []}, "start"),
        ({"unknown": 1}, ""),
    ],
)
def test_what_is_no_scenario_is_refused_with_its_place(change: dict[str, Any], where: str) -> None:
    with pytest.raises(ScenarioRefused) as refused:
        read_scenario({**written(), **change})

    assert refused.value.problem.element == where
    assert refused.value.problem.texts["id"]

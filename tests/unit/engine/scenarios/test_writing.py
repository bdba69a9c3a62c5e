"""A scenario that is written is read as the same scenario, in the same bytes."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from engine.errors import Problem
from engine.scenarios import Pass, Scenario, check_scenarios, play, read_file, scenario_bytes, with_expectation
from tests.unit.engine.scenarios.ways import all_ways, release_of, scenarios_of

UNIT = "unit_evaluation"


def test_every_shipped_scenario_is_written_as_it_was_read() -> None:
    for _release, name, scenario in all_ways():
        written = scenario_bytes(scenario)
        assert read_file(written) == scenario, name
        assert scenario_bytes(read_file(written)) == written, name


def test_what_is_written_is_laid_out_as_json_is_usually() -> None:
    scenario = scenarios_of(UNIT)["unit_set_in_time"]

    written = scenario_bytes(scenario).decode()

    assert written == json.dumps(json.loads(written), ensure_ascii=False, indent=2) + "\n"


def test_numbers_stay_exact_and_spans_are_kept() -> None:
    plain = scenarios_of(UNIT)["unit_set_in_time"]
    scenario = Scenario(
        plain.process, {}, plain.begins, {"share": Decimal("0.10")}, (Pass(timedelta(days=8)),), plain.expect
    )

    assert b'"share": 0.10' in scenario_bytes(scenario)
    assert read_file(scenario_bytes(scenario)).steps == (Pass(timedelta(days=8)),)


def test_holidays_are_kept_in_their_order_and_once() -> None:
    plain = scenarios_of(UNIT)["unit_set_in_time"]
    days = (date(2026, 8, 17), date(2026, 12, 25))
    written = scenario_bytes(replace(plain, holidays=days)).decode()

    assert read_file(written).holidays == days
    twice = written.replace('"2026-08-17"', '"2026-12-25",\n    {"$date": "2026-08-17"}')
    assert read_file(twice).holidays == days


def test_a_scenario_can_expect_what_comes_of_it_now() -> None:
    release, scenario = release_of(UNIT), scenarios_of(UNIT)["unit_set_in_time"]
    shorter = Scenario(scenario.process, {}, scenario.begins, scenario.start, (), scenario.expect)
    assert play(release, shorter).problems

    renewed = with_expectation(release, shorter, ["head"])

    assert renewed.expect.at == ("set_org_predicate",)
    assert renewed.expect.variables == {"head": Decimal(21)}
    assert play(release, renewed).problems == ()


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"{", "scenarios/x.json"),
        (b"[]", "scenarios/x.json"),
        (b"\xff", "scenarios/x.json"),
        (b'{"process": "unit_evaluation", "at": {"$date": "never"}}', "scenarios/x.json"),
        (b'{"process": "unit_evaluation", "at": "2026-01-05T08:00:00+07:00", "steps": {}}', "scenarios/x.json"),
        (b"[" * 100_000, "scenarios/x.json"),
        (b'{"start": ' + b"[" * 100 + b"]" * 100 + b"}", "scenarios/x.json"),
    ],
)
def test_a_file_that_is_no_scenario_is_named(content: bytes, place: str) -> None:
    (found,) = check_scenarios({"scenarios/x.json": content, "forms/x.json": b"{"}, UNIT)

    assert (found.element, found.severity, found.params["file"]) == (place, "error", place)
    assert found.texts["id"]


def test_a_scenario_of_another_process_is_named_and_a_good_one_is_not() -> None:
    good = scenario_bytes(scenarios_of(UNIT)["unit_set_in_time"])

    assert check_scenarios({"scenarios/x.json": good}, UNIT) == ()
    assert _codes(check_scenarios({"scenarios/x.json": good}, "other")) == ["scenario_of_other"]


def _codes(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.code for problem in problems]

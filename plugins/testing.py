"""The kit every city must pass: subclass `CityContract` in the city's own tests; `-p plugins.testing` adds a header.

class TestSerang(CityContract):
    plugin = alur_serang
    golden = Path(__file__).with_name("cases.json")
"""

# ruff: noqa: D102 - a test's name is its sentence

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from plugins import conformance
from plugins.conformance import Monotonic, Subject
from plugins.manager import Cities, CityPlugin
from plugins.samples import random_requests
from processes.appraisal.rules import ScoreRequest, rating_matrix, show_number, to_plain
from processes.people.city import CityInfo, Text

__all__ = ["CityContract", "Monotonic", "connected", "fingerprint", "pytest_report_header"]

#: Another hash seed and another time zone than any here: order of sets and local time must not matter.
OTHER_PROCESS = {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Chatham"}
_UNSTEADY = Text("hasil bergantung pada hash seed atau zona waktu", "results depend on hash seed or time zone")


def pytest_report_header() -> str:
    """Say at the head of a test run which cities are installed, and which of them are broken."""
    entries = Cities.installed().entries
    return "alur cities: " + ", ".join(entry.code if entry.plugin else f"{entry.code} (broken)" for entry in entries)


class CityContract:
    """What a city promises. Set `plugin`; `golden` names a file of cases with known results; `monotonic` more promises.

    A case is `{"request": ..., "expected": {"value", "result", "behaviour", "predicate", "detail"}}`, numbers shown to
    two places, `detail` by indicator code.
    """

    plugin: ModuleType
    golden: Path | None = None
    monotonic: tuple[Monotonic, ...] = ()

    @classmethod
    def subject(cls) -> Subject:
        """Return the plugin, connected as the manager does it."""
        return _connected(cls.plugin)

    def test_source_imports_the_api_only_and_does_not_reach_outside(self) -> None:
        _expect_none(conformance.check_source(self.subject()))

    def test_weights_sum_to_100_and_names_are_in_both_languages(self) -> None:
        _expect_none(conformance.check_sets(self.subject()))

    def test_every_position_set_passes_the_plan_rules(self) -> None:
        _expect_none(conformance.check_plans(self.subject()))

    def test_forms_can_be_built_and_ask_for_every_number(self) -> None:
        _expect_none(conformance.check_forms(self.subject()))

    def test_parameters_name_their_source_and_do_not_overlap(self) -> None:
        _expect_none(conformance.check_parameters(self.subject()))

    def test_every_published_rule_version_still_works(self) -> None:
        _expect_none(conformance.check_versions(self.subject()))

    def test_a_thousand_random_inputs_score_within_bounds_and_the_same_twice(self) -> None:
        _expect_none(conformance.check_random(self.subject()))

    def test_text_in_the_citys_colours_can_be_read_in_light_and_dark(self) -> None:
        _expect_none(conformance.check_colours(self.subject()))

    def test_arguments_are_not_changed(self) -> None:
        _expect_none(conformance.check_arguments(self.subject()))

    def test_no_file_network_clock_or_random_number_is_used(self) -> None:
        _expect_none(conformance.check_outside(self.subject()))

    def test_a_score_is_quick(self) -> None:
        _expect_none(conformance.check_speed(self.subject()))

    def test_the_value_follows_the_numbers_it_promises_to_follow(self) -> None:
        subject = self.subject()
        problems = [problem for promise in self.monotonic for problem in conformance.check_monotonic(subject, promise)]
        _expect_none(problems)

    def test_golden_cases_score_to_the_second_decimal(self) -> None:
        cases = json.loads(self.golden.read_text("utf-8")) if self.golden else {}
        city = self.subject().city
        _expect_none([problem for name, case in cases.items() for problem in _case_problems(city, name, case)])

    def test_another_process_gives_the_same_answers(self) -> None:
        here = fingerprint(self.subject())
        paths = os.pathsep.join(path for path in sys.path if path)
        code = (
            f"import {self.plugin.__name__} as plugin; from plugins import testing; "
            "print(testing.fingerprint(testing.connected(plugin)))"
        )
        there = subprocess.run(  # our own interpreter, a fixed program
            [sys.executable, "-c", code],
            env={**os.environ, **OTHER_PROCESS, "PYTHONPATH": paths},
            capture_output=True,
            text=True,
            check=True,
        )
        _expect_none([] if there.stdout.strip() == here else [_UNSTEADY])


def connected(plugin: ModuleType) -> Subject:
    """Return a plugin module connected without its distribution being installed."""
    info: object = plugin.asn_city_info()
    if not isinstance(info, CityInfo):
        raise AssertionError("asn_city_info does not give a CityInfo")
    return Subject(plugin, CityPlugin(info.code, plugin))


def fingerprint(subject: Subject) -> str:
    """Return one hash over the results of a hundred random requests."""
    results = [
        subject.city.score(request).to_plain() for request in random_requests(subject.city, 100, conformance.SEED)
    ]
    return hashlib.sha256(json.dumps(results).encode()).hexdigest()


_connected = cache(connected)


def _case_problems(city: CityPlugin, name: str, case: dict[str, Any]) -> list[Text]:
    scored = city.score(ScoreRequest.from_plain(case["request"]))
    expected = case["expected"]
    work, behaviour = scored.result.rating, scored.behaviour.rating
    got = {
        "value": None if scored.value is None else show_number(scored.value, "en"),
        "main_share_below": show_number(scored.main_share_below, "en"),
        "result": to_plain(scored.result),
        "behaviour": to_plain(scored.behaviour),
        "predicate": rating_matrix()[work, behaviour].value if work and behaviour else None,
        "detail": {
            line.code: {
                "weight": f"{line.weight.normalize():f}",
                "achievement": None if line.achievement is None else show_number(line.achievement, "en"),
            }
            for line in scored.lines
        },
    }
    return [
        Text(
            f"{name}: {key} adalah {got[key]}, seharusnya {expected[key]}",
            f"{name}: {key} is {got[key]}, expected {expected[key]}",
        )
        for key in expected
        if got[key] != expected[key]
    ]


def _expect_none(problems: list[Text]) -> None:
    # Not an assert: pytest rewrites only those of modules it loaded as a plugin, so the problems are said in full.
    __tracebackhide__ = True
    if problems:
        raise AssertionError("\n".join(f"{said.id} ({said.en})" for said in problems[:20]))

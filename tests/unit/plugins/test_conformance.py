"""The kit must find what it is there to find: each test plants one fault in a copy of the scaffold."""

from __future__ import annotations

import importlib
import itertools
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from plugins import conformance
from plugins.conformance import Monotonic, Subject
from plugins.purity import source_problems
from plugins.report import check_plugin
from plugins.scaffold import create_plugin
from plugins.testing import connected
from processes.appraisal.rules import PositionFacts, PositionLevel, Text, UnitKind

Plant = Callable[[str, str], Subject]
numbering = itertools.count()


@pytest.fixture
def plant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Plant]:
    def make(old: str, new: str) -> Subject:
        code = f"planted{next(numbering)}"
        root = create_plugin(tmp_path, code, "Kota Contoh", "Wali Kota", "Asia/Jakarta")
        module = root / f"src/alur_{code}/rules_1.py"
        text = module.read_text()
        assert old in text
        module.write_text(text.replace(old, new, 1))
        monkeypatch.syspath_prepend(str(root / "src"))
        return connected(importlib.import_module(f"alur_{code}"))

    yield make
    for name in [name for name in sys.modules if name.startswith("alur_planted")]:
        del sys.modules[name]


SCORE = "    return score_indicators("


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("import os", "imports os"),
        ("from time import time", "imports time"),
        ("import sqlalchemy", "imports sqlalchemy"),
        ("from processes.appraisal import rules", "imports processes.appraisal"),
        ("TODAY = date.today()", "reads the clock by .today()"),
        ("DATA = open", None),
        ("DATA = eval('1')", "calls eval"),
    ],
)
def test_what_a_city_may_not_use_is_read_in_its_source(plant: Plant, line: str, found: str | None) -> None:
    subject = plant("VERSION =", f"if False:\n    {line}\nVERSION =")

    problems = source_problems(subject.plugin)

    assert [problem.en.partition(": ")[2] for problem in problems] == ([] if found is None else [found])


def test_weights_that_do_not_sum_to_100_are_found(plant: Plant) -> None:
    subject = plant("weight=Decimal(50)", "weight=Decimal(49)")

    assert any("sum to 99" in problem.en for problem in conformance.check_sets(subject))


def test_a_name_missing_in_one_language_is_found(plant: Plant) -> None:
    subject = plant('name_en="Tasks finished in time"', 'name_en=""')

    assert conformance.check_sets(subject) == [Text("A3: name_en kosong", "A3: name_en is empty")]


def test_a_file_opened_while_scoring_is_found(plant: Plant) -> None:
    subject = plant(SCORE, f"    with open('/etc/hostname'):\n        pass\n{SCORE}")

    assert any(problem.en.startswith("open") for problem in conformance.check_outside(subject))


def test_a_clock_reached_by_a_back_door_is_found(plant: Plant) -> None:
    subject = plant(SCORE, f"    __import__('time').time()\n{SCORE}")

    assert "time.time" in [problem.en for problem in conformance.check_outside(subject)]


def test_an_answer_that_changes_is_found(plant: Plant) -> None:
    subject = plant("GENERAL =", "GENERAL =")
    calls = itertools.count()
    rules = importlib.import_module(f"{subject.plugin.__name__}.rules_1")
    original = vars(rules)["score_indicators"]

    def forgetful(request: object, own: tuple[object, ...], rule: object, **named: object) -> object:
        return original(request, own if next(calls) % 2 else own[::-1], rule, **named)

    vars(rules)["score_indicators"] = forgetful

    assert any("second time" in problem.en for problem in conformance.check_random(subject, 20))


def test_a_changed_request_is_found(plant: Plant) -> None:
    subject = plant(SCORE, f"    request.measured.clear()\n{SCORE}")

    assert any("changed its request" in problem.en for problem in conformance.check_arguments(subject))


def test_an_input_that_raises_is_found(plant: Plant) -> None:
    subject = plant(SCORE, f"    request.measured['A1']['value'] / request.unit_figures['n']\n{SCORE}")

    assert any("KeyError" in problem.en for problem in conformance.check_random(subject, 50))


def test_a_parameter_without_a_source_is_found(plant: Plant) -> None:
    subject = plant('source="Tulis peraturan kepala daerah yang menetapkannya"', 'source=" "')

    (found,) = conformance.check_parameters(subject)
    assert (found.id, found.en) == ("appraisal.score 1 tidak menyebut sumber", "appraisal.score 1 names no source")


def test_a_split_of_allowances_that_no_city_may_have_is_found(plant: Plant) -> None:
    subject = plant('key="appraisal.score"', 'key="incentive.split"')

    (found,) = conformance.check_parameters(subject)
    assert found.en == "incentive.split: The split needs two numbers: productivity and discipline."


def test_a_value_that_falls_while_the_number_rises_is_found(plant: Plant) -> None:
    subject = plant("direction=Direction.UP", "direction=Direction.DOWN")
    position = PositionFacts("general", PositionLevel.EXECUTOR, UnitKind.OTHER)
    numbers = (Decimal(90), Decimal(120), Decimal(150))

    problems = conformance.check_monotonic(subject, Monotonic(position, "A1", "value", True, numbers))

    assert len(problems) == 2


def test_the_report_says_what_was_found_in_either_language(plant: Plant) -> None:
    subject = plant('name_en="Tasks finished in time"', 'name_en=""')

    report = check_plugin(subject.plugin, subject.city)

    assert "A3: name_en kosong" in report.text("id")
    assert "A3: name_en is empty" in report.text("en")

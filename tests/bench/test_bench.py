"""The benchmark runs as people run it and says everything it promises to say; how fast is nothing a test can hold."""

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

HOUSE = Path(__file__).parents[2]
CONTENDERS = {
    "approval": ["alur", "spiffworkflow"],
    "appraisal": ["alur", "spiffworkflow", "alur_with_a_city"],
    "web": ["alur", "viewflow", "alur_appraisal"],
    "bulk": ["alur", "spiffworkflow"],
}
ENGINE = {
    "cycle",
    "durable",
    "500 at once",
    "500 one by one",
    "10,000 rounds",
    "10,000 starts",
    "1,000,000 waiting",
}
RATIOS = [
    ("approval", "alur_over_spiffworkflow"),
    ("appraisal", "alur_over_spiffworkflow"),
    ("bulk", "alur_over_spiffworkflow"),
    ("web", "alur_over_viewflow"),
    ("inbox", "many_over_few"),
    ("expressions", "over_python"),
    ("expressions", "over_a_condition"),
    ("expressions", "microseconds"),
    ("expressions", "cold_milliseconds"),
]

pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]


@cache
def quick_run() -> Any:
    """Return what a quick run prints; a warning would have ended it."""
    command = [sys.executable, "-W", "error", "-m", "tests.bench", "--quick"]
    done = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


@pytest.mark.parametrize(("section", "name"), [(s, name) for s, names in CONTENDERS.items() for name in names])
def test_every_contender_has_positive_figures(section: str, name: str) -> None:
    figures = quick_run()[section][name]

    numbers = list(_numbers(figures))

    assert "cpu_ms_by_step" in figures
    assert numbers and all(number > 0 for number in numbers)


@pytest.mark.parametrize(("section", "name"), RATIOS)
def test_every_comparison_has_positive_ratios(section: str, name: str) -> None:
    ratios = quick_run()[section][name]

    assert ratios and all(ratio > 0 for ratio in ratios.values())


def test_a_finished_case_leaves_bytes_in_the_tables_of_its_history() -> None:
    storage = quick_run()["storage"]

    assert set(storage) == {"approval", "appraisal_accepted", "appraisal_after_objection"}
    for found in storage.values():
        assert {"journal", "audit"} <= set(found["bytes_by_table"])


def test_every_promise_is_printed_with_its_verdict() -> None:
    bars = quick_run()["bars"]

    kinds = {bar["name"].split(":")[0] for bar in bars}

    assert kinds == {
        "appraisal",
        "web",
        "web approval",
        "web appraisal",
        "storage",
        "bulk",
        "inbox",
        "FEEL",
        "DMN",
        *ENGINE,
    }
    assert all(bar["ok"] == (bar["measured"] <= bar["bar"]) for bar in bars)


def test_every_figure_of_the_engine_is_positive_but_for_the_plans_that_differ() -> None:
    engine = quick_run()["engine"]

    assert engine["waiting"].pop("plans_that_differ") == 0
    assert all(number > 0 for number in _numbers(engine))
    assert engine["cycle"]["elements"] == 22


def test_the_machine_is_described_without_its_name() -> None:
    assert set(quick_run()["machine"]) == {"cores", "python", "sqlite", "libraries"}


def _numbers(value: object) -> Iterator[float]:
    if isinstance(value, dict):
        for part in value.values():
            yield from _numbers(part)
    elif isinstance(value, int | float):
        yield value

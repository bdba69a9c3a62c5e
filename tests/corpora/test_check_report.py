"""Every public model gets a complete report in under a second, whatever is done to it."""

import os
from pathlib import Path
from random import Random
from time import perf_counter

import pytest

from engine.bpmn.check import Catalogue
from engine.bpmn.release import check_release
from engine.errors import Problem
from tests.unit.engine.bpmn.mangling import mangled

pytestmark = pytest.mark.corpora

# Beside the project's repository; `make corpora CORPORA=FOLDER` names another place.
CORPORA = Path(os.environ.get("CORPORA") or Path(__file__).parents[2].parent / "shared" / "corpora")
MODELS = {"miwg": 8, "token-simulation": 60}
MOST_SECONDS = 1.0


def models(folder: str) -> dict[str, bytes]:
    found = {path.name: path.read_bytes() for path in sorted((CORPORA / folder).glob("*.bpmn"))}
    assert len(found) >= MODELS[folder], f"{CORPORA / folder} holds only {len(found)} models (CORPORA=FOLDER)."
    return found


def report(content: bytes) -> tuple[float, tuple[Problem, ...]]:
    start = perf_counter()
    problems = check_release({"model.bpmn": content}, Catalogue())
    return perf_counter() - start, problems


@pytest.mark.parametrize("folder", MODELS)
def test_every_model_gets_its_report_in_under_a_second(folder: str) -> None:
    for name, content in models(folder).items():
        seconds, problems = report(content)
        assert seconds < MOST_SECONDS, (name, seconds)
        assert all(problem.element and problem.message("id") and problem.message("en") for problem in problems), name


@pytest.mark.parametrize("folder", MODELS)
def test_a_mangled_model_gets_its_report_as_well(folder: str) -> None:
    for number, (name, content) in enumerate(models(folder).items()):
        for seed in range(30):
            seconds, _ = report(mangled(content, Random(number * 1000 + seed)))
            assert seconds < MOST_SECONDS, (name, seed, seconds)

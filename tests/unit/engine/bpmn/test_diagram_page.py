"""The page for process owners says everything that may be drawn, and its example is good."""

import re
from pathlib import Path

import pytest

from engine.bpmn import read
from engine.bpmn.check import Catalogue
from engine.bpmn.markings import MOST_MARKINGS
from engine.bpmn.release import compile_release
from engine.bpmn.rounds import MOST_ROUNDS
from engine.bpmn.run import CaseRun
from engine.bpmn.vocabulary import EXTENSIONS, FLOW_NODES
from tests.unit.engine.bpmn.quiet import Quiet

PAGE = (Path(__file__).parents[4] / "docs" / "diagrams.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("tag", FLOW_NODES)
def test_every_element_that_is_executed_is_on_the_page(tag: str) -> None:
    assert f"`{tag}`" in PAGE


@pytest.mark.parametrize("name", EXTENSIONS)
def test_every_element_of_ours_is_on_the_page_with_its_attributes(name: str) -> None:
    assert f"alur:{name}" in PAGE
    assert not {attribute for attribute in EXTENSIONS[name].attributes if not re.search(rf"\b{attribute}\b", PAGE)}


def test_the_limits_on_the_page_are_those_that_hold() -> None:
    numbers = read.MAX_ELEMENTS, read.MAX_NODES, read.MAX_FLOWS, read.MAX_DEPTH, MOST_MARKINGS, MOST_ROUNDS

    assert not {number for number in numbers if f"{number:,}" not in PAGE}
    assert read.MAX_BYTES == 2 * 1024 * 1024 and "2 MB" in PAGE


def test_the_example_on_the_page_deploys_and_asks_somebody() -> None:
    (example,) = re.findall(r"```xml\n(.*?)```", PAGE, re.DOTALL)

    release = compile_release({"a.bpmn": example.encode()}, Catalogue(forms=frozenset({"any"})))
    outcome = CaseRun(release, Quiet(), None, {"superior": 7}).outcome()

    assert [(task.element, task.assignee) for task in outcome.tasks] == [("decide", 7)]
    assert len(outcome.timers) == 1 and not outcome.incidents

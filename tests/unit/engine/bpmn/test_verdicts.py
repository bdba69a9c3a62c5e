"""What the check says agrees with what the machine does: a clean diagram deploys and runs, a refused one gets stuck."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest

from engine.bpmn.asking import OpenedTask
from engine.bpmn.check import Catalogue
from engine.bpmn.model import Element, Kind, Outline, Trigger
from engine.bpmn.notes import DUE, KEY
from engine.bpmn.outline import read_outline
from engine.bpmn.read import read_xml
from engine.bpmn.release import check_release, compile_release
from engine.bpmn.run import CaseRun
from engine.bpmn.state import Stand, first_state
from engine.bpmn.workflow import CaseWorkflow, ProcessSpec
from engine.errors import DiagramRefused
from tests.unit.engine.bpmn.quiet import Quiet
from tests.unit.engine.bpmn.wide_diagrams import changed, wide_diagram
from tests.unit.engine.random_diagrams import random_release
from tests.unit.engine.test_random_walks import VARIABLES

CATALOGUE = Catalogue(forms=frozenset({"any"}))
UNSOUND = {"deadlock", "join_never_completes", "missing_join", "endless_loop", "never_ends", "never_reached"}
MOST_STEPS, WALKS = 60, 25


class Free:
    """Decides every condition by chance, and lets everything succeed."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def ask(self, token: int, element: Element, variables: Mapping[str, Any]) -> OpenedTask:
        return OpenedTask(token, element.id)

    def perform(self, element: Element, variables: Mapping[str, Any]) -> Mapping[str, Any]:
        return {}

    def send(self, element: Element, variables: Mapping[str, Any]) -> Mapping[str, Any]:
        return {}

    def wait(self, element: Element, variables: Mapping[str, Any], before: Mapping[str, Any]) -> Mapping[str, Any]:
        return {DUE: datetime(2026, 10, 5, tzinfo=UTC)} if element.trigger is Trigger.TIMER else {KEY: "x"}

    def earlier(self, element: Element, key: str, heard: Collection[int] | None) -> None:
        return None

    def evaluate(self, expression: str, variables: Mapping[str, Any]) -> Any:
        if expression.startswith("["):
            return [1, 2]
        return 3 if expression.isdigit() else self.random.random() < 0.5


def verdict(diagram: str) -> tuple[Outline, set[str]]:
    """Return the outline of a diagram and the codes of its errors."""
    outline, _ = read_outline(read_xml(diagram.encode(), "a.bpmn"), "a.bpmn")
    assert outline is not None
    problems = check_release({"a.bpmn": diagram.encode()}, CATALOGUE)
    return outline, {item.code for item in problems if item.severity == "error"}


def _wrong_at(diagram: str) -> set[str]:
    return {item.element for item in check_release({"a.bpmn": diagram.encode()}, CATALOGUE) if item.severity == "error"}


def troubles(outline: Outline, random: Random) -> set[str]:
    """Return what goes wrong on one walk: a join that is stuck, or a step that two tokens stand on."""
    case = CaseWorkflow(ProcessSpec(outline), Free(random), first_state(outline.process, {}))
    case.advance()
    for _ in range(MOST_STEPS):
        found = {f"stuck: {error}" for error in case.incidents.values() if "No condition after" not in str(error)}
        found |= {f"twice: {name}" for name in _twice(case, outline)}
        standing = [token for token in case.tokens.values() if token.number not in case.incidents]
        waiting = [token for token in standing if token.stand in (Stand.ASKS, Stand.WAITS)]
        if found or not waiting:
            return found
        listening = [token for token in standing if token.stand is Stand.LISTENS]
        token = random.choice([*waiting, *listening])
        if token.stand is Stand.ASKS:
            case.complete(token)
        else:
            case.wake(token, {})
    return set()


def _twice(case: CaseWorkflow, outline: Outline) -> list[str]:
    """Return the steps on which two tokens stand; a reminder may come twice, and what is done about an escalation."""
    side = _beside(outline)
    going = [token for token in case.tokens.values() if token.number not in case.incidents]
    places = Counter((token.element, token.scope) for token in going)
    return [name for (name, _), count in places.items() if count > 1 and name not in side]


def _beside(outline: Outline) -> set[str]:
    """Return what events lead to that interrupt nothing, and those events."""
    waiting = [event for events in outline.boundaries.values() for event in events if not event.is_interrupting]
    found = {element.id for element in outline.elements.values() if element.kind is Kind.EVENT_SUB_PROCESS}
    while waiting:
        element = waiting.pop()
        if element.id not in found:
            found.add(element.id)
            waiting += [*outline.next_of(element), *outline.boundaries.get(element.id, ())]
    return found


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_a_diagram_of_fitting_blocks_is_clean(depth: int) -> None:
    for seed in range(40):
        random_release(Random(seed), depth)  # refuses what has errors
        assert not verdict(wide_diagram(Random(seed), depth))[1], seed


def test_clean_is_deployed_and_the_first_step_runs() -> None:
    clean = 0
    for seed in range(300):
        random = Random(seed)
        diagram = changed(wide_diagram(Random(seed // 4), random.choice([1, 2])), random)
        files = {"a.bpmn": diagram.encode()}
        if not verdict(diagram)[1]:
            clean += 1
            problems = {item.code for item in check_release(files, CATALOGUE)}
            outcome = CaseRun(compile_release(files, CATALOGUE), Quiet(), None, {**VARIABLES, "x": 2}).outcome()
            assert "no_default" in problems or not outcome.incidents, (seed, outcome.incidents)
            assert outcome.tasks or outcome.subscriptions or outcome.state is None or outcome.incidents, seed
        else:
            with pytest.raises(DiagramRefused):
                compile_release(files, CATALOGUE)
    assert 60 < clean < 240


def test_what_is_clean_never_gets_stuck_and_what_is_refused_does() -> None:
    counts: Counter[tuple[str, bool]] = Counter()
    for seed in range(300):
        random = Random(seed)
        diagram = changed(wide_diagram(Random(seed // 4), random.choice([1, 2])), random)
        outline, codes = verdict(diagram)
        # Where what comes beside the rest runs, a walk cannot tell a second token from one that may be there.
        if codes - UNSOUND or _wrong_at(diagram) & _beside(outline):
            continue
        found = next(filter(None, (troubles(outline, Random(seed * 1000 + walk)) for walk in range(WALKS))), set())
        counts["refused" if codes else "clean", bool(found)] += 1
        assert codes or not found, (seed, found)
    assert counts["clean", False] > 60
    # The rest is rare, or what only a very long walk would show: a loop without an end, a step never reached.
    assert counts["refused", True] > 3 * counts["refused", False]


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_what_is_clean_never_gets_stuck_in_ten_thousand_diagrams() -> None:
    for seed in range(1000, 11_000):
        random = Random(seed)
        outline, codes = verdict(changed(wide_diagram(Random(seed // 4), random.choice([1, 2, 3])), random))
        if not codes:
            for walk in range(WALKS):
                assert not troubles(outline, Random(seed * 1000 + walk)), (seed, walk)

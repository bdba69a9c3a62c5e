"""Work grows with what a case holds, and not faster: counted in calls, for the time on a busy machine varies."""

import sys
from collections.abc import Callable
from typing import Any

import pytest

from engine.bpmn.release import load_release, pack_files
from engine.bpmn.run import CaseRun
from tests.unit.engine.bpmn.shapes import (
    boundary,
    catch,
    each,
    end,
    handler,
    inside,
    marked,
    text,
    throw,
    undone_by,
    user,
)
from tests.unit.engine.bpmn.story import Around
from tests.unit.engine.diagrams import flow, gateway, path, script
from tests.unit.engine.diagrams import start as begin

#: Twice as much may cost this much more: a little above 2, for sizes are small.
MOST = 2.3


def calls(act: Callable[[], object]) -> int:
    """Return how many functions are called."""
    count = 0

    def count_call(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(count_call)
    try:
        act()
    finally:
        sys.setprofile(None)
    return count


def numbers(many: int) -> str:
    return f"for i in 1..{many} return i"


def tasks_with_timers(many: int) -> str:
    parts = [gateway("parallel", "fork"), path("begin", "fork")]
    for name in (f"t{place}" for place in range(many)):
        late = boundary(f"{name}_late", name, "timer", said="P1D") + end(f"{name}_out")
        parts += [user(name), late, end(f"{name}_end")]
        parts += [path("fork", name, f"{name}_end"), path(f"{name}_late", f"{name}_out")]
    return text(begin(), *parts)


def branches(many: int) -> str:
    parts = [
        gateway("parallel", "fork"),
        gateway("parallel", "meet"),
        path("begin", "fork"),
        end(),
        path("meet", "done"),
    ]
    for name in (f"s{place}" for place in range(many)):
        parts += [script(name, "x", "1"), path("fork", name, "meet")]
    return text(begin(), *parts)


def rounds(many: int) -> str:
    return text(begin(), marked(script("a", "x", "1"), each(numbers(many))), end(), path("begin", "a", "done"))


def undone(many: int) -> str:
    done = marked(script("a", "x", "1"), each(numbers(many))) + undone_by("a", "una") + handler(script("una", "y", "1"))
    return text(begin(), done, throw("undo", "compensate"), end(), path("begin", "a", "undo", "done"))


def conditions(many: int) -> str:
    content = begin("in") + catch("full", "conditional", said="x = 1") + user("ask") + path("in", "full", "ask")
    sub = inside("sub", each(numbers(many)), content) + script("set", "x", "1")
    return text(begin(), gateway("parallel", "fork"), sub, path("begin", "fork", "sub"), path("fork", "set"))


def joins(many: int) -> str:
    content = (
        begin("in") + gateway("inclusive", "fork", default="fork-b") + script("a", "y", "1") + script("b", "y", "1")
    )
    ways = path("in", "fork", "b", "meet", "out") + path("a", "meet") + flow("fork", "a", "i > 0")
    parts = content + gateway("inclusive", "meet") + end("out") + ways
    return text(begin(), inside("sub", each(numbers(many), item="i"), parts), end(), path("begin", "sub", "done"))


@pytest.mark.parametrize("drawn", [tasks_with_timers, branches, rounds, undone, conditions, joins])
def test_twice_as_much_in_one_go_costs_twice_as_much(drawn: Callable[[int], str]) -> None:
    costs = []
    for many in (100, 200):
        release = load_release("test", pack_files({"test.bpmn": drawn(many).encode()}))
        costs.append(calls(lambda: CaseRun(release, Around(), None, {"x": 0}).outcome()))  # noqa: B023  # run at once

    assert costs[1] < MOST * costs[0]


def test_the_last_of_many_instances_cost_no_more_than_the_first() -> None:
    diagram = text(begin(), marked(user("a"), each(numbers(200), item="i")), end(), path("begin", "a", "done"))
    release = load_release("test", pack_files({"test.bpmn": diagram.encode()}))
    outcome, costs = CaseRun(release, Around(), None).outcome(), []

    def step(token: int, state: Any) -> None:
        nonlocal outcome
        run = CaseRun(release, Around(), state)
        run.complete(token, {})
        outcome = run.outcome()

    for task in outcome.tasks[:-1]:
        costs.append(calls(lambda: step(task.token, outcome.state)))  # noqa: B023  # run at once

    assert costs[-1] < costs[0]

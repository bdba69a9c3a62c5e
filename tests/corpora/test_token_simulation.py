"""Every trace of the token simulation whose elements we execute is reproduced: what is entered and left, in order."""

import os
from pathlib import Path

import pytest

from tests.corpora.token_simulation import World, read_trace

pytestmark = pytest.mark.corpora

# Beside the project's repository; `make corpora CORPORA=FOLDER` names another place.
CORPORA = Path(os.environ.get("CORPORA") or Path(__file__).parents[2].parent / "shared" / "corpora")
FOLDER = CORPORA / "token-simulation"

# One of 79 traces for each that the folder has; those of a numbered part belong to the model without the number.
WITHOUT_MODEL = {
    "process-implicit-start-collaboration-message-trigger": "its model is not in the folder",
    "process-multiple-starts-1": "its model is not in the folder",
}
# Branches beside each other: when one of them goes on is not for BPMN to say. We open an inclusive join when nothing
# else moves, the simulator as soon as it sees that nothing more can come.
ANY_TIME = {"inclusive-gateway-exclusive-gateway": {"EndEvent_2"}}
UNCAUGHT = "error-no-catch"


def folder() -> Path:
    assert FOLDER.is_dir(), f"There is no folder {FOLDER}: this suite needs the public test material (CORPORA=FOLDER)."
    return FOLDER


def names() -> list[str]:
    found = [path.stem.removeprefix("Simulator.") for path in sorted(FOLDER.glob("*.json"))]
    return [name for name in found if name not in WITHOUT_MODEL]


def world_of(name: str) -> World:
    trace = read_trace(folder() / f"Simulator.{name}.json")
    model = folder() / f"Simulator.{name}.bpmn"
    return World(model if model.is_file() else model.with_stem(model.stem.rstrip("0123456789").rstrip("-")), trace)


def test_the_traces_are_all_there() -> None:
    assert len(list(folder().glob("*.json"))) == 79
    assert len(names()) == 77


@pytest.mark.parametrize("name", [name for name in names() if name != UNCAUGHT])
def test_a_trace_is_reproduced(name: str) -> None:
    world, free = world_of(name), ANY_TIME.get(name, set())

    world.replay()

    for process in world.processes:
        seen, expected = world.seen(process), world.expected(process)
        assert [step for step in seen if step[1] not in free] == [step for step in expected if step[1] not in free]
        assert [step for step in seen if step[1] in free] == [step for step in expected if step[1] in free]


def test_an_error_that_nothing_catches_stops_the_case_where_the_simulator_goes_on() -> None:
    world = world_of(UNCAUGHT)

    world.replay()

    seen, expected = world.seen("Process_1"), world.expected("Process_1")
    assert seen == expected[: len(seen)]
    assert seen[-1] == ("enter", "S_ERROR_END")
    assert ["Nothing catches the error" in text for text in world.incidents] == [True]

"""`python -m tests.bench.counted SCENE ...` under callgrind: prepares a scene uncounted, then counts its units."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from tests.bench.machine import AlurCase, Still, load_ours
from tests.bench.rounds import ANSWERS, PROCESSES, Answers
from tests.bench.story import Step
from tests.bench.waiting import completing
from tests.bench.world import open_again

Units = Callable[[], object]
FAR = 1_000_000  # rounds: the loop does not end while it is counted


def completion(stack: ExitStack, folder: str, units: str) -> Units:
    """Complete tasks in a database that is filled already; one that nobody counts comes first, to fill caches."""
    world = stack.enter_context(open_again(Path(folder)))
    completing(world, 1)()
    return completing(world, int(units))


def rounds(stack: ExitStack, process: str, before: str, units: str) -> Units:
    """Take steps of a case that has so many steps behind it, without a database."""
    twins, variables = PROCESSES[process]
    case = AlurCase(load_ours(twins, process), Still(), variables)
    answers = Answers(FAR)
    for _ in range(int(before)):
        _step(case, answers)
    return partial(_steps, case, answers, int(units))


def _steps(case: AlurCase, answers: Answers, units: int) -> None:
    for _ in range(units):
        _step(case, answers)


def _step(case: AlurCase, answers: Answers) -> None:
    element, token = case.first_task()
    case.move(Step(element, ANSWERS, element), token, answers.at(element))


SCENES: dict[str, Callable[..., Units]] = {"completion": completion, "rounds": rounds}


def main(scene: str, *arguments: str) -> None:
    """Prepare, then count."""
    with ExitStack() as stack:
        units = SCENES[scene](stack, *arguments)
        _switch("on")
        units()
        _switch("off")


def _switch(state: str) -> None:
    command = ["callgrind_control", "-i", state, str(os.getpid())]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main(*sys.argv[1:])

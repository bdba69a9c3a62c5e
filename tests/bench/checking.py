"""`python -m tests.bench.checking`: the processor time of a whole check of diagrams of about 500 nodes, as JSON.

Each shape is checked from its files as the studio does it: five rounds in turns after a warm-up, the median. `decided`
says whether the look through all markings came to an end; where it does not, the check stops at its bound and warns.
"""

import json
import sys
import time
from collections.abc import Mapping
from statistics import median
from typing import Any, Final

from engine.bpmn.check import Catalogue
from engine.bpmn.release import check_release
from tests.unit.engine.diagrams import end, flow, gateway, path, script, start, text, user

NODES: Final = 496
ROUNDS: Final = 5
FORM: Final = (
    b'{"version":1,"title":{"id":"a","en":"b"},"fields":[{"name":"x","type":"text","label":{"id":"a","en":"b"}}]}'
)
CATALOGUE: Final = Catalogue(frozenset(), frozenset({"any"}))


def main() -> None:
    """Check every shape some times and print."""
    json.dump(measure(), sys.stdout, indent=2)
    sys.stdout.write("\n")


def measure() -> dict[str, Any]:
    """Return the milliseconds of a check by shape, and whether all its markings were looked at."""
    shapes = {name: {"test.bpmn": diagram.encode(), "forms/any.json": FORM} for name, diagram in _shapes().items()}
    decided = {name: "not_decided" not in _codes(files) for name, files in shapes.items()}
    times: dict[str, list[float]] = {name: [] for name in shapes}
    for _ in range(ROUNDS):
        for name, files in shapes.items():
            before = time.process_time()
            _codes(files)
            times[name].append(1000 * (time.process_time() - before))
    return {name: {"cpu_ms": round(median(spent)), "decided": decided[name]} for name, spent in times.items()}


def _codes(files: Mapping[str, bytes]) -> set[str]:
    return {problem.code for problem in check_release(files, CATALOGUE)}


def _shapes() -> dict[str, str]:
    names = [f"n{number}" for number in range(NODES)]
    return {
        "tasks one after the other": _chain(names, [user(name, "writer") for name in names]),
        "scripts one after the other": _chain(names, [script(name, f"v_{name}", "1") for name in names]),
        "choices one after the other": _diamonds("exclusive"),
        "pairs at once, one after the other": _diamonds("parallel"),
        "8 ways at once of 60": _fan("parallel", 8, 60),
        "100 ways at once of 4": _fan("parallel", 100, 4),
        "8 ways by condition of 60": _fan("inclusive", 8, 60),
        "ways back": _ways_back(),
    }


def _chain(names: list[str], nodes: list[str]) -> str:
    return text(start(), *nodes, end(), path("begin", *names, "done"))


def _diamonds(kind: str) -> str:
    parts, before = [start()], "begin"
    for number in range(NODES // 5):
        first, split, left, right, join = (f"{letter}{number}" for letter in "abcde")
        default = f"{split}-{right}" if kind == "exclusive" else ""
        parts += [
            gateway(kind, split, default),
            gateway(kind, join),
            *(user(one, "writer") for one in (first, left, right)),
        ]
        parts += [path(before, first, split), flow(split, left, "x > 1" if default else ""), flow(split, right)]
        parts += [flow(left, join), flow(right, join)]
        before = join
    return text(*parts, end(), flow(before, "done"))


def _fan(kind: str, ways: int, steps: int) -> str:
    parts = [
        start(),
        gateway(kind, "split"),
        gateway(kind, "join"),
        end(),
        flow("begin", "split"),
        flow("join", "done"),
    ]
    for way in range(ways):
        names = [f"t{way}_{step}" for step in range(steps)]
        parts += [user(name, "writer") for name in names]
        parts += [flow("split", names[0], f"x > {way}" if kind == "inclusive" else ""), path(*names, "join")]
    return text(*parts)


def _ways_back() -> str:
    parts, names = [start(), end()], list[str]()
    for number in range(NODES // 2):
        choice, task = f"g{number}", f"t{number}"
        names += [choice, task]
        back = f"g{number - 7}" if number > 7 else "done"
        parts += [gateway("exclusive", choice, f"{choice}-{task}"), user(task, "writer"), flow(choice, back, "x > 1")]
    return text(*parts, path("begin", *names, "done"))


if __name__ == "__main__":
    main()

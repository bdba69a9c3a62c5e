"""`python -m tests.bench.foresight [--cases N]`: how long one simulated year of the training nomination takes, as JSON.

Without measured figures: half of the tasks take two working days, nine of ten five, every way is equally frequent.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from statistics import median
from typing import Any, Final

from engine.bpmn.outline import read_outline
from engine.bpmn.read import read_xml
from engine.calendar import WorkCalendar
from engine.foresight.axis import WorkAxis
from engine.foresight.forecast import Demand
from engine.foresight.inputs import Inputs, Supposed
from engine.foresight.model import Pool
from engine.foresight.simulating import simulate
from engine.mining.office import OfficeTime
from processes.training.definitions import release_files

PROCESS: Final = "training_nomination"
FIRST: Final = date(2026, 1, 5)
YEAR: Final = 250
ROUNDS: Final = 5


def main() -> None:
    """Simulate some years and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=6_000)
    json.dump(measure(parser.parse_args().cases), sys.stdout, indent=2)
    sys.stdout.write("\n")


def measure(cases: int) -> dict[str, Any]:
    """Return the seconds of processor time for a year, and how many tasks it held."""
    axis = WorkAxis(OfficeTime(WorkCalendar("bench", frozenset(), 5), UTC), FIRST, 4 * YEAR)
    name = f"{PROCESS}.bpmn"
    outline, _problems = read_outline(read_xml(release_files(PROCESS)[name], name), name)
    assert outline is not None, "the shipped diagram is readable"
    lanes = {element.lane or "" for element in outline.elements.values() if element.is_human}
    model = Inputs(outline, {}, None, Supposed(pools={lane: Pool(20, 0.5) for lane in lanes}), axis).model()
    demand = Demand(axis, list(_instants(cases)), YEAR)
    times, record = list[float](), None
    for seed in range(ROUNDS):
        began = time.process_time()
        record = simulate(model, demand.arrivals(seed), axis.length, seed)
        times.append(time.process_time() - began)
    assert record is not None, "there are rounds"
    tasks = sum(len(step.stays) for step in record.steps.values())
    return {"cases": cases, "cpu_s": round(median(times), 2), "tasks": tasks, "unfinished": record.unfinished}


def _instants(cases: int) -> Iterator[datetime]:
    begin, step = datetime(2026, 1, 5, 2, tzinfo=UTC), timedelta(days=364) / cases
    return islice((begin + number * step for number in range(cases)), cases)


if __name__ == "__main__":
    main()

"""`python -m tests.bench.foresight [--cases N]`: how long one simulated year and making it match take, as JSON.

Without measured figures: half of the tasks take two working days, nine of ten five, every way is equally frequent, and
twenty people of each role have half of their time. What comes out is then taken for measured, people are said to have a
tenth of their time, and the past is made to match: `gap` says by how much half of the cases are off then, and
`gap_unfitted` by how much they would be off otherwise.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from statistics import median
from typing import Any, Final

from engine.bpmn.outline import read_outline
from engine.bpmn.read import read_xml
from engine.calendar import WorkCalendar
from engine.foresight.axis import WorkAxis
from engine.foresight.fit import NO_FIT
from engine.foresight.fitting import fit
from engine.foresight.forecast import Demand
from engine.foresight.inputs import Inputs, Supposed
from engine.foresight.model import Pool
from engine.foresight.recording import Record
from engine.foresight.simulating import simulate
from engine.mining.figures import Figures
from engine.mining.office import OfficeTime
from engine.mining.spread import bin_of
from processes.appraisal.definitions import release_files as appraisal_files
from processes.training.definitions import release_files as training_files

PROCESSES: Final = {"training_nomination": training_files, "periodic_evaluation": appraisal_files}
FIRST: Final = date(2026, 1, 5)
YEAR: Final = 250
ROUNDS: Final = 5
PEOPLE: Final = 20
SHARE: Final = 0.5


def main() -> None:
    """Simulate some years of each process and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=6_000)
    cases = parser.parse_args().cases
    json.dump({process: measure(process, cases) for process in PROCESSES}, sys.stdout, indent=2)
    sys.stdout.write("\n")


def measure(process: str, cases: int) -> dict[str, Any]:
    """Return the seconds of processor time for a year, how many tasks it held, and how well it was made to match."""
    axis = WorkAxis(OfficeTime(WorkCalendar("bench", frozenset(), 5), UTC), FIRST, 4 * YEAR)
    inputs, demand = _inputs(process, axis), Demand(axis, list(_instants(cases)), YEAR)
    model, times, record = inputs.model(), list[float](), Record()
    for seed in range(ROUNDS):
        began = time.process_time()
        record = simulate(model, demand.arrivals(seed), axis.length, seed)
        times.append(time.process_time() - began)
    tasks = sum(len(step.stays) for step in record.steps.values())
    found = {"cases": cases, "cpu_s": round(median(times), 2), "tasks": tasks, "unfinished": record.unfinished}
    return found | _fitted(inputs, record, demand)


def _inputs(process: str, axis: WorkAxis) -> Inputs:
    name = f"{process}.bpmn"
    outline, _problems = read_outline(read_xml(PROCESSES[process](process)[name], name), name)
    assert outline is not None, "the shipped diagram is readable"
    lanes = {element.lane or "" for element in outline.elements.values() if element.is_human}
    return Inputs(outline, {}, outline, Supposed(pools={lane: Pool(PEOPLE, SHARE) for lane in lanes}), axis)


def _fitted(inputs: Inputs, record: Record, demand: Demand) -> dict[str, Any]:
    stays = {
        name: Figures(working=Counter(bin_of(int(one)) for one in step.stays)) for name, step in record.steps.items()
    }
    pools = {lane: replace(pool, share=SHARE / 5) for lane, pool in inputs.supposed.pools.items()}
    asked = replace(inputs, figures=stays, supposed=replace(inputs.supposed, pools=pools))
    began = time.process_time()
    fitted = fit(asked, demand, 1, lambda: False, lambda: False)
    seconds = time.process_time() - began
    wanted = median(record.lasted.values())
    gaps = [abs(_half(replace(asked, fit=one), demand) / wanted - 1) for one in (fitted, NO_FIT)]
    return {"fit_cpu_s": round(seconds, 2), "gap": round(gaps[0], 2), "gap_unfitted": round(gaps[1], 2)}


def _half(inputs: Inputs, demand: Demand) -> float:
    record = simulate(inputs.model(), demand.arrivals(1), demand.axis.length, 1)
    return median(record.lasted.values())


def _instants(cases: int) -> Iterator[datetime]:
    begin, step = datetime(2026, 1, 5, 2, tzinfo=UTC), timedelta(days=364) / cases
    return islice((begin + number * step for number in range(cases)), cases)


if __name__ == "__main__":
    main()

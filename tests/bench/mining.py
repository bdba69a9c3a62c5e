"""Taking 100,000 ended cases in, and reading their figures: `python -m tests.bench.mining [--cases N]` prints JSON."""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import func, select

from engine.bpmn.model import Outline
from engine.casework import find_release
from engine.engine import Engine
from engine.folding import fold_city
from engine.ids import first_of
from engine.policy.actor import system_actor
from engine.queries.mining import read_watch, release_by_number
from engine.records.case import CaseStatus, case
from engine.records.history import journal
from engine.records.mining import element_figure
from engine.records.packing import pack
from engine.records.wordbook import find_wordbook
from processes.appraisal.variables import EMPLOYEE_PROCESS
from tests.bench.report import describe_machine
from tests.bench.world import OPENING, TENANT, World, open_world

CHUNK = 1_000
READS = 20
DAYS = 365
_chance = Random(20261201)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.mining", description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    json.dump(measure(parser.parse_args().cases), sys.stdout, indent=2)
    sys.stdout.write("\n")


def measure(cases: int) -> dict[str, Any]:
    """Return what it costs to take cases in from their journals, again, and to read what comes out."""
    with tempfile.TemporaryDirectory() as folder, open_world(Path(folder)) as world:
        steps = _fill(world, cases)
        first = _taken_in(world.engine)
        again = _taken_in(world.engine)
        return {
            "machine": describe_machine(),
            "cases": cases,
            "steps": steps,
            "take them in": {**first, "steps_per_second": round(steps / first["seconds"])},
            "nothing new": again,
            "read the page": _read(world),
        }


def _fill(world: World, cases: int) -> int:
    """Write the journals of ended cases as they would be, over a year; return how many steps that are."""
    with world.database.reading() as read:
        found = release_by_number(read, system_actor(TENANT), EMPLOYEE_PROCESS, 1)
        outline = find_release(read, found.id, found.digest).outline
        book = find_wordbook(read, found.wordbook_id)
    entries = [pack(entry, book) for entry in _entries(outline)]
    for first in range(0, cases, CHUNK):
        rows = [_case(number, cases, found.id) for number in range(first, min(cases, first + CHUNK))]
        with world.database.writing() as connection:
            connection.execute(case.insert(), rows)
            connection.execute(journal.insert(), [step for row in rows for step in _steps(row, entries)])
    return cases * len(entries)


def _entries(outline: Outline) -> Iterator[dict[str, Any]]:
    """Yield what a case leaves that goes from task to task, back once, and ends."""
    tasks = [element.id for element in outline.elements.values() if element.is_human]
    way = [*tasks[:3], tasks[1], *tasks[2:]]
    yield {"kind": "start", "opened": [[1, way[0], 1, None]]}
    for token, (task, following) in enumerate(pairwise(way), 1):
        opened = [[token + 1, following, 1, None]]
        yield {
            "kind": "complete",
            "token": token,
            "element": task,
            "passed": [task],
            "opened": opened,
            "closed": [token],
        }
    token = len(way)
    yield {"kind": "complete", "token": token, "element": way[-1], "passed": [way[-1]], "closed": [token]}


def _case(number: int, cases: int, release_id: int) -> dict[str, Any]:
    at = OPENING - timedelta(days=DAYS) + timedelta(days=DAYS - 60) * (number / cases)
    return {
        "id": first_of(at) + number,
        "tenant": TENANT,
        "process": EMPLOYEE_PROCESS,
        "business_key": f"mined:{number}",
        "release_id": release_id,
        "subject": number,
        "title": "",
        "status": CaseStatus.FINISHED,
        "started_at": at,
        "ended_at": at,
    }


def _steps(row: dict[str, Any], entries: list[bytes]) -> Iterator[dict[str, Any]]:
    at = row["started_at"]
    for version, entry in enumerate(entries, 1):
        yield {"case_id": row["id"], "version": version, "at": at, "actor": 1, "entry": entry}
        at += timedelta(minutes=_chance.randrange(1, 10_000))


def _taken_in(engine: Engine) -> dict[str, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    while not fold_city(engine, TENANT):
        pass
    return {"seconds": round(time.perf_counter() - wall, 2), "cpu_seconds": round(time.process_time() - cpu, 2)}


def _read(world: World) -> dict[str, Any]:
    actor = system_actor(TENANT)
    with world.counting() as sent:
        found = world.engine.read(read_watch, actor, EMPLOYEE_PROCESS)
    begun = time.perf_counter()
    for _ in range(READS):
        world.engine.read(read_watch, actor, EMPLOYEE_PROCESS)
    milliseconds = 1000 * (time.perf_counter() - begun) / READS
    with world.database.reading() as read:
        rows = read.execute(select(func.count()).select_from(element_figure)).scalar_one()
    opened = sum(totals.figures.entered for totals in found.elements.values())
    return {"milliseconds": round(milliseconds, 1), "statements": len(sent), "rows": rows, "tasks_opened": opened}


if __name__ == "__main__":
    main()

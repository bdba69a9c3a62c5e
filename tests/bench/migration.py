"""Moving a whole quarter to another release: `python -m tests.bench.migration [--cases 50000]` prints JSON."""

import argparse
import json
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from engine.bpmn.counterparts import Pairs
from engine.commands.begin_migration import BeginMigration
from engine.commands.deploy_release import DeployRelease
from engine.fleet import move_all, undo_all
from engine.moving.runs import NumberedRelease
from engine.policy.actor import system_actor
from engine.queries.migration import find_releases, preview_move, view_route
from engine.records.case import case_state, open_task
from engine.records.migration import migrated_case
from processes.appraisal.definitions import catalogue, release_files
from processes.appraisal.variables import EMPLOYEE_PROCESS
from tests.bench.ours import numbered_cases, start_cases, take
from tests.bench.report import describe_machine
from tests.bench.story import PLAIN_APPRAISAL
from tests.bench.world import TENANT, World, open_world

CHUNK = 200
TASK, RENAMED = "record_realisation", "record_results"
_NAMED = re.compile(rf'((?:\bid|Ref|Element)="|<bpmn:flowNodeRef>){TASK}(?=["<])'.encode())
Figures = dict[str, Any]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.migration", description=__doc__)
    parser.add_argument("--cases", type=int, default=50_000)
    json.dump(measure(parser.parse_args().cases), sys.stdout, indent=2)
    sys.stdout.write("\n")


def measure(cases: int) -> Figures:
    """Return what it costs to look at cases, to move them where nothing differs and where much does, and back."""
    with tempfile.TemporaryDirectory() as folder, open_world(Path(folder)) as world:
        start_cases(world, EMPLOYEE_PROCESS, take(numbered_cases(PLAIN_APPRAISAL), cases), CHUNK)
        _deploy(world, lambda diagram: diagram.replace(b"</bpmn:process>", b"<!-- once more --></bpmn:process>"))
        _deploy(world, lambda diagram: _NAMED.sub(rb"\g<1>" + RENAMED.encode(), diagram))
        before, pairs = _stored(world), {TASK: (RENAMED,)}
        figures = {
            "look at them, mapped": _look(world, "1", "3", pairs),
            "move them, same": _move(world, "1", "2", {}),
            "move them back": _move(world, "2", "1", {}),
            "move them, mapped": _move(world, "1", "3", pairs),
            "bytes kept for undoing": _bytes_kept(world),
            "undo that": _undo(world),
        }
        return {
            "machine": describe_machine(),
            "cases": cases,
            "cases_in_a_transaction": CHUNK,
            **figures,
            "as_before": _stored(world) == before,
        }


def _deploy(world: World, change: Callable[[bytes], bytes]) -> None:
    """Deploy the appraisal with something said otherwise."""
    files = {
        name: change(content) if name.endswith(".bpmn") else content
        for name, content in release_files(EMPLOYEE_PROCESS).items()
    }
    world.engine.run(DeployRelease(files, catalogue()), system_actor(TENANT))


def _releases(world: World, old: str, new: str) -> tuple[NumberedRelease, NumberedRelease]:
    numbers = (f"{EMPLOYEE_PROCESS}:{number}" for number in (old, new))
    return world.engine.read(find_releases, system_actor(TENANT), *numbers)


def _timed(world: World, work: Callable[[], Iterable[Sequence[Any]]], verdict: Callable[[Any], str]) -> Figures:
    """Return what a run costs, batch by batch, and what became of its cases."""
    counts: Counter[str] = Counter()
    statements: list[int] = []
    wall, cpu = time.perf_counter(), time.process_time()
    batches = iter(work())
    while True:
        with world.counting() as sent:
            batch = next(batches, None)
        if batch is None:
            break
        counts.update(verdict(item) for item in batch)
        statements += [len(sent)] if len(batch) == CHUNK else []
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    cases = counts.total()
    return {
        "cpu_ms_per_case": round(1000 * cpu / cases, 3),
        "cases_per_second": round(cases / wall, 1),
        "seconds": round(wall, 1),
        "statements_per_batch": max(statements, default=0),
        "counts": dict(counts),
    }


def _look(world: World, old: str, new: str, pairs: Pairs) -> Figures:
    actor, engine = system_actor(TENANT), world.engine
    route = engine.read(view_route, actor, _releases(world, old, new), pairs, {})

    def pages() -> Iterable[Sequence[Any]]:
        after, now = 0, engine.clock()
        while page := engine.read(preview_move, actor, route, directory=engine.directory, now=now, after=after):
            yield page
            after = page[-1].case_id

    return _timed(world, pages, lambda item: str(item.moved.verdict))


def _move(world: World, old: str, new: str, pairs: Mapping[str, tuple[str, ...]]) -> Figures:
    actor = system_actor(TENANT)
    before, after = _releases(world, old, new)
    run = world.engine.run(BeginMigration(before.id, after.id, pairs), actor).value
    return _timed(world, partial(move_all, world.engine, actor, run), lambda item: str(item.moved.verdict))


def _undo(world: World) -> Figures:
    with world.database.reading() as read:
        run = read.execute(select(func.max(migrated_case.c.migration_id))).scalar_one()
    taken = partial(undo_all, world.engine, system_actor(TENANT), run)
    return _timed(world, taken, lambda item: item.reason.code if item.reason else "undone")


def _bytes_kept(world: World) -> float:
    """Return how many bytes are kept of a moved case until its move can no longer be undone."""
    with world.database.reading() as read:
        found = read.execute(select(func.avg(func.length(migrated_case.c.content)))).scalar_one()
    return round(float(found), 1)


def _stored(world: World) -> int:
    """Return a fingerprint of all states and tasks."""
    with world.database.reading() as read:
        states = read.execute(select(case_state.c.case_id, case_state.c.content).order_by(case_state.c.case_id))
        tasks = read.execute(select(open_task).order_by(*open_task.primary_key))
        return hash((tuple(map(tuple, states)), tuple(map(tuple, tasks))))


if __name__ == "__main__":
    main()

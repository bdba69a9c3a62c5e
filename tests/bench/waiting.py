"""A thousand and a million waiting cases: the same query plans, and nearly the same work for a completion."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Table, cast, func, insert, literal, select
from sqlalchemy.types import NullType, String

from engine.commands.complete_task import CompleteTask
from engine.policy.actor import Actor
from engine.queries.inbox import count_tasks, my_tasks
from engine.records.case import case, case_state, open_task, subscription, timer
from tests.bench.bars import ratio
from tests.bench.instructions import count_instructions
from tests.bench.measure import COMPLETION, READ, Contender, Phase, take_turns
from tests.bench.ours import numbered_cases, start_cases, take
from tests.bench.story import Story
from tests.bench.twins import catch_message, diagram, path, same, user
from tests.bench.world import OPENING, Waiting, World, open_world
from tests.unit.engine import diagrams

PROCESS = "waiting"
STORY = Story(PROCESS, {}, ())
PEOPLE = 500  # so many share the tasks, each with the same number of them in every size
FIRST_PERSON = 10_000
ANSWERS = {"note": "selesai"}


def deploy_waiting(world: World) -> None:
    """Deploy a process whose cases wait for a person, for a timer at the task, and for a message."""
    twins = diagram(
        PROCESS,
        same(diagrams.start()),
        same(diagrams.gateway("parallel", "split")),
        user("do"),
        same(diagrams.boundary_timer("late", "do", "P30D", interrupting=False)),
        catch_message("news"),
        same(diagrams.gateway("parallel", "join")),
        *(same(diagrams.end(name)) for name in ("done", "reminded")),
        path("begin", "split", "do", "join", "done"),
        path("split", "news", "join"),
        path("late", "reminded"),
    )
    world.deploy({f"{PROCESS}.bpmn": twins.feel})


def fill(world: World, cases: int) -> None:
    """Let so many cases wait: one is started, the others are copies of its rows."""
    deploy_waiting(world)
    start_cases(world, PROCESS, take(numbered_cases(STORY), 1))
    with world.database.writing() as connection:
        for table in (case, case_state, open_task, timer, subscription):
            connection.execute(_copies(table, dict(connection.execute(select(table)).mappings().one()), cases))
        connection.exec_driver_sql("ANALYZE")


def _copies(table: Table, pattern: Mapping[str, Any], cases: int) -> Any:
    number = select(literal(1).label("n")).cte("numbers", recursive=True)
    number = number.union_all(select(number.c.n + 1).where(number.c.n < cases))
    own = _own_values(number.c.n, cases)
    values = [own.get(name, literal(value, table.c[name].type)) for name, value in pattern.items()]
    return insert(table).from_select(list(pattern), select(*values).select_from(number))


def _own_values(n: ColumnElement[int], cases: int) -> dict[str, ColumnElement[Any]]:
    """Return what differs from case to case; days and people are spread, as in a city."""
    day = func.date(str(OPENING.date()), "+" + cast(n * 7919 % 60, String) + " days", type_=NullType())
    return {
        "id": n,
        "case_id": n,
        "business_key": "copy:" + cast(n, String),
        "key": cast(n, String),
        "assignee": FIRST_PERSON + n % max(cases // PEOPLE, 1),
        "due": day,
    }


def measure_waiting(few: Path, many: Path, sizes: Mapping[str, int], rounds: int, times: int) -> dict[str, Any]:
    """Return CPU of inbox queries and completions, instructions of completions, and whether the plans are the same.

    :param few, many: folders in which a world is filled and left for `counted`.
    """
    with open_world(few) as one, open_world(many) as other:
        worlds = {"few": one, "many": other}
        for name, world in worlds.items():
            fill(world, sizes[name])
        figures = take_turns({name: _reading(world) for name, world in worlds.items()}, times, rounds)
        plans = {name: _plans(world) for name, world in worlds.items()}
    instructions = {
        name: count_instructions("completion", str(folder)) for name, folder in {"few": few, "many": many}.items()
    }
    steps = {name: figures[name]["cpu_ms_by_step"] for name in worlds}
    return {
        "cases": dict(sizes),
        "cpu_ms": steps,
        "cpu_many_over_few": {step: ratio(steps["many"][step], steps["few"][step]) for step in steps["few"]},
        "instructions_per_completion": instructions,
        "instructions_many_over_few": ratio(instructions["many"], instructions["few"]),
        "statements": len(plans["few"]),
        "plans_that_differ": sum(plans["few"][text] != plans["many"].get(text) for text in plans["few"]),
    }


def _reading(world: World) -> Contender:
    reader = Actor(world.tenant, FIRST_PERSON, frozenset({"hr_verifier"}))
    reads = {
        "mine": lambda: world.engine.read(my_tasks, reader),
        "counts": lambda: world.engine.read(count_tasks, reader, OPENING.date()),
    }

    def turn(times: int) -> Iterator[Phase]:
        for name, read in reads.items():
            yield Phase(READ, name, times, partial(_repeat, read, times))
        yield Phase(COMPLETION, "completion", times, completing(world, times))

    return turn


def completing(world: World, times: int) -> Callable[[], None]:
    """Return what completes so many tasks of cases in the middle of all."""
    tasks = _in_the_middle(world, times)

    def complete() -> None:
        for task in tasks:
            command = CompleteTask(task.case_id, task.token, ANSWERS)
            world.engine.run(command, Actor(world.tenant, task.assignee), task.case_id.to_bytes(16))

    return complete


def _in_the_middle(world: World, times: int) -> list[Waiting]:
    with world.database.reading() as read:
        middle = read.execute(select(func.max(open_task.c.case_id))).scalar_one() // 2
        found = select(open_task.c.case_id, open_task.c.token, open_task.c.assignee)
        rows = read.execute(found.where(open_task.c.case_id > middle).order_by(open_task.c.case_id).limit(times))
        return [Waiting(row.case_id, row.token, row.assignee) for row in rows]


def _plans(world: World) -> dict[str, list[str]]:
    """Return the query plan of every statement of a completion and of the inbox."""
    actor = Actor(world.tenant, FIRST_PERSON)
    plans: dict[str, list[str]] = {}
    with world.explaining(plans):
        completing(world, 1)()
        world.engine.read(my_tasks, actor)
        world.engine.read(count_tasks, actor, OPENING.date())
    return plans


def _repeat(read: Callable[[], object], times: int) -> None:
    for _ in range(times):
        read()

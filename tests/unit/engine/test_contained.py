"""A completion by a person is never rolled back by what fails after it, whatever a service does or gives back."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, select, text

from engine.errors import ErrorThrown
from engine.policy.actor import system_actor
from engine.queries.case import CaseView, view_case
from engine.queries.verification import verify
from engine.records.changes import Write, write
from engine.records.outbox import insert_notice
from engine.records.tenant import insert_tenant, tenant
from engine.services import Notice, Service, ServiceContext, ServiceFailed, ServiceResult
from tests.unit.engine.diagrams import boundary_timer, catch, diagram, end, path, script, service, start, user
from tests.unit.engine.world import CITY, World, open_world

ANN, BOB = 11, 12
ABSENT = Table("absent", MetaData(), Column("id", Integer))


class Speechless(Exception):
    """An error that cannot even be shown."""

    def __str__(self) -> str:
        raise RuntimeError


class Halves:
    """What changes while it is looked at."""

    def __iter__(self) -> Iterator[Any]:
        raise KeyError("second look")


def raising(error: BaseException) -> Service:
    def raises(call: ServiceContext) -> ServiceResult:
        raise error

    return raises


def giving(result: Any) -> Service:
    return lambda call: cast(ServiceResult, result)


def generating(call: ServiceContext) -> Any:
    yield ServiceResult()


async def waiting(call: ServiceContext) -> ServiceResult:
    return ServiceResult()


def recurse(call: ServiceContext) -> ServiceResult:
    return recurse(call)


def inside_itself(call: ServiceContext) -> ServiceResult:
    value: list[Any] = []
    value.append(value)
    return ServiceResult(value)


def read_nonsense(call: ServiceContext) -> ServiceResult:
    return ServiceResult(call.read.execute(select(ABSENT)).scalar())


def read_nonsense_quietly(call: ServiceContext) -> ServiceResult:
    try:
        call.read.execute(text("SELECT nothing FROM nowhere"))
    except Exception:
        return ServiceResult("hidden")
    return ServiceResult()


def promise_rows(call: ServiceContext) -> ServiceResult:
    rows = ({"code": code, "created_at": call.now} for code in ("new", None))
    return ServiceResult(writes=(Write(insert_tenant, cast(Any, rows)),))


def promise_writes(call: ServiceContext) -> ServiceResult:
    return ServiceResult(writes=cast(Any, (item for item in (None,))))


FAILING: dict[str, Service] = {
    "interrupts": raising(KeyboardInterrupt()),
    "ends_generator": raising(GeneratorExit()),
    "cancels": raising(asyncio.CancelledError()),
    "exits": raising(SystemExit(3)),
    "runs_out_of_memory": raising(MemoryError()),
    "speechless": raising(Speechless()),
    "half_a_letter": raising(ValueError("\ud800 x \x00 y")),
    "half_a_reason": raising(ServiceFailed("\ud800 x \x00 y")),
    "long_reason": raising(ValueError("x" * 100_000)),
    "throws_nonsense": raising(ErrorThrown("late", what=object())),
    "throws_no_code": raising(ErrorThrown(cast(Any, object()))),
    "throws_uncaught": raising(ErrorThrown("late")),
    "nothing": giving(None),
    "a_number": giving(3),
    "a_class": giving(ServiceResult),
    "generates": generating,
    "awaits": cast(Any, waiting),
    "recurses": recurse,
    "inside_itself": inside_itself,
    "half_a_value": giving(ServiceResult("\ud800")),
    "object": giving(ServiceResult(object())),
    "too_much": giving(ServiceResult("x" * (9 << 20))),
    "no_writes": giving(ServiceResult(writes=cast(Any, None))),
    "odd_writes": giving(ServiceResult(writes=cast(Any, (3,)))),
    "odd_rows": giving(ServiceResult(writes=(Write(insert_tenant, cast(Any, (3,))),))),
    "odd_statement": giving(ServiceResult(writes=(Write(cast(Any, None), ({"a": 1},)),))),
    "half_rows": giving(ServiceResult(writes=(Write(insert_tenant, cast(Any, Halves())),))),
    "promised_rows": promise_rows,
    "promised_writes": promise_writes,
    "absent_table": giving(ServiceResult(writes=(write(ABSENT.insert(), id=1),))),
    "odd_parameters": giving(ServiceResult(writes=(write(insert_tenant, nonsense=1),))),
    "notice_to_nobody": giving(ServiceResult(notices=(Notice(cast(Any, None), "x"),))),
    "notice_of_nothing": giving(ServiceResult(notices=(Notice(ANN, cast(Any, None)),))),
    "odd_notice": giving(ServiceResult(notices=cast(Any, (3,)))),
    "odd_notice_params": giving(ServiceResult(notices=(Notice(ANN, "x", cast(Any, 3)),))),
    "reads_nonsense": read_nonsense,
    "forged_notice": giving(ServiceResult(writes=(write(insert_notice, id=1, person=None),))),
}
QUIET: dict[str, Service] = {"hides": read_nonsense_quietly}


@pytest.fixture
def world(kind: str, tmp_path: Path) -> Iterator[World]:
    """A world of services that misbehave."""
    with open_world(tmp_path, {**FAILING, **QUIET}) as opened:
        yield opened


def after_ann(world: World, folder: Path, process: str, *parts: str, last: str) -> CaseView:
    """Let Ann complete a task with these elements behind it, as a thread of the server would, and return the case."""
    ways = path("begin", "write", last) + path(last, "look", "done")
    world.deploy(
        diagram(folder, start(), user("write", "ann"), *parts, user("look", "bob"), end(), ways, process=process)
    )
    case = world.start(process, ann=ANN, bob=BOB, list=[])
    row = next(row for row in world.tasks(ANN) if row.case_id == case)
    with ThreadPoolExecutor(1) as thread:
        thread.submit(world.complete, ANN, row, text="kept").result()
    return world.engine.read(view_case, system_actor(CITY), case)


def is_sound(world: World) -> bool:
    with world.engine.database.reading() as read:
        run = verify(read, world.directory)
        return list(run.findings()) == [] and run.tally.not_replayed == 0


def test_the_persons_step_is_kept_beside_an_incident_and_nothing_of_the_service(world: World, tmp_path: Path) -> None:
    lost, silent = set[str](), set[str]()

    for name in FAILING:
        view = after_ann(world, tmp_path, name, service("work", name, "made"), last="work")
        lost |= set() if view.history[-1].data == {"text": "kept"} else {name}
        silent |= set() if [item.element for item in view.incidents] == ["work"] else {name}

    assert (lost, silent) == (set(), set())
    assert world.tasks(ANN) == world.tasks(BOB) == ()
    with world.engine.database.reading() as read:
        assert read.exec_driver_sql("SELECT count(*) FROM notice").scalar() == 0
        assert read.execute(select(tenant.c.code)).all() == []
    assert is_sound(world)


def test_a_service_that_hides_its_bad_query_does_not_spoil_the_step(world: World, tmp_path: Path) -> None:
    parts = service("work", "hides", "made"), catch("hear", '"k"')
    ways = path("begin", "write", "work", "hear", "look", "done")
    world.deploy(diagram(tmp_path, start(), user("write", "ann"), *parts, user("look", "bob"), end(), ways))
    case = world.start("test", ann=ANN, bob=BOB)

    world.complete(ANN, world.tasks(ANN)[0], text="kept")

    view = world.engine.read(view_case, system_actor(CITY), case)
    assert view.history[-1].data == {"text": "kept"}
    assert is_sound(world)


FEELS = (
    "10 ** 6000 * 10 ** 6000",
    'date(9999, 12, 31) + duration("P9999Y")',
    'date and time("9999-12-31T23:59:59-14:00")',
    'date and time("0001-01-01T00:00:00+14:00")',
    'date and time("9999-12-31T23:00:00Z")',
    'duration("P999999999D") * 999999999',
    'string join(for i in 1..100000 return "xxxxxxxxxx")',
    "for i in 1..1000000 return i",
    "working days after(date(9999, 12, 31), 30)",
    "list[1][1][1].x.y",
    "1 / 0",
)


@pytest.mark.parametrize("use", ["script", "timer", "assignee", "due"])
def test_whatever_an_expression_gives_the_step_before_it_is_kept(world: World, tmp_path: Path, use: str) -> None:
    lost = set[str]()

    for number, feel in enumerate(FEELS):
        asked = f"if list = [] then {feel} else null"  # no constant, which the check of the diagram would see through
        tail = {
            "script": (script("think", "thought", asked),),
            "timer": (
                user("think", "bob"),
                boundary_timer("late", "think", asked, kind="timeDate"),
                path("late", "done"),
            ),
            "assignee": (user("think", asked),),
            "due": (user("think", "bob", due=asked),),
        }[use]
        view = after_ann(world, tmp_path, f"{use}{number}", *tail, last="think")
        lost |= set() if view.history[-1].data == {"text": "kept"} else {feel}

    assert lost == set()
    assert is_sound(world)

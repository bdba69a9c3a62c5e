"""The history checker names what was changed in the rows beside a case: for whom, until when, in which city."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Table, delete, insert, select, update

from engine.bpmn.state import decode_state, encode_state
from engine.commands.cancel_case import CancelCase
from engine.commands.change_variables import ChangeVariables
from engine.commands.claim_task import ClaimTask
from engine.commands.delegate_task import DelegateTask
from engine.commands.suspend_case import SuspendCase
from engine.policy.actor import Actor, system_actor
from engine.queries.verification import Extensions, Finding, verify
from engine.records.case import CaseStatus, case, case_state, message, open_task, state_digest, subscription, timer
from engine.records.history import audit, journal
from engine.records.migration import migration
from engine.records.packing import pack
from engine.records.release import release
from engine.services import ServiceContext, ServiceResult
from tests.unit.engine.diagrams import boundary_timer, catch, diagram, end, path, service, start, throw, user
from tests.unit.engine.moves import Movers
from tests.unit.engine.world import CITY, MONDAY, World, open_world

ANN, BOB, EVE = 11, 12, 13
SYSTEM = system_actor(CITY)


def rate(call: ServiceContext) -> ServiceResult:
    return ServiceResult({"value": 7})


@pytest.fixture
def world(kind: str, tmp_path: Path) -> Iterator[World]:
    """A world of one case that waits at a task with a limit and for a message, and has sent one."""
    with open_world(tmp_path, {"rate": rate}) as opened:
        tail = user("write", "ann", due='date("2026-12-01")'), boundary_timer("late", "write", "P9D")
        ways = (
            path("begin", "say", "score", "split", "write", "done")
            + path("split", "hear", "done")
            + path("late", "done")
        )
        parts = (
            start(),
            throw("say", '"k"', "{n: 1}"),
            service("score", "rate", "scored"),
            catch("hear", '"x"', "heard"),
        )
        fork = '<bpmn:parallelGateway id="split"/>'
        opened.deploy(diagram(tmp_path, *parts, fork, *tail, end(), ways))
        simple = start(), user("first", "ann"), user("second", "bob"), end()
        opened.deploy(diagram(tmp_path, *simple, path("begin", "first", "second", "done"), process="simple"))
        opened.directory.may_take = frozenset({EVE})
        yield opened


def live(world: World) -> int:
    return world.start("test", ann=ANN, bob=BOB)


def findings(world: World, more: Extensions | None = None) -> list[Finding]:
    with world.engine.database.reading() as read:
        return list(verify(read, world.directory, more=more).findings())


def said(world: World) -> set[tuple[str, Any]]:
    return {(item.code, item.params.get("column")) for item in findings(world)}


def damage(world: World, *statements: Any) -> None:
    with world.engine.database.writing() as connection:
        for statement in statements:
            connection.execute(statement)


Change = Callable[[int], Any]


def of(table: Table, **values: Any) -> Change:
    return lambda case_id: update(table).where(table.c.case_id == case_id).values(**values)


def of_case(**values: Any) -> Change:
    return lambda case_id: update(case).where(case.c.id == case_id).values(**values)


ROWS: dict[str, tuple[Change, set[tuple[str, Any]]]] = {
    "a task is somebody else's": (of(open_task, assignee=EVE), {("row_differs", "assignee")}),
    "a task waits in a queue": (
        of(open_task, assignee=None, candidate="all"),
        {("row_differs", "assignee"), ("row_differs", "candidate")},
    ),
    "a task is due later": (of(open_task, due=date(2031, 1, 1)), {("row_differs", "due")}),
    "a task need not be looked at yet": (of(open_task, follow_up=date(2031, 1, 1)), {("row_differs", "follow_up")}),
    "a task is more urgent": (of(open_task, rank=1), {("row_differs", "rank")}),
    "a task is older": (of(open_task, opened_at=MONDAY - timedelta(9)), {("row_differs", "opened_at")}),
    "a task is in another city": (of(open_task, tenant="x"), {("row_differs", "tenant")}),
    "a timer is in another city": (of(timer, tenant="x"), {("row_differs", "tenant")}),
    "a timer fires later": (of(timer, due=MONDAY + timedelta(99)), {("row_differs", "due")}),
    "a timer counts from another day": (of(timer, set_at=MONDAY - timedelta(9)), {("row_differs", "set_at")}),
    "a listener has heard what it has not": (of(subscription, heard=7), {("row_differs", "heard")}),
    "a sent message is somebody else's": (lambda _: update(message).values(case_id=7), {("message_differs", None)}),
    "a release was deployed by somebody else": (
        lambda _: update(release).values(deployed_by=EVE),
        {("release_unexplained", None)},
    ),
    "another message is heard": (of(subscription, message="other"), {("row_differs", "message")}),
    "another key is heard": (of(subscription, key="other"), {("row_differs", "key")}),
    "another listener hears": (of(subscription, listener=99), {("row_differs", "listener")}),
    "an earlier message is not heard": (of(subscription, takes_earlier=False), {("row_differs", "takes_earlier")}),
    "a listener is in another city": (of(subscription, tenant="x"), {("row_differs", "tenant")}),
    "a case is suspended by nobody": (of_case(status=CaseStatus.SUSPENDED), {("case_differs", "status")}),
    "a case has ended and goes on": (of_case(ended_at=MONDAY), {("case_differs", "ended_at")}),
    "a case is younger": (of_case(started_at=MONDAY + timedelta(1)), {("case_differs", "started_at")}),
    "a sent message is gone": (lambda _: delete(message), {("message_missing", None)}),
    "a sent message says something else": (
        lambda _: update(message).values(payload=b"\x01\x80"),
        {("message_differs", None)},
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_each_changed_row_is_named(world: World, name: str) -> None:
    change, expected = ROWS[name]
    case_id = live(world)
    assert findings(world) == []

    damage(world, change(case_id))

    assert said(world) == expected


def acknowledge(write: World, command: str, case_id: int, **more: Any) -> Any:
    row = {"id": 1, "tenant": CITY, "at": MONDAY, "actor": EVE, "command": command, "subject": case_id}
    return insert(audit).values({**row, **more})


@pytest.mark.parametrize(
    "command", ["CancelCase", "SuspendCase", "ResumeCase", "SkipElement", "MoveToken", "ChangeVariables", "WakeEvent"]
)
def test_an_operation_that_only_the_audit_trail_knows_is_named(world: World, command: str) -> None:
    case_id = live(world)

    damage(world, acknowledge(world, command, case_id))

    assert said(world) == {("audit_without_step", None)}


@pytest.mark.parametrize("command", ["ChangeVariables", "SuspendCase", "DelegateTask", "CancelCase"])
def test_an_operation_that_is_gone_from_the_audit_trail_is_named(world: World, command: str) -> None:
    case_id = live(world)
    world.engine.run(ChangeVariables(case_id, {"bob": 14}, "why"), SYSTEM)
    world.engine.run(DelegateTask(case_id, world.tasks(ANN)[0].token, EVE), Actor(CITY, ANN))
    world.engine.run(SuspendCase(case_id, "why"), SYSTEM)
    world.engine.run(CancelCase(case_id, "why"), SYSTEM)
    assert findings(world) == []

    damage(world, delete(audit).where(audit.c.command == command))

    assert said(world) == {("step_without_audit", None)}


def test_an_audit_row_of_another_city_is_named(world: World) -> None:
    world.start("simple", ann=ANN, bob=BOB)
    world.complete(ANN, world.tasks(ANN)[0])

    damage(world, update(audit).where(audit.c.command == "CompleteTask").values(tenant="x"))

    assert said(world) == {("audit_tenant", None)}


def test_whoever_was_not_asked_has_not_done_it_whatever_journal_and_audit_trail_say(world: World) -> None:
    world.start("simple", ann=ANN, bob=BOB)
    world.complete(ANN, world.tasks(ANN)[0])

    damage(world, *(update(table).where(table.c.actor == ANN).values(actor=EVE) for table in (journal, audit)))

    assert said(world) == {("done_by_other", None)}


def test_whoever_took_a_task_over_or_claimed_it_may_do_it(world: World, tmp_path: Path) -> None:
    queue = user("one", "", candidate='"all"'), user("two", "ann")
    world.deploy(diagram(tmp_path, start(), *queue, end(), path("begin", "one", "two", "done"), process="queue"))
    world.start("queue", ann=ANN)
    row = world.queue(BOB, "all")[0]
    world.engine.run(ClaimTask(row.case_id, row.token), Actor(CITY, BOB, frozenset({"all"})))
    world.complete(BOB, row)
    world.engine.run(DelegateTask(row.case_id, world.tasks(ANN)[0].token, EVE), Actor(CITY, ANN))

    world.complete(EVE, world.tasks(EVE)[0])

    assert findings(world) == []


def test_a_case_that_is_wholly_gone_is_missed_by_the_audit_trail(world: World) -> None:
    case_id = live(world)
    tables = open_task, timer, subscription, case_state, journal

    damage(world, *(delete(table).where(table.c.case_id == case_id) for table in tables), delete(case))

    assert [item.code for item in findings(world)] == ["outbox_unexplained", "row_astray"]
    assert findings(world)[-1].params == {"table": "audit"}


def forged(content: bytes) -> bytes:
    state = decode_state(content)
    assert state.scopes[0].variables is not None
    state.scopes[0].variables["bob"] = 99
    return encode_state(state)


def forge(world: World, case_id: int) -> None:
    """Change a variable in the state, and nothing else."""
    this = case_state.c.case_id == case_id
    with world.engine.database.writing() as connection:
        content = connection.execute(select(case_state.c.content).where(this)).scalar_one()
        connection.execute(update(case_state).where(this).values(content=forged(content)))


def test_a_forged_state_is_an_error_where_the_case_asked_for_working_days(world: World, tmp_path: Path) -> None:
    limit = boundary_timer("late", "a", "working days after(today(), 3)", kind="timeDate")
    ways = path("begin", "a", "done") + path("late", "done")
    world.deploy(diagram(tmp_path, start(), user("a", "bob"), limit, end(), ways, process="days"))
    case_id = world.start("days", bob=BOB)

    forge(world, case_id)

    assert said(world) == {("state_forged", None)}


@pytest.mark.parametrize("is_undone", [False, True])
def test_a_forged_state_is_an_error_where_the_case_was_moved(world: World, tmp_path: Path, is_undone: bool) -> None:
    a, b = (path("begin", name, "done") for name in ("a", "b"))
    world.deploy(diagram(tmp_path, start(), user("a", "bob"), end(), a, process="moves"))
    case_id = world.start("moves", bob=BOB)
    world.deploy(diagram(tmp_path, start(), user("b", "bob"), end(), b, process="moves"))
    movers = Movers(world)
    movers.move("a=b")
    if is_undone:
        movers.undo()
    assert [item.code for item in findings(world)] == []

    forge(world, case_id)

    assert said(world) == {("state_forged", None)}


@pytest.mark.parametrize("mapping", [b"x", pack([{"a": ["c"]}, {}]), pack(1)])
def test_what_says_how_a_case_was_moved_cannot_be_changed(world: World, tmp_path: Path, mapping: bytes) -> None:
    a, b = (path("begin", name, "done") for name in ("a", "b"))
    world.deploy(diagram(tmp_path, start(), user("a", "bob"), end(), a, process="moves"))
    world.start("moves", bob=BOB)
    world.deploy(diagram(tmp_path, start(), user("b", "bob"), end(), b, process="moves"))
    Movers(world).move("a=b")

    damage(world, update(migration).values(mapping=mapping))

    assert ("replay_differs", None) in said(world)


@pytest.mark.parametrize("changed", [{"started_by": EVE}, {"started_at": MONDAY - timedelta(1)}])
def test_a_move_of_cases_was_ordered_by_whom_it_says(world: World, tmp_path: Path, changed: dict[str, Any]) -> None:
    for name in ("a", "b"):
        ways = path("begin", name, "done")
        world.deploy(diagram(tmp_path, start(), user(name, "bob"), end(), ways, process="moves"))
    Movers(world).move("a=b")
    assert findings(world) == []

    damage(world, update(migration).values(changed))

    assert said(world) == {("order_unexplained", None)}


def test_states_of_two_cases_cannot_be_exchanged(world: World) -> None:
    cases = [world.start("simple", key, ann=ANN, bob=BOB) for key in ("1", "2")]
    with world.engine.database.reading() as read:
        rows = [read.execute(select(case_state).where(case_state.c.case_id == number)).one() for number in cases]

    damage(
        world, *(of(case_state, digest=row.digest)(number) for row, number in zip(rows, reversed(cases), strict=True))
    )

    assert said(world) == {("state_forged", None)}


def changed_at(instant: datetime | None) -> Callable[[Connection, str], datetime | None]:
    return lambda _read, _tenant: instant


def test_where_the_lists_of_days_never_changed_a_case_that_asked_for_them_must_come_out_the_same(
    world: World, tmp_path: Path
) -> None:
    limit = boundary_timer("late", "a", "working days after(today(), 3)", kind="timeDate")
    ways = path("begin", "a", "done") + path("late", "done")
    world.deploy(diagram(tmp_path, start(), user("a", "bob"), limit, end(), ways, process="days"))
    case_id = world.start("days", bob=BOB)
    with world.engine.database.writing() as connection:
        row = connection.execute(select(case_state).where(case_state.c.case_id == case_id)).one()
        content = forged(row.content)
        both = {"content": content, "digest": state_digest(case_id, content)}
        connection.execute(of(case_state, **both)(case_id))

    known = [
        findings(world, Extensions(days_changed=changed_at(instant)))[0].code
        for instant in (None, MONDAY - timedelta(1), MONDAY)
    ]

    assert known == ["replay_differs", "replay_differs", "not_replayed"]

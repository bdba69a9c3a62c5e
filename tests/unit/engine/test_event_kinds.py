"""Every kind of event on the real database: each step loads the case anew, and the worker does what nobody does."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from engine.commands.retry_incident import RetryIncident
from engine.errors import ErrorThrown
from engine.policy.actor import system_actor
from engine.queries.case import view_case
from engine.records.case import CaseStatus, subscription, timer
from engine.services import ServiceContext, ServiceResult
from engine.worker import sweep_timers
from tests.unit.engine.bpmn.drawings import association, definition, edge, event, event_sub, sub
from tests.unit.engine.diagrams import boundary_timer, catch, end, flow, gateway, path, service, start, user
from tests.unit.engine.listening import ANN, BOB, deploy, deploy_speaker
from tests.unit.engine.world import CITY, World, open_world

SPLIT = '<bpmn:parallelGateway id="split" />'


class Shop:
    """Services that note what they did; paying may report an error of the process."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.error: str | None = None

    def book(self, call: ServiceContext) -> ServiceResult:
        self.done.append("book")
        return ServiceResult("R7")

    def pay(self, call: ServiceContext) -> ServiceResult:
        if self.error:
            raise ErrorThrown(self.error, reason="no funds")
        self.done.append("pay")
        return ServiceResult("paid")

    def undo(self, call: ServiceContext) -> ServiceResult:
        self.done.append(f"undo {call.inputs['what']}")
        return ServiceResult()


@pytest.fixture
def shop() -> Shop:
    return Shop()


@pytest.fixture
def market(kind: str, tmp_path: Path, shop: Shop) -> Iterator[World]:
    """A world in which the shop's services are known."""
    services = {"shop.book": shop.book, "shop.pay": shop.pay, "shop.undo": shop.undo}
    with open_world(tmp_path, services) as opened:
        yield opened


def begin(world: World, folder: Path, *parts: str, **variables: Any) -> int:
    """Deploy a diagram and start its case."""
    deploy(world, folder, "test", start(), *parts)
    return world.start("test", **variables)


def done(world: World, *steps: tuple[int, str]) -> None:
    """Let persons do their tasks, one after the other."""
    for person, element in steps:
        row = next(row for row in world.tasks(person) if row.element == element)
        world.complete(person, row, ok=True)
        world.work()


def asked(world: World) -> dict[int, list[str]]:
    """Return what Ann and Bob are asked."""
    return {person: sorted(row.element for row in world.tasks(person)) for person in (ANN, BOB)}


def state(world: World, case: int) -> CaseStatus:
    return world.engine.read(view_case, system_actor(CITY), case).case.status


def waiting(world: World) -> tuple[int, int]:
    """Return how many timers and subscriptions there are."""
    with world.engine.database.reading() as read:
        counts = (select(func.count()).select_from(table).scalar_subquery() for table in (timer, subscription))
        row = read.execute(select(*counts)).one()
    return row[0], row[1]


def elapse(world: World, **span: int) -> None:
    world.clock.forward(**span)
    sweep_timers(world.engine)
    world.work()


def conditional(name: str, host: str, *, calm: bool = False) -> str:
    return edge(name, host, "conditional", calm=calm).replace("x &gt; 1", "count(said) &gt; 1")


@pytest.mark.parametrize(("calm", "left"), [(False, ["flee"]), (True, ["flee", "write"])])
def test_a_condition_at_a_task_happens_when_another_step_makes_it_true(
    world: World, tmp_path: Path, calm: bool, left: list[str]
) -> None:
    tasks = SPLIT, user("write", "11"), user("look", "12"), user("flee", "11"), conditional("full", "write", calm=calm)
    adds = '<bpmn:scriptTask id="add"><bpmn:extensionElements><alur:script result="said" /></bpmn:extensionElements>'
    adds += "<bpmn:script>append(said, 1)</bpmn:script></bpmn:scriptTask>"
    again = gateway("exclusive", "again", default="again-done")
    ways = path("begin", "split", "write", "done"), path("split", "look", "add", "again", "done"), path("full", "flee")
    back = flow("again", "look", "count(said) < 3"), path("flee", "done")
    begin(world, tmp_path, *tasks, adds, again, end(), *ways, *back, said=[])

    done(world, (BOB, "look"))
    assert asked(world) == {ANN: ["write"], BOB: ["look"]}
    done(world, (BOB, "look"))

    assert asked(world)[ANN] == left


def test_a_condition_on_the_way_waits_until_it_holds(world: World, tmp_path: Path) -> None:
    waits = event("intermediateCatchEvent", "until", "conditional").replace("x &gt; 1", "look.ok = true")
    tasks = SPLIT, waits, user("go", "11"), user("look", "12"), end()
    begin(world, tmp_path, *tasks, path("begin", "split", "until", "go", "done"), path("split", "look", "done"))
    assert asked(world) == {ANN: [], BOB: ["look"]}

    done(world, (BOB, "look"))

    assert asked(world) == {ANN: ["go"], BOB: []}


@pytest.mark.parametrize(("calm", "left"), [(False, ["help"]), (True, ["help", "write"])])
def test_an_escalation_leaves_the_sub_process_or_ends_it(
    world: World, tmp_path: Path, calm: bool, left: list[str]
) -> None:
    raises = event("intermediateThrowEvent", "raise", "escalation")
    inner = start("in"), SPLIT, user("write", "11"), user("look", "12"), raises, end("out")
    inner_ways = path("in", "split", "write", "out"), path("split", "look", "raise", "out")
    parts = sub("work", *inner, *inner_ways), edge("raised", "work", "escalation", calm=calm), user("help", "11"), end()
    case = begin(world, tmp_path, *parts, path("begin", "work", "done"), path("raised", "help", "done"))

    done(world, (BOB, "look"))

    assert asked(world) == {ANN: left, BOB: []}
    done(world, *((ANN, element) for element in left))
    assert state(world, case) is CaseStatus.FINISHED


def test_an_escalation_is_caught_by_an_event_sub_process_beside_it(world: World, tmp_path: Path) -> None:
    helps = event_sub("help", "escalation", user("mend", "11"), path("mend", "help_end"), calm=True).replace(
        'targetRef="help_end"></bpmn:sequenceFlow></bpmn:subProcess>',
        'targetRef="mend"></bpmn:sequenceFlow></bpmn:subProcess>',
    )
    raises = event("intermediateThrowEvent", "raise", "escalation")
    parts = user("look", "12"), raises, user("write", "12"), end(), helps
    begin(world, tmp_path, *parts, path("begin", "look", "raise", "write", "done"))

    done(world, (BOB, "look"))

    assert asked(world) == {ANN: ["mend"], BOB: ["write"]}


def bookings(*after: str) -> tuple[str, ...]:
    """Book and pay, each with the step that undoes it, with a person between."""
    parts: list[str] = []
    for name in ("book", "pay"):
        undo = service(f"undo_{name}", "shop.undo", what=f'"{name}"').replace(
            "<bpmn:serviceTask ", '<bpmn:serviceTask isForCompensation="true" ', 1
        )
        parts += [service(name, f"shop.{name}", name), edge(f"c_{name}", name, "compensate"), undo]
        parts.append(association(f"c_{name}", f"undo_{name}"))
    return (*parts, user("check", "11"), *after)


def test_compensation_undoes_what_was_done_the_last_first_and_once(market: World, shop: Shop, tmp_path: Path) -> None:
    undoes = event("intermediateThrowEvent", "back", "compensate"), user("sorry", "12"), end()
    ways = path("begin", "book", "pay", "check", "back", "sorry", "done")
    case = begin(market, tmp_path, *bookings(*undoes), ways)
    assert shop.done == ["book", "pay"]

    done(market, (ANN, "check"))

    assert shop.done == ["book", "pay", "undo pay", "undo book"]
    done(market, (BOB, "sorry"))
    assert state(market, case) is CaseStatus.FINISHED


def test_a_cancelled_transaction_undoes_what_it_did_and_goes_on_at_its_edge(
    market: World, shop: Shop, tmp_path: Path
) -> None:
    choice = gateway("exclusive", "ok", default="ok-bad"), event("endEvent", "bad", "cancel"), end("out")
    ways = path("in", "book", "pay", "check", "ok", "bad") + flow("ok", "out", "check.ok = false")
    deal = sub("deal", start("in"), *bookings(*choice), ways, tag="transaction")
    parts = deal, edge("off", "deal", "cancel"), user("sorry", "12"), end()
    case = begin(market, tmp_path, *parts, path("begin", "deal", "done"), path("off", "sorry", "done"))

    done(market, (ANN, "check"))

    assert shop.done == ["book", "pay", "undo pay", "undo book"]
    assert asked(market) == {ANN: [], BOB: ["sorry"]}
    done(market, (BOB, "sorry"))
    assert state(market, case) is CaseStatus.FINISHED


def test_an_error_end_ends_the_sub_process_and_takes_its_tasks_along(world: World, tmp_path: Path) -> None:
    bad = event("endEvent", "bad", "error")
    inner = start("in"), SPLIT, user("write", "11"), user("look", "12"), bad, end("out")
    inner_ways = path("in", "split", "write", "out"), path("split", "look", "bad")
    parts = sub("work", *inner, *inner_ways), edge("broken_off", "work", "error"), user("mend", "12"), end()
    begin(world, tmp_path, *parts, path("begin", "work", "done"), path("broken_off", "mend", "done"))

    done(world, (BOB, "look"))

    assert asked(world) == {ANN: [], BOB: ["mend"]}


def paying(world: World, folder: Path, code: str = "") -> int:
    """Ann checks, the shop pays; Bob mends what goes wrong, if its code is caught."""
    caught = edge("no_funds", "pay", "error") if code else edge("no_funds", "pay", "error", _errorRef="")
    caught = caught.replace(
        "><bpmn:error", '><bpmn:extensionElements><alur:error result="why" /></bpmn:extensionElements><bpmn:error', 1
    )
    parts = user("check", "11"), service("pay", "shop.pay", "paid"), caught, user("mend", "12"), end()
    return begin(world, folder, *parts, path("begin", "check", "pay", "done"), path("no_funds", "mend", "done"))


@pytest.mark.parametrize("code", ["E1", ""])
def test_an_error_that_a_service_throws_is_caught_at_its_edge(
    market: World, shop: Shop, tmp_path: Path, code: str
) -> None:
    shop.error = "E1"
    case = paying(market, tmp_path, code)

    done(market, (ANN, "check"))

    assert asked(market) == {ANN: [], BOB: ["mend"]}
    assert market.tasks(BOB)[0].variables["why"] == {"reason": "no funds"}
    assert market.engine.read(view_case, system_actor(CITY), case).incidents == ()


def test_an_error_that_nothing_catches_is_an_incident_that_names_its_code(
    market: World, shop: Shop, tmp_path: Path
) -> None:
    shop.error = "E9"
    case = paying(market, tmp_path, "E1")
    done(market, (ANN, "check"))
    incident = market.engine.read(view_case, system_actor(CITY), case).incidents[0]
    assert (incident.element, "'E9'" in incident.text) == ("pay", True)

    shop.error = None
    market.engine.run(RetryIncident(case, incident.token), system_actor(CITY))

    assert (shop.done, state(market, case)) == (["pay"], CaseStatus.FINISHED)


@pytest.mark.parametrize(("first", "then"), [("message", "read"), ("timer", "remind")])
def test_behind_an_event_gateway_the_first_event_takes_all(world: World, tmp_path: Path, first: str, then: str) -> None:
    deploy_speaker(world, tmp_path)
    which = '<bpmn:eventBasedGateway id="which" />'
    soon = event("intermediateCatchEvent", "soon", "timer")
    parts = which, catch("hear", "topic"), soon, user("read", "11"), user("remind", "11"), end()
    ways = path("begin", "which", "hear", "read", "done"), path("which", "soon", "remind", "done")
    begin(world, tmp_path, *parts, *ways, topic="weather")
    assert waiting(world) == (1, 1)

    if first == "message":
        world.start("speaker", topic="weather", text="rain")
        world.work()
    elapse(world, hours=2)

    assert asked(world)[ANN] == [then]
    assert waiting(world) == (0, 0)


def test_a_cycle_at_a_task_comes_as_often_as_it_says_while_the_task_waits(world: World, tmp_path: Path) -> None:
    reminds = boundary_timer("again", "write", "R2/PT1H", interrupting=False, kind="timeCycle")
    parts = user("write", "11"), reminds, user("remind", "12"), end()
    begin(world, tmp_path, *parts, path("begin", "write", "done"), path("again", "remind", "done"))

    counts = []
    for _ in range(4):
        elapse(world, hours=1)
        counts.append(len(world.tasks(BOB)))

    assert counts == [1, 2, 2, 2]
    assert waiting(world) == (0, 0)


def test_a_timer_of_an_event_sub_process_ends_everything_beside_it(world: World, tmp_path: Path) -> None:
    stops = event_sub("over", "timer")
    case = begin(world, tmp_path, user("write", "11"), stops, end(), path("begin", "write", "done"))
    assert waiting(world) == (1, 0)

    elapse(world, hours=1)

    assert asked(world) == {ANN: [], BOB: []}
    assert state(world, case) is CaseStatus.FINISHED


def test_a_link_leads_on_across_steps(world: World, tmp_path: Path) -> None:
    out = f'<bpmn:intermediateThrowEvent id="out">{definition("link", name="A")}</bpmn:intermediateThrowEvent>'
    into = f'<bpmn:intermediateCatchEvent id="into">{definition("link", name="A")}</bpmn:intermediateCatchEvent>'
    parts = user("write", "11"), out, into, user("read", "12"), end()
    begin(world, tmp_path, *parts, path("begin", "write", "out"), path("into", "read", "done"))

    done(world, (ANN, "write"))

    assert asked(world) == {ANN: [], BOB: ["read"]}


def test_terminate_inside_a_sub_process_ends_that_alone(world: World, tmp_path: Path) -> None:
    stop = event("endEvent", "stop", "terminate")
    inner = start("in"), SPLIT, user("write", "11"), user("look", "12"), stop, end("out")
    inner_ways = path("in", "split", "write", "out"), path("split", "look", "stop")
    parts = sub("work", *inner, *inner_ways), user("read", "12"), end()
    begin(world, tmp_path, *parts, path("begin", "work", "read", "done"))

    done(world, (BOB, "look"))

    assert asked(world) == {ANN: [], BOB: ["read"]}

"""Fault 19: what Alur calls outside is down. The inbox works, the step is kept, and the call is made up for later."""

from pathlib import Path

from engine.commands.retry_incident import RetryIncident
from engine.policy.actor import system_actor
from engine.queries.case import view_case
from engine.services import ServiceContext, ServiceResult
from tests.faults.history import check_history
from tests.unit.engine.diagrams import diagram, end, path, service, start, user
from tests.unit.engine.world import CITY, open_world

ANN, BOB = 11, 12


def test_a_service_outside_that_does_not_answer_stops_its_own_element_only(tmp_path: Path) -> None:
    is_up: list[bool] = []

    def call_outside(call: ServiceContext) -> ServiceResult:
        if not is_up:
            raise ConnectionRefusedError("the personnel register does not answer")
        return ServiceResult("registered")

    with open_world(tmp_path, {"register": call_outside}) as world:
        parts = user("write", "ann"), service("send", "register", "answer"), user("look", "bob")
        ways = path("begin", "write", "send", "look", "done")
        world.deploy(diagram(tmp_path, start(), *parts, end(), ways))
        cases = [world.start("test", str(number), ann=ANN, bob=BOB) for number in range(3)]
        for row in world.tasks(ANN):
            world.complete(ANN, row)
        assert (world.tasks(ANN), world.tasks(BOB)) == ((), ())

        is_up.append(True)
        for case in cases:
            incident = world.engine.read(view_case, system_actor(CITY), case).incidents[0]
            world.engine.run(RetryIncident(case, incident.token), system_actor(CITY))

        assert len(world.tasks(BOB)) == 3
        check_history(world)

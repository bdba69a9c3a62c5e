"""Fault 11: the rules of a city raise, loop, end their process or take all memory, or a service of a process hangs.

Only that case becomes an incident, the city is left alone when it goes on failing, and the others go on. How each
misdeed ends, and that a city answers in its process as it does here, is in tests/unit/plugins/test_apart.py.
"""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from threading import Event, Thread

import pytest

from engine.policy.actor import system_actor
from engine.queries.case import view_case
from engine.services import ServiceContext, ServiceResult
from plugins.apart import CityProcess
from plugins.api import Period, PositionFacts, PositionLevel, ScoreRequest, UnitKind
from plugins.manager import CityPlugin
from tests.faults import bad_city
from tests.faults.crowd import PATIENCE, finish_all
from tests.faults.history import check_history
from tests.unit.engine.diagrams import diagram, end, path, service, start, user
from tests.unit.engine.world import CITY, open_world

ANN, BOB, EVE = 11, 12, 13
POSITION = PositionFacts("general", PositionLevel.EXECUTOR, UnitKind.OTHER)
PATIENT = 1.0


def request(misdeed: int) -> ScoreRequest:
    """Return a request by which the bad city misbehaves in that way."""
    quarter = Period.quarter(2026, 2)
    return ScoreRequest(position=POSITION, period=quarter, measured={"N1": {"value": Decimal(misdeed)}})


@pytest.fixture(scope="module")
def city() -> Iterator[CityPlugin]:
    """The bad city, asked in a process of its own."""
    plugin = CityPlugin("kupang", bad_city)
    plugin.keep_apart(CityProcess("kupang", "tests.faults.bad_city", answer_seconds=PATIENT))
    yield plugin
    plugin.keep_apart(None)


def test_a_looping_rule_is_an_incident_of_its_case_while_another_city_works(tmp_path: Path, city: CityPlugin) -> None:
    entered = Event()

    def score(call: ServiceContext) -> ServiceResult:
        entered.set()
        return ServiceResult(call.city.score(request(1)).value)

    with open_world(tmp_path, {"score": score}) as world:
        world.directory.city = lambda tenant: city  # type: ignore[method-assign]  # the bad one
        parts = user("write"), service("rate", "score"), user("read")
        world.deploy(
            diagram(tmp_path, start(), *parts, end(), path("begin", "write", "rate", "read", "done"), process="bad")
        )
        world.deploy(diagram(tmp_path, start(), user("write"), end(), path("begin", "write", "done")))
        case = world.start("bad", person=ANN)
        for number in range(10):
            world.start("test", str(number), person=BOB)
        slow = Thread(target=finish_all, args=(world, ANN))
        slow.start()
        assert entered.wait(PATIENCE)

        assert finish_all(world, BOB) == 10

        slow.join(PATIENCE)
        incident = world.engine.read(view_case, system_actor(CITY), case).incidents[0]
        assert (incident.element, "took too long" in incident.text) == ("rate", True)
        check_history(world)


def test_a_service_that_hangs_stops_nobody_else(tmp_path: Path) -> None:
    entered, leave = Event(), Event()

    def hang(call: ServiceContext) -> ServiceResult:
        entered.set()
        leave.wait(2 * PATIENCE)
        return ServiceResult()

    with open_world(tmp_path, {"hang": hang}) as world:
        parts = start(), user("write"), service("work", "hang"), user("read"), end()
        world.deploy(diagram(tmp_path, *parts, path("begin", "write", "work", "read", "done"), process="slow"))
        world.deploy(diagram(tmp_path, start(), user("write"), end(), path("begin", "write", "done")))
        world.start("slow", person=ANN)
        world.start("test", person=BOB)
        stuck = Thread(target=finish_all, args=(world, ANN))
        stuck.start()
        assert entered.wait(PATIENCE)

        finish_all(world, BOB)

        assert world.tasks(BOB) == ()
        leave.set()
        stuck.join(PATIENCE)
        assert world.tasks(ANN) == ()

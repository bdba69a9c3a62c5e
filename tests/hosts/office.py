"""What the hosts work on: cases whose timer is due, and whose next step takes a while; and who works on them."""

import signal
import sys
import threading
import time
from pathlib import Path

from sqlalchemy import select

from engine.jobs import Heartbeat, WorkerThread, make_app
from engine.records.case import case_state
from engine.services import ServiceContext, ServiceResult
from engine.worker import TASKS
from tests.unit.engine.diagrams import boundary_timer, diagram, end, path, service, start, user
from tests.unit.engine.world import World, open_world

HEARTBEAT = Heartbeat(every=1.0, limit=4.0)
WORK_SECONDS = 4.0
ANN = 11


def work_slowly(call: ServiceContext) -> ServiceResult:
    """Say that the work on a case has begun, and take a while."""
    say("began", call.case_id)
    time.sleep(WORK_SECONDS)
    return ServiceResult("done")


def say(word: str, number: int = 0) -> None:
    """Tell the test something."""
    sys.stdout.write(f"{word} {number}\n")
    sys.stdout.flush()


SERVICES = {"slowly": work_slowly}


def deploy(world: World, folder: Path) -> None:
    """Deploy the diagram of the office."""
    late = boundary_timer("late", "write", "PT1H"), service("work", "slowly"), user("read", str(ANN)), end()
    ways = path("begin", "write", "done"), path("late", "work", "read", "done")
    world.deploy(diagram(folder, start(), user("write", "12"), *late, *ways))


def work(folder: Path) -> None:
    """Carry out jobs until told to end, as `alur worker` does."""
    told = threading.Event()
    signal.signal(signal.SIGTERM, lambda _number, _frame: told.set())
    with open_world(folder, SERVICES) as world:
        world.clock.forward(hours=2)
        worker = WorkerThread(make_app(world.engine.database, TASKS, world.engine, heartbeat=HEARTBEAT))
        worker.start()
        say("ready")
        told.wait()
        worker.stop(WORK_SECONDS * 2)


def hold(folder: Path) -> None:
    """Change a case in a transaction, and get no further."""
    with open_world(folder, SERVICES) as world, world.engine.database.writing() as connection:
        connection.execute(select(case_state.c.case_id).with_for_update()).all()
        say("holds")
        time.sleep(600)


if __name__ == "__main__":
    {"work": work, "hold": hold}[sys.argv[1]](Path(sys.argv[2]))

"""A worker that fires a timer and is killed in the middle of it, holding the case."""

import sys
import time
from pathlib import Path

from engine.services import ServiceContext, ServiceResult
from tests.unit.engine.world import MONDAY, open_world


def linger(call: ServiceContext) -> ServiceResult:
    """Say that the work has begun, and take long."""
    sys.stdout.write("working\n")
    sys.stdout.flush()
    time.sleep(600)
    return ServiceResult()


if __name__ == "__main__":
    with open_world(Path(sys.argv[1]), {"work": linger}) as world:
        world.clock.now = MONDAY.replace(hour=12)
        world.work()

"""Fault 20: three time zones, the end of the year, the 29th of February. A deadline ends with the day of the city."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from engine.worker import sweep_timers
from tests.faults.history import check_history
from tests.unit.engine.diagrams import boundary_timer, diagram, end, path, start, user
from tests.unit.engine.world import World

ANN, BOB = 11, 12
ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
#: The expression, when the case starts in the city, and the last moment of the time that it gives.
DEADLINES = {
    "a leap day": ("date(2028, 2, 29)", (2028, 2, 28, 9), (2028, 3, 1)),
    "after a leap day": ('date("2028-02-28") + duration("P2D")', (2028, 2, 28, 9), (2028, 3, 2)),
    "the end of the year": ("date(2026, 12, 31)", (2026, 12, 31, 9), (2027, 1, 1)),
    "a month after the 31st": ('date("2027-01-31") + duration("P1M")', (2027, 1, 31, 9), (2027, 3, 1)),
    "working days over the new year": ("working days after(today(), 1)", (2026, 12, 31, 23), (2027, 1, 2)),
    "today late in the evening": ("today()", (2026, 11, 5, 23), (2026, 11, 6)),
}


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("name", DEADLINES)
def test_time_is_up_with_the_day_of_the_city(world: World, tmp_path: Path, name: str, zone: str) -> None:
    feel, begins, ends = DEADLINES[name]
    local = ZoneInfo(ZONES[zone])
    world.directory.zone = lambda tenant: local  # type: ignore[method-assign]  # a city elsewhere
    world.clock.now = datetime(*begins, tzinfo=local).astimezone(UTC)
    late = boundary_timer("late", "write", feel, kind="timeDate"), user("help", "12")
    ways = path("begin", "write", "done"), path("late", "help", "done")
    world.deploy(diagram(tmp_path, start(), user("write", "11"), *late, end(), *ways, process="deadline"))
    world.start("deadline")
    over = datetime(*ends, tzinfo=local).astimezone(UTC)

    world.clock.now = over - timedelta(minutes=1)
    sweep_timers(world.engine)
    world.work()
    assert (len(world.tasks(ANN)), len(world.tasks(BOB))) == (1, 0)

    world.clock.now = over + timedelta(seconds=1)
    sweep_timers(world.engine)
    world.work()
    assert (len(world.tasks(ANN)), len(world.tasks(BOB))) == (0, 1)
    check_history(world)

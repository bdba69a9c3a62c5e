"""A process that begins by itself after so many working days begins later when a holiday comes in between."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from engine.commands.recount_all import RecountAll
from engine.commands.recount_start import RecountStart
from engine.commands.restore_release import RestoreRelease
from engine.errors import NotFound
from engine.policy.actor import Actor, system_actor
from engine.queries.deadlines import coming_recount
from engine.records.history import audit
from engine.records.release import release, start_event
from engine.worker import sweep_timers
from tests.unit.engine.listening import ANN
from tests.unit.engine.test_recounting import open_limited
from tests.unit.engine.test_start_events import at, deploy_begun, elapse, keys
from tests.unit.engine.world import CITY, MONDAY, World

SYSTEM = system_actor(CITY)
WEDNESDAY = date(2026, 10, 7)
IN_THREE_DAYS = "working days after(today(), 3)"
DAY = timedelta(days=1)


@pytest.fixture
def town(world: World, tmp_path: Path) -> World:
    """A process that begins at the beginning of Thursday: on Wednesday at 17:00 UTC."""
    deploy_begun(world, tmp_path, at("timeDate", IN_THREE_DAYS), "at")
    return world


def begins(world: World) -> datetime | None:
    with world.engine.database.reading() as read:
        due: datetime | None = read.execute(select(start_event.c.due)).scalar_one()
    return due


def coming(world: World) -> list[tuple[datetime, datetime]]:
    found = world.engine.read(coming_recount, SYSTEM, world.directory, world.clock.now)
    return [(start.before, start.due) for start in found.starts]


def commands(world: World, name: str) -> list[int | None]:
    """Return about what there is an entry of a command in the audit trail."""
    with world.engine.database.reading() as read:
        return list(read.execute(select(audit.c.subject).where(audit.c.command == name)).scalars())


def approve(world: World) -> None:
    world.engine.run(RecountAll(), SYSTEM)
    world.work()


def test_a_process_begins_by_the_calendar_that_its_start_event_names(world: World, tmp_path: Path) -> None:
    six = '<bpmn:extensionElements><alur:calendar name="six_days" /></bpmn:extensionElements>'
    begin = at("timeDate", "working days after(today(), 5)").replace(
        "<bpmn:timerEventDefinition", f"{six}<bpmn:timerEventDefinition"
    )
    deploy_begun(world, tmp_path, begin, "at")

    assert begins(world) == datetime(2026, 10, 9, 17, tzinfo=UTC)
    world.directory.holidays = frozenset({WEDNESDAY})
    assert [due for _, due in coming(world)] == [datetime(2026, 10, 11, 17, tzinfo=UTC)]


def test_a_new_holiday_lets_a_process_begin_a_day_later_once_it_is_approved(town: World) -> None:
    before = begins(town)
    assert before is not None
    town.directory.holidays = frozenset({WEDNESDAY})

    assert coming(town) == [(before, before + DAY)]
    assert begins(town) == before
    approve(town)

    assert (begins(town), coming(town)) == (before + DAY, [])


def test_it_begins_one_case_at_the_new_time_and_none_at_the_old(town: World) -> None:
    town.directory.holidays = frozenset({WEDNESDAY})
    approve(town)

    elapse(town, days=3)
    assert keys(town) == []
    elapse(town, days=1)
    elapse(town, days=10)

    assert keys(town) == ["at:2026-10-08T17:00:00Z"]


def test_the_audit_trail_says_which_release_begins_at_another_time(town: World) -> None:
    town.directory.holidays = frozenset({WEDNESDAY})

    approve(town)
    approve(town)

    with town.engine.database.reading() as read:
        number = read.execute(select(release.c.id)).scalar_one()
    assert commands(town, "RecountStart") == [number]
    assert len(commands(town, "RecountAll")) == 2


def test_a_list_that_changes_nothing_writes_nothing(town: World) -> None:
    town.directory.holidays = frozenset({date(2031, 8, 17)})
    before = begins(town)

    approve(town)

    assert (begins(town), coming(town)) == (before, [])
    with town.engine.database.reading() as read:
        names = set(read.execute(select(audit.c.command)).scalars())
    assert names == {"DeployRelease", "RecountAll"}


def test_days_are_counted_from_when_the_release_was_deployed(town: World) -> None:
    before = begins(town)
    assert before is not None
    town.clock.forward(days=1)
    town.directory.holidays = frozenset({WEDNESDAY})

    assert coming(town) == [(before, before + DAY)]


def test_a_holiday_that_goes_leaves_the_next_working_day_at_least(world: World, tmp_path: Path) -> None:
    world.directory.holidays = frozenset({WEDNESDAY})
    deploy_begun(world, tmp_path, at("timeDate", IN_THREE_DAYS), "at")
    world.clock.forward(days=2)
    world.directory.holidays = frozenset()

    assert coming(world) == []


def test_a_time_that_has_come_stays(town: World) -> None:
    town.clock.forward(days=3)
    town.directory.holidays = frozenset({WEDNESDAY})

    assert coming(town) == []
    sweep_timers(town.engine)
    town.work()
    approve(town)

    assert (len(keys(town)), begins(town)) == (1, None)


@pytest.mark.parametrize(("tag", "when"), [("timeDate", "2026-10-20"), ("timeCycle", "R/P1D"), ("timeDuration", "P3D")])
def test_a_time_that_is_not_given_in_working_days_stays(world: World, tmp_path: Path, tag: str, when: str) -> None:
    deploy_begun(world, tmp_path, at(tag, when), "at")
    world.directory.holidays = frozenset({WEDNESDAY})

    assert coming(world) == []


def test_a_duration_up_to_a_working_day_moves_as_well(world: World, tmp_path: Path) -> None:
    deploy_begun(world, tmp_path, at("timeDuration", f"{IN_THREE_DAYS} - today()"), "at")
    world.directory.holidays = frozenset({WEDNESDAY})

    assert coming(world) == [(MONDAY + 3 * DAY, MONDAY + 4 * DAY)]


def test_nobody_but_the_machine_moves_a_start(town: World) -> None:
    with pytest.raises(NotFound):
        town.engine.run(RecountStart("begun", "at"), Actor(CITY, ANN))


def test_cases_whose_deadlines_stay_are_not_in_the_audit_trail(world: World, tmp_path: Path) -> None:
    open_limited(world, tmp_path)
    with world.engine.database.reading() as read:
        before = read.execute(select(func.count()).select_from(audit)).scalar_one()

    approve(world)

    assert commands(world, "RecountDeadlines") == []
    with world.engine.database.reading() as read:
        assert read.execute(select(func.count()).select_from(audit)).scalar_one() == before + 1


EVERY_DAY = "R/working days after(today(), 1)"


@pytest.fixture
def daily(world: World, tmp_path: Path) -> World:
    """A process that begins at the beginning of each working day; on Tuesday first, on Monday at 17:00 UTC."""
    deploy_begun(world, tmp_path, at("timeCycle", EVERY_DAY), "at")
    return world


def test_the_first_time_of_a_cycle_moves_as_any_other(daily: World) -> None:
    before = begins(daily)
    assert before is not None
    daily.directory.holidays = frozenset({date(2026, 10, 6)})

    assert coming(daily) == [(before, before + DAY)]
    approve(daily)

    assert (begins(daily), coming(daily)) == (before + DAY, [])


def test_a_cycle_is_counted_again_from_the_day_on_which_it_came_last(daily: World) -> None:
    elapse(daily, days=1)
    before = datetime(2026, 10, 6, 17, tzinfo=UTC)
    assert begins(daily) == before
    daily.directory.holidays = frozenset({WEDNESDAY, date(2026, 10, 8)})

    assert coming(daily) == [(before, before + 2 * DAY)]
    approve(daily)

    assert (begins(daily), coming(daily)) == (before + 2 * DAY, [])
    elapse(daily, days=3)
    assert keys(daily) == ["at:2026-10-05T17:00:00Z", "at:2026-10-08T17:00:00Z"]


def test_a_cycle_that_comes_earlier_leaves_the_next_working_day(world: World, tmp_path: Path) -> None:
    world.directory.holidays = frozenset({WEDNESDAY, date(2026, 10, 8), date(2026, 10, 9)})
    deploy_begun(world, tmp_path, at("timeCycle", EVERY_DAY), "at")
    elapse(world, days=1)
    before = begins(world)
    assert before == datetime(2026, 10, 11, 17, tzinfo=UTC)
    world.directory.holidays = frozenset()

    approve(world)

    assert begins(world) == datetime(2026, 10, 7, 17, tzinfo=UTC)


def test_a_cycle_keeps_how_often_it_comes_again(world: World, tmp_path: Path) -> None:
    deploy_begun(world, tmp_path, at("timeCycle", EVERY_DAY.replace("R/", "R3/")), "at")
    elapse(world, days=1)
    world.directory.holidays = frozenset({WEDNESDAY})

    approve(world)
    for _ in range(10):
        elapse(world, days=1)

    assert [key[:13] for key in keys(world)] == ["at:2026-10-05", "at:2026-10-07", "at:2026-10-08"]


def test_a_cycle_is_counted_from_its_last_time_after_a_newer_release(daily: World, tmp_path: Path) -> None:
    elapse(daily, days=1)
    before = begins(daily)
    assert before is not None
    daily.clock.forward(hours=3)
    deploy_begun(daily, tmp_path, at("timeCycle", EVERY_DAY), "at", "2")
    daily.directory.holidays = frozenset({WEDNESDAY})

    assert coming(daily) == [(before, before + DAY)]


def test_a_cycle_that_is_written_anew_is_counted_from_its_release(daily: World, tmp_path: Path) -> None:
    elapse(daily, days=1)
    deploy_begun(daily, tmp_path, at("timeCycle", EVERY_DAY.replace("1)", "2)")), "at")
    before = begins(daily)
    assert before is not None
    daily.directory.holidays = frozenset({WEDNESDAY})

    assert coming(daily) == [(before, before + DAY)]


def test_a_cycle_whose_times_were_missed_goes_on_from_when_it_came_late(daily: World) -> None:
    elapse(daily, days=3)
    before = begins(daily)
    assert before == datetime(2026, 10, 8, 17, tzinfo=UTC)
    daily.directory.holidays = frozenset({WEDNESDAY, date(2026, 10, 8)})

    assert coming(daily) == []
    daily.directory.holidays = frozenset({date(2026, 10, 9)})

    assert coming(daily) == [(before, datetime(2026, 10, 11, 17, tzinfo=UTC))]


def test_days_are_counted_from_when_a_release_came_into_force_again(world: World, tmp_path: Path) -> None:
    deploy_begun(world, tmp_path, at("timeDate", IN_THREE_DAYS), "at")
    deploy_begun(world, tmp_path, at("timeDate", "working days after(today(), 90)"), "at")
    world.clock.forward(days=60)
    world.engine.run(RestoreRelease("begun", 1, world.catalogue, "Terlalu lama"), SYSTEM)
    before = begins(world)
    assert before is not None

    world.directory.holidays = frozenset({WEDNESDAY})

    assert coming(world) == []
    world.directory.holidays = frozenset({before.date()})
    assert [start for start, _ in coming(world)] == [before]


def test_a_cycle_with_the_hour_of_its_deployment_stays_where_nothing_changed(world: World, tmp_path: Path) -> None:
    world.clock.now += timedelta(microseconds=123_456)
    hourly = "R/date and time(working days after(today(), 1), time(now()))"
    deploy_begun(world, tmp_path, at("timeCycle", hourly), "at")
    elapse(world, days=1)
    assert len(keys(world)) == 1

    assert coming(world) == []
    world.directory.holidays = frozenset({WEDNESDAY})

    assert [due.date() - before.date() for before, due in coming(world)] == [DAY]

"""A database and two workers on three hosts, one of which loses its network in the middle of its work."""

import time

import pytest
from sqlalchemy import func, select, text

from engine.records.case import case_state
from engine.records.history import audit, journal
from tests.faults.history import check_history
from tests.hosts.conftest import Office
from tests.hosts.network import FIRST, SECOND
from tests.hosts.office import ANN, WORK_SECONDS

pytestmark = pytest.mark.long

STANDING = text("SELECT DISTINCT status::text FROM procrastinate_jobs WHERE task_name = 'fire_timer'")


def await_done(office: Office, count: int) -> None:
    """Wait until so many cases have gone on, and nobody is at work any more."""
    while len(office.world.tasks(ANN)) < count or how_jobs_stand(office) != {"succeeded"}:
        time.sleep(0.2)


def how_jobs_stand(office: Office) -> set[str]:
    with office.world.engine.database.reading() as read:
        return set(read.execute(STANDING).scalars())


def test_what_a_lost_host_began_is_done_by_another_and_nothing_twice(office: Office) -> None:
    with office.at_work(FIRST) as lost:
        lost.hears("ready")
        [case] = office.open_cases("first")
        assert lost.hears("began") == case
        with office.at_work(SECOND) as other:
            other.hears("ready")
            office.hosts.cut(FIRST)

            taken = other.hears("began")
            await_done(office, 1)
            time.sleep(WORK_SECONDS)  # the lost host is mostly through as well by now, and cannot say so
        office.hosts.heal(FIRST)
        more = office.open_cases("second", "third", "fourth")
        begun = lost.hears("began")
        await_done(office, 4)

    assert taken == case
    assert begun in {case, *more}
    check_history(office.world)
    with office.world.engine.database.reading() as read:
        counted = select(journal.c.case_id, func.count().label("steps")).group_by(journal.c.case_id)
        steps = {row.case_id: row.steps for row in read.execute(counted)}
        woken = read.execute(select(func.count()).where(audit.c.command == "WakeEvent")).scalar_one()
    assert steps == dict.fromkeys((case, *more), 2)
    assert woken == 4


def test_what_a_lost_host_has_locked_is_free_before_long(office: Office) -> None:
    office.open_cases("first")
    with office.at_work(FIRST, "hold") as lost:
        lost.hears("holds")

        office.hosts.cut(FIRST)
        with office.world.engine.database.writing() as connection:  # which waits for half a minute at most
            held = connection.execute(select(case_state.c.case_id).with_for_update()).all()

        assert len(held) == 1

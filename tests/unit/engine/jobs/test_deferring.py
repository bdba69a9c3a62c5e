"""A job is part of the transaction that asks for it, and is deferred once."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, text

from engine.jobs import JobRegistry, UnknownTask, defer, make_app, run_until_idle
from engine.records.database import Database
from tests.unit.engine.jobs.asking import statuses

tasks = JobRegistry()


@tasks.task("note")
def note(ran: list[int], *, number: int) -> None:
    ran.append(number)


@tasks.task("chain")
def chain(database: Database, *, left: int) -> None:
    if left:
        with database.writing() as connection:
            defer(connection, tasks, "chain", {"left": left - 1})


def test_a_job_runs_once(database: Database) -> None:
    ran: list[int] = []
    app = make_app(database, tasks, ran)

    with database.writing() as connection:
        defer(connection, tasks, "note", {"number": 7})

    assert (run_until_idle(app), run_until_idle(app)) == (1, 0)
    assert ran == [7]
    assert statuses(app) == ["succeeded"]


def test_a_transaction_taken_back_leaves_no_job(database: Database) -> None:
    app = make_app(database, tasks, [])

    with pytest.raises(ZeroDivisionError), database.writing() as connection:
        defer(connection, tasks, "note", {"number": 7})
        raise ZeroDivisionError

    assert statuses(app) == []


def test_jobs_deferred_by_jobs_run_as_well(database: Database) -> None:
    app = make_app(database, tasks, database)

    with database.writing() as connection:
        defer(connection, tasks, "chain", {"left": 3})

    assert run_until_idle(app) == 4


def test_a_second_job_of_the_same_queueing_lock_is_not_made_and_harms_nothing(database: Database) -> None:
    ran: list[int] = []
    app = make_app(database, tasks, ran)

    with database.writing() as connection:
        first = defer(connection, tasks, "note", {"number": 1}, queueing_lock="case:1")
        second = defer(connection, tasks, "note", {"number": 2}, queueing_lock="case:1")
        other = defer(connection, tasks, "note", {"number": 3}, queueing_lock="case:2")
    run_until_idle(app)

    assert (first is None, second, other is None) == (False, None, False)
    assert ran == [1, 3]


def test_a_queueing_lock_is_tried_in_a_savepoint(database: Database) -> None:
    """PostgreSQL refuses the rest of a transaction in which an insert failed outside one."""
    savepoints: list[str] = []
    database.renew()
    event.listen(database.write, "savepoint", lambda _connection, name: savepoints.append(name))

    with database.writing() as connection:
        defer(connection, tasks, "note", {"number": 1})
        without = len(savepoints)
        defer(connection, tasks, "note", {"number": 2}, queueing_lock="case:1")

    assert (without, len(savepoints)) == (0, 1)


def test_a_finished_job_frees_its_queueing_lock(database: Database) -> None:
    ran: list[int] = []
    app = make_app(database, tasks, ran)

    for number in (1, 2):
        with database.writing() as connection:
            defer(connection, tasks, "note", {"number": number}, queueing_lock="case:1")
        run_until_idle(app)

    assert ran == [1, 2]


def test_a_job_scheduled_for_later_waits(database: Database) -> None:
    ran: list[int] = []
    app = make_app(database, tasks, ran)
    now = datetime.now(UTC)

    with database.writing() as connection:
        defer(connection, tasks, "note", {"number": 1}, schedule_at=now + timedelta(hours=1))
        defer(connection, tasks, "note", {"number": 2}, schedule_at=now)

    assert (run_until_idle(app), ran) == (1, [2])


def test_a_job_nobody_declared_is_refused_with_the_names_that_are(database: Database) -> None:
    with pytest.raises(UnknownTask, match=r"'nota'.*chain, note"), database.writing() as connection:
        defer(connection, tasks, "nota", {})


def test_a_job_and_the_change_it_belongs_to_share_one_commit(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(text("CREATE TABLE probe (id INTEGER PRIMARY KEY)"))
    with database.writing() as connection:
        connection.execute(text("INSERT INTO probe VALUES (1)"))
        defer(connection, tasks, "note", {"number": 1})
        with database.reading() as other:
            seen = [other.scalar(text(f"SELECT count(*) FROM {table}")) for table in ("probe", "procrastinate_jobs")]

    assert seen == [0, 0]

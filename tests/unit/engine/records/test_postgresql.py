"""A real PostgreSQL behind the two doors: what is seen, what is waited for, and what a lost connection costs."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, InternalError, OperationalError

from engine.commands.complete_task import CompleteTask
from engine.policy.actor import Actor, system_actor
from engine.queries.case import view_case
from engine.records.database import Database, NestedWrite
from engine.records.postgresql import IDLE_SECONDS, SILENCE_SECONDS, is_passing, open_writer
from tests.postgresql import ADDRESS_FILE, PostgreSQL
from tests.unit.engine.diagrams import diagram, end, path, start, user
from tests.unit.engine.world import CITY, World, open_world

ANN = 11
PATIENCE = 240  # seconds; only what is broken takes them
# With a time it waits until they are gone; without, they may still answer a question.
CLOSE_ALL = text(
    f"SELECT pg_terminate_backend(pid, {PATIENCE * 1000}) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.fixture
def database(postgresql_server: PostgreSQL) -> Iterator[Database]:
    """A database with one table of one row."""
    with postgresql_server.empty() as address:
        opened = Database(address)
        with opened.writing() as connection:
            connection.execute(text("CREATE TABLE probe (id integer PRIMARY KEY, n integer NOT NULL)"))
            connection.execute(text("INSERT INTO probe VALUES (1, 0), (2, 0)"))
        yield opened
        opened.dispose()


@pytest.fixture
def case(world: World, tmp_path: Path) -> int:
    """A case that waits for Ann."""
    world.deploy(diagram(tmp_path, start(), user("write"), end(), path("begin", "write", "done")))
    return world.start("test", person=ANN)


@pytest.fixture
def world(postgresql_server: PostgreSQL, tmp_path: Path) -> Iterator[World]:
    """A world on PostgreSQL alone."""
    with postgresql_server.with_tables() as address:
        (tmp_path / ADDRESS_FILE).write_text(address)
        with open_world(tmp_path) as opened:
            yield opened


def number(database: Database, row: int = 1) -> int:
    with database.reading() as read:
        return int(read.execute(text("SELECT n FROM probe WHERE id = :row"), {"row": row}).scalar_one())


def add_one(connection: Connection, row: int = 1) -> None:
    connection.execute(text("UPDATE probe SET n = n + 1 WHERE id = :row"), {"row": row})


def close_all(database: Database) -> None:
    """Do what a restart of the server does to those who are connected."""
    other = open_writer(database.url, is_pooled=database.is_pooled)
    with other.begin() as connection:
        connection.execute(CLOSE_ALL)
    other.dispose()


def test_a_snapshot_does_not_see_what_others_commit_meanwhile(database: Database) -> None:
    with database.reading() as read:
        before = read.execute(text("SELECT n FROM probe WHERE id = 1")).scalar_one()
        with database.writing() as connection:
            add_one(connection)
        after = read.execute(text("SELECT n FROM probe WHERE id = 1")).scalar_one()

    assert (before, after, number(database)) == (0, 0, 1)


def test_the_door_for_readers_lets_nobody_write(database: Database) -> None:
    with pytest.raises(InternalError, match="read-only"), database.reading() as read:
        add_one(read)


def test_two_threads_write_side_by_side_but_one_thread_never_twice_at_once(database: Database) -> None:
    with database.writing() as connection:
        add_one(connection)
        other = threading.Thread(target=lambda: _write(database, 2))
        other.start()
        other.join(PATIENCE)
        with pytest.raises(NestedWrite), database.writing():
            pass

    assert (number(database, 1), number(database, 2)) == (1, 1)


def _write(database: Database, row: int) -> None:
    with database.writing() as connection:
        add_one(connection, row)


def test_both_ends_of_a_connection_watch_each_other(database: Database) -> None:
    names = "tcp_keepalives_idle", "tcp_user_timeout", "lock_timeout", "idle_in_transaction_session_timeout"
    asked = text("SELECT reset_val FROM pg_settings WHERE name = :name")

    engine = open_writer(make_url(database.url).difference_update_query(["options"]))

    with engine.begin() as connection:
        server = [connection.execute(asked, {"name": name}).scalar_one() for name in names]
        driver = connection.connection.driver_connection
        assert driver is not None
        client = driver.info.get_parameters()
    engine.dispose()

    assert server == [str(SILENCE_SECONDS // 2), str(SILENCE_SECONDS * 1000), "30000", str(IDLE_SECONDS * 1000)]
    assert (client["tcp_user_timeout"], client["keepalives_idle"]) == (str(SILENCE_SECONDS * 1000), "3")


def test_what_the_address_says_counts_more(database: Database) -> None:
    url = make_url(database.url).update_query_dict({"options": "-c lock_timeout=7s", "application_name": "city"})
    engine = open_writer(url)

    with engine.begin() as connection:
        said = [connection.exec_driver_sql(f"SHOW {name}").scalar() for name in ("lock_timeout", "application_name")]

    engine.dispose()
    assert said == ["7s", "city"]


def test_a_connection_that_was_closed_while_it_waited_is_replaced_unseen(database: Database) -> None:
    number(database)
    close_all(database)

    with database.writing() as connection:
        add_one(connection)

    assert number(database) == 1


def test_of_two_writers_who_wait_for_each_other_one_is_told_that_it_may_try_again(database: Database) -> None:
    gate, errors = threading.Barrier(2, timeout=PATIENCE), list[DBAPIError]()

    def both(first: int, second: int) -> None:
        try:
            with database.writing() as connection:
                add_one(connection, first)
                gate.wait()
                add_one(connection, second)
        except OperationalError as error:
            errors.append(error)

    threads = [threading.Thread(target=both, args=rows) for rows in ((1, 2), (2, 1))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)

    assert [is_passing(error) for error in errors] == [True]
    assert (number(database, 1), number(database, 2)) == (1, 1)


def test_a_statement_that_is_wrong_is_not_tried_again(database: Database) -> None:
    with pytest.raises(DBAPIError) as caught, database.writing() as connection:
        connection.execute(text("UPDATE no_such_table SET n = 1"))

    assert not is_passing(caught.value)


def test_a_command_whose_connection_breaks_is_carried_out_as_a_whole_once(world: World, case: int) -> None:
    breaks = [True]

    @event.listens_for(world.engine.database.write, "before_cursor_execute")
    def break_off(connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        if "INSERT INTO audit" in statement and breaks.pop():
            breaks.append(False)
            close_all(world.engine.database)

    world.complete(ANN, world.tasks(ANN)[0])

    assert len(world.engine.read(view_case, system_actor(CITY), case).history) == 2
    assert world.tasks(ANN) == ()


def test_a_command_that_was_committed_unheard_is_not_carried_out_again(world: World, case: int) -> None:
    command, unheard = CompleteTask(case, world.tasks(ANN)[0].token, {}), list[int]()

    @event.listens_for(world.engine.database.write, "commit")
    def lose_the_answer(connection: Connection) -> None:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.commit()
        unheard.append(driver.info.backend_pid)
        driver.close()

    receipt = world.engine.run(command, Actor(CITY, ANN))
    event.remove(world.engine.database.write, "commit", lose_the_answer)

    assert (receipt.repeated, receipt.value, len(unheard)) == (False, case, 1)
    assert len(world.engine.read(view_case, system_actor(CITY), case).history) == 2


def test_a_page_whose_connection_breaks_is_read_again(world: World, case: int) -> None:
    breaks = [True]

    def look(read: Connection, actor: Actor) -> object:
        if breaks.pop():
            breaks.append(False)
            close_all(world.engine.database)
        return read.execute(text("SELECT count(*) FROM open_task")).scalar_one()

    assert world.engine.read(look, Actor(CITY, ANN)) == 1

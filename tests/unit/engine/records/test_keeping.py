"""Connections to a file that are kept: each transaction still begins and ends, and whoever listens hears of it."""

from collections.abc import Generator
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.exc import OperationalError

from engine.records.database import SQLITE_OPTIONS
from engine.records.keeping import KeptConnections
from engine.records.sqlite import READER


@pytest.fixture
def kept(tmp_path: Path) -> Generator[KeptConnections]:
    engine = create_engine(f"{READER}:///{tmp_path}/kept.db", connect_args={**SQLITE_OPTIONS, "timeout": 0})
    kept = KeptConnections(engine, 1)
    with kept.begin() as connection:
        connection.execute(text("CREATE TABLE line (id INTEGER PRIMARY KEY)"))
    yield kept
    kept.close()
    engine.dispose()


def add_line(connection: Connection) -> None:
    connection.execute(text("INSERT INTO line DEFAULT VALUES"))


def lines(kept: KeptConnections) -> int:
    with kept.begin() as connection:
        return int(connection.execute(text("SELECT count(*) FROM line")).scalar_one())


def test_each_transaction_is_committed_by_itself(kept: KeptConnections) -> None:
    for count in (1, 2, 3):
        with kept.begin() as connection:
            add_line(connection)
            driver = connection.connection.dbapi_connection
            assert driver is not None and driver.in_transaction
        assert not driver.in_transaction
        assert lines(kept) == count


def test_the_same_connection_is_used_again(kept: KeptConnections) -> None:
    with kept.begin() as first:
        pass
    with kept.begin() as second:
        assert second is first


def test_one_more_than_is_kept_goes_back_to_its_pool(kept: KeptConnections) -> None:
    with kept.begin() as first, kept.begin() as second:
        assert second is not first
    assert first.closed and not second.closed


def test_an_exception_takes_back_what_was_done_since_the_last_commit(kept: KeptConnections) -> None:
    with kept.begin() as connection:
        add_line(connection)
    with pytest.raises(KeyError), kept.begin() as connection:
        add_line(connection)
        raise KeyError
    assert connection.closed
    assert lines(kept) == 1


def test_whoever_listens_hears_of_each_transaction(kept: KeptConnections) -> None:
    heard = list[str]()
    with kept.begin() as connection:
        engine = connection.engine
    for name in ("begin", "commit", "rollback"):
        event.listen(engine, name, lambda _connection, name=name: heard.append(name))
    for _ in range(2):
        with kept.begin() as connection:
            add_line(connection)
    with pytest.raises(KeyError), kept.begin():
        raise KeyError
    assert heard == ["begin", "commit", "begin", "commit", "begin", "rollback"]


def test_a_listener_that_fails_lets_the_connection_go(kept: KeptConnections) -> None:
    with kept.begin() as connection:
        engine = connection.engine

    def refuse(_connection: Connection) -> None:
        raise KeyError

    event.listen(engine, "commit", refuse)
    with pytest.raises(KeyError), kept.begin() as connection:
        add_line(connection)
    event.remove(engine, "commit", refuse)
    assert connection.closed
    assert lines(kept) == 0


def test_a_commit_that_is_refused_is_said_as_sqlalchemy_says_it(kept: KeptConnections) -> None:
    with kept.begin() as connection:
        engine = connection.engine
    with engine.connect() as reader, pytest.raises(OperationalError, match="locked"), kept.begin() as connection:
        reader.execute(text("SELECT * FROM line")).all()  # without a write-ahead log a reader holds up a commit
        add_line(connection)
    assert connection.closed
    assert lines(kept) == 0


def test_a_savepoint_that_is_left_open_is_not_there_in_the_next_transaction(kept: KeptConnections) -> None:
    with kept.begin() as first:
        first.begin_nested()
        add_line(first)
    with kept.begin() as second:
        assert not second.in_nested_transaction()
    assert lines(kept) == 1


def test_a_transaction_that_somebody_has_ended_himself_is_none_of_the_next_one(kept: KeptConnections) -> None:
    with kept.begin() as first:
        add_line(first)
        first.rollback()
    with kept.begin() as second:
        add_line(second)
    assert lines(kept) == 1

"""Writes much without keeping others waiting: in turns, each a transaction that is soon over."""

from collections.abc import Callable, Iterable
from itertools import chain
from time import monotonic, sleep
from typing import Final, TypeVar

from sqlalchemy import Connection

from engine.records.database import Database

Item = TypeVar("Item")

#: Seconds after which a turn takes nothing more.
TURN: Final = 0.1


def in_turns(database: Database, items: Iterable[Item], write: Callable[[Connection, Item], object]) -> None:
    """Write items in their order, as many in one transaction as fit into a turn.

    In a SQLite file there is as long a pause behind each: with many who wait, one of them a turn would be too few. A
    process that is killed leaves the turns that were over.
    """
    left = iter(items)
    for first in left:
        begun = monotonic()
        with database.writing() as connection:
            until = monotonic() + TURN
            for item in chain([first], left):
                write(connection, item)
                if monotonic() >= until:
                    break
        if database.is_sqlite:
            sleep(monotonic() - begun)

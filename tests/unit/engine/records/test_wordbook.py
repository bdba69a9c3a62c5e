"""Entries are packed by what their release has in common, and come back whole or not at all."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select

from engine.policy.actor import Actor
from engine.queries.case import view_case
from engine.records.history import journal
from engine.records.packing import NotStorable, Unreadable, Wordbook, pack, unpack
from engine.records.wordbook import MOST_WORDS, insert_wordbook, make_wordbook, unpack_stored, wordbook, wordbook_row
from tests.unit.engine.diagrams import diagram, end, path, start, user
from tests.unit.engine.world import CITY, World

ANN = 11
ENTRY = {"kind": "complete", "element": "record_realisation", "data": {"U1__value": Decimal("7.50"), "note": "rapat"}}
BOOK = make_wordbook([{**ENTRY, "data": {"U1__value": None, "note": None}}])


@pytest.fixture
def read(world: World) -> Iterator[Connection]:
    """A connection to a database that holds the wordbook."""
    with world.engine.database.writing() as connection:
        connection.execute(insert_wordbook, wordbook_row(BOOK))
    with world.engine.database.reading() as connection:
        yield connection


def test_what_was_packed_by_a_wordbook_comes_back_to_the_last_digit(read: Connection) -> None:
    assert unpack_stored(read, pack(ENTRY, BOOK)) == ENTRY


def test_what_was_packed_without_one_comes_back_by_the_same_way(read: Connection) -> None:
    assert unpack_stored(read, pack(ENTRY)) == ENTRY


def test_an_entry_like_the_samples_takes_little_room() -> None:
    assert len(pack(ENTRY, BOOK)) * 3 < len(pack(ENTRY)) * 2
    assert len(pack({**ENTRY, "data": {}}, BOOK)) < 40


def test_without_its_wordbook_an_entry_is_unreadable(read: Connection) -> None:
    stranger = make_wordbook(["something else"])
    with pytest.raises(Unreadable):
        unpack_stored(read, pack(ENTRY, stranger))
    with pytest.raises(Unreadable):
        unpack(pack(ENTRY, BOOK))


@pytest.mark.parametrize("place", [2, 8, 12, -1])
def test_a_single_wrong_byte_is_noticed(read: Connection, place: int) -> None:
    content = bytearray(pack(ENTRY, BOOK))
    content[place] ^= 1
    with pytest.raises(Unreadable):
        unpack_stored(read, bytes(content))


def test_a_damaged_wordbook_makes_its_entries_unreadable_and_nothing_else(world: World) -> None:
    damaged = Wordbook(77, b"words of long ago")
    with world.engine.database.writing() as connection:
        connection.execute(insert(wordbook), {"id": damaged.id, "words": b"\x02 not packed"})
    with world.engine.database.reading() as read, pytest.raises(Unreadable):
        unpack_stored(read, pack(ENTRY, damaged))


def test_equal_samples_make_equal_wordbooks_and_long_ones_are_cut() -> None:
    assert make_wordbook([ENTRY, ENTRY]) == make_wordbook([ENTRY])
    assert len(make_wordbook([f"{number}" * 100 for number in range(1000)]).words) == MOST_WORDS


def test_a_float_is_refused_with_a_wordbook_too() -> None:
    with pytest.raises(NotStorable):
        pack({"value": 1.5}, BOOK)


def test_a_release_brings_its_wordbook_and_two_alike_share_one(world: World, tmp_path: Path) -> None:
    world.deploy(diagram(tmp_path, start(), user("write"), end(), path("begin", "write", "done")))
    case = world.start("test", person=ANN)
    world.complete(ANN, world.tasks(ANN)[0], amount=Decimal("10.50"))

    with world.engine.database.reading() as read:
        entries = read.execute(select(journal.c.entry)).scalars().all()
        assert len(read.execute(select(wordbook)).all()) == 1
    assert all(entry[:1] == b"\x03" for entry in entries)
    assert world.engine.read(view_case, Actor(CITY, ANN), case).history[1].data == {"amount": Decimal("10.50")}

"""New numbers for what comes into an installation in which some of its numbers are taken.

Numbers are drawn at random within their millisecond (`engine.ids`), so that two installations rarely have the same one;
but where both do their nightly work at the same moment, it happens.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from sqlalchemy import Column, Connection, Table, select

from webapp.wiring.backups import ArchiveError
from webapp.wiring.city_archive.manifest import TABLES
from webapp.wiring.city_archive.reading import CityArchive
from webapp.wiring.city_archive.rows import BATCH
from webapp.wiring.city_archive.rules import NAMED_BY_NONE, city_tables, numbered

#: Below it a number was not drawn by Alur, and may stand for something else in what people entered.
SMALLEST: Final = 1 << 46


@dataclass(frozen=True, slots=True)
class NewNumbers:
    """What is known by another number from now on.

    :param given: new numbers by old ones; the order of all numbers stays.
    :param is_deep: something may refer to one of them.
    """

    given: Mapping[int, int]
    is_deep: bool


NONE: Final = NewNumbers({}, is_deep=False)


def find_numbers(archive: CityArchive, target: Connection) -> NewNumbers:
    """Return new numbers for those of an archive that the target has given to something else.

    :raise ArchiveError: one of them was not drawn by Alur, so that nobody can tell where it stands.
    """
    tables = {table: key for table in city_tables() if (key := numbered(table)) is not None}
    taken: set[int] = set()
    for table, key in tables.items():
        found = set(_taken(target, key, _numbers(archive, table)))
        if table.name not in NAMED_BY_NONE:
            _check_drawn(table, found)
        taken |= found
    if not taken:
        return NONE
    named = sorted_numbers(archive, (table for table in tables if table.name not in NAMED_BY_NONE))
    given = _give(taken, sorted_numbers(archive, tables), target, list(tables.values()))
    return NewNumbers(given, is_deep=any(is_in(named, number) for number in given))


def _give(taken: set[int], known: "array[int]", target: Connection, keys: list[Column[int]]) -> dict[int, int]:
    """Give each taken number the next free one; what stands in the way moves up as well, so that the order stays."""
    given: dict[int, int] = {}
    last = -1
    for number in sorted(taken):
        place = bisect_left(known, number)
        while place < len(known) and (known[place] == number or known[place] <= last or known[place] in taken):
            moved = known[place]
            if moved not in given:
                given[moved] = last = _free(max(moved, last) + 1, target, keys)
            place += 1
    return given


def _free(number: int, target: Connection, keys: list[Column[int]]) -> int:
    """Return the first number from this one on that nothing has in the target."""
    while any(True for key in keys for _ in _taken(target, key, [number])):
        number += 1
    return number


def _taken(target: Connection, key: Column[int], numbers: Iterable[int]) -> Iterator[int]:
    left = iter(numbers)
    while batch := list(islice(left, BATCH)):
        yield from target.execute(select(key).where(key.in_(batch))).scalars()


def _numbers(archive: CityArchive, table: Table) -> Iterator[int]:
    key = numbered(table)
    place = list(table.columns).index(key) if key is not None else 0
    for row in archive.rows(TABLES + table.name):
        if len(row) != len(table.columns) or type(row[place]) is not int:
            raise archive.damaged(TABLES + table.name)
        yield row[place]


def sorted_numbers(archive: CityArchive, tables: Iterable[Table]) -> "array[int]":
    """Return every number in some tables of an archive, in their order, 8 bytes each."""
    return array("q", sorted(number for table in tables for number in _numbers(archive, table)))


def is_in(known: "array[int]", number: int) -> bool:
    """Tell whether a number is among some that are in their order."""
    place = bisect_left(known, number)
    return place < len(known) and known[place] == number


def _check_drawn(table: Table, found: set[int]) -> None:
    small = min(found, default=SMALLEST)
    if small < SMALLEST:
        raise ArchiveError(
            f"Nomor {small} di tabel {table.name} sudah dipakai di instalasi ini dan tidak dibuat oleh Alur, sehingga "
            "tidak dapat diganti dengan aman. Masukkan kota ini ke instalasi yang masih kosong."
        )

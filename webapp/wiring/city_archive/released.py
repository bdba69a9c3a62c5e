"""Takes away the files of a city that has left, except those that somebody else names as well."""

from collections.abc import Iterable, Iterator
from functools import partial

from sqlalchemy import Connection, Table, select

from engine.records.database import Database
from engine.records.files import FileStore
from engine.records.packing import Unreadable
from engine.records.wordbook import find_wordbook
from webapp.wiring.city_archive.rows import BATCH, take_time
from webapp.wiring.city_archive.rules import city_tables, file_places
from webapp.wiring.city_archive.stored import named_files


def release_files(database: Database, files: FileStore, names: Iterable[str]) -> int:
    """Remove the contents that no row names any more, and return how many they were.

    They wait first, as uploaded ones do, and rows are asked once more: what somebody has handed in meanwhile is kept.
    Where a row cannot be read nobody knows what it names, and everything stays.
    """
    left = {name for name in names if files.exists(name)}
    try:
        free = left - _named(database) if left else left
        taken = {name for name in free if files.unclaim(name)}
        again = taken & _named(database) if taken else taken
    except Unreadable:
        return 0
    # Of the others some may wait since this was broken off the last time.
    files.claim_all((left - free) | again)
    return sum(files.discard(name) for name in sorted(free - again))


def _named(database: Database) -> frozenset[str]:
    """Return the hashes of all files that rows of any city name."""
    with database.reading() as read:
        take_time(read)
        return frozenset(name for table in city_tables() for name in _named_in(read, table))


def _named_in(read: Connection, table: Table) -> Iterator[str]:
    stored, file = file_places(table)
    columns = list(table.columns)
    wanted = [columns[place] for place in (*file, *stored)]
    if not wanted:
        return
    find_book = partial(find_wordbook, read)
    found = read.execute(select(*wanted).execution_options(stream_results=True, yield_per=BATCH))
    for row in found:
        yield from row[: len(file)]
        for content in row[len(file) :]:
            if content is not None:
                yield from named_files(content, find_book)

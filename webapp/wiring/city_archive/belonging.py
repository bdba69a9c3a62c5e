"""Looks at the rows of an archive before they are written: each must be the city's, whatever the archive says."""

from array import array
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Table

from engine.records.schema import metadata
from webapp.wiring.city_archive.manifest import TABLES
from webapp.wiring.city_archive.numbers import is_in, sorted_numbers
from webapp.wiring.city_archive.reading import CityArchive
from webapp.wiring.city_archive.rows import Row
from webapp.wiring.city_archive.rules import RULES, Own, Via


class Members:
    """What an archive says is the city's."""

    def __init__(self, archive: CityArchive) -> None:
        """Read the numbers of what other rows refer to."""
        self._archive = archive
        parents = {name for rule in RULES.values() if isinstance(rule, Via) for name in rule.parents.values()}
        self._numbers = {name: sorted_numbers(archive, [metadata.tables[name]]) for name in sorted(parents)}

    def only(self, table: Table, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield the rows of a table as long as they are the city's.

        :raise ArchiveError: one is not, or it is none of this table.
        """
        tests = self._tests(table)
        for row in rows:
            if len(row) != len(table.columns) or not any(_holds(test, row[place]) for place, test in tests):
                raise self._archive.damaged(TABLES + table.name)
            yield row

    def _tests(self, table: Table) -> list[tuple[int, "str | array[int]"]]:
        """Return where in a row it stands whose it is, with what may stand there."""
        rule, names = RULES[table.name], table.columns.keys()
        if isinstance(rule, Own):
            return [(names.index(rule.column), self._archive.manifest.city)]
        assert isinstance(rule, Via), f"the rows of {table.name} belong to no city"
        return [(names.index(column), self._numbers[parent]) for column, parent in rule.parents.items()]


def _holds(test: "str | array[int]", value: Any) -> bool:
    return value == test if isinstance(test, str) else type(value) is int and is_in(test, value)

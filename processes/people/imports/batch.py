"""Sorts the rows that a file brings to one table: new, changed, or as before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table

from processes.people.imports.columns import ImportRow
from processes.people.imports.planning import Planning


@dataclass
class Batch:
    """The rows of one table that a file brings: each is new, changed or unchanged, and is counted as such.

    :param keys: columns by which a stored row is found again.
    :param columns: columns that the file may change.
    """

    planning: Planning
    table: Table
    keys: tuple[str, ...]
    columns: tuple[str, ...]
    new: list[Mapping[str, Any]] = field(default_factory=list)
    changed: list[Mapping[str, Any]] = field(default_factory=list)

    def put(self, stored: Mapping[str, Any] | None, values: Mapping[str, Any]) -> None:
        """Add a row beside what is stored of it."""
        if stored is None:
            self.new.append(values)
            self.planning.new += 1
        elif any(stored[name] != values[name] for name in self.columns):
            self.changed.append(values)
            self.planning.changed += 1
        else:
            self.planning.unchanged += 1

    def close(self) -> None:
        """Plan the writes: new rows in the order they came, then the changed ones."""
        self.planning.insert(self.table, self.new)
        self.planning.update(self.table, self.keys, self.columns, self.changed)


def with_file_values(existing: Mapping[str, Any], row: ImportRow, names: Iterable[str]) -> dict[str, Any]:
    """Return the existing values with those of the file laid over; a column that the file does not have is kept."""
    return {name: row.values[name] if name in row.values else existing.get(name) for name in names}

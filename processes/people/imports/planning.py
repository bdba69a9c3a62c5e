"""Compares the rows of a file with the records and plans what has to be written; nothing is written here."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from functools import cached_property
from itertools import count
from typing import Any

from sqlalchemy import Connection, Executable, Table, bindparam, select

from engine.ids import IdSource
from engine.records.changes import Write
from processes.people.city import City
from processes.people.imports.columns import Column, ImportRow
from processes.people.imports.problems import BadCell, CellProblem, make_problem
from processes.people.records import employee, post, unit

_employees = select(employee.c.nip, employee.c.id).where(employee.c.tenant == bindparam("tenant"))
_units = select(unit.c.code, unit.c.id).where(unit.c.tenant == bindparam("tenant"))
_posts = select(post.c.code, post.c.id, post.c.unit_id).where(post.c.tenant == bindparam("tenant"))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What planning may ask: a snapshot of the records, the day, who imports, the city's rules if they are known."""

    read: Connection
    tenant: str
    today: date
    now: datetime
    zone: tzinfo
    new_id: IdSource
    actor: int | None = None
    source: str = ""
    city: City | None = None

    @classmethod
    def rehearsal(cls, read: Connection, tenant: str, today: date, source: str, city: City | None) -> "Surroundings":
        """Return surroundings for a dry run, whose ids and instants are never kept."""
        now = datetime(today.year, today.month, today.day, tzinfo=UTC)
        return cls(read, tenant, today, now, UTC, count(1).__next__, source=source, city=city)


@dataclass
class Planning:
    """Collects writes, counts and problems while the rows of one file are compared with the records."""

    around: Surroundings
    problems: list[CellProblem] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    _given: set[int] = field(default_factory=set)

    def reject(self, row: ImportRow, column: str, code: str, **params: object) -> None:
        """Note that a cell does not fit; an empty column means the row as a whole.

        A cell that could not be read is passed over: that has been said already.
        """
        if column in row.unread:
            return
        title = row.title(column) if column else ""
        self.problems.append(make_problem(row.sheet, row.number, title, BadCell(code, **params)))

    def stored(self, statement: Executable, **params: object) -> list[dict[str, Any]]:
        """Return the rows that a statement finds for the city."""
        found = self.around.read.execute(statement, {"tenant": self.around.tenant, **params})
        return [dict(row) for row in found.mappings()]

    def new_id(self) -> int:
        """Return an identifier that was not given before in this import: thousands are made in one millisecond."""
        identifier = self.around.new_id()
        while identifier in self._given:
            identifier = self.around.new_id()
        self._given.add(identifier)
        return identifier

    def insert(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Plan new rows of a table, in the order given."""
        if rows:
            self.writes.append(Write(table.insert(), rows))

    def update(
        self, table: Table, keys: Sequence[str], columns: Sequence[str], rows: Sequence[Mapping[str, Any]]
    ) -> None:
        """Plan new values for rows that are found by their keys; all of them must still be there."""
        if rows:
            statement = (
                table.update()
                .where(*(table.c[name] == bindparam(f"of_{name}") for name in keys))
                .values({name: bindparam(f"new_{name}") for name in columns})
            )
            params = [
                {f"of_{name}": row[name] for name in keys} | {f"new_{name}": row[name] for name in columns}
                for row in rows
            ]
            self.writes.append(Write(statement, params, expect=len(rows)))

    @cached_property
    def employees(self) -> dict[str, int]:
        """The ids of the city's employees by NIP."""
        return {row["nip"]: row["id"] for row in self.stored(_employees)}

    @cached_property
    def units(self) -> dict[str, int]:
        """The ids of the city's units by code."""
        return {row["code"]: row["id"] for row in self.stored(_units)}

    @cached_property
    def posts(self) -> dict[str, tuple[int, int]]:
        """The id and the unit's id of the city's posts by code."""
        return {row["code"]: (row["id"], row["unit_id"]) for row in self.stored(_posts)}

    def employee_id(self, row: ImportRow, column: str = "nip") -> int | None:
        """Return the employee that a cell names, or note that there is none."""
        return self._find(self.employees, row, column, "unknown_employee")

    def unit_id(self, row: ImportRow, column: str = "unit") -> int | None:
        """Return the unit that a cell names, or note that there is none."""
        return self._find(self.units, row, column, "unknown_unit")

    def _find(self, known: Mapping[str, int], row: ImportRow, column: str, code: str) -> int | None:
        found = known.get(row[column])
        if found is None and row.has_read(column):
            self.reject(row, column, code, value=row[column])
        return found


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


@dataclass(frozen=True, slots=True)
class ImportKind:
    """One kind of file: its columns, what makes a row unique, and how it is compared with the records.

    :param key: columns of which no two rows of a file may hold the same values.
    :param plan: adds writes, counts and problems to the planning; of rows that are not whole, problems only.
    """

    name: str
    title_id: str
    title_en: str
    columns: tuple[Column, ...] = field(repr=False)
    key: tuple[str, ...]
    plan: Callable[[Planning, Sequence[ImportRow]], None] = field(repr=False)

    def template(self) -> list[str]:
        """Return the titles of a file of this kind; those with a star are required."""
        return [f"{column.title}*" if column.required else column.title for column in self.columns]


def plan_rows(kind: ImportKind, rows: Sequence[ImportRow], around: Surroundings) -> Planning:
    """Return the planned writes of the rows of a file, or the problems that stand against them."""
    planning = Planning(around)
    kind.plan(planning, rows)
    planning.problems.sort(key=lambda problem: (problem.sheet, problem.row))
    return planning


def with_file_values(existing: Mapping[str, Any], row: ImportRow, names: Iterable[str]) -> dict[str, Any]:
    """Return the existing values with those of the file laid over; a column that the file does not have is kept."""
    return {name: row.values[name] if name in row.values else existing.get(name) for name in names}

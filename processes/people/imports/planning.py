"""Compares the rows of a file with the records and plans what has to be written; nothing is written here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from functools import cached_property
from itertools import count
from typing import Any

from sqlalchemy import Connection, Executable, Table, bindparam, select

from engine.ids import IdSource
from engine.records.changes import Write
from processes.people.city import City, Text
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
    def rehearsal(
        cls, read: Connection, tenant: str, today: date, source: str, *, city: City | None, actor: int | None
    ) -> "Surroundings":
        """Return surroundings for a dry run, whose ids and instants are never kept."""
        now = datetime(today.year, today.month, today.day, tzinfo=UTC)
        return cls(read, tenant, today, now, UTC, count(1).__next__, actor, source, city)


@dataclass
class Planning:
    """Collects writes, counts, problems and warnings while the rows of one file are compared with the records."""

    around: Surroundings
    problems: list[CellProblem] = field(default_factory=list)
    warnings: list[CellProblem] = field(default_factory=list)
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

    def reject_own(self, row: ImportRow, employee_id: int | None, *, unchanged: int, column: str = "nip") -> None:
        """Refuse a row that changes the record of whoever imports: that is for others to propose and approve.

        :param unchanged: how many rows were as before until this one; a row that repeats what holds is let through, so
            that a list of everybody can be imported by one of them.
        """
        if employee_id is not None and employee_id == self.around.actor and self.unchanged == unchanged:
            self.reject(row, column, "own_row")

    def warn(self, code: str, **params: object) -> None:
        """Note what whoever imports must know although nothing stands against the file."""
        self.warnings.append(make_problem("", 0, "", BadCell(code, **params)))

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
        self,
        table: Table,
        keys: Sequence[str],
        columns: Sequence[str],
        rows: Sequence[Mapping[str, Any]],
        *,
        was: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        """Plan new values for rows that are found by their keys; all of them must still be there.

        :param was: for tables that others write as well: what was read of each row, in the same order. A row that says
            something else by then is not overwritten: the import is planned again from what it says.
        """
        if not rows:
            return
        seen = tuple(was[0]) if was else ()
        statement = (
            table.update()
            .where(*(table.c[name] == bindparam(f"of_{name}") for name in keys))
            .where(
                *(
                    table.c[name].is_not_distinct_from(bindparam(f"was_{name}", type_=table.c[name].type))
                    for name in seen
                )
            )
            .values({name: bindparam(f"new_{name}") for name in columns})
        )
        params = [
            {f"of_{name}": row[name] for name in keys}
            | {f"was_{name}": before[name] for name in seen}
            | {f"new_{name}": row[name] for name in columns}
            for row, before in zip(rows, was or ({},) * len(rows), strict=True)
        ]
        self.writes.append(Write(statement, params, expect=len(rows)))

    def delete(self, table: Table, keys: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
        """Plan that rows found by their keys go; all of them must still be there."""
        if rows:
            statement = table.delete().where(*(table.c[name] == bindparam(f"of_{name}") for name in keys))
            params = [{f"of_{name}": row[name] for name in keys} for row in rows]
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


@dataclass(frozen=True, slots=True)
class ImportKind:
    """One kind of file: its columns, what makes a row unique, and how it is compared with the records.

    :param key: columns of which no two rows of a file may hold the same values.
    :param plan: adds writes, counts, problems and warnings to the planning; of rows that are not whole, problems only.
    :param about: what a file of this kind brings, in a sentence.
    """

    name: str
    title_id: str
    title_en: str
    columns: tuple[Column, ...] = field(repr=False)
    key: tuple[str, ...]
    plan: Callable[[Planning, Sequence[ImportRow]], None] = field(repr=False)
    about: Text

    @property
    def title(self) -> Text:
        """What a file of this kind is called."""
        return Text(self.title_id, self.title_en)

    def template(self) -> list[str]:
        """Return the titles of a file of this kind; those with a star are required."""
        return [f"{column.title}*" if column.required else column.title for column in self.columns]


def plan_rows(kind: ImportKind, rows: Sequence[ImportRow], around: Surroundings) -> Planning:
    """Return the planned writes of the rows of a file, or the problems that stand against them."""
    planning = Planning(around)
    kind.plan(planning, rows)
    planning.problems.sort(key=lambda problem: (problem.sheet, problem.row))
    return planning

"""Opens tasks for persons who are there; whether they are is asked by the statement that opens them, and by no other.

Somebody may be taken off the list while a step is computed, on another machine as well. So nothing of it is kept in
memory: the insert itself looks, in the transaction that opens the task, and costs no statement more than a plain one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Connection, Select, bindparam, exists, or_, select

from engine.records.case import open_task
from engine.records.changes import Write, WriteRefused
from engine.records.prepared import Prepared

_MOST_AT_ONCE = 1_000  # persons that one statement asks about
_ASSIGNEE: Any = bindparam("assignee", type_=BigInteger)


class NobodyThere(WriteRefused):
    """A task would ask somebody who is not there; `persons` are those of the whole command."""

    def __init__(self, persons: frozenset[int]) -> None:
        """Remember who is not there."""
        super().__init__("people", f"{len(persons)} of those who are asked are not there")
        self.persons = persons


@dataclass(frozen=True, eq=False)
class Persons:
    """Everybody who can be asked to do a task.

    :param there: selects their ids; it binds `tenant`, and the city's `day`.
    :ivar open_task: opens a task for somebody who is there, or for a group; it touches no row otherwise.
    """

    there: Select[int]
    open_task: Prepared = field(init=False)
    _found: Select[int] = field(init=False)

    def __post_init__(self) -> None:
        """Prepare the statements."""
        (person,) = self.there.selected_columns
        values = [bindparam(column.name, type_=column.type) for column in open_task.columns]
        is_there = or_(_ASSIGNEE.is_(None), exists(self.there.where(person == _ASSIGNEE)))
        row = select(*values).where(is_there)
        opening = open_task.insert().from_select([column.name for column in open_task.columns], row)
        object.__setattr__(self, "open_task", Prepared(opening))
        object.__setattr__(self, "_found", self.there.where(person.in_(bindparam("persons", expanding=True))))

    def opening(self, rows: Sequence[Mapping[str, Any]], day: date) -> Write:
        """Return the write of some tasks.

        :raise NobodyThere: when it is executed, one of them asks somebody who is not there.
        """
        return Write(self.open_task, [{**row, "day": day} for row in rows], len(rows), unmet=self._unmet)

    def absent(self, read: Connection, tenant: str, persons: Iterable[int], day: date) -> frozenset[int]:
        """Return those of some persons who are not there; nothing is asked where there are none."""
        asked = sorted(set(persons))
        there = set[int]()
        for first in range(0, len(asked), _MOST_AT_ONCE):
            params = {"tenant": tenant, "day": day, "persons": asked[first : first + _MOST_AT_ONCE]}
            there |= set(read.execute(self._found, params).scalars())
        return frozenset(asked) - there

    def _unmet(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> NobodyThere:
        """Say who is not there, when fewer tasks were opened than there were to be; all are of one city and day."""
        persons = (row["assignee"] for row in rows if row["assignee"] is not None)
        return NobodyThere(self.absent(connection, rows[0]["tenant"], persons, rows[0]["day"]))

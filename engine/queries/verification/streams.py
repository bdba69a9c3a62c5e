"""Reads long tables case by case, side by side, without holding them."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, Select

from engine.queries.verification.findings import Finding

ROWS = 500  # read at a time
AnyRow = Row[*tuple[Any, ...]]


def stream(read: Connection, statement: Select[*tuple[Any, ...]]) -> Iterator[AnyRow]:
    """Yield the rows of a statement; only some are in memory at a time, on either database."""
    with read.execute(statement.execution_options(stream_results=True, yield_per=ROWS)) as rows:
        yield from rows


class ByCase:
    """The rows of a table in the order of their cases, of which each is asked for once, in that order."""

    def __init__(self, read: Connection, statement: Select[*tuple[Any, ...]], name: str) -> None:
        """Begin to read.

        :param statement: has a column `case_id`, and is in its order.
        :param name: of the table, for what is found.
        """
        self.name = name
        self.astray = 0
        self._rows = stream(read, statement)
        self._next = next(self._rows, None)

    def take(self, case: int) -> list[AnyRow]:
        """Return the rows of a case; those of cases before it, which nobody asked for, are counted as astray."""
        while self._next is not None and self._next.case_id < case:
            self.astray += 1
            self._next = next(self._rows, None)
        found: list[AnyRow] = []
        while self._next is not None and self._next.case_id == case:
            found.append(self._next)
            self._next = next(self._rows, None)
        return found

    def end(self) -> Iterator[Finding]:
        """Read what is left and say whether rows belonged to no case."""
        rest = self.astray + (self._next is not None) + sum(1 for _ in self._rows)
        if rest:
            yield Finding("row_astray", params={"table": self.name})

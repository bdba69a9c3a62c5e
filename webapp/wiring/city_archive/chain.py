"""The audit trail of a city as text that is the same in every installation, and the chain of hashes over it."""

import json
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, select, union

from engine.records.history import audit
from webapp.wiring.city_archive.manifest import Chain
from webapp.wiring.city_archive.rows import BATCH

_FIRST = sha256(b"alur audit trail 1").digest()
#: A line says everything but its number and the city; these are counted.
_SAID = tuple(column for column in audit.c if column.name not in ("id", "tenant"))
_COUNTED = frozenset({"actor", "subject"})


class Trail:
    """Writes an audit trail line by line, and knows its chain afterwards.

    A line says when, who, which command and about what, and the request's key. Who and what are not said by their
    numbers, for an installation that uses a number already gives another one: they are counted, in the order in which
    they came into being. That order is kept by every installation.
    """

    def __init__(self, read: Connection, city: str) -> None:
        self._read = read
        self._city = city
        self._rows, self._link = 0, _FIRST

    @property
    def chain(self) -> Chain:
        """What was written so far."""
        return Chain(self._rows, self._link.hex())

    def lines(self) -> Iterator[bytes]:
        """Yield the lines, oldest first; to be asked for once."""
        known = self._known()
        mine = select(*_SAID).where(audit.c.tenant == self._city).order_by(audit.c.id)
        with self._read.execute(mine.execution_options(stream_results=True, yield_per=BATCH)) as found:
            names = [column.name for column in _SAID]
            for row in found:
                yield self._line([_plain(known, name, value) for name, value in zip(names, row, strict=True)])

    def _line(self, plain: list[Any]) -> bytes:
        line = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        self._rows += 1
        self._link = sha256(self._link + line).digest()
        return line

    def _known(self) -> "array[int]":
        """Return the numbers of everybody and everything in the trail, 8 bytes each."""
        columns = (audit.c.actor, audit.c.subject)
        each = (
            select(column.label("number")).where(audit.c.tenant == self._city, column.is_not(None))
            for column in columns
        )
        found = self._read.execute(union(*each).order_by("number"), execution_options={"yield_per": BATCH})
        return array("q", found.scalars())


def _plain(known: "array[int]", name: str, value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    return bisect_left(known, value) + 1 if name in _COUNTED and value is not None else value

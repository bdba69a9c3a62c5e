"""Reads the rows of a city in an order that is the same everywhere, and writes them as bytes and back."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Any, Final, Protocol, Self

from sqlalchemy import Connection, Table, select, text

from engine.records.packing import Unreadable, pack_body, unpack_body
from webapp.wiring.city_archive.rules import RULES, Own, belongs, in_order

BATCH: Final = 500  # rows in memory at a time
MOST: Final = 64 << 20  # bytes of one row; a case carries far less
_LENGTH: Final = 4
_BLOCK: Final = 1 << 18  # bytes read at a time

Row = Sequence[Any]


class Readable(Protocol):
    """As much of a file as is needed."""

    def read(self, size: int, /) -> bytes:
        """Return the next bytes, fewer at the end, none behind it."""
        ...


def take_time(connection: Connection) -> None:
    """Let a transaction last: it is no page that somebody waits for."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))


def rows_of(read: Connection, table: Table, city: str) -> Iterator[Row]:
    """Yield the rows of a city in the order of their keys, without what the rule of the table leaves out."""
    wanted = select(table).where(belongs(table, city)).order_by(*in_order(table, read.dialect.name))
    blank = _blank(table)
    with read.execute(wanted.execution_options(stream_results=True, yield_per=BATCH)) as found:
        for row in found:
            yield [blank.get(place, value) for place, value in enumerate(row)] if blank else row


def framed(row: Row) -> bytes:
    """Return a row as bytes that say where they end."""
    content = pack_body(list(row))
    return len(content).to_bytes(_LENGTH) + content


class Hashed(Iterable[Row]):
    """Hands rows on, and knows afterwards how many they were and their hash, in their order."""

    def __init__(self, rows: Iterable[Row]) -> None:
        """Take the rows; they can be asked for once."""
        self.rows = 0
        self._source = rows
        self._digest = sha256()

    @property
    def digest(self) -> str:
        """The hash of what was handed on so far."""
        return self._digest.hexdigest()

    def __iter__(self) -> Iterator[Row]:
        """Hand the rows on."""
        for row in self._source:
            self.rows += 1
            self._digest.update(framed(row))
            yield row

    def to_the_end(self) -> Self:
        """Read all of them."""
        for _row in self:
            pass
        return self


def unframed(source: Readable) -> Iterator[list[Any]]:
    """Yield the rows of a stream.

    :raise Unreadable: it ends in the middle of one, or holds something else.
    """
    left = b""
    while block := source.read(_BLOCK):
        left += block
        place = 0
        while (end := _end_of(left, place)) <= len(left):
            yield _row(left[place + _LENGTH : end])
            place = end
        left = left[place:]
    if left:
        raise Unreadable("a row is cut off")


def _end_of(content: bytes, place: int) -> int:
    """Return where the row ends that begins at a place; behind the end if its length is not there yet."""
    begin = place + _LENGTH
    size = int.from_bytes(content[place:begin])
    if size > MOST:
        raise Unreadable("a row is longer than any can be")
    return begin + size


def _row(content: bytes) -> list[Any]:
    row = unpack_body(content)
    if not isinstance(row, list):
        raise Unreadable("not the shape of a row")
    return row


def _blank(table: Table) -> dict[int, Any]:
    rule = RULES[table.name]
    names = rule.blank if isinstance(rule, Own) else {}
    return {place: names[column.name] for place, column in enumerate(table.c) if column.name in names}

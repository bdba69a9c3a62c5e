"""Proves the records that no journal tells of: what each command has made of their rows, as a digest a row.

A table takes part by `info={PROVED: Proved()}`. What services of a diagram write is told by the journals of cases, and
is left out here. Digests name columns and leave empty ones out, so that a column that is added later changes none.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from hashlib import blake2b
from typing import Any, Final

from sqlalchemy import (
    Column,
    Connection,
    Delete,
    Index,
    Insert,
    LargeBinary,
    Row,
    String,
    Table,
    Update,
    bindparam,
    select,
    tuple_,
)

from engine.ids import IdSource
from engine.records.changes import Write
from engine.records.history import journal
from engine.records.packing import pack, pack_body
from engine.records.schema import RowId, UtcDateTime, metadata
from engine.records.seals import SEALED

PROVED: Final = "proved"
DIGEST: Final = 8  # bytes, of a key and of a row
GONE: Final = bytes(DIGEST)
_AT_ONCE: Final = 200  # rows that are read again with one statement

# One row a command and table: pairs of digests, of a key and of the row as the command has left it; zeros for one that
# it has taken away. The first of a city and table has all of its rows.
record_proof = Table(
    "record_proof",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=False),
    Column("tenant", String(40), nullable=False),
    Column("table", String(40), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Index("ix_record_proof_table", "tenant", "table"),
    info={SEALED: 2},
)
_any_proof = (
    select(record_proof.c.id)
    .where(record_proof.c.tenant == bindparam("tenant"), record_proof.c.table == bindparam("table"))
    .limit(1)
)
_insert_proof = record_proof.insert()

AnyRow = Row[*tuple[Any, ...]]


def _nobody(row: AnyRow) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Proved:
    """How a table takes part.

    :param is_of_step: tells the rows that a step of a case has written: its journal proves them.
    :param overwritten: steps also write over rows of commands, and not only beside them.
    """

    is_of_step: Callable[[AnyRow], bool] = _nobody
    overwritten: bool = False


@dataclass
class _Touched:
    """The rows of a table that a command has written.

    :ivar found_by: their values in the columns by which each is found.
    :ivar deleted: the keys of those that it has deleted.
    """

    found_by: defaultdict[tuple[str, ...], dict[tuple[Any, ...], None]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    deleted: set[tuple[Any, ...]] = field(default_factory=set)


def proved_tables() -> list[Table]:
    """Return the tables that take part, in the order of their names."""
    return sorted((table for table in metadata.tables.values() if PROVED in table.info), key=lambda table: table.name)


def prove_writes(connection: Connection, writes: Iterable[Write], tenant: str, at: datetime, new_id: IdSource) -> None:
    """Keep what a command has made of the rows of proved tables; for all others it costs next to nothing.

    :param connection: after the writes, in their transaction: numbers that are made here follow the order of commits.
    """
    for table, touched in _touched(writes).items():
        if is_unproved(connection, tenant, table):
            prove_all(connection, table, tenant, at, new_id)
        else:
            row = {"id": new_id(), "tenant": tenant, "table": table.name, "at": at}
            _keep(connection, row, _pairs(connection, table, touched))


def prove_all(connection: Connection, table: Table, tenant: str, at: datetime, new_id: IdSource) -> None:
    """Keep what all rows of a city in a table are: from then on each has a command that made it so."""
    rows = connection.execute(select(table).where(table.c.tenant == tenant))
    row = {"id": new_id(), "tenant": tenant, "table": table.name, "at": at}
    _keep(connection, row, map(_pair_of(table), rows))


def prove_steps(steps: Iterable[Mapping[str, Any]], *, number: int, tenant: str, at: datetime) -> Write:
    """Return the proof of steps that one command makes of many cases: its row of the audit trail names none of them.

    :param steps: rows of the journal.
    :param number: of the proof.
    """
    digests = b"".join(digest for step in steps for digest in step_digests(step))
    row = {"id": number, "tenant": tenant, "table": journal.name, "at": at, "content": pack(digests)}
    return Write(_insert_proof, [row] if digests else [])


def step_digests(step: Mapping[str, Any]) -> tuple[bytes, bytes]:
    """Return by what a row of the journal is told from others, and what changes with any column of it."""
    values = [[name, step[name]] for name in ("at", "actor", "entry")]
    key = [step["case_id"], step["version"]]
    return _digest(key), _digest([*key, *values])


def unproved(read: Connection, tenant: str) -> list[Table]:
    """Return the tables of which a city has no proof yet."""
    return [table for table in proved_tables() if is_unproved(read, tenant, table)]


def is_unproved(read: Connection, tenant: str, table: Table) -> bool:
    """Say whether a city has no proof of a table yet."""
    return read.execute(_any_proof, {"tenant": tenant, "table": table.name}).first() is None


def pairs_of(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the digests of keys and rows that a proof holds."""
    for place in range(0, len(content) - DIGEST, 2 * DIGEST):
        yield content[place : place + DIGEST], content[place + DIGEST : place + 2 * DIGEST]


def key_digest(table: Table, row: AnyRow) -> bytes:
    """Return what a row is told from others by."""
    return _digest([getattr(row, column.name) for column in table.primary_key])


def row_digest(table: Table, row: AnyRow) -> bytes:
    """Return what changes with any column of a row."""
    names = ((column.name, getattr(row, column.name)) for column in table.columns)
    return _digest([item for item in names if item[1] is not None])


def _touched(writes: Iterable[Write]) -> dict[Table, _Touched]:
    found: dict[Table, _Touched] = {}
    for item in writes:
        table = getattr(item.statement, "table", None)
        if item.service is None and table is not None and PROVED in table.info and item.rows:
            _note(found.setdefault(table, _Touched()), table, item)
    return found


def _note(touched: _Touched, table: Table, item: Write) -> None:
    key = tuple(column.name for column in table.primary_key)
    if isinstance(item.statement, Insert):
        touched.found_by[key].update(dict.fromkeys(_values(item.rows, key, "")))
    elif isinstance(item.statement, Update | Delete):
        names = tuple(column.name for column in table.columns if f"of_{column.name}" in item.rows[0])
        values = dict.fromkeys(_values(item.rows, names, "of_"))
        touched.found_by[names].update(values)
        if isinstance(item.statement, Delete):
            place = [names.index(name) for name in key]  # a row that is gone is known by its key alone
            touched.deleted |= {tuple(value[number] for number in place) for value in values}


def _values(rows: Sequence[Mapping[str, Any]], names: Sequence[str], before: str) -> Iterator[tuple[Any, ...]]:
    return (tuple(row[before + name] for name in names) for row in rows)


def _pairs(connection: Connection, table: Table, touched: _Touched) -> Iterator[tuple[bytes, bytes]]:
    pair_of = _pair_of(table)
    told: set[bytes] = set()
    for row in _read_again(connection, table, touched):
        key, digest = pair_of(row)
        if key not in told:
            told.add(key)
            yield key, digest
    yield from ((key, GONE) for key in map(_digest, touched.deleted) if key not in told)


def _read_again(connection: Connection, table: Table, touched: _Touched) -> Iterator[AnyRow]:
    for names, values in touched.found_by.items():
        columns = tuple_(*(table.c[name] for name in names))
        wanted = list(values)
        for first in range(0, len(wanted), _AT_ONCE):
            yield from connection.execute(select(table).where(columns.in_(wanted[first : first + _AT_ONCE])))


def _pair_of(table: Table) -> Callable[[AnyRow], tuple[bytes, bytes]]:
    return lambda row: (key_digest(table, row), row_digest(table, row))


def _keep(connection: Connection, row: Mapping[str, Any], pairs: Iterable[tuple[bytes, bytes]]) -> None:
    content = pack(b"".join(key + digest for key, digest in pairs))
    connection.execute(_insert_proof, {**row, "content": content})


def _digest(values: Sequence[Any]) -> bytes:
    return blake2b(pack_body([_plain(value) for value in values]), digest_size=DIGEST).digest()


def _plain(value: Any) -> Any:
    """Return a value as both databases give it: how a number is written does not matter, nor which kind of text."""
    if isinstance(value, tuple):
        return [value[0], _plain(value[1])]
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(value) if isinstance(value, str) else value

"""What a seal of the audit trail is made of, for who makes them and who looks at them again."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any, Final

from sqlalchemy import Row, Select, Table, select

from engine.records.case import case
from engine.records.history import SEAL_BYTES, audit, journal
from engine.records.packing import pack_body
from engine.records.schema import metadata, microseconds

#: How old a row is when it is sealed: no transaction lasts as long, and no two clocks of one installation differ so.
MARGIN: Final = timedelta(hours=1)

#: Each row of the audit trail once for each of its steps, and once if it has none.
trail_rows: Final[Select[*tuple[Any, ...]]] = (
    select(audit, journal.c.version, journal.c.actor.label("done_by"), journal.c.entry)
    .outerjoin(journal, (journal.c.case_id == audit.c.subject) & (journal.c.at == audit.c.at))
    .order_by(audit.c.id, journal.c.version)
)


#: A table whose rows are written once and numbered in time says with `info={SEALED: 2}` since which kind of seal.
SEALED: Final = "sealed"
#: Kinds of seals: 1 covers the audit trail and the steps that it names, 2 also what is beside it.
NEWEST: Final = 2

# The first step of a case that was started with many others is named by no row of the audit trail.
_beginnings = (
    select(
        case.c.id,
        case.c.tenant,
        case.c.process,
        case.c.business_key,
        case.c.subject,
        case.c.title,
        case.c.started_at,
        journal.c.at,
        journal.c.actor,
        journal.c.entry,
    )
    .join_from(case, journal, (journal.c.case_id == case.c.id) & (journal.c.version == 1))
    .order_by(case.c.id)
)


def sealed_beside() -> Mapping[str, tuple[int, Select[*tuple[Any, ...]]]]:
    """Return the statements of what is sealed beside the audit trail, by name, with the first kind of seal that does.

    Each gives `id`, `tenant` and whatever else was written once, in the order of the numbers.
    """
    tables = {name: table for name, table in metadata.tables.items() if SEALED in table.info}
    found = {name: (int(table.info[SEALED]), _rows_of(table)) for name, table in tables.items()}
    return dict(sorted({case.name: (2, _beginnings), **found}.items()))


def _rows_of(table: Table) -> Select[*tuple[Any, ...]]:
    others = [column for column in table.columns if column.name not in ("id", "tenant")]
    if "tenant" in table.columns:
        return select(table.c.id, table.c.tenant, *others).order_by(table.c.id)
    of_case = select(table.c.id, case.c.tenant, *others).join_from(table, case, case.c.id == table.c.case_id)
    return of_case.order_by(table.c.id)


@dataclass
class Stretch:
    """The rows of one city behind a seal.

    :ivar before: the digest of that seal; empty for the first one.
    """

    before: bytes = b""
    rows: int = 0
    last_id: int = 0
    first_at: datetime | None = None
    _running: Any = field(default_factory=lambda: blake2b(digest_size=SEAL_BYTES))
    _beside: defaultdict[tuple[int, str], Any] = field(
        default_factory=lambda: defaultdict(lambda: blake2b(digest_size=SEAL_BYTES))
    )

    def add(self, row: Row[*tuple[Any, ...]]) -> None:
        """Take in a row of `trail_rows`."""
        if row.id != self.last_id:
            self.rows += 1
            self.last_id, self.first_at = row.id, self.first_at or row.at
            said = [row.tenant, microseconds(row.at), row.actor, row.command, row.subject, row.key]
            _take(self._running, [row.id, *said])
        if row.version is not None:
            _take(self._running, [row.version, row.done_by, row.entry])

    def add_beside(self, kind: int, name: str, row: Row[*tuple[Any, ...]]) -> None:
        """Take in a row of `sealed_beside`."""
        _take(self._beside[kind, name], [_plain(value) for value in row])

    def digest(self, kind: int = NEWEST) -> bytes:
        """Return the digest of a seal behind what was taken in."""
        beside = (running.digest() for (since, _), running in self._in_order() if since <= kind)
        return blake2b(self.before + self._running.digest() + b"".join(beside), digest_size=SEAL_BYTES).digest()

    def _in_order(self) -> Iterator[tuple[tuple[int, str], Any]]:
        return iter(sorted(self._beside.items(), key=lambda item: item[0]))


def _take(running: Any, plain: list[Any]) -> None:
    content = pack_body(plain)
    running.update(len(content).to_bytes(4) + content)


def _plain(value: Any) -> Any:
    return microseconds(value) if isinstance(value, datetime) else value

"""What a seal of the audit trail is made of, for who makes them and who looks at them again."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any, Final

from sqlalchemy import Row, Select, select

from engine.records.history import SEAL_BYTES, audit, journal
from engine.records.packing import pack_body
from engine.records.schema import microseconds

#: How old a row is when it is sealed: no transaction lasts as long, and no two clocks of one installation differ so.
MARGIN: Final = timedelta(hours=1)

#: Each row of the audit trail once for each of its steps, and once if it has none.
trail_rows: Final[Select[*tuple[Any, ...]]] = (
    select(audit, journal.c.version, journal.c.actor.label("done_by"), journal.c.entry)
    .outerjoin(journal, (journal.c.case_id == audit.c.subject) & (journal.c.at == audit.c.at))
    .order_by(audit.c.id, journal.c.version)
)


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

    def add(self, row: Row[*tuple[Any, ...]]) -> None:
        """Take in a row of `trail_rows`."""
        if row.id != self.last_id:
            self.rows += 1
            self.last_id, self.first_at = row.id, self.first_at or row.at
            said = [row.tenant, microseconds(row.at), row.actor, row.command, row.subject, row.key]
            self._take([row.id, *said])
        if row.version is not None:
            self._take([row.version, row.done_by, row.entry])

    def _take(self, plain: list[Any]) -> None:
        content = pack_body(plain)
        self._running.update(len(content).to_bytes(4) + content)

    @property
    def digest(self) -> bytes:
        """The digest of a seal behind what was taken in."""
        return blake2b(self.before + self._running.digest(), digest_size=SEAL_BYTES).digest()

"""Proves that the audit trail is the one that was sealed: nothing in it is changed, gone, or put in later."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from engine.queries.verification.findings import Finding, Tally
from engine.queries.verification.streams import stream
from engine.records.history import audit_seal
from engine.records.seals import MARGIN, NEWEST, Stretch, sealed_beside, trail_rows

#: A row that has waited for its seal longer than this before the newest one was written says that none are made.
PATIENCE: Final = MARGIN + timedelta(days=2)

_seals = select(audit_seal).order_by(audit_seal.c.last_id, audit_seal.c.tenant)


@dataclass(frozen=True, slots=True)
class LastSeal:
    """The newest seal of a city, to be noted elsewhere."""

    digest: str
    at: datetime


class _Beside:
    """What is sealed beside the audit trail, of one table."""

    def __init__(self, read: Connection, name: str, kind: int, statement: Any) -> None:
        self._of = kind, name
        self._rows = stream(read, statement)
        self._next = next(self._rows, None)

    def give(self, last_id: int, stretches: defaultdict[str, Stretch]) -> None:
        """Give the rows up to a number to the stretches of their cities."""
        while self._next is not None and self._next.id <= last_id:
            stretches[self._next.tenant].add_beside(*self._of, self._next)
            self._next = next(self._rows, None)


class Seals:
    """The seals of all cities beside their rows, in one pass."""

    def __init__(self, read: Connection, noted: Collection[str] = ()) -> None:
        """Begin.

        :param noted: seals that somebody noted elsewhere, in hexadecimal digits.
        """
        self.last: dict[str, LastSeal] = {}
        self._read = read
        self._missed = {item.strip().lower() for item in noted}
        self._stretches: defaultdict[str, Stretch] = defaultdict(Stretch)
        self._newest: datetime | None = None
        self._kinds: defaultdict[str, int] = defaultdict(lambda: 1)

    def check(self, tally: Tally) -> Iterator[Finding]:
        """Yield the seals that do not hold, and those that are not there; note how many rows have none yet."""
        rows = stream(self._read, trail_rows)
        row = next(rows, None)
        beside = [_Beside(self._read, name, *item) for name, item in sealed_beside().items()]
        for seal in stream(self._read, _seals):
            while row is not None and row.id <= seal.last_id:
                self._add(row)
                row = next(rows, None)
            for item in beside:
                item.give(seal.last_id, self._stretches)
            yield from self._check_seal(seal, tally)
        while row is not None:
            self._add(row)
            row = next(rows, None)
        yield from self._check_rest(tally)
        for digest in sorted(self._missed):
            yield Finding("seal_unknown", params={"seal": digest})

    def _add(self, row: Row[*tuple[Any, ...]]) -> None:
        self._stretches[row.tenant].add(row)
        self._newest = row.at if self._newest is None else max(self._newest, row.at)

    def _check_seal(self, seal: Row[*tuple[Any, ...]], tally: Tally) -> Iterator[Finding]:
        stretch = self._stretches.pop(seal.tenant, Stretch())
        tally.sealed += stretch.rows
        if (stretch.last_id, stretch.rows) != (seal.last_id, seal.rows) or not self._holds(seal, stretch):
            last = self.last.get(seal.tenant)
            params = {
                "tenant": seal.tenant,
                "expected": seal.rows,
                "found": stretch.rows,
                "after": last.at.isoformat(timespec="seconds") if last is not None else "-",
                "at": seal.sealed_at.isoformat(timespec="seconds"),
            }
            yield Finding("seal_broken", params=params)
        self._stretches[seal.tenant] = Stretch(seal.digest)
        self.last[seal.tenant] = LastSeal(seal.digest.hex(), seal.sealed_at)
        self._missed.discard(seal.digest.hex())

    def _holds(self, seal: Row[*tuple[Any, ...]], stretch: Stretch) -> bool:
        """Say whether a seal is what its kind makes of these rows: once a city has seals of a later kind, all are."""
        for kind in range(self._kinds[seal.tenant], NEWEST + 1):
            if stretch.digest(kind) == seal.digest:
                is_told = kind > 1 and stretch.digest(kind - 1) != seal.digest
                self._kinds[seal.tenant] = kind if is_told else self._kinds[seal.tenant]
                return True
        return False

    def _check_rest(self, tally: Tally) -> Iterator[Finding]:
        for tenant, stretch in sorted(self._stretches.items()):
            tally.unsealed += stretch.rows
            if stretch.first_at is not None and self._newest is not None and self._newest - stretch.first_at > PATIENCE:
                params = {"tenant": tenant, "count": stretch.rows, "since": stretch.first_at.date().isoformat()}
                yield Finding("audit_unsealed", params=params)

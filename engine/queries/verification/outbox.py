"""Proves that what waits to be delivered was sent by a step, and that what was sent waits or was delivered."""

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, select

from engine.ids import first_of
from engine.queries.verification.contents import Contents
from engine.queries.verification.dossier import Dossier, Said
from engine.queries.verification.findings import Finding
from engine.queries.verification.streams import AnyRow, stream
from engine.records.history import audit
from engine.records.outbox import MESSAGE, SIGNAL, notice, outbox
from engine.records.packing import Unreadable

_waiting = select(outbox).where(outbox.c.kind.in_((MESSAGE, SIGNAL))).order_by(outbox.c.id)
#: Without a subject are those of before the audit trail named what was delivered.
_closed = select(audit.c.tenant, audit.c.subject).where(audit.c.command == "CloseOutbox").distinct()
_closed_unnamed = select(audit.c.tenant).where(audit.c.command == "CloseOutbox", audit.c.subject.is_(None))
# Every notice is written by a command, in its transaction and at its instant.
_nobodys: Final = select(notice.c.id, notice.c.case_id).where(notice.c.at.not_in(select(audit.c.at)))

Moment = tuple[str, datetime]


class Outbox:
    """What waits in the outbox and what was delivered, beside what the cases have sent."""

    def __init__(self, read: Connection, contents: Contents) -> None:
        """Read what waits; what was delivered are numbers only."""
        self._numbers: defaultdict[str, array[int]] = defaultdict(lambda: array("q"))
        self._unnamed = Counter(read.execute(_closed_unnamed).scalars())
        self._waiting: defaultdict[Moment, list[tuple[int, Any]]] = defaultdict(list)
        self._not_known: set[Moment] = set()
        self._sent: defaultdict[str, array[int]] = defaultdict(lambda: array("q"))
        for row in stream(read, _waiting):
            self._numbers[row.tenant].append(row.id)
            self._keep(row, contents)
        for row in stream(read, _closed.where(audit.c.subject.is_not(None))):
            self._numbers[row.tenant].append(row.subject)

    def _keep(self, row: AnyRow, contents: Contents) -> None:
        try:
            said = contents.unpack(row.payload)
        except Unreadable:
            return  # said with the other contents
        self._waiting[row.tenant, row.created_at].append((row.id, [row.kind, said]))

    def note(self, case: Dossier) -> None:
        """Take what a case has sent from what waits; of one that was not done again its moments are not known."""
        if not case.again.is_same:
            self._not_known |= {(case.tenant, entry.at) for entry in case.journal} & self._waiting.keys()
            return
        for said in case.again.said:
            self._sent[case.tenant].append(first_of(said.at))
            self._take(self._waiting.get((case.tenant, said.at), []), _as_written(said))

    @staticmethod
    def _take(waiting: list[tuple[int, Any]], written: Any) -> None:
        place = next((place for place, (_, found) in enumerate(waiting) if found == written), None)
        if place is not None:
            del waiting[place]

    def check(self) -> Iterator[Finding]:
        """Yield what waits and was sent by nobody, and how much was sent and is nowhere."""
        for moment, rows in self._waiting.items():
            if moment not in self._not_known:
                yield from (Finding("outbox_unexplained", params={"outbox": number}) for number, _ in rows)
        for tenant, sent in sorted(self._sent.items()):
            count = _missing(sorted(sent), sorted(self._numbers[tenant])) - self._unnamed[tenant]
            if count > 0:
                yield Finding("outbox_missing", params={"tenant": tenant, "count": count})


def _as_written(said: Said) -> Any:
    kind = SIGNAL if said.key is None else MESSAGE
    return [kind, {"message": said.message, "key": said.key, "payload": dict(said.payload)}]


def _missing(sent: Sequence[int], numbers: Sequence[int]) -> int:
    """Return how many that were sent have no number of their own: a number is never older than its moment."""
    behind: Iterable[int] = (
        (len(sent) - place) - (len(numbers) - bisect_left(numbers, first)) for place, first in enumerate(sent)
    )
    return max(behind, default=0)


def check_notices(read: Connection) -> Iterator[Finding]:
    """Yield the notices of moments at which no command ran."""
    for row in stream(read, _nobodys):
        yield Finding("notice_unexplained", row.case_id, {"notice": row.id})

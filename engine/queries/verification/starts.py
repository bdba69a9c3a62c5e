"""Proves that what begins cases by itself is what the releases in force wait for: a message, a signal or a time."""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Connection, select

from engine.bpmn.beginnings import beginnings_of
from engine.bpmn.model import Trigger
from engine.bpmn.release import Release
from engine.casework import find_release
from engine.queries.verification.findings import Finding
from engine.records.release import enactment, last_turns, release, start_event

_newest: Final = (
    select(release.c.id, release.c.tenant, release.c.process, release.c.digest)
    .join_from(enactment, release)
    .join(
        last_turns,
        (enactment.c.tenant == last_turns.c.tenant)
        & (enactment.c.process == last_turns.c.process)
        & (enactment.c.turn == last_turns.c.turn),
    )
    .order_by(release.c.id)
)
_COLUMNS: Final = (start_event.c.element, start_event.c.release_id, start_event.c.message, start_event.c.is_signal)
_all = select(start_event.c.tenant, start_event.c.process, *_COLUMNS)


def check_starts(read: Connection) -> Iterator[Finding]:
    """Yield the processes of which the start events that are waited for are not those of the release in force."""
    found: dict[tuple[str, str], set[tuple[Any, ...]]] = {}
    for row in read.execute(_all):
        found.setdefault((row.tenant, row.process), set()).add(tuple(row)[2:])
    for newest in read.execute(_newest).all():
        kept = found.pop((newest.tenant, newest.process), set())
        loaded = _load(read, newest)
        if loaded is not None and (loaded.process != newest.process or kept != _waited_for(loaded, newest.id)):
            yield Finding("starts_differ", params={"process": newest.process, "tenant": newest.tenant})
    for tenant, process in sorted(found):
        yield Finding("starts_differ", params={"process": process, "tenant": tenant})


def _load(read: Connection, row: Any) -> Release | None:
    try:
        return find_release(read, row.id, row.digest)
    except Exception:
        # Damaged bytes can raise whatever the readers of XML, decision tables and forms raise; it is said above.
        return None


def _waited_for(loaded: Release, release_id: int) -> set[tuple[Any, ...]]:
    return {
        (start.id, release_id, start.event.name if start.event else None, start.trigger is Trigger.SIGNAL)
        for start in beginnings_of(loaded.outline)
    }

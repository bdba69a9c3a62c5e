"""What was sent to cases that listen otherwise before a move than after it: neither the move nor its undo loses it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine.bpmn.outcome import OpenedSubscription
from engine.bpmn.plan import Reason
from engine.moving.rows import SUBSCRIPTION, RowChange, silenced
from engine.records.case import message
from engine.records.outbox import delivery

_coming = (
    select(delivery.c.case_id, delivery.c.listener)
    .where(delivery.c.case_id.in_(bindparam("cases", expanding=True)))
    .distinct()
)
_sent = select(message.c.message, message.c.key, message.c.sent_at).where(
    message.c.tenant == bindparam("tenant"),
    message.c.message.in_(bindparam("messages", expanding=True)),
    message.c.key.in_(bindparam("keys", expanding=True)),
)

#: When a message was sent last, by its name and key.
Sent = Mapping[tuple[str, str], datetime]


def on_their_way(read: Connection, case_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """Return which listeners of some cases are still to be told of something, by case."""
    found: dict[int, frozenset[int]] = {}
    listed = list(case_ids)
    for row in read.execute(_coming, {"cases": listed}) if listed else ():
        found[row.case_id] = found.get(row.case_id, frozenset()) | {row.listener}
    return found


def listens_again(changes: Iterable[RowChange]) -> Iterator[OpenedSubscription]:
    """Yield what would be listened to by some changes and was not before them, or under another name or key."""
    for change in changes:
        row, now = change.after, change.before or {}
        if change.table == SUBSCRIPTION and row is not None and _heard_by(row) != _heard_by(now):
            yield OpenedSubscription(
                change.token, row["message"], row["key"], row["listener"], bool(row["takes_earlier"]), row["heard"]
            )


def _heard_by(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row.get("message"), row.get("key")


def last_sent(read: Connection, tenant: str, listeners: Iterable[OpenedSubscription]) -> Sent:
    """Return when what events at edges listen to was sent last; they take nothing that was sent before they wait."""
    wanted = {(item.message, item.key) for item in _deaf(listeners)}
    if not wanted:
        return {}
    names = {"messages": sorted({name for name, _ in wanted}), "keys": sorted({str(key) for _, key in wanted})}
    rows = read.execute(_sent, {"tenant": tenant, **names})
    return {(row.message, row.key): row.sent_at for row in rows if (row.message, row.key) in wanted}


def _deaf(listeners: Iterable[OpenedSubscription]) -> Iterator[OpenedSubscription]:
    return (item for item in listeners if item.key is not None and not item.takes_earlier)


def why_unheard(back: Sequence[RowChange], moved_at: datetime, coming: frozenset[int], sent: Sent) -> Reason | None:
    """Say which message would be lost if a case got back what it listened to before a move; None if none would.

    :param back: the changes that give it back.
    :param coming: the listeners of the case that are still to be told of something.
    """
    for row in silenced(back):
        if row["listener"] in coming:
            return Reason("migration.message_coming", "", str(row["message"]))
    for item in _deaf(listens_again(back)):
        at = sent.get((item.message, item.key or ""))
        if at is not None and at >= moved_at:
            return Reason("migration.message_missed", "", item.message)
    return None

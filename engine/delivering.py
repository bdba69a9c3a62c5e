"""Tells cases what others have sent: everybody who listened then, once each, and in the order in which it was sent."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import BindParameter, Connection, Row, bindparam, exists, select

from engine.commands.begin_case import BeginCase
from engine.commands.close_outbox import CloseOutbox
from engine.commands.deliver_message import DeliverMessage
from engine.commands.wake_event import WakeEvent
from engine.engine import Engine
from engine.policy.actor import system_actor
from engine.records.case import WHOLE_CASE, incident, message, subscription
from engine.records.operating import is_suspended
from engine.records.outbox import MESSAGE, SIGNAL, delivery, outbox
from engine.records.packing import Unreadable, unpack
from engine.records.release import start_event
from engine.records.tenant import not_open
from engine.waking import all_of_them, first_value, wake_case

logger = logging.getLogger(__name__)

BATCH = 200  # messages in memory at a time

_all_sent = (
    select(outbox.c.id, outbox.c.tenant, outbox.c.payload, outbox.c.created_at)
    .where(outbox.c.kind.in_((MESSAGE, SIGNAL)))
    .order_by(outbox.c.id)
)
# What a city that is closed was sent waits until it is open.
_sent = _all_sent.where(outbox.c.id > bindparam("after"), outbox.c.tenant.not_in(not_open)).limit(bindparam("batch"))
# A case that cannot be read is told when somebody has mended it, a suspended one when it goes on.
_is_damaged = exists().where(incident.c.case_id == delivery.c.case_id, incident.c.token == WHOLE_CASE)
_deliveries = (
    select(delivery.c.case_id, delivery.c.listener)
    .where(delivery.c.outbox_id == bindparam("outbox_id"), ~_is_damaged, ~is_suspended(delivery.c.case_id))
    .order_by(delivery.c.case_id, delivery.c.listener)
)
_any_delivery = select(delivery.c.case_id).where(delivery.c.outbox_id == bindparam("outbox_id")).limit(1)
_one_delivery = select(delivery.c.outbox_id).where(
    delivery.c.outbox_id == bindparam("outbox_id"),
    delivery.c.case_id == bindparam("case_id"),
    delivery.c.listener == bindparam("listener"),
)
_under_key: Mapping[str, BindParameter[Any]] = {
    "tenant": bindparam("tenant"),
    "message": bindparam("message"),
    "key": bindparam("key"),
}
_latest = select(message.c.payload, message.c.number).where(
    *(message.c[name] == value for name, value in _under_key.items())
)
_latecomers = select(subscription.c.case_id, subscription.c.token).where(
    *(subscription.c[name] == value for name, value in _under_key.items()),
    subscription.c.takes_earlier,
    subscription.c.heard.is_distinct_from(bindparam("number", type_=subscription.c.heard.type)),
)
_one_subscription = select(subscription.c.message).where(
    subscription.c.case_id == bindparam("case_id"), subscription.c.token == bindparam("token")
)
_begun_by = (
    select(start_event.c.process, start_event.c.element)
    .where(
        start_event.c.tenant == bindparam("tenant"),
        start_event.c.message == bindparam("message"),
        start_event.c.is_signal == bindparam("is_signal"),
        start_event.c.since <= bindparam("at"),
    )
    .order_by(start_event.c.process, start_event.c.element)
)
#: Who waits for a message that is there already: it was sent while his step was on its way.
missed = (
    select(subscription.c.tenant, subscription.c.message, subscription.c.key)
    .join(message, (message.c.tenant == subscription.c.tenant) & (message.c.message == subscription.c.message))
    .where(
        message.c.key == subscription.c.key,
        subscription.c.takes_earlier,
        subscription.c.heard.is_distinct_from(message.c.number),
        ~is_suspended(subscription.c.case_id),
        subscription.c.tenant.not_in(not_open),
    )
    .distinct()
)
#: One row if anything in the outbox is to be told to cases.
any_sent = select(outbox.c.id).where(outbox.c.kind.in_((MESSAGE, SIGNAL)), outbox.c.tenant.not_in(not_open)).limit(1)


@dataclass(frozen=True, slots=True)
class Sent:
    """A message or signal in the outbox.

    :param key: None for a signal.
    """

    id: int
    tenant: str
    message: str
    key: str | None
    payload: Mapping[str, Any]
    at: datetime


def deliver_all(engine: Engine) -> None:
    """Deliver everything in the outbox, oldest first, and take off it what everybody has been told.

    A message that cannot be read is left out, which `alur doctor` says.
    A case that cannot be told now is told later, and what was sent to it after that waits as well. The others are told
    all the same, and the first failure is raised at the end.
    """
    held_up: set[tuple[int, int]] = set()
    with all_of_them() as attempt:
        for sent in _in_order(engine):
            with attempt():
                _deliver(engine, sent, held_up)


def _in_order(engine: Engine) -> Iterator[Sent]:
    """Yield what waits in the outbox to be told, oldest first."""
    after = 0
    while True:
        with engine.database.reading() as read:
            found = read.execute(_sent, {"after": after, "batch": BATCH}).all()
        yield from filter(None, map(_read_sent, found))
        if len(found) < BATCH:
            return
        after = found[-1].id


def damaged_rows(read: Connection) -> Iterator[tuple[int, str]]:
    """Yield number and city of what waits in the outbox and cannot be read."""
    rows = read.execute(_all_sent).all()
    yield from ((row.id, row.tenant) for row in rows if _read_sent(row) is None)


def _read_sent(row: Row[*tuple[Any, ...]]) -> Sent | None:
    """Return what a row of the outbox sends; None if it is damaged: it stays there and holds up nothing behind it."""
    try:
        content = cast("dict[str, Any]", unpack(row.payload))
        return Sent(row.id, row.tenant, content["message"], content["key"], content.get("payload", {}), row.created_at)
    except (Unreadable, LookupError, TypeError, AttributeError) as error:
        # The job must not fail of it: it would come again later and later, and everybody's messages with it.
        logger.error("Row %s of the outbox, of city %s, cannot be read and is left out: %s", row.id, row.tenant, error)
        return None


def _deliver(engine: Engine, sent: Sent, held_up: set[tuple[int, int]]) -> None:
    """Begin the cases that wait for it, then tell those who listened.

    :param held_up: case and listener of those who could not be told of something earlier; who cannot now joins them.
    """
    with all_of_them() as attempt:
        with attempt():
            _begin_cases(engine, sent)
        for case_id, listener in _waiting_for(engine, sent):
            if (case_id, listener) in held_up:
                continue
            held_up.add((case_id, listener))
            with attempt():
                _tell(engine, sent, case_id, listener)
                held_up.discard((case_id, listener))
    _close(engine, sent)


def _begin_cases(engine: Engine, sent: Sent) -> None:
    """Begin a case of every process of the city that waited for it when it was sent."""
    params = {"tenant": sent.tenant, "message": sent.message, "is_signal": sent.key is None, "at": sent.at}
    with engine.database.reading() as read:
        rows = read.execute(_begun_by, params).all()
    with all_of_them() as attempt:
        for row in rows:
            with attempt():
                command = BeginCase(row.process, row.element, sent.id, sent.key, sent.payload)
                engine.run(command, system_actor(sent.tenant))


def _waiting_for(engine: Engine, sent: Sent) -> Iterator[tuple[int, int]]:
    with engine.database.reading() as read:
        rows = read.execute(_deliveries, {"outbox_id": sent.id}).all()
    return ((row.case_id, row.listener) for row in rows)


def _tell(engine: Engine, sent: Sent, case_id: int, listener: int) -> None:
    params = {"outbox_id": sent.id, "case_id": case_id, "listener": listener}
    command = DeliverMessage(sent.id, case_id, listener, sent.payload)
    wake_case(engine, sent.tenant, command, case_id, (_one_delivery, params))


def _close(engine: Engine, sent: Sent) -> None:
    actor = system_actor(sent.tenant)
    if engine.read(first_value, actor, _any_delivery, {"outbox_id": sent.id}) is None:
        engine.run(CloseOutbox(sent.id), actor)


def deliver_latest(engine: Engine, tenant: str, message: str, key: str) -> None:
    """Wake every case that has come to wait for a message that is there already, and has not heard it on its way."""
    params = {"tenant": tenant, "message": message, "key": key}
    with engine.database.reading() as read:
        latest = read.execute(_latest, params).one_or_none()
        waiting = read.execute(_latecomers, {**params, "number": latest.number}).all() if latest is not None else []
    if latest is None:
        return
    content = cast("dict[str, Any]", unpack(latest.payload))
    with all_of_them() as attempt:
        for row in waiting:
            with attempt():
                one = {"case_id": row.case_id, "token": row.token}
                command = WakeEvent(row.case_id, row.token, content, latest.number)
                wake_case(engine, tenant, command, row.case_id, (_one_subscription, one))

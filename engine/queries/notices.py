"""What a person has been told inside the application."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Connection, bindparam, select

from engine.policy.actor import Actor
from engine.records.outbox import notice
from engine.records.packing import unpack

LATEST = 50

_latest = select(notice).where(notice.c.person == bindparam("person")).order_by(notice.c.id.desc()).limit(LATEST)


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice; its text is in the catalogues under `code`."""

    code: str
    params: Mapping[str, str | int]
    case_id: int | None
    at: datetime
    is_read: bool


def latest_notices(read: Connection, actor: Actor) -> tuple[NoticeRow, ...]:
    """Return the actor's newest notices, newest first."""
    return tuple(
        NoticeRow(row.code, _params(row.params), row.case_id, row.at, row.read_at is not None)
        for row in read.execute(_latest, {"person": actor.person})
    )


def _params(content: bytes) -> dict[str, str | int]:
    return cast("dict[str, str | int]", unpack(content))

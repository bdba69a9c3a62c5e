"""What a person has been told inside the application."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Connection, bindparam, func, select

from engine.policy.actor import Actor
from engine.records.case import open_task
from engine.records.outbox import notice
from engine.records.packing import unpack

LATEST = 50

_own_task = (
    select(func.min(open_task.c.token))
    .where(open_task.c.case_id == notice.c.case_id, open_task.c.assignee == notice.c.person)
    .scalar_subquery()
)
_latest = (
    select(notice, _own_task.label("task"))
    .where(notice.c.person == bindparam("person"))
    .order_by(notice.c.id.desc())
    .limit(LATEST)
)


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice; its text is in the catalogues under `code`.

    :param task: token of the first task of the case that waits for the actor; None if there is none.
    """

    code: str
    params: Mapping[str, str | int]
    case_id: int | None
    at: datetime
    is_read: bool
    task: int | None


def latest_notices(read: Connection, actor: Actor) -> tuple[NoticeRow, ...]:
    """Return the actor's newest notices, newest first."""
    return tuple(
        NoticeRow(row.code, _params(row.params), row.case_id, row.at, row.read_at is not None, row.task)
        for row in read.execute(_latest, {"person": actor.person})
    )


def _params(content: bytes) -> dict[str, str | int]:
    return cast("dict[str, str | int]", unpack(content))

"""Notices that a command leaves for people inside the application."""

from collections.abc import Iterable, Iterator

from sqlalchemy import bindparam, select

from engine.command import Context
from engine.records.changes import Write, write
from engine.records.outbox import insert_notice, notice
from engine.records.packing import pack

_unread = (
    select(notice.c.id)
    .where(notice.c.person == bindparam("person"), notice.c.code == bindparam("code"))
    .where(notice.c.params == bindparam("params"), notice.c.read_at.is_(None))
    .limit(1)
)


def notices(context: Context, persons: Iterable[int | None], code: str, **params: str | int) -> Iterator[Write]:
    """Yield the writes that tell some people something, but not whoever does it.

    :param persons: None among them is nobody.
    :param code: key of a text in the catalogues, which `params` fill.
    """
    for person in sorted({person for person in persons if person is not None} - {context.actor.person}):
        yield write(
            insert_notice,
            id=context.new_id(),
            person=person,
            code=code,
            params=pack(params),
            case_id=None,
            at=context.now,
            read_at=None,
        )


def news(context: Context, person: int | None, code: str, **params: str | int) -> Iterator[Write]:
    """Yield the write that tells somebody something, unless a notice of the very same is unread still.

    :param person: as one of `notices`; `code` and `params` as well.
    """
    sought = {"person": person, "code": code, "params": pack(params)}
    if context.read.execute(_unread, sought).first() is None:
        yield from notices(context, (person,), code, **params)

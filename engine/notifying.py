"""Notices that a command leaves for people inside the application."""

from collections.abc import Iterable, Iterator

from engine.command import Context
from engine.records.changes import Write, write
from engine.records.outbox import insert_notice
from engine.records.packing import pack


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

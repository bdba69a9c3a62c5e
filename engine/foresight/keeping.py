"""Finds what was asked of looks ahead and what they found, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, cast

from sqlalchemy import Connection, Row, bindparam, select

from engine.errors import NotFound
from engine.foresight.answer import Answer
from engine.foresight.packing import OtherVersion, read_answer, read_question
from engine.foresight.question import Question
from engine.records.foresight import foresight
from engine.records.packing import unpack

#: How long one is kept: the process it tells of goes on.
KEPT: Final = timedelta(days=90)
#: How many of a design; the oldest goes first.
MOST_KEPT: Final = 10

_of_city = foresight.c.tenant == bindparam("tenant")
_one = select(foresight).where(_of_city, foresight.c.id == bindparam("number"))
_columns = ("id", "mark", "content_mark", "question", "asked_at", "ended_at", "trouble")
_all = (
    select(*(foresight.c[name] for name in _columns))
    .where(_of_city, foresight.c.design_id == bindparam("design_id"))
    .order_by(foresight.c.asked_at.desc(), foresight.c.id.desc())
)


class Trouble(StrEnum):
    """Why a look ahead found nothing."""

    TOO_MUCH = "too_much"
    """Even one year took too long, such as where cases go round in circles."""
    CLOSED = "closed"
    """The design was released or put away before its turn came."""
    BROKEN = "broken"
    """The simulation itself failed."""
    OTHER_VERSION = "other_version"
    """Another version of Alur asked or answered, in a way that this one does not read."""


@dataclass(frozen=True, slots=True)
class Foresight:
    """A look ahead at a design.

    :param mark: names all that its answer depends on.
    :param content_mark: of the diagram as it was when it was asked, `diagram` itself only until there is an answer.
    :param question: None if another version of Alur asked it, in a way that this one does not read.
    :param filled: what was filled in, by field.
    :param ended_at: None while there is neither an answer nor a trouble.
    """

    id: int
    tenant: str
    design_id: int
    mark: str
    content_mark: str
    question: Question | None
    filled: Mapping[str, object]
    diagram: bytes | None = field(repr=False)
    asked_at: datetime
    asked_by: int | None
    ended_at: datetime | None
    trouble: Trouble | None
    answer: Answer | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class ListedForesight:
    """What a list shows of a look ahead; the fields are those of `Foresight`."""

    id: int
    mark: str
    content_mark: str
    question: Question | None
    asked_at: datetime
    ended_at: datetime | None
    trouble: Trouble | None


def find_foresight(read: Connection, tenant: str, number: int) -> Foresight:
    """Return a look ahead of a city.

    :raise NotFound: there is none with that number.
    """
    row = read.execute(_one, {"tenant": tenant, "number": number}).one_or_none()
    if row is None:
        raise NotFound()
    return _foresight(row)


def foresights_of(read: Connection, tenant: str, design_id: int) -> tuple[ListedForesight, ...]:
    """Return the looks ahead at a design, the latest first, without their answers."""
    rows = read.execute(_all, {"tenant": tenant, "design_id": design_id})
    return tuple(
        ListedForesight(
            row.id,
            row.mark,
            row.content_mark,
            _question(row.question),
            row.asked_at,
            row.ended_at,
            Trouble(row.trouble) if row.trouble is not None else None,
        )
        for row in rows
    )


def _foresight(row: Row[*tuple[Any, ...]]) -> Foresight:
    answer, trouble = _end(row)
    return Foresight(
        row.id,
        row.tenant,
        row.design_id,
        row.mark,
        row.content_mark,
        _question(row.question),
        cast("dict[str, object]", unpack(row.filled)),
        cast("bytes", unpack(row.diagram)) if row.diagram is not None else None,
        row.asked_at,
        row.asked_by,
        row.ended_at,
        trouble,
        answer,
    )


def _question(content: bytes) -> Question | None:
    try:
        return read_question(content)
    except OtherVersion:
        return None


def _end(row: Row[*tuple[Any, ...]]) -> tuple[Answer | None, Trouble | None]:
    """Return what was found, or why nothing was; neither as long as it is worked out."""
    if row.found is None:
        return None, Trouble(row.trouble) if row.trouble is not None else None
    try:
        return read_answer(row.found), None
    except OtherVersion:
        return None, Trouble.OTHER_VERSION

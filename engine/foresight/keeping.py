"""Finds what was asked of looks ahead and what they found, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, cast

from sqlalchemy import Connection, Row, bindparam, select

from engine.errors import NotFound
from engine.foresight.answer import Answer
from engine.foresight.packing import read_answer, read_question
from engine.foresight.question import Question
from engine.records.foresight import foresight
from engine.records.packing import unpack

#: How long one is kept: the process it tells of goes on.
KEPT: Final = timedelta(days=90)
#: How many of a design; the oldest goes first.
MOST_KEPT: Final = 10

_of_city = foresight.c.tenant == bindparam("tenant")
_one = select(foresight).where(_of_city, foresight.c.id == bindparam("number"))
_all = (
    select(foresight)
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


@dataclass(frozen=True, slots=True)
class Foresight:
    """A look ahead at a design.

    :param mark: names all that its answer depends on.
    :param content_mark: of the diagram as it was when it was asked, `diagram` itself only until there is an answer.
    :param filled: what was filled in, by field.
    :param ended_at: None while there is neither an answer nor a trouble.
    """

    id: int
    tenant: str
    design_id: int
    mark: str
    content_mark: str
    question: Question
    filled: Mapping[str, object]
    diagram: bytes | None = field(repr=False)
    asked_at: datetime
    asked_by: int | None
    ended_at: datetime | None
    trouble: Trouble | None
    answer: Answer | None = field(repr=False)


def find_foresight(read: Connection, tenant: str, number: int) -> Foresight:
    """Return a look ahead of a city.

    :raise NotFound: there is none with that number.
    """
    row = read.execute(_one, {"tenant": tenant, "number": number}).one_or_none()
    if row is None:
        raise NotFound()
    return _foresight(row)


def foresights_of(read: Connection, tenant: str, design_id: int) -> tuple[Foresight, ...]:
    """Return the looks ahead at a design, the latest first."""
    rows = read.execute(_all, {"tenant": tenant, "design_id": design_id})
    return tuple(_foresight(row) for row in rows)


def _foresight(row: Row[*tuple[Any, ...]]) -> Foresight:
    return Foresight(
        row.id,
        row.tenant,
        row.design_id,
        row.mark,
        row.content_mark,
        read_question(row.question),
        cast("dict[str, object]", unpack(row.filled)),
        cast("bytes", unpack(row.diagram)) if row.diagram is not None else None,
        row.asked_at,
        row.asked_by,
        row.ended_at,
        Trouble(row.trouble) if row.trouble is not None else None,
        read_answer(row.found) if row.found is not None else None,
    )

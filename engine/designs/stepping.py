"""Finds what a design was before: the states that are kept, to be gone back to step by step."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, cast

from sqlalchemy import Connection, bindparam, select

from engine.designs.finding import Design
from engine.errors import NotFound
from engine.records.design import design_revision
from engine.records.packing import unpack

#: How many steps can be taken back.
MOST_STEPS: Final = 30
#: Going back is a step of its own: so many states are kept that all steps can be taken back, made again and taken back.
LEAST_KEPT: Final = 3 * MOST_STEPS
#: Of what was done within so short a time more is kept, for somebody who goes back and again often.
WHILE_AT_IT: Final = timedelta(hours=1)
MOST_KEPT: Final = 10 * MOST_STEPS
_states = (
    select(design_revision.c.version, design_revision.c.saved_at, design_revision.c.saved_by)
    .where(design_revision.c.design_id == bindparam("design_id"))
    .order_by(design_revision.c.version)
)
_content = select(design_revision.c.content).where(
    design_revision.c.design_id == bindparam("design_id"), design_revision.c.version == bindparam("version")
)


def find_step(read: Connection, design: Design, version: int) -> Mapping[str, bytes]:
    """Return the files of a design as they were in a version.

    :raise NotFound: that version is not kept.
    """
    content = read.execute(_content, {"design_id": design.id, "version": version}).scalar_one_or_none()
    if content is None:
        raise NotFound()
    return cast("Mapping[str, bytes]", unpack(content))


def kept_versions(read: Connection, design: Design) -> frozenset[int]:
    """Return the versions of a design that can be gone back to."""
    return frozenset(row.version for row in read.execute(_states, {"design_id": design.id}))


def forgotten_steps(read: Connection, design: Design, stretch: timedelta, now: datetime) -> list[int]:
    """Return the versions that need not be kept any more: old, and within a stretch of work of one person.

    The state before a stretch of work stays, and so does what somebody left behind before another one changed it.
    """
    rows = list(read.execute(_states, {"design_id": design.id}))
    changed_by = [*(row.saved_by for row in rows[1:]), design.saved_by]
    forgotten, last = list[int](), None
    for row, by in zip(rows, changed_by, strict=False):
        is_within = last is not None and row.saved_by == last.saved_by == by and row.saved_at - last.saved_at <= stretch
        if is_within and _is_past(design.version - row.version, now - row.saved_at):
            forgotten.append(row.version)
        else:
            last = row
    return forgotten


def _is_past(steps: int, age: timedelta) -> bool:
    """Say whether a state is offered no more to whoever goes back and again."""
    return steps >= MOST_KEPT or (steps >= LEAST_KEPT and age > WHILE_AT_IT)

"""Finds what a design was before: the states that are kept, to be gone back to step by step."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final, cast

from sqlalchemy import Connection, bindparam, select

from engine.designs.finding import Design
from engine.errors import NotFound
from engine.records.design import design_revision
from engine.records.packing import unpack

#: How many steps can be taken back; the states before these stay only as the states before a stretch of work.
MOST_STEPS: Final = 30
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


def forgotten_steps(read: Connection, design: Design, stretch: timedelta) -> list[int]:
    """Return the versions that need not be kept any more: old, and within a stretch of work of one person."""
    forgotten, last = list[int](), None
    for row in read.execute(_states, {"design_id": design.id}):
        is_within = last is not None and row.saved_by == last.saved_by and row.saved_at - last.saved_at <= stretch
        if is_within and row.version <= design.version - MOST_STEPS:
            forgotten.append(row.version)
        else:
            last = row
    return forgotten

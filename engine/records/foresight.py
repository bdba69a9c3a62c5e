"""Looks ahead at designs: what was asked, and what was found. They are kept for a while, and go with the design."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, LargeBinary, String, Table, UniqueConstraint
from sqlalchemy import bindparam as bind

from engine.records.design import design
from engine.records.schema import RowId, UtcDateTime, metadata

foresight = Table(
    "foresight",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=False),
    Column("tenant", String(40), nullable=False),
    Column("design_id", ForeignKey(design.c.id), nullable=False),
    # Names all that the answer depends on: the same question about the same content is asked once.
    Column("mark", String(32), nullable=False),
    # Of the diagram that it is about: by it a page sees that the design has changed since.
    Column("content_mark", String(32), nullable=False),
    Column("question", LargeBinary, nullable=False),
    # What was filled in, for whoever asks again with something changed.
    Column("filled", LargeBinary, nullable=False),
    # The diagram as it was when it was asked; nobody needs it behind the answer.
    Column("diagram", LargeBinary),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("asked_by", BigInteger),
    Column("ended_at", UtcDateTime),
    # Why nothing could be found; None where something was.
    Column("trouble", String(20)),
    Column("found", LargeBinary),
    UniqueConstraint("design_id", "mark"),
    Index("ix_foresight_tenant", "tenant", "asked_at"),
)

insert_foresight = foresight.insert()
end_foresight = (
    foresight.update()
    .where(foresight.c.id == bind("of_foresight"), foresight.c.ended_at.is_(None))
    .values(diagram=None, ended_at=bind("new_ended_at"), trouble=bind("new_trouble"), found=bind("new_found"))
)
delete_foresight = foresight.delete().where(foresight.c.id == bind("of_foresight"))
delete_foresights_of = foresight.delete().where(foresight.c.design_id == bind("of_design"))
"""All that were asked of a design."""
delete_old_foresights = foresight.delete().where(
    foresight.c.tenant == bind("of_tenant"), foresight.c.asked_at < bind("before")
)

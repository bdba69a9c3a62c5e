"""Designs: working copies of processes, what is said of them, and which release of a process is in force since when."""

from enum import StrEnum

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, bindparam, select

from engine.records.schema import RowId, UtcDateTime, metadata


class DesignStatus(StrEnum):
    """How far a design is."""

    OPEN = "open"
    """It is being worked on."""
    ASKED = "asked"
    """A second person is asked to review it as it is."""
    APPROVED = "approved"
    """It was approved as it is, and may be released."""
    RELEASED = "released"
    """It has become a release."""
    DISCARDED = "discarded"
    """It was put away."""

    @property
    def is_closed(self) -> bool:
        """Nothing in it changes any more."""
        return self in (DesignStatus.RELEASED, DesignStatus.DISCARDED)


class Verdict(StrEnum):
    """What came of a review."""

    APPROVED = "approved"
    RETURNED = "returned"


design = Table(
    "design",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=False),
    Column("tenant", String(40), nullable=False),
    Column("process", String(121), nullable=False),
    Column("status", String(12), nullable=False),
    # The release from which it was begun, or with which it was merged last; None for a process of which there is none.
    Column("base_id", ForeignKey("release.id")),
    Column("content", LargeBinary, nullable=False),
    # The files of the national default that was taken over into it, if one was.
    Column("taken", LargeBinary),
    # Of the content: whoever saves says which he has seen.
    Column("version", Integer, nullable=False),
    Column("begun_at", UtcDateTime, nullable=False),
    Column("begun_by", BigInteger),
    Column("saved_at", UtcDateTime, nullable=False),
    Column("saved_by", BigInteger),
    Index("ix_design_tenant_process", "tenant", "process"),
)

# What a design was before: the last state of each stretch of work, so that nothing is lost by saving over it.
design_revision = Table(
    "design_revision",
    metadata,
    Column("design_id", ForeignKey("design.id"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
    Column("saved_at", UtcDateTime, nullable=False),
    Column("saved_by", BigInteger),
)

design_invitation = Table(
    "design_invitation",
    metadata,
    Column("design_id", ForeignKey("design.id"), primary_key=True),
    Column("person", BigInteger, primary_key=True, autoincrement=False),
    Column("tenant", String(40), nullable=False),
    Column("invited_at", UtcDateTime, nullable=False),
    Column("invited_by", BigInteger),
)

design_remark = Table(
    "design_remark",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=False),
    Column("tenant", String(40), nullable=False),
    Column("design_id", ForeignKey("design.id"), nullable=False, index=True),
    # The remark that it answers.
    Column("answers", BigInteger),
    Column("kind", String(12), nullable=False),
    # Where it stands: a file and an element of it, a file, or the design as a whole.
    Column("file", String(160)),
    Column("element", String(121)),
    Column("text", String(4000), nullable=False),
    Column("said_at", UtcDateTime, nullable=False),
    Column("said_by", BigInteger),
    Column("settled_at", UtcDateTime),
    Column("settled_by", BigInteger),
)

design_review = Table(
    "design_review",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=False),
    Column("tenant", String(40), nullable=False),
    Column("design_id", ForeignKey("design.id"), nullable=False, index=True),
    # The content that is reviewed, as a release would be named.
    Column("digest", String(64), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("asked_by", BigInteger),
    Column("verdict", String(10)),
    Column("reason", String(2000)),
    Column("decided_at", UtcDateTime),
    Column("decided_by", BigInteger),
)

# The national default that a city has taken over last, as files: what a newer one is compared with.
taken_default = Table(
    "taken_default",
    metadata,
    Column("tenant", String(40), primary_key=True),
    Column("process", String(121), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("taken_at", UtcDateTime, nullable=False),
)

insert_design = design.insert()
select_design = select(design).where(design.c.tenant == bindparam("tenant"), design.c.id == bindparam("design_id"))
# Only while it is as it was seen: two who save at once do not write over each other, and what was closed stays closed.
_change_seen = design.update().where(
    design.c.id == bindparam("of_design"),
    design.c.version == bindparam("seen_version"),
    design.c.status == bindparam("seen_status"),
)
change_design = _change_seen.values(
    content=bindparam("new_content"),
    status=bindparam("new_status"),
    version=bindparam("new_version"),
    saved_at=bindparam("new_saved_at"),
    saved_by=bindparam("new_saved_by"),
)
set_design_status = _change_seen.values(status=bindparam("new_status"))
insert_revision = design_revision.insert()
delete_revision = design_revision.delete().where(
    design_revision.c.design_id == bindparam("of_design"), design_revision.c.version == bindparam("of_version")
)
newest_revision = (
    select(design_revision.c.version, design_revision.c.saved_at, design_revision.c.saved_by)
    .where(design_revision.c.design_id == bindparam("design_id"))
    .order_by(design_revision.c.version.desc())
    .limit(1)
)

"""Finds the designs of a city, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import cast

from sqlalchemy import Connection, select

from engine.errors import Conflict, NotFound
from engine.records.design import DesignStatus, design, design_invitation, select_design
from engine.records.packing import unpack
from engine.records.release import release

_MARK_LENGTH = 32
_number_of = select(release.c.number).where(release.c.id == design.c.base_id).scalar_subquery()
_whole = select_design.add_columns(_number_of.label("base_number"))
_invited = select(design_invitation.c.person)


class DesignClosed(Conflict):
    """The design has become a release or was discarded; nothing in it changes any more."""

    code = "design_closed"


@dataclass(frozen=True, slots=True)
class Design:
    """A working copy of a process.

    :param base: the release from which it was begun, or with which it was merged last; None if there was none.
    :param base_number: the number of that release.
    :param files: the diagram, tables, forms and scenarios by name.
    :param taken: the files of the national default that was taken over into it; None if none was.
    :param version: of the files; it grows with each save.
    :param invited: who may see it and say something, besides the process owners.
    """

    id: int
    tenant: str
    process: str
    status: DesignStatus
    base: int | None
    base_number: int | None
    version: int
    begun_at: datetime
    begun_by: int | None
    saved_at: datetime
    saved_by: int | None
    files: Mapping[str, bytes] = field(repr=False)
    taken: Mapping[str, bytes] | None = field(default=None, repr=False)
    invited: frozenset[int] = frozenset()

    @property
    def diagram_name(self) -> str:
        """The name of the BPMN file."""
        return next(name for name in self.files if name.endswith(".bpmn"))

    @property
    def diagram(self) -> bytes:
        """The BPMN file."""
        return self.files[self.diagram_name]

    def require_open(self) -> None:
        """Let pass what changes the design while it is worked on.

        :raise DesignClosed: it is a release now, or was discarded.
        """
        if self.status.is_closed:
            raise DesignClosed(status=self.status.value)


def find_design(read: Connection, tenant: str, design_id: int) -> Design:
    """Return a design of a city.

    :raise NotFound: there is none with that id in that city.
    """
    row = read.execute(_whole, {"tenant": tenant, "design_id": design_id}).one_or_none()
    if row is None:
        raise NotFound()
    invited = read.execute(_invited.where(design_invitation.c.design_id == design_id)).scalars()
    return Design(
        row.id,
        row.tenant,
        row.process,
        DesignStatus(row.status),
        row.base_id,
        row.base_number,
        row.version,
        row.begun_at,
        row.begun_by,
        row.saved_at,
        row.saved_by,
        _files(row.content),
        _files(row.taken) if row.taken is not None else None,
        frozenset(invited),
    )


def content_mark(content: bytes) -> str:
    """Return what names the content of a file: whoever saves says by it which content he has seen."""
    return sha256(content).hexdigest()[:_MARK_LENGTH]


def _files(content: bytes) -> Mapping[str, bytes]:
    return cast("dict[str, bytes]", unpack(content))

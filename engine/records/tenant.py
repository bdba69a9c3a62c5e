"""The cities that one installation serves; `tenant` is the engine's word for a city."""

from enum import StrEnum
from typing import Final

from sqlalchemy import Column, Connection, Select, String, Table, bindparam, select

from engine.errors import TenantArriving, TenantClosed, TenantMoved
from engine.records.schema import UtcDateTime, metadata


class Standing(StrEnum):
    """Why nothing is done for a city; one that is open has none of these.

    An administrator has closed it; its rows come in from an archive; they are taken away; it works elsewhere now.
    """

    CLOSED = "closed"
    ARRIVING = "arriving"
    LEAVING = "leaving"
    MOVED = "moved"


tenant = Table(
    "tenant",
    metadata,
    Column("code", String(40), primary_key=True),
    Column("created_at", UtcDateTime, nullable=False),
    # A `Standing`, and since when; None while the city is open.
    Column("standing", String(12)),
    Column("since", UtcDateTime),
    # The sha256 of the archive in which it comes, goes or went.
    Column("archive", String(64)),
)

insert_tenant = tenant.insert()
#: The codes of the cities for which nothing is done.
not_open: Final[Select[str]] = select(tenant.c.code).where(tenant.c.standing.is_not(None))
#: Those whose rows come or go just now, or are gone.
unsettled: Final[Select[str]] = not_open.where(tenant.c.standing != Standing.CLOSED)

_standing = select(tenant.c.standing).where(tenant.c.code == bindparam("code"))
_REFUSALS: Final = {Standing.CLOSED: TenantClosed, Standing.ARRIVING: TenantArriving}


def require_open(read: Connection, code: str) -> None:
    """Let pass what is done for a city that is open, or that nobody has set up.

    :raise TenantClosed: it is closed; of its own kind where the city arrives or has moved.
    """
    standing = read.execute(_standing, {"code": code}).scalar_one_or_none()
    if standing is not None:
        raise _REFUSALS.get(Standing(standing), TenantMoved)(tenant=code)

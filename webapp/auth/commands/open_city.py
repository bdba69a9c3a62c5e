"""Open a city on this installation, with a link for its first administrator."""

from dataclasses import dataclass, field
from typing import ClassVar

from sqlalchemy import select

from engine.command import Changes, Context, TenantSubject
from engine.errors import Invalid
from engine.records.changes import write
from engine.records.tenant import insert_tenant, tenant
from processes.people.days import local_day
from webapp.auth.administrators import has_administrator
from webapp.auth.codes import hash_token
from webapp.auth.links import VALID_FOR
from webapp.auth.records import delete_first_link, insert_first_link


@dataclass(frozen=True, slots=True)
class OpenCity:
    """Make an empty city; for one that is open already but has no administrator who can sign in, only a new link.

    :param token: of the link; kept as a hash. None makes no link, for a city that gets its people at once.
    """

    token: str | None = field(repr=False)
    permission: ClassVar[str] = "city:open"

    def subject(self, context: Context) -> TenantSubject:
        """Return the city."""
        return TenantSubject(context.actor.tenant)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        """Write the city and its link.

        :raise Invalid: the city has an administrator already who can sign in.
        """
        code = subject.tenant
        if has_administrator(context.read, code, local_day(context, code), context.now):
            raise Invalid("The city has an administrator already.", city=code)
        is_open = context.read.execute(select(tenant.c.code).where(tenant.c.code == code)).first() is not None
        rows = [] if is_open else [write(insert_tenant, code=code, created_at=context.now)]
        if self.token is not None:
            until = context.now + VALID_FOR
            rows.append(write(delete_first_link, of_tenant=code))
            rows.append(write(insert_first_link, tenant=code, token_hash=hash_token(self.token), valid_until=until))
        return Changes(tuple(rows))

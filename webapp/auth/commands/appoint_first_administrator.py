"""Make the first administrator of a city, or the next one when none is left who can sign in."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from sqlalchemy import bindparam, select

from engine.command import Changes, Context, TenantSubject
from engine.errors import NotFound
from engine.records.changes import Write, write
from processes.people.days import local_day
from processes.people.queries import employee_by_nip, roles_on
from processes.people.records import Role, employee, role_grant
from webapp.auth.links import is_link
from webapp.auth.records import account, delete_first_link, end_sessions, insert_account, take_account

_account_of = select(account.c.id).where(
    account.c.tenant == bindparam("tenant"), account.c.employee_id == bindparam("person")
)


@dataclass(frozen=True, slots=True)
class AppointFirstAdministrator:
    """Make an employee with an account and the role of administrator; the link is used up by it.

    An employee with this NIP who is there already is taken as he is, and so is his account: it opens with the new
    password only, and what was open elsewhere is closed. The receipt's value is the account.

    :param password: already hashed.
    """

    token: str = field(repr=False)
    nip: str = field(repr=False)
    kind: str
    name: str
    password: str = field(repr=False)
    permission: ClassVar[str] = "city:open"

    def subject(self, context: Context) -> TenantSubject:
        """Return the city.

        :raise NotFound: the link was used before, or is too old.
        """
        if not is_link(context.read, context.actor, self.token, context.now):
            raise NotFound
        return TenantSubject(context.actor.tenant)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        """Write employee, account and role as far as they are missing, and take the link away."""
        tenant = subject.tenant
        known = employee_by_nip(context.read, tenant, self.nip)
        person = known.id if known else context.new_id()
        had = context.read.execute(_account_of, {"tenant": tenant, "person": person}).scalar_one_or_none()
        account_id: int = had if had is not None else context.new_id()
        rows = [write(delete_first_link, expect=1, of_tenant=tenant)]
        if known is None:
            rows.append(
                write(employee.insert(), id=person, tenant=tenant, nip=self.nip, name=self.name, kind=self.kind)
            )
        if had is None:
            rows.append(self._new_account(context, account_id, person))
        else:
            rows.append(write(take_account, expect=1, of_account=had, new_password=self.password))
            rows.append(write(end_sessions, of_account=had))
        rows.extend(_role(context, tenant, person))
        return Changes(tuple(rows), subject=person, value=account_id)

    def _new_account(self, context: Context, account_id: int, person: int) -> Write:
        return write(
            insert_account,
            id=account_id,
            tenant=context.actor.tenant,
            employee_id=person,
            fs_uniquifier=secrets.token_hex(32),
            password=self.password,
            active=True,
            created_at=context.now,
        )


def _role(context: Context, tenant: str, person: int) -> Iterator[Write]:
    today = local_day(context, tenant)
    if not any(grant.role is Role.CITY_ADMIN for grant in roles_on(context.read, tenant, person, today)):
        yield write(
            role_grant.insert(),
            id=context.new_id(),
            tenant=tenant,
            employee_id=person,
            role=Role.CITY_ADMIN.value,
            valid_from=today,
        )

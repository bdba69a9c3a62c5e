"""Make the first administrator of a city that holds nobody yet."""

import secrets
from dataclasses import dataclass, field
from typing import ClassVar

from engine.command import Changes, Context, TenantSubject
from engine.errors import NotFound
from engine.records.changes import write
from processes.people.days import local_day
from processes.people.queries import employee_by_nip
from processes.people.records import Role, employee, role_grant
from webapp.auth.links import is_link
from webapp.auth.records import delete_first_link, insert_account


@dataclass(frozen=True, slots=True)
class AppointFirstAdministrator:
    """Make an employee with an account and the role of administrator; the link is used up by it.

    An employee with this NIP who was imported meanwhile is taken as he is. The receipt's value is the account.

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
        """Write employee, account and role, and take the link away."""
        tenant = subject.tenant
        known = employee_by_nip(context.read, tenant, self.nip)
        person, account = known.id if known else context.new_id(), context.new_id()
        rows = [write(delete_first_link, expect=1, of_tenant=tenant)]
        if known is None:
            rows.append(
                write(employee.insert(), id=person, tenant=tenant, nip=self.nip, name=self.name, kind=self.kind)
            )
        rows.append(
            write(
                insert_account,
                id=account,
                tenant=tenant,
                employee_id=person,
                fs_uniquifier=secrets.token_hex(32),
                password=self.password,
                active=True,
                created_at=context.now,
            )
        )
        rows.append(
            write(
                role_grant.insert(),
                id=context.new_id(),
                tenant=tenant,
                employee_id=person,
                role=Role.CITY_ADMIN.value,
                valid_from=local_day(context, tenant),
            )
        )
        return Changes(tuple(rows), subject=person, value=account)

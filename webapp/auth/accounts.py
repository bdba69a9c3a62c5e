"""Makes accounts outside the usual way, for the demonstration and for tests."""

import secrets
from datetime import datetime

from sqlalchemy import Connection, bindparam

from webapp.auth.records import account, guest_account, insert_account

_set = (
    account.update()
    .where(account.c.tenant == bindparam("of_tenant"), account.c.employee_id == bindparam("of_employee"))
    .values(password=bindparam("new_password"), code_hash=None, code_until=None)
)


def give_password(
    connection: Connection, tenant: str, employee: int, hashed: str, *, account_id: int, now: datetime
) -> None:
    """Give an employee a password, and an account if there is none, inside a write transaction.

    :param account_id: the key of the account if it has to be made.
    """
    params = {"of_tenant": tenant, "of_employee": employee, "new_password": hashed}
    if connection.execute(_set, params).rowcount:
        return
    connection.execute(
        insert_account,
        {
            "id": account_id,
            "tenant": tenant,
            "employee_id": employee,
            "fs_uniquifier": secrets.token_hex(32),
            "password": hashed,
            "active": True,
            "created_at": now,
        },
    )


def give_guest_password(connection: Connection, guest: int, hashed: str) -> None:
    """Give a guest a password in place of his code, inside a write transaction."""
    of_guest = guest_account.update().where(guest_account.c.guest_id == guest)
    connection.execute(of_guest.values(password=hashed, code_hash=None, code_until=None))

"""The sign-in tables: accounts and sessions of employees and guests, failures, the first administrator's link."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    false,
    true,
)

from engine.records.schema import RowId, UtcDateTime, metadata

# The NIP stands with the employee alone; `password` is None until one is chosen. `fs_uniquifier` is what
# Flask-Security calls an account by; it says nothing about the person.
account = Table(
    "account",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=False),
    Column("tenant", String(40), nullable=False),
    Column("employee_id", ForeignKey("employee.id"), nullable=False),
    Column("fs_uniquifier", String(64), nullable=False, unique=True),
    Column("password", String(200)),
    Column("active", Boolean(create_constraint=False), nullable=False, server_default=true()),
    Column("code_hash", LargeBinary(32)),
    Column("code_until", UtcDateTime),
    Column("code_tries", SmallInteger, nullable=False, server_default="0"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("signed_in_at", UtcDateTime),
    UniqueConstraint("tenant", "employee_id"),
)

# Only a hash of the id is kept: whoever reads the database can take over no session. `grants` is a hash of the roles
# that the session was made with; when they change, it gets a new id. `searches` is what was looked for, packed: often
# names, which end with the session and never lie in the browser.
sign_in_session = Table(
    "sign_in_session",
    metadata,
    Column("token_hash", LargeBinary(32), primary_key=True),
    Column("account_id", ForeignKey("account.id"), nullable=False, index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("grants", LargeBinary(16), nullable=False),
    Column("must_choose", Boolean(create_constraint=False), nullable=False, server_default=false()),
    Column("searches", LargeBinary),
    sqlite_with_rowid=False,
)

# Guests come in by a door of their own: nothing that asks who of the employees has an account finds them.
guest_account = Table(
    "guest_account",
    metadata,
    Column("guest_id", ForeignKey("guest.id"), primary_key=True, autoincrement=False),
    Column("tenant", String(40), nullable=False),
    Column("password", String(200)),
    Column("code_hash", LargeBinary(32)),
    Column("code_until", UtcDateTime),
    Column("code_tries", SmallInteger, nullable=False, server_default="0"),
    Column("signed_in_at", UtcDateTime),
)

# As above; a guest has one part for good, so that no mark of roles is kept.
guest_session = Table(
    "guest_session",
    metadata,
    Column("token_hash", LargeBinary(32), primary_key=True),
    Column("guest_id", ForeignKey("guest_account.guest_id"), nullable=False, index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("must_choose", Boolean(create_constraint=False), nullable=False, server_default=false()),
    Column("searches", LargeBinary),
    sqlite_with_rowid=False,
)

# Failed attempts by a keyed hash of who and from where, so that the table holds neither NIP nor address.
sign_in_throttle = Table(
    "sign_in_throttle",
    metadata,
    Column("key", LargeBinary(32), primary_key=True),
    Column("failures", SmallInteger, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    sqlite_with_rowid=False,
)

# The way in for the first administrator of a city that holds nobody yet; gone once it was used.
first_link = Table(
    "first_link",
    metadata,
    Column("tenant", ForeignKey("tenant.code"), primary_key=True),
    Column("token_hash", LargeBinary(32), nullable=False),
    Column("valid_until", UtcDateTime, nullable=False),
)

insert_account = account.insert()
issue_code = (
    account.update()
    .where(account.c.id == bindparam("of_account"))
    .values(
        code_hash=bindparam("new_code_hash"),
        code_until=bindparam("new_code_until"),
        code_tries=0,
        password=None,
    )
)
#: Open an account anew with a password that was just chosen; what opened it before does so no more.
take_account = (
    account.update()
    .where(account.c.id == bindparam("of_account"))
    .values(password=bindparam("new_password"), active=True, code_hash=None, code_until=None, code_tries=0)
)
end_sessions = sign_in_session.delete().where(sign_in_session.c.account_id == bindparam("of_account"))
set_active = account.update().where(account.c.id == bindparam("of_account")).values(active=bindparam("new_active"))
insert_first_link = first_link.insert()
expired_first_links = first_link.delete().where(first_link.c.valid_until <= bindparam("now", type_=UtcDateTime))
delete_first_link = first_link.delete().where(first_link.c.tenant == bindparam("of_tenant"))

insert_guest_account = guest_account.insert()
issue_guest_code = (
    guest_account.update()
    .where(guest_account.c.guest_id == bindparam("of_guest"))
    .values(
        code_hash=bindparam("new_code_hash"),
        code_until=bindparam("new_code_until"),
        code_tries=0,
        password=None,
    )
)
end_guest_sessions = guest_session.delete().where(guest_session.c.guest_id == bindparam("of_guest"))

"""Give a person a one-time code for the sign-in."""

import secrets
from dataclasses import dataclass, field
from typing import ClassVar

from engine.command import Changes, Context
from engine.records.changes import Write, write
from engine.records.outbox import insert_notice
from engine.records.packing import pack
from webapp.auth.codes import VALID_FOR, hash_code, make_code
from webapp.auth.people import AccountSubject, account_subject
from webapp.auth.records import end_sessions, insert_account, issue_code


@dataclass(frozen=True, slots=True)
class IssueCode:
    """Make a new code for an employee's account, and the account if there is none.

    The code takes the place of earlier codes and of the password, and every session ends: whoever asks for a code
    has forgotten the password, or somebody else knows it. The receipt's value is the code; it is kept nowhere.
    """

    person: int
    pepper: str = field(repr=False)
    permission: ClassVar[str] = "account:issue_code"

    def subject(self, context: Context) -> AccountSubject:
        """Return the account with the person's unit and roles.

        :raise NotFound: the city has no such employee.
        """
        return account_subject(context, self.person)

    def execute(self, context: Context, subject: AccountSubject) -> Changes:
        """Replace code and password, end the sessions, tell the person."""
        code = make_code()
        account = subject.account if subject.account is not None else context.new_id()
        new = () if subject.account is not None else (_new_account(context, account, self.person),)
        hashed = hash_code(code, account, self.pepper)
        until = context.now + VALID_FOR
        return Changes(
            (
                *new,
                write(issue_code, expect=1, of_account=account, new_code_hash=hashed, new_code_until=until),
                write(end_sessions, of_account=account),
                _notice(context, self.person),
            ),
            subject=self.person,
            value=code,
        )


def _new_account(context: Context, account: int, person: int) -> Write:
    return write(
        insert_account,
        id=account,
        tenant=context.actor.tenant,
        employee_id=person,
        fs_uniquifier=secrets.token_hex(32),
        active=True,
        created_at=context.now,
    )


def _notice(context: Context, person: int) -> Write:
    return write(
        insert_notice,
        id=context.new_id(),
        person=person,
        code="account.code_issued",
        params=pack({}),
        case_id=None,
        at=context.now,
        read_at=None,
    )

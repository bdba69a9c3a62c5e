"""Close an account, or open it again."""

from dataclasses import dataclass
from typing import ClassVar

from engine.command import Changes, Context
from engine.errors import NotFound
from engine.records.changes import write
from webapp.auth.people import AccountSubject, account_subject
from webapp.auth.records import end_sessions, set_active


@dataclass(frozen=True, slots=True)
class SetAccountActive:
    """Let a person in no more and end every session, or let him in again with the password he had."""

    person: int
    is_active: bool
    permission: ClassVar[str] = "account:set_active"

    def subject(self, context: Context) -> AccountSubject:
        """Return the account.

        :raise NotFound: the city has no such employee, or he has no account.
        """
        subject = account_subject(context, self.person)
        if subject.account is None:
            raise NotFound
        return subject

    def execute(self, context: Context, subject: AccountSubject) -> Changes:
        """Set the mark, and end the sessions of a closed account."""
        rows = [write(set_active, expect=1, of_account=subject.account, new_active=self.is_active)]
        if not self.is_active:
            rows.append(write(end_sessions, of_account=subject.account))
        return Changes(tuple(rows), subject=self.person)

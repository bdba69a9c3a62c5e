"""Guests: people from outside who have a part in one case until a day, such as a panel's external members.

A guest is no employee: no list of people, no count and no payment knows him. His number comes from where employees' do,
so that tasks, notices and the audit trail name both kinds in the same way.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import BigInteger, Column, ColumnElement, Connection, ForeignKey, Index, String, Table, and_

from engine.policy.actor import Actor
from engine.policy.rules import Limits, Predicate
from engine.records.proofs import PROVED, Proved
from engine.records.schema import Day, UtcDateTime, metadata
from processes.people.columns import key_column, tenant_column

GUEST: Final = "guest"
#: The processes in whose cases people from outside have a part.
WITH_GUESTS: Final = frozenset({"open_selection"})
#: The longest invitation: announcement, stages and what comes back from BKN end well within it.
LONGEST: Final = timedelta(days=200)
#: So long after his case has ended a guest may still look in, whatever day his invitation names.
AFTERWARDS: Final = timedelta(days=7)

guest = Table(
    "guest",
    metadata,
    key_column(),
    tenant_column(),
    Column("name", String(200), nullable=False),
    Column("institution", String(200), nullable=False),
    Column("email", String(200), nullable=False),
    Column("case_id", ForeignKey("process_case.id"), nullable=False),
    Column("valid_until", Day, nullable=False),
    Column("invited_by", BigInteger, nullable=False),
    Column("invited_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
    Index("ix_guest_email", "tenant", "email"),
    Index("ix_guest_case", "tenant", "case_id"),
    info={PROVED: Proved()},
)


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody from outside.

    :param case_id: the only case he has a part in.
    :param valid_until: the last day on which he may sign in, as he was invited.
    """

    id: int
    tenant: str
    name: str
    institution: str
    email: str = field(repr=False)
    case_id: int
    valid_until: date
    revoked_at: datetime | None

    @property
    def full_name(self) -> str:
        """The name with where the guest comes from, as everybody else reads it."""
        return f"{self.name}, {self.institution}"

    def is_valid_on(self, day: date) -> bool:
        """Say whether the invitation holds on a day."""
        return self.revoked_at is None and self.valid_until >= day


def last_day(valid_until: date, ended_on: date | None, revoked_on: date | None) -> date:
    """Return the last day on which a guest may or might be in."""
    days = [valid_until, *([ended_on + AFTERWARDS] if ended_on else []), *([revoked_on] if revoked_on else [])]
    return min(days)


def is_invited(day: Any) -> ColumnElement[bool]:
    """Return the condition that a guest's invitation holds on a day."""
    return and_(guest.c.revoked_at.is_(None), guest.c.valid_until >= day)


def guest_actor(tenant: str, person: int, case_id: int, day: date | None = None) -> Actor:
    """Return a guest as he acts: of his case, and in nobody else's group."""
    return Actor(tenant, person, frozenset({f"{GUEST}:{case_id}"}), day)


def is_guest(actor: Actor) -> bool:
    """Say whether somebody from outside acts."""
    return actor.holds(GUEST)


def case_of(actor: Actor) -> int | None:
    """Return the only case that somebody from outside has a part in; None for anybody else."""
    held = (group.partition(":") for group in actor.groups)
    return next((int(case) for name, _, case in held if name == GUEST), None)


def is_guest_of_case(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor is a guest of the subject's case."""
    return f"{GUEST}:{subject.case_id}" in actor.groups


def is_no_guest(actor: Actor, subject: Any, read: Connection) -> bool:
    """Nobody from outside acts."""
    return not is_guest(actor)


def is_in_own_case(actor: Actor, subject: Any, read: Connection) -> bool:
    """The task is one of the case that a guest was invited for; of everybody else nothing is asked."""
    return not is_guest(actor) or f"{GUEST}:{subject.case.id}" in actor.groups


#: What a guest may at all if a row grants it, with what is asked of him besides. Nothing else, whatever row grants it.
GUESTS_MAY: Final[Mapping[str, Sequence[Predicate]]] = {
    "task:view": (is_in_own_case,),
    "task:complete": (is_in_own_case,),
    "notice:read": (),
    "selection:view": (),
    "selection:documents": (),
}


def guest_limits(permissions: Iterable[str]) -> Limits:
    """Return the limits by which all permissions but the few named ones are refused to guests."""
    return {permission: GUESTS_MAY.get(permission, (is_no_guest,)) for permission in permissions}

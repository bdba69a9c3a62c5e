"""Guests: people from outside who have a part until a day, in one case (on a panel) or in one design of a process.

A guest is no employee: no list of people, no count and no payment knows him. His number comes from where employees' do,
so that tasks, notices and the audit trail name both kinds in the same way.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    Index,
    String,
    Table,
    and_,
    or_,
)

from engine.policy.actor import Actor
from engine.policy.rules import Limits, Predicate
from engine.records.design import DesignStatus, design
from engine.records.proofs import PROVED, Proved
from engine.records.schema import Day, UtcDateTime, metadata
from processes.people.columns import key_column, tenant_column

GUEST: Final = "guest"
#: The group of a guest says the number of his case, or this and the number of his design.
_DESIGN: Final = "design:"
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
    Column("case_id", ForeignKey("process_case.id")),
    Column("design_id", ForeignKey("design.id")),
    Column("valid_until", Day, nullable=False),
    Column("invited_by", BigInteger, nullable=False),
    Column("invited_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
    Index("ix_guest_email", "tenant", "email"),
    Index("ix_guest_case", "tenant", "case_id"),
    Index("ix_guest_design", "tenant", "design_id"),
    CheckConstraint("(case_id IS NULL) <> (design_id IS NULL)", name="one_part"),
    info={PROVED: Proved()},
)


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody from outside.

    :param case_id: the only case he has a part in; None for whoever has one in a design.
    :param valid_until: the last day on which he may sign in, as he was invited.
    :param design_id: the only design he has a part in; None for whoever has one in a case.
    """

    id: int
    tenant: str
    name: str
    institution: str
    email: str = field(repr=False)
    case_id: int | None
    valid_until: date
    revoked_at: datetime | None
    design_id: int | None = None

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


def is_still_designed() -> ColumnElement[bool]:
    """Return the condition that the design of a guest is worked on; of a guest of a case nothing is asked."""
    return or_(design.c.id.is_(None), design.c.status.not_in([status for status in DesignStatus if status.is_closed]))


def guest_actor(tenant: str, person: int, case_id: int, day: date | None = None) -> Actor:
    """Return a guest as he acts: of his case, and in nobody else's group."""
    return Actor(tenant, person, frozenset({f"{GUEST}:{case_id}"}), day)


def design_guest_actor(tenant: str, person: int, design_id: int, day: date | None = None) -> Actor:
    """Return a guest as he acts: of his design, and in nobody else's group."""
    return Actor(tenant, person, frozenset({f"{GUEST}:{_DESIGN}{design_id}"}), day)


def is_guest(actor: Actor) -> bool:
    """Say whether somebody from outside acts."""
    return actor.holds(GUEST)


def case_of(actor: Actor) -> int | None:
    """Return the only case that somebody from outside has a part in; None for anybody else."""
    part = _part_of(actor)
    return int(part) if part and not part.startswith(_DESIGN) else None


def design_of(actor: Actor) -> int | None:
    """Return the only design that somebody from outside has a part in; None for anybody else."""
    part = _part_of(actor)
    return int(part.removeprefix(_DESIGN)) if part.startswith(_DESIGN) else None


def _part_of(actor: Actor) -> str:
    held = (group.partition(":") for group in actor.groups)
    return next((part for name, _, part in held if name == GUEST), "")


def is_guest_of_case(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor is a guest of the subject's case."""
    return f"{GUEST}:{subject.case_id}" in actor.groups


def is_guest_of_design(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor is a guest of the subject, a design; to the city as a whole nobody is invited."""
    return f"{GUEST}:{_DESIGN}{getattr(subject, 'id', None)}" in actor.groups


def is_no_guest(actor: Actor, subject: Any, read: Connection) -> bool:
    """Nobody from outside acts."""
    return not is_guest(actor)


def is_in_own_case(actor: Actor, subject: Any, read: Connection) -> bool:
    """The task is one of the case that a guest was invited for; of everybody else nothing is asked."""
    return not is_guest(actor) or f"{GUEST}:{subject.case.id}" in actor.groups


def is_in_own_design(actor: Actor, subject: Any, read: Connection) -> bool:
    """The design is the one that a guest was invited for; of everybody else nothing is asked."""
    return not is_guest(actor) or is_guest_of_design(actor, subject, read)


#: What a guest may at all if a row grants it, with what is asked of him besides. Nothing else, whatever row grants it.
GUESTS_MAY: Final[Mapping[str, Sequence[Predicate]]] = {
    "task:view": (is_in_own_case,),
    "task:complete": (is_in_own_case,),
    "notice:read": (),
    "design:view": (is_in_own_design,),
    "design:remark": (is_in_own_design,),
    "selection:view": (),
    "selection:documents": (),
}


def guest_limits(permissions: Iterable[str]) -> Limits:
    """Return the limits by which all permissions but the few named ones are refused to guests."""
    return {permission: GUESTS_MAY.get(permission, (is_no_guest,)) for permission in permissions}

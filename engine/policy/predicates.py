"""Small questions about an actor and a subject, from which the rule table is made."""

from typing import Any

from sqlalchemy import Connection

from engine.policy.actor import Actor


def same_tenant(actor: Actor, subject: Any, read: Connection) -> bool:
    """The subject belongs to the actor's city."""
    return bool(subject.tenant == actor.tenant)


def is_system(actor: Actor, subject: Any, read: Connection) -> bool:
    """A job or the command line acts."""
    return actor.is_system


def is_assignee(actor: Actor, subject: Any, read: Connection) -> bool:
    """The task is the actor's own."""
    return actor.person is not None and subject.assignee == actor.person


def is_candidate(actor: Actor, subject: Any, read: Connection) -> bool:
    """The task waits in a queue of the actor's group."""
    return subject.assignee is None and subject.candidate in actor.groups


def was_claimed(actor: Actor, subject: Any, read: Connection) -> bool:
    """The task came out of a group's queue."""
    return subject.candidate is not None


def is_process_owner(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor looks after the city's processes."""
    return "process_owner" in actor.groups


def is_oneself(actor: Actor, subject: Any, read: Connection) -> bool:
    """The subject is the actor."""
    return actor.person is not None and subject.person == actor.person

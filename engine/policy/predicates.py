"""Small questions about an actor and a subject, from which the rule table is made."""

from typing import Any

from sqlalchemy import Connection

from engine.designs.reviewing import at_work_on
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


def is_city_admin(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor administers the city."""
    return "city_admin" in actor.groups


def is_invited(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor was asked to look at the design; to the city as a whole nobody is invited."""
    return actor.person is not None and actor.person in getattr(subject, "invited", ())


def is_second_person(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor has neither worked on the design nor asked for its review."""
    return actor.person is not None and actor.person not in at_work_on(read, subject)


def is_oneself(actor: Actor, subject: Any, read: Connection) -> bool:
    """The subject is the actor."""
    return actor.person is not None and subject.person == actor.person

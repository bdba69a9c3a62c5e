"""Whose posts and whose competencies somebody may see: the lists are made of what the rule table allows one by one."""

from typing import Final

from sqlalchemy import Connection

from engine.policy.actor import Actor
from processes.people.queries import Unit, all_units
from processes.people.queries.overseen import overseen_units
from processes.people.records import Role

#: Who sees the posts of the whole city: who keeps them, audits them, or decides about them.
SEES_POSTS: Final = (
    Role.HR_VERIFIER,
    Role.HR_HEAD,
    Role.INSPECTOR,
    Role.CITY_ADMIN,
    Role.AUTHORIZED_OFFICIAL,
    Role.APPOINTING_AUTHORITY,
    Role.PROMOTION_BOARD,
)
#: Who sees what each employee of the city is able to do, by name.
SEES_LEVELS: Final = (Role.HR_VERIFIER, Role.HR_HEAD, Role.INSPECTOR, Role.PROMOTION_BOARD)
#: Who decides how many people posts need.
DECIDES_NEED: Final = (Role.HR_VERIFIER, Role.HR_HEAD)


def sees_whole_city(actor: Actor) -> bool:
    """Say whether somebody sees the posts of all units, not only of those that he looks after."""
    return any(role in actor.groups for role in SEES_POSTS)


def units_with_posts(read: Connection, actor: Actor) -> tuple[Unit, ...]:
    """Return the units whose posts somebody sees, by code; none for whoever looks after no unit."""
    return all_units(read, actor.tenant) if sees_whole_city(actor) else overseen_units(read, actor)


def units_with_levels(read: Connection, actor: Actor) -> tuple[Unit, ...]:
    """Return the units whose people's competencies somebody sees by name."""
    if any(role in actor.groups for role in SEES_LEVELS):
        return all_units(read, actor.tenant)
    # The administrator keeps the accounts and files; what people are able to do is none of his business.
    kept = frozenset(group for group in actor.groups if group.startswith(f"{Role.UNIT_HR_OFFICER}:"))
    return overseen_units(read, Actor(actor.tenant, actor.person, kept)) if kept else ()

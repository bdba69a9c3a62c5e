"""Who may draw and approve succession lists, and who must keep away."""

from typing import Any

from sqlalchemy import Connection

from engine.policy.actor import Actor
from engine.policy.predicates import same_tenant
from engine.policy.rules import Limits, Rules
from processes.people.conflicts import kin_of
from processes.people.permissions import holds
from processes.people.records import Role
from processes.promotion.posts.permissions import holds_other_post
from processes.promotion.succession.lists import names_on

_AGENCY = (Role.HR_VERIFIER, Role.HR_HEAD)


def has_not_drawn(actor: Actor, subject: Any, read: Connection) -> bool:
    """The list was drawn by somebody else: two people stand behind a list in force."""
    return bool(actor.person is None or subject.drawn_by != actor.person)


def is_without_names(actor: Actor, subject: Any, read: Connection) -> bool:
    """Neither the actor nor one of his family has a place on the list."""
    if actor.person is None:
        return True
    own = {actor.person} | kin_of(read, subject.tenant, (actor.person,))
    listed = names_on(read, subject.tenant, subject.id)
    return not any(item.successor.person in own for item in listed if item.successor.place is not None)


SUCCESSION_RULES: Rules = {
    "succession:view": [(same_tenant, holds(*_AGENCY, Role.APPOINTING_AUTHORITY))],
    "succession:draw": [(same_tenant, holds(*_AGENCY), holds_other_post)],
    "succession:approve": [(same_tenant, holds(Role.APPOINTING_AUTHORITY))],
}
SUCCESSION_LIMITS: Limits = {"succession:approve": [has_not_drawn, is_without_names]}

"""Who is told of designs and releases, and who may be the second person."""

from typing import Any

from engine.designs.finding import Design
from engine.designs.reviewing import at_work_on
from engine.policy.actor import Actor
from processes.people.queries.roles import holders_on
from processes.people.records import Role
from webapp.wiring import Alur


def owners(read: Any, actor: Actor, alur: Alur) -> frozenset[int]:
    """Return who looks after the processes of the actor's city today."""
    return frozenset(holders_on(read, actor.tenant, Role.PROCESS_OWNER, alur.now_in(actor.tenant).date()))


def reviewers(read: Any, actor: Actor, alur: Alur, design: Design) -> frozenset[int]:
    """Return who may review a design if the actor asks for it."""
    admins = holders_on(read, actor.tenant, Role.CITY_ADMIN, alur.now_in(actor.tenant).date())
    return (owners(read, actor, alur) | frozenset(admins)) - at_work_on(read, design) - {actor.person}

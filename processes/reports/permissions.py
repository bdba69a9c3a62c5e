"""Who reads which report."""

from typing import Any, Final

from sqlalchemy import Connection

from engine.policy.actor import Actor
from engine.policy.predicates import same_tenant
from engine.policy.rules import Rules
from processes.people.permissions import holds
from processes.people.records import Role

_WATCHERS: Final = holds(
    Role.HR_VERIFIER, Role.HR_HEAD, Role.INSPECTOR, Role.AUTHORIZED_OFFICIAL, Role.APPOINTING_AUTHORITY
)


def is_somebody(actor: Actor, subject: Any, read: Connection) -> bool:
    """Somebody of the city reads, not a job."""
    return actor.person is not None


RULES: Rules = {
    # Sums and groups of people, never a person: for those who answer for the whole city.
    "report:oversee": [(same_tenant, _WATCHERS)],
    "report:spending": [(same_tenant, _WATCHERS), (same_tenant, holds(Role.TREASURER))],
    # Figures of units alone.
    "report:service": [(same_tenant, is_somebody)],
}

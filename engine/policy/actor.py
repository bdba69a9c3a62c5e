"""Who acts."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Actor:
    """A person of one city, or the system itself.

    :param person: the person's surrogate key; None for the system.
    :param groups: roles the person holds, such as `hr_verifier` or `unit_hr_officer:17`.
    :param day: on which the person acts, in the city; None where nothing is asked that holds from a day to a day.
    """

    tenant: str
    person: int | None
    groups: frozenset[str] = field(default_factory=frozenset)
    day: date | None = None

    @property
    def is_system(self) -> bool:
        """A job or a command line of the installation acts, not a signed-in person."""
        return self.person is None and SYSTEM_GROUP in self.groups

    def holds(self, group: str) -> bool:
        """Say whether the actor holds a role; `unit_hr_officer` also matches any `unit_hr_officer:<unit>`."""
        return group in self.groups or any(held.startswith(f"{group}:") for held in self.groups)


SYSTEM_GROUP = "system"


def system_actor(tenant: str) -> Actor:
    """Return the actor of background jobs and of the command line for a city."""
    return Actor(tenant, None, frozenset({SYSTEM_GROUP}))

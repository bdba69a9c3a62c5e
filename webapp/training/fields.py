"""The fields of training that a city has: what its plugin says, and what its catalogue adds."""

from typing import Any

from engine.policy.actor import Actor
from processes.training.queries.catalogue import courses
from webapp.wiring import Alur


def known_fields(read: Any, actor: Actor, alur: Alur) -> tuple[str, ...]:
    """Return the city's fields of training: its own first, in their order, then those of the catalogue by name."""
    own = alur.directory.city(actor.tenant).info.training_fields
    known = {item.field for item in courses(read, actor.tenant).values()}
    return (*own, *sorted(known.difference(own)))

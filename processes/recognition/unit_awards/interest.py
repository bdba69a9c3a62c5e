"""Who has an interest of his own in an award for a unit."""

from datetime import date

from sqlalchemy import Connection

from processes.people.queries import placement_on, units_headed_by
from processes.recognition.unit_awards.variables import Proposed


def is_interested(read: Connection, tenant: str, person: int, about: Proposed, day: date) -> bool:
    """Say whether somebody proposed the unit, works in it, or heads it; whoever heads one above does not count."""
    place = placement_on(read, tenant, person, day)
    works_there = place is not None and place.unit_id == about.unit
    return person == about.proposer or works_there or about.unit in units_headed_by(read, tenant, person, day)

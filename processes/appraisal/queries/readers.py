"""Who may read the notes of an evaluation and who gave which feedback: more than seeing the case."""

from typing import Any

from sqlalchemy import Connection

from engine.policy.actor import Actor
from processes.appraisal.permissions import holds, is_own_case, leads_now, looks_after_the_unit, takes_part
from processes.people.records import Role

_personnel = holds(Role.HR_VERIFIER, Role.HR_HEAD)


def sees_notes(read: Connection, actor: Actor, case: Any) -> bool:
    """Say whether the actor is of the appraiser's line or of the personnel staff; never in a case about himself."""
    if is_own_case(actor, case, read):
        return False
    return any(rule(actor, case, read) for rule in (_personnel, takes_part, leads_now, looks_after_the_unit))

"""Who may read more of an evaluation than that the case is there: its notes, who gave feedback, what was decided."""

from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine.policy.actor import Actor
from processes.appraisal.permissions import leads_now, looks_after_the_unit, takes_part
from processes.appraisal.records import evaluation
from processes.people.permissions import holds, is_own_case
from processes.people.records import Role

_personnel = holds(Role.HR_VERIFIER, Role.HR_HEAD)
_handed_over = (
    select(evaluation.c.handed_over_at)
    .where(evaluation.c.tenant == bindparam("tenant"), evaluation.c.case_id == bindparam("case_id"))
    .order_by(evaluation.c.version.desc())
    .limit(1)
)


def sees_notes(read: Connection, actor: Actor, case: Any) -> bool:
    """Say whether the actor is of the appraiser's line or of the personnel staff; never in a case about himself."""
    if is_own_case(actor, case, read):
        return False
    return any(rule(actor, case, read) for rule in (_personnel, takes_part, leads_now, looks_after_the_unit))


def sees_decisions(read: Connection, actor: Actor, case: Any) -> bool:
    """Say whether the actor, who may see the result, may see by which decisions it came about.

    The employee reads nothing of the own result before the appraiser has handed it over.
    """
    if not is_own_case(actor, case, read):
        return True
    params = {"tenant": actor.tenant, "case_id": case.id}
    return read.execute(_handed_over, params).scalar_one_or_none() is not None

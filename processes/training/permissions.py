"""Who may do what with training."""

from typing import Any, Final

from sqlalchemy import Connection

from engine.policy.actor import Actor
from engine.policy.predicates import is_oneself, is_system, same_tenant
from engine.policy.rules import Limits, Rules
from processes.people.permissions import (
    holds,
    is_not_oneself,
    is_unit_hr_officer,
    leads_employee,
)
from processes.people.records import Role

_PERSONNEL: Final = holds(Role.HR_VERIFIER, Role.HR_HEAD)
_INSPECTOR: Final = holds(Role.INSPECTOR)
#: The steps in which others decide whether somebody is trained.
_DECIDING: Final = frozenset({"approve", "review"})


def judges_others(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor approves or reviews no nomination of his own."""
    is_deciding = subject.case.process == "training_nomination" and subject.element in _DECIDING
    return not is_deciding or actor.person != subject.case.subject


RULES: Rules = {
    "development:nominate": [
        (same_tenant, is_oneself),
        (same_tenant, leads_employee),
        (same_tenant, is_unit_hr_officer),
        (same_tenant, _PERSONNEL),
    ],
    # Needs, nominations of everybody, rankings, attendance: those who run the training, and who audits them.
    "training:oversee": [(same_tenant, _PERSONNEL), (same_tenant, _INSPECTOR)],
    "training:arrange": [(same_tenant, _PERSONNEL), (same_tenant, is_system)],
    "training:open_needs": [(same_tenant, is_system)],
    # Somebody's gaps, hours and plan: as with his other data, and his superior in the dialogue (TS-08).
    "development:view": [
        (same_tenant, is_oneself),
        (same_tenant, leads_employee),
        (same_tenant, is_unit_hr_officer),
        (same_tenant, _PERSONNEL),
        (same_tenant, _INSPECTOR),
    ],
    "development:plan": [(same_tenant, is_oneself), (same_tenant, leads_employee)],
    # Training taken elsewhere: everybody hands in his own, and somebody else of the personnel agency confirms it.
    "development:claim": [(same_tenant, is_oneself)],
    "training:confirm": [(same_tenant, _PERSONNEL, is_not_oneself)],
    "development:agree": [(same_tenant, leads_employee, is_not_oneself)],
}

#: Nobody approves his own training, whoever hands him the task.
LIMITS: Limits = {"task:claim": (judges_others,), "task:complete": (judges_others,)}

"""Who may do what with training."""

from typing import Final

from engine.policy.predicates import is_oneself, is_system, same_tenant
from engine.policy.rules import Rules
from processes.people.permissions import (
    holds,
    is_not_oneself,
    is_unit_hr_officer,
    leads_employee,
)
from processes.people.records import Role

_PERSONNEL: Final = holds(Role.HR_VERIFIER, Role.HR_HEAD)
_INSPECTOR: Final = holds(Role.INSPECTOR)


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
    "development:agree": [(same_tenant, leads_employee, is_not_oneself)],
}

"""Who may let the records follow an appointment: nobody but the job that does."""

from engine.policy.predicates import is_system, same_tenant
from engine.policy.rules import Rules

APPOINTING_RULES: Rules = {"appointment:follow": [(same_tenant, is_system)]}

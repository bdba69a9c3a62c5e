"""Who may do what with accounts."""

from typing import Any

from sqlalchemy import Connection

from engine.policy.actor import Actor
from engine.policy.predicates import is_process_owner, is_system, same_tenant
from engine.policy.rules import Rules
from processes.people.permissions import (
    is_city_admin,
    is_hr_head,
    is_hr_verifier,
    is_inspector,
    is_not_oneself,
    is_unit_hr_officer,
)
from processes.people.records import Role


def holds_no_role(actor: Actor, subject: Any, read: Connection) -> bool:
    """The person holds no granted role: whoever resets an account can enter it, and must gain nothing by that."""
    return not subject.roles


def is_hr_officer_of_some_unit(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor is HR officer of at least one unit; to whom he gives a code is asked for each code."""
    return actor.holds(Role.UNIT_HR_OFFICER)


def is_about_case(actor: Actor, subject: Any, read: Connection) -> bool:
    """The guest has a part in a case; so have all whom the page of the personnel agency lists."""
    return getattr(subject, "design_id", None) is None


def is_about_design(actor: Actor, subject: Any, read: Connection) -> bool:
    """The guest has a part in a design."""
    return getattr(subject, "design_id", None) is not None


RULES: Rules = {
    "code:list": [(same_tenant, is_city_admin), (same_tenant, is_hr_officer_of_some_unit)],
    "account:issue_code": [
        (same_tenant, is_system),
        (same_tenant, is_city_admin, is_not_oneself),
        (same_tenant, is_not_oneself, holds_no_role, is_unit_hr_officer),
    ],
    "account:set_active": [(same_tenant, is_system), (same_tenant, is_city_admin, is_not_oneself)],
    "guest:view": [
        (same_tenant, is_hr_verifier, is_about_case),
        (same_tenant, is_hr_head, is_about_case),
        (same_tenant, is_inspector, is_about_case),
        (same_tenant, is_process_owner, is_about_design),
    ],
    "guest:invite": [(same_tenant, is_hr_verifier), (same_tenant, is_hr_head)],
    "guest:change": [
        (same_tenant, is_hr_verifier, is_about_case),
        (same_tenant, is_hr_head, is_about_case),
        (same_tenant, is_process_owner, is_about_design),
    ],
    "city:open": [(same_tenant, is_system)],
}

"""Who may do what with people and their organisation: rows of the rule table, and the questions they are made of."""

from typing import Any

from sqlalchemy import Connection

from engine.policy.actor import Actor
from engine.policy.predicates import is_oneself, is_system, same_tenant
from engine.policy.rules import Predicate, Rules
from processes.people.about import ABOUT_EMPLOYEES
from processes.people.guests import is_guest_of_design
from processes.people.queries.raters import leads
from processes.people.queries.units import ids_above
from processes.people.records import Role


def leads_employee(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor appraises the employee on the subject's day."""
    return actor.person is not None and leads(read, actor.tenant, actor.person, subject.person, subject.day)


def is_unit_hr_officer(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor is HR officer of the subject's unit or of a unit above it."""
    held = {group for group in actor.groups if group.startswith(f"{Role.UNIT_HR_OFFICER}:")}
    if not held or subject.unit_id is None:
        return False
    above = ids_above(read, actor.tenant, subject.unit_id)
    return any(f"{Role.UNIT_HR_OFFICER}:{unit_id}" in held for unit_id in above)


def is_hr_verifier(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor verifies for the personnel agency (BKPSDM) of the city."""
    return Role.HR_VERIFIER in actor.groups


def is_hr_head(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor heads the personnel agency of the city."""
    return Role.HR_HEAD in actor.groups


def is_city_admin(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor administers the city's installation."""
    return Role.CITY_ADMIN in actor.groups


def is_inspector(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor audits for the inspectorate: reads, and changes nothing."""
    return Role.INSPECTOR in actor.groups


def is_not_proposer(actor: Actor, subject: Any, read: Connection) -> bool:
    """The proposal was made by somebody else: nobody approves his own correction."""
    return bool(subject.proposal.proposed_by != actor.person)


def is_not_oneself(actor: Actor, subject: Any, read: Connection) -> bool:
    """The subject is somebody else: nobody decides about his own role or appraiser."""
    return actor.person is None or bool(subject.person != actor.person)


def holds(*roles: Role) -> Predicate:
    """Return the question whether the actor holds one of some roles for the whole city."""

    def holds_role(actor: Actor, subject: Any, read: Connection) -> bool:
        return any(role in actor.groups for role in roles)

    return holds_role


def is_own_case(actor: Actor, subject: Any, read: Connection) -> bool:
    """The case is about the actor."""
    return bool(subject.process in ABOUT_EMPLOYEES and actor.person == subject.subject)


RULES: Rules = {
    # Somebody from outside looks at the design that he was invited for, and says what he thinks of it.
    "design:view": [(same_tenant, is_guest_of_design)],
    "design:remark": [(same_tenant, is_guest_of_design)],
    "people:view": [(same_tenant, is_system), (same_tenant, is_city_admin), (same_tenant, is_hr_verifier)],
    "people:import": [(same_tenant, is_system), (same_tenant, is_city_admin), (same_tenant, is_hr_verifier)],
    # Whoever imports a new list of holidays has the running deadlines counted by it.
    "deadline:recount": [(same_tenant, is_city_admin), (same_tenant, is_hr_verifier)],
    "employee:view": [
        (same_tenant, is_oneself),
        (same_tenant, leads_employee),
        (same_tenant, is_unit_hr_officer),
        (same_tenant, is_hr_verifier),
        (same_tenant, is_hr_head),
        (same_tenant, is_inspector),
        (same_tenant, is_city_admin),
    ],
    "role:view": [(same_tenant, is_oneself), (same_tenant, is_hr_verifier), (same_tenant, is_city_admin)],
    "role:grant": [(same_tenant, is_system), (same_tenant, is_city_admin, is_not_oneself)],
    "role:revoke": [(same_tenant, is_system), (same_tenant, is_city_admin)],
    "line:view": [
        (same_tenant, is_oneself),
        (same_tenant, leads_employee),
        (same_tenant, is_unit_hr_officer),
        (same_tenant, is_hr_verifier),
    ],
    "line:propose": [(same_tenant, is_unit_hr_officer)],
    "line:approve": [(same_tenant, is_hr_verifier, is_not_proposer, is_not_oneself)],
    "acting:view": [(same_tenant, is_unit_hr_officer), (same_tenant, is_hr_verifier), (same_tenant, is_city_admin)],
    "acting:end": [(same_tenant, is_system), (same_tenant, is_unit_hr_officer), (same_tenant, is_hr_verifier)],
}

"""Who may do what with allowances: months, slips, corrections of attendance, disputes; and who must not act twice."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine.casework import variables_of
from engine.policy.actor import Actor
from engine.policy.predicates import is_oneself, is_system, same_tenant
from engine.policy.rules import Limits, Predicate, Rules
from processes.incentive.records import allowance_slip
from processes.incentive.variables import APPROVAL, DISPUTE, acted_in_other_steps, answered_by
from processes.people.permissions import (
    holds,
    is_not_oneself,
    is_not_proposer,
    is_unit_hr_officer,
    leads_employee,
)
from processes.people.queries import heads_above, ids_above, units_headed_by
from processes.people.records import Role

_of_list = (
    select(allowance_slip.c.employee_id)
    .where(
        allowance_slip.c.tenant == bindparam("tenant"),
        allowance_slip.c.unit_id == bindparam("unit_id"),
        allowance_slip.c.month == bindparam("month"),
        allowance_slip.c.is_void.is_(False),
    )
    .distinct()
    .limit(2)
)


def leads_unit(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor is the head of the subject's unit, acting or not, or of the next one above where it has none.

    Whoever signs for a list reads it; heads further up see sums alone.
    """
    if actor.person is None or actor.day is None or subject.unit_id is None:
        return False
    heads = heads_above(read, actor.tenant, subject.unit_id, actor.day)
    return any(head.person == actor.person for head in heads if head.distance == heads[0].distance)


def heads_any_unit(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor heads some unit on the day on which he acts."""
    if actor.person is None or actor.day is None:
        return False
    return bool(units_headed_by(read, actor.tenant, actor.person, actor.day))


def is_any_officer(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor is HR officer of some unit."""
    return actor.holds(Role.UNIT_HR_OFFICER)


def is_month(actor: Actor, subject: Any, read: Connection) -> bool:
    """The case is the month of a unit: it holds sums and steps, and no person."""
    return bool(subject.process == APPROVAL)


def looks_after_month(actor: Actor, subject: Any, read: Connection) -> bool:
    """The case is the month of a unit whose HR officer the actor is, or of a unit below it."""
    if subject.process != APPROVAL:
        return False
    held = {group for group in actor.groups if group.startswith(f"{Role.UNIT_HR_OFFICER}:")}
    above = ids_above(read, subject.tenant, subject.subject) if held else ()
    return any(f"{Role.UNIT_HR_OFFICER}:{unit_id}" in held for unit_id in above)


def acts_once(actor: Actor, subject: Any, read: Connection) -> bool:
    """Nobody stands in two steps of a month, or approves a list on which nobody but himself is.

    In a dispute neither the employee nor whoever answered for the unit decides. Other processes have no such limit.
    """
    process = subject.case.process
    if actor.person is None or process not in (APPROVAL, DISPUTE):
        return True
    if process == DISPUTE and actor.person == subject.case.subject:
        return False
    variables = variables_of(subject.case)
    if process == DISPUTE:
        return subject.element == "answer" or actor.person != answered_by(variables)
    return actor.person not in acted_in_other_steps(variables, subject.element) and _is_about_others(
        read, actor, subject.case, variables
    )


def _is_about_others(read: Connection, actor: Actor, case: Any, variables: Any) -> bool:
    params = {"tenant": case.tenant, "unit_id": case.subject, "month": variables["month_of"]}
    return set(read.execute(_of_list, params).scalars()) != {actor.person}


_PERSONNEL = holds(Role.HR_VERIFIER, Role.HR_HEAD)
_TREASURER = holds(Role.TREASURER)
_INSPECTOR = holds(Role.INSPECTOR)

#: Who reads a unit's list with names and sums (dossier 6.4: T2).
_LIST_READERS: Sequence[tuple[Predicate, ...]] = [
    (same_tenant, is_unit_hr_officer),
    (same_tenant, leads_unit),
    (same_tenant, _PERSONNEL),
    (same_tenant, _TREASURER),
    (same_tenant, _INSPECTOR),
]

RULES: Rules = {
    "allowance:open": [(same_tenant, is_system), (same_tenant, _PERSONNEL)],
    # States and sums of units, no person.
    "allowance:view": [
        (same_tenant, _PERSONNEL),
        (same_tenant, _TREASURER),
        (same_tenant, _INSPECTOR),
        (same_tenant, is_any_officer),
        (same_tenant, heads_any_unit),
        (same_tenant, holds(Role.AUTHORIZED_OFFICIAL)),
    ],
    "allowance:list": _LIST_READERS,
    "allowance:export": [(same_tenant, _TREASURER), (same_tenant, _PERSONNEL)],
    "slip:view": [(same_tenant, is_oneself), (same_tenant, leads_employee), *_LIST_READERS],
    "dispute:file": [(same_tenant, is_oneself)],
    "attendance:propose": [(same_tenant, is_unit_hr_officer, is_not_oneself)],
    "attendance:approve": [
        (same_tenant, is_unit_hr_officer, is_not_proposer, is_not_oneself),
        (same_tenant, _PERSONNEL, is_not_proposer, is_not_oneself),
    ],
    "month:adjust": [(same_tenant, _PERSONNEL, is_not_oneself)],
    "case:view": [(same_tenant, looks_after_month), (same_tenant, _TREASURER, is_month)],
}

#: What nobody may, whatever he may besides: two of the steps that need two people.
LIMITS: Limits = {"task:claim": [acts_once], "task:complete": [acts_once]}

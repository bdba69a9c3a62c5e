"""Who may do what with allowances: months, slips, corrections of attendance, disputes; and who must not act twice."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from engine.casework import variables_of
from engine.policy.actor import Actor
from engine.policy.predicates import is_oneself, is_system, same_tenant
from engine.policy.rules import Limits, Predicate, Rules
from processes.incentive.lists import alone_on_list
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


def is_not_concerned(actor: Actor, subject: Any, read: Connection) -> bool:
    """The signal is not about the actor."""
    return actor.person not in subject.people


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
    return alone_on_list(read, case.tenant, case.subject, variables["month_of"]) != actor.person


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
    "month:confirm": [(same_tenant, _PERSONNEL, is_not_proposer, is_not_oneself)],
    # Signals and corrections of locked slips: the agency works on them, the inspector reads along.
    "signal:find": [(same_tenant, is_system)],
    "allowance:oversee": [(same_tenant, _PERSONNEL), (same_tenant, _INSPECTOR)],
    "signal:handle": [(same_tenant, _PERSONNEL, is_not_concerned)],
    "case:view": [(same_tenant, looks_after_month), (same_tenant, _TREASURER, is_month)],
}

#: What nobody may, whatever he may besides: two of the steps that need two people.
LIMITS: Limits = {"task:claim": [acts_once], "task:complete": [acts_once]}

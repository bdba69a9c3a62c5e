"""Who may do what in the appraisal cycle."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select, union_all

from engine.casework import read_entry
from engine.operations import OPERATIONS
from engine.policy.actor import Actor
from engine.policy.predicates import is_system, same_tenant
from engine.policy.rules import Predicate, Rules
from engine.records.case import CaseStatus, incident, open_task
from engine.records.history import journal
from processes.appraisal.records import evaluation
from processes.appraisal.variables import EMPLOYEE_PROCESS, UNIT_PROCESS
from processes.people.permissions import holds, is_not_oneself, is_own_case
from processes.people.queries import ids_above
from processes.people.queries.on_day import DAY, holds_on
from processes.people.records import Role, placement, reporting_line

#: Their tasks go every night to whoever stands there instead of somebody who has left, or have a time limit for it.
FOLLOWING = (EMPLOYEE_PROCESS, UNIT_PROCESS)
_takes_part = union_all(
    select(open_task.c.case_id).where(
        open_task.c.case_id == bindparam("case_id"), open_task.c.assignee == bindparam("person")
    ),
    select(evaluation.c.case_id).where(
        evaluation.c.case_id == bindparam("case_id"), evaluation.c.rater_id == bindparam("person")
    ),
).limit(1)
_steps = select(journal.c.entry).where(
    journal.c.case_id == bindparam("case_id"), journal.c.actor == bindparam("person")
)
_stuck = select(incident.c.case_id).where(incident.c.case_id == bindparam("case_id")).limit(1)
_leads = (
    select(reporting_line.c.id)
    .where(
        reporting_line.c.tenant == bindparam("tenant"),
        reporting_line.c.employee_id == bindparam("employee_id"),
        reporting_line.c.appraiser_id == bindparam("person"),
        holds_on(reporting_line),
    )
    .limit(1)
)
# Where he works, or worked last: a placement that is yet to begin opens nothing to the people of that unit.
_unit_of_employee = (
    select(placement.c.unit_id)
    .where(
        placement.c.tenant == bindparam("tenant"),
        placement.c.employee_id == bindparam("employee_id"),
        placement.c.valid_from <= DAY,
    )
    .order_by(placement.c.valid_from.desc())
    .limit(1)
)


def takes_part(actor: Actor, subject: Any, read: Connection) -> bool:
    """A task of the case waits for the actor, or the actor did or rated something in it."""
    params = {"case_id": subject.id, "person": actor.person}
    if actor.person is None:
        return False
    if read.execute(_takes_part, params).first() is not None:
        return True
    # Who has mended the case has not worked on it, and learns no more by it.
    entries = (read_entry(read, content) for content in read.execute(_steps, params).scalars())
    return any(entry.get("kind") not in OPERATIONS for entry in entries)


def is_uninvolved(actor: Actor, subject: Any, read: Connection) -> bool:
    """The case is not about the actor, and he has no part in it: nobody mends what he is judged by or has judged."""
    return not is_own_case(actor, subject, read) and not takes_part(actor, subject, read)


def follows_nobody(actor: Actor, subject: Any, read: Connection) -> bool:
    """The case is of a process whose tasks do not follow the appraiser's line and the heads of units by themselves."""
    return subject.process not in FOLLOWING


def is_halted(actor: Actor, subject: Any, read: Connection) -> bool:
    """A step of the case has failed and waits to be tried again, or the case is suspended."""
    is_stuck = read.execute(_stuck, {"case_id": subject.id}).first() is not None
    return is_stuck or bool(subject.status == CaseStatus.SUSPENDED)


def leads_now(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor is the appraiser of the case's employee on the day on which he acts."""
    params = {"tenant": subject.tenant, "employee_id": subject.subject, "person": actor.person, "day": actor.day}
    return subject.process == EMPLOYEE_PROCESS and read.execute(_leads, params).first() is not None


def looks_after_the_unit(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor is HR officer of the unit of the case, or of a unit above it."""
    held = {group for group in actor.groups if group.startswith(f"{Role.UNIT_HR_OFFICER}:")}
    unit = _unit_of(actor, subject, read) if held else None
    if unit is None:
        return False
    return any(f"{Role.UNIT_HR_OFFICER}:{above}" in held for above in ids_above(read, subject.tenant, unit))


def _unit_of(actor: Actor, subject: Any, read: Connection) -> int | None:
    if subject.process == UNIT_PROCESS:
        return int(subject.subject)
    params = {"tenant": subject.tenant, "employee_id": subject.subject, "day": actor.day}
    return read.execute(_unit_of_employee, params).scalar_one_or_none()


def is_reported(actor: Actor, subject: Any, read: Connection) -> bool:
    """The case is an employee's and has ended: its result is locked and reported upwards."""
    return bool(subject.process == EMPLOYEE_PROCESS and subject.status == CaseStatus.FINISHED)


def reads_reports_only(actor: Actor) -> bool:
    """Say whether the actor is sent the results as the authorized official and watches over no case besides."""
    others = (Role.HR_VERIFIER, Role.HR_HEAD, Role.INSPECTOR, Role.UNIT_HR_OFFICER)
    return actor.holds(Role.AUTHORIZED_OFFICIAL) and not any(actor.holds(role) for role in others)


_PERSONNEL = holds(Role.HR_VERIFIER, Role.HR_HEAD)


def is_any_hr_officer(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor is HR officer of some unit."""
    return actor.holds(Role.UNIT_HR_OFFICER)


def is_giver(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor gave the feedback."""
    return actor.person is not None and bool(subject.giver == actor.person)


_OFFICIAL = holds(Role.AUTHORIZED_OFFICIAL)

#: Who may read what a case holds about a person: answers, figures, ratings, names.
_READERS: Sequence[tuple[Predicate, ...]] = [
    (same_tenant, is_own_case),
    (same_tenant, takes_part),
    (same_tenant, leads_now),
    (same_tenant, looks_after_the_unit),
    (same_tenant, _PERSONNEL),
    (same_tenant, holds(Role.INSPECTOR)),
    # The authorized official (Sekda) is who the results are reported to (PermenPANRB 6/2022 annex V): once they are.
    (same_tenant, _OFFICIAL, is_reported),
]
#: Who watches over the cases of a quarter by name.
_WATCHERS: Sequence[tuple[Predicate, ...]] = [
    (same_tenant, is_system),
    (same_tenant, _PERSONNEL),
    (same_tenant, holds(Role.INSPECTOR)),
    (same_tenant, is_any_hr_officer),
]
#: The process owner mends processes: how many cases wait where, and the diagram of one that is stuck or suspended,
#: without the person's answers and names. He sees nobody's result (dossier 7.7: he edits the diagrams).
_OWNER = holds(Role.PROCESS_OWNER)
#: Who carries out an operation on a case by hand. Only those who may read what a case holds change it.
_STAFF_OPERATES = (same_tenant, _PERSONNEL, is_uninvolved)
_OPERATORS: Sequence[tuple[Predicate, ...]] = [_STAFF_OPERATES, (same_tenant, _OWNER, is_halted, is_uninvolved)]

RULES: Rules = {
    "period:close": [(same_tenant, is_system)],
    "period:open": [(same_tenant, is_system), (same_tenant, _PERSONNEL)],
    # The heads of the city see how far it is. The cases of the quarter by name the official browses once they are
    # reported (`reads_reports_only`); the regional head has his own tasks, and no list of everybody (dossier 6.4: T2).
    "period:view": [
        *_WATCHERS,
        (same_tenant, _OWNER),
        (same_tenant, _OFFICIAL),
        (same_tenant, holds(Role.APPOINTING_AUTHORITY)),
    ],
    "period:browse": [*_WATCHERS, (same_tenant, _OFFICIAL)],
    "feedback:give": [(same_tenant, is_not_oneself)],
    "feedback:change": [(same_tenant, is_giver)],
    "case:view": [*_READERS, (same_tenant, _OWNER, is_halted)],
    "result:view": _READERS,
    "operations:view": [(same_tenant, _PERSONNEL)],
    "migration:run": [(same_tenant, _PERSONNEL)],
    "incident:retry": [(same_tenant, _PERSONNEL)],
    "incident:retry_group": [(same_tenant, _PERSONNEL)],
    "incident:skip": _OPERATORS,
    "case:suspend": _OPERATORS,
    "case:cancel": _OPERATORS,
    "case:move": _OPERATORS,
    "case:hand_over": [(*_STAFF_OPERATES, follows_nobody)],
    "case:change": [_STAFF_OPERATES],
}

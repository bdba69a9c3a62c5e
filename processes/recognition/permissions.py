"""Who may do what with awards, thanks and ideas."""

from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine.casework import variables_of
from engine.policy.actor import Actor
from engine.policy.predicates import is_system, same_tenant
from engine.policy.rules import Limits, Rules
from processes.people.conflicts import kin_of
from processes.people.permissions import holds, is_not_oneself, is_unit_hr_officer
from processes.people.queries import leads, placement_on, units_headed_by
from processes.people.queries.units import ids_above
from processes.people.records import Role
from processes.recognition.records import award_nomination
from processes.recognition.unit_awards.interest import is_interested
from processes.recognition.unit_awards.variables import PROCESS as UNIT_PROCESS
from processes.recognition.unit_awards.variables import read_proposed
from processes.recognition.variables import PROCESS, read_nominated

_PERSONNEL = holds(Role.HR_VERIFIER, Role.HR_HEAD)
_HEADS_OF_CITY = holds(Role.AUTHORIZED_OFFICIAL, Role.APPOINTING_AUTHORITY)
_CHECKERS = holds(Role.HR_VERIFIER, Role.HR_HEAD, Role.INSPECTOR)
#: The steps in which somebody judges the nominee.
_JUDGING = frozenset({"score", "decide"})
_nominated_by = select(award_nomination.c.case_id).where(
    award_nomination.c.case_id == bindparam("case_id"), award_nomination.c.nominator_id == bindparam("person")
)


def is_person(actor: Actor, subject: Any, read: Connection) -> bool:
    """Somebody of the city acts, not a job."""
    return actor.person is not None


def is_party(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor was nominated, or nominated."""
    return actor.person is not None and bool(actor.person in (subject.employee, subject.nominator))


def is_on_panel(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor scores the nomination or has scored it."""
    members: frozenset[int] = subject.members
    return actor.person in members


def is_not_nominee(actor: Actor, subject: Any, read: Connection) -> bool:
    """The nomination is of somebody else."""
    return bool(actor.person != subject.employee)


def is_giver(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor gave the thanks."""
    return actor.person is not None and bool(subject.giver == actor.person)


def is_receiver(actor: Actor, subject: Any, read: Connection) -> bool:
    """The thanks are for the actor."""
    return actor.person is not None and bool(subject.receiver == actor.person)


def is_neither(actor: Actor, subject: Any, read: Connection) -> bool:
    """The thanks were neither given by the actor nor are they for him: nobody reviews his own words."""
    return actor.person is not None and actor.person not in (subject.giver, subject.receiver)


def reads_wall(actor: Actor, subject: Any, read: Connection) -> bool:
    """The thanks stand on the wall of the actor's unit, or are for somebody whom he appraises."""
    if actor.person is None or actor.day is None or not subject.is_on_wall or actor.person == subject.giver:
        return False
    place = placement_on(read, actor.tenant, actor.person, actor.day)
    is_of_unit = place is not None and place.unit_id == subject.unit_id
    return is_of_unit or leads(read, actor.tenant, actor.person, subject.receiver, actor.day)


def is_owner(actor: Actor, subject: Any, read: Connection) -> bool:
    """The idea is the actor's."""
    return actor.person is not None and bool(subject.owner == actor.person)


def is_not_owner(actor: Actor, subject: Any, read: Connection) -> bool:
    """The idea is somebody else's: nobody decides about his own."""
    return actor.person is not None and bool(subject.owner != actor.person)


def heads_unit(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor heads the unit of the idea, or one above it."""
    if actor.person is None or actor.day is None:
        return False
    led = set(units_headed_by(read, actor.tenant, actor.person, actor.day))
    return bool(led) and not led.isdisjoint(ids_above(read, actor.tenant, subject.unit_id))


def is_not_recorder(actor: Actor, subject: Any, read: Connection) -> bool:
    """Somebody else recorded it: nobody confirms his own entry."""
    return bool(actor.person != subject.recorded_by)


def is_given(actor: Actor, subject: Any, read: Connection) -> bool:
    """The award was given to the unit: everybody may know."""
    return bool(subject.is_given)


def has_proposed(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor proposed the unit."""
    return actor.person is not None and bool(actor.person == subject.proposer)


RULES: Rules = {
    "program:open": [(same_tenant, _PERSONNEL)],
    "nominee:name": [(same_tenant, is_system), (same_tenant, is_person, is_not_oneself)],
    "award:view": [
        (same_tenant, is_party),
        (same_tenant, is_on_panel),
        (same_tenant, _PERSONNEL),
        (same_tenant, _HEADS_OF_CITY),
        (same_tenant, holds(Role.INSPECTOR)),
    ],
    # What the panel found is for those who carry the case; not for whoever nominated.
    "award:judge": [
        (same_tenant, _PERSONNEL, is_not_nominee),
        (same_tenant, _HEADS_OF_CITY, is_not_nominee),
        (same_tenant, holds(Role.INSPECTOR), is_not_nominee),
    ],
    "program:export": [(same_tenant, _PERSONNEL)],
    "unit:recognise": [(same_tenant, _PERSONNEL), (same_tenant, is_system)],
    "unit_award:view": [
        (same_tenant, is_person, is_given),
        (same_tenant, has_proposed),
        (same_tenant, _PERSONNEL),
        (same_tenant, _HEADS_OF_CITY),
        (same_tenant, holds(Role.INSPECTOR)),
    ],
    # Who proposed and decided, and the grounds of a refusal.
    "unit_award:judge": [
        (same_tenant, _PERSONNEL),
        (same_tenant, _HEADS_OF_CITY),
        (same_tenant, holds(Role.INSPECTOR)),
    ],
    "citizen:record": [(same_tenant, _PERSONNEL, is_not_oneself)],
    "citizen:list": [(same_tenant, _PERSONNEL)],
    "citizen:confirm": [(same_tenant, heads_unit, is_not_oneself, is_not_recorder)],
    "kudos:give": [(same_tenant, is_person, is_not_oneself)],
    "kudos:withdraw": [(same_tenant, is_giver)],
    "kudos:answer": [(same_tenant, is_receiver)],
    "kudos:report": [(same_tenant, is_receiver), (same_tenant, reads_wall)],
    "kudos:review": [(same_tenant, _PERSONNEL, is_neither)],
    "innovation:add": [(same_tenant, is_person)],
    "innovation:follow": [(same_tenant, is_owner)],
    "innovation:vote": [(same_tenant, is_not_owner)],
    "innovation:decide": [
        (same_tenant, heads_unit, is_not_owner),
        (same_tenant, is_unit_hr_officer, is_not_owner),
        (same_tenant, _PERSONNEL, is_not_owner),
    ],
}


def is_not_about_oneself(actor: Actor, subject: Any, read: Connection) -> bool:
    """The task is of no award for the actor, or it asks just him: whether he agrees to publication."""
    is_own = subject.case.process == PROCESS and subject.case.subject == actor.person
    return not is_own or subject.element == "consent"


def has_more_than_nominated(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor did not just nominate: what was checked about a colleague is not for whoever named him."""
    if subject.process != PROCESS or actor.person is None or _CHECKERS(actor, subject, read):
        return True
    params = {"case_id": subject.id, "person": actor.person}
    return read.execute(_nominated_by, params).first() is None


def judges_without_interest(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor scores or decides for nobody whom he nominated, and for no kin of nominee or nominator."""
    if subject.case.process != PROCESS or subject.element not in _JUDGING or actor.person is None:
        return True
    parties = read_nominated(variables_of(subject.case)).parties
    return actor.person not in parties | kin_of(read, subject.tenant, parties)


def judges_another_unit(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor decides about no unit in which he works, that he heads, or that he proposed."""
    if subject.case.process != UNIT_PROCESS or subject.element not in _JUDGING or actor.person is None:
        return True
    about = read_proposed(variables_of(subject.case))
    return actor.day is None or not is_interested(read, subject.tenant, actor.person, about, actor.day)


#: Nobody carries out a step of an award for himself, whichever role or deputy brings him there.
LIMITS: Limits = {
    "task:claim": (is_not_about_oneself, judges_without_interest, judges_another_unit),
    "task:complete": (is_not_about_oneself, judges_without_interest, judges_another_unit),
    "case:view": (has_more_than_nominated,),
    "result:view": (has_more_than_nominated,),
}

"""Who may do what with open selections, and who must keep away from them."""

from collections.abc import Collection
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection

from engine.policy.actor import Actor
from engine.policy.predicates import is_system, same_tenant
from engine.policy.rules import Limits, Rules
from processes.people.guests import is_guest_of_case, is_no_guest
from processes.people.permissions import holds
from processes.people.records import Role
from processes.promotion.selection.reading import applicants_of, candidates_of, interested
from processes.promotion.selection.variables import SELECTION_PROCESS

_AGENCY: Final = holds(Role.HR_VERIFIER, Role.HR_HEAD)
_DECIDERS: Final = holds(Role.APPOINTING_AUTHORITY, Role.AUTHORIZED_OFFICIAL)
_INSPECTOR: Final = holds(Role.INSPECTOR)


def is_person(actor: Actor, subject: Any, read: Connection) -> bool:
    """Somebody acts, not a job."""
    return actor.person is not None


def is_applicant(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor applied in the selection."""
    return bool(actor.person in subject.applicants)


def is_no_applicant(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor did not apply in the selection."""
    return bool(actor.person not in subject.applicants)


def is_on_panel(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor was named for the panel."""
    return actor.person is not None and bool(actor.person in subject.members)


def has_no_interest(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor neither applied nor is family of a candidate, appraised by one, or close to the post's holder."""
    return _is_free(actor, read, subject.applicants, subject.post_id)


def is_selection(actor: Actor, subject: Any, read: Connection) -> bool:
    """The case is an open selection."""
    return bool(subject.process == SELECTION_PROCESS)


def acts_without_interest(actor: Actor, subject: Any, read: Connection) -> bool:
    """The task is of no open selection, or of one in which the actor has no interest of his own."""
    if subject.case.process != SELECTION_PROCESS:
        return True
    found = candidates_of(read, subject.tenant, subject.case.id)
    return _is_free(actor, read, [item.employee for item in found], subject.case.subject)


def sees_as_no_applicant(actor: Actor, subject: Any, read: Connection) -> bool:
    """The case is no open selection, or one in which the actor did not apply: it holds everybody's scores."""
    if subject.process != SELECTION_PROCESS:
        return True
    return actor.person not in applicants_of(read, subject.tenant, subject.id)


def _is_free(actor: Actor, read: Connection, candidates: Collection[int], post: int) -> bool:
    if actor.person is None:
        return True
    # A line without an end holds on the last of all days: who acts without a day is asked more, not less.
    day = actor.day or date.max
    return not interested(read, actor.tenant, (actor.person,), candidates, post=post, day=day)


SELECTION_RULES: Rules = {
    "selection:open": [(same_tenant, is_system), (same_tenant, _AGENCY)],
    # Everybody of the city may read what is announced, and apply; guests, where they were invited.
    "selection:view": [(same_tenant, is_person, is_no_guest), (same_tenant, is_guest_of_case)],
    "selection:apply": [(same_tenant, is_person, is_no_guest)],
    "selection:withdraw": [(same_tenant, is_applicant)],
    "selection:panel": [(same_tenant, is_system), (same_tenant, _AGENCY, has_no_interest)],
    "selection:documents": [
        (same_tenant, is_on_panel, is_no_applicant),
        (same_tenant, _AGENCY, is_no_applicant),
        (same_tenant, _DECIDERS, is_no_applicant),
    ],
    # Scores and the ranking of all.
    "selection:judge": [
        (same_tenant, _AGENCY, is_no_applicant),
        (same_tenant, _DECIDERS, is_no_applicant),
        (same_tenant, _INSPECTOR, is_no_applicant),
    ],
    "case:view": [(same_tenant, is_selection, _DECIDERS)],
}

#: Nobody has a part in a selection in which he, his family or his superior is a candidate.
SELECTION_LIMITS: Limits = {
    "task:claim": [acts_without_interest],
    "task:complete": [acts_without_interest],
    "case:view": [sees_as_no_applicant],
    "result:view": [sees_as_no_applicant],
}

"""Who fills posts and who sees how, and who must keep away: candidates, their family, and those below the post."""

from datetime import date
from typing import Any, Final

from sqlalchemy import Connection

from engine.casework import variables_of
from engine.policy.actor import Actor
from engine.policy.predicates import same_tenant
from engine.policy.rules import Limits, Rules
from processes.people.permissions import holds
from processes.people.records import Role
from processes.promotion.board.interests import candidates_of, interest_in_filling
from processes.promotion.board.subjects import was_considered
from processes.promotion.board.variables import BOARD_PROCESS

_AGENCY: Final = (Role.HR_VERIFIER, Role.HR_HEAD)
_DECIDES: Final = (Role.PROMOTION_BOARD, Role.AUTHORIZED_OFFICIAL, Role.APPOINTING_AUTHORITY)
#: Who sees the ranking of a post: who prepares, reviews, decides or audits it.
SEES_FILLINGS: Final = (*_AGENCY, Role.INSPECTOR, *_DECIDES)
_SIGNING: Final = "sign_criteria"
_REVIEW: Final = "review"


def is_filling(actor: Actor, subject: Any, read: Connection) -> bool:
    """The case is the filling of a post."""
    return bool(subject.process == BOARD_PROCESS)


def is_considered(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor was looked at for the post."""
    return actor.person is not None and was_considered(read, subject.tenant, subject.case_id, actor.person)


def has_no_part(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor has no interest of his own in who gets the post."""
    return _is_free(actor, read, subject.post_id, subject.candidates)


def opens_for_others(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor has no interest of his own in the vacant post."""
    return _is_free(actor, read, subject.post_id, frozenset())


def sees_no_own_case(actor: Actor, subject: Any, read: Connection) -> bool:
    """The case is no filling in which the actor has an interest of his own: nobody reads his rivals' figures."""
    return subject.process != BOARD_PROCESS or _is_free_of(actor, subject, read)


def does_no_own_task(actor: Actor, subject: Any, read: Connection) -> bool:
    """The task is of no filling in which the actor has an interest of his own."""
    return sees_no_own_case(actor, subject.case, read)


def signs_for_others(actor: Actor, subject: Any, read: Connection) -> bool:
    """Whoever set the weights of a filling does not sign them."""
    if actor.person is None or subject.case.process != BOARD_PROCESS or subject.element != _SIGNING:
        return True
    return bool(variables_of(subject.case)["criteria"]["by"] != actor.person)


def is_no_voice(actor: Actor, subject: Any, read: Connection) -> bool:
    """The task is no review: a member of the board answers himself."""
    return bool(subject.case.process != BOARD_PROCESS or subject.element != _REVIEW)


def _is_free_of(actor: Actor, subject: Any, read: Connection) -> bool:
    return _is_free(actor, read, subject.subject, candidates_of(read, subject.tenant, subject.id))


def _is_free(actor: Actor, read: Connection, post: int, candidates: frozenset[int]) -> bool:
    if actor.person is None:
        return True
    # A line without an end holds on the last of all days: who acts without a day is asked more, not less.
    day = actor.day or date.max
    return interest_in_filling(read, actor.tenant, actor.person, post, candidates=candidates, day=day) is None


BOARD_RULES: Rules = {
    "post:fill": [(same_tenant, holds(*_AGENCY))],
    "filling:list": [(same_tenant, holds(*SEES_FILLINGS))],
    "filling:view": [(same_tenant, holds(*SEES_FILLINGS))],
    # What was found of oneself, whether one was chosen or not; nobody else's figures.
    "filling:own": [(same_tenant, is_considered)],
    "case:view": [(same_tenant, is_filling, holds(*_DECIDES))],
}

BOARD_LIMITS: Limits = {
    "post:fill": [opens_for_others],
    "filling:view": [has_no_part],
    "case:view": [sees_no_own_case],
    "task:view": [does_no_own_task],
    "task:claim": [does_no_own_task, signs_for_others],
    "task:delegate": [is_no_voice],
    "task:complete": [does_no_own_task, signs_for_others],
}

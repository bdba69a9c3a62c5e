"""Who may do what with rank promotions and talent, and who must keep away."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection

from engine.policy.actor import Actor
from engine.policy.predicates import is_oneself, is_system, same_tenant
from engine.policy.rules import Limits, Predicate, Rules
from processes.people.conflicts import interest_in
from processes.people.permissions import holds, is_not_oneself, is_unit_hr_officer
from processes.people.records import Role
from processes.promotion.variables import PROMOTION_PROCESS

#: Who sees everybody's careers.
SEES_CAREERS = (Role.HR_VERIFIER, Role.HR_HEAD, Role.INSPECTOR)
_AGENCY = (Role.HR_VERIFIER, Role.HR_HEAD)
_DECIDERS = (Role.AUTHORIZED_OFFICIAL, Role.APPOINTING_AUTHORITY)


def is_without_conflict(actor: Actor, subject: Any, read: Connection) -> bool:
    """The actor is not the employee of the promotion, nor his family, nor one whom he appraises."""
    if actor.person is None or subject.case.process != PROMOTION_PROCESS:
        return True
    # A line without an end holds on the last of all days: who acts without a day is asked more, not less.
    day = actor.day or date.max
    return interest_in(read, subject.tenant, actor.person, subject.case.subject, day) is None


def is_promotion(actor: Actor, subject: Any, read: Connection) -> bool:
    """The case is a rank promotion."""
    return bool(subject.process == PROMOTION_PROCESS)


_CAREERS: Sequence[tuple[Predicate, ...]] = [
    (same_tenant, is_oneself),
    (same_tenant, is_unit_hr_officer),
    (same_tenant, holds(*SEES_CAREERS)),
]

RANK_RULES: Rules = {
    "career:view": _CAREERS,
    # The list of who becomes eligible, unit by unit; its rows are those that `career:view` opens.
    "promotion:view": [(same_tenant, holds(*SEES_CAREERS)), (same_tenant, is_unit_hr_officer)],
    "promotion:start": [
        (same_tenant, is_system),
        (same_tenant, is_unit_hr_officer, is_not_oneself),
        (same_tenant, holds(*_AGENCY), is_not_oneself),
    ],
    "rank:follow": [(same_tenant, is_system)],
    "decree:view": [(same_tenant, holds(*SEES_CAREERS))],
    "talent:browse": [(same_tenant, holds(*_AGENCY, Role.APPOINTING_AUTHORITY))],
    "talent:follow_up": [(same_tenant, holds(*_AGENCY), is_not_oneself)],
    # Whoever decides a promotion reads the case before he takes it.
    "case:view": [(same_tenant, is_promotion, holds(*_DECIDERS))],
}

RANK_LIMITS: Limits = {"task:claim": [is_without_conflict], "task:complete": [is_without_conflict]}

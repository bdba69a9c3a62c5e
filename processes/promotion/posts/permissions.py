"""Who may see posts and competencies, and who decides how many people a post needs."""

from typing import Any

from sqlalchemy import Connection

from engine.policy.actor import Actor
from engine.policy.predicates import is_oneself, same_tenant
from engine.policy.rules import Rules
from processes.people.permissions import holds, is_unit_hr_officer, leads_employee
from processes.promotion.posts.visible import DECIDES_NEED, SEES_LEVELS, SEES_POSTS


def holds_other_post(actor: Actor, subject: Any, read: Connection) -> bool:
    """The post is not the actor's own: nobody analyses or decides how many people work beside him."""
    return actor.person is None or actor.person not in subject.holders


POST_RULES: Rules = {
    "post:view": [(same_tenant, holds(*SEES_POSTS)), (same_tenant, is_unit_hr_officer)],
    # What the whole city lacks, in numbers and by field, for those who plan it.
    "needs:view": [(same_tenant, holds(*SEES_POSTS))],
    # The marks that the city gives itself: by the agency that keeps the evidence.
    "merit:mark": [(same_tenant, holds(*DECIDES_NEED))],
    "post:analyse": [
        (same_tenant, is_unit_hr_officer, holds_other_post),
        (same_tenant, holds(*DECIDES_NEED), holds_other_post),
    ],
    "post:decide": [(same_tenant, holds(*DECIDES_NEED), holds_other_post)],
    "competency:view": [
        (same_tenant, is_oneself),
        (same_tenant, leads_employee),
        (same_tenant, is_unit_hr_officer),
        (same_tenant, holds(*SEES_LEVELS)),
    ],
}

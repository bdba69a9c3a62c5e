"""The rule table: who may what; a permission is granted by a row whose predicates are all true, within its limits.

A row gives something to somebody; a limit takes it from whoever must not, whatever row gives it: nobody acts
twice where two people have to.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection

from engine.errors import Forbidden, NotFound
from engine.policy.actor import Actor
from engine.policy.predicates import (
    is_assignee,
    is_candidate,
    is_city_admin,
    is_invited,
    is_oneself,
    is_process_owner,
    is_second_person,
    is_system,
    same_tenant,
    was_claimed,
)

Predicate = Callable[[Actor, Any, Connection], bool]
Rules = Mapping[str, Sequence[tuple[Predicate, ...]]]
#: By permission what must be true as well, besides the row that grants it.
Limits = Mapping[str, Sequence[Predicate]]

ENGINE_RULES: Rules = {
    "task:view": [(same_tenant, is_assignee), (same_tenant, is_candidate)],
    "task:complete": [(same_tenant, is_assignee)],
    "task:claim": [(same_tenant, is_candidate)],
    "task:unclaim": [(same_tenant, is_assignee, was_claimed)],
    "task:delegate": [(same_tenant, is_assignee)],
    "task:reassign": [(same_tenant, is_system)],
    "case:start": [(same_tenant, is_system)],
    "case:view": [(same_tenant, is_system)],
    "case:advance": [(same_tenant, is_system)],
    "case:suspend": [(same_tenant, is_system)],
    "case:cancel": [(same_tenant, is_system)],
    "case:change": [(same_tenant, is_system)],
    "case:move": [(same_tenant, is_system)],
    "case:hand_over": [(same_tenant, is_system)],
    "migration:run": [(same_tenant, is_system), (same_tenant, is_process_owner)],
    "deadline:move": [(same_tenant, is_system)],
    "deadline:recount": [(same_tenant, is_system)],
    "operations:view": [(same_tenant, is_system), (same_tenant, is_process_owner)],
    "incident:skip": [(same_tenant, is_system)],
    "incident:retry_group": [(same_tenant, is_system), (same_tenant, is_process_owner)],
    "incident:retry": [(same_tenant, is_system), (same_tenant, is_process_owner)],
    "mining:fold": [(same_tenant, is_system)],
    "mining:view": [(same_tenant, is_system), (same_tenant, is_process_owner)],
    "mining:export": [(same_tenant, is_system), (same_tenant, is_process_owner)],
    "notice:read": [(same_tenant, is_oneself)],
    "release:deploy": [(same_tenant, is_system), (same_tenant, is_process_owner)],
    "design:begin": [(same_tenant, is_system), (same_tenant, is_process_owner)],
    "design:view": [
        (same_tenant, is_system),
        (same_tenant, is_process_owner),
        (same_tenant, is_city_admin),
        (same_tenant, is_invited),
    ],
    "design:change": [(same_tenant, is_system), (same_tenant, is_process_owner)],
    "design:remark": [(same_tenant, is_process_owner), (same_tenant, is_city_admin), (same_tenant, is_invited)],
    "design:review": [
        (same_tenant, is_process_owner, is_second_person),
        (same_tenant, is_city_admin, is_second_person),
    ],
    "design:release": [(same_tenant, is_process_owner)],
}


class Policy:
    """The engine's rules together with those that processes add."""

    def __init__(self, *tables: Rules, limits: Iterable[Limits] = ()) -> None:
        """Join rule tables: rows of the same permission add up, and so do limits."""
        self._rules: dict[str, list[tuple[Predicate, ...]]] = {}
        self._limits: dict[str, list[Predicate]] = {}
        for limit in limits:
            for permission, predicates in limit.items():
                self._limits.setdefault(permission, []).extend(predicates)
        for table in (ENGINE_RULES, *tables):
            for permission, rows in table.items():
                self._rules.setdefault(permission, []).extend(rows)

    @property
    def permissions(self) -> frozenset[str]:
        """Every permission that some row grants."""
        return frozenset(self._rules)

    def allows(self, actor: Actor, permission: str, subject: Any, read: Connection) -> bool:
        """Say whether the actor may do this to the subject."""
        for row in self._rules.get(permission, ()):
            if _are_true(row, actor, subject, read):
                return self._keeps_limits(actor, permission, subject, read)
        return False

    def may_be_asked(self, person: int, task: Any, read: Connection, day: date) -> bool:
        """Say whether no limit keeps a person from completing a task that somebody wants to give him.

        Limits ask who somebody is and what he has done, never which roles he holds.
        """
        asked = Actor(task.tenant, person, day=day)
        return self._keeps_limits(asked, "task:complete", task, read)

    def require(self, actor: Actor, permission: str, subject: Any, read: Connection) -> None:
        """Do nothing if the actor may do this.

        :raise Forbidden: the actor may see the subject but not do this.
        :raise NotFound: the actor may not even know that the subject exists.
        """
        if self.allows(actor, permission, subject, read):
            return
        view = f"{permission.split(':', 1)[0]}:view"
        if view != permission and self.allows(actor, view, subject, read):
            raise Forbidden(permission=permission)
        raise NotFound()

    def _keeps_limits(self, actor: Actor, permission: str, subject: Any, read: Connection) -> bool:
        return _are_true(self._limits.get(permission, ()), actor, subject, read)


def _are_true(predicates: Iterable[Predicate], actor: Actor, subject: Any, read: Connection) -> bool:
    for predicate in predicates:  # noqa: SIM110  # `all` takes longer, and each step asks twice
        if not predicate(actor, subject, read):
            return False
    return True

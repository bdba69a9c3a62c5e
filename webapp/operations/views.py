"""The pages of the operators, joined."""

from flask import Blueprint

from engine.policy.actor import Actor
from processes.people.records import Role
from webapp.navigation import NavItem
from webapp.operations import case_views, group_views, mending_views, migration_views
from webapp.texts import lazy

blueprint = Blueprint("operations", __name__)
for part in (group_views, case_views, mending_views, migration_views):
    part.add_to(blueprint)


def operates(actor: Actor) -> bool:
    """Show the operations in the menu of those who carry them out."""
    return any(actor.holds(role) for role in (Role.PROCESS_OWNER, Role.HR_VERIFIER, Role.HR_HEAD))


NAVIGATION = (NavItem(lazy("Operasi"), "operations.show_groups", 840, shown=operates, in_account=True),)

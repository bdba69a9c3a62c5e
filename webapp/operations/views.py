"""The pages of the operators, joined."""

from flask import Blueprint

from webapp.counts import operates, stuck_cases
from webapp.navigation import NavItem
from webapp.operations import case_views, group_views, hand_over_views, mending_views, migration_views
from webapp.texts import lazy

blueprint = Blueprint("operations", __name__)
for part in (group_views, case_views, mending_views, hand_over_views, migration_views):
    part.add_to(blueprint)

NAVIGATION = (
    NavItem(lazy("Operasi"), "operations.show_groups", 840, shown=operates, count=stuck_cases, in_account=True),
)

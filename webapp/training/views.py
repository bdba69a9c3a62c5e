"""The pages of training, joined."""

from flask import Blueprint

from engine.policy.actor import Actor
from processes.people.records import Role
from webapp.navigation import NavItem
from webapp.texts import lazy
from webapp.training import (
    attendance_views,
    calendar_views,
    catalogue_views,
    certificate_views,
    claim_views,
    export_views,
    need_views,
    plan_views,
)

blueprint = Blueprint("training", __name__)
for part in (
    catalogue_views,
    calendar_views,
    plan_views,
    need_views,
    attendance_views,
    certificate_views,
    claim_views,
    export_views,
):
    part.add_to(blueprint)


def oversees(actor: Actor) -> bool:
    """Show the need to those who run the training, and to who audits them."""
    return any(actor.holds(role) for role in (Role.HR_VERIFIER, Role.HR_HEAD, Role.INSPECTOR))


_GROUP = lazy("Pengembangan")
NAVIGATION = (
    NavItem(lazy("Rencana pengembangan"), "training.show_own_plan", 80, group=_GROUP),
    NavItem(lazy("Katalog pelatihan"), "training.show_catalogue", 81, group=_GROUP),
    NavItem(lazy("Kebutuhan pelatihan"), "training.show_needs", 82, shown=oversees, group=_GROUP),
)
